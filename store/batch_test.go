package store

import (
	"testing"

	"calibrate/calibration"
)

func TestExportHoldsWhatItsDecisionsSpeakOf(t *testing.T) {
	f := newChecked(t)
	s, better := f.Store, testRubric(t, "better")
	must[[]calibration.Person](t)(s.PutPeople(calibration.Person{ID: "alan", Name: "Alan"}, calibration.Person{ID: "nobody", Name: "Nobody"}))
	must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Autumn", Rubric: better.Hash()}))
	alan := mustPlace(t, s, decision("alan", "grace"), better)

	all := must[Batch](t)(s.Export(nil))
	wantSame(t, [4]int{3, 3, 2, 2}, sizes(all))
	some := must[Batch](t)(s.Export(&Wanted{Decision: func(d calibration.Decision) bool { return d.Person == "ada" }}))
	wantSame(t, [4]int{2, 1, 1, 1}, sizes(some))
	wantSame(t, [4]int{}, sizes(must[Batch](t)(s.Export(&Wanted{}))))

	// What is exported is what is kept, byte for byte, or no hash would be right.
	kept := all.Decisions[2]
	edit(t, s, func(tx *transaction) error {
		payload, err := getFrame(tx, bucketDecisions, idKey(alan.ID), kindDecision)
		wantSame(t, string(payload), string(kept))
		return err
	})
}

func sizes(b Batch) [4]int {
	return [4]int{len(b.Decisions), len(b.People), len(b.Sessions), len(b.Rubrics)}
}

// The choice is a caller's: it may use the store, and when it fails it is not the file
// that is damaged.
func TestExportChoosesOutsideTheFile(t *testing.T) {
	f := newChecked(t)
	b, err := f.Export(&Wanted{Decision: func(d calibration.Decision) bool {
		mustPlace(t, f.Store, decision("alan", "grace"), f.rubric)
		return d.Supersedes == ""
	}})
	if err != nil || len(b.Decisions) != 1 {
		t.Errorf("%d decisions, %v", len(b.Decisions), err)
	}
	defer func() {
		if reason := recover(); reason != "a mistake" {
			t.Errorf("the caller's panic became %v", reason)
		}
		wantClean(t, f.Store)
	}()
	f.Export(&Wanted{Decision: func(calibration.Decision) bool { panic("a mistake") }})
}
