package journey_test

import (
	"strings"
	"testing"
)

// One session of an engineer and a manager, from opening it to the report, in the real
// program in a real terminal: each is placed, revealed and decided on their own scale.
func TestSessionOfTwoRubrics(t *testing.T) {
	h := newHouse(t)
	h.mustRun("people", "add", "--id", "1", "--name", "Ada Lovelace", "--role", "Senior Platform Engineer")
	h.mustRun("people", "add", "--id", "2", "--name", "Grace Hopper", "--role", "Engineering Manager")
	h.mustRun("session", "new", "Spring", "--all", "--panel", "Edsger")

	term := h.open("--session", "Spring")
	step := func(key, then string) {
		t.Helper()
		term.Press(key)
		term.WaitFor(then)
	}
	write := func(text, saved string) {
		t.Helper()
		term.Type(text)
		term.WaitFor(text)
		step("ctrl+s", saved)
	}
	term.WaitFor("Grace Hopper")
	step("s", "Spring")
	step("enter", "Engineering")
	step("down", "Grace Hopper")
	step("enter", "Blind")
	step("enter", "The laptop is for Edsger now")
	step("enter", "[People")
	step("enter", "Rationale")
	write("Holds the meetings.", "People is placed")
	step("enter", "[Delivery")
	step("enter", "Rationale")
	write("Ships the plan.", "Delivery is placed")
	step("enter", "decides People")
	step("enter", "Rationale")
	write("So it is.", "saved")
	step("esc", "● 1-low")
	step("esc", "Spring")
	step("c", "Compare")
	step("4", "Over all: n/a, different scales")
	term.Press("ctrl+c")
	term.WaitExit()

	report := h.mustRun("report", "--session", "Spring", "--format", "markdown")
	for _, want := range []string{"## Engineering Manager\n", "Holds the meetings.", "| Grace Hopper |", "different scales"} {
		if !strings.Contains(report, want) {
			t.Errorf("the report has no %q:\n%s", want, report)
		}
	}
	if all := h.decisions(); len(all) != 3 || all[2].Position != "1-low" || all[2].Dimension != "People" {
		t.Errorf("recorded %+v", all)
	}
}
