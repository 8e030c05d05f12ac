package calibration

import "math"

// Metric is the difference δ²_ck that Krippendorff's alpha sees between two
// categories.
type Metric int

// The metrics: Krippendorff (2011), section D.
//
//	NominalMetric   0 if c = k, else 1
//	OrdinalMetric   (Σ_{g=c}^{k} n_g − (n_c + n_k)/2)², n_g being how often g
//	                occurs among the values that can be paired
//	IntervalMetric  (c − k)², of the categories' values
const (
	NominalMetric Metric = iota
	OrdinalMetric
	IntervalMetric
)

// String names the metric: "ordinal".
func (m Metric) String() string {
	switch m {
	case OrdinalMetric:
		return "ordinal"
	case IntervalMetric:
		return "interval"
	}
	return "nominal"
}

// KrippendorffAlpha is Krippendorff's alpha, at most 1. Ratings may be missing;
// a unit with fewer than two ratings has no part in it.
//
// It is not defined if no unit has two ratings, or if all values that can be
// paired are of one category.
//
// K. Krippendorff, Computing Krippendorff's alpha-reliability (2011), sections C
// and D: α = 1 − (n − 1) Σ o_ck δ²_ck / Σ n_c n_k δ²_ck, over the pairs c < k.
func KrippendorffAlpha(r Ratings, m Metric) Figure {
	if reason := r.unpaired(); reason != "" {
		return notDefined(reason)
	}
	alpha, ok := r.coincide(perRating).alpha(m, r.scale)
	if !ok {
		return notDefined(r.unvaried(2))
	}
	return r.figure(alpha, 2)
}

// alpha is Krippendorff's alpha of a coincidence table; ok is false if all its
// values are of one category.
func (c coincidences) alpha(m Metric, s Scale) (alpha float64, ok bool) {
	margins, n := c.margins()
	observed, expected := 0.0, 0.0
	difference := m.difference(margins, s)
	for row := range c.q {
		if margins[row] == 0 {
			continue
		}
		for column := row + 1; column < c.q; column++ {
			if margins[column] > 0 {
				delta2 := difference(row, column)
				observed += c.o[row*c.q+column] * delta2
				expected += margins[row] * margins[column] * delta2
			}
		}
	}
	if expected == 0 {
		return 0, false
	}
	return 1 - (n-1)*observed/expected, true
}

// margins are n_c, how often each category can be paired, and their sum n.
func (c coincidences) margins() (margins []float64, n float64) {
	margins = make([]float64, c.q)
	for row := range c.q {
		for _, o := range c.o[row*c.q : (row+1)*c.q] {
			margins[row] += o
		}
		n += margins[row]
	}
	return margins, n
}

// difference gives δ²_ck of two categories c < k that occur, where the margins
// are n_c.
func (m Metric) difference(margins []float64, s Scale) func(c, k int) float64 {
	if m == NominalMetric {
		return func(int, int) float64 { return 1 }
	}
	at := places(margins)
	if m == IntervalMetric {
		at = unitRange(s.values, margins)
	}
	return func(c, k int) float64 { return (at[k] - at[c]) * (at[k] - at[c]) }
}

// places gives each category the middle of its ranks: the ordinal metric's sum
// from c to k, less half of either end, is the distance between these.
func places(margins []float64) []float64 {
	at := make([]float64, len(margins))
	below := 0.0
	for c, n := range margins {
		at[c] = below + n/2
		below += n
	}
	return at
}

// unitRange moves and stretches the values so that those that occur run from 0
// to 1. No figure that is computed from the values changes by that, and none can
// overflow then.
func unitRange(values, occurs []float64) []float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for c, n := range occurs {
		if n > 0 {
			low, high = min(low, values[c]), max(high, values[c])
		}
	}
	moved := make([]float64, len(values))
	for c, n := range occurs {
		if n > 0 && high > low {
			moved[c] = (values[c] - low) / (high - low)
		}
	}
	return moved
}
