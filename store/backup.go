package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"calibrate/internal/durable"
)

// Backup writes a copy of the file, as of one moment, to dst, which is on disk when it
// returns. Others may go on reading and writing meanwhile. A dst that exists is never
// overwritten; the error then wraps [fs.ErrExist].
//
// The copy has the id of the original. Who goes on working in both will see it told
// as a fork when they are merged.
func (s *Store) Backup(dst string) error { return s.BackupContext(context.Background(), dst, nil) }

// BackupContext is [Store.Backup], and tells how far it has come. When ctx ends first,
// there is no copy, and the error wraps the context's.
func (s *Store) BackupContext(ctx context.Context, dst string, progress Progress) error {
	dst, err := filepath.Abs(dst)
	if err != nil {
		return fmt.Errorf("backing up %s: %w", s.path, err)
	}
	if _, err := os.Lstat(dst); err == nil {
		err = fs.ErrExist
		return fmt.Errorf("backing up %s to %s: %w; choose another name", s.path, dst, err)
	}
	if err := durable.Write(dst, func(tmp string) error { return s.copyTo(long{ctx, progress}, tmp) }); err != nil {
		return fmt.Errorf("backing up %s to %s: %w", s.path, dst, err)
	}
	return nil
}

// copyTo writes a copy and proves its pages, for they may have been damaged since the
// file was opened.
func (s *Store) copyTo(work long, path string) error {
	if err := s.stillThere(); err != nil { // bbolt opens it once more, by its name
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	err = s.view(func(tx *transaction) error {
		_, err := tx.WriteTo(&watched{work: work, w: f, of: tx.Size()})
		return err
	})
	if work.ctx.Err() != nil {
		err = work.ctx.Err() // bbolt does not wrap it
	}
	if err == nil {
		_, damage := proveFile(f, work)
		if work.ctx.Err() != nil {
			err = work.ctx.Err()
		} else if damage != nil {
			err = &DamagedError{Path: s.path, What: damage.Error()}
		}
	}
	return errors.Join(err, f.Close())
}

// watched writes until the work is to end.
type watched struct {
	work     long
	w        io.Writer
	done, of int64 // bytes
}

func (w *watched) Write(p []byte) (int, error) {
	const mega = 1_000_000
	if err := w.work.told(StepCopying, int(w.done/mega), int(w.of/mega)); err != nil {
		return 0, err
	}
	n, err := w.w.Write(p)
	w.done += int64(n)
	return n, err
}
