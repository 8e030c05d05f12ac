package calibration

import "fmt"

// Ratings is the reviewers' placements as a table: a unit is one person in one session
// on one dimension, a rater is a reviewer, the scale is the positions. What a reviewer
// thinks is their vote, or else their draft; see [Comparison.Spread]. The units of one
// person belong together, see [Ratings.By].
func (c *Comparison) Ratings() (Ratings, error) {
	var words []string
	for _, p := range c.rubric.Positions() {
		words = append(words, p.Key)
	}
	return c.ratings(words, func(r record) int { return int(r.ordinal) - 1 })
}

// LevelRatings is [Comparison.Ratings] on the scale of levels.
func (c *Comparison) LevelRatings() (Ratings, error) {
	var words []string
	for _, l := range c.rubric.Levels {
		words = append(words, fmt.Sprint(l.Number))
	}
	return c.ratings(words, func(r record) int { return c.levelAt(r.ordinal) })
}

func (c *Comparison) ratings(words []string, category func(record) int) (Ratings, error) {
	scale, err := NewScale(words...)
	if err != nil {
		return Ratings{}, err
	}
	r := Ratings{scale: scale, starts: []int{0}}
	rater := make([]int, len(c.reviewers)) // by reviewer
	for i, rates := range c.rating() {
		rater[i] = len(r.raters)
		if rates {
			r.raters = append(r.raters, c.reviewers[i])
		}
	}
	var own []record
	var people []int // by unit
	for u := range c.units() {
		own = u.own(own[:0])
		if len(own) == 0 {
			continue
		}
		for _, o := range own {
			r.cells = append(r.cells, cell{rater: rater[o.reviewer], category: category(o)})
		}
		r.units, r.starts = append(r.units, c.labels[u[0].person]), append(r.starts, len(r.cells))
		people = append(people, int(u[0].person))
	}
	return r.By("person", func(unit int) int { return people[unit] }), nil
}

// rating says, by reviewer, who placed anybody by draft or vote.
func (c *Comparison) rating() []bool {
	rates := make([]bool, len(c.reviewers))
	for _, r := range c.records {
		if c.stage(r) != Final {
			rates[r.reviewer] = true
		}
	}
	return rates
}
