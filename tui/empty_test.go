package tui

import (
	"testing"

	"github.com/muesli/termenv"

	"calibrate/calibration"
	"calibrate/internal/memorystore"
	"calibrate/rubric"
)

// emptySession is a session with nobody on its agenda.
func emptySession(m *memorystore.Store, r *rubric.Rubric) {
	m.Held.Rubrics[r.Hash()] = r
	m.Held.Sessions = []calibration.Session{{ID: "S1", Name: "Spring", Rubric: r.Hash(), State: calibration.Open, Facilitator: "grace", OpenedAt: fixedNow()}}
}

// A screen with nothing in it says so, and which key comes next.
func TestEveryEmptyScreenNamesTheNextKey(t *testing.T) {
	for _, c := range []struct{ keys, says, key string }{
		{"", "Nobody is here yet", "n   adds the first person"},
		{"s", "There is no session yet", "n  opens one"},
		{"c", "Nobody was placed here", "/  chooses what is compared"},
		{"n write:Ada enter p", "Nothing has been decided about Ada yet", "enter  walks the rubric"},
		{"n write:Ada enter / write:zzz", "Nobody matches", "esc shows everybody"},
		{"n write:Ada enter enter", "no suggestion yet", "judge with a f b"},
		{"n write:Ada enter enter / write:zzz", "No statement has all of these words", "backspace takes a letter away"},
		{"n write:Ada enter enter enter", "none ticked", "ticked in the walk"},
		{"n write:Ada enter c / down / write:zzz", "Nothing has these letters", "backspace takes one away"},
	} {
		d := drive(t, nobody)
		if c.keys != "" && c.keys[0] != 's' && c.keys[0] != 'n' {
			d = drive(t)
		}
		d.follow(c.keys).sees(c.says, c.key)
	}
	for keys, key := range map[string]string{"s enter": "a    adds somebody", "s enter o": "esc leads back to the agenda", "s enter t": "esc  leads back to the agenda"} {
		drive(t, emptySession).follow(keys).sees(key)
	}
	for tab := range 8 {
		drive(t).follow("c " + string(rune('1'+tab))).sees("esc back")
	}
	driveWith(t, written(t), termenv.Ascii, threePeople).follow("enter").sees("not described")
}
