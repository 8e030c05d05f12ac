package store

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/oklog/ulid/v2"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/rubric"
)

// Of somebody's earlier decisions a merge reads few. What it tells is what comes of
// looking at all of them.
func TestConflictsAreThoseOfAllDecisions(t *testing.T) {
	r, folder := testRubric(t, "well"), t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		s := quickStore(rt, folder, 1)
		defer s.Close()
		made := answers(rt, r)
		for len(made) > 0 {
			n := rapid.IntRange(1, len(made)).Draw(rt, "in a packet")
			var earlier []calibration.Decision
			if err := s.Decisions(func(d calibration.Decision) error {
				earlier = append(earlier, d)
				return nil
			}); err != nil {
				rt.Fatal(err)
			}
			b := Batch{Rubrics: [][]byte{must[[]byte](rt)(r.MarshalJSON())}}
			for _, d := range made[:n] {
				b.Decisions = append(b.Decisions, must[[]byte](rt)(encode(d)))
			}
			wantSame(rt, contradicting(earlier, made[:n]), must[Merged](rt)(s.Merge(b)).Conflicts)
			made = made[n:]
		}
	})
}

// answers are decisions to few questions, of which some supersede others, in any order.
func answers(t *rapid.T, r *rubric.Rubric) (made []calibration.Decision) {
	id := func(i int) string { return ulid.ULID{1, 15: byte(i)}.String() }
	count := rapid.IntRange(1, 14).Draw(t, "decisions")
	for i := range count {
		one := func(what string, of ...string) string { return rapid.SampledFrom(of).Draw(t, what) }
		d := decision(one("person", "ada", "alan"), one("reviewer", "grace", "edsger"))
		d.ID, d.Origin, d.Seq, d.Rubric, d.DecidedAt = id(i), ulid.ULID{2}.String(), uint64(i+1), r.Hash(), start.UTC()
		d.Session = one("session", "", "spring", "autumn")
		if i > 0 {
			d.Prev = hashPayload([]byte(id(i)))
		}
		if other := rapid.IntRange(0, 2*count).Draw(t, "supersedes"); other < count && other != i {
			d.Supersedes = id(other)
		}
		made = append(made, d)
	}
	return rapid.Permutation(made).Draw(t, "order")
}

// contradicting says plainly which decisions contradict fresh ones.
func contradicting(earlier, fresh []calibration.Decision) (found []Conflict) {
	question := func(d calibration.Decision) string {
		return fmt.Sprintf("%q %q %q %q %q", d.Person, d.Session, d.Dimension, d.Stage, d.Reviewer)
	}
	isNew := map[string]bool{}
	for _, d := range fresh {
		isNew[d.ID] = true
	}
	var standing []calibration.Decision
	for _, person := range []string{"ada", "alan"} { // nothing supersedes what is about somebody else
		about := slices.DeleteFunc(slices.Concat(earlier, fresh), func(d calibration.Decision) bool { return d.Person != person })
		standing = append(standing, calibration.Current(about)...)
	}
	slices.SortFunc(standing, func(a, b calibration.Decision) int {
		return cmp.Or(cmp.Compare(question(a), question(b)), cmp.Compare(a.ID, b.ID))
	})
	for i := 1; i < len(standing); i++ {
		a, b := standing[i-1], standing[i]
		switch {
		case question(a) != question(b):
		case isNew[b.ID]:
			found = append(found, Conflict{New: b, Other: a})
		case isNew[a.ID]:
			found = append(found, Conflict{New: a, Other: b})
		}
	}
	return found
}
