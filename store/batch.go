package store

import (
	"bytes"
	"errors"
	"slices"

	"calibrate/calibration"
)

// Batch is what files give each other. Every record is the JSON that the file keeps,
// byte for byte: a decision's hash is taken over these bytes, so whoever carries a
// batch must not lay them out anew (a json.RawMessage would).
type Batch struct {
	Decisions [][]byte // of [calibration.Decision]
	People    [][]byte // of [calibration.Person]
	Sessions  [][]byte // of [calibration.Session]
	Events    [][]byte // of [calibration.Event]
	Rubrics   [][]byte // of [rubric.Rubric], canonical

	// Tombstones are the places in their chains of decisions that were purged. They
	// prove the chains for whoever takes them in, and delete nothing there.
	Tombstones [][]byte
}

// About counts the people whom the decisions are about. The error says that one is no
// record of a decision, as far as it was read.
func (b Batch) About() (people int, err error) {
	known := map[string]bool{}
	for _, payload := range b.Decisions {
		person, err := personOf(payload)
		if err != nil {
			return 0, err
		}
		known[person] = true
	}
	return len(known), nil
}

// personOf is whom a decision is about. That stands at the front of its record, so the rest
// is not read.
func personOf(payload []byte) (string, error) {
	var d calibration.Decision
	front := plainJSON{b: payload, escapes: true} // perhaps
	front.begin('{')
	textIf(&front, `"id":`, &d.ID)
	textIf(&front, `"person":`, &d.Person)
	if !front.failed && d.Person != "" {
		return d.Person, nil
	}
	d = calibration.Decision{}
	err := decode(payload, &d)
	return d.Person, err
}

// Wanted chooses what of a file is exported. What is nil wants none.
type Wanted struct {
	Decision func(calibration.Decision) bool
	Event    func(calibration.Event) bool
	Sessions []string // ids: with everybody on their agendas, whether or not anything was decided
}

// Export returns the decisions and events that are wanted, with the people, sessions
// and rubrics that they speak of, as of one moment. A nil w wants everything, also the
// people and sessions that nothing speaks of yet, and the tombstones; what is chosen has
// gaps anyway. Walks are never exported, and neither is who purged what, and why.
//
// The functions of w run when everything has been read; they may call the store.
func (s *Store) Export(w *Wanted) (Batch, error) {
	all, err := s.exported()
	if err == nil && w != nil {
		err = all.choose(*w)
	}
	if err != nil {
		return Batch{}, err
	}
	return Batch{
		Decisions: plain(all.decisions), People: plain(all.people), Sessions: plain(all.sessions),
		Events: plain(all.events), Rubrics: plain(all.rubrics), Tombstones: plain(all.tombstones),
	}, nil
}

// exported is the payloads of a file, copied out of a transaction.
type exported struct {
	decisions, people, sessions, events, rubrics, tombstones []keyed
}

func (s *Store) exported() (all exported, err error) {
	err = s.view(func(tx *transaction) error {
		var errs [6]error
		all.decisions, errs[0] = payloads(tx, bucketDecisions, kindDecision)
		all.people, errs[1] = payloads(tx, bucketPeople, kindPerson)
		all.sessions, errs[2] = payloads(tx, bucketSessions, kindSession)
		all.events, errs[3] = payloads(tx, bucketEvents, kindEvent)
		all.rubrics, errs[4] = payloads(tx, bucketRubrics, kindRubric)
		all.tombstones, errs[5] = travelling(tx)
		return errors.Join(errs[:]...)
	})
	return all, err
}

// keyed is a record's payload with its key, both copied out of a transaction.
type keyed struct {
	key, payload []byte
}

func payloads(tx *transaction, bucket string, k kind) ([]keyed, error) {
	var all []keyed
	var keys order
	err := tx.Bucket([]byte(bucket)).ForEach(func(key, value []byte) error {
		if err := keys.meets(bucket, key); err != nil {
			return err
		}
		payload, err := decodeFrame(bucket, key, value, k)
		if err != nil {
			return err
		}
		all = append(all, keyed{bytes.Clone(key), bytes.Clone(payload)})
		return nil
	})
	return all, err
}

// choose leaves what is wanted, and of the rest what it speaks of.
func (all *exported) choose(w Wanted) (err error) {
	people, sessions, rubrics := map[string]bool{}, map[string]bool{}, map[string]bool{}
	all.decisions, err = wanted(bucketDecisions, all.decisions, w.Decision, func(d calibration.Decision) {
		people[d.Person], sessions[d.Session], rubrics[d.Rubric] = true, true, true
	})
	if err != nil {
		return err
	}
	all.events, err = wanted(bucketEvents, all.events, w.Event, func(e calibration.Event) {
		people[e.Person], sessions[e.Session] = true, true
	})
	if err != nil {
		return err
	}
	for _, r := range all.sessions {
		var s calibration.Session
		if err := decodeRecord(bucketSessions, r.key, r.payload, &s); err != nil {
			return err
		}
		if slices.Contains(w.Sessions, s.ID) {
			sessions[s.ID], rubrics[s.Rubric] = true, true
			for _, person := range s.People {
				people[person] = true
			}
		}
		if sessions[s.ID] { // whoever has the session must be able to hold it
			for _, p := range s.Rubrics {
				rubrics[p.Rubric] = true
			}
		}
	}
	all.people, all.sessions, all.rubrics = only(all.people, people), only(all.sessions, sessions), only(all.rubrics, rubrics)
	all.tombstones = nil
	return nil
}

// wanted leaves the records that keep wants, and hands each of them to note.
func wanted[T any](bucket string, records []keyed, keep func(T) bool, note func(T)) (chosen []keyed, err error) {
	for _, r := range records {
		var v T
		if err := decodeRecord(bucket, r.key, r.payload, &v); err != nil {
			return nil, err
		}
		if keep != nil && keep(v) {
			chosen = append(chosen, r)
			note(v)
		}
	}
	return chosen, nil
}

func only(records []keyed, wanted map[string]bool) []keyed {
	return slices.DeleteFunc(records, func(r keyed) bool { return !wanted[string(r.key)] })
}

func plain(records []keyed) [][]byte {
	var all [][]byte
	for _, r := range records {
		all = append(all, r.payload)
	}
	return all
}
