package store

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"
	"go.etcd.io/bbolt"

	"calibrate/calibration"
	"calibrate/rubric"
)

// Place records a decision that was made under r and returns it as it is kept: with
// id, origin, place in the chain, time, and rubric where they were left empty; and,
// unless the caller says which decision it corrects, with the latest one in its slot
// (see [calibration.Decision.SameSlot]) as the one it supersedes. When Place returns
// without an error, the decision is on disk.
//
// The error is a [*calibration.UnknownError] where the session, or the decision to
// supersede, is not in the file, a [*FinalisedError] where the session takes no more, a
// [*ForgottenError] where the person was purged, and otherwise says what [calibration.Decision.Validate] found or what the disk did.
func (s *Store) Place(d calibration.Decision, r *rubric.Rubric) (calibration.Decision, error) {
	kept, err := s.place(d, r)
	if err != nil {
		return d, fmt.Errorf("the decision was not saved: %w", err)
	}
	return kept, nil
}

func (s *Store) place(d calibration.Decision, r *rubric.Rubric) (calibration.Decision, error) {
	d, err := prepare(d, r)
	if err != nil {
		return d, err
	}
	now := s.now()
	err = s.writeDecisions(r, func(w *writing) error { return w.add(&d, now) })
	return d, err
}

// PlaceAll records decisions that were made under r, all or none, in the order in
// which they are given, so that one can correct an earlier one of them. It asks the
// clock once for each and is otherwise as if [Store.Place] had been called for each,
// but far quicker, for it waits for the disk only once. The error names the first
// decision that could not be saved.
func (s *Store) PlaceAll(r *rubric.Rubric, ds ...calibration.Decision) ([]calibration.Decision, error) {
	kept, err := s.placeAll(r, ds)
	if err != nil {
		return nil, fmt.Errorf("no decision was saved: %w", err)
	}
	return kept, nil
}

func (s *Store) placeAll(r *rubric.Rubric, ds []calibration.Decision) ([]calibration.Decision, error) {
	if len(ds) == 0 {
		return nil, nil
	}
	kept, times := slices.Clone(ds), make([]time.Time, len(ds))
	at := func(i int, err error) error {
		return fmt.Errorf("decision %d of %d (%s of %q): %w", i+1, len(ds), ds[i].Dimension, ds[i].Person, err)
	}
	for i, d := range ds {
		var err error
		if kept[i], err = prepare(d, r); err != nil {
			return nil, at(i, err)
		}
	}
	for i := range times {
		times[i] = s.now()
	}
	err := s.writeDecisions(r, func(w *writing) error {
		for i := range kept {
			if err := w.add(&kept[i], times[i]); err != nil {
				return at(i, err)
			}
		}
		return nil
	})
	return kept, err
}

// prepare checks what can be checked of a decision without the file, and fills in
// its rubric.
func prepare(d calibration.Decision, r *rubric.Rubric) (calibration.Decision, error) {
	if r == nil {
		return d, errors.New("no rubric was given")
	}
	if d.Rubric == "" {
		d.Rubric = r.Hash()
	}
	if err := validNames(d.Person, d.Reviewer, d.Session); err != nil {
		return d, err
	}
	d, err := asKept(d)
	if err == nil {
		err = d.Validate(r)
	}
	return d, err
}

// writing is new decisions on their way into the file, in one transaction.
type writing struct {
	*ledger
	store *Store
	about map[string][]calibration.Decision // by person, those that were looked up: read once, not once for each
}

// writeDecisions runs add in a transaction that keeps the rubric and the chains too.
func (s *Store) writeDecisions(r *rubric.Rubric, add func(*writing) error) error {
	return s.update(func(tx *bbolt.Tx) error {
		if err := s.putRubric(tx, r); err != nil {
			return err
		}
		w := &writing{ledger: newLedger(tx), store: s, about: map[string][]calibration.Decision{}}
		if err := add(w); err != nil {
			return err
		}
		return w.close()
	})
}

// add writes a decision that prepare has passed, as the latest one.
func (w *writing) add(d *calibration.Decision, now time.Time) error {
	if err := takesDecisions(w.tx, d.Session); err != nil {
		return err
	}
	if err := mayConcern(w.tx, d.Person); err != nil {
		return err
	}
	if err := w.supersede(d); err != nil {
		return err
	}
	payload, err := w.store.complete(w.ledger, d, now)
	if err != nil {
		return err
	}
	if about, known := w.about[d.Person]; known {
		w.about[d.Person] = append(about, *d)
	}
	return w.ledger.add(*d, payload)
}

// complete fills in what else the file gives to a new decision, and returns its payload.
// What d holds afterwards is what the payload says.
func (s *Store) complete(l *ledger, d *calibration.Decision, now time.Time) ([]byte, error) {
	last, _ := l.tx.Bucket([]byte(bucketDecisions)).Cursor().Last()
	var after ulid.ULID
	copy(after[:], last)
	id, err := newID(now, s.entropy, after)
	if err != nil {
		return nil, err
	}
	c, err := l.chain(s.origin)
	if err != nil {
		return nil, err
	}
	end := c.end()
	d.ID, d.DecidedAt = id.String(), stamp(now)
	d.Origin, d.Seq, d.Prev = s.meta.ID, end.Seq+1, end.Hash
	payload, err := encode(*d)
	if err != nil {
		return nil, err
	}
	*d = calibration.Decision{}
	return payload, decode(payload, d)
}

