package store

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
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
	if i, err := inParallel(len(ds), func(i int) (err error) {
		kept[i], err = prepare(ds[i], r)
		return err
	}); err != nil {
		return nil, at(i, err)
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
	d, err := textOf(d)
	if err == nil {
		err = d.Validate(r)
	}
	return d, err
}

// textOf is asKept for a decision: what is text already, as almost all are, is not read
// again.
func textOf(d calibration.Decision) (calibration.Decision, error) {
	payload, err := encode(d)
	if err != nil || bytes.Contains(payload, []byte(`\ufffd`)) {
		return asKept(d)
	}
	d.Evidence, d.Dampeners = slices.Clone(d.Evidence), slices.Clone(d.Dampeners)
	if len(d.Evidence) == 0 {
		d.Evidence = nil
	}
	if len(d.Dampeners) == 0 {
		d.Dampeners = nil
	}
	return d, nil
}

// writing is new decisions on their way into the file, in one transaction.
type writing struct {
	*ledger
	store    *Store
	last     ulid.ULID                           // of all decisions; zero until it was looked up
	made     map[ulid.ULID]*calibration.Decision // that are added
	current  map[string]slots                    // by person: read once, not once for each decision
	sessions map[string]error                    // why each takes no decision
	people   map[string]error                    // why nothing may concern each
}

// slots are a person's current decisions: the ids of those that answer the same question,
// see [calibration.Decision.SameSlot].
type slots map[slot][]ulid.ULID

type slot struct {
	reviewer, dimension, session string
	stage                        calibration.Stage
}

func slotOf(d calibration.Decision) slot {
	return slot{reviewer: d.Reviewer, dimension: d.Dimension, session: d.Session, stage: d.Stage}
}

// copied shares no memory with the record that the slot was read from.
func (s slot) copied() slot {
	return slot{
		reviewer: strings.Clone(s.reviewer), dimension: strings.Clone(s.dimension), session: strings.Clone(s.session),
		stage: calibration.Stage(strings.Clone(string(s.stage))),
	}
}

func slotsOf(all []calibration.Decision) (slots, error) {
	s := slots{}
	for _, d := range calibration.Current(all) {
		id, err := parseID(d.ID)
		if err != nil {
			return nil, err
		}
		of := slotOf(d)
		if len(s[of]) == 0 {
			of = of.copied()
		}
		s[of] = append(s[of], id)
	}
	return s, nil
}

// latest is the id of the latest decision that answers the same question, if any.
func (s slots) latest(of slot) string {
	if ids := s[of]; len(ids) > 0 {
		return slices.MaxFunc(ids, ulid.ULID.Compare).String()
	}
	return ""
}

// take notes a new decision in place of the one that it corrects.
func (s slots) take(d parsedDecision, corrected slot) {
	s[corrected] = slices.DeleteFunc(s[corrected], func(id ulid.ULID) bool { return id.String() == d.Supersedes })
	s[slotOf(d.Decision)] = append(s[slotOf(d.Decision)], d.id)
}

// standing is what the last transaction that placed decisions knew of the people whom it
// met: who is rated now is soon rated again, and who was rated for years has hundreds of
// decisions to be read. It is used only while bbolt's writer lock is held.
type standing struct {
	of     *bbolt.DB
	after  int // the id of the transaction
	people map[string]slots
}

// mostStanding is how many people are remembered.
const mostStanding = 256

// before takes out what is known as a transaction begins: nothing, if anything else was
// written since. The transaction may come to nothing, so it is only put back at its end.
func (s *standing) before(tx *transaction) map[string]slots {
	people := s.people
	s.people = nil
	if people == nil || s.of != tx.DB() || s.after != tx.ID()-1 {
		return map[string]slots{}
	}
	return people
}

// keep remembers what is known when a transaction is about to be committed. If that fails,
// the next one has the same id, and does not follow it.
func (s *standing) keep(tx *transaction, people map[string]slots) {
	if len(people) <= mostStanding {
		s.of, s.after, s.people = tx.DB(), tx.ID(), people
	}
}

