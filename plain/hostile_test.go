package plain

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"calibrate/calibration"
	"calibrate/internal/hostiletext"
	"calibrate/rubric"
)

// Whatever people, rubrics, sessions and decisions say, and whatever is typed where
// something can be, the dialogue prints nothing that a terminal obeys or hides.
func TestHostileTextInTheDialogue(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	for _, h := range hostiletext.Together(calibration.MaxNameBytes - 10) {
		r := builtIn(t)
		if h.Rubric {
			var err error
			if r, err = hostiletext.Rubric(h.Text); err != nil {
				t.Fatal(err)
			}
		}
		m := newMemory()
		evilPast(t, m, r, h.Text)
		typed := strings.NewReplacer("\n", "\n> ", "\r", "").Replace(h.Text) // a line break ends what is typed
		var out bytes.Buffer
		c := Config{Store: m, Rubric: r, Reviewer: h.Text, Session: "S1", Now: fixedNow, In: strings.NewReader(everything(typed)), Out: &out}
		if err := Run(context.Background(), c); err != nil {
			t.Errorf("%s: %v", h.Name, err)
		}
		if wrong := hostiletext.OnTerminal(out.String()); wrong != "" {
			t.Errorf("%s: %s", h.Name, wrong)
		}
		warm(t, r, h)
	}
}

// everything types every command there is, bare and with the text behind it, in every
// room.
func everything(text string) string {
	var all []string
	for _, lead := range [][]string{{"1"}, {"1", "place", "", "", text, ".", "save"}, {"warmup", "2", text, "2", ""}} {
		for _, r := range []room{peopleRoom(), walkRoom(), placeRoom(), savedRoom(), handingRoom(), warmupRoom(""), placedRoom(), openRoom()} {
			for _, c := range r.all() {
				if c.names[0] == "quit" {
					continue
				}
				for _, args := range []string{"", text, "1 " + text} {
					all = append(append(all, lead...), c.names[0]+" "+args, text, ".", "", "more", "back", "back", "people")
				}
			}
		}
	}
	return strings.Join(all, "\n")
}

// evilPast fills the store with what says the text.
func evilPast(t *testing.T, m *memory, r *rubric.Rubric, text string) {
	t.Helper()
	m.rubrics[r.Hash()] = r
	m.sessions = []calibration.Session{{ID: "S1", Name: text, State: calibration.Open}, {ID: "S2", Name: text, State: calibration.Finalised}}
	m.people = []calibration.Person{
		{ID: text, Name: text, Team: text, Manager: text, Role: text, Extra: map[string]string{text: text}}, {ID: "2", Name: text}, {ID: "3", Name: "Ada", Team: text},
	}
	at := r.Positions()[1]
	for _, session := range []string{"", "S1", "S2", text} {
		for _, dimension := range r.Dimensions {
			d := calibration.Decision{Person: text, Reviewer: text, Session: session, Dimension: dimension, Position: at.Key, Stage: calibration.Final, Confidence: calibration.High, Rationale: text, Rubric: r.Hash()}
			for _, s := range r.Statements(at, dimension, rubric.Impact) {
				d.Evidence = append(d.Evidence, calibration.Evidence{Statement: s.ID, Seen: true, Note: text})
			}
			for _, s := range r.Statements(at, dimension, rubric.Dampeners) {
				d.Dampeners = append(d.Dampeners, calibration.Dampener{Statement: s.ID, Note: text})
			}
			if _, err := m.Place(d, r); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// warm holds a warm-up of people who are called by the text.
func warm(t *testing.T, r *rubric.Rubric, h hostiletext.Text) {
	t.Helper()
	draw := calibration.WarmupDraw{Items: 2, Seed: 7}
	items, err := draw.From(r)
	if err != nil {
		t.Fatal(err)
	}
	round, err := calibration.NewWarmup(r, items, h.Text, "2"+h.Text)
	if err != nil {
		t.Fatal(err)
	}
	first := r.Positions()[0].Key
	typed := strings.Join([]string{"", h.Text, first, first, "", "", first, first, "", "", "", "score", h.Text}, "\n")
	var out bytes.Buffer
	if _, _, err := RunWarmup(context.Background(), WarmupConfig{Rubric: r, Round: round, Draw: draw, In: io.Reader(strings.NewReader(typed)), Out: &out}); err != nil {
		t.Errorf("%s: %v", h.Name, err)
	}
	if wrong := hostiletext.OnTerminal(out.String()); wrong != "" {
		t.Errorf("%s, in a warm-up: %s", h.Name, wrong)
	}
}
