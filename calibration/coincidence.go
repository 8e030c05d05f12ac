package calibration

// coincidences is a square table of the scale's categories: how often one
// rater's c met another rater's k in the same unit. A unit with m_u ratings has
// m_u(m_u−1) ordered pairs; each figure gives them the weight of its own that
// makes units with few and with many ratings count as its definition says.
//
// What it costs is the ratings, plus for each unit the square of the number of
// different categories it was put into, never the square of its raters.
type coincidences struct {
	q     int       // categories
	o     []float64 // o_ck at c·q + k
	units int       // that have a pair
}

// coincide counts the pairs, each weighted by what weight makes of the number of
// ratings m_u of its unit.
func (r Ratings) coincide(weight func(m int) float64) coincidences {
	c := coincidences{q: r.scale.Len(), o: make([]float64, r.scale.Len()*r.scale.Len())}
	t := newTally(r.scale)
	for u := range r.units {
		t.take(r.unit(u))
		if t.total >= 2 {
			c.units++
			t.pairs(func(row, column, n int) { c.o[row*c.q+column] += float64(n) * weight(t.total) })
		}
	}
	return c
}

// sum adds up the cells, each times what of makes of its row and column.
func (c coincidences) sum(of func(row, column int) float64) float64 {
	total := 0.0
	for row := range c.q {
		for column := range c.q {
			if o := c.o[row*c.q+column]; o != 0 {
				total += o * of(row, column)
			}
		}
	}
	return total
}

// pairEqually gives every pair of ratings the same weight.
func pairEqually(int) float64 { return 1 }

// perRating is Krippendorff's weight of a pair in a unit with m ratings: a
// rating's pairs together count 1.
func perRating(m int) float64 { return 1 / float64(m-1) }

// perUnit is Fleiss's and Gwet's: a unit's pairs together count 1.
func perUnit(m int) float64 { return 1 / float64(m*(m-1)) }

// tally counts the ratings of one unit by category.
type tally struct {
	count []int // by category
	used  []int // the categories that have a count
	total int
}

func newTally(s Scale) *tally { return &tally{count: make([]int, s.Len())} }

// take counts another unit's ratings instead.
func (t *tally) take(given []cell) {
	for _, c := range t.used {
		t.count[c] = 0
	}
	t.used, t.total = t.used[:0], len(given)
	for _, c := range given {
		if t.count[c.category] == 0 {
			t.used = append(t.used, c.category)
		}
		t.count[c.category]++
	}
}

// pairs tells how many ordered pairs of two raters' ratings a unit has in each
// cell of the table that has any.
func (t *tally) pairs(each func(row, column, n int)) {
	for _, c := range t.used {
		for _, k := range t.used {
			n := t.count[c] * t.count[k]
			if c == k {
				n = t.count[c] * (t.count[c] - 1)
			}
			if n > 0 {
				each(c, k, n)
			}
		}
	}
}
