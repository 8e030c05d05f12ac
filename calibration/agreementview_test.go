package calibration_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

// fewResamples is a bootstrap for tests that look at other things.
func fewResamples() calibration.Bootstrap {
	return calibration.Bootstrap{Method: calibration.UnitBootstrap, Resamples: 100, Seed: 1}
}

func agreementOf(t rapid.TB, c *calibration.Comparison) calibration.AgreementView {
	t.Helper()
	v, err := c.Agreement(context.Background(), fewResamples())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Units and people of agreement are those whom two reviewers placed.
func TestAgreementCountsWhomTwoPlaced(t *testing.T) {
	v := agreementOf(t, compareTold(t, `
		Grace ada 1-low @spring
		Tony ada 1-mid @spring panel
		Grace ada 2-low @spring business
		Tony ada 2-low @spring business
		Grace bob 3-low @spring
		Grace bob 3-mid @spring panel
		Tony bob 3-mid @spring final
		Grace cyd 2-low @spring
		Edsger cyd 2-low @spring
		Tony dee 2-low @spring
		Tony dee 2-low @autumn
		Grace dee 2-low @spring business`))
	got := []string{}
	for _, parts := range [][]calibration.AgreementPart{{v.All}, v.ByDimension, v.ByTeam, v.ByManager} {
		for _, p := range parts {
			got = append(got, fmt.Sprintf("%s: %d people, %d units", p.Name, p.People, p.Alpha.Units))
		}
	}
	want := []string{
		"all: 2 people, 3 units", "Individual: 2 people, 2 units", "Business Impact: 1 people, 0 units",
		"Blue: 1 people, 0 units", "Red: 1 people, 2 units", "Edsger: 1 people, 0 units", "Grace: 1 people, 2 units",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A part is what a comparison with the filter says.
func TestAgreementPartsAreFilters(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	rapid.Check(t, func(t *rapid.T) {
		c := compare(b, calibration.Filter{}, anyDecisions(t, r))
		v := agreementOf(t, c)
		check := func(parts []calibration.AgreementPart, filter func(name string) calibration.Filter) {
			for _, p := range parts {
				part := c.Where(filter(p.Name))
				if part.Overview().Decisions == 0 {
					t.Fatalf("%s has no decision", p.Name)
				}
				want := agreementOf(t, part).All
				want.Name = p.Name
				if w, g := asJSON(t, want), asJSON(t, p); w != g {
					t.Fatalf("%s: %s", p.Name, cmp.Diff(w, g))
				}
			}
		}
		check(v.ByDimension, func(name string) calibration.Filter { return calibration.Filter{Dimensions: []string{name}} })
		check(v.ByTeam, func(name string) calibration.Filter { return calibration.Filter{Teams: []string{name}} })
		check(v.ByManager, func(name string) calibration.Filter { return calibration.Filter{Managers: []string{name}} })
	})
}

// The table that figures are computed from is what reviewers think, on positions and on
// levels.
func TestRatingsAreWhatReviewersThink(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	level := map[string]string{}
	for _, p := range r.Positions() {
		level[p.Key] = fmt.Sprint(p.Level)
	}
	rapid.Check(t, func(t *rapid.T) {
		all := anyDecisions(t, r)
		c := compare(b, calibration.Filter{}, all)
		var want, levels []string
		for at, unit := range thatCount(b, calibration.Filter{}, all) {
			name := at.person
			for _, p := range b.People {
				if p.ID == at.person {
					name = p.Name
				}
			}
			for _, d := range thought(unit) {
				want, levels = append(want, name+" "+d.Reviewer+" "+d.Position), append(levels, name+" "+d.Reviewer+" "+level[d.Position])
			}
		}
		for _, test := range []struct {
			ratings func() (calibration.Ratings, error)
			want    []string
		}{{c.Ratings, want}, {c.LevelRatings, levels}} {
			ratings, err := test.ratings()
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for u, unit := range ratings.Units() {
				for w, rater := range ratings.Raters() {
					if category, ok := ratings.Category(u, w); ok {
						got = append(got, unit+" "+rater+" "+ratings.Scale().Words()[category])
					}
				}
			}
			if diff := cmp.Diff(sorted(test.want), sorted(got)); diff != "" {
				t.Fatalf("(-want +got)\n%s", diff)
			}
		}
	})
}

func TestAgreementInWords(t *testing.T) {
	same := func(people int) (lines string) {
		for i := range people {
			at := []string{"1-low", "2-mid", "3-high"}[i%3]
			lines += fmt.Sprintf("Grace p%02d %s @spring\nTony p%02d %s @spring\n", i, at, i, at)
		}
		return lines
	}
	tests := []struct{ name, decisions, want string }{
		{"nobody by two", "Grace ada 1-low\nTony bob 1-low", "how far reviewers agree cannot be said: no unit was rated by two raters"},
		{"one reviewer", "Grace ada 1-low", "how far reviewers agree cannot be said: there is one rater"},
		{"finals only", "Grace ada 1-low final", "how far reviewers agree cannot be said: there are no ratings"},
		{"all the same", "Grace ada 1-low\nTony ada 1-low", "how far reviewers agree cannot be said: all ratings that can be paired are 1-low"},
		{"one person", "Grace ada 1-low\nTony ada 1-mid",
			"with 1 person it is quite uncertain how far reviewers agree (alpha 0.00): one person cannot be resampled"},
		{"sure", same(12), "reviewers agree: 1.00 to 1.00, with 12 people"},
		{"a lone placement makes nothing surer", same(12) + "Grace ada 1-low", "reviewers agree: 1.00 to 1.00, with 12 people"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := agreementOf(t, compareTold(t, strings.TrimSpace(test.decisions))).All.Words; got != test.want {
				t.Errorf("%s\nwant %s", got, test.want)
			}
		})
	}
}
