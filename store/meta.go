package store

import (
	"time"
)

// meta is what a file says of itself.
type meta struct {
	Schema  int       `json:"schema"`
	ID      string    `json:"id"` // ULID
	Created time.Time `json:"created"`
}

func putMeta(tx *transaction, m meta) error {
	return putRecord(tx, bucketMeta, []byte(metaKey), kindMeta, m)
}

func (s *Store) readMeta() (m meta, err error) {
	err = s.look(func(tx *transaction) error {
		if tx.Bucket([]byte(bucketMeta)) == nil {
			return &DamagedError{Path: s.path, What: "it is a bbolt file of another program"}
		}
		found, err := getRecord(tx, bucketMeta, []byte(metaKey), kindMeta, &m)
		switch {
		case err != nil:
			return &DamagedError{Path: s.path, What: err.Error()}
		case !found:
			return &DamagedError{Path: s.path, What: "it does not say which format it has"}
		}
		return nil
	})
	return m, err
}
