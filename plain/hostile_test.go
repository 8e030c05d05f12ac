package plain

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"calibrate/calibration"
	"calibrate/internal/hostiletext"
	"calibrate/internal/memorystore"
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
		m := memorystore.New("calibrate.db", fixedNow)
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

// everything types every command there is, bare and with the text behind it, where the
// way in leads to.
func everything(text string) string {
	draft, vote, final := calibration.Sitting{}, calibration.Sitting{Stage: calibration.Panel, Blind: true}, calibration.Sitting{Stage: calibration.Final}
	var all []string
	for _, way := range []struct {
		in    []string
		rooms []room
	}{
		{nil, []room{peopleRoom()}},
		{[]string{"1"}, []room{walkRoom(draft)}},
		{[]string{"1", "place", "", "", text, "."}, []room{placeRoom(draft)}},
		{[]string{"1", "place", "", "", text, ".", "save"}, []room{savedRoom()}},
		{[]string{"warmup"}, []room{warmupRoom(""), placedRoom()}},
		{[]string{"warmup", "2", text, "2", ""}, []room{handingRoom(), openRoom()}},
		{[]string{"sessions"}, []room{sessionsRoom()}},
		{[]string{"sessions", "1"}, []room{agendaRoom(true)}},
		{[]string{"sessions", "3"}, []room{agendaRoom(false)}},
		{[]string{"sessions", "1", "1"}, []room{turnRoom(true)}},
		{[]string{"sessions", "3", "1"}, []room{turnRoom(false)}},
		{[]string{"sessions", "1", "1", "", "", "", "", text, "."}, []room{placeRoom(final), walkRoom(final)}},
		{[]string{"sessions", "1", "1", "", "", "", "", text, ".", "save"}, []room{placedTogetherRoom(final)}},
		{[]string{"sessions", "1", "2"}, []room{blindRoom(true), handOverRoom()}},
		{[]string{"sessions", "1", "2", "1", ""}, []room{walkRoom(vote), placeRoom(vote), placedTogetherRoom(vote)}},
		{[]string{"compare"}, []room{compareRoom()}},
	} {
		seen := map[string]bool{"quit": true}
		var commands []command
		for _, r := range way.rooms {
			commands = append(commands, r.all()...)
		}
		for _, c := range commands {
			if seen[c.names[0]] {
				continue
			}
			seen[c.names[0]] = true
			for _, args := range []string{"", text, "1 " + text} {
				all = append(append(all, way.in...), c.names[0]+" "+args, text, ".", "", "more", "back", "back", "back", "people", "back", "people")
			}
		}
	}
	return strings.Join(all, "\n")
}

// evilPast fills the store with what says the text.
func evilPast(t *testing.T, m *memorystore.Store, r *rubric.Rubric, text string) {
	t.Helper()
	m.Held.Rubrics[r.Hash()] = r
	panel := []calibration.Panellist{{Reviewer: text}, {Reviewer: "2" + text}}
	m.Held.Sessions = []calibration.Session{{ID: "S2", Name: text, State: calibration.Finalised}, {ID: "S1", Name: text, State: calibration.Open},
		{ID: "S3", Name: "3" + text, Rubric: r.Hash(), State: calibration.Open, Facilitator: text, Panel: panel, People: []string{text, "2"}, Recusals: []calibration.Recusal{{Reviewer: text, Person: text, Why: text}}}}
	for _, e := range []calibration.Event{{Kind: calibration.Reveal, Text: text}, {Kind: calibration.Noted, Text: text}, {Kind: calibration.Dissent, Who: text, Text: text}, {Kind: calibration.FollowUp, Who: text, Text: text}} {
		e.Session, e.Person, e.By = "S3", text, text
		m.Held.Events = append(m.Held.Events, e)
	}
	m.Held.People = []calibration.Person{
		{ID: text, Name: text, Team: text, Manager: text, Role: text, Extra: map[string]string{text: text}}, {ID: "2", Name: text}, {ID: "3", Name: "Ada", Team: text},
	}
	at := r.Positions()[1]
	for _, session := range []string{"", "S1", "S2", "S3", text} {
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
