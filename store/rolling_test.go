package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"calibrate/calibration"
)

// made lists the rolling backups of a store, the latest first.
func made(t testing.TB, s *Store) (found []BackupFile) {
	t.Helper()
	for _, b := range must[[]BackupFile](t)(Backups(s.Path())) {
		if b.Why == Rolling {
			found = append(found, b)
		}
	}
	return found
}

func TestBackupsRoll(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	mine := s.Path() + ".backup-mine"
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	day := func(n float64) time.Time { return start.Add(time.Duration(n * float64(24*time.Hour))) }
	roll := func(at float64, want bool) {
		t.Helper()
		if got := s.BackupDue(day(at)); got != want {
			t.Errorf("day %v: due %v, want %v", at, got, want)
		}
		if want {
			must[string](t)(s.RollBackups(context.Background(), day(at)))
		}
	}
	roll(0.9, false) // it was only made
	must[string](t)(s.RollBackups(context.Background(), day(0)))
	roll(2, false) // nothing has changed
	mustPlace(t, s, decision("ada", "grace"), r)
	roll(0.9, false)
	roll(1, true)
	for i := range 4 {
		mustPlace(t, s, decision(fmt.Sprint("person ", i), "grace"), r)
		roll(float64(i+2), true)
	}
	found := made(t, s)
	if len(found) != KeptBackups || !found[0].Made.Equal(stamp(day(5))) || !found[2].Made.Equal(stamp(day(3))) {
		t.Errorf("want those of days 5, 4 and 3: %+v", found)
	}
	for i, b := range found {
		copied := openTest(t, b.Path, Options{ReadOnly: true})
		if report := wantClean(t, copied); report.Decisions != 5-i {
			t.Errorf("%s has %d decisions", b.Path, report.Decisions)
		}
		if mode := must[fs.FileInfo](t)(os.Stat(b.Path)).Mode().Perm(); mode != 0o600 && os.PathSeparator == '/' {
			t.Errorf("%s has the mode %#o", b.Path, mode)
		}
	}
	remains := filepath.Join(filepath.Dir(s.Path()), ".calibrate.db.backup-20310314T140926.535Z.1.tmp")
	if err := os.WriteFile(remains, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	// A clock that stood wrong, far ahead, keeps no backup from being made for years, and
	// what it made takes no other's place.
	mustPlace(t, s, decision("ada", "grace"), r)
	roll(4000, true)
	for i := range 4 {
		mustPlace(t, s, decision("ada", "grace"), r)
		roll(float64(i+6), true)
		mustPlace(t, s, decision("ada", "grace"), r)
		roll(float64(i)+6.5, false)
	}
	var days []float64
	for _, b := range made(t, s) {
		days = append(days, math.Round(b.Made.Sub(start).Hours()/24))
	}
	if want := []float64{4000, 9, 8, 7}; !slices.Equal(days, want) {
		t.Errorf("there are those of the days %v, want %v", days, want)
	}
	if string(readFile(t, mine)) != "mine" {
		t.Error("a file with another name was touched")
	}
	wantNoTemporaries(t, filepath.Dir(mine))
}

func TestFinalisingMakesABackup(t *testing.T) {
	path := filepath.Join(t.TempDir(), "calibrate.db")
	var told []error
	o := options(1)
	o.Warn = func(err error) { told = append(told, err) }
	s := openTest(t, path, o)
	session := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Spring", Rubric: testRubric(t, "well").Hash()}))
	must[calibration.Session](t)(s.Finalise(session.ID, "grace"))
	found := made(t, s)
	if len(found) != 1 || len(told) > 0 {
		t.Fatalf("want one backup: %+v, %v", found, told)
	}
	copied := must[[]calibration.Session](t)(openTest(t, found[0].Path, Options{ReadOnly: true}).Sessions())
	if copied[0].State != calibration.Finalised {
		t.Error("the backup was made before the session was finalised")
	}
}

func TestBackupsKnowsEveryName(t *testing.T) {
	s := newStore(t)
	want := map[string]BackupWhy{
		s.Path() + ".backup-20310314T140926.535Z":                    Rolling,
		s.Path() + ".replaced-20310314T140926.535Z":                  Replaced,
		s.Path() + ".format-2.20310314T140926.535Z.bak":              Convert,
		s.Path() + ".finalised-20310314T140926Z.bak":                 AtEnd,
		strings.TrimSuffix(s.Path(), ".db") + "-20310314T140926Z.db": Asked,
	}
	for path := range want {
		if err := s.Backup(path); err != nil {
			t.Fatal(err)
		}
	}
	got := map[string]BackupWhy{}
	for _, b := range must[[]BackupFile](t)(Backups(s.Path())) {
		if got[b.Path] = b.Why; !b.Made.Truncate(time.Second).Equal(start.Truncate(time.Second)) {
			t.Errorf("%s was made at %v", b.Path, b.Made)
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("want %v\ngot  %v", want, got)
	}
}

func TestBackupCanBeStopped(t *testing.T) {
	s := newStore(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.RollBackups(ctx, start); !errors.Is(err, context.Canceled) {
		t.Errorf("want one that says so, got %v", err)
	}
	if left := must[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(s.Path()))); len(left) != 1 {
		t.Errorf("besides the file there are %v", left)
	}
}

func TestRestore(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	first := mustPlace(t, s, decision("ada", "grace"), r)
	backup := must[string](t)(s.RollBackups(context.Background(), start))
	second := mustPlace(t, s, decision("alan", "grace"), r)
	before := readFile(t, backup)

	_, err := Restore(s.Path(), backup, start)
	wantError[*LockedError](t, err)
	contains(t, err.Error(), "nothing was changed")
	s.Close()

	damaged := readFile(t, backup)
	clear(damaged[len(damaged)/4:])
	bad := s.Path() + ".bad"
	if err := os.WriteFile(bad, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	whole := readFile(t, s.Path())
	for _, from := range []string{bad, s.Path(), filepath.Dir(bad), s.Path() + ".not there"} {
		if _, err := Restore(s.Path(), from, start); err == nil {
			t.Errorf("%s was restored", from)
		} else {
			contains(t, err.Error(), "nothing was changed")
		}
		wantSame(t, whole, readFile(t, s.Path()))
	}

	done := must[Restored](t)(Restore(s.Path(), backup, start))
	if done.Decisions != 1 || done.From != backup || string(readFile(t, backup)) != string(before) {
		t.Errorf("%+v", done)
	}
	again := openTest(t, s.Path(), options(2))
	wantClean(t, again)
	must[calibration.Decision](t)(again.Decision(first.ID))
	if _, err := again.Decision(second.ID); err == nil {
		t.Error("the backup was not restored")
	}
	aside := openTest(t, done.Replaced, options(3))
	must[calibration.Decision](t)(aside.Decision(second.ID))
	again.Close()
	aside.Close()

	// What was put aside is found, and a file that is gone can be restored too.
	if err := os.Remove(s.Path()); err != nil {
		t.Fatal(err)
	}
	done = must[Restored](t)(Restore(s.Path(), done.Replaced, start.Add(time.Second)))
	if done.Replaced != "" || done.Decisions != 2 {
		t.Errorf("%+v", done)
	}
	wantNoTemporaries(t, filepath.Dir(bad))
}

// Who waits for the lock of a file while another one takes its name gets the other one.
func TestWaitingWhileABackupIsRestored(t *testing.T) {
	if os.PathSeparator != '/' {
		t.Skip("Windows lets nobody take the name of an open file")
	}
	s, r := newStore(t), testRubric(t, "well")
	mustPlace(t, s, decision("ada", "grace"), r)
	backup := must[string](t)(s.RollBackups(context.Background(), start))
	opened := make(chan *Store)
	go func() {
		o := options(2)
		o.Timeout = 10 * time.Second
		other, err := Open(s.Path(), o)
		if err != nil {
			t.Error(err)
		}
		opened <- other
	}()
	time.Sleep(100 * time.Millisecond) // it waits by now; if not, nothing is tested and nothing fails
	if err := os.Rename(backup, s.Path()); err != nil {
		t.Fatal(err)
	}
	s.Close()
	other := <-opened
	defer other.Close()
	if other != nil && replaced(other.path, other.file) {
		t.Error("the file without a name was opened")
	}
}

// What is saved in a file that has no name any more is lost, so nothing is.
func TestFileThatVanishes(t *testing.T) {
	if os.PathSeparator != '/' {
		t.Skip("Windows lets nobody take an open file away")
	}
	for name, take := range map[string]func(path string) error{
		"deleted": os.Remove,
		"moved":   func(path string) error { return os.Rename(path, path+".moved") },
		"replaced": func(path string) error {
			return errors.Join(os.Remove(path), os.WriteFile(path, []byte("other"), 0o600))
		},
		"a folder in its place": func(path string) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o700)) },
		"its folder deleted":    func(path string) error { return os.RemoveAll(filepath.Dir(path)) },
	} {
		t.Run(name, func(t *testing.T) {
			s, r := newStore(t), testRubric(t, "well")
			placed := mustPlace(t, s, decision("ada", "grace"), r)
			if err := take(s.Path()); err != nil {
				t.Fatal(err)
			}
			_, err := s.Place(decision("ada", "grace"), r)
			wantError[*VanishedError](t, err)
			contains(t, err.Error(), "was not saved")
			_, err = s.RollBackups(context.Background(), start)
			wantError[*VanishedError](t, err)
			must[calibration.Decision](t)(s.Decision(placed.ID)) // reading goes on
			if ds := must[[]calibration.Decision](t)(s.DecisionsOf("ada")); len(ds) != 1 {
				t.Errorf("half of it was saved: %v", ds)
			}
		})
	}
}
