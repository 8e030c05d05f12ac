package store

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"calibrate/calibration"
)

// People returns everybody who is rated, by name, then id. The list is shared with all who
// ask for it, because a company has thousands: it must not be changed, and nothing in it.
func (s *Store) People() ([]calibration.Person, error) {
	people, err := s.people.now(s, bucketPeople, peopleIn)
	return slices.Clip(people), err
}

// ReadAhead reads what a first screen asks for, so that it is there when it does. What is
// wrong with it is told to who asks.
func (s *Store) ReadAhead() { _, _ = s.People() }

func peopleIn(t *paged) ([]calibration.Person, error) {
	people, err := recordsIn[calibration.Person](t, bucketPeople, kindPerson)
	sortMoving(people, func(a, b *calibration.Person) int {
		if a.Name == b.Name {
			return strings.Compare(a.ID, b.ID)
		}
		return strings.Compare(a.Name, b.Name)
	})
	return people, err
}

// PutPeople adds people, or changes those whose id the file has, all or none. It
// returns them as they are kept: with an id and the time where they were empty, and
// with a new version where anything changed. What is on disk already is not written
// again, so a list can be imported twice. Somebody who was purged begins anew.
func (s *Store) PutPeople(people ...calibration.Person) ([]calibration.Person, error) {
	kept := slices.Clone(people)
	for i, p := range people {
		if err := validNames(p.ID); err != nil {
			return nil, fmt.Errorf("no one was added: person %d (%q): %w", i+1, p.Name, err)
		}
		var err error
		if kept[i], err = asKept(p); err == nil {
			err = kept[i].Validate()
		}
		if err != nil {
			return nil, fmt.Errorf("no one was added: person %d (%q): %w", i+1, p.Name, err)
		}
	}
	now := s.now()
	err := s.update(func(tx *transaction) error {
		for i := range kept {
			if err := s.putPerson(tx, &kept[i], now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("no one was added: %w", err)
	}
	return kept, nil
}

func (s *Store) putPerson(tx *transaction, p *calibration.Person, now time.Time) error {
	if p.ID == "" {
		id, err := newID(now, s.entropy, [16]byte{})
		if err != nil {
			return err
		}
		p.ID = id.String()
	}
	var before calibration.Person
	found, err := getRecord(tx, bucketPeople, []byte(p.ID), kindPerson, &before)
	if err != nil {
		return err
	}
	if p.AddedAt.IsZero() {
		p.AddedAt = now
		if found {
			p.AddedAt = before.AddedAt
		}
	}
	p.AddedAt, p.Version = stamp(p.AddedAt), before.Version
	if found && samePerson(*p, before) {
		return nil
	}
	if p.Version, err = s.nextVersion(now, before.Version); err != nil {
		return err
	}
	if err := welcome(tx, *p); err != nil {
		return err
	}
	return putRecord(tx, bucketPeople, []byte(p.ID), kindPerson, *p)
}

func samePerson(a, b calibration.Person) bool {
	return maps.Equal(a.Extra, b.Extra) && a.AddedAt.Equal(b.AddedAt) &&
		[7]string{a.ID, a.Name, a.Email, a.Team, a.Manager, a.Role, a.Version} ==
			[7]string{b.ID, b.Name, b.Email, b.Team, b.Manager, b.Role, b.Version}
}

// nextVersion makes a version that wins over the one before, which may be empty.
func (s *Store) nextVersion(now time.Time, before string) (string, error) {
	after, err := parseID(before)
	if before != "" && err != nil {
		return "", fmt.Errorf("the version it has: %w", err)
	}
	id, err := newID(now, s.entropy, after)
	return id.String(), err
}
