package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"calibrate/calibration"
)

func TestBackupIsACopyOfOneMoment(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	mustPlace(t, s, decision("ada", "grace"), r)
	if err := s.SaveWalk(calibration.NewWalk(r, "ada", "grace", ""), r); err != nil {
		t.Fatal(err)
	}
	before := dump(t, s)
	path := filepath.Join(filepath.Dir(s.Path()), "backup.db")
	if err := s.Backup(path); err != nil {
		t.Fatal(err)
	}
	mustPlace(t, s, decision("alan", "grace"), r)

	b := openTest(t, path, options(2))
	wantSame(t, before, dump(t, b))
	if b.ID() != s.ID() {
		t.Error("the copy has another id")
	}
	if report := wantClean(t, b); report.Walks != 1 {
		t.Errorf("the unfinished walk was not copied:\n%s", report)
	}
	mustPlace(t, b, decision("alan", "grace"), r) // a backup can be gone on with
	wantClean(t, b)
}

func TestBackupReplacesNothing(t *testing.T) {
	s := newStore(t)
	folder := filepath.Dir(s.Path())
	mine := filepath.Join(folder, "mine.txt")
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(folder, "link")
	if err := os.Symlink(filepath.Join(folder, "nowhere"), link); err != nil {
		link = folder // not everybody may make links
	}
	for _, dst := range []string{s.Path(), mine, folder, link} {
		if err := s.Backup(dst); !errors.Is(err, fs.ErrExist) {
			t.Errorf("to %s: %v", dst, err)
		} else {
			contains(t, err.Error(), "choose another name")
			contains(t, err.Error(), dst)
		}
	}
	if err := s.Backup(filepath.Join(folder, "not there", "backup.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("into a folder that is not there: %v", err)
	}
	if got := string(readFile(t, mine)); got != "mine" {
		t.Errorf("the file was written over: %q", got)
	}
	wantNoTemporaries(t, folder)
}

// Damage that came after the file was opened does not replace the backups of before.
func TestBackupOfDamageIsRefused(t *testing.T) {
	whole, _ := wholeFile(t)
	s := quickOpen(t, filepath.Join(t.TempDir(), "calibrate.db"), whole, 1)
	defer s.Close()
	leaf, _ := findPage(t, whole, flagLeaf)
	f := must[*os.File](t)(os.OpenFile(s.Path(), os.O_WRONLY, 0))
	must[int](t)(f.WriteAt(make([]byte, testPage), int64(leaf.id)*testPage))
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(filepath.Dir(s.Path()), "backup.db")
	wantError[*DamagedError](t, s.Backup(backup))
	if _, err := os.Stat(backup); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the damaged copy was kept: %v", err)
	}
	wantNoTemporaries(t, filepath.Dir(backup))
}

func wantNoTemporaries(t testing.TB, folder string) {
	t.Helper()
	for _, entry := range must[[]os.DirEntry](t)(os.ReadDir(folder)) {
		if strings.HasSuffix(entry.Name(), ".tmp") {
			t.Errorf("%s was left behind", entry.Name())
		}
	}
}

func TestBackupWhileOthersWrite(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	s.db.NoSync = true
	done := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			default:
				if _, err := s.Place(decision(fmt.Sprint("person ", i), "grace"), r); err != nil {
					t.Error(err)
				}
			}
		}
	})
	for i := range 5 {
		path := filepath.Join(filepath.Dir(s.Path()), fmt.Sprint("backup ", i))
		if err := s.Backup(path); err != nil {
			t.Error(err)
			continue
		}
		wantClean(t, openTest(t, path, Options{ReadOnly: true}))
	}
	close(done)
	group.Wait()
	wantClean(t, s)
}
