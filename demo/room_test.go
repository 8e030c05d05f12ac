package demo

import (
	"strings"
	"testing"

	"calibrate/calibration"
	"calibrate/store"
)

// roomsOf are the demo's sessions as they stand.
func roomsOf(t *testing.T, s *store.Store) (rooms []*calibration.Room) {
	t.Helper()
	for _, session := range must[[]calibration.Session](t)(s.Sessions()) {
		rooms = append(rooms, must[*calibration.Room](t)(s.Room(session.ID, builtIn(t))))
	}
	return rooms
}

// Whatever the seed, the sessions could have been held with the program: who votes may,
// what differs from the draft says why, and the one that is open shows each state.
func TestSessionsAreHeldByTheRules(t *testing.T) {
	for seed := range uint64(3) {
		for i, room := range roomsOf(t, written(t, builtIn(t), seed)) {
			blind, open, decided := 0, 0, 0
			for _, turn := range room.Turns {
				switch {
				case turn.Blind:
					blind++
				case room.Decided(turn):
					decided++
				default:
					open++
				}
				for _, d := range turn.Counting {
					why, recused := room.Session.RecusedFrom(d.Reviewer, d.Person)
					if d.Stage == calibration.Panel && recused {
						t.Errorf("seed %d, %s: %s votes on %s, and %s", seed, room.Session.Name, d.Reviewer, d.Person, why)
					}
					draft, drafted := turn.Drafts[d.Dimension]
					if differs := drafted && draft.Position != d.Position; d.Stage == calibration.Final && differs != (d.Change != "") {
						t.Errorf("seed %d, %s: a draft of %s, a final of %s, and the change is %q", seed, room.Session.Name, draft.Position, d.Position, d.Change)
					}
				}
				if i < openSession && len(turn.Missing()) > 0 {
					t.Errorf("seed %d, %s: decided without %v on %s", seed, room.Session.Name, turn.Missing(), turn.Person.Name)
				}
			}
			if isOpen := i == openSession; isOpen != (blind > 0) || isOpen != (open > 0) || decided == 0 {
				t.Errorf("seed %d, %s: %d blind, %d open, %d decided", seed, room.Session.Name, blind, open, decided)
			}
		}
	}
}

// The open session goes on behind those who are decided, and one was revealed early.
func TestOpenSessionGoesOnWithWhoIsNext(t *testing.T) {
	room := roomsOf(t, written(t, builtIn(t), 1))[openSession]
	at := room.Resume()
	if at != 4 || room.Decided(room.Turns[at]) || !room.Decided(room.Turns[at-1]) {
		t.Errorf("it goes on at %d", at)
	}
	revealed := 0
	for _, turn := range room.Turns {
		for _, e := range turn.Events {
			if e.Kind == calibration.Reveal {
				revealed++
			}
		}
	}
	if revealed != 1 {
		t.Errorf("%d people were revealed early", revealed)
	}
}

// Time went to those who were disputed, some were passed over, and something was said.
func TestSessionsAreTalkedThrough(t *testing.T) {
	s := written(t, builtIn(t), 1)
	kinds := map[calibration.EventKind]int{}
	for i, room := range roomsOf(t, s)[:openSession] {
		spent, n := map[bool]float64{}, map[bool]float64{}
		triage := map[string]calibration.Triage{}
		for _, p := range room.Compared[0].Spread().People {
			triage[p.Person.ID] = p.Triage
		}
		quick := 0
		for _, row := range room.Airtime().People {
			disputed := triage[row.Person.ID] == calibration.Discuss
			spent[disputed] += row.Spent.Seconds()
			n[disputed]++
			if row.Quick {
				quick++
			}
			if row.Spent == 0 {
				t.Errorf("nobody spoke of %s", row.Person.Name)
			}
		}
		if spent[true]/n[true] < 1.5*spent[false]/n[false] || quick == 0 {
			t.Errorf("%s: %.0f s on each who is disputed, %.0f s on each other, %d quick", room.Session.Name, spent[true]/n[true], spent[false]/n[false], quick)
		}
		for _, e := range must[[]calibration.Event](t)(s.Events(room.Session.ID)) {
			kinds[e.Kind]++
			if e.At.Before(room.Session.OpenedAt) || i < openSession && e.At.After(room.Session.FinalisedAt) {
				t.Errorf("%s: a %s at %v, outside of the session", room.Session.Name, e.Kind, e.At)
			}
		}
	}
	for _, kind := range []calibration.EventKind{calibration.Arrived, calibration.Spent, calibration.Noted, calibration.Dissent, calibration.FollowUp, calibration.Readiness} {
		if kinds[kind] == 0 {
			t.Errorf("there is no %s in the finished sessions: %v", kind, kinds)
		}
	}
}

// What is said in a session names nobody, as in [TestNothingSaidNamesAnybody].
func TestEventsNameNobodyInTheirWords(t *testing.T) {
	s := written(t, builtIn(t), 1)
	for _, session := range must[[]calibration.Session](t)(s.Sessions()) {
		for _, e := range must[[]calibration.Event](t)(s.Events(session.ID)) {
			for _, a := range cast {
				for name := range strings.FieldsSeq(a.name) {
					if len(name) > 3 && strings.Contains(e.Text, name) {
						t.Errorf("%q names %s", e.Text, name)
					}
				}
			}
		}
	}
}
