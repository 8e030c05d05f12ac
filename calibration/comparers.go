package calibration

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"calibrate/rubric"
)

// DifferentScales is why there is no figure over people of several rubrics: one apart on
// a scale of four is not what it is on a scale of fifteen.
const DifferentScales = "different scales"

// Comparers take in decisions about people of several rubrics and make a [Comparison]
// for each rubric: positions of two scales are never put on one. A person is under one
// rubric in all of it, that which [Basis.RubricFor] says; what was decided about them
// under another stands apart in that one's comparison.
type Comparers struct {
	basis    Basis
	filter   Filter
	byPerson map[string]*Comparer
	byHash   map[string]*Comparer
	wanted   map[string]bool // hashes of the rubrics of people whom the filter lets pass
}

// NewComparers starts a comparison for each rubric of the decisions that the filter lets
// pass. Rubrics of people on the agendas of the sessions that the filter names are there
// from the start, so that it does not depend on what was decided yet how many there are.
func NewComparers(b Basis, f Filter) *Comparers {
	c := &Comparers{basis: b, filter: f, byPerson: map[string]*Comparer{}, byHash: map[string]*Comparer{}, wanted: map[string]bool{}}
	if b.RubricFor == nil {
		c.under(b.Rubric)
		return c
	}
	for _, s := range b.Sessions {
		if len(f.Sessions) == 0 || !slices.Contains(f.Sessions, s.ID) {
			continue
		}
		for _, id := range s.People {
			c.of(id)
		}
	}
	return c
}

// Add takes in a decision, as [Comparer.Add] does.
func (c *Comparers) Add(d Decision) { c.of(d.Person).Add(d) }

func (c *Comparers) of(person string) *Comparer {
	if c.basis.RubricFor == nil {
		return c.under(c.basis.Rubric)
	}
	found, ok := c.byPerson[person]
	if !ok {
		r := c.basis.RubricFor(person)
		found = c.under(r)
		c.byPerson[person] = found
		c.wanted[r.Hash()] = c.wanted[r.Hash()] || c.filter.passesPerson(found.personRef(person))
	}
	return found
}

func (c *Comparers) under(r *rubric.Rubric) *Comparer {
	found, ok := c.byHash[r.Hash()]
	if !ok {
		b := c.basis
		b.Rubric, b.RubricFor = r, nil
		found = NewComparer(b, c.filter)
		c.byHash[r.Hash()] = found
	}
	return found
}

// Comparisons settles what counts, as [Comparer.Comparison] does, and ends the
// Comparers. There is always one, and there are several only where there are people of
// several rubrics: they go by role, then hash.
func (c *Comparers) Comparisons() Comparisons {
	var all, others Comparisons
	for hash, one := range c.byHash {
		if c.basis.RubricFor == nil || c.wanted[hash] {
			all = append(all, one.Comparison())
		} else {
			others = append(others, one.Comparison())
		}
	}
	if len(all) == 0 {
		all = append(all, c.under(c.basis.Rubric).Comparison())
	}
	for _, other := range others { // who reviewed people that were not asked for is known all the same
		all[0].met = append(slices.Clone(all[0].met), other.met...)
	}
	slices.SortFunc(all, func(a, b *Comparison) int {
		return cmp.Or(cmp.Compare(a.rubric.Role, b.rubric.Role), cmp.Compare(a.rubric.Hash(), b.rubric.Hash()))
	})
	return all
}

// Comparisons are those of decisions about people of several rubrics, one each.
type Comparisons []*Comparison

// Under is the comparison under the rubric with the hash, nil if there is none.
func (cs Comparisons) Under(hash string) *Comparison {
	for _, c := range cs {
		if c.rubric.Hash() == hash {
			return c
		}
	}
	return nil
}

// Where chooses further among the decisions of each, see [Comparison.Where].
func (cs Comparisons) Where(f Filter) Comparisons {
	narrower := make(Comparisons, len(cs))
	for i, c := range cs {
		narrower[i] = c.Where(f)
	}
	return narrower
}

// UnknownReviewers is [Comparison.UnknownReviewers] of whom none of them has met.
func (cs Comparisons) UnknownReviewers(f Filter) error {
	var met []string
	for _, c := range cs {
		met = append(met, c.met...)
	}
	slices.Sort(met)
	return unknownReviewers(f, slices.Compact(met))
}

// Overview says what all of them rest on together. Who reviews under two rubrics is one
// reviewer.
func (cs Comparisons) Overview() Overview {
	o := Overview{Sessions: []SessionRef{}, Conflicts: []Conflict{}, Apart: []Apart{}}
	reviewers := map[string]bool{}
	for _, c := range cs {
		one := c.Overview()
		o.People, o.Decisions = o.People+one.People, o.Decisions+one.Decisions
		o.Drafts, o.Votes, o.Finals = o.Drafts+one.Drafts, o.Votes+one.Votes, o.Finals+one.Finals
		o.Conflicts, o.Apart = append(o.Conflicts, one.Conflicts...), append(o.Apart, one.Apart...)
		for _, s := range one.Sessions {
			if !slices.ContainsFunc(o.Sessions, func(known SessionRef) bool { return known.ID == s.ID }) {
				o.Sessions = append(o.Sessions, s)
			}
		}
		for _, r := range c.records {
			reviewers[c.reviewers[r.reviewer]] = true
		}
	}
	o.Reviewers = len(reviewers)
	o.Words = o.words()
	return o
}

// RubricNames are the names by which people tell rubrics apart, by hash: the role, and
// the beginning of the hash where two are for the same role.
func RubricNames(rubrics []*rubric.Rubric) map[string]string {
	names := map[string]string{}
	for _, r := range rubrics {
		names[r.Hash()] = r.Role
		if slices.ContainsFunc(rubrics, func(o *rubric.Rubric) bool { return rubric.SameName(o.Role, r.Role) && o.Hash() != r.Hash() }) {
			_, digits, _ := strings.Cut(r.Hash(), ":")
			names[r.Hash()] = fmt.Sprintf("%s (%.8s)", r.Role, digits)
		}
	}
	return names
}

// Rubrics are those of the comparisons.
func (cs Comparisons) Rubrics() []*rubric.Rubric {
	all := make([]*rubric.Rubric, len(cs))
	for i, c := range cs {
		all[i] = c.rubric
	}
	return all
}