// writeDecisions runs add in a transaction that keeps the rubric and the chains too.
func (s *Store) writeDecisions(r *rubric.Rubric, add func(*writing) error) error {
	return s.update(func(tx *transaction) error {
		if err := s.putRubric(tx, r); err != nil {
			return err
		}
		w := &writing{
			ledger: newLedger(tx), store: s, current: s.standing.before(tx), made: map[ulid.ULID]*calibration.Decision{},
			sessions: map[string]error{}, people: map[string]error{},
		}
		if err := add(w); err != nil {
			return err
		}
		if err := w.close(); err != nil {
			return err
		}
		s.standing.keep(tx, w.current)
		return nil
	})
}

// add writes a decision that prepare has passed, as the latest one.
func (w *writing) add(d *calibration.Decision, now time.Time) error {
	if err := once(w.sessions, d.Session, func() error { return takesDecisions(w.tx, d.Session) }); err != nil {
		return err
	}
	if err := once(w.people, d.Person, func() error { return mayConcern(w.tx, d.Person) }); err != nil {
		return err
	}
	corrected, err := w.supersede(d)
	if err != nil {
		return err
	}
	added, err := w.complete(d, now)
	if err != nil {
		return err
	}
	w.current[d.Person].take(added, corrected)
	w.made[added.id] = d
	return w.ledger.addAs(added)
}

// once asks a question about each name only once.
func once(answers map[string]error, name string, ask func() error) error {
	err, known := answers[name]
	if !known {
		err = ask()
		answers[name] = err
	}
	return err
}

// complete fills in what else the file gives to a new decision.
func (w *writing) complete(d *calibration.Decision, now time.Time) (added parsedDecision, err error) {
	if w.last.IsZero() {
		last, _ := w.tx.Bucket([]byte(bucketDecisions)).Cursor().Last()
		copy(w.last[:], last)
	}
	id, err := newID(now, w.store.entropy, w.last)
	if err != nil {
		return added, err
	}
	if id.Compare(w.last) > 0 {
		w.last = id
	}
	c, err := w.chain(w.store.origin)
	if err != nil {
		return added, err
	}
	end := c.end()
	d.ID, d.DecidedAt = id.String(), stamp(now)
	d.Origin, d.Seq, d.Prev = w.store.meta.ID, end.Seq+1, end.Hash
	payload, err := encode(*d)
	return parsedDecision{Decision: *d, id: id, origin: w.store.origin, hash: digestOf(payload), payload: payload}, err
}

// supersede finds the decision that d corrects, or checks the one that it names, and
// returns the slot of that.
func (w *writing) supersede(d *calibration.Decision) (slot, error) {
	current, known := w.current[d.Person]
	if !known {
		earlier, err := indexed(w.tx, bucketByPerson, d.Person)
		if err != nil {
			return slot{}, err
		}
		if current, err = slotsOf(earlier); err != nil {
			return slot{}, err
		}
		w.current[d.Person] = current
	}
	if d.Supersedes == "" {
		d.Supersedes = current.latest(slotOf(*d))
		return slotOf(*d), nil
	}
	corrected, err := w.decision(d.Supersedes)
	if err == nil && (corrected.Person != d.Person || corrected.Dimension != d.Dimension) {
		err = fmt.Errorf("it would supersede decision %s, which is about %s of %s", d.Supersedes, corrected.Dimension, corrected.Person)
	}
	return slotOf(corrected), err
}

// decision is one that the file has, or that is on its way there.
func (w *writing) decision(id string) (d calibration.Decision, err error) {
	key, err := parseID(id)
	if err != nil {
		return d, &calibration.UnknownError{What: "decision", Name: id}
	}
	if made := w.made[key]; made != nil {
		return *made, nil
	}
	d, payload, err := getDecision(w.tx, key)
	if err == nil && payload == nil {
		err = &calibration.UnknownError{What: "decision", Name: id}
	}
	return d, err
}

// takesDecisions reports why the session takes no decision; an empty one always does.
func takesDecisions(tx *transaction, session string) error {
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
