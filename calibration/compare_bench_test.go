package calibration_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"calibrate/calibration"
)

// manyDecisions is so many decisions of a company: each person is placed on both
// dimensions by a draft and four votes and a final in each of three sessions, by some of
// the eight reviewers of the person's department.
func manyDecisions(tb testing.TB, n int) (calibration.Basis, []calibration.Decision) {
	tb.Helper()
	r := scale(tb, 5, 3)
	b := calibration.Basis{Rubric: r}
	random := rand.New(rand.NewPCG(1, 1))
	all := make([]calibration.Decision, 0, n)
	hash := r.Hash()
	for s := range 3 {
		b.Sessions = append(b.Sessions, calibration.Session{ID: fmt.Sprint("session ", s), Name: fmt.Sprint("Session ", s), OpenedAt: day(100 * s), FinalisedAt: day(100*s + 90)})
	}
	for person := 0; len(all) < n; person++ {
		id, department := fmt.Sprintf("person %06d", person), person/200
		b.People = append(b.People, calibration.Person{ID: id, Name: id, Team: fmt.Sprint("team ", person/10), Manager: fmt.Sprint("reviewer ", 8*department+person%8)})
		for s := range b.Sessions {
			b.Sessions[s].People = append(b.Sessions[s].People, id)
			for _, dimension := range r.Dimensions {
				at := 2 + random.IntN(13)
				for k := range 6 {
					d := calibration.Decision{
						ID: fmt.Sprintf("%026d", len(all)), Person: id, Reviewer: fmt.Sprint("reviewer ", 8*department+(person+k)%8), Session: b.Sessions[s].ID,
						Dimension: dimension, Position: r.At(at + random.IntN(3) - 1).Key, Stage: calibration.Panel, Confidence: calibration.Medium,
						Rubric: hash, DecidedAt: day(100*s + 50),
					}
					switch k {
					case 0:
						d.Stage, d.Session = calibration.Draft, ""
					case 5:
						d.Stage = calibration.Final
					}
					for _, statement := range r.Statements(r.At(at), dimension, "impact") {
						d.Evidence = append(d.Evidence, calibration.Evidence{Statement: statement.ID, Seen: random.IntN(4) > 0})
					}
					all = append(all, d)
				}
			}
		}
	}
	return b, all[:n]
}

// BenchmarkCompare takes decisions in and settles what counts; what is said of each
// decision is the number that must not grow with them.
func BenchmarkCompare(b *testing.B) {
	for _, n := range []int{20_000, 200_000} {
		basis, all := manyDecisions(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if got := compare(basis, calibration.Filter{}, all).Overview().Decisions; got != n {
					b.Fatalf("%d decisions count", got)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/decision")
		})
	}
}

// BenchmarkViews lays each view out.
func BenchmarkViews(b *testing.B) {
	for _, n := range []int{20_000, 200_000} {
		basis, all := manyDecisions(b, n)
		c := compare(basis, calibration.Filter{}, all)
		for _, view := range []struct {
			name string
			of   func()
		}{
			{"spread", func() { c.Spread() }},
			{"stage shift", func() { c.StageShift(calibration.Draft, calibration.Final) }},
			{"session shift", func() { c.SessionShift("session 0", "session 1") }},
			{"distribution by team", func() { c.Distribution(calibration.ByTeam, calibration.Guideline{5, 15, 60, 15, 5}) }},
			{"distribution by reviewer", func() { c.Distribution(calibration.ByReviewer, nil) }},
			{"agreement", func() {
				if _, err := c.Agreement(context.Background(), calibration.Bootstrap{Method: calibration.UnitBootstrap, Resamples: 100, Seed: 1}); err != nil {
					b.Fatal(err)
				}
			}},
			{"reviewers", func() { c.Reviewers() }},
			{"contested", func() { c.Contested() }},
			{"cells", func() { c.Cells() }},
			{"past", func() { c.Past("session 2") }},
			{"one team", func() { c.Where(calibration.Filter{Teams: []string{"team 7"}}) }},
		} {
			b.Run(fmt.Sprint(view.name, "/", n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					view.of()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/decision")
			})
		}
	}
}

// BenchmarkCohenOfManyRaters is Cohen's kappa of a company's raters, five to a unit:
// there are a hundred times as many pairs of them as of the tenth part.
func BenchmarkCohenOfManyRaters(b *testing.B) {
	for _, raters := range []int{100, 1_000} {
		random := rand.New(rand.NewPCG(1, 1))
		given := make([]calibration.Rating, 0, raters*200)
		for unit := range raters * 40 {
			first := random.IntN(raters)
			for k := range 5 {
				given = append(given, calibration.Rating{Unit: fmt.Sprint(unit), Rater: fmt.Sprint((first + k) % raters), Word: fmt.Sprint(unit%4 + random.IntN(2))})
			}
		}
		r, err := calibration.NewRatings(scaleOf(b, "0,1,2,3,4"), given)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint(len(given)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				calibration.CohenKappa(r, calibration.LinearWeights)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(given)), "ns/rating")
		})
	}
}
