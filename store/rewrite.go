package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"go.etcd.io/bbolt"

	"calibrate/internal/durable"
)

// A bbolt file never shrinks: what was deleted stays readable in its free pages. So what
// leaves a file leaves it like this: the change is made in a transaction, what the
// transaction then sees is copied into a new file, the transaction is rolled back, and
// the new file takes the name of the old one. The one step that counts is the renaming.
// Until then the file is as it was; and what is purged is at no time in any other file.

// rewriteAtOnce is how much is copied in one transaction, for the sake of memory.
const rewriteAtOnce = 4 << 20

// rewrite puts a new file with what tx sees in the place of the store's and goes on with
// it. The transaction is over then. It reports whether the file was replaced, which it
// is also where the error came later.
func (s *Store) rewrite(tx *transaction) (replaced bool, err error) {
	target, err := filepath.EvalSymlinks(s.path) // else the new file would take the link's place
	if err != nil {
		return false, err
	}
	if err := removeLeftovers(target); err != nil {
		return false, err
	}
	f, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+".*.tmp") // made with 0600
	if err != nil {
		return false, err
	}
	tmp := f.Name()
	defer os.Remove(tmp)
	if err := f.Close(); err != nil {
		return false, err
	}
	db, f, err := openBolt(tmp, Options{})
	if err != nil {
		return false, err
	}
	db.NoSync, db.NoGrowSync = true, true
	err = copyBuckets(db, tx)
	if err == nil {
		err = db.Sync()
	}
	if err == nil {
		_, err = proveFile(f, quiet())
	}
	if err = errors.Join(err, tx.Rollback()); err != nil {
		return false, errors.Join(err, db.Close())
	}
	db.NoSync, db.NoGrowSync = s.db.NoSync, s.db.NoGrowSync
	return s.goOnWith(db, f, target)
}

// goOnWith renames the new file over the old one.
func (s *Store) goOnWith(db *bbolt.DB, f *os.File, target string) (replaced bool, err error) {
	if runtime.GOOS == "windows" {
		return s.goOnWithClosed(db, f.Name(), target)
	}
	if err := os.Rename(f.Name(), target); err != nil {
		return false, errors.Join(err, db.Close())
	}
	old := s.db
	s.db, s.file = db, f // which is locked since before it had the name
	s.way.proved()
	return true, errors.Join(durable.SyncFolder(filepath.Dir(target)), old.Close())
}

// goOnWithClosed is for Windows, where nothing that is open can be renamed or replaced:
// there the file is open to others for that moment.
func (s *Store) goOnWithClosed(db *bbolt.DB, tmp, target string) (replaced bool, err error) {
	if err := errors.Join(db.Close(), s.db.Close()); err != nil {
		return false, err
	}
	err = os.Rename(tmp, target)
	replaced = err == nil
	again, f, failed := openBolt(target, Options{})
	if failed != nil {
		return replaced, errors.Join(err, fmt.Errorf("opening the file again: %w", failed))
	}
	s.db, s.file = again, f
	s.way.proved()
	return replaced, err
}

// copyBuckets copies all records that a transaction sees.
func copyBuckets(to *bbolt.DB, from *transaction) error {
	return from.ForEach(func(name []byte, b *bbolt.Bucket) error {
		c := b.Cursor()
		key, value := c.First()
		for first := true; first || key != nil; first = false {
			err := to.Update(func(tx *bbolt.Tx) error {
				into, err := tx.CreateBucketIfNotExists(name)
				if err != nil {
					return err
				}
				into.FillPercent = wellFull
				for size := 0; key != nil && size < rewriteAtOnce; key, value = c.Next() {
					if err := into.Put(key, value); err != nil {
						return err
					}
					size += len(key) + len(value)
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// removeLeftovers removes what programs left behind that were killed while they wrote
// this file. While one has it open for writing, nobody else writes such a file.
func removeLeftovers(path string) error {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return err
	}
	begin, end := durable.Temporary(path)
	for _, entry := range entries {
		if name := entry.Name(); strings.HasPrefix(name, begin) && strings.HasSuffix(name, end) {
			err = errors.Join(err, os.Remove(filepath.Join(filepath.Dir(path), name)))
		}
	}
	return err
}
