package store

import (
	"context"
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
	if err := writeDurably(dst, func(tmp string) error { return s.copyTo(context.Background(), tmp) }); err != nil {
		return fmt.Errorf("backing up %s to %s: %w", s.path, dst, err)
	}
	return nil
}

// copyTo writes a copy and proves its pages, for they may have been damaged since the
// file was opened.
func (s *Store) copyTo(ctx context.Context, path string) error {
	if err := s.stillThere(); err != nil { // bbolt opens it once more, by its name
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	err = s.view(func(tx *bbolt.Tx) error {
		_, err := tx.WriteTo(untilDone{ctx, f})
		return err
	})
	if ctx.Err() != nil {
		err = ctx.Err() // bbolt does not wrap it
	}
	if err == nil {
		if _, damage := proveFile(f); damage != nil {
			err = &DamagedError{Path: s.path, What: damage.Error()}
		}
	}
	return errors.Join(err, f.Close())
}
