package store

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"calibrate/calibration"
)

// Purge says that something was purged: how much, when, by whom and why, and nothing of
// what it was.
type Purge struct {
	ID        string    `json:"id"`               // ULID
	Kind      string    `json:"kind"`             // "people", "age", or "people and age"
	Before    time.Time `json:"before,omitzero"`  // with an age: what was from before then
	Decisions int       `json:"decisions"`        //
	Events    int       `json:"events,omitempty"` // of sessions
	Walks     int       `json:"walks,omitempty"`  // unfinished
	People    int       `json:"people,omitempty"` // who were taken out altogether
	Sessions  int       `json:"sessions,omitempty"`
	At        time.Time `json:"at"`
	By        string    `json:"by"`
	Why       string    `json:"why"`
}

func (p Purge) valid() error {
	switch {
	case strings.TrimSpace(p.Why) == "":
		return errors.New("it does not say why")
	case strings.TrimSpace(p.By) == "":
		return errors.New("it does not say who did it")
	case len(p.Why) > calibration.MaxNote:
		return fmt.Errorf("the reason is %d bytes long; at most %d are kept", len(p.Why), calibration.MaxNote)
	case len(p.By) > calibration.MaxNameBytes:
		return fmt.Errorf("the name of who did it is %d bytes long; at most %d are kept", len(p.By), calibration.MaxNameBytes)
	}
	return validNames(p.By, p.Why)
}

// Purges returns what was purged from the file, the first first.
func (s *Store) Purges() (purges []Purge, err error) {
	err = s.view(func(tx *transaction) error {
		purges, err = allRecords[Purge](tx, bucketPurges, kindPurge)
		return err
	})
	return purges, err
}

// Purge takes out of the file what [Store.PurgePlan] said, also out of finalised
// sessions, and keeps who did it and why. It is the one way in which something leaves a
// file. Of each decision a tombstone stays, which is its place in the chain and nothing
// else; see the package comment for what that keeps away.
//
// The file is written anew without what is purged, beside the old one, and put in its
// place in one step: when Purge returns without an error, no byte of what was purged is
// left in the file, and when it fails or the program is killed, the file is as it was or
// as it should be. What others have, such as backups, packets and what the disk keeps
// of old files, is beyond its reach; see [Store.Copies].
//
// The reason is kept, so it must not name whom it is about. The error says so, and what
// else is wrong: that the file has changed since it was planned, or what the disk did.
func (s *Store) Purge(p Plan, why, by string) (Purge, error) {
	done := Purge{
		Kind: p.kind(), Before: p.Before, Decisions: p.Decisions, Events: p.Events, Walks: p.Walks,
		People: len(p.whole()), Sessions: p.agendas(), By: strings.TrimSpace(by), Why: strings.TrimSpace(why),
	}
	err := done.valid()
	switch {
	case err == nil && p.Empty():
		err = errors.New("there is nothing to purge")
	case err == nil:
		err = p.unnamed(done.Why)
	}
	replaced := false
	if err == nil {
		replaced, err = s.purge(p, &done)
	}
	switch {
	case err != nil && replaced:
		return done, fmt.Errorf("it was purged, but the disk may not know it yet: %w", err)
	case err != nil:
		return Purge{}, fmt.Errorf("nothing was purged: %w", err)
	}
	return done, nil
}

func (s *Store) purge(p Plan, done *Purge) (replaced bool, err error) {
	now := s.now()
	err = s.alone(func() error {
		begun, err := s.db.Begin(true)
		if err != nil {
			return err
		}
		defer begun.Rollback() // always: what is committed is the new file
		tx := &transaction{Tx: begun}
		last, _ := tx.Bucket([]byte(bucketPurges)).Cursor().Last()
		var after [idSize]byte
		copy(after[:], last)
		id, err := newID(now, s.entropy, after)
		if err != nil {
			return err
		}
		done.ID, done.At = id.String(), stamp(now)
		again, err := s.plan(tx, p.Selection)
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(p, again) {
			return errors.New("the file has changed since it was looked at; look again")
		}
		if err := putRecord(tx, bucketPurges, id[:], kindPurge, *done); err != nil {
			return err
		}
		if err := s.takeOut(tx, p, done.ID, now); err != nil {
			return err
		}
		replaced, err = s.rewrite(tx)
		return err
	})
	return replaced, err
}

// takeOut removes all that is planned.
func (s *Store) takeOut(tx *transaction, p Plan, purge string, now time.Time) error {
	for _, id := range p.decisions {
		if err := entomb(tx, id, purge); err != nil {
			return err
		}
	}
	for _, key := range p.events {
		_, id, _ := splitIndexKey(key)
		if err := tx.Bucket([]byte(bucketEvents)).Delete(key); err != nil {
			return err
		}
		if err := putRecord(tx, bucketPurged, id[:], kindTomb, tombstone{ID: id.String(), Purge: purge}); err != nil {
			return err
		}
	}
	for _, key := range p.walks {
		if err := tx.Bucket([]byte(bucketWalks)).Delete(key); err != nil {
			return err
		}
	}
	return s.takeOutPeople(tx, p, purge, now)
}

// takeOutPeople removes the people who go altogether, and what sessions say of them.
// The sessions get a new version, so that an older record does not win over theirs.
func (s *Store) takeOutPeople(tx *transaction, p Plan, purge string, now time.Time) error {
	whole := p.whole()
	for _, person := range whole {
		if err := tx.Bucket([]byte(bucketPeople)).Delete([]byte(person)); err != nil {
			return err
		}
		m := mark{Key: markOf(person), Purge: purge}
		if err := putRecord(tx, bucketForgotten, []byte(m.Key), kindMark, m); err != nil {
			return err
		}
	}
	sessions, err := allRecords[calibration.Session](tx, bucketSessions, kindSession)
	if err != nil {
		return err
	}
	for _, session := range sessions {
		rest, changed := session.Without(func(person string) bool { return slices.Contains(whole, person) })
		if !changed {
			continue
		}
		if err := s.putSession(tx, &rest, rest.Version, now); err != nil {
			return err
		}
	}
	return nil
}

// kind says by what it was chosen.
func (p Plan) kind() string {
	switch {
	case len(p.People) == 0:
		return "age"
	case p.Before.IsZero():
		return "people"
	}
	return "people and age"
}

// unnamed reports a reason that names somebody whom it is about. A name of one letter
// and an id of three may be a word or a number as well.
func (p Plan) unnamed(why string) error {
	for _, about := range p.About {
		if len(about.Name) > 1 && mentions(why, about.Name) || len(about.ID) > 3 && mentions(why, about.ID) {
			return fmt.Errorf("the reason names %s, and it is kept; leave the name out", cmp.Or(about.Name, about.ID))
		}
	}
	return nil
}

// mentions reports whether a text holds a name, in any case, and not as a part of a
// longer word. Scripts that do not part words have no longer words.
func mentions(text, name string) bool {
	text, name = strings.ToLower(text), strings.ToLower(name)
	parted := func(r rune) bool { return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Nd) }
	for from := 0; ; {
		at := strings.Index(text[from:], name)
		if at < 0 {
			return false
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, size := utf8.DecodeRuneInString(text[at+len(name):])
		if !parted(before) && (size == 0 || !parted(after)) {
			return true
		}
		from = at + 1
	}
}
