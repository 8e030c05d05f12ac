package store

import (
	"bytes"
	"errors"
	"slices"

	"go.etcd.io/bbolt"

	"calibrate/calibration"
)

// Batch is what files give each other. Every record is the JSON that the file keeps,
// byte for byte: a decision's hash is taken over these bytes, so whoever carries a
// batch must not lay them out anew (a json.RawMessage would).
type Batch struct {
	Decisions [][]byte // of [calibration.Decision]
	People    [][]byte // of [calibration.Person]
	Sessions  [][]byte // of [calibration.Session]
	Rubrics   [][]byte // of [rubric.Rubric], canonical
}

// Export returns the decisions that keep wants, with the people, sessions and rubrics
// that they speak of, as of one moment. A nil keep wants everything, also the people
// and sessions that no decision speaks of yet. Walks are never exported.
//
// keep runs when everything has been read; it may call the store.
func (s *Store) Export(keep func(calibration.Decision) bool) (Batch, error) {
	var decisions, people, sessions, rubrics []keyed
	err := s.view(func(tx *bbolt.Tx) error {
		var errs [4]error
		decisions, errs[0] = payloads(tx, bucketDecisions, kindDecision)
		people, errs[1] = payloads(tx, bucketPeople, kindPerson)
		sessions, errs[2] = payloads(tx, bucketSessions, kindSession)
		rubrics, errs[3] = payloads(tx, bucketRubrics, kindRubric)
		return errors.Join(errs[:]...)
	})
	if err != nil {
		return Batch{}, err
	}
	if keep != nil {
		var named names
		if decisions, named, err = choose(decisions, keep); err != nil {
			return Batch{}, err
		}
		people, sessions, rubrics = only(people, named.people), only(sessions, named.sessions), only(rubrics, named.rubrics)
	}
	return Batch{Decisions: plain(decisions), People: plain(people), Sessions: plain(sessions), Rubrics: plain(rubrics)}, nil
}

// keyed is a record's payload with its key, both copied out of a transaction.
type keyed struct {
	key, payload []byte
}

func payloads(tx *bbolt.Tx, bucket string, k kind) ([]keyed, error) {
	var all []keyed
	err := tx.Bucket([]byte(bucket)).ForEach(func(key, value []byte) error {
		payload, err := decodeFrame(bucket, key, value, k)
		if err != nil {
			return err
		}
		all = append(all, keyed{bytes.Clone(key), bytes.Clone(payload)})
		return nil
	})
	return all, err
}

// names are the keys of what decisions speak of.
type names struct {
	people, sessions, rubrics map[string]bool
}

func choose(decisions []keyed, keep func(calibration.Decision) bool) (chosen []keyed, named names, err error) {
	named = names{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, r := range decisions {
		var d calibration.Decision
		if err := decodeRecord(bucketDecisions, r.key, r.payload, &d); err != nil {
			return nil, named, err
		}
		if keep(d) {
			chosen = append(chosen, r)
			named.people[d.Person], named.sessions[d.Session], named.rubrics[d.Rubric] = true, true, true
		}
	}
	return chosen, named, nil
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
