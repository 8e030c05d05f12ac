package calibration_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

// place is what a decision answers: two in one place by one reviewer in one stage are
// one answer, changed.
type place struct{ person, session, dimension string }

// madeFor is the session that a decision counts in, as the documentation says it.
func madeFor(b calibration.Basis, d calibration.Decision) string {
	if d.Session != "" || d.Stage != calibration.Draft {
		return d.Session
	}
	best := calibration.Session{}
	for _, s := range b.Sessions {
		over := !s.FinalisedAt.IsZero()
		if !slices.Contains(s.People, d.Person) || over && !s.FinalisedAt.After(d.DecidedAt) {
			continue
		}
		end := func(s calibration.Session) time.Time {
			if s.FinalisedAt.IsZero() {
				return day(100_000)
			}
			return s.FinalisedAt
		}
		if best.ID == "" || cmp.Or(end(s).Compare(end(best)), s.OpenedAt.Compare(best.OpenedAt), cmp.Compare(s.ID, best.ID)) < 0 {
			best = s
		}
	}
	return best.ID
}

// thatCount are the decisions that count, plainly: none of the same session corrects
// them, and nobody answered the same question later.
func thatCount(b calibration.Basis, f calibration.Filter, all []calibration.Decision) map[place][]calibration.Decision {
	person := map[string]calibration.Person{}
	for _, p := range b.People {
		person[p.ID] = p
	}
	chosen := func(list []string, word string) bool { return len(list) == 0 || slices.Contains(list, word) }
	counts := map[place][]calibration.Decision{}
	for _, d := range all {
		stands := true
		for _, e := range all {
			if e.Supersedes == d.ID && madeFor(b, e) == madeFor(b, d) || e.ID > d.ID && e.SameSlot(d) && madeFor(b, e) == madeFor(b, d) {
				stands = false
			}
		}
		p := person[d.Person]
		if stands && chosen(f.Sessions, madeFor(b, d)) && chosen(f.Teams, p.Team) && chosen(f.Managers, p.Manager) && chosen(f.Dimensions, d.Dimension) &&
			chosen(f.Reviewers, d.Reviewer) && chosen(f.People, d.Person) && !d.DecidedAt.Before(f.Since) &&
			(len(f.Stages) == 0 || slices.Contains(f.Stages, d.Stage)) {
			at := place{d.Person, madeFor(b, d), d.Dimension}
			counts[at] = append(counts[at], d)
		}
	}
	return counts
}

// thought is what each reviewer thinks: their vote, or else their latest draft.
func thought(unit []calibration.Decision) map[string]calibration.Decision {
	own := map[string]calibration.Decision{}
	for _, d := range unit {
		now, ok := own[d.Reviewer]
		if d.Stage != calibration.Final && (!ok || d.Stage.Rank() > now.Stage.Rank() || d.Stage == now.Stage && d.ID > now.ID) {
			own[d.Reviewer] = d
		}
	}
	return own
}

func anyFilter(t *rapid.T) calibration.Filter {
	some := func(what string, words ...string) []string {
		return rapid.SliceOfN(rapid.SampledFrom(words), 0, 2).Draw(t, what)
	}
	f := calibration.Filter{
		Sessions: some("sessions", "", "spring", "autumn", "unknown"), Teams: some("teams", "Red", "Blue", ""),
		Managers: some("managers", "Grace", "Edsger"), Dimensions: some("dimensions", "Individual", "Business Impact"),
		Reviewers: some("reviewers", "Grace", "Edsger", "Tony"), People: some("people", "ada", "bob", "cyd"),
	}
	if rapid.Bool().Draw(t, "by stage") {
		f.Stages = []calibration.Stage{rapid.SampledFrom(calibration.Stages()).Draw(t, "stage")}
	}
	if rapid.Bool().Draw(t, "by time") {
		f.Since = day(rapid.IntRange(0, 240).Draw(t, "since"))
	}
	if rapid.Bool().Draw(t, "one field only") { // or nearly nothing would pass
		f = calibration.Filter{Sessions: f.Sessions, Since: f.Since}
	}
	return f
}

