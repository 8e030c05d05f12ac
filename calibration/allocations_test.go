//go:build !race

package calibration_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"calibrate/calibration"
	"calibrate/internal/allocations"
)

// The figures of a table must not allocate by its ratings, and reading it no more than a
// line's own text each.
func TestAllocations(t *testing.T) {
	const units, raters = 1_000, 5
	var text strings.Builder
	text.WriteString("unit,rater,rating\n")
	for unit := range units {
		for rater := range raters {
			fmt.Fprintf(&text, "unit %d,rater %d,%d\n", unit, rater, 1+(unit+rater*rater)%5)
		}
	}
	read := func() calibration.Ratings {
		r, err := calibration.ReadRatings(strings.NewReader(text.String()), calibration.Scale{}, calibration.AnyLayout)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := read()
	allocations.AtMost(t, "ReadRatings of 5,000 ratings", 7_500, func() { read() })
	allocations.AtMost(t, "Summarise without an interval", 200, func() {
		if _, err := calibration.Summarise(context.Background(), r, calibration.Bootstrap{Method: calibration.UnitBootstrap}); err != nil {
			t.Fatal(err)
		}
	})
	bootstrap := calibration.Bootstrap{Method: calibration.UnitBootstrap, Resamples: 1_000, Seed: 1}
	allocations.AtMost(t, "an interval of 1,000 resamples", 7_000, func() {
		if _, err := bootstrap.Interval(context.Background(), r, calibration.OrdinalMetric); err != nil {
			t.Fatal(err)
		}
	})
	basis, decisions := manyDecisions(t, 2_000)
	allocations.AtMost(t, "comparing 2,000 decisions", 14_000, func() { compare(basis, calibration.Filter{}, decisions).Spread() })
}
