package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Copies returns the paths of the files beside this one that may hold what it held:
// other data files, such as backups, whatever they are called; what a killed program
// left half written; and packets. What was purged here is in them still. It does not
// look into other folders.
func (s *Store) Copies() ([]string, error) {
	path, err := filepath.EvalSymlinks(s.path)
	if err != nil {
		return nil, fmt.Errorf("looking for copies of %s: %w", s.path, err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil, fmt.Errorf("looking for copies of %s: %w", s.path, err)
	}
	var found []string
	for _, entry := range entries {
		name := filepath.Join(filepath.Dir(path), entry.Name())
		if name == path || !entry.Type().IsRegular() {
			continue
		}
		is, err := isDataFile(name)
		if err != nil {
			return nil, fmt.Errorf("looking for copies of %s: %w", s.path, err)
		}
		if is || strings.HasSuffix(name, ".calib") {
			found = append(found, name)
		}
	}
	return found, nil
}

// isDataFile reports whether the file begins like one of bbolt. One that nobody may
// read, or that is gone meanwhile, is none.
func isDataFile(path string) (bool, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, pageHeader+4)
	if _, err := io.ReadFull(f, head); err != nil {
		return false, nil
	}
	return binary.NativeEndian.Uint32(head[pageHeader:]) == boltMagic, nil
}