// What counts, in which session, and what each reviewer thinks is what plain loops over
// all decisions find.
func TestDecisionsThatCount(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	rapid.Check(t, func(t *rapid.T) {
		all, f := anyDecisions(t, r), anyFilter(t)
		want := map[string]string{}
		for at, unit := range thatCount(b, f, all) {
			own := thought(unit)
			for _, d := range unit {
				want[d.ID] = fmt.Sprint(at, d.Reviewer, d.Stage, d.Position, own[d.Reviewer].ID == d.ID)
			}
		}
		got := map[string]string{}
		for _, p := range compare(b, f, shuffled(t, all)).Spread().People {
			for _, row := range p.Rows {
				for _, d := range row.Placements {
					got[d.Decision] = fmt.Sprint(place{p.Person.ID, p.Session.ID, row.Dimension}, d.Reviewer, d.Stage, d.Position, d.Measured)
				}
			}
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got)\n%s", diff)
		}
	})
}

// No view depends on the order in which decisions came, nor on one that came twice.
func TestViewsDoNotDependOnOrder(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	rapid.Check(t, func(t *rapid.T) {
		all := anyDecisions(t, r)
		if diff := gocmp.Diff(everyView(t, compare(b, calibration.Filter{}, all)), everyView(t, compare(b, calibration.Filter{}, shuffled(t, all)))); diff != "" {
			t.Fatalf("(-in order +shuffled)\n%s", diff)
		}
	})
}

// To choose afterwards is to choose from the start.
func TestWhereIsTheFilter(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	rapid.Check(t, func(t *rapid.T) {
		all, f, g := anyDecisions(t, r), anyFilter(t), anyFilter(t)
		start := everyView(t, compare(b, f, all))
		if diff := gocmp.Diff(start, everyView(t, compare(b, calibration.Filter{}, all).Where(f))); diff != "" {
			t.Fatalf("(-from the start +afterwards)\n%s", diff)
		}
		both := everyView(t, compare(b, f, all).Where(g))
		if diff := gocmp.Diff(both, everyView(t, compare(b, g, all).Where(f))); diff != "" {
			t.Fatalf("(-f then g +g then f)\n%s", diff)
		}
	})
}

func TestWhatCounts(t *testing.T) {
	tests := []struct {
		name      string
		decisions string
		want      []string // person session dimension: decisions
	}{
		{"the latest of a slot, corrected or not", `
			Grace ada 1-low @spring
			Grace ada 1-mid @spring fixes:1
			Grace ada 1-high @spring`, []string{"ada spring Individual: 0003"}},
		{"stages, reviewers and dimensions are other slots", `
			Grace ada 1-low @spring
			Grace ada 1-mid @spring panel
			Tony ada 1-mid @spring panel
			Grace ada 1-mid @spring panel business
			Tony ada 2-mid @spring final`, []string{"ada spring Individual: 0001 0002 0003 0005", "ada spring Business Impact: 0004"}},
		{"a draft outside counts in the session that ends next", `
			Grace ada 1-low day:10
			Grace bob 1-low day:101
			Grace cyd 1-low day:300`, []string{"ada spring Individual: 0001", "bob autumn Individual: 0002", "cyd autumn Individual: 0003"}},
		{"to draft for the next session does not take the draft of the last away", `
			Grace ada 1-low day:10
			Grace ada 1-mid day:20 fixes:1
			Grace ada 2-mid day:150 fixes:2`, []string{"ada spring Individual: 0002", "ada autumn Individual: 0003"}},
		{"votes and finals outside stay outside", `
			Grace ada 1-low panel
			Grace ada 1-low final`, []string{"ada  Individual: 0001 0002"}},
		{"a draft in the session corrects the one made for it", `
			Grace ada 1-low day:10
			Grace ada 1-mid day:60 @spring fixes:1`, []string{"ada spring Individual: 0002"}},
		{"or stands beside it", `
			Grace ada 1-low day:10
			Grace ada 1-mid day:60 @spring`, []string{"ada spring Individual: 0001 0002"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, p := range compareTold(t, test.decisions).Spread().PeopleByName() {
				for _, row := range p.Rows {
					line := fmt.Sprintf("%s %s %s:", p.Person.ID, p.Session.ID, row.Dimension)
					for _, d := range row.Placements {
						line += " " + d.Decision
					}
					got = append(got, line)
				}
			}
			if diff := gocmp.Diff(sorted(test.want), sorted(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
