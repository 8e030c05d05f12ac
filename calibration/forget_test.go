package calibration

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSessionWithoutSomebody(t *testing.T) {
	s := Session{
		Name: "Spring", People: []string{"ada", "alan"}, Minutes: 60,
		Panel:    []Panellist{{Reviewer: "Ada", Person: "ada"}, {Reviewer: "grace"}},
		Recusals: []Recusal{{Reviewer: "Ada", Person: "alan", Why: "manages him"}, {Reviewer: "grace", Person: "ada", Why: "her sister"}},
	}
	before := s
	before.People, before.Panel = []string{"ada", "alan"}, []Panellist{{Reviewer: "Ada", Person: "ada"}, {Reviewer: "grace"}}
	rest, changed := s.Without(func(person string) bool { return person == "ada" })
	want := Session{
		Name: "Spring", People: []string{"alan"}, Minutes: 60,
		Panel:    []Panellist{{Reviewer: "Ada"}, {Reviewer: "grace"}},
		Recusals: []Recusal{{Reviewer: "Ada", Person: "alan", Why: "manages him"}},
	}
	if diff := cmp.Diff(want, rest); diff != "" || !changed {
		t.Errorf("changed: %t (-want +got)\n%s", changed, diff)
	}
	if diff := cmp.Diff(before, s); diff != "" {
		t.Errorf("the session itself was changed (-want +got)\n%s", diff)
	}
	if same, changed := s.Without(func(string) bool { return false }); changed || !cmp.Equal(s, same) {
		t.Errorf("nobody went, and yet %+v", same)
	}
}
