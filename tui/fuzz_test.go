package tui

import (
	"errors"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"calibrate/calibration"
	"calibrate/internal/hostiletext"
	"calibrate/internal/memorystore"
	"calibrate/rubric"
)

// fuzzKeys are the keys that bytes stand for: each letter for itself, these for the rest.
var fuzzKeys = strings.Fields(`enter esc tab shift+tab up down left right pgup pgdown home end backspace delete
	ctrl+s ctrl+d ctrl+u ctrl+w ctrl+k ctrl+a ctrl+e ctrl+n ctrl+p ctrl+home ctrl+end alt+left alt+right alt+b shift+up shift+down ctrl+c ctrl+z
	space ctrl+o ctrl+_ ctrl+y`)

// Bytes above those of the letters stand for what else can happen to the app.
const (
	bytePaste = 0x80 + iota
	byteTick
	byteSmall
	byteWide
	byteUsual
	byteDiskFull
	byteDiskFree
	byteUnreadable
	byteReadable
	byteAgain
	byteText  // and behind it a hostile text
	byteClick // and behind it the column and the row
	byteWheel // the same; a column of an odd number turns it up
)

// Whatever is pressed, on a store with people and with a session that a panel votes in,
// the app does not fall over, draws what the terminal can show, and records only what
// may be recorded.
func FuzzKeys(f *testing.F) {
	for _, keys := range []string{
		"\x00", "3d  J \x00owns it\x0e", "s\x00\x00", "s\x00\x00\x00A reason.\x0e", "s\x05\x00\x00\x003\x00Because.\x0e\x00", "s\x00\x00d", "s\x00\x00s\x01m\x80\x00", "s\x00\x00xq\x02why\x00", "s\x00o\x00", "s\x00f\x07\x00",
		"s\x00e\x02\x02a,b,c\x00", "snAutumn\x02f\x02a, b\x02\x0260\x00", "c\x02\x02\x02\x02\x02\x02\x02", "c/\x00", "w\x06\x06\x06\x00\x003\x00", "nAda\x02\x80\x00", "/x\x01", "?\x05\x01", "A", "\x82\x83\x84", "\x85\x00  \x00a\x0e\x86\x0e", "\x87\x00\x88s\x00",
		"\x00vv\x01/gold\x00", "s\x05\x05\x00R\x8a\x00\x00", "s\x00p\x07\x07p", "\x00\x8b\x10\x02\x8b\x05\x08\x8b\x05\x08\x8c\x10\x0a\x8b\x10\x17", "c\x8b\x20\x04\x8b\x05\x06\x8b\x05\x06\x8c\x05\x06", "s\x00\x00ud\x02w\x022026-03-31\x00", "\x00f\x00\x8a\x03\x00\x89\x00",
	} {
		f.Add([]byte(keys))
	}
	rubrics := []*rubric.Rubric{builtIn(f), hostile(f), small(f, 2, 1, 1)}
	for i := range hostiletext.All() {
		f.Add([]byte{byte(i % 3), byteText, byte(i), 0})
	}
	f.Fuzz(func(t *testing.T, keys []byte) {
		if len(keys) > 120 {
			t.Skip("longer than anybody's patience")
		}
		if len(keys) == 0 {
			return
		}
		r := rubrics[int(keys[0])%len(rubrics)]
		d := driveWith(t, r, termenv.TrueColor, oddPast, oddSession)
		for len(keys) > 0 {
			d.app.crash = func(trace []byte) string { t.Fatalf("fell over: %s", trace); return "" }
			keys = d.happen(keys)
			if problem := misfit(d.app.View(), d.app.w, d.app.h); problem != "" {
				t.Fatalf("%s:\n%s", problem, d.app.View())
			}
			if d.quit {
				d.again()
			}
		}
		for _, made := range d.store.Held.Decisions {
			if under, ok := d.store.Held.Rubrics[made.Rubric]; ok && made.Validate(under) != nil {
				t.Fatalf("a decision was recorded that is none: %v", made.Validate(under))
			}
		}
		for _, e := range d.store.Held.Events {
			if err := e.Validate(); err != nil {
				t.Fatalf("an event was recorded that is none: %v", err)
			}
		}
		for _, s := range d.store.Held.Sessions {
			if err := s.Validate(); err != nil && s.State != "" {
				t.Fatalf("a session was recorded that is none: %v", err)
			}
		}
	})
}

// happen takes the first byte, or two, for what happens to the app.
func (d *driver) happen(keys []byte) (rest []byte) {
	d.t.Helper()
	b, rest := keys[0], keys[1:]
	switch {
	case int(b) < len(fuzzKeys) && b != ' ':
		d.press(fuzzKeys[b])
	case b == ' ':
		d.press("space")
	case b < 0x7f:
		d.press(string(rune(b)))
	case b == bytePaste:
		d.paste(strings.Repeat("李娜 e\u0301\x1b[2J\r\n👩\u200d💻 ", 1+len(rest)%40))
	case b == byteTick:
		d.tick()
	case b == byteSmall:
		d.size(60, 15)
	case b == byteWide:
		d.size(200, 60)
	case b == byteUsual:
		d.size(80, 24)
	case b == byteDiskFull:
		d.store.Fail = errors.New("write /data: no space left \x1b[2J on device")
	case b == byteDiskFree:
		d.store.Fail = nil
	case b == byteUnreadable:
		d.store.FailReads = errors.New("read /data: bad \u202e sector")
	case b == byteReadable:
		d.store.FailReads = nil
	case b == byteAgain:
		d.again()
	case b == byteText && len(rest) > 0:
		texts := hostiletext.All()
		d.paste(texts[int(rest[0])%len(texts)].Text)
		return rest[1:]
	case (b == byteClick || b == byteWheel) && len(rest) > 1:
		button := tea.MouseButtonLeft
		if b == byteWheel {
			button = tea.MouseButtonWheelDown - tea.MouseButton(rest[0]%2)
		}
		d.send(tea.MouseMsg{X: int(rest[0]), Y: int(rest[1]), Action: tea.MouseActionPress, Button: button})
		return rest[2:]
	default:
		d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{rune(b)}})
	}
	return rest
}

// oddSession is a session that a panel votes in, with votes, notes and a recusal.
func oddSession(m *memorystore.Store, r *rubric.Rubric) {
	m.Held.Rubrics[r.Hash()] = r
	s := calibration.Session{ID: "S3", Name: "\u202eAutumn\x1b[2J", Rubric: r.Hash(), State: calibration.Open, People: []string{"1", "2", "3"}, Facilitator: "grace", Minutes: 30, OpenedAt: fixedNow(),
		Panel: []calibration.Panellist{{Reviewer: "linus\r"}, {Reviewer: "\x1b]2;x\x07ada"}}, Recusals: []calibration.Recusal{{Reviewer: "linus\r", Person: "2", Why: "\x9b2J"}}}
	m.Held.Sessions = append(m.Held.Sessions, s)
	for i, p := range s.Panel {
		for _, dimension := range r.Dimensions {
			d := calibration.Decision{Person: "1", Reviewer: p.Reviewer, Session: s.ID, Stage: calibration.Panel, Dimension: dimension, Position: r.At(1 + i).Key,
				Confidence: calibration.Low, Rationale: "\u202e why \x1b[2J", Rubric: r.Hash()}
			if _, err := m.Place(d, r); err != nil {
				panic(err)
			}
		}
	}
	if _, err := m.Record(calibration.Event{Session: s.ID, Kind: calibration.Noted, Person: "1", By: "grace", Text: "\x1b[31mnoted"}); err != nil {
		panic(err)
	}
}
