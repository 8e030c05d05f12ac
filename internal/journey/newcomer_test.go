package journey_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"calibrate/calibration"
)

func TestNewcomerPlacesAPersonAndFindsIt(t *testing.T) {
	h := newHouse(t)
	term := h.open()
	placeAda(term)
	if status := term.WaitExit(); status != 0 {
		t.Fatalf("exit status %d\n%s", status, term.Screen())
	}

	again := h.open()
	findAda(again)
	if status := again.WaitExit(); status != 0 {
		t.Fatalf("exit status %d\n%s", status, again.Screen())
	}
	adaIsInTheLog(t, h)
}

// placeAda is the whole way of somebody who starts with nothing.
func placeAda(term hands) {
	addAda(term)
	walkToPlace(term)
	term.Type(rationale)
	term.WaitFor("golden path")
	term.Press("ctrl+s")
	term.WaitFor("saved 3-mid · Individual")
	term.Press("q")
}

// findAda looks the decision up in the person screen.
func findAda(term hands) {
	term.WaitFor("Ada Lovelace")
	term.WaitFor("3-mid")
	term.Press("p")
	term.WaitFor("1 decision")
	term.WaitFor("Defined the golden path")
	term.Press("q")
}

func adaIsInTheLog(t *testing.T, h house) {
	t.Helper()
	all := h.decisions()
	if len(all) != 1 {
		t.Fatalf("the log has %d decisions, want one: %+v", len(all), all)
	}
	got := all[0]
	want := calibration.Decision{
		Person: got.Person, Reviewer: "grace", Dimension: "Individual", Position: "3-mid", Stage: calibration.Draft,
		Confidence: calibration.Medium, Rationale: rationale,
		Evidence: []calibration.Evidence{{Statement: "3-mid/individual/impact/1", Seen: true}},
		ID:       got.ID, Rubric: got.Rubric, DecidedAt: got.DecidedAt, Origin: got.Origin, Seq: 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the log's decision (-want +got):\n%s", diff)
	}
}
