package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"calibrate/calibration"
)

// thisFormat is the format of the files that tests make.
var thisFormat = currentLayout().schema

// later is a layout three formats on, whose steps note in a bucket of their own that
// they were taken.
func later(taken *[]int) layout {
	l := layout{schema: thisFormat + 3, steps: slices.Clone(currentLayout().steps)}
	for i := len(l.steps); i < l.schema-1; i++ {
		l.steps = append(l.steps, func(tx *transaction) error {
			*taken = append(*taken, i+2)
			b, err := tx.CreateBucketIfNotExists([]byte("steps"))
			if err != nil {
				return err
			}
			return b.Put([]byte{byte(i + 2)}, []byte("taken"))
		})
	}
	return l
}

// backups lists the files beside the path that are not the path.
func backups(t testing.TB, path string) []string {
	t.Helper()
	var found []string
	for _, entry := range must[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(path))) {
		if entry.Name() != filepath.Base(path) {
			found = append(found, filepath.Join(filepath.Dir(path), entry.Name()))
		}
	}
	return found
}

func olderFile(t testing.TB) (path string, placed calibration.Decision) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "calibrate.db")
	s := openTest(t, path, options(1))
	placed = mustPlace(t, s, decision("ada", "grace"), testRubric(t, "well"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path, placed
}

func TestOlderFileIsMigratedAfterBackup(t *testing.T) {
	path, placed := olderFile(t)
	before := readFile(t, path)
	var taken []int
	l := later(&taken)

	_, err := open(path, Options{ReadOnly: true}, l)
	if err == nil {
		t.Fatal("an older file was opened for reading")
	}
	contains(t, err.Error(), "open it once for writing")
	if !bytes.Equal(before, readFile(t, path)) || len(backups(t, path)) > 0 || len(taken) > 0 {
		t.Fatal("reading an older file changed something")
	}

	s, err := open(path, options(2), l)
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, []int{thisFormat + 1, thisFormat + 2, thisFormat + 3}, taken)
	wantSame(t, placed, must[calibration.Decision](t)(s.Decision(placed.ID)))
	if report := wantClean(t, s); report.Schema != l.schema || report.ID != placed.Origin {
		t.Errorf("not converted:\n%s", report)
	}
	s.Close()
	found := backups(t, path)
	if len(found) != 1 || !strings.HasPrefix(found[0], fmt.Sprintf("%s.format-%d.", path, thisFormat)) || !strings.HasSuffix(found[0], ".bak") {
		t.Fatalf("want one backup beside the file, found %q", found)
	}
	old := openTest(t, found[0], Options{ReadOnly: true})
	wantSame(t, placed, must[calibration.Decision](t)(old.Decision(placed.ID)))

	s, err = open(path, options(2), l)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if len(taken) != 3 || len(backups(t, path)) != 1 {
		t.Error("the file was converted again")
	}
	_, err = Open(path, options(2))
	wantError[*NewerError](t, err)
}

func TestFailedMigrationChangesNothing(t *testing.T) {
	path, placed := olderFile(t)
	var taken []int
	l := later(&taken)
	full := errors.New("something is wrong with it")
	l.steps[thisFormat+1] = func(*transaction) error { return full }
	_, err := open(path, options(2), l)
	if !errors.Is(err, full) {
		t.Fatalf("want an error that says why, got %v", err)
	}
	for _, says := range []string{path, fmt.Sprintf("from format %d to %d", thisFormat+2, thisFormat+3), "unchanged", backups(t, path)[0]} {
		contains(t, err.Error(), says)
	}
	s := openTest(t, path, options(2))
	wantSame(t, placed, must[calibration.Decision](t)(s.Decision(placed.ID)))
	wantClean(t, s)
	if err := s.view(func(tx *transaction) error {
		if tx.Bucket([]byte("steps")) != nil {
			return errors.New("a step was taken")
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

func TestMigrationNeedsItsBackup(t *testing.T) {
	path, _ := olderFile(t)
	before := readFile(t, path)
	o := options(2)
	blocked := fmt.Sprintf("%s.format-%d.%s.bak", path, thisFormat, stamp(options(2).Now()).Format("20060102T150405.000Z"))
	if err := os.WriteFile(blocked, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	var taken []int
	if _, err := open(path, o, later(&taken)); err == nil {
		t.Fatal("the file was converted without a backup")
	} else {
		contains(t, err.Error(), blocked)
	}
	if len(taken) > 0 || !bytes.Equal(before, readFile(t, path)) || string(readFile(t, blocked)) != "mine" {
		t.Error("something was changed")
	}
}

func TestImpossibleFormatIsDamage(t *testing.T) {
	path, _ := olderFile(t)
	s := openTest(t, path, options(1))
	edit(t, s, func(tx *transaction) error {
		m := s.meta
		m.Schema = 0
		return putMeta(tx, m)
	})
	s.Close()
	_, err := Open(path, options(1))
	contains(t, wantError[*DamagedError](t, err).What, "format 0")
}

// A file from before there were purges has nothing that was purged, and can be purged.
func TestFileFromBeforePurges(t *testing.T) {
	path, placed := olderFile(t)
	s := openTest(t, path, options(1))
	edit(t, s, func(tx *transaction) error {
		m := s.meta
		m.Schema = 2
		return errors.Join(putMeta(tx, m), tx.DeleteBucket([]byte(bucketPurged)),
			tx.DeleteBucket([]byte(bucketPurges)), tx.DeleteBucket([]byte(bucketForgotten)))
	})
	s.Close()
	s = openTest(t, path, options(2))
	wantSame(t, placed, must[calibration.Decision](t)(s.Decision(placed.ID)))
	wantSame(t, backups(t, path)[:1], must[[]string](t)(s.Copies()))
	purge(t, s, person("ada"))
	if report := wantClean(t, s); report.Schema != thisFormat || report.Purged != 1 {
		t.Errorf("want it converted:\n%s", report)
	}
}
