package calibration

// Weights says how much a disagreement counts that is so many places wide on the
// scale. Places count, not values: on a scale 1, 2, 4, the 2 and the 4 are one
// place apart.
type Weights int

// The weights. With q categories the agreement weight w_kl of categories k and l
// is
//
//	Unweighted        1 if k = l, else 0
//	LinearWeights     1 − |k−l| / (q−1)
//	QuadraticWeights  1 − (k−l)² / (q−1)²
//	OrdinalWeights    1 − C(|k−l|+1, 2) / C(q, 2), Gwet's
//
// Ordinal weights are not Krippendorff's ordinal metric, see [OrdinalMetric].
const (
	Unweighted Weights = iota
	LinearWeights
	QuadraticWeights
	OrdinalWeights
)

// String names the weights: "linear".
func (w Weights) String() string {
	switch w {
	case LinearWeights:
		return "linear"
	case QuadraticWeights:
		return "quadratic"
	case OrdinalWeights:
		return "ordinal"
	}
	return "unweighted"
}

// disagreement is 1 − w_kl times the greatest that it can be, which makes it a
// whole number: v_kl in Cohen (1968).
func (w Weights) disagreement(k, l int) int {
	d := distance(k, l)
	switch w {
	case LinearWeights:
		return d
	case QuadraticWeights:
		return d * d
	case OrdinalWeights:
		return d * (d + 1) / 2
	}
	return min(d, 1)
}

// expected is the sum of disagreement over all pairs of a unit counted in rows with one
// counted in columns, by category: n² times what chance leads two raters to. It is found
// in one pass over the categories.
func (w Weights) expected(rows, columns []int) int {
	n, same := 0, 0                          // units of either rater; pairs in one category
	linear, belowRow, belowColumn := 0, 0, 0 // a pair is as far apart as there are steps between the two
	rowSum, columnSum, rowSquares, columnSquares := 0, 0, 0, 0
	for _, row := range rows {
		n += row
	}
	for k, row := range rows {
		column := columns[k]
		linear += belowRow*(n-belowColumn) + (n-belowRow)*belowColumn
		belowRow, belowColumn = belowRow+row, belowColumn+column
		same += row * column
		rowSum, columnSum = rowSum+k*row, columnSum+k*column
		rowSquares, columnSquares = rowSquares+k*k*row, columnSquares+k*k*column
	}
	quadratic := n*(rowSquares+columnSquares) - 2*rowSum*columnSum
	switch w {
	case LinearWeights:
		return linear
	case QuadraticWeights:
		return quadratic
	case OrdinalWeights:
		return (quadratic + linear) / 2
	}
	return n*n - same
}
