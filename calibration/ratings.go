package calibration

import (
	"cmp"
	"fmt"
	"slices"
)

// Rating says that a rater put a unit, the person or thing that is rated, into a
// category.
type Rating struct {
	Unit, Rater string
	Word        string // as the scale writes it; "", "NA" or "*": missing
}

// Ratings is a table of units × raters on one scale, in which ratings may be
// missing. It is a value that does not change, and the one thing that every
// figure of agreement is computed from.
type Ratings struct {
	scale  Scale
	units  []string
	raters []string
	cells  []cell // by unit, then by rater
	starts []int  // unit u's are cells[starts[u]:starts[u+1]]

	groups    []int  // by unit: those with the same number belong together; nil: none do
	belonging string // what they belong to; often empty
}

// cell is one rating: indexes of its rater and its category.
type cell struct{ rater, category int }

// Limits of a table of ratings.
const (
	MaxRatings = 1_000_000
	MaxRaters  = 1_000
)

// NewRatings makes a table of the ratings. Units and raters are known by their
// names, in the order in which they are first met; a missing rating makes them
// known too.
//
// It is an error if a word is not on the scale, if a rater rated a unit twice,
// if a name is empty or longer than [MaxNameBytes], or if there are more than
// [MaxRatings] ratings or [MaxRaters] raters.
func NewRatings(scale Scale, ratings []Rating) (Ratings, error) {
	var g gathering
	var err error
	for _, given := range ratings {
		if err = g.add(given, 0); err != nil {
			break
		}
	}
	if err := cmp.Or(g.twice(), err); err != nil {
		return Ratings{}, err
	}
	return g.table(scale)
}

// By returns the table with units that belong together, as those of one person on several
// dimensions do: they know of each other, so an interval draws them together. Which they
// are is told for each unit, from 0, by a number that they have in common; to what they
// belong, by a word such as “person”.
func (r Ratings) By(what string, group func(unit int) int) Ratings {
	r.belonging, r.groups = what, make([]int, len(r.units))
	for u := range r.groups {
		r.groups[u] = group(u)
	}
	return r
}

// groupOf is the number of what a unit belongs to.
func (r Ratings) groupOf(unit int) int {
	if r.groups == nil {
		return unit
	}
	return r.groups[unit]
}

// Scale returns the scale.
func (r Ratings) Scale() Scale { return r.scale }

// Units lists the units' names, also of those that nobody rated.
func (r Ratings) Units() []string { return slices.Clone(r.units) }

// Raters lists the raters' names, also of those that rated nothing.
func (r Ratings) Raters() []string { return slices.Clone(r.raters) }

// Len is the number of ratings; missing ones do not count.
func (r Ratings) Len() int { return len(r.cells) }

// Category returns the category, from 0, that a rater put a unit in; both are
// counted from 0 in the order of [Ratings.Raters] and [Ratings.Units]. It reports
// false if the rating is missing.
func (r Ratings) Category(unit, rater int) (category int, ok bool) {
	given := r.unit(unit)
	at, ok := slices.BinarySearchFunc(given, rater, func(c cell, rater int) int { return cmp.Compare(c.rater, rater) })
	if !ok {
		return 0, false
	}
	return given[at].category, true
}

// unit is the ratings of the unit with the index, by rater.
func (r Ratings) unit(u int) []cell { return r.cells[r.starts[u]:r.starts[u+1]] }

// missing says which ratings the table lacks, or "" if it is complete.
func (r Ratings) missing() string {
	lacking := len(r.units)*len(r.raters) - len(r.cells)
	if lacking == 0 {
		return ""
	}
	for u := range r.units {
		given := r.unit(u)
		for rater := range r.raters {
			if rater < len(given) && given[rater].rater == rater {
				continue
			}
			said := fmt.Sprintf("ratings are missing: unit %s, rater %s", plain(r.units[u]), plain(r.raters[rater]))
			if lacking > 1 {
				said += fmt.Sprintf(", and %d more", lacking-1)
			}
			return said
		}
	}
	return ""
}

// incomplete says why the table is not one of two or more units that were all
// rated by the same two or more raters, or "" if it is.
func (r Ratings) incomplete() string {
	if len(r.cells) == 0 || len(r.raters) == 1 {
		return r.unpaired()
	}
	if reason := r.missing(); reason != "" {
		return reason
	}
	if len(r.units) == 1 {
		return "there is one unit"
	}
	return ""
}

// unpaired says why no two ratings can be compared, or "" if some can.
func (r Ratings) unpaired() string {
	switch _, units := r.counted(2); {
	case units > 0:
		return ""
	case len(r.cells) == 0:
		return "there are no ratings"
	case len(r.raters) == 1:
		return "there is one rater"
	default:
		return "no unit was rated by two raters"
	}
}

// unvaried says which one category all ratings are in, of the units that have at
// least so many, or "" if they differ.
func (r Ratings) unvaried(atLeast int) string {
	only := -1
	for u := range r.units {
		given := r.unit(u)
		if len(given) < atLeast {
			continue
		}
		for _, c := range given {
			if only >= 0 && c.category != only {
				return ""
			}
			only = c.category
		}
	}
	if only < 0 {
		return "there are no ratings"
	}
	said := "all ratings are "
	if atLeast > 1 {
		said = "all ratings that can be paired are "
	}
	return said + plain(r.scale.words[only])
}

// counted counts the units that have at least so many ratings, and the raters
// who gave those.
func (r Ratings) counted(atLeast int) (raters, units int) {
	gave := make([]bool, len(r.raters))
	for u := range r.units {
		given := r.unit(u)
		if len(given) < atLeast {
			continue
		}
		units++
		for _, c := range given {
			if !gave[c.rater] {
				gave[c.rater] = true
				raters++
			}
		}
	}
	return raters, units
}
