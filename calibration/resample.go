package calibration

import (
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

// resampleUnits draws as many units as have two ratings or more, from these. To
// count how often each profile was drawn and add them up once costs little more
// than the drawing.
func resampleUnits(r Ratings, m Metric) func() resampling {
	profiles, of := r.profiles()
	return func() resampling {
		times := make([]int, len(profiles))
		c := coincidences{q: r.scale.Len(), o: make([]float64, r.scale.Len()*r.scale.Len())}
		return func(random *rand.ChaCha8) resampled {
			clear(times)
			for range of {
				times[of[below(random, len(of))]]++
			}
			clear(c.o)
			for p, n := range times {
				if n == 0 {
					continue
				}
				for i, at := range profiles[p].at {
					c.o[at] += float64(n) * profiles[p].o[i]
				}
			}
			alpha, ok := c.alpha(m, r.scale)
			return resampled{alpha: alpha, defined: ok}
		}
	}
}

// profiles lists the profiles that occur, in an order of their own, and for each
// unit with two ratings or more which it has. Units come sorted by profile: which
// of them a random number draws does not depend on the order of the table.
func (r Ratings) profiles() (profiles []profile, of []int) {
	var units [][]int // the categories of each, sorted
	for u := range r.units {
		if given := r.unit(u); len(given) >= 2 {
			categories := make([]int, len(given))
			for i, c := range given {
				categories[i] = c.category
			}
			slices.Sort(categories)
			units = append(units, categories)
		}
	}
	slices.SortFunc(units, slices.Compare)
	t := newTally(r.scale)
	for i, categories := range units {
		if i == 0 || !slices.Equal(categories, units[i-1]) {
			profiles = append(profiles, t.profile(categories))
		}
		of = append(of, len(profiles)-1)
	}
	return profiles, of
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
