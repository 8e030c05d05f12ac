package store

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"calibrate/calibration"
)

func TestSecondProcessIsTold(t *testing.T) {
	if path := childFile(); path != "" {
		s := openTest(t, path, options(1))
		mustPlace(t, s, decision("ada", "grace"), testRubric(t, "well"))
		fmt.Println("open")
		untilFinish()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		return
	}
	path := filepath.Join(t.TempDir(), "calibrate.db")
	c := startChild(t, path)
	if line, _ := c.line(); line != "open" {
		t.Fatalf("the first process says %q\n%s", line, c.stderr.String())
	}
	for _, o := range []Options{options(2), {ReadOnly: true}, {Now: clock(), Timeout: time.Millisecond}} {
		began := time.Now()
		_, err := Open(path, o)
		if took := time.Since(began); took > 1200*time.Millisecond*slowdown {
			t.Errorf("it took %v to say so", took)
		}
		wantSame(t, &LockedError{Path: path}, wantError[*LockedError](t, err))
		contains(t, err.Error(), path)
	}
	if _, err := c.finish(); err != nil {
		t.Fatalf("the first process was disturbed: %v\n%s", err, c.stderr.String())
	}
	if report := wantClean(t, openTest(t, path, options(2))); report.Decisions != 1 {
		t.Errorf("the first process lost its decision:\n%s", report)
	}
}

// What only reads may read together, and keeps writers out.
func TestReadersShareAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "calibrate.db")
	s := openTest(t, path, options(1))
	placed := mustPlace(t, s, decision("ada", "grace"), testRubric(t, "well"))
	s.Close()
	first, second := openTest(t, path, Options{ReadOnly: true}), openTest(t, path, Options{ReadOnly: true})
	_, err := Open(path, options(1))
	wantError[*LockedError](t, err)

	var group sync.WaitGroup
	for _, s := range []*Store{first, second} {
		for range 4 {
			group.Go(func() {
				if got, err := s.Decision(placed.ID); err != nil || got.ID != placed.ID {
					t.Errorf("%v, %v", got, err)
				}
				if report, err := s.Check(); err != nil || report.Problems() > 0 {
					t.Errorf("%v\n%s", err, report)
				}
			})
		}
	}
	group.Wait()
	for name, write := range map[string]func() error{
		"people":  func() error { _, err := first.PutPeople(calibration.Person{Name: "Ada"}); return err },
		"session": func() error { _, err := first.PutSession(calibration.Session{Name: "Spring"}); return err },
		"walk": func() error {
			return first.SaveWalk(calibration.NewWalk(testRubric(t, "well"), "ada", "grace", ""), testRubric(t, "well"))
		},
		"rubric": func() error { return first.PutRubric(testRubric(t, "better")) },
		"merge":  func() error { _, err := first.Merge(must[Batch](t)(second.Export(nil))); return err },
	} {
		err := write()
		if err == nil {
			t.Errorf("%s: a file that is open for reading was written", name)
			continue
		}
		contains(t, err.Error(), "reading only")
	}
}

func TestFileIsMadeOnlyForWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "not", "there", "calibrate.db")
	if _, err := Open(path, Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("want one that says that the file is not there, got %v", err)
	} else {
		contains(t, err.Error(), path)
	}
	if _, err := os.Stat(filepath.Dir(filepath.Dir(path))); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder was made for reading: %v", err)
	}
	if _, err := Open(path, Options{}); err == nil {
		t.Error("a file was opened for writing without a clock")
	}
	s := openTest(t, path, options(1))
	if s.Path() != path {
		t.Errorf("its path is %s", s.Path())
	}
	if _, err := parseID(s.ID()); err != nil {
		t.Error(err)
	}
	names := must[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(path)))
	if len(names) != 1 {
		t.Errorf("besides the file there are %v", names)
	}
}

