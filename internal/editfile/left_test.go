package editfile_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"calibrate/internal/editfile"
)

// leave makes a text as a program that was killed leaves it, and returns its file.
func leave(t *testing.T, parent, text string, by int) string {
	t.Helper()
	before, _ := filepath.Glob(filepath.Join(parent, "*", "text.md"))
	if _, err := editfile.New(parent, text, 100); err != nil {
		t.Fatal(err)
	}
	after, _ := filepath.Glob(filepath.Join(parent, "*", "text.md"))
	path := slices.DeleteFunc(after, func(p string) bool { return slices.Contains(before, p) })[0]
	owner := filepath.Join(filepath.Dir(path), "owner")
	data, err := os.ReadFile(owner)
	if err != nil {
		t.Fatal(err)
	}
	own := strconv.Itoa(os.Getpid())
	if err := os.WriteFile(owner, append([]byte(strconv.Itoa(by)), data[len(own):]...), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// gone is the number of a process that has ended.
func gone(t *testing.T) int {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	return cmd.Process.Pid
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// What was written is found whoever looks, and however often; what is as it was goes, but
// not while its editor may be open still, nor while its program runs.
func TestTextsThatWereLeft(t *testing.T) {
	parent, ended := t.TempDir(), gone(t)
	written, same, empty := leave(t, parent, "A reason.", ended), leave(t, parent, "A reason.\n", ended), leave(t, parent, "A reason.", ended)
	running, lost := leave(t, parent, "A reason.", os.Getpid()), leave(t, parent, "", ended)
	write(t, written, "A reason, and more.\n")
	write(t, empty, "\n")
	write(t, running, "A reason, and more.\n")
	if err := os.Remove(lost); err != nil {
		t.Fatal(err)
	}
	exists := func(path string) bool {
		_, err := os.Stat(filepath.Dir(path))
		return !errors.Is(err, os.ErrNotExist)
	}
	for _, c := range []struct {
		later time.Duration
		stay  bool
	}{{0, true}, {time.Hour, true}, {25 * time.Hour, false}, {26 * time.Hour, false}} {
		got, err := editfile.Left(parent, time.Now().Add(c.later))
		if err != nil || !slices.Equal(got, []string{written}) {
			t.Fatalf("after %v: %q, %v; want %q", c.later, got, err, written)
		}
		if !exists(written) || !exists(running) || exists(same) != c.stay || exists(empty) != c.stay || exists(lost) != c.stay {
			t.Errorf("after %v: written %v, running %v, same %v, empty %v, lost %v", c.later, exists(written), exists(running), exists(same), exists(empty), exists(lost))
		}
	}
}

// The name of the folder means nothing but itself.
func TestTextsInAFolderWithAnOddName(t *testing.T) {
	parent := filepath.Join(t.TempDir(), "a[b]*")
	if runtime.GOOS == "windows" {
		parent = strings.TrimSuffix(parent, "*")
	}
	f, err := editfile.New(parent, "A reason.", 100)
	if err != nil {
		t.Fatal(err)
	}
	cmd := f.Command(t.Context(), "editor")
	path := cmd.Args[len(cmd.Args)-1]
	write(t, filepath.Join(filepath.Dir(path), "owner"), strconv.Itoa(gone(t))+" before\n")
	if got, err := editfile.Left(parent, time.Now()); err != nil || !slices.Equal(got, []string{path}) {
		t.Errorf("want %q, got %q, %v", path, got, err)
	}
}

// What lies there and is nothing of ours is left alone, and so is a folder that is not there.
func TestNothingElseIsTouched(t *testing.T) {
	parent := t.TempDir()
	write(t, filepath.Join(parent, "calibrate-text-file"), "mine")
	write(t, filepath.Join(parent, "other.txt"), "mine")
	for _, folder := range []string{parent, filepath.Join(parent, "none")} {
		if got, err := editfile.Left(folder, time.Now().Add(100*time.Hour)); len(got) > 0 || err != nil {
			t.Errorf("%s: %q, %v", folder, got, err)
		}
	}
	if left, _ := os.ReadDir(parent); len(left) != 2 {
		t.Errorf("left are %v", left)
	}
}
