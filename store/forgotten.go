package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"calibrate/calibration"
)

// mark stays of a person who was purged, so that no packet brings back what was known
// of them. When they are added again by hand, only what is from before stays away.
type mark struct {
	Key   string `json:"key"`            // markOf
	Purge string `json:"purge"`          // id
	Back  string `json:"back,omitempty"` // version with which they were added again
}

// markOf is how a file remembers a person whom it must not name: a hash of their id. It
// is the same in every file, so that a mark still does its work where a file had to be
// put together anew from what was left of it.
//
// What it hides is little: who has the file and can try all ids, which are few where
// they are short numbers, finds out whether one of them was purged, though nothing of
// what was said about them. A file that is to know somebody when a packet brings them
// cannot hide that. A salt would have to lie beside the mark, and a hash that is slow to
// try would slow every merge down as well. Ids that are long or were made here cannot
// be guessed anyway.
func markOf(person string) string {
	sum := sha256.Sum256([]byte("calibrate: person who was purged\x00" + person))
	return hex.EncodeToString(sum[:])
}

func (m mark) valid() error {
	if !isHash(m.Key) {
		return errors.New("its key is no hash")
	}
	for _, id := range []string{m.Purge, m.Back} {
		if _, err := parseID(id); err != nil && (id != "" || m.Purge == "") {
			return err
		}
	}
	return nil
}

// keepsOut reports whether something with that id or version, and the time that is in
// it, stays away. What is no id is refused elsewhere.
func (m mark) keepsOut(id string) bool {
	made, err := parseID(id)
	back, never := parseID(m.Back)
	return err == nil && (never != nil || made.Time() < back.Time())
}

// markAt returns the mark of a person, and whether they were purged from the file.
func markAt(tx *transaction, person string) (m mark, found bool, err error) {
	key := []byte(markOf(person))
	found, err = getRecord(tx, bucketForgotten, key, kindMark, &m)
	return m, found, err
}

// forgets returns the mark that keeps something about a person out.
func forgets(tx *transaction, person, id string) (m mark, out bool, err error) {
	m, found, err := markAt(tx, person)
	return m, found && m.keepsOut(id), err
}

// mayConcern reports the first of the people who was purged and not added again.
func mayConcern(tx *transaction, people ...string) error {
	for _, person := range people {
		m, found, err := markAt(tx, person)
		if err != nil {
			return err
		}
		if found && m.Back == "" {
			return &ForgottenError{Person: person}
		}
	}
	return nil
}

// welcome notes that a person who was purged is added again.
func welcome(tx *transaction, p calibration.Person) error {
	m, found, err := markAt(tx, p.ID)
	if err != nil || !found || m.Back != "" {
		return err
	}
	m.Back = p.Version
	return putRecord(tx, bucketForgotten, []byte(m.Key), kindMark, m)
}
