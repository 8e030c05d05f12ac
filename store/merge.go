package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"calibrate/calibration"
	"calibrate/rubric"
)

// Merged says what a merge did.
type Merged struct {
	New       []string   // ids of the decisions that the file did not have, ascending
	Known     int        // decisions of the batch that it had
	Conflicts []Conflict // that new decisions brought in
	People    int        // new or changed
	Sessions  int        // new or changed
	Events    int        // new
	Rubrics   int        // new
	Purged    int        // decisions, events and people that stay out, because they were purged here

	// Findings are what the chains of the new decisions' origins show now: decisions
	// that were altered or taken out, forks, gaps; and a note where something stays out.
	Findings []Finding
}

// Conflict is a new decision beside another one that answers the same question, with
// neither superseding the other. Both are kept. Of several others it is the one next
// to it in time.
type Conflict struct {
	New, Other calibration.Decision
}

// Merge takes in what another file exported: all of it, on disk when Merge returns
// without an error, or nothing. It is a set union of decisions, events and rubrics; of a
// person or session the later version stays; see [calibration.Session]. What was purged
// from the file stays out of it, and so does what it does not know yet of people who
// were purged and not added again: whatever comes in which order, the file is the union
// of it without what was purged here.
//
// The error is a [*RefusedError] listing everything that is wrong with the batch: a
// record that is malformed, a decision that its rubric does not allow or whose rubric
// neither batch nor file has, a session that places people under such a rubric, or a
// record that the file has with other content.
func (s *Store) Merge(b Batch) (Merged, error) { return s.MergeContext(context.Background(), b, nil) }

// MergeContext is [Store.Merge], and tells how far it has come. When ctx ends before all
// is written, nothing is taken in, and the error wraps the context's.
func (s *Store) MergeContext(ctx context.Context, b Batch, progress Progress) (Merged, error) {
	work := long{ctx, progress}
	p, err := parseBatch(b, work)
	if err != nil {
		return Merged{}, fmt.Errorf("nothing was taken in: %w", err)
	}
	var m Merged
	err = s.update(func(tx *transaction) (err error) {
		m, err = s.merge(tx, p, work)
		return err
	})
	var refused *RefusedError
	if err != nil && !errors.As(err, &refused) {
		err = fmt.Errorf("nothing was taken in: %w", err)
	}
	if err != nil {
		return Merged{}, err
	}
	for _, r := range p.rubrics {
		s.cacheRubric(r)
	}
	return m, nil
}

// Preview says what [Store.Merge] would do with the batch, and changes nothing. It is
// the merge itself, taken back at the end, so that the two cannot differ; the errors
// are the same too. The file must be open for writing.
func (s *Store) Preview(b Batch) (Merged, error) {
	return s.PreviewContext(context.Background(), b, nil)
}

// PreviewContext is [Store.Preview] as [Store.MergeContext] is Merge.
func (s *Store) PreviewContext(ctx context.Context, b Batch, progress Progress) (Merged, error) {
	work := long{ctx, progress}
	p, err := parseBatch(b, work)
	if err != nil {
		return Merged{}, err
	}
	var m Merged
	err = s.update(func(tx *transaction) (err error) {
		if m, err = s.merge(tx, p, work); err == nil {
			err = errTakenBack
		}
		return err
	})
	if !errors.Is(err, errTakenBack) {
		return Merged{}, err
	}
	return m, nil
}

// errTakenBack rolls a transaction back in which nothing went wrong.
var errTakenBack = errors.New("taken back")

func (s *Store) merge(tx *transaction, p *parsed, work long) (m Merged, err error) {
	kept, err := keepOut(tx, p)
	if err != nil {
		return m, err
	}
	before, err := s.before(tx)
	if err != nil {
		return m, err
	}
	fresh, err := s.unknown(tx, before, p)
	if err != nil {
		return m, err
	}
	if err := refuseOtherEvents(tx, p); err != nil {
		return m, err
	}
	s.refuseUnruled(tx, p)
	placeless, err := placeless(tx, p, kept.late)
	if err != nil {
		return m, err
	}
	if len(p.wrong) > 0 {
		return m, &RefusedError{Wrong: p.wrong}
	}
	m.Known, m.Purged = len(p.decisions)-len(fresh), kept.records
	for _, r := range p.rubrics {
		if tx.Bucket([]byte(bucketRubrics)).Get([]byte(r.Hash())) == nil {
			m.Rubrics++
		}
		if err := s.putRubric(tx, r); err != nil {
			return m, err
		}
	}
	if m.People, err = putLatest(tx, bucketPeople, kindPerson, p.people, func(v calibration.Person) string { return v.Version }); err != nil {
		return m, err
	}
	if m.Sessions, err = putLatest(tx, bucketSessions, kindSession, p.sessions, sessionRank); err != nil {
		return m, err
	}
	if m.Events, err = putEvents(tx, p.events); err != nil {
		return m, err
	}
	conflicting, err := before.conflicts(fresh)
	if err != nil {
		return m, err
	}
	l := newLedger(tx)
	l.old = &before
	l.fresh = make(map[place]*freshLink, len(fresh))
	for i, d := range fresh {
		if err := work.told(StepTaking, i, len(fresh)); err != nil {
			return m, err
		}
		if err := l.enter(d); err != nil {
			return m, err
		}
		m.New = append(m.New, d.id.String()) // not the record's, or all of that would stay in memory
	}
	slices.Sort(m.New)
	if m.Conflicts, err = conflicting(); err != nil {
		return m, err
	}
	if err := l.putAll(fresh); err != nil {
		return m, err
	}
	p.letGo()
	for _, t := range append(kept.late, placeless...) {
		if err := l.bury(t); err != nil {
			return m, err
		}
	}
	if err := l.close(); err != nil {
		return m, err
	}
	m.Findings, err = l.checkChains(before)
	m.Findings = append(m.Findings, kept.says()...)
	return m, errors.Join(err, work.ctx.Err())
}

