package calibration

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"calibrate/rubric"
)

// Comparison is decisions next to each other: those that count, in an order of its own
// that does not depend on the one in which they came. It does not change.
//
// Its views ([Comparison.Spread] and the others) are made of units: one person in one
// session on one dimension, with all drafts, votes and finals.
type Comparison struct {
	rubric     *rubric.Rubric
	people     []PersonRef // by name, then id
	labels     []string    // how a sentence calls them
	managers   []int       // by person, who of reviewers manages them, as in spellings; −1 if nobody does
	reviewers  []string    // by name
	spellings  []int       // by reviewer, the first of those whose names are the same but for case
	sessions   []SessionRef
	known      map[string]Session // all, also those without a decision
	dimensions []string           // the rubric's, then others
	met        []string           // every reviewer who was met, also by the filter's way

	records   []record            // that can be compared and count, by unit, then stage, reviewer, id
	standing  []record            // that count but stand apart, in the same order
	reasons   []reason            // why
	overruled map[uint32][]record // by the seq of the later decision in their slot
	ids       []byte
	ticks     []tick
	says      [][]bool // by version: which statements it has; nil: all
}

// Comparison settles what counts. It ends the Comparer: nothing can be added to it
// afterwards.
//
// A decision counts if none of those that were added supersedes it and if it is the
// last in its slot (see [Decision.SameSlot]) in the order of their ids, which is that
// of time. Both are a matter of one session: a manager who drafts outside any session
// for the autumn, and so corrects the draft that was made for the spring, does not take
// that draft away from what the spring's session had before it. Two decisions in one slot of which neither supersedes the other were made
// in two files that did not know of each other; see [Comparison.Conflicts].
func (c *Comparer) Comparison() *Comparison {
	c.sortByID()
	c.dropSuperseded()
	for i := range c.records {
		c.records[i].seq = uint32(i)
	}
	made := &Comparison{rubric: c.basis.Rubric, reasons: c.apart, ids: c.ids, ticks: c.ticks, says: c.says(), met: slices.Sorted(slices.Values(c.reviewers.list))}
	c.name(made)
	slices.SortFunc(c.records, byUnit)
	c.settle(made)
	c.records = nil
	return made
}

// sortByID puts the records in the order of their ids, each once.
func (c *Comparer) sortByID() {
	if c.rising {
		return
	}
	slices.SortFunc(c.records, func(a, b record) int { return bytes.Compare(c.idOf(a), c.idOf(b)) })
	c.records = slices.CompactFunc(c.records, func(a, b record) bool { return bytes.Equal(c.idOf(a), c.idOf(b)) })
}

func (c *Comparer) dropSuperseded() {
	if len(c.corrected) == 0 {
		return
	}
	c.records = slices.DeleteFunc(c.records, func(r record) bool {
		_, superseded := c.corrected[correction{string(c.idOf(r)), r.session}]
		return superseded
	})
}

// byUnit orders records by the units that they belong to, and within one by stage,
// reviewer and slot, so that the last of a slot is the one that counts.
func byUnit(a, b record) int {
	switch {
	case a.person != b.person:
		return cmp.Compare(a.person, b.person)
	case a.session != b.session:
		return cmp.Compare(a.session, b.session)
	case a.dimension != b.dimension:
		return cmp.Compare(a.dimension, b.dimension)
	case a.stage != b.stage:
		return cmp.Compare(a.stage, b.stage)
	case a.reviewer != b.reviewer:
		return cmp.Compare(a.reviewer, b.reviewer)
	case a.outside != b.outside:
		return cmp.Compare(boolRank(b.outside), boolRank(a.outside))
	}
	return cmp.Compare(a.seq, b.seq)
}

// settle finds, slot by slot, the decision that counts.
func (c *Comparer) settle(made *Comparison) {
	made.overruled = map[uint32][]record{}
	kept := c.records[:0]
	for from := 0; from < len(c.records); {
		r, to := c.records[from], from+1
		for to < len(c.records) && sameSlot(r, c.records[to]) {
			to++
		}
		last := c.records[to-1]
		if to-from > 1 {
			made.overruled[last.seq] = slices.Clone(c.records[from : to-1])
		}
		from = to
		switch {
		case !c.chosen.recent(last):
		case last.reason > 0:
			made.standing = append(made.standing, last)
		default:
			kept = append(kept, last)
		}
	}
	made.records = kept
}

