package store

import (
	"errors"
	"fmt"
	"slices"

	"calibrate/calibration"
	"calibrate/rubric"
)

// maxWalk is how many bytes an unfinished walk may have: a note of the longest kind on
// every statement of the built-in rubric, five times over.
const maxWalk = 4 << 20

// SaveWalk keeps a reviewer's work in progress on a person, in place of what was kept
// before, together with the rubric that it is made under. It is on disk when SaveWalk
// returns without an error. A walk never leaves its file: packets do not carry it.
// SavedAt is filled in where it is empty.
func (s *Store) SaveWalk(w calibration.Walk, r *rubric.Rubric) error {
	if err := s.saveWalk(w, r); err != nil {
		return fmt.Errorf("the unfinished walk was not saved: %w", err)
	}
	return nil
}

func (s *Store) saveWalk(w calibration.Walk, r *rubric.Rubric) error {
	switch {
	case r == nil:
		return errors.New("no rubric was given")
	case w.Rubric != r.Hash():
		return fmt.Errorf("it was made under rubric %s, not under %s", w.Rubric, r.Hash())
	case w.Person == "" || w.Reviewer == "":
		return errors.New("it names no person or no reviewer")
	}
	for _, part := range []string{w.Person, w.Reviewer, w.Session} {
		if len(part) > calibration.MaxNameBytes {
			return fmt.Errorf("a name is %d bytes long; at most %d are kept", len(part), calibration.MaxNameBytes)
		}
	}
	if err := validNames(w.Person, w.Reviewer, w.Session); err != nil {
		return err
	}
	if w.SavedAt.IsZero() {
		w.SavedAt = s.now()
	}
	w.SavedAt = stamp(w.SavedAt)
	payload, err := encode(w)
	if err != nil {
		return err
	}
	if len(payload) > maxWalk {
		return fmt.Errorf("it is %d bytes long; at most %d are kept", len(payload), maxWalk)
	}
	return s.update(func(tx *transaction) error {
		if err := mayConcern(tx, w.Person); err != nil {
			return err
		}
		if err := s.putRubric(tx, r); err != nil {
			return err
		}
		return putFrame(tx, bucketWalks, walkKey(w.Reviewer, w.Person, w.Session), kindWalk, payload)
	})
}

// Walk returns the work in progress of a reviewer on a person in a session, and
// whether there is any.
func (s *Store) Walk(person, reviewer, session string) (w calibration.Walk, found bool, err error) {
	err = s.read(func(trees ...*paged) error {
		found, err = recordIn(trees[0], bucketWalks, walkKey(reviewer, person, session), kindWalk, &w)
		return err
	}, bucketWalks)
	return w, found, err
}

// Walks returns all work in progress, what was saved last first.
func (s *Store) Walks() (walks []calibration.Walk, err error) {
	err = s.read(func(trees ...*paged) error {
		walks, err = recordsIn[calibration.Walk](trees[0], bucketWalks, kindWalk)
		return err
	}, bucketWalks)
	slices.SortStableFunc(walks, func(a, b calibration.Walk) int { return b.SavedAt.Compare(a.SavedAt) })
	return walks, err
}