// letGo leaves of a batch what is needed once its records are ready to be written, or it
// would be in memory beside their pages. What was large is collected at once, for its room
// is wanted next.
func (p *parsed) letGo() {
	const large = 10_000
	collect := len(p.decisions) >= large
	*p = parsed{rubrics: p.rubrics}
	if collect {
		runtime.GC()
	}
}

// unknown returns the decisions that the file does not have, and refuses those that
// it has otherwise or that their rubric does not allow.
func (s *Store) unknown(tx *transaction, b before, p *parsed) (fresh []*parsedDecision, err error) {
	rubrics, noRubric := map[string]*rubric.Rubric{}, map[string]error{}
	empty := nothingIn(tx, bucketDecisions)
	for _, d := range p.decisions {
		var have []byte
		if !empty {
			if have, err = b.payload(d.id); err != nil {
				return nil, err
			}
		}
		if have != nil && bytes.Equal(have, d.payload) {
			continue
		}
		if d.other = have != nil; rubrics[d.Rubric] == nil && noRubric[d.Rubric] == nil {
			rubrics[d.Rubric], noRubric[d.Rubric] = s.rubricFor(tx, p, d.Rubric)
		}
		fresh = append(fresh, d)
	}
	wrong := make([]error, len(fresh))
	_, _ = inParallel(len(fresh), func(i int) error {
		d := fresh[i]
		switch {
		case d.other:
			wrong[i] = errors.New("this file has it with other content; one of the two was tampered with")
		case noRubric[d.Rubric] != nil:
			wrong[i] = noRubric[d.Rubric]
		default:
			wrong[i] = d.Validate(rubrics[d.Rubric])
		}
		return nil
	})
	right := fresh[:0]
	for i, d := range fresh {
		if wrong[i] != nil {
			p.refuse(d.String(), wrong[i])
		} else {
			right = append(right, d)
		}
	}
	return right, nil
}

// refuseUnruled refuses sessions that place people under a rubric that neither batch nor
// file has: nobody could hold them.
func (s *Store) refuseUnruled(tx *transaction, p *parsed) {
	for _, session := range p.sessions {
		for _, own := range session.rubrics {
			if _, err := s.rubricFor(tx, p, own.Rubric); err != nil {
				p.refuse(fmt.Sprintf("session %d", session.at), fmt.Errorf("it places %s under a rubric that is not here: %w", own.Person, err))
				break
			}
		}
	}
}

// rubricFor finds a rubric in the batch, in memory or in the file.
func (s *Store) rubricFor(tx *transaction, p *parsed, hash string) (*rubric.Rubric, error) {
	if r, ok := p.rubrics[hash]; ok {
		return r, nil
	}
	if r := s.cachedRubric(hash); r != nil {
		return r, nil
	}
	r, err := readRubric(tx, hash)
	if err == nil {
		s.cacheRubric(r)
	}
	return r, err
}

// putLatest writes the records that win over what the file has, and counts them.
func putLatest[T any](tx *transaction, bucket string, k kind, records []parsedRecord, rank func(T) string) (int, error) {
	changed := 0
	for _, r := range records {
		key := []byte(r.key)
		have, err := getFrame(tx, bucket, key, k)
		if err != nil {
			return 0, err
		}
		if have != nil {
			var v T
			if err := decodeRecord(bucket, key, have, &v); err != nil {
				return 0, err
			}
			if !r.wins(parsedRecord{rank: rank(v), payload: have}) {
				continue
			}
		}
		if err := putFrame(tx, bucket, key, k, r.payload); err != nil {
			return 0, err
		}
		changed++
	}
	return changed, nil
}

// refuseOtherEvents refuses the events that the file has with other content.
func refuseOtherEvents(tx *transaction, p *parsed) error {
	for _, e := range p.events {
		have, err := getFrame(tx, bucketEvents, e.key, kindEvent)
		if err != nil {
			return err
		}
		if have != nil && !bytes.Equal(have, e.payload) {
			p.refuse(fmt.Sprintf("event %d (%s)", e.at, e.ID), errors.New("this file has it with other content; one of the two was tampered with"))
		}
	}
	return nil
}

// putEvents writes the events that the file does not have, and counts them.
func putEvents(tx *transaction, events []parsedEvent) (fresh int, err error) {
	for _, e := range events {
		if tx.Bucket([]byte(bucketEvents)).Get(e.key) != nil {
			continue
		}
		if err := putFrame(tx, bucketEvents, e.key, kindEvent, e.payload); err != nil {
			return fresh, err
		}
		fresh++
	}
	return fresh, nil
}
