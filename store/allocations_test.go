//go:build !race

package store

import (
	"path/filepath"
	"testing"

	"calibrate/calibration"
	"calibrate/internal/allocations"
)

// What a key on the screen asks of the file must not allocate by what else is in it.
func TestAllocations(t *testing.T) {
	path := filled(t, 3_000)
	s, r := openTest(t, path, options(3)), testRubric(t, "well")
	allocations.AtMost(t, "People of 300", 15, func() { must[[]calibration.Person](t)(s.People()) })
	allocations.AtMost(t, "DecisionsOf somebody with ten", 170, func() { must[[]calibration.Decision](t)(s.DecisionsOf("person 7")) })
	fresh := openTest(t, filepath.Join(t.TempDir(), "fresh.db"), options(4))
	allocations.AtMost(t, "Place", 400, func() { must[calibration.Decision](t)(fresh.Place(decision("ada", "grace"), r)) })
}
