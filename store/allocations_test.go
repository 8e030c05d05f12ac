//go:build !race

package store

import (
	"fmt"
	"path/filepath"
	"testing"

	"calibrate/calibration"
	"calibrate/internal/allocations"
)

// What a key on the screen asks of the file must not allocate by what else is in it.
func TestAllocations(t *testing.T) {
	path := filled(t, 3_000)
	s, r := openTest(t, path, options(3)), testRubric(t, "well")
	allocations.AtMost(t, "DecisionsOf somebody with ten", 170, func() { must[[]calibration.Decision](t)(s.DecisionsOf("person 7")) })
	var compared [2]float64
	for i, sessions := range []int{10, 40} { // the last of which has the same people, twice and eight times
		path, last := held(t, sessions)
		company, f := openTest(t, path, Options{ReadOnly: true}).Veiled(), calibration.Filter{Sessions: []string{last}}
		read := func() {
			if err := company.DecisionsFor(f, func(calibration.Decision) error { return nil }); err != nil {
				t.Fatal(err)
			}
		}
		allocations.AtMost(t, "DecisionsFor a session with a hundred", 1100, read)
		compared[i] = testing.AllocsPerRun(10, read)
		allocations.AtMost(t, "People, each", 2.5*float64(100+10*sessions), func() { must[[]calibration.Person](t)(company.People()) })
		allocations.AtMost(t, "Sessions once more", 2+2*float64(sessions), func() { must[[]calibration.Session](t)(company.Sessions()) })
	}
	if compared[1] > compared[0]*1.2 {
		t.Errorf("DecisionsFor a session allocates %.0f times among ten sessions, %.0f among forty", compared[0], compared[1])
	}
	allocations.AtMost(t, "Decisions, 3000 of them", 17_500, func() {
		if err := s.Decisions(func(calibration.Decision) error { return nil }); err != nil {
			t.Fatal(err)
		}
	})
	allocations.AtMost(t, "Check of 3000 decisions", 140_000, func() { must[Report](t)(s.Check()) })
	fresh := openTest(t, filepath.Join(t.TempDir(), "fresh.db"), options(4))
	allocations.AtMost(t, "Place", 340, func() { must[calibration.Decision](t)(fresh.Place(decision("ada", "grace"), r)) })
	// The first decision about somebody reads the earlier ones.
	i := 0
	allocations.AtMost(t, "Place in a file of 3,000, about another person each time", 760, func() {
		i++
		must[calibration.Decision](t)(s.Place(decision(fmt.Sprint("person ", i), "grace"), r))
	})
}

// What taking a decision in allocates must not depend on how many come with it, nor on how
// many the file has.
func TestAllocationsOfMerge(t *testing.T) {
	const n = 2000
	packet := packed(t, n)
	into := func(of string) func() {
		return func() {
			s := must[*Store](t)(Open(filepath.Join(t.TempDir(), of), options(3)))
			s.db.NoSync = true
			must[Merged](t)(s.Merge(packet))
			s.Close()
		}
	}
	allocations.AtMost(t, "Merge of 2,000 into an empty file", 35*n, into("new.db"))
	full := openTest(t, filledBy(t, 3*n, 7), options(5))
	allocations.AtMost(t, "Preview of 2,000 for a file of 6,000", 53*n, func() { must[Merged](t)(full.Preview(packet)) })
	must[Merged](t)(full.Merge(packet))
	allocations.AtMost(t, "Merge of 2,000 that are known", 9*n, func() { must[Merged](t)(full.Merge(packet)) })
}
