package store

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

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
}
