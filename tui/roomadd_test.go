package tui

import (
	"slices"
	"testing"

	"calibrate/calibration"
	"calibrate/rubric"
)

// Who is added comes onto the agenda under the rubric of their role, recused by default from
// those whom they manage, and the cursor goes there.
func TestAddToTheAgenda(t *testing.T) {
	s, own := newSeance(t), manager(t)
	check(t)(s.file.PutPeople(calibration.Person{ID: "4", Name: "Joan Clarke", Team: "Cryptography", Manager: "grace", Role: own.Role}, calibration.Person{ID: "5", Name: "Joan Clarke", Team: "Radio"}))
	s.app.env.rubricFor = func(p calibration.Person) *rubric.Rubric {
		if p.Role == own.Role {
			return own
		}
		return s.rubric
	}
	s.press("s", "enter", "a").sees("Add somebody to the agenda", "Joan Clarke · Cryptography · 4", "Joan Clarke · Radio · 5").seesNot("Hedy Lamarr")
	s.press("esc").sees("0 of 3 decided").press("/").write("hedy").press("enter").sees("▸  3 Hedy Lamarr") // finding is finding still
	s.press("a").write("crypt").press("enter").sees("Joan Clarke is on the agenda", "▸  4 Joan Clarke", "0 of 4 decided")
	sessions, err := s.file.Sessions()
	check(t)(nil, err)
	if now := sessions[0]; now.RubricOf("4") != own.Hash() || now.RubricOf("1") != s.rubric.Hash() ||
		!slices.ContainsFunc(now.Recusals, func(r calibration.Recusal) bool { return r.Reviewer == "grace" && r.Person == "4" }) {
		t.Errorf("the session is %+v", now)
	}
	s.press("a", "enter").sees("▸  5 Joan Clarke", "0 of 5 decided").press("a").sees("everybody in the list is on the agenda")
}

// An agenda that nobody is on yet offers it first, and a finalised one no more.
func TestAddToAnEmptyAgenda(t *testing.T) {
	d := drive(t, threePeople, emptySession).press("s", "enter").sees("Nobody is on the agenda", "a add")
	d.press("a").write("ada").press("enter").sees("▸  1 Ada Lovelace").press("enter").sees("Individual")
	if got := d.store.Held.Sessions[0].People; !slices.Equal(got, []string{"0042"}) {
		t.Errorf("on the agenda are %v", got)
	}
	d = drive(t, threePeople, emptySession)
	d.store.Held.Sessions[0].State = calibration.Finalised
	d.press("s", "enter").sees("Nobody is on the agenda").seesNot("a add").press("a").sees("Nobody is on the agenda")
}

// What cannot be written is said, and nobody seems to be on the agenda.
func TestAddingThatFails(t *testing.T) {
	d := drive(t, threePeople, emptySession).press("s", "enter", "a")
	d.store.Fail = errDiskFull
	d.press("enter").sees("Nobody is on the agenda").says(errDiskFull.Error())
}
