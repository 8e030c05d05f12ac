package store

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// Exposed says, as an error, what other users may do to the file, and the command that
// ends it; nil if they may do nothing. They may not read it, and not put another file in
// its place; where the folder holds nothing else, not look into that either.
func (s *Store) Exposed(ownFolder bool) error {
	if runtime.GOOS == "windows" {
		return nil // what lies in the user's folder is the user's
	}
	if info, err := s.file.Stat(); err == nil && info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("other users may open %s (mode %#o); chmod 600 %q", s.path, info.Mode().Perm(), s.path)
	}
	folder := filepath.Dir(s.path)
	info, err := os.Stat(folder)
	if err != nil {
		return nil // the file is open; that the folder cannot be seen is no danger
	}
	mode := info.Mode()
	switch {
	case mode.Perm()&0o022 != 0 && mode&os.ModeSticky == 0:
		return fmt.Errorf("other users may put another file in the place of %s (its folder has the mode %#o); chmod go-w %q", s.path, mode.Perm(), folder)
	case ownFolder && mode.Perm()&0o077 != 0:
		return fmt.Errorf("other users may look into the folder of the data file (mode %#o); chmod 700 %q", mode.Perm(), folder)
	}
	return nil
}
