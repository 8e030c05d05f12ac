package calibration

import (
	"fmt"
	"slices"
)

// CohenKappa is Cohen's kappa of two raters, unweighted or weighted, from −1 to
// 1. Of more than two raters it is the mean over all pairs of them, and its Note
// says so: Light's kappa. A pair is compared on the units that both rated; pairs
// that share none, or whose ratings of those never vary, have no kappa and are
// left out of the mean.
//
// It is not defined if no pair has a kappa.
//
// J. Cohen, A coefficient of agreement for nominal scales, Educational and
// Psychological Measurement 20 (1960), 37–46; Weighted kappa, Psychological
// Bulletin 70 (1968), 213–220, κ_w = 1 − Σ v_ij p_oij / Σ v_ij p_cij.
// R. J. Light, Measures of response agreement for qualitative data,
// Psychological Bulletin 76 (1971), 365–377.
func CohenKappa(r Ratings, w Weights) Figure { return cohenKappas(r, w)[0] }

// cohenKappas is Cohen's kappa with each of the weights. To pair the ratings takes longer
// than to compare the pairs.
func cohenKappas(r Ratings, weights ...Weights) []Figure {
	figures := make([]Figure, len(weights))
	if reason := r.unpaired(); reason != "" {
		for i := range figures {
			figures[i] = notDefined(reason)
		}
		return figures
	}
	tables, sums, pairs := make([]*contingency, len(weights)), make([]float64, len(weights)), make([]int, len(weights))
	for i, w := range weights {
		tables[i] = newContingency(r.scale, w)
	}
	r.eachPair(func(both []twice) {
		for i, table := range tables {
			if kappa, ok := table.kappa(both); ok {
				sums[i] += kappa
				pairs[i]++
			}
		}
	})
	for i := range figures {
		figures[i] = r.meanKappa(sums[i], pairs[i])
	}
	return figures
}

// meanKappa is the mean of the kappas of so many pairs of raters.
func (r Ratings) meanKappa(sum float64, pairs int) Figure {
	if pairs == 0 {
		return notDefined("no two raters' ratings of the same units vary")
	}
	f := r.figure(sum/float64(pairs), 2)
	switch of := len(r.raters) * (len(r.raters) - 1) / 2; {
	case pairs < of:
		f.Note = fmt.Sprintf("mean over %d of %d pairs of raters; the others share no unit or do not vary", pairs, of)
	case of > 1:
		f.Note = fmt.Sprintf("mean over %d pairs of raters", of)
	}
	return f
}

// twice is the categories that two raters put the same unit in.
type twice struct{ first, second int }

// eachPair hands out, for each two raters who share a unit, how they rated those that
// they share. It costs what there is to hand out: most raters of a large table share
// nothing.
func (r Ratings) eachPair(each func(both []twice)) {
	shared := make([][]twice, len(r.raters)) // by the other rater
	var others []int
	for rater, ratings := range r.byRater() {
		for _, given := range ratings {
			for _, c := range r.unit(given.unit) {
				if c.rater >= rater {
					break
				}
				if len(shared[c.rater]) == 0 {
					others = append(others, c.rater)
				}
				shared[c.rater] = append(shared[c.rater], twice{c.category, given.category})
			}
		}
		slices.Sort(others)
		for _, other := range others {
			each(shared[other])
			shared[other] = shared[other][:0]
		}
		others = others[:0]
	}
}

// rated is a rating as its rater sees it.
type rated struct{ unit, category int }

// byRater lists each rater's ratings in the order of the units.
func (r Ratings) byRater() [][]rated {
	raters, count := make([][]rated, len(r.raters)), make([]int, len(r.raters))
	for _, c := range r.cells {
		count[c.rater]++
	}
	for rater, n := range count {
		raters[rater] = make([]rated, 0, n)
	}
	for u := range r.units {
		for _, c := range r.unit(u) {
			raters[c.rater] = append(raters[c.rater], rated{unit: u, category: c.category})
		}
	}
	return raters
}

// contingency is the margins of two raters' table, and room to be used for one
// pair after the other.
type contingency struct {
	weights       Weights
	rows, columns []int // units by category, of the first and the second rater
}

func newContingency(s Scale, w Weights) *contingency {
	return &contingency{weights: w, rows: make([]int, s.Len()), columns: make([]int, s.Len())}
}

// kappa compares two raters. All is counted in whole units, so that the expected
// disagreement is 0 exactly if the raters do not vary.
func (t *contingency) kappa(both []twice) (kappa float64, ok bool) {
	clear(t.rows)
	clear(t.columns)
	observed := 0
	for _, unit := range both {
		observed += t.weights.disagreement(unit.first, unit.second)
		t.rows[unit.first]++
		t.columns[unit.second]++
	}
	expected := t.weights.expected(t.rows, t.columns)
	if expected == 0 {
		return 0, false
	}
	return 1 - float64(len(both))*float64(observed)/float64(expected), true
}

// FleissKappa is Fleiss' kappa, at most 1. If units have different numbers of
// ratings it is Gwet's form of it, which is the same where all have as many, and
// its Note says so: agreement is the mean over the units with two ratings or
// more, the categories' prevalence the mean over the units with any.
//
// It is not defined if no unit has two ratings, or if all ratings are in one
// category.
//
// J. L. Fleiss, Measuring nominal scale agreement among many raters,
// Psychological Bulletin 76 (1971), 378–382: κ = (P̄ − P̄_e) / (1 − P̄_e).
// K. L. Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), chapter 2.
func FleissKappa(r Ratings) Figure {
	if reason := r.unpaired(); reason != "" {
		return notDefined(reason)
	}
	if reason := r.unvaried(1); reason != "" {
		return notDefined(reason)
	}
	p, even := r.prevalence()
	f := r.figure(1-r.disagreementPerUnit(Unweighted)/spread(p), 1) // spread is 1 − P̄_e
	if !even {
		f.Note = "Gwet's form, for units with different numbers of ratings"
	}
	return f
}

// disagreementPerUnit is the mean, over the units with two ratings or more, of
// the weighted disagreement of their pairs: 1 − P̄ and 1 − p_a, times the
// greatest disagreement that the weights have.
func (r Ratings) disagreementPerUnit(w Weights) float64 {
	c := r.coincide(perUnit)
	return c.sum(func(k, l int) float64 { return float64(w.disagreement(k, l)) }) / float64(c.units)
}

// prevalence is the mean, over the units that were rated, of the share of each
// category in the unit's ratings; even reports whether all those units have the
// same number of ratings.
func (r Ratings) prevalence() (p []float64, even bool) {
	p, even = make([]float64, r.scale.Len()), true
	t := newTally(r.scale)
	n, ratings := 0, 0
	for u := range r.units {
		t.take(r.unit(u))
		if t.total == 0 {
			continue
		}
		even = even && (n == 0 || t.total == ratings)
		n, ratings = n+1, t.total
		for _, c := range t.used {
			p[c] += float64(t.count[c]) / float64(t.total)
		}
	}
	for c := range p {
		p[c] /= float64(n)
	}
	return p, even
}

// spread is the chance that two independent draws from the prevalence differ.
func spread(p []float64) float64 {
	sum := 0.0
	for _, share := range p {
		sum += share * (1 - share)
	}
	return sum
}
