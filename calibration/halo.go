package calibration

import (
	"fmt"
	"math"
	"slices"
)

// Halo is how often a reviewer placed somebody equally on all dimensions, of the people
// whom others placed on all of them too. One impression that colours every dimension
// looks like that; so does a person who is equal on all.
type Halo struct {
	Same       int `json:"same"` // people in a session whom the reviewer placed equally on all dimensions
	Of         int `json:"of"`
	OthersSame int `json:"others_same"` // the same of the others' placements of these people
	OthersOf   int `json:"others_of"`
}

// fewestTurns is how many people must have been placed beside others, for halo on all
// dimensions, before that or a narrow range is asked about.
const fewestTurns = 8

// sameOnAll notes, for one person in one session, who placed them equally on all
// dimensions that the session placed them on: two at least.
func (c *Comparison) sameOnAll(turn []record, found []findings) {
	dimensions, at := 0, map[uint32][]uint16{}
	var own []record
	for u := range unitsOf(turn) {
		if own = u.own(own[:0]); len(own) > 0 {
			dimensions++
		}
		for _, r := range own {
			at[r.reviewer] = append(at[r.reviewer], r.ordinal)
		}
	}
	if dimensions < 2 {
		return
	}
	same, of := 0, 0
	for reviewer, ordinals := range at {
		if len(ordinals) < dimensions {
			delete(at, reviewer)
			continue
		}
		of++
		same += boolRank(allEqual(ordinals))
	}
	if of < 2 {
		return
	}
	for reviewer, ordinals := range at {
		h, mine := &found[reviewer].halo, boolRank(allEqual(ordinals))
		h.Of, h.Same = h.Of+1, h.Same+mine
		h.OthersOf, h.OthersSame = h.OthersOf+of-1, h.OthersSame+same-mine
	}
}

func allEqual(ordinals []uint16) bool {
	return !slices.ContainsFunc(ordinals, func(o uint16) bool { return o != ordinals[0] })
}

// ask asks if the reviewer's share is so far above the others' that chance would bring
// it about once in forty times: the upper tail of what their placements predict for as
// many more, where nothing was known of the share before. That is the beta-binomial
// distribution, and wider than the binomial one with their share, the less so the more
// of them there are.
func (h Halo) ask(name string) string {
	if h.Of < fewestTurns || h.Same*10 < h.Of*8 || predictedTail(h.Same, h.Of, h.OthersSame, h.OthersOf) > 0.025 {
		return ""
	}
	return fmt.Sprintf("%s placed people equally on all dimensions %d times of %d, the others the same people %.0f times of 100. Was each dimension looked at by itself?",
		name, h.Same, h.Of, percent(h.OthersSame, h.OthersOf))
}

// predictedTail is the chance of k or more successes in n trials after there were s
// successes in m trials, if every chance of success was equally likely before.
func predictedTail(k, n, s, m int) float64 {
	tail := 0.0
	for i := k; i <= n; i++ {
		tail += math.Exp(logChoose(n, i) - logChoose(n+m, s+i) + logChoose(m, s) + math.Log(float64(m+1)/float64(n+m+1)))
	}
	return tail
}

func logChoose(n, k int) float64 {
	all, _ := math.Lgamma(float64(n + 1))
	in, _ := math.Lgamma(float64(k + 1))
	out, _ := math.Lgamma(float64(n - k + 1))
	return all - in - out
}

// ReviewerRange is how far a reviewer's placements spread, beside the mean of the
// others' on the same people.
type ReviewerRange struct {
	From       string  `json:"from"` // key of the position that ends the lowest quarter; empty if there are no placements
	To         string  `json:"to"`   // and of the one that begins the highest
	OthersFrom string  `json:"others_from"`
	OthersTo   string  `json:"others_to"`
	SD         float64 `json:"sd"` // standard deviation of the ordinals; 0 with fewer than two
	OthersSD   float64 `json:"others_sd"`
	Count      int     `json:"count"`

	narrower bool
}

// rangeOf looks at the placements. Whether they are narrower is tested on people in a
// session, each with the mean of their placements: two dimensions of one person are no
// two people. And it is asked only where the middle half shows it.
func (c *Comparison) rangeOf(offsets []offset) ReviewerRange {
	r := ReviewerRange{Count: len(offsets)}
	if len(offsets) == 0 {
		return r
	}
	own, others := columns(offsets)
	from, to := middleHalf(own)
	othersFrom, othersTo := middleHalf(others)
	r.From, r.To = c.rubric.At(from).Key, c.rubric.At(to).Key
	r.OthersFrom, r.OthersTo = c.rubric.At(othersFrom).Key, c.rubric.At(othersTo).Key
	if len(offsets) >= 2 {
		r.SD, r.OthersSD = math.Sqrt(own.variance()), math.Sqrt(others.variance())
		r.narrower = to-from < othersTo-othersFrom && narrower(columns(byTurn(offsets)))
	}
	return r
}

func columns(offsets []offset) (own, others sample) {
	for _, o := range offsets {
		own, others = append(own, o.own), append(others, o.others)
	}
	return own, others
}

// middleHalf is between which ordinals the middle half of a sample lies.
func middleHalf(s sample) (from, to int) {
	sorted := slices.Sorted(slices.Values(s))
	return int(math.Round(quantile(sorted, 0.25))), int(math.Round(quantile(sorted, 0.75)))
}

// narrower reports whether the one sample varies less than the other that it is paired
// with: the test of Pitman and Morgan, at 2.5% one-sided. The mean of several others
// varies less than each of them, so that the comparison leans towards not asking.
//
// E. J. G. Pitman, A note on normal correlation, Biometrika 31 (1939), 9–12;
// W. A. Morgan, A test for the significance of the difference between the two
// variances in a sample from a normal bivariate population, ibid., 13–19.
func narrower(a, b sample) bool {
	n := len(a)
	if n < fewestTurns {
		return false
	}
	sum, difference := make(sample, n), make(sample, n)
	for i := range a {
		sum[i], difference[i] = a[i]+b[i], a[i]-b[i]
	}
	r, ok := correlation(sum, difference)
	if !ok || r >= 0 {
		return false
	}
	if r <= -1 {
		return true
	}
	df := float64(n - 2)
	return -r*math.Sqrt(df/(1-r*r)) > studentT(df)
}

// correlation is Pearson's; ok is false if one of the samples does not vary.
func correlation(a, b sample) (r float64, ok bool) {
	ma, mb := a.mean(), b.mean()
	ab, aa, bb := 0.0, 0.0, 0.0
	for i := range a {
		ab += (a[i] - ma) * (b[i] - mb)
		aa += square(a[i] - ma)
		bb += square(b[i] - mb)
	}
	if aa*bb == 0 {
		return 0, false
	}
	return ab / math.Sqrt(aa*bb), true
}

func (r ReviewerRange) ask(name string) string {
	if !r.narrower {
		return ""
	}
	return fmt.Sprintf("%s keeps closer together than the others: half of the placements lie from %s to %s, half of the others' means on the same people from %s to %s. Is the middle meant, or is it the safe answer?",
		name, r.From, r.To, r.OthersFrom, r.OthersTo)
}
