package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"calibrate/calibration"
)

// A child that may write files up to a length only makes every kind of change, with a
// page more of room each time until it succeeds. Wherever the disk was full before,
// there is an error, nothing has changed, and the store goes on working.
func TestFullDiskLosesNothing(t *testing.T) {
	t.Parallel()
	if path := childFile(); path != "" {
		fillDisk(t, path)
		return
	}
	if errors.Is(limitFiles(-1), errors.ErrUnsupported) {
		t.Skip("this system cannot limit the length of a file")
	}
	c := startChild(t, filepath.Join(t.TempDir(), "calibrate.db"))
	if lines, err := c.finish(); err != nil {
		t.Fatalf("%v: %s\n%s", err, strings.Join(lines, "\n"), c.stderr.String())
	}
}

func fillDisk(t *testing.T, path string) {
	s, r := openTest(t, path, options(1)), testRubric(t, "well")
	mustPlace(t, s, decision("ada", "grace"), r)
	other := openTest(t, path+".other", options(2))
	other.db.NoSync = true
	for i := range 30 {
		mustPlace(t, other, decision(fmt.Sprint("person ", i), "alan"), r)
	}
	batch := must[Batch](t)(other.Export(nil))
	long := decision("ada", "grace")
	long.Rationale = strings.Repeat("because ", 2000)
	var people []calibration.Person
	for range 100 {
		people = append(people, calibration.Person{Name: "Ada"})
	}
	var agenda []string
	for i := range 2000 {
		agenda = append(agenda, fmt.Sprint("person ", i))
	}
	spring := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Spring"})).ID
	backup := path + ".bak"
	for _, change := range []struct {
		name string
		do   func() error
	}{
		{"place", func() error { _, err := s.Place(long, r); return err }},
		{"people", func() error { _, err := s.PutPeople(people...); return err }},
		{"session", func() error {
			_, err := s.PutSession(calibration.Session{Name: "Spring", People: agenda})
			return err
		}},
		{"event", func() error {
			_, err := s.Record(calibration.Event{Session: spring, Kind: calibration.Noted, Person: "ada", By: "grace", Text: long.Rationale})
			return err
		}},
		{"walk", func() error {
			return s.SaveWalk(calibration.NewWalk(r, "ada", "grace", "").Write(calibration.Form{Rationale: long.Rationale}), r)
		}},
		{"rubric", func() error { return s.PutRubric(testRubric(t, strings.Repeat("better", 10))) }},
		{"merge", func() error { _, err := s.Merge(batch); return err }},
		{"purge", func() error {
			plan, err := s.PurgePlan(Selection{People: []string{"person 1", "ada"}})
			if err == nil {
				_, err = s.Purge(plan, "asked to", "grace")
			}
			return err
		}},
		{"backup", func() error { return s.Backup(backup) }},
	} {
		before, refused := everything(t, s), 0
		for withLimit(t, 2+refused, change.do) != nil {
			if refused++; refused > 1000 {
				t.Fatalf("%s: it is refused for another reason: %v", change.name, change.do())
			}
			if diff := cmp.Diff(before, everything(t, s)); diff != "" {
				t.Fatalf("%s: there is an error, and yet (-before +after)\n%s", change.name, diff)
			}
			if _, err := os.Stat(backup); !errors.Is(err, fs.ErrNotExist) {
				t.Fatalf("%s: half a backup is there: %v", change.name, err)
			}
		}
		if refused < 3 {
			t.Errorf("%s: the disk was full only %d times", change.name, refused)
		}
		wantClean(t, s)
	}
	wantNoTemporaries(t, filepath.Dir(path))
	after := everything(t, s)
	s.Close()
	wantSame(t, after, everything(t, openTest(t, path, options(3))))
	wantSame(t, after, everything(t, openTest(t, backup, options(4))))
}

// A file that cannot be made or converted is not there, or as it was.
func TestFullDiskOnOpening(t *testing.T) {
	t.Parallel()
	if path := childFile(); path != "" {
		o := options(1)
		refused := 0
		for withLimit(t, refused, func() error { return openAndClose(path, o, currentLayout()) }) != nil {
			refused++
			if left := must[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(path))); len(left) > 0 {
				t.Fatalf("there is an error, and yet %v is there", left)
			}
		}
		if refused == 0 {
			t.Error("the disk was never full")
		}
		s := openTest(t, path, o)
		mustPlace(t, s, decision("ada", "grace"), testRubric(t, "well"))
		before := everything(t, s)
		s.Close()
		var taken []int
		for refused = 0; withLimit(t, 2+refused, func() error { return openAndClose(path, o, later(&taken)) }) != nil; refused++ {
			s = openTest(t, path, o)
			wantSame(t, before, everything(t, s))
			wantClean(t, s)
			s.Close()
		}
		if refused == 0 {
			t.Error("the disk was never full")
		}
		return
	}
	if errors.Is(limitFiles(-1), errors.ErrUnsupported) {
		t.Skip("this system cannot limit the length of a file")
	}
	c := startChild(t, filepath.Join(t.TempDir(), "calibrate.db"))
	if lines, err := c.finish(); err != nil {
		t.Fatalf("%v: %s\n%s", err, strings.Join(lines, "\n"), c.stderr.String())
	}
}

func openAndClose(path string, o Options, l layout) error {
	s, err := open(path, o, l)
	if err != nil {
		return err
	}
	return s.Close()
}

// withLimit does something while no file may be longer than some pages.
func withLimit(t testing.TB, pages int, do func() error) error {
	t.Helper()
	if err := limitFiles(pages * os.Getpagesize()); err != nil {
		t.Fatal(err)
	}
	err := do()
	if err := limitFiles(-1); err != nil {
		t.Fatal(err)
	}
	return err
}

// everything is each key and value of the file.
func everything(t testing.TB, s *Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	if err := s.view(func(tx *transaction) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				all[fmt.Sprintf("%s/%q", name, k)] = string(v)
				return nil
			})
		})
	}); err != nil {
		t.Fatal(err)
	}
	return all
}
