package calibration_test

import (
	"math"
	"strconv"

	"pgregory.net/rapid"

	"calibrate/calibration"
)

// table is ratings written the plainest way: units × raters, each a category from
// 0, or none.
type table struct {
	categories int
	units      [][]int
}

const none = -1

// ratings makes the table the program's own, on the scale 1 to as many
// categories as there are.
func (t table) ratings(tb rapid.TB) calibration.Ratings {
	tb.Helper()
	words := make([]string, t.categories)
	for c := range words {
		words[c] = strconv.Itoa(c + 1)
	}
	return t.ratingsOn(tb, words...)
}

func (t table) ratingsOn(tb rapid.TB, words ...string) calibration.Ratings {
	tb.Helper()
	scale, err := calibration.NewScale(words...)
	if err != nil {
		tb.Fatal(err)
	}
	var all []calibration.Rating
	for u, unit := range t.units {
		for rater, c := range unit {
			rating := calibration.Rating{Unit: "u" + strconv.Itoa(u+1), Rater: "r" + strconv.Itoa(rater+1)}
			if c != none {
				rating.Word = words[c]
			}
			all = append(all, rating)
		}
	}
	r, err := calibration.NewRatings(scale, all)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// paired calls each for every ordered pair of ratings of one unit by two raters,
// with the number of ratings that the unit has.
func (t table) paired(each func(c, k, m int)) {
	for _, unit := range t.units {
		m := len(given(unit))
		for i, c := range unit {
			for j, k := range unit {
				if i != j && c != none && k != none {
					each(c, k, m)
				}
			}
		}
	}
}

func given(unit []int) []int {
	var categories []int
	for _, c := range unit {
		if c != none {
			categories = append(categories, c)
		}
	}
	return categories
}

// within is the share of pairs that are at most so many places apart.
func (t table) within(places int) float64 {
	near, all := 0.0, 0.0
	t.paired(func(c, k, _ int) {
		all++
		if max(c-k, k-c) <= places {
			near++
		}
	})
	return near / all
}

// alpha is Krippendorff's alpha as observed and expected disagreement over all
// pairs of values, one by one.
func (t table) alpha(difference func(c, k int) float64) float64 {
	var values []int
	for _, unit := range t.units {
		if rated := given(unit); len(rated) >= 2 {
			values = append(values, rated...)
		}
	}
	n := float64(len(values))
	observed, expected := 0.0, 0.0
	t.paired(func(c, k, m int) { observed += difference(c, k) / float64(m-1) / n })
	for i, c := range values {
		for j, k := range values {
			if i != j {
				expected += difference(c, k) / n / (n - 1)
			}
		}
	}
	return 1 - observed/expected
}

func nominal(c, k int) float64 {
	if c == k {
		return 0
	}
	return 1
}

// interval is the interval metric of the values 1, 2, 3 …
func interval(c, k int) float64 { return float64((c - k) * (c - k)) }

// ordinal is the ordinal metric, summed up as it is printed.
func (t table) ordinal() func(c, k int) float64 {
	n := make([]float64, t.categories)
	for _, unit := range t.units {
		if rated := given(unit); len(rated) >= 2 {
			for _, c := range rated {
				n[c]++
			}
		}
	}
	return func(c, k int) float64 {
		sum := -(n[c] + n[k]) / 2
		for g := min(c, k); g <= max(c, k); g++ {
			sum += n[g]
		}
		return sum * sum
	}
}

// agreement weights of q categories.
type weights func(k, l, q int) float64

func identity(k, l, _ int) float64 { return 1 - nominal(k, l) }
func linear(k, l, q int) float64   { return 1 - math.Abs(float64(k-l))/float64(q-1) }
func quadratic(k, l, q int) float64 {
	return 1 - float64((k-l)*(k-l))/float64((q-1)*(q-1))
}
func radical(k, l, q int) float64 { return 1 - math.Sqrt(math.Abs(float64(k-l))/float64(q-1)) }
func gwetOrdinal(k, l, q int) float64 {
	d := max(k-l, l-k)
	return 1 - float64((d+1)*d/2)/float64(q*(q-1)/2)
}

// pa is the mean over units of the weighted agreement of their pairs.
func (t table) pa(w weights) float64 {
	units := 0.0
	for _, unit := range t.units {
		if len(given(unit)) >= 2 {
			units++
		}
	}
	sum := 0.0
	t.paired(func(c, k, m int) { sum += w(c, k, t.categories) / float64(m*(m-1)) })
	return sum / units
}

// prevalence is the mean share of each category over the units that were rated.
func (t table) prevalence() []float64 {
	pi := make([]float64, t.categories)
	units := 0.0
	for _, unit := range t.units {
		if len(given(unit)) > 0 {
			units++
		}
	}
	for _, unit := range t.units {
		for _, c := range given(unit) {
			pi[c] += 1 / float64(len(given(unit))) / units
		}
	}
	return pi
}

func (t table) sumWeights(w weights, of func(k, l int) float64) float64 {
	sum := 0.0
	for k := range t.categories {
		for l := range t.categories {
			sum += w(k, l, t.categories) * of(k, l)
		}
	}
	return sum
}

func (t table) peAC(w weights) float64 {
	sum := 0.0
	for _, pi := range t.prevalence() {
		sum += pi * (1 - pi)
	}
	q := float64(t.categories)
	return sum * t.sumWeights(w, func(int, int) float64 { return 1 }) / (q * (q - 1))
}

func (t table) ac(w weights) float64 { return corrected(t.pa(w), t.peAC(w)) }

func (t table) fleiss(w weights) float64 {
	pi := t.prevalence()
	return corrected(t.pa(w), t.sumWeights(w, func(k, l int) float64 { return pi[k] * pi[l] }))
}

func (t table) brennanPrediger(w weights) float64 {
	q := float64(t.categories)
	return corrected(t.pa(w), t.sumWeights(w, func(int, int) float64 { return 1 / q / q }))
}

// conger takes chance agreement over the margins of all pairs of raters.
func (t table) conger(w weights) float64 {
	margins := make([][]float64, len(t.units[0]))
	for rater := range margins {
		margins[rater] = make([]float64, t.categories)
		n := 0.0
		for _, unit := range t.units {
			if unit[rater] != none {
				n++
			}
		}
		for _, unit := range t.units {
			if unit[rater] != none {
				margins[rater][unit[rater]] += 1 / n
			}
		}
	}
	pe, r := 0.0, float64(len(margins))
	for g := range margins {
		for h := range margins {
			if g != h {
				pe += t.sumWeights(w, func(k, l int) float64 { return margins[g][k] * margins[h][l] }) / r / (r - 1)
			}
		}
	}
	return corrected(t.pa(w), pe)
}

func corrected(pa, pe float64) float64 { return (pa - pe) / (1 - pe) }

// cohen is the mean over pairs of raters of kappa from their table of shares; ok
// is false if no pair has one.
func (t table) cohen(w weights) (mean float64, ok bool) {
	sum, pairs := 0.0, 0.0
	for i := range t.raters() {
		for j := range i {
			if kappa, ok := t.columns(j, i).cohenOfTwo(w); ok {
				sum += kappa
				pairs++
			}
		}
	}
	return sum / pairs, pairs > 0
}

func (t table) cohenOfTwo(w weights) (kappa float64, ok bool) {
	shares := make([][]float64, t.categories)
	rows, columns := make([]float64, t.categories), make([]float64, t.categories)
	for c := range shares {
		shares[c] = make([]float64, t.categories)
	}
	n, seen := 0.0, map[int]bool{}
	for _, unit := range t.units {
		if len(given(unit)) == 2 {
			n++
			seen[unit[0]], seen[unit[1]] = true, true
		}
	}
	if len(seen) < 2 {
		return 0, false
	}
	for _, unit := range t.units {
		if len(given(unit)) == 2 {
			shares[unit[0]][unit[1]] += 1 / n
			rows[unit[0]] += 1 / n
			columns[unit[1]] += 1 / n
		}
	}
	po := t.sumWeights(w, func(k, l int) float64 { return shares[k][l] })
	pe := t.sumWeights(w, func(k, l int) float64 { return rows[k] * columns[l] })
	return corrected(po, pe), true
}

func (t table) raters() int {
	if len(t.units) == 0 {
		return 0
	}
	return len(t.units[0])
}

// columns is the same table with these raters only, in this order.
func (t table) columns(raters ...int) table {
	picked := table{categories: t.categories}
	for _, unit := range t.units {
		var row []int
		for _, rater := range raters {
			row = append(row, unit[rater])
		}
		picked.units = append(picked.units, row)
	}
	return picked
}

// kendall is W from ranks that are counted pair by pair.
func (t table) kendall(correctTies bool) float64 {
	n, m := float64(len(t.units)), float64(t.raters())
	sums, ties := make([]float64, len(t.units)), 0.0
	for rater := range t.raters() {
		for u, unit := range t.units {
			rank, tied := 0.5, 0.0
			for _, other := range t.units {
				switch {
				case other[rater] < unit[rater]:
					rank++
				case other[rater] == unit[rater]:
					rank += 0.5
					tied++
				}
			}
			sums[u] += rank
			ties += tied*tied - 1 // t of these make t³ − t
		}
	}
	s := 0.0
	for _, sum := range sums {
		s += (sum - m*(n+1)/2) * (sum - m*(n+1)/2)
	}
	if !correctTies {
		ties = 0
	}
	return 12 * s / (m*m*(n*n*n-n) - m*ties)
}

// used is the categories that occur.
func (t table) used() map[int]bool {
	used := map[int]bool{}
	for _, unit := range t.units {
		for _, c := range given(unit) {
			used[c] = true
		}
	}
	return used
}

func (t table) complete() bool {
	for _, unit := range t.units {
		if len(given(unit)) < len(unit) {
			return false
		}
	}
	return true
}

// anyTable draws a small table, with ratings missing or without.
func anyTable(t *rapid.T) table {
	drawn := table{categories: rapid.IntRange(1, 6).Draw(t, "categories")}
	raters := rapid.IntRange(1, 6).Draw(t, "raters")
	lowest := rapid.SampledFrom([]int{none, 0}).Draw(t, "lowest")
	category := rapid.IntRange(lowest, drawn.categories-1)
	drawn.units = rapid.SliceOfN(rapid.SliceOfN(category, raters, raters), 0, 12).Draw(t, "units")
	return drawn
}

// icc is Shrout and Fleiss's intraclass correlation of that name, of a complete table:
// sums of squares as textbooks have them, in whole numbers but for the divisions. It is
// NaN where what it divides by is not above 0.
func (t table) icc(name string) float64 {
	n, k := len(t.units), t.raters()
	all, squares, rows, columns := 0, 0, 0, 0
	for _, unit := range t.units {
		sum := 0
		for _, c := range unit {
			sum, squares = sum+c, squares+c*c
		}
		all, rows = all+sum, rows+sum*sum
	}
	for rater := range k {
		sum := 0
		for _, unit := range t.units {
			sum += unit[rater]
		}
		columns += sum * sum
	}
	// Times n·k: between units, between raters, in all.
	between, judges, total := rows*n-all*all, columns*k-all*all, squares*n*k-all*all
	bms := float64(between) / float64(n-1)
	wms := float64(total-between) / float64(n*(k-1))
	jms := float64(judges) / float64(k-1)
	ems := float64(total-between-judges) / float64((n-1)*(k-1))
	above, below := bms-ems, 0.0
	switch name {
	case "1,1":
		above, below = bms-wms, bms+float64(k-1)*wms
	case "2,1":
		below = bms + float64(k-1)*ems + float64(k)*(jms-ems)/float64(n)
	case "3,1":
		below = bms + float64(k-1)*ems
	case "1,k":
		above, below = bms-wms, bms
	case "2,k":
		below = bms + (jms-ems)/float64(n)
	case "3,k":
		below = bms
	}
	if below < 1e-9 {
		return math.NaN()
	}
	return above / below
}
