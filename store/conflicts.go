package store

import (
	"cmp"
	"maps"
	"slices"

	"github.com/oklog/ulid/v2"

	"calibrate/calibration"
)

// before reads what a file held before a merge, of which most of a large file's is read
// for a packet's sake: not through bbolt, see paged.go, and only what is asked of it.
type before struct{ byPerson, bySession, byOrigin, decisions *paged }

// before must be called before anything is written.
func (s *Store) before(tx *transaction) (before, error) {
	trees, err := s.trees(tx, bucketByPerson, bucketBySession, bucketByOrigin, bucketDecisions)
	if err != nil {
		return before{}, err
	}
	return before{byPerson: trees[0], bySession: trees[1], byOrigin: trees[2], decisions: trees[3]}, nil
}

// candidate is somebody about whom there are new decisions.
type candidate struct {
	person  string
	fresh   []*parsedDecision
	earlier []calibration.Decision // at a glance, of those that the file has: all of the sessions of the fresh ones
	all     bool                   // and of any other
}

// conflicts finds, among the decisions that will stand once those are added that are
// new, those that contradict a new one. A pair of two new decisions is told once. They are
// looked for while other work goes on; wait returns them.
//
// Decisions contradict each other only within a session, so that of most people nothing
// has to be read that was decided in others, a company's records of years. Only where there
// is a contradiction all of it is read: anything may supersede one of the two.
func (b before) conflicts(fresh []*parsedDecision) (wait func() ([]Conflict, error), err error) {
	about := map[string][]*parsedDecision{} // by person
	for _, d := range fresh {
		about[d.Person] = append(about[d.Person], d)
	}
	people, found := make(chan []candidate, 16), make(chan []suspicion, 1)
	go func() { found <- suspicions(people) }()
	defer close(people)
	sessions := sessionIDs{tree: b.bySession, ids: map[string][]ulid.ULID{}}
	var unknown []candidate // nothing of them has to be in memory until it is their turn
	for _, name := range slices.Sorted(maps.Keys(about)) {
		c := candidate{person: name, fresh: about[name]}
		if err := b.meet(&c, sessions); err != nil {
			return nil, err
		}
		if len(c.earlier) == 0 {
			unknown = append(unknown, c)
			continue
		}
		people <- []candidate{c}
	}
	people <- unknown
	return func() ([]Conflict, error) { return b.confirm(<-found) }, nil
}

// sessionIDs are the decisions of sessions that a file has, ascending, and read when they
// are first asked for.
type sessionIDs struct {
	tree *paged
	ids  map[string][]ulid.ULID
}

func (s sessionIDs) of(session string) ([]ulid.ULID, error) {
	ids, known := s.ids[session]
	if known {
		return ids, nil
	}
	err := idsUnder(s.tree, bucketBySession, session, nil, func(_ []byte, id ulid.ULID) error {
		ids = append(ids, id)
		return nil
	})
	s.ids[session] = ids
	return ids, err
}

// meet reads what of somebody's earlier decisions may contradict the fresh ones.
func (b before) meet(c *candidate, sessions sessionIDs) error {
	var here [][]ulid.ULID
	asked := map[string]bool{}
	for _, d := range c.fresh {
		if asked[d.Session] {
			continue
		}
		asked[d.Session] = true
		ids, err := sessions.of(d.Session)
		if err != nil {
			return err
		}
		if len(ids) > 0 {
			here = append(here, ids)
		}
	}
	if len(here) == 0 {
		return nil
	}
	c.all = true
	earlier := newIndexRange(bucketByPerson, c.person)
	err := idsUnder(b.byPerson, bucketByPerson, c.person, nil, func(key []byte, id ulid.ULID) error {
		if !slices.ContainsFunc(here, func(ids []ulid.ULID) bool {
			_, found := slices.BinarySearchFunc(ids, id, ulid.ULID.Compare)
			return found
		}) {
			c.all = false
			return nil
		}
		return earlier.add(key, b.glance)
	})
	c.earlier = earlier.decisions
	return err
}