// supersede finds the decision that d corrects, or checks the one that it names.
func (w *writing) supersede(d *calibration.Decision) error {
	if d.Supersedes == "" {
		earlier, known := w.about[d.Person]
		if !known {
			var err error
			if earlier, err = indexed(w.tx, bucketByPerson, d.Person); err != nil {
				return err
			}
			w.about[d.Person] = earlier
		}
		d.Supersedes = calibration.Superseded(*d, earlier)
		return nil
	}
	unknown := &calibration.UnknownError{What: "decision", Name: d.Supersedes}
	id, err := parseID(d.Supersedes)
	if err != nil {
		return unknown
	}
	corrected, payload, err := getDecision(w.tx, id)
	switch {
	case err != nil:
		return err
	case payload == nil:
		return unknown
	case corrected.Person != d.Person || corrected.Dimension != d.Dimension:
		return fmt.Errorf("it would supersede decision %s, which is about %s of %s", d.Supersedes, corrected.Dimension, corrected.Person)
	}
	return nil
}

// takesDecisions reports why the session takes no decision; an empty one always does.
func takesDecisions(tx *bbolt.Tx, session string) error {
	if session == "" {
		return nil
	}
	var s calibration.Session
	found, err := getRecord(tx, bucketSessions, []byte(session), kindSession, &s)
	switch {
	case err != nil:
		return err
	case !found:
		return &calibration.UnknownError{What: "session", Name: session}
	case s.State == calibration.Finalised:
		return &FinalisedError{ID: s.ID, Name: s.Name}
	}
	return nil
}

// Decision returns the decision with the id. The error is a
// [*calibration.UnknownError] where the file has none, a [*RecordError] where it is
// damaged.
func (s *Store) Decision(id string) (d calibration.Decision, err error) {
	key, err := parseID(id)
	if err != nil {
		return d, &calibration.UnknownError{What: "decision", Name: id}
	}
	err = s.view(func(tx *bbolt.Tx) error {
		var payload []byte
		d, payload, err = getDecision(tx, key)
		if err == nil && payload == nil {
			err = &calibration.UnknownError{What: "decision", Name: id}
		}
		return err
	})
	return d, err
}

// getDecision returns a decision and its payload, which is nil if there is none and
// dead after the transaction.
func getDecision(tx *bbolt.Tx, id ulid.ULID) (d calibration.Decision, payload []byte, err error) {
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

func (s *Store) lookUp(bucket, part string) (ds []calibration.Decision, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		ds, err = indexed(tx, bucket, part)
		return err
	})
	return ds, err
}

// indexed reads the decisions of one range of an index.
func indexed(tx *bbolt.Tx, bucket, part string) ([]calibration.Decision, error) {
	var ds []calibration.Decision
	var keys order
	prefix := partKey(part)
	c := tx.Bucket([]byte(bucket)).Cursor()
	for key, _ := c.Seek(prefix); bytes.HasPrefix(key, prefix); key, _ = c.Next() {
		if err := keys.meets(bucket, key); err != nil {
			return nil, err
		}
		_, id, ok := splitIndexKey(key)
		if !ok {
			return nil, &RecordError{Bucket: bucket, Key: showKey(key), What: "it is no key of this index"}
		}
		d, payload, err := getDecision(tx, id)
		switch {
		case err != nil:
			return nil, err
		case payload == nil:
			return nil, &RecordError{Bucket: bucket, Key: showKey(key), What: fmt.Sprintf("it leads to decision %s, which is not there", id)}
		case indexedBy(bucket, d) != part:
			return nil, &RecordError{Bucket: bucket, Key: showKey(key), What: fmt.Sprintf("it leads to decision %s, which does not belong there", id)}
		}
		ds = append(ds, d)
	}
	return ds, nil
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

// indexKeys are the entries of every index that lead to a decision.
func indexKeys(d calibration.Decision, origin, id ulid.ULID) map[string][]byte {
	return map[string][]byte{
		bucketByPerson:   indexKey(d.Person, id),
		bucketByReviewer: indexKey(d.Reviewer, id),
		bucketBySession:  indexKey(d.Session, id),
		bucketByOrigin:   originKey(origin, d.Seq, id),
	}
}

// decisionsAtOnce is how many decisions are read before they are handed out: few
// enough for memory, many enough for speed.
const decisionsAtOnce = 256

// Decisions hands out every decision, in the order of their ids, and stops at the
// first error of yield, which it returns. Only a few are in memory at a time, and no
// transaction is open while yield runs: it may call any method, and of the decisions
// that are added meanwhile it sees those that come later in order.
func (s *Store) Decisions(yield func(calibration.Decision) error) error {
	for from := []byte{}; from != nil; {
		var ds []calibration.Decision
		var err error
		if ds, from, err = s.decisionsFrom(from); err != nil {
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

// decisionsFrom reads some decisions from a key on, and says from which key to go on:
// nil after the last.
func (s *Store) decisionsFrom(from []byte) (ds []calibration.Decision, next []byte, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		keys := order{before: from}
		c := tx.Bucket([]byte(bucketDecisions)).Cursor()
		for key, value := c.Seek(from); key != nil; key, value = c.Next() {
			if err := keys.meets(bucketDecisions, key); err != nil {
				return err
			}
			if len(ds) == decisionsAtOnce {
				next = slices.Clone(key)
				return nil
			}
			payload, err := decodeFrame(bucketDecisions, key, value, kindDecision)
			if err != nil {
				return err
			}
			var d calibration.Decision
			if err := decodeRecord(bucketDecisions, key, payload, &d); err != nil {
				return err
			}
			ds = append(ds, d)
		}
		return nil
	})
	return ds, next, err
}
