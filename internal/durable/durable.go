// Package durable writes files that appear whole or not at all, and that are still there
// after the power has failed once it was said that they are.
package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Write makes the file dst: fill writes a temporary file beside it, for nobody else to
// read, which is synced and then given its name, and the name is synced too. A file that is
// there already stays, and the error is [fs.ErrExist].
func Write(dst string, fill func(tmp string) error) error { return write(dst, fill, publish) }

// Replace is [Write], and takes the name from a file that has it.
func Replace(dst string, fill func(tmp string) error) error { return write(dst, fill, os.Rename) }

func write(dst string, fill func(tmp string) error, name func(tmp, dst string) error) error {
	begin, end := Temporary(dst)
	f, err := os.CreateTemp(filepath.Dir(dst), begin+"*"+end) // made with 0600
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
	if err := name(tmp, dst); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(dst))
}

// Temporary is how the names of temporary files for dst begin and end: what a program that
// was killed left behind is known by it.
func Temporary(dst string) (begin, end string) {
	const most = 150 // bytes: the name is longer than that of dst, and names have limits
	base := filepath.Base(dst)
	return "." + strings.ToValidUTF8(base[:min(len(base), most)], "") + ".", ".tmp"
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

// SyncFolder makes the names in a folder durable. Windows does that by itself and
// cannot be asked.
func SyncFolder(dir string) error {
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

// MakeFolder makes the folder and those above it that are missing, for nobody else to
// look into, each of them durable.
func MakeFolder(dir string) error {
	if _, err := os.Stat(dir); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	parent := filepath.Dir(dir)
	if parent != dir {
		if err := MakeFolder(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return SyncFolder(parent)
}
