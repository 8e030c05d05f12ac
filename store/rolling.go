package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"calibrate/internal/durable"
)

// How many rolling backups are kept, and how old the last one may get.
const (
	KeptBackups = 3
	BackupEvery = 24 * time.Hour
)

// backupTime is the time in the name of a backup, so that names sort by time.
const backupTime = "20060102T150405.000Z"

// wholeSeconds is the time in the name of one that was made outside this package.
const wholeSeconds = "20060102T150405Z"

// BackupFile is a copy of a data file that lies beside it.
type BackupFile struct {
	Path string    `json:"path"`
	Made time.Time `json:"made"`
	Size int64     `json:"size"` // bytes
	Why  BackupWhy `json:"why"`
}

// ToCome reports whether a clock that stood wrong made the backup: nobody can tell when.
func (b BackupFile) ToCome(now time.Time) bool { return b.Made.After(now.Add(time.Hour)) }

// BackupWhy says why a backup was made.
type BackupWhy string

// The reasons.
const (
	Rolling  BackupWhy = "daily"                 // by itself; see [Store.RollBackups]
	AtEnd    BackupWhy = "session finalised"     // by whom finalised a session, at the screen
	Convert  BackupWhy = "before the new format" // before a file of an older program was converted
	Replaced BackupWhy = "before restoring"      // what lay there when a backup was restored
	Asked    BackupWhy = "asked for"             // with a name as calibrate backup gives it
)

// Backups lists the copies that lie beside a data file, the latest first. The file
// itself need not be there.
func Backups(path string) ([]BackupFile, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil, fmt.Errorf("looking for backups: %w", err)
	}
	var found []BackupFile
	for _, entry := range entries {
		made, why, ok := backupName(filepath.Base(path), entry.Name())
		if !ok {
			continue
		}
		info, err := entry.Info()
		if notThere(err) || err == nil && !info.Mode().IsRegular() {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("looking for backups: %w", err)
		}
		found = append(found, BackupFile{Path: filepath.Join(filepath.Dir(path), entry.Name()), Made: made, Size: info.Size(), Why: why})
	}
	slices.SortFunc(found, func(a, b BackupFile) int { return cmp.Or(b.Made.Compare(a.Made), cmp.Compare(a.Path, b.Path)) })
	return found, nil
}

// backupName reads the name of a backup of a file.
func backupName(file, name string) (made time.Time, why BackupWhy, ok bool) {
	ext := filepath.Ext(file)
	stamp, layout := "", backupTime
	if rest, is := strings.CutPrefix(name, file+".backup-"); is {
		stamp, why = rest, Rolling
	} else if rest, is := strings.CutPrefix(name, file+".replaced-"); is {
		stamp, why = rest, Replaced
	} else if rest, is := strings.CutPrefix(name, file+".finalised-"); is {
		stamp, why, layout = strings.TrimSuffix(rest, ".bak"), AtEnd, wholeSeconds
	} else if rest, is := strings.CutPrefix(name, file+".format-"); is {
		_, rest, _ = strings.Cut(rest, ".")
		stamp, why = strings.TrimSuffix(rest, ".bak"), Convert
	} else if rest, is := strings.CutPrefix(name, strings.TrimSuffix(file, ext)+"-"); is {
		stamp, why, layout = strings.TrimSuffix(rest, ext), Asked, wholeSeconds
	}
	made, err := time.Parse(layout, stamp)
	return made, why, err == nil
}

// BackupDue reports whether it is time for a rolling backup: none was made within a day,
// nor the file itself, and it has changed since. It looks at names and two headers, so it may be asked
// on every opening.
func (s *Store) BackupDue(now time.Time) bool {
	last, ok := s.lastRolling(now)
	if !ok {
		last.Made = s.meta.Created
	}
	fresh := !last.ToCome(now) && now.Sub(last.Made) < BackupEvery
	return !fresh && s.changedSince(last.Path)
}

func (s *Store) lastRolling(now time.Time) (last BackupFile, ok bool) {
	all, err := Backups(s.path)
	i := slices.IndexFunc(all, func(b BackupFile) bool { return b.Why == Rolling && !b.ToCome(now) })
	if err != nil || i < 0 {
		return last, false
	}
	return all[i], true
}

// changedSince reports whether the file is another than its backup, by the number of
// the last change. Where that cannot be seen, it is.
func (s *Store) changedSince(backup string) bool {
	f, err := os.Open(backup)
	if err != nil {
		return true
	}
	defer f.Close()
	p, err := pagesOf(f)
	if err != nil {
		return true
	}
	same := false
	err = s.look(func(tx *transaction) error {
		same = uint64(tx.ID()) == p.meta.txid
		return nil
	})
	return err != nil || !same
}

// RollBackups makes a backup beside the file, dated now, and of those that were made so
// takes away all but the [KeptBackups] latest. Where nothing has changed since the last
// one it does nothing, and the path is empty. Others may read and write meanwhile; when
// ctx ends first, nothing is left behind. Files with other names are never touched.
func (s *Store) RollBackups(ctx context.Context, now time.Time) (path string, err error) {
	if last, ok := s.lastRolling(now); ok && !s.changedSince(last.Path) {
		return "", nil
	}
	path = s.path + ".backup-" + now.UTC().Format(backupTime)
	if err := s.stillThere(); err != nil {
		return "", err
	}
	err = durable.Write(path, func(tmp string) error { return s.copyTo(long{ctx: ctx}, tmp) })
	if errors.Is(err, fs.ErrExist) {
		return "", nil // another one made it in this very moment
	}
	if err == nil {
		err = errors.Join(s.dropOlderThan(path, now), s.dropRemains(now))
	}
	if err != nil {
		return "", fmt.Errorf("the daily backup of %s was not made: %w", s.path, err)
	}
	return path, nil
}

// dropOlderThan leaves the latest rolling backups, and the one that was just made in any
// case. One that is dated to come takes no other's place, and stays: it may hold what no
// other does.
func (s *Store) dropOlderThan(made string, now time.Time) error {
	all, err := Backups(s.path)
	if err != nil {
		return err
	}
	kept := 1
	for _, b := range all {
		if b.Why != Rolling || b.Path == made || b.ToCome(now) {
			continue
		}
		if kept++; kept <= KeptBackups {
			continue
		}
		if err := os.Remove(b.Path); err != nil && !notThere(err) {
			return err
		}
	}
	return nil
}

// dropRemains takes away what a program that was killed left half written: temporary
// files, that nobody has touched for a day.
func (s *Store) dropRemains(now time.Time) error {
	entries, err := os.ReadDir(filepath.Dir(s.path))
	if err != nil {
		return err
	}
	begin, end := durable.Temporary(s.path)
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasPrefix(name, begin) || !strings.HasSuffix(name, end) {
			continue
		}
		info, err := entry.Info()
		if err != nil || now.Sub(info.ModTime()) < BackupEvery {
			continue
		}
		if err := os.Remove(filepath.Join(filepath.Dir(s.path), name)); err != nil && !notThere(err) {
			return err
		}
	}
	return nil
}
