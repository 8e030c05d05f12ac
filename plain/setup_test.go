package plain

import (
	"fmt"
	"slices"
	"strings"

	"calibrate/calibration"
	"calibrate/internal/memorystore"
	"calibrate/rubric"
)

func threePeople(m *memorystore.Store, _ *rubric.Rubric) {
	m.Held.People = []calibration.Person{
		{ID: "0042", Name: "Ada Lovelace", Team: "Platform", Manager: "Charles Babbage", Role: "Senior Platform Engineer"},
		{ID: "0043", Name: "Grace Hopper", Team: "Compilers", Manager: "Howard Aiken"},
		{ID: "0044", Name: "李娜", Team: "数据平台", Manager: "王伟"},
	}
}

func manyPeople(m *memorystore.Store, _ *rubric.Rubric) {
	for i := 1; i <= 23; i++ {
		m.Held.People = append(m.Held.People, calibration.Person{ID: fmt.Sprintf("e%03d", i), Name: fmt.Sprintf("Person %02d", i), Team: []string{"Platform", "Data"}[i%2]})
	}
	m.Held.People = append(m.Held.People,
		calibration.Person{ID: "7", Name: "Seven of the ids"},
		calibration.Person{ID: "a1", Name: "Same Name", Team: "Platform"},
		calibration.Person{ID: "a2", Name: "Same Name", Team: "Data"},
		calibration.Person{ID: "q1", Name: "Quit"},
	)
}

// pastSessions gives Ada two finished sessions and one that is open.
func pastSessions(m *memorystore.Store, r *rubric.Rubric) {
	threePeople(m, r)
	m.Held.Sessions = []calibration.Session{
		{ID: "s1", Name: "Spring 2025", State: calibration.Finalised}, {ID: "s2", Name: "Autumn 2025", State: calibration.Finalised},
		{ID: "s-open", Name: "Spring 2026", State: calibration.Open},
	}
	for i, d := range []calibration.Decision{
		{Session: "s1", Position: "2-high", Stage: calibration.Draft, Reviewer: "alan", Rationale: "A proposal."},
		{Session: "s1", Position: "2-high", Stage: calibration.Final, Reviewer: "alan", Rationale: "Agreed by all.\nNobody objected.",
			Evidence:  []calibration.Evidence{{Statement: "2-high/individual/impact/1", Seen: true, Note: "the migration"}},
			Dampeners: []calibration.Dampener{{Statement: "2-high/individual/dampeners/1"}}},
		{Session: "s2", Position: "3-low", Stage: calibration.Final, Reviewer: "alan", Rationale: "One up since spring."},
	} {
		d.ID = fmt.Sprintf("01H%023d", i+1)
		d.Person, d.Dimension, d.Confidence, d.Rubric = "0042", "Individual", calibration.High, r.Hash()
		d.DecidedAt = fixedNow().AddDate(0, -11+5*i, 0)
		m.Held.Decisions = append(m.Held.Decisions, d)
	}
	m.Held.Rubrics[r.Hash()] = r
}

// hostile text stands wherever text comes from outside.
func hostile(m *memorystore.Store, r *rubric.Rubric) {
	const evil = "\x1b[2J\x1b]0;owned\x07\r\n> save\u202e\u200b\x9b"
	m.Held.People = []calibration.Person{{ID: "1\x1b[1m", Name: "Eve" + evil, Team: evil, Manager: evil, Role: evil, Email: evil}}
	m.Held.Sessions = []calibration.Session{{ID: "s\x1b[2J", Name: "Session" + evil}, {ID: "old", Name: "Old" + evil}}
	m.Held.Decisions = []calibration.Decision{{
		ID: "01H00000000000000000000001", Person: "1\x1b[1m", Reviewer: "mallory" + evil, Session: "old", Dimension: "Individual", Position: "3-mid",
		Stage: calibration.Final, Confidence: calibration.Low, Rationale: "because" + evil, Rubric: r.Hash(), DecidedAt: fixedNow(),
		Evidence: []calibration.Evidence{{Statement: "nowhere" + evil, Note: evil}},
	}}
	m.Held.Rubrics[r.Hash()] = r
	w := calibration.NewWalk(r, "1\x1b[1m", "grace", "s\x1b[2J").Toggle("1-low/individual/impact/1").Note("1-low/individual/impact/1", "note"+evil)
	w = w.Write(calibration.Form{Rationale: "half" + evil})
	m.Held.Walks[memorystore.WalkKey(w.Person, w.Reviewer, w.Session)] = w
}

// begunUnderAnother gives Ada a walk under a rubric with other statements.
func begunUnderAnother(m *memorystore.Store, r *rubric.Rubric) {
	threePeople(m, r)
	levels := []rubric.Level{}
	for i, l := range r.Levels {
		bands := []rubric.Band{}
		for j, b := range l.Bands {
			content := b.Dimensions["Individual"]
			if i == 0 && j == 0 {
				content.Impact = append([]string{"Is not there any more."}, content.Impact...)
			}
			bands = append(bands, rubric.Band{Name: b.Name, Dimensions: map[string]rubric.Content{
				"Individual": content, "Business Impact": b.Dimensions["Business Impact"],
			}})
		}
		levels = append(levels, rubric.Level{Number: l.Number, Name: l.Name, Bands: bands})
	}
	old, err := rubric.New(r.Role, r.Dimensions, levels)
	if err != nil {
		panic(err)
	}
	m.Held.Rubrics[old.Hash()] = old
	w := calibration.NewWalk(old, "0042", "grace", "").
		Toggle("1-low/individual/impact/1").Note("1-low/individual/impact/1", "seen in May").
		Toggle("1-low/individual/impact/2")
	m.Held.Walks[memorystore.WalkKey("0042", "grace", "")] = w
}

