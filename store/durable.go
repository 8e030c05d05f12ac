package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// writeDurably makes the file dst appear whole or not at all: fill writes a
// temporary file beside it, which is synced and then given its name, and the name is
// synced too. A file that is there already stays, and the error is [fs.ErrExist].
func writeDurably(dst string, fill func(tmp string) error) (err error) {
	dir := filepath.Dir(dst)
	f, err := os.CreateTemp(dir, "."+filepath.Base(dst)+".*.tmp") // made with 0600
	if err != nil {
		return err
	}
	tmp := f.Name()
	defer os.Remove(tmp)
	if err := f.Close(); err != nil {
		return err
	}
	if err := fill(tmp); err != nil {
		return err
	}
	if err := syncFile(tmp); err != nil {
		return fmt.Errorf("syncing %s: %w", tmp, err)
	}
	if err := publish(tmp, dst); err != nil {
		return err
	}
	return syncFolder(dir)
}

// publish gives a finished file its name without ever replacing another. A hard link
// does that in one step; some file systems have none.
func publish(tmp, dst string) error {
	err := os.Link(tmp, dst)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return reserve(tmp, dst)
}

// reserve takes the name before the file gets it. A crash in between leaves an empty
// file of that name.
func reserve(tmp, dst string) error {
	f, err := os.OpenFile(dst, os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err = f.Close(); err == nil {
		err = os.Rename(tmp, dst)
	}
	if err != nil {
		return errors.Join(err, os.Remove(dst))
	}
	return nil
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// syncFolder makes the names in a folder durable. Windows does that by itself and
// cannot be asked.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("syncing the folder %s: %w", dir, err)
	}
	return nil
}

// makeFolder makes the folder and those above it that are missing, for nobody else to
// look into, each of them durable.
func makeFolder(dir string) error {
	if _, err := os.Stat(dir); err == nil || !notThere(err) {
		return err
	}
	parent := filepath.Dir(dir)
	if parent != dir {
		if err := makeFolder(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncFolder(parent)
}
