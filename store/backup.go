package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

// Backup writes a copy of the file, as of one moment, to dst, which is on disk when it
// returns. Others may go on reading and writing meanwhile. A dst that exists is never
// overwritten; the error then wraps [fs.ErrExist].
//
// The copy has the id of the original. Who goes on working in both will see it told
// as a fork when they are merged.
func (s *Store) Backup(dst string) error {
	dst, err := filepath.Abs(dst)
	if err != nil {
		return fmt.Errorf("backing up %s: %w", s.path, err)
	}
	if _, err := os.Lstat(dst); err == nil {
		err = fs.ErrExist
		return fmt.Errorf("backing up %s to %s: %w; choose another name", s.path, dst, err)
	}
	err = writeDurably(dst, func(tmp string) error {
		if err := s.copyTo(tmp); err != nil {
			return err
		}
		return inspect(tmp)
	})
	if err != nil {
		return fmt.Errorf("backing up %s to %s: %w", s.path, dst, err)
	}
	return nil
}

func (s *Store) copyTo(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	err = s.view(func(tx *bbolt.Tx) error {
		_, err := tx.WriteTo(f)
		return err
	})
	return errors.Join(err, f.Close())
}
