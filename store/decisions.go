package store

import (
	"bytes"
	"fmt"
	"math"
	"slices"

	"github.com/oklog/ulid/v2"

	"calibrate/calibration"
)

// Decision returns the decision with the id. The error is a
// [*calibration.UnknownError] where the file has none, a [*RecordError] where it is
// damaged.
func (s *Store) Decision(id string) (d calibration.Decision, err error) {
	key, err := parseID(id)
	if err != nil {
		return d, &calibration.UnknownError{What: "decision", Name: id}
	}
	err = s.read(func(trees ...*paged) error {
		found, err := recordIn(trees[0], bucketDecisions, key[:], kindDecision, &d)
		if err == nil && !found {
			err = &calibration.UnknownError{What: "decision", Name: id}
		}
		return err
	}, bucketDecisions)
	return d, err
}

// getDecision returns a decision and its payload, which is nil if there is none and
// dead after the transaction.
func getDecision(tx *transaction, id ulid.ULID) (d calibration.Decision, payload []byte, err error) {
	payload, err = getFrame(tx, bucketDecisions, id[:], kindDecision)
	if err != nil || payload == nil {
		return d, nil, err
	}
	return d, payload, decodeRecord(bucketDecisions, id[:], payload, &d)
}

// DecisionsOf returns all decisions about a person, in the order of their ids, which
// is that of time. Superseded ones are among them; see [calibration.Current].
func (s *Store) DecisionsOf(person string) ([]calibration.Decision, error) {
	return s.lookUp(bucketByPerson, person)
}

// DecisionsIn returns all decisions of a session, in the order of their ids; of the
// empty session those that were made outside any.
func (s *Store) DecisionsIn(session string) ([]calibration.Decision, error) {
	return s.lookUp(bucketBySession, session)
}

// DecisionsBy returns all decisions of a reviewer, in the order of their ids.
func (s *Store) DecisionsBy(reviewer string) ([]calibration.Decision, error) {
	return s.lookUp(bucketByReviewer, reviewer)
}

func (s *Store) lookUp(bucket, part string) ([]calibration.Decision, error) {
	found := newIndexRange(bucket, part)
	err := s.read(func(trees ...*paged) error {
		_, err := found.read(trees[0], trees[1], partKey(part), math.MaxInt)
		return err
	}, bucket, bucketDecisions)
	if err != nil {
		return nil, err
	}
	return found.decisions, nil
}

// indexed reads the decisions of one range of an index at a glance, as a transaction sees
// them.
func indexed(tx *transaction, bucket, part string) ([]calibration.Decision, error) {
	found := newIndexRange(bucket, part)
	c := tx.Bucket([]byte(bucket)).Cursor()
	for key, _ := c.Seek(found.prefix); bytes.HasPrefix(key, found.prefix); key, _ = c.Next() {
		if err := found.add(key, func(id ulid.ULID, d *calibration.Decision) (bool, error) {
			value := tx.Bucket([]byte(bucketDecisions)).Get(id[:])
			if value == nil {
				return false, nil
			}
			_, err := glanceAt(id, value, d)
			return true, err
		}); err != nil {
			return nil, err
		}
	}
	return found.decisions, nil
}

// indexRange is the decisions that a range of an index leads to.
type indexRange struct {
	bucket, part string
	prefix       []byte
	keys         order
	decisions    []calibration.Decision
}

func newIndexRange(bucket, part string) *indexRange {
	return &indexRange{bucket: bucket, part: part, prefix: partKey(part)}
}

// read takes in what keys lead to from one on, so many at most, and says from which key
// to go on: nil after the last.
func (r *indexRange) read(index, decisions *paged, from []byte, most int) (next []byte, err error) {
	r.keys.before = from
	err = index.from(from, func(key, _ []byte) (bool, error) {
		if !bytes.HasPrefix(key, r.prefix) {
			return false, nil
		}
		if len(r.decisions) == most {
			next = bytes.Clone(key)
			return false, nil
		}
		return true, r.add(key, func(id ulid.ULID, d *calibration.Decision) (bool, error) {
			return recordIn(decisions, bucketDecisions, id[:], kindDecision, d)
		})
	})
	return next, err
}

// add takes in what the next key of the range leads to.
func (r *indexRange) add(key []byte, decision func(ulid.ULID, *calibration.Decision) (found bool, err error)) error {
	if err := r.keys.meets(r.bucket, key); err != nil {
		return err
	}
	id, err := idIn(r.bucket, key)
	if err != nil {
		return err
	}
	r.decisions = append(r.decisions, calibration.Decision{})
	d := &r.decisions[len(r.decisions)-1]
	found, err := decision(id, d)
	switch {
	case err != nil:
		return err
	case !found:
		return leadsNowhere(r.bucket, key, id)
	case indexedBy(r.bucket, *d) != r.part:
		return leadsAstray(r.bucket, key, id)
	}
	return nil
}