func sameSlot(a, b record) bool {
	b.seq = a.seq
	return byUnit(a, b) == 0
}

// name gives people, reviewers, sessions and dimensions indexes that follow an order
// of their own instead of the one in which they were met.
func (c *Comparer) name(made *Comparison) {
	people, reviewers, sessions, dimensions := c.used()
	slices.SortFunc(people, func(a, b uint32) int { return c.personRef(c.people.list[a]).compare(c.personRef(c.people.list[b])) })
	slices.SortFunc(reviewers, func(a, b uint32) int { return cmp.Compare(c.reviewers.list[a], c.reviewers.list[b]) })
	known := map[string]Session{}
	for _, s := range c.basis.Sessions {
		known[s.ID] = s
	}
	made.known = known
	slices.SortFunc(sessions, func(a, b uint32) int { return compareSessions(known, c.sessions.list[a], c.sessions.list[b]) })
	ours := uint32(len(c.basis.Rubric.Dimensions))
	slices.SortFunc(dimensions, func(a, b uint32) int {
		if a < ours || b < ours {
			return cmp.Compare(a, b)
		}
		return cmp.Compare(c.dimensions.list[a], c.dimensions.list[b])
	})
	for _, i := range people {
		made.people = append(made.people, c.personRef(c.people.list[i]))
	}
	for _, i := range reviewers {
		made.reviewers = append(made.reviewers, c.reviewers.list[i])
	}
	for _, i := range sessions {
		id := c.sessions.list[i]
		made.sessions = append(made.sessions, sessionRef(known, id))
	}
	for _, i := range dimensions {
		made.dimensions = append(made.dimensions, c.dimensions.list[i])
	}
	made.labels = labels(made.people, c.basis.People)
	made.managers, made.spellings = managers(made.people, made.reviewers)
	c.renumber(people, reviewers, sessions, dimensions)
}

// used lists the indexes that the records have.
func (c *Comparer) used() (people, reviewers, sessions, dimensions []uint32) {
	lists := [4][]bool{make([]bool, len(c.people.list)), make([]bool, len(c.reviewers.list)),
		make([]bool, len(c.sessions.list)), make([]bool, len(c.dimensions.list))}
	for _, r := range c.records {
		lists[0][r.person], lists[1][r.reviewer], lists[2][r.session], lists[3][r.dimension] = true, true, true, true
	}
	for i := range c.basis.Rubric.Dimensions { // all of them, so that their order is the rubric's
		lists[3][i] = true
	}
	var used [4][]uint32
	for l, list := range lists {
		for i, is := range list {
			if is {
				used[l] = append(used[l], uint32(i))
			}
		}
	}
	return used[0], used[1], used[2], used[3]
}

func (c *Comparer) renumber(people, reviewers, sessions, dimensions []uint32) {
	ranks := func(order []uint32, of int) []uint32 {
		rank := make([]uint32, of)
		for to, from := range order {
			rank[from] = uint32(to)
		}
		return rank
	}
	person, reviewer := ranks(people, len(c.people.list)), ranks(reviewers, len(c.reviewers.list))
	session, dimension := ranks(sessions, len(c.sessions.list)), ranks(dimensions, len(c.dimensions.list))
	for i := range c.records {
		r := &c.records[i]
		r.person, r.reviewer, r.session, r.dimension = person[r.person], reviewer[r.reviewer], session[r.session], dimension[r.dimension]
	}
}

// Rubric returns the rubric that everything is said in.
func (c *Comparison) Rubric() *rubric.Rubric { return c.rubric }

// managers finds who manages whom. The list of people and the decisions come from
// different hands, which may write a name differently.
func managers(people []PersonRef, reviewers []string) (of, spellings []int) {
	alike := func(name string) string { return strings.ToLower(strings.TrimSpace(name)) }
	first := map[string]int{}
	for i, name := range reviewers {
		if _, ok := first[alike(name)]; !ok {
			first[alike(name)] = i
		}
		spellings = append(spellings, first[alike(name)])
	}
	for _, p := range people {
		at, ok := first[alike(p.Manager)]
		if !ok {
			at = -1
		}
		of = append(of, at)
	}
	return of, spellings
}
