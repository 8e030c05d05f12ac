package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"calibrate/internal/durable"
)

// Restored says what restoring a backup did.
type Restored struct {
	Path      string `json:"path"`               // the data file
	From      string `json:"from"`               // the backup, which stays
	Replaced  string `json:"replaced,omitempty"` // where the file is that lay there before; empty: there was none
	Decisions int    `json:"decisions"`          // in the backup
}

// Restore puts a copy of a backup in the place of the data file at the path, after
// proving the backup as [Store.Check] does. What lay there is kept beside it, under a name
// with the time. At no moment is there a file by halves.
//
// The error is a [*LockedError] where another program has the data file open, and says
// so where the backup is damaged; then nothing has changed.
func Restore(path, backup string, now time.Time) (done Restored, err error) {
	if path, err = filepath.Abs(path); err == nil {
		backup, err = filepath.Abs(backup)
	}
	if err != nil {
		return done, err
	}
	done = Restored{Path: path, From: backup, Replaced: path + ".replaced-" + now.UTC().Format(backupTime)}
	if err = restore(&done); err != nil {
		return Restored{}, fmt.Errorf("restoring %s: %w; nothing was changed", path, err)
	}
	return done, nil
}

func restore(done *Restored) error {
	if done.Path == done.From {
		return errors.New("it is the backup itself")
	}
	present, err := letGo(done.Path)
	if err != nil {
		return err
	}
	if !present {
		done.Replaced = ""
	}
	copied, err := copyBackup(done)
	if err != nil {
		return err
	}
	defer os.Remove(copied)
	if present {
		if err := keepAside(done.Path, done.Replaced); err != nil {
			return err
		}
	}
	if err := os.Rename(copied, done.Path); err != nil {
		return err
	}
	return durable.SyncFolder(filepath.Dir(done.Path))
}

// letGo reports whether a file is there, and that nobody has it open.
func letGo(path string) (there bool, err error) {
	if _, err := os.Lstat(path); notThere(err) {
		return false, nil
	}
	f, _, err := openRaw(path, 0)
	if err != nil {
		return true, err
	}
	return true, f.Close()
}

// copyBackup writes a copy of the backup beside the data file and proves it.
func copyBackup(done *Restored) (path string, err error) {
	from, _, err := openRaw(done.From, 0)
	if err != nil {
		return "", fmt.Errorf("reading the backup %s: %w", done.From, err)
	}
	defer from.Close()
	to, err := os.CreateTemp(filepath.Dir(done.Path), "."+filepath.Base(done.Path)+".*.tmp")
	if err != nil {
		return "", err
	}
	_, err = io.Copy(to, from)
	err = errors.Join(err, to.Sync(), to.Close())
	if err == nil {
		done.Decisions, err = proveBackup(to.Name())
	}
	if err != nil {
		os.Remove(to.Name())
		return "", fmt.Errorf("the backup %s: %w", done.From, err)
	}
	return to.Name(), nil
}

func proveBackup(path string) (decisions int, err error) {
	s, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		return 0, cause(err)
	}
	defer s.Close()
	report, err := s.Check()
	if err == nil && report.Problems() > 0 {
		err = fmt.Errorf("it has %s, the first: %s", count(report.Problems(), "problem"), report.Findings[0].What)
	}
	return report.Decisions, err
}

// cause is what is wrong with a copy, without the copy's name.
func cause(err error) error {
	var damaged *DamagedError
	if errors.As(err, &damaged) {
		return errors.New(damaged.What)
	}
	return err
}

// keepAside gives a file a second name, so that it keeps the first until another file
// takes that. Where a file system knows no second names the file is moved.
func keepAside(path, aside string) error {
	err := os.Link(path, aside)
	if errors.Is(err, os.ErrExist) {
		return err
	}
	if err != nil {
		err = os.Rename(path, aside)
	}
	return err
}
