package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.etcd.io/bbolt"

	"calibrate/calibration"
)

// Sessions returns every session, the one opened first first.
func (s *Store) Sessions() (sessions []calibration.Session, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		sessions, err = allRecords[calibration.Session](tx, bucketSessions, kindSession)
		return err
	})
	slices.SortFunc(sessions, func(a, b calibration.Session) int {
		return cmp.Or(a.OpenedAt.Compare(b.OpenedAt), cmp.Compare(a.ID, b.ID))
	})
	return sessions, err
}

// PutSession adds a session, or changes the one with its id, and returns it as it is
// kept: with an id, the state open, and the times of opening and finalising where they
// were empty, and with a new version. An open session has no time of finalising.
func (s *Store) PutSession(session calibration.Session) (calibration.Session, error) {
	kept := session
	if kept.State == "" {
		kept.State = calibration.Open
	}
	if err := validSession(kept); err != nil {
		return session, fmt.Errorf("the session was not saved: %w", err)
	}
	now := s.now()
	if kept.OpenedAt.IsZero() {
		kept.OpenedAt = now
	}
	kept.OpenedAt = stamp(kept.OpenedAt)
	if kept.FinalisedAt.IsZero() {
		kept.FinalisedAt = now
	}
	kept.FinalisedAt = stamp(kept.FinalisedAt)
	if kept.State == calibration.Open {
		kept.FinalisedAt = calibration.Session{}.FinalisedAt
	}
	err := s.update(func(tx *bbolt.Tx) error {
		if kept.ID == "" {
			id, err := newID(now, s.entropy, [16]byte{})
			if err != nil {
				return err
			}
			kept.ID = id.String()
		}
		var before calibration.Session
		_, err := getRecord(tx, bucketSessions, []byte(kept.ID), kindSession, &before)
		if err != nil {
			return err
		}
		if kept.Version, err = s.nextVersion(now, before.Version); err != nil {
			return err
		}
		return putRecord(tx, bucketSessions, []byte(kept.ID), kindSession, kept)
	})
	if err != nil {
		return session, fmt.Errorf("the session was not saved: %w", err)
	}
	return kept, nil
}

// validSession reports what keeps a session from being recorded. Its id may be empty
// still.
func validSession(s calibration.Session) error {
	switch {
	case strings.TrimSpace(s.Name) == "":
		return fmt.Errorf("a session needs a name")
	case s.State != calibration.Open && s.State != calibration.Finalised:
		return fmt.Errorf("state %q is not one of open, finalised", s.State)
	}
	for _, name := range []string{s.ID, s.Name} {
		if len(name) > calibration.MaxNameBytes {
			return fmt.Errorf("its name or id is %d bytes long; at most %d are kept", len(name), calibration.MaxNameBytes)
		}
	}
	return validNames(s.ID, s.Name)
}
