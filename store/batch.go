package store

import (
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
// keep runs while the file is being read; it must not call the store.
func (s *Store) Export(keep func(calibration.Decision) bool) (Batch, error) {
	var b Batch
	err := s.view(func(tx *bbolt.Tx) error {
		b = Batch{}
		wanted, err := b.takeDecisions(tx, keep)
		if err != nil {
			return err
		}
		for _, part := range []struct {
			bucket string
			kind   kind
			into   *[][]byte
		}{
			{bucketPeople, kindPerson, &b.People},
			{bucketSessions, kindSession, &b.Sessions},
			{bucketRubrics, kindRubric, &b.Rubrics},
		} {
			*part.into, err = payloads(tx, part.bucket, part.kind, func(key string) bool {
				return keep == nil || wanted[part.bucket][key]
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return b, err
}

// takeDecisions fills in the decisions and returns the keys, by bucket, that they
// refer to.
func (b *Batch) takeDecisions(tx *bbolt.Tx, keep func(calibration.Decision) bool) (map[string]map[string]bool, error) {
	wanted := map[string]map[string]bool{bucketPeople: {}, bucketSessions: {}, bucketRubrics: {}}
	err := tx.Bucket([]byte(bucketDecisions)).ForEach(func(key, value []byte) error {
		payload, err := decodeFrame(bucketDecisions, key, value, kindDecision)
		if err != nil {
			return err
		}
		if keep != nil {
			var d calibration.Decision
			if err := decodeRecord(bucketDecisions, key, payload, &d); err != nil {
				return err
			}
			if !keep(d) {
				return nil
			}
			wanted[bucketPeople][d.Person] = true
			wanted[bucketSessions][d.Session] = true
			wanted[bucketRubrics][d.Rubric] = true
		}
		b.Decisions = append(b.Decisions, slices.Clone(payload))
		return nil
	})
	return wanted, err
}

// payloads copies the payloads of a bucket whose keys are wanted.
func payloads(tx *bbolt.Tx, bucket string, k kind, want func(key string) bool) ([][]byte, error) {
	var all [][]byte
	err := tx.Bucket([]byte(bucket)).ForEach(func(key, value []byte) error {
		if !want(string(key)) {
			return nil
		}
		payload, err := decodeFrame(bucket, key, value, k)
		if err != nil {
			return err
		}
		all = append(all, slices.Clone(payload))
		return nil
	})
	return all, err
}
