package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is written is there whole, or nothing is; what was there stays or is replaced, and
// nothing is left beside it, however long the name is.
func TestFilesAreWhole(t *testing.T) {
	fails := errors.New("disk full")
	for _, name := range []string{"report.md", strings.Repeat("ü", 120) + ".md"} {
		folder := t.TempDir()
		dst := filepath.Join(folder, name)
		fill := func(text string, err error) func(string) error {
			return func(tmp string) error { return errors.Join(os.WriteFile(tmp, []byte(text), 0o600), err) }
		}
		for _, step := range []struct {
			write func(string, func(string) error) error
			fill  func(string) error
			err   error
			holds string // "": the file is not there
		}{
			{Write, fill("half", fails), fails, ""}, {Write, fill("one", nil), nil, "one"}, {Write, fill("two", nil), fs.ErrExist, "one"},
			{Replace, fill("half", fails), fails, "one"}, {Replace, fill("two", nil), nil, "two"},
		} {
			if err := step.write(dst, step.fill); !errors.Is(err, step.err) {
				t.Errorf("%v, want %v", err, step.err)
			}
			if text, err := os.ReadFile(dst); string(text) != step.holds || (err == nil) != (step.holds != "") {
				t.Errorf("it holds %q, want %q; %v", text, step.holds, err)
			}
			if left, err := os.ReadDir(folder); err != nil || len(left) > 1 {
				t.Errorf("beside it lie %v; %v", left, err)
			}
		}
	}
}

// Where a file system has no hard links, a name is reserved before it is taken.
func TestReservedNamesReplaceNothing(t *testing.T) {
	folder := t.TempDir()
	tmp, dst := filepath.Join(folder, "tmp"), filepath.Join(folder, "dst")
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	read := func(path string) string {
		t.Helper()
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	write(tmp, "new")
	if err := reserve(tmp, dst); err != nil {
		t.Fatal(err)
	}
	if got := read(dst); got != "new" {
		t.Errorf("the file holds %q", got)
	}
	write(tmp, "newer")
	if err := reserve(tmp, dst); !errors.Is(err, fs.ErrExist) {
		t.Errorf("want one that says that it is there, got %v", err)
	}
	if got := read(dst); got != "new" {
		t.Errorf("the file was written over: %q", got)
	}
	if err := reserve(filepath.Join(folder, "not there"), filepath.Join(folder, "other")); err == nil {
		t.Error("a file that is not there was renamed")
	}
	if _, err := os.Stat(filepath.Join(folder, "other")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the reserved name was left behind, empty: %v", err)
	}
}
