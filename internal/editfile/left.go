package editfile

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// A program that is killed leaves the text behind that its editor had, and the editor may
// go on. What somebody has written is found again by the next program; what is as it was
// goes after a day.

// folderName is what the folders of texts are called like.
const folderName = "calibrate-text-"

// stale is how old a text is that nobody has changed and nobody is to come back to.
const stale = 24 * time.Hour

// Left are the files below parent with texts that were written by somebody in an editor,
// and that no program has read. Those that are as they were are removed. No file of a
// program that still runs is among them, nor is it touched.
func Left(parent string, now time.Time) (paths []string, err error) {
	entries, err := os.ReadDir(parent)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("looking for texts that were left: %w", err)
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), folderName) {
			continue
		}
		f := &File{folder: filepath.Join(parent, entry.Name()), most: mostLeft}
		written, old, failed := f.left(now)
		switch {
		case failed != nil:
			err = errors.Join(err, failed)
		case written:
			paths = append(paths, f.path())
		case old:
			err = errors.Join(err, f.Remove())
		}
	}
	return paths, err
}

// mostLeft is how much of a text is looked at: more than any text has.
const mostLeft = 1 << 20

// left reports whether a text that no program waits for was changed, and whether it is
// stale.
func (f *File) left(now time.Time) (written, old bool, err error) {
	info, err := os.Stat(f.folder)
	if err != nil || !info.IsDir() {
		return false, false, err
	}
	pid, was, err := f.owner()
	if err != nil || was != "" && runs(pid) {
		return false, false, err
	}
	old = now.Sub(info.ModTime()) > stale
	text, err := os.Stat(f.path())
	if err != nil { // there is nothing that could be lost
		return false, old, nil
	}
	old = old && now.Sub(text.ModTime()) > stale
	return f.written(was), old, nil
}

// written reports whether the file has something that somebody wrote into it.
func (f *File) written(was string) bool {
	is, _, err := f.Read()
	return err == nil && strings.TrimSpace(is) != "" && hashOf(is) != was
}

// Written is where what was written is, "" if it is what the file was made with.
func (f *File) Written() string {
	if _, was, _ := f.owner(); f.written(was) { // of a text of nobody's, all was written
		return f.path()
	}
	return ""
}

// ownerPath is the file that says whose the text is, and what it was.
func (f *File) ownerPath() string { return filepath.Join(f.folder, "owner") }

// owner is the program that the text is of, and the hash of what it was; an empty one where
// that is not said.
func (f *File) owner() (pid int, was string, err error) {
	said, err := os.ReadFile(f.ownerPath())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, "", fmt.Errorf("looking whose text it is: %w", err)
	}
	_, _ = fmt.Sscan(string(said), &pid, &was)
	return pid, was, nil
}

func (f *File) owned(text string) error {
	return os.WriteFile(f.ownerPath(), fmt.Appendf(nil, "%d %s\n", os.Getpid(), hashOf(text)), 0o600)
}

func hashOf(text string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(strings.TrimRight(text, "\r\n"))))
}

// runs reports whether a process is there.
func runs(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	defer func() { _ = p.Release() }()
	if runtime.GOOS == "windows" { // there it is found only if it is there
		return true
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, syscall.EPERM)
}