// Whoever comes first makes the file; the others wait for it and find the same one.
func TestFileIsMadeOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "calibrate.db")
	ids := make(chan string, 4)
	var group sync.WaitGroup
	for i := range cap(ids) {
		group.Go(func() {
			s, err := Open(path, Options{Now: clock(), Entropy: entropy(byte(i)), Timeout: 10 * time.Second})
			if err != nil {
				t.Error(err)
				return
			}
			ids <- s.ID()
			s.Close()
		})
	}
	group.Wait()
	close(ids)
	first := <-ids
	for id := range ids {
		if id != first {
			t.Errorf("two files were made: %s and %s", first, id)
		}
	}
}

// Whoever waited for a file that was replaced meanwhile works on the new one.
func TestReplacedFileIsTheOneThatIsOpened(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows lets nobody replace a file that is open")
	}
	folder := t.TempDir()
	path, other := filepath.Join(folder, "calibrate.db"), filepath.Join(folder, "other.db")
	first, second := openTest(t, path, options(1)), openTest(t, other, options(2))
	want := second.ID()
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	opened := make(chan error)
	go func() {
		s, err := Open(path, Options{Now: clock(), Timeout: 20 * time.Second})
		if err == nil {
			if s.ID() != want {
				err = errors.New("the file that was replaced was opened")
			}
			err = errors.Join(err, s.Close())
		}
		opened <- err
	}()
	time.Sleep(150 * time.Millisecond) // by now it waits for the lock of the first
	if err := errors.Join(os.Rename(other, path), first.Close()); err != nil {
		t.Fatal(err)
	}
	if err := <-opened; err != nil {
		t.Error(err)
	}
}

func TestNewerFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "calibrate.db")
	newer := layout{schema: currentLayout().schema + 3}
	s, err := open(path, options(1), newer)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before := readFile(t, path)
	for _, o := range []Options{options(1), {ReadOnly: true}} {
		_, err = Open(path, o)
		wantSame(t, &NewerError{Path: path, Schema: newer.schema, Know: currentLayout().schema}, wantError[*NewerError](t, err))
		contains(t, err.Error(), "update calibrate")
	}
	if !bytes.Equal(before, readFile(t, path)) {
		t.Error("the file was changed")
	}
	names := must[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(path)))
	if len(names) != 1 {
		t.Errorf("besides the file there are %v", names)
	}
}

// Nobody else gets in, whatever rights the user gives to new files.
func TestPermissions(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no rights of this kind: what lies in the user's folder is the user's")
	}
	for _, mask := range []int{0, 0o022, 0o077} {
		restore := setUmask(mask)
		defer restore()
		folder := filepath.Join(t.TempDir(), "a", "b")
		path := filepath.Join(folder, "calibrate.db")
		s := openTest(t, path, options(1))
		backup := filepath.Join(folder, "backup.db")
		if err := s.Backup(backup); err != nil {
			t.Fatal(err)
		}
		for path, want := range map[string]fs.FileMode{
			filepath.Dir(folder): 0o700, folder: 0o700, path: 0o600, backup: 0o600,
		} {
			if got := must[fs.FileInfo](t)(os.Stat(path)).Mode().Perm(); got != want {
				t.Errorf("with the mask %#o %s has the mode %#o, not %#o", mask, path, got, want)
			}
		}
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
		if report := wantClean(t, s); !strings.Contains(report.String(), "other users may open the file (mode 0644)") {
			t.Errorf("a check does not say that others can read the file:\n%s", report)
		}
		restore()
	}
}

// A file that another program damages while it is open is an error too, and the same
// one ever after: bbolt may hold its locks for ever when it has stumbled.
func TestFileDamagedWhileOpen(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows lets nobody cut off a file that is mapped")
	}
	path := filepath.Join(t.TempDir(), "calibrate.db")
	s, r := openTest(t, path, options(1)), testRubric(t, "well")
	mustPlace(t, s, decision("ada", "grace"), r)
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	_, err := s.Place(decision("ada", "grace"), r)
	wantError[*DamagedError](t, err)
	_, err = s.DecisionsOf("ada")
	wantError[*DamagedError](t, err)
	_, err = s.Check()
	wantError[*DamagedError](t, err)
	wantError[*DamagedError](t, s.Backup(path+".bak"))
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := Open(path, options(1)); !errors.As(err, new(*DamagedError)) {
		t.Errorf("the file should be free again: %v", err)
	}
}
