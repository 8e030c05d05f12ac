package store

import (
	"cmp"
	"encoding/binary"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	"calibrate/calibration"
)

// DecisionsFor hands out the decisions that a comparison with the filter needs, by the
// shortest way to them, and stops at the first error of yield, which it returns. It may
// hand out more than pass the filter, never fewer; each comes once.
//
// Where the filter names sessions these are the sessions' own decisions, and what was
// drafted outside any session for them, see [calibration.CountsIn]; otherwise all. What
// yield may do is what it may in [Store.Decisions].
func (s *Store) DecisionsFor(f calibration.Filter, yield func(calibration.Decision) error) error {
	if len(f.Sessions) == 0 {
		return s.Decisions(yield)
	}
	for i, id := range f.Sessions {
		if slices.Contains(f.Sessions[:i], id) {
			continue
		}
		if err := s.eachIn(id, yield); err != nil {
			return err
		}
	}
	if slices.Contains(f.Sessions, "") {
		return nil // all that was drafted outside has come
	}
	sessions, err := s.sessionsNow()
	if err != nil {
		return err
	}
	return s.eachDraft(f.DraftsFor(sessions.all), yield)
}

// eachIn hands out the decisions of a session, a few at a time.
func (s *Store) eachIn(session string, yield func(calibration.Decision) error) error {
	for from := partKey(session); from != nil; {
		found := newIndexRange(bucketBySession, session)
		err := s.read(func(trees ...*paged) (err error) {
			from, err = found.read(trees[0], trees[1], from, decisionsAtOnce)
			return err
		}, bucketBySession, bucketDecisions)
		if err != nil {
			return err
		}
		for _, d := range found.decisions {
			if err := yield(d); err != nil {
				return err
			}
		}
	}
	return nil
}

// eachDraft hands out what was drafted outside any session for those of a filter. Each
// person on their agendas has drafts for all sessions that they were ever in, and votes
// and finals besides. Most of it is told apart by its id, the rest at a glance.
func (s *Store) eachDraft(of calibration.Drafts, yield func(calibration.Decision) error) error {
	people := of.People()
	ids, err := s.outside(people, of.Since)
	if err != nil {
		return err
	}
	for piece := range slices.Chunk(ids, decisionsAtOnce) {
		var drafts []calibration.Decision
		err := s.read(func(trees ...*paged) error {
			for _, at := range piece {
				if err := drafted(trees[0], trees[1], at.id, people[at.person], of, &drafts); err != nil {
					return err
				}
			}
			return nil
		}, bucketDecisions, bucketBySession)
		if err != nil {
			return err
		}
		for _, d := range drafts {
			if err := yield(d); err != nil {
				return err
			}
		}
	}
	return nil
}

// whose is a decision by its id, and which of some people it is about. It has no pointers:
// sorting many is quicker then.
type whose struct {
	id     ulid.ULID
	person int
}

// outside are the decisions about some people that were made outside any session, at a
// time or later, in the order of their ids: what both indexes lead to.
func (s *Store) outside(people []string, since func(person string) time.Time) (all []whose, err error) {
	err = s.read(func(trees ...*paged) error {
		for i, person := range people {
			err := idsUnder(trees[0], bucketByPerson, person, firstAt(since(person)), func(_ []byte, id ulid.ULID) error {
				all = append(all, whose{id, i})
				return nil
			})
			if err != nil {
				return err
			}
		}
		slices.SortFunc(all, func(a, b whose) int { return compareIDs(a.id, b.id) })
		kept := all[:0]
		outside := partKey("")
		err := trees[1].among(len(all), func(key []byte, i int) []byte { return append(append(key, outside...), all[i].id[:]...) },
			func(i int) { kept = append(kept, all[i]) })
		all = kept
		return err
	}, bucketByPerson, bucketBySession)
	return all, err
}

// firstAt begins the ids of what was made at a time or later: a decision's id never
// carries an earlier time than the decision; see newID.
func firstAt(t time.Time) []byte {
	ms := min(max(0, t.UnixMilli()), maxIDTime)
	return binary.BigEndian.AppendUint64(nil, uint64(ms)<<16)[:6]
}

// compareIDs is the order of ids as they are written, eight bytes at a time.
func compareIDs(a, b ulid.ULID) int {
	return cmp.Or(
		cmp.Compare(binary.BigEndian.Uint64(a[:]), binary.BigEndian.Uint64(b[:])),
		cmp.Compare(binary.BigEndian.Uint64(a[8:]), binary.BigEndian.Uint64(b[8:])))
}

// drafted reads a decision that was made outside any session, if it is one of the drafts.
func drafted(decisions, bySession *paged, id ulid.ULID, person string, of calibration.Drafts, to *[]calibration.Decision) error {
	value, err := decisions.get(id[:])
	if err != nil {
		return err
	}
	if value == nil {
		key := indexKey("", id)
		if still, err := bySession.get(key); still == nil || err != nil {
			return err // it was purged since the index was read
		}
		return leadsNowhere(bucketBySession, key, id)
	}
	payload, err := decodeFrame(bucketDecisions, id[:], value, kindDecision)
	if err != nil {
		return err
	}
	var glanced calibration.Decision
	if glance(payload, &glanced) && !of.Has(glanced) {
		return nil
	}
	var d calibration.Decision
	if err := decodeRecord(bucketDecisions, id[:], payload, &d); err != nil {
		return err
	}
	if d.Session != "" || d.Person != person {
		return leadsAstray(bucketBySession, indexKey("", id), id)
	}
	if of.Has(d) {
		*to = append(*to, d)
	}
	return nil
}

// Made is how many decisions the files that this one has heard of have made, for saying
// how far reading all of them has come: there are as many here, unless some never arrived
// or were purged.
func (s *Store) Made() (n int, err error) {
	err = s.read(func(trees ...*paged) error {
		chains, err := recordsIn[chain](trees[0], bucketChains, kindChain)
		for _, c := range chains {
			n += int(c.end().Seq)
		}
		return err
	}, bucketChains)
	return n, err
}
