package store

import (
	"errors"
	"fmt"
)

// layout is a version of the file's schema and the way to it. Step i leads from
// version i+1 to i+2. Version 1 is the first that was ever released; version 2 has the
// events of sessions, version 3 what is left of what was purged. In version 4 a session
// may place single people under rubrics of their own: an older program would place them
// under the session's, and so it must not open the file.
type layout struct {
	schema int
	steps  []func(*transaction) error
}

func currentLayout() layout {
	return layout{schema: 4, steps: []func(*transaction) error{addEvents, addPurges, addRubricsOfPeople}}
}

func addRubricsOfPeople(*transaction) error { return nil } // no session has any yet

func addEvents(tx *transaction) error {
	_, err := tx.CreateBucket([]byte(bucketEvents))
	return err
}

func addPurges(tx *transaction) error {
	for _, name := range []string{bucketPurged, bucketPurges, bucketForgotten} {
		if _, err := tx.CreateBucket([]byte(name)); err != nil {
			return err
		}
	}
	return nil
}

// migrate brings the file to the layout: first a backup beside it, then every step in
// one transaction, so that a failure leaves the file as it was.
func (s *Store) migrate(m meta, l layout) (meta, error) {
	if m.Schema < 1 {
		return m, &DamagedError{Path: s.path, What: fmt.Sprintf("it says that it has format %d", m.Schema)}
	}
	if s.db.IsReadOnly() {
		return m, fmt.Errorf("the file has the older format %d and this program format %d; open it once for writing, which converts it", m.Schema, l.schema)
	}
	backup := fmt.Sprintf("%s.format-%d.%s.bak", s.path, m.Schema, s.now().UTC().Format("20060102T150405.000Z"))
	if err := s.Backup(backup); err != nil {
		return m, fmt.Errorf("before the file can be converted to a newer format: %w", err)
	}
	to := m
	to.Schema = l.schema
	err := s.update(func(tx *transaction) error {
		for i := m.Schema - 1; i < len(l.steps); i++ {
			if err := l.steps[i](tx); err != nil {
				return fmt.Errorf("converting from format %d to %d: %w", i+1, i+2, err)
			}
		}
		return putMeta(tx, to)
	})
	if err != nil {
		return m, errors.Join(err, fmt.Errorf("the file is unchanged; a backup is at %s", backup))
	}
	return to, nil
}
