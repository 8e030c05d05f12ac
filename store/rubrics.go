package store

import (
	"cmp"
	"fmt"
	"slices"

	"calibrate/rubric"
)

// Rubric returns the file's copy of the rubric with the hash: what [rubric.Rubric.Hash]
// gave when a decision or walk was kept. Callers share it; it must not be changed.
func (s *Store) Rubric(hash string) (r *rubric.Rubric, err error) {
	if r := s.cachedRubric(hash); r != nil {
		return r, nil
	}
	err = s.read(func(trees ...*paged) error {
		value, err := trees[0].get([]byte(hash))
		if err == nil {
			r, err = rubricOf(hash, value)
		}
		return err
	}, bucketRubrics)
	if err != nil {
		return nil, err
	}
	s.cacheRubric(r)
	return r, nil
}

// Rubrics returns every rubric that the file keeps a copy of, by role, then hash.
func (s *Store) Rubrics() (all []*rubric.Rubric, err error) {
	err = s.read(func(trees ...*paged) error {
		return trees[0].forEach(func(hash, value []byte) error {
			r, err := rubricOf(string(hash), value)
			all = append(all, r)
			return err
		})
	}, bucketRubrics)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b *rubric.Rubric) int {
		return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Hash(), b.Hash()))
	})
	return all, nil
}

// PutRubric keeps a copy of a rubric that no decision was made under yet, such as that
// of a new session.
func (s *Store) PutRubric(r *rubric.Rubric) error {
	return s.update(func(tx *transaction) error { return s.putRubric(tx, r) })
}

// putRubric keeps a copy unless there is one, or in place of a damaged one.
func (s *Store) putRubric(tx *transaction, r *rubric.Rubric) error {
	key := []byte(r.Hash())
	if kept, err := getFrame(tx, bucketRubrics, key, kindRubric); err == nil && kept != nil {
		return nil
	}
	payload, err := r.MarshalJSON() // not json.Marshal, which would change its bytes
	if err != nil {
		return fmt.Errorf("keeping a copy of the rubric: %w", err)
	}
	return putFrame(tx, bucketRubrics, key, kindRubric, payload)
}

// readRubric reads the copy that a transaction sees.
func readRubric(tx *transaction, hash string) (*rubric.Rubric, error) {
	return rubricOf(hash, tx.Bucket([]byte(bucketRubrics)).Get([]byte(hash)))
}

// rubricOf reads a copy, which is nil where there is none, and proves that it is what its
// hash says.
func rubricOf(hash string, value []byte) (*rubric.Rubric, error) {
	if value == nil {
		return nil, fmt.Errorf("the file holds no copy of the rubric %s", hash)
	}
	payload, err := decodeFrame(bucketRubrics, []byte(hash), value, kindRubric)
	if err != nil {
		return nil, err
	}
	r, err := parseRubric(payload)
	if err == nil && r.Hash() != hash {
		err = fmt.Errorf("its content has the hash %s", r.Hash())
	}
	if err != nil {
		return nil, &RecordError{Bucket: bucketRubrics, Key: hash, Offset: frameHeader, What: err.Error()}
	}
	return r, nil
}

func parseRubric(payload []byte) (*rubric.Rubric, error) {
	r := new(rubric.Rubric)
	if err := r.UnmarshalJSON(payload); err != nil {
		return nil, err
	}
	return r, nil
}

func (s *Store) cachedRubric(hash string) *rubric.Rubric {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rubrics[hash]
}

func (s *Store) cacheRubric(r *rubric.Rubric) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rubrics[r.Hash()] = r
}
