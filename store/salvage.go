package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/oklog/ulid/v2"

	"calibrate/internal/durable"
	"calibrate/rubric"
)

// SalvageOptions say how a damaged file is salvaged. Now is needed; the zero value of
// everything else is good.
type SalvageOptions struct {
	Now     func() time.Time
	Entropy io.Reader // as in [Options]
	Timeout time.Duration
	// Rubrics stand in for the file's own copies where those are lost and decisions
	// were made under them.
	Rubrics  []*rubric.Rubric
	Progress Progress // nil: nobody looks
}

// Salvage reads the raw bytes of a file, takes every record whose checksum holds, and
// writes them to a new file, out, which is on disk and proven when Salvage returns.
// The file in is not changed, and an out that exists is never overwritten.
//
// Nothing of in is trusted but the checksums: it may lack its headers, be cut off, or
// be a heap of its pages in any order. Of a person, session or walk that lies there in
// several versions the latest is taken. The new file has an id of its own, so that what
// is decided in it cannot be mistaken for what was lost. Of each record only its place
// is kept in memory.
//
// The error is a [*LockedError] where another program writes to in, a [*NewerError]
// where a newer program wrote it, that of the context where it was cancelled, and wraps
// [ErrNothingFound] where in holds no record. Then there is no new file.
func Salvage(ctx context.Context, in, out string, o SalvageOptions) (Salvaged, error) {
	done, err := salvage(ctx, in, out, o)
	var locked *LockedError
	var newer *NewerError
	if err != nil && !errors.As(err, &locked) && !errors.As(err, &newer) {
		err = fmt.Errorf("salvaging %s: %w; nothing was written", in, err)
	}
	return done, err
}

// ErrNothingFound says that a file holds no record at all.
var ErrNothingFound = errors.New("no record of calibrate is in it")

func salvage(ctx context.Context, in, out string, o SalvageOptions) (done Salvaged, err error) {
	if o.Entropy == nil {
		o.Entropy = rand.Reader
	}
	if o.Progress == nil {
		o.Progress = func(Step, int, int) {}
	}
	if in, err = filepath.Abs(in); err == nil {
		out, err = filepath.Abs(out)
	}
	if err != nil {
		return done, err
	}
	if _, err := os.Lstat(out); err == nil {
		return done, fmt.Errorf("%s: %w; choose another name for the new file", out, os.ErrExist)
	}
	f, size, err := openRaw(in, o.Timeout)
	if err != nil {
		return done, err
	}
	defer f.Close()
	found, err := findRecords(ctx, f, size, o.Progress)
	if err != nil {
		return done, err
	}
	if found.schema > currentLayout().schema {
		return done, &NewerError{Path: in, Schema: found.schema, Know: currentLayout().schema}
	}
	if found.empty() {
		return done, ErrNothingFound
	}
	done = Salvaged{From: in, To: out, Bytes: size}
	return done, durable.Write(out, func(tmp string) error { return found.write(ctx, tmp, o, &done) })
}

// openRaw opens a file that nobody writes to, whatever it holds.
func openRaw(path string, patience time.Duration) (f *os.File, size int64, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, errors.New("it is no regular file")
	}
	if f, err = os.Open(path); err != nil {
		return nil, 0, err
	}
	if patience == 0 {
		patience = time.Second
	}
	for late := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
		free, err := lockShared(f)
		switch {
		case err != nil:
			return nil, 0, errors.Join(fmt.Errorf("locking it: %w", err), f.Close())
		case free:
			return f, info.Size(), nil
		case time.Now().After(late):
			return nil, 0, errors.Join(&LockedError{Path: path}, f.Close())
		}
	}
}

// openNew makes an empty store in place of an empty file, for filling: what is written
// is not synced, since the whole file will be.
func openNew(path string, o SalvageOptions) (*Store, error) {
	now := o.Now()
	id, err := newID(now, o.Entropy, ulid.ULID{})
	if err != nil {
		return nil, err
	}
	layout := currentLayout()
	if err := makeEmpty(path, meta{Schema: layout.schema, ID: id.String(), Created: stamp(now)}); err != nil {
		return nil, err
	}
	options := Options{Now: o.Now, Entropy: o.Entropy}
	db, f, err := openBolt(path, options)
	if err != nil {
		return nil, err
	}
	db.NoSync = true
	s := storeOf(path, db, f, options)
	if err := s.begin(layout); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}
