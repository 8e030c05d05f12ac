package store

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/oklog/ulid/v2"

	"calibrate/calibration"
)

// Events returns what happened in a session, in the order of the ids, which is that of
// time.
func (s *Store) Events(session string) (events []calibration.Event, err error) {
	err = s.read(func(trees ...*paged) error {
		events, err = eventsOf(trees[0], session)
		return err
	}, bucketEvents)
	return events, err
}

func eventsOf(t *paged, session string) ([]calibration.Event, error) {
	prefix := partKey(session)
	return recordsOf[calibration.Event](func(visit func(key, value []byte) error) error {
		return t.from(prefix, func(key, value []byte) (bool, error) {
			if !bytes.HasPrefix(key, prefix) {
				return false, nil
			}
			return true, visit(key, value)
		})
	}, bucketEvents, kindEvent)
}

// Record keeps an event and returns it as it is kept: with an id and the time. When
// Record returns without an error, the event is on disk.
//
// The error is a [*calibration.UnknownError] where the file does not have the session,
// a [*FinalisedError] where the session takes no more, and otherwise says what
// [calibration.Event.Validate] found or what the disk did. That a session was finalised
// or reopened is recorded by [Store.Finalise] and [Store.Reopen] alone.
func (s *Store) Record(e calibration.Event) (calibration.Event, error) {
	kept, err := s.record(e)
	if err != nil {
		return e, fmt.Errorf("the %s was not saved: %w", e.Kind, err)
	}
	return kept, nil
}

func (s *Store) record(e calibration.Event) (calibration.Event, error) {
	err := s.update(func(tx *transaction) error { return s.addEvent(tx, &e) })
	return e, err
}

// RecordAll keeps events, all or none, in the order in which they are given. It asks the
// clock once for each and is otherwise as if [Store.Record] had been called for each,
// but far quicker, for it waits for the disk only once.
func (s *Store) RecordAll(events ...calibration.Event) ([]calibration.Event, error) {
	kept := slices.Clone(events)
	err := s.update(func(tx *transaction) error {
		for i := range kept {
			if err := s.addEvent(tx, &kept[i]); err != nil {
				return fmt.Errorf("event %d, a %s: %w", i+1, kept[i].Kind, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("no event was saved: %w", err)
	}
	return kept, nil
}

// addEvent puts an event into a session that takes it.
func (s *Store) addEvent(tx *transaction, e *calibration.Event) error {
	if e.Kind == calibration.Finalise || e.Kind == calibration.Reopen {
		return errors.New("it belongs to the session's own record")
	}
	if err := takesDecisions(tx, e.Session); err != nil {
		return err
	}
	if err := mayConcern(tx, e.Person); err != nil {
		return err
	}
	return s.putEvent(tx, e)
}

// putEvent gives an event its id and time, and writes it as the last of its session.
func (s *Store) putEvent(tx *transaction, e *calibration.Event) error {
	if err := validNames(e.Session, e.Person, e.By, e.Who, e.Dimension); err != nil {
		return err
	}
	kept, err := asKept(*e)
	if err == nil {
		err = kept.Validate()
	}
	if err != nil {
		return err
	}
	now := s.now()
	id, err := newID(now, s.entropy, lastEvent(tx, e.Session))
	if err != nil {
		return err
	}
	kept.ID, kept.At = id.String(), stamp(now)
	*e = kept
	return putRecord(tx, bucketEvents, indexKey(e.Session, id), kindEvent, kept)
}

// lastEvent is the highest id of a session's events, the zero one if it has none.
func lastEvent(tx *transaction, session string) ulid.ULID {
	var behind ulid.ULID
	for i := range behind {
		behind[i] = 0xff
	}
	key := lastBelow(tx, bucketEvents, indexKey(session, behind))
	if part, id, ok := splitIndexKey(key); ok && part == session {
		return id
	}
	return ulid.ULID{}
}

// validEvent reports what is wrong with an event that comes from a file.
func validEvent(e calibration.Event) error {
	if err := e.Validate(); err != nil {
		return err
	}
	if _, err := parseID(e.ID); err != nil {
		return err
	}
	if e.At.IsZero() {
		return errors.New("it does not say when it happened")
	}
	return nil
}