// idIn is the id that a key of an index ends with.
func idIn(bucket string, key []byte) (ulid.ULID, error) {
	_, id, ok := cutIndexKey(key)
	if !ok {
		return id, &RecordError{Bucket: bucket, Key: showKey(key), What: "it is no key of this index"}
	}
	return id, nil
}

func leadsNowhere(bucket string, key []byte, id ulid.ULID) error {
	return &RecordError{Bucket: bucket, Key: showKey(key), What: fmt.Sprintf("it leads to decision %s, which is not there", id)}
}

func leadsAstray(bucket string, key []byte, id ulid.ULID) error {
	return &RecordError{Bucket: bucket, Key: showKey(key), What: fmt.Sprintf("it leads to decision %s, which does not belong there", id)}
}

// indexedBy is what an index finds a decision by.
func indexedBy(bucket string, d calibration.Decision) string {
	switch bucket {
	case bucketByPerson:
		return d.Person
	case bucketByReviewer:
		return d.Reviewer
	}
	return d.Session
}

// indexEntry is an entry of an index that leads to a decision.
type indexEntry struct {
	bucket string
	key    []byte
}

// indexKeys are the entries of every index that lead to a decision.
func indexKeys(d calibration.Decision, origin, id ulid.ULID) [4]indexEntry {
	var all [4]indexEntry
	for i, bucket := range indexes() {
		all[i] = indexEntry{bucket, indexKeyIn(bucket, d, origin, id)}
	}
	return all
}

// indexKeyIn is the entry of one of them.
func indexKeyIn(bucket string, d calibration.Decision, origin, id ulid.ULID) []byte {
	if bucket == bucketByOrigin {
		return originKey(origin, d.Seq, id)
	}
	return indexKey(indexedBy(bucket, d), id)
}

// indexes are the buckets that lead to decisions.
func indexes() [4]string {
	return [4]string{bucketByPerson, bucketByReviewer, bucketBySession, bucketByOrigin}
}

// decisionsAtOnce is how many decisions are read before they are handed out: few
// enough for memory, many enough for speed.
const decisionsAtOnce = 256

// Decisions hands out every decision, in the order of their ids, and stops at the
// first error of yield, which it returns. Only a few are in memory at a time, and no
// transaction is open while yield runs: it may call any method, and of the decisions
// that are added meanwhile it sees those that come later in order.
func (s *Store) Decisions(yield func(calibration.Decision) error) error {
	room := make([]calibration.Decision, 0, decisionsAtOnce)
	for from := []byte{}; from != nil; {
		var ds []calibration.Decision
		var err error
		if ds, from, err = s.decisionsFrom(from, room); err != nil {
			return err
		}
		for _, d := range ds {
			if err := yield(d); err != nil {
				return err
			}
		}
	}
	return nil
}

// decisionsFrom reads as many decisions from a key on as there is room for, and says from
// which key to go on: nil after the last.
func (s *Store) decisionsFrom(from []byte, room []calibration.Decision) (ds []calibration.Decision, next []byte, err error) {
	ds = room[:0]
	err = s.read(func(trees ...*paged) error {
		keys := order{before: from}
		return trees[0].from(from, func(key, value []byte) (bool, error) {
			if err := keys.meets(bucketDecisions, key); err != nil {
				return false, err
			}
			if len(ds) == cap(ds) {
				next = slices.Clone(key)
				return false, nil
			}
			payload, err := decodeFrame(bucketDecisions, key, value, kindDecision)
			if err != nil {
				return false, err
			}
			ds = append(ds, calibration.Decision{})
			return true, decodeRecord(bucketDecisions, key, payload, &ds[len(ds)-1])
		})
	}, bucketDecisions)
	return ds, next, err
}

// idsUnder hands out the decisions that an index leads to from a part, in their order: all
// whose ids do not come before first, which may be the beginning of one or empty.
func idsUnder(index *paged, bucket, part string, first []byte, visit func(key []byte, id ulid.ULID) error) error {
	prefix := partKey(part)
	keys := order{before: append(bytes.Clone(prefix), first...)}
	return index.from(keys.before, func(key, _ []byte) (bool, error) {
		if !bytes.HasPrefix(key, prefix) {
			return false, nil
		}
		err := keys.meets(bucket, key)
		if err != nil {
			return false, err
		}
		id, err := idIn(bucket, key)
		if err == nil {
			err = visit(key, id)
		}
		return err == nil, err
	})
}