// about is what was decided about a person, at a glance.
func (b before) about(person string) ([]calibration.Decision, error) {
	found := newIndexRange(bucketByPerson, person)
	err := idsUnder(b.byPerson, bucketByPerson, person, nil, func(key []byte, _ ulid.ULID) error { return found.add(key, b.glance) })
	return found.decisions, err
}

// payload is that of a decision, nil if there is none. It is dead when the next one is
// read.
func (b before) payload(id ulid.ULID) ([]byte, error) {
	value, err := b.decisions.get(id[:])
	if value == nil || err != nil {
		return nil, err
	}
	return decodeFrame(bucketDecisions, id[:], value, kindDecision)
}

func (b before) glance(id ulid.ULID, d *calibration.Decision) (found bool, err error) {
	value, err := b.decisions.get(id[:])
	if value == nil || err != nil {
		return false, err
	}
	_, err = glanceAt(id, value, d)
	return true, err
}

// glanceAt reads a decision without its lists, and returns its payload.
func glanceAt(id ulid.ULID, value []byte, d *calibration.Decision) (payload []byte, err error) {
	payload, err = decodeFrame(bucketDecisions, id[:], value, kindDecision)
	if err != nil || glance(payload, d) && d.ID == id.String() {
		return payload, err
	}
	*d = calibration.Decision{}
	return payload, decodeRecord(bucketDecisions, id[:], payload, d)
}

// conflict is one of which the other decision is known at a glance, if it is old.
type conflict struct {
	Conflict
	old bool
}

// suspicion is somebody about whom decisions contradict each other, as far as was looked.
type suspicion struct {
	candidate
	conflicts []conflict
}

// suspicions are by person.
func suspicions(people <-chan []candidate) (all []suspicion) {
	for some := range people {
		for _, c := range some {
			if found := conflictsAbout(c.earlier, c.fresh); len(found) > 0 {
				c.earlier = nil
				all = append(all, suspicion{c, found})
			}
		}
	}
	slices.SortFunc(all, func(a, b suspicion) int { return cmp.Compare(a.person, b.person) })
	return all
}

// confirm looks at all that was decided about the suspicious, and reads the conflicts in
// full.
func (b before) confirm(suspicions []suspicion) (all []Conflict, err error) {
	for _, s := range suspicions {
		if !s.all {
			earlier, err := b.about(s.person)
			if err != nil {
				return nil, err
			}
			s.conflicts = conflictsAbout(earlier, s.fresh)
		}
		for _, c := range s.conflicts {
			if c.old {
				key := idKey(c.Other.ID)
				c.Other = calibration.Decision{}
				if _, err := recordIn(b.decisions, bucketDecisions, key, kindDecision, &c.Other); err != nil {
					return nil, err
				}
			}
			all = append(all, c.Conflict)
		}
	}
	return all, nil
}

// conflictsAbout finds the conflicts about one person.
func conflictsAbout(all []calibration.Decision, fresh []*parsedDecision) (found []conflict) {
	isNew := make(map[string]bool, len(fresh))
	all = slices.Grow(all, len(fresh))
	for _, d := range fresh {
		isNew[d.ID] = true
		all = append(all, d.Decision)
	}
	slices.SortFunc(all, func(a, b calibration.Decision) int { return cmp.Compare(a.ID, b.ID) })
	var current []*calibration.Decision
	for _, d := range calibration.Current(all) {
		current = append(current, &d)
	}
	slices.SortStableFunc(current, compareSlots)
	for i := 1; i < len(current); i++ {
		o, d := current[i-1], current[i]
		switch {
		case !d.SameSlot(*o):
		case isNew[d.ID]:
			found = append(found, conflict{Conflict{New: *d, Other: *o}, !isNew[o.ID]})
		case isNew[o.ID]:
			found = append(found, conflict{Conflict{New: *o, Other: *d}, true})
		}
	}
	return found
}

// compareSlots brings decisions about one person that answer the same question
// together.
func compareSlots(a, b *calibration.Decision) int {
	return cmp.Or(cmp.Compare(a.Session, b.Session), cmp.Compare(a.Dimension, b.Dimension),
		cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.Reviewer, b.Reviewer))
}
