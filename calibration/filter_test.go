package calibration_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"calibrate/calibration"
	"calibrate/rubric"
)

func TestResolve(t *testing.T) {
	b := company(scale(t, 3, 3))
	b.People = append(b.People,
		calibration.Person{ID: "007", Name: "Dee", Team: "red ", Manager: "grace"}, calibration.Person{ID: "gus", Name: "Gus"})
	tests := []struct {
		name     string
		in, want calibration.Filter
	}{
		{"nothing", calibration.Filter{}, calibration.Filter{}},
		{"sessions by name or id, or outside", calibration.Filter{Sessions: []string{"Spring", "autumn", ""}}, calibration.Filter{Sessions: []string{"spring", "autumn", ""}}},
		{"people by name or id", calibration.Filter{People: []string{"Ada", "007"}}, calibration.Filter{People: []string{"ada", "007"}}},
		{"dimensions as the rubric finds them", calibration.Filter{Dimensions: []string{"business-impact"}}, calibration.Filter{Dimensions: []string{"Business Impact"}}},
		{"teams as people have them, each way", calibration.Filter{Teams: []string{" RED", "blue"}}, calibration.Filter{Teams: []string{"Red", "red ", "Blue"}}},
		{"managers too, and none", calibration.Filter{Managers: []string{"GRACE", ""}}, calibration.Filter{Managers: []string{"Grace", "grace", ""}}},
		{"reviewers as they are", calibration.Filter{Reviewers: []string{"nobody"}}, calibration.Filter{Reviewers: []string{"nobody"}}},
		{"since as it is", calibration.Filter{Since: day(3)}, calibration.Filter{Since: day(3)}},
		{"stages", calibration.Filter{Stages: calibration.Stages()}, calibration.Filter{Stages: calibration.Stages()}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := b.Resolve(test.in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestResolveRefuses(t *testing.T) {
	b := company(scale(t, 3, 3))
	b.People = append(b.People, calibration.Person{ID: "007", Name: "Dee"})
	for want, f := range map[string]calibration.Filter{
		`no session is called "Sprung"; the nearest: Spring`:       {Sessions: []string{"Sprung"}},
		`no person is called "Adda"; the nearest: Ada`:             {People: []string{"Adda"}},
		`2 people are called "Dee"; give the id instead: dee, 007`: {People: []string{"Dee"}},
		`no team is called "Bleu"; the nearest: Blue`:              {Teams: []string{"Red", "Bleu"}},
		`no manager is called "Edgar"; the nearest: Edsger`:        {Managers: []string{"Edgar"}},
		`the rubric has no dimension "Individul"`:                  {Dimensions: []string{"Individul"}},
		`stage "vote" is not one of draft, panel, final`:           {Stages: []calibration.Stage{"vote"}},
	} {
		got, err := b.Resolve(f)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", f, err, want)
		}
		if diff := cmp.Diff(calibration.Filter{}, got); diff != "" {
			t.Errorf("with the error came %s", diff)
		}
	}
	var notFound *rubric.NotFoundError
	if _, err := b.Resolve(calibration.Filter{Dimensions: []string{"x"}}); !errors.As(err, &notFound) {
		t.Errorf("a dimension that is none: %v", err)
	}
}

// A reviewer is unknown who made none of the decisions that were read, whether they
// passed the filter or not.
func TestUnknownReviewers(t *testing.T) {
	r := scale(t, 3, 3)
	f := calibration.Filter{Reviewers: []string{"Grace"}, Teams: []string{"Blue"}}
	c := compare(company(r), f, told(t, r, "Grace ada 1-low\nTony ada 1-low"))
	if err := c.UnknownReviewers(f); err != nil {
		t.Errorf("%v, though only the team is another", err)
	}
	err := c.UnknownReviewers(calibration.Filter{Reviewers: []string{"Tony", "Gracy"}})
	if want := `no reviewer is called "Gracy"; the nearest: Grace`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// What was corrected never comes back because its correction is filtered out.
func TestSinceKeepsCorrections(t *testing.T) {
	r := scale(t, 3, 3)
	all := told(t, r, "Grace ada 1-low day:60 @spring\nGrace ada 1-mid day:10 @spring fixes:1") // a clock was wrong
	if n := compare(company(r), calibration.Filter{Since: day(30)}, all).Overview().Decisions; n != 0 {
		t.Errorf("%d decisions count", n)
	}
	if n := compare(company(r), calibration.Filter{Since: day(10)}, all).Overview().Decisions; n != 1 { // then, or later
		t.Errorf("%d decisions count of the day itself", n)
	}
}

// Somebody who was placed in a session has their name and team also where they are not on
// its agenda any more.
func TestNamesBesideTheAgenda(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	b.Sessions[0].People = []string{"ada"}
	all := told(t, r, "Grace ada 1-low @spring\nGrace bob 1-low @spring\nGrace cyd 1-mid @autumn\nGrace eve 1-low @spring")
	var got []string
	for _, p := range compare(b, calibration.Filter{Sessions: []string{"spring"}}, all).Spread().People {
		got = append(got, p.Person.Name+" "+p.Person.Team)
	}
	if want := []string{"Ada Red", "Bob Red", "eve "}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