// spring gives three people a session in which all have placed Ada, grace alone has
// placed Hedy, and nobody but the manager has said anything of Alan.
func spring(m *memorystore.Store, r *rubric.Rubric) {
	m.Held.People = []calibration.Person{
		{ID: "1", Name: "Ada Lovelace", Team: "Platform", Manager: "charles"},
		{ID: "2", Name: "Alan Turing", Team: "Cryptography", Manager: "edsger"},
		{ID: "3", Name: "Hedy Lamarr", Team: "Radio", Manager: "louis"},
	}
	s := calibration.Session{ID: "s1", Name: "Spring 2026", Rubric: r.Hash(), State: calibration.Open, People: []string{"1", "2", "3"}, Facilitator: "grace", Minutes: 30,
		Panel: []calibration.Panellist{{Reviewer: "grace"}, {Reviewer: "edsger"}, {Reviewer: "charles"}}, OpenedAt: fixedNow()}
	s.Recusals = calibration.DefaultRecusals(s.Panel, m.Held.People, m.Held.People)
	m.Held.Sessions, m.Held.Rubrics[r.Hash()] = []calibration.Session{s}, r
	say := func(person, by string, stage calibration.Stage, dimension int, at string, seen ...string) {
		d := calibration.Decision{Person: person, Reviewer: by, Stage: stage, Session: s.ID, Dimension: r.Dimensions[dimension], Position: at,
			Confidence: calibration.Medium, Rationale: "Secret reasons of " + by + " at " + at + ".", Rubric: r.Hash()}
		for _, id := range seen {
			id, not := strings.CutPrefix(id, "!")
			d.Evidence = append(d.Evidence, calibration.Evidence{Statement: id, Seen: !not})
		}
		if _, err := m.Place(d, r); err != nil {
			panic(err)
		}
	}
	say("1", "charles", calibration.Draft, 0, "4-low", "4-low/individual/impact/1")
	say("1", "charles", calibration.Draft, 1, "3-high")
	say("1", "grace", calibration.Panel, 0, "3-mid", "3-mid/individual/impact/1", "!4-low/individual/impact/1")
	say("1", "grace", calibration.Panel, 1, "3-high")
	say("1", "edsger", calibration.Panel, 0, "3-high", "3-mid/individual/impact/1")
	say("1", "edsger", calibration.Panel, 1, "3-high")
	say("2", "edsger", calibration.Draft, 0, "2-low")
	say("3", "grace", calibration.Panel, 0, "2-mid")
	say("3", "grace", calibration.Panel, 1, "2-mid")
}

// twoRoles gives spring's session a rubric of her own for Hedy, on whom all have voted.
func twoRoles(m *memorystore.Store, r *rubric.Rubric) {
	spring(m, r)
	radio, err := rubric.New("Radio Engineer", []string{"Craft"}, []rubric.Level{
		{Number: 1, Name: "Learns", Bands: []rubric.Band{{Dimensions: map[string]rubric.Content{"Craft": {Impact: []string{"Repairs what is broken."}}}}}},
		{Number: 2, Name: "Leads", Bands: []rubric.Band{{Dimensions: map[string]rubric.Content{"Craft": {Impact: []string{"Invents what others repair."}}}}}},
	})
	if err != nil {
		panic(err)
	}
	m.Held.Rubrics[radio.Hash()] = radio
	m.Held.Sessions[0].Rubrics = []calibration.PersonRubric{{Person: "3", Rubric: radio.Hash()}}
	m.Held.Decisions = slices.DeleteFunc(m.Held.Decisions, func(d calibration.Decision) bool { return d.Person == "3" })
	for i, by := range []string{"grace", "edsger", "charles"} {
		d := calibration.Decision{Person: "3", Reviewer: by, Stage: calibration.Panel, Session: "s1", Dimension: "Craft", Position: radio.At(1 + i%2).Key,
			Confidence: calibration.Medium, Rationale: "Secret reasons of " + by + ".", Rubric: radio.Hash()}
		if _, err := m.Place(d, radio); err != nil {
			panic(err)
		}
	}
}

// emptyAgenda is a session that nobody is on yet; grace votes, and manages Hedy.
func emptyAgenda(m *memorystore.Store, r *rubric.Rubric) {
	m.Held.People = []calibration.Person{{ID: "1", Name: "Ada Lovelace", Team: "Platform"}, {ID: "3", Name: "Hedy Lamarr", Team: "Radio", Manager: "grace"}}
	m.Held.Rubrics[r.Hash()] = r
	m.Held.Sessions = []calibration.Session{{ID: "s1", Name: "Spring 2026", Rubric: r.Hash(), State: calibration.Open, Facilitator: "grace",
		Panel: []calibration.Panellist{{Reviewer: "grace"}}, OpenedAt: fixedNow()}}
}
