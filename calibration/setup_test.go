package calibration_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"calibrate/calibration"
	"calibrate/rubric"
)

func TestSettingUpASession(t *testing.T) {
	own, other := fourPositions(t), fourPositions(t)
	other, err := rubric.New("Manager", other.Dimensions, other.Levels)
	if err != nil {
		t.Fatal(err)
	}
	people := []calibration.Person{
		{ID: "1", Name: "Ada", Manager: "grace"}, {ID: "2", Name: "Alan", Role: "Manager"}, {ID: "3", Name: "Barbara", Role: "Manager", Manager: "edsger"},
	}
	byRole := func(p calibration.Person) *rubric.Rubric {
		if p.Role == "Manager" {
			return other
		}
		return own
	}
	asked := calibration.Session{Name: "Spring", Panel: []calibration.Panellist{{Reviewer: "grace"}, {Reviewer: "edsger"}}}
	made, kept := calibration.Session{}.SetUp(asked, people, own, byRole)
	want := asked
	want.Rubric, want.People = own.Hash(), []string{"1", "2", "3"} // it names nobody: everybody
	want.Rubrics = []calibration.PersonRubric{{Person: "2", Rubric: other.Hash()}, {Person: "3", Rubric: other.Hash()}}
	want.Recusals = []calibration.Recusal{{Reviewer: "grace", Person: "1", Why: "manages the person"}, {Reviewer: "edsger", Person: "3", Why: "manages the person"}}
	if diff := cmp.Diff(want, made); diff != "" {
		t.Errorf("of everybody (-want +got)\n%s", diff)
	}
	if len(kept) != 2 || kept[0].Hash() != own.Hash() || kept[1].Hash() != other.Hash() {
		t.Errorf("the file keeps %d rubrics, want the session's own and the other one, once", len(kept))
	}

	asked.People = []string{"1", "2", "3"} // as they were ticked, before there was a session
	if made, _ = asked.SetUp(asked, people, own, byRole); !cmp.Equal(want, made) {
		t.Errorf("of those who were ticked (-want +got)\n%s", cmp.Diff(want, made))
	}

	asked.People = []string{"1", "9"} // one who is known no more
	made, kept = calibration.Session{}.SetUp(asked, people, own, byRole)
	if diff := cmp.Diff([]string{"1", "9"}, made.People); diff != "" || len(made.Rubrics) > 0 || len(kept) != 1 {
		t.Errorf("of those who are named: %+v, %d rubrics", made, len(kept))
	}

	made.ID, made.Recusals = "s", nil // that grace may vote on Ada was said by hand
	people[0].Role = "Manager"
	now := made
	now.People = []string{"1", "9", "3"}
	changed, _ := made.SetUp(now, people, own, byRole)
	if diff := cmp.Diff([]calibration.PersonRubric{{Person: "3", Rubric: other.Hash()}}, changed.Rubrics); diff != "" {
		t.Errorf("who was on the agenda keeps their rubric (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]calibration.Recusal{{Reviewer: "edsger", Person: "3", Why: "manages the person"}}, changed.Recusals); diff != "" {
		t.Errorf("only who is new is recused (-want +got)\n%s", diff)
	}
	now = made
	now.People = nil
	if emptied, _ := made.SetUp(now, people, own, byRole); len(emptied.People) > 0 {
		t.Errorf("a session without an agenda was filled with %v", emptied.People)
	}
}
