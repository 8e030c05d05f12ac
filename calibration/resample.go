package calibration

import (
	"maps"
	"math/rand/v2"
	"slices"
	"sort"
)

// profile is what each unit with the same ratings, whoever gave them, adds to the
// coincidence table.
type profile struct {
	at []int // cells of the table
	o  []float64
}

// lots are what a unit bootstrap draws: units with two ratings or more, alone or with
// those that belong to them. Lot l is the profiles of[starts[l]:starts[l+1]].
type lots struct {
	profiles []profile
	of       []int
	starts   []int
}

func (l lots) count() int { return len(l.starts) - 1 }

// resampleUnits draws as many lots as there are, from these. To count how often each
// profile was drawn and add them up once costs little more than the drawing.
//
// Units that know of each other are drawn together, as the clusters of A. C. Davison and
// D. V. Hinkley, Bootstrap Methods and their Application (1997), section 3.8: drawn one by
// one, they would make the interval too narrow.
func resampleUnits(r Ratings, m Metric, from lots) func() resampling {
	return func() resampling {
		times := make([]int, len(from.profiles))
		c := coincidences{q: r.scale.Len(), o: make([]float64, r.scale.Len()*r.scale.Len())}
		return func(random *rand.ChaCha8) resampled {
			clear(times)
			for range from.count() {
				l := below(random, from.count())
				for _, p := range from.of[from.starts[l]:from.starts[l+1]] {
					times[p]++
				}
			}
			clear(c.o)
			for p, n := range times {
				if n == 0 {
					continue
				}
				for i, at := range from.profiles[p].at {
					c.o[at] += float64(n) * from.profiles[p].o[i]
				}
			}
			alpha, ok := c.alpha(m, r.scale)
			return resampled{alpha: alpha, defined: ok}
		}
	}
}

// lots lists the profiles that occur, in an order of their own, and the lots, which come
// sorted by their profiles: which of them a random number draws does not depend on the
// order of the table.
func (r Ratings) lots() lots {
	type paired struct {
		categories []int // sorted
		group      int
	}
	var units []paired
	for u := range r.units {
		if given := r.unit(u); len(given) >= 2 {
			categories := make([]int, len(given))
			for i, c := range given {
				categories[i] = c.category
			}
			slices.Sort(categories)
			units = append(units, paired{categories, r.groupOf(u)})
		}
	}
	slices.SortFunc(units, func(a, b paired) int { return slices.Compare(a.categories, b.categories) })
	l := lots{starts: []int{0}}
	t := newTally(r.scale)
	groups := map[int][]int{} // the profiles of each
	for i, u := range units {
		if i == 0 || !slices.Equal(u.categories, units[i-1].categories) {
			l.profiles = append(l.profiles, t.profile(u.categories))
		}
		groups[u.group] = append(groups[u.group], len(l.profiles)-1)
	}
	for _, of := range slices.SortedFunc(maps.Values(groups), slices.Compare) {
		l.of = append(l.of, of...)
		l.starts = append(l.starts, len(l.of))
	}
	return l
}

// profile makes the profile of a unit with these categories.
func (t *tally) profile(categories []int) profile {
	given := make([]cell, len(categories))
	for i, c := range categories {
		given[i].category = c
	}
	t.take(given)
	var p profile
	t.pairs(func(row, column, n int) {
		p.at = append(p.at, row*len(t.count)+column)
		p.o = append(p.o, float64(n)*perRating(t.total))
	})
	return p
}

// resamplePairs draws as many pairs of ratings as there are, each with the chance
// that its cell has in the coincidence table, and compares their disagreement
// with the one that the whole table expects.
func resamplePairs(r Ratings, m Metric) func() resampling {
	pairs := int(r.coincide(pairEqually).sum(func(int, int) float64 { return 1 })) / 2
	c := r.coincide(perRating)
	margins, n := c.margins()
	difference := m.difference(margins, r.scale)
	var reach, delta2 []float64 // cumulative chance of each cell, and its difference
	expected, sum := 0.0, 0.0   // D_e
	for row := range c.q {
		for column := range c.q {
			d := 0.0
			if row != column && margins[row] > 0 && margins[column] > 0 {
				d = difference(row, column)
			}
			expected += margins[row] * margins[column] * d / (n * (n - 1))
			if o := c.o[row*c.q+column]; o > 0 {
				sum += o / n
				reach, delta2 = append(reach, sum), append(delta2, d)
			}
		}
	}
	draw := func(random *rand.ChaCha8) resampled {
		observed := 0.0 // D_o
		for range pairs {
			at := sort.SearchFloat64s(reach, float64(random.Uint64()>>11)/(1<<53))
			observed += delta2[min(at, len(delta2)-1)] / float64(pairs)
		}
		return resampled{alpha: 1 - observed/expected, defined: true}
	}
	return func() resampling { return draw }
}
