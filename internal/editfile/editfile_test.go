package editfile_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"calibrate/internal/editfile"
)

func TestEditorIsTheOneForTheScreen(t *testing.T) {
	for _, c := range []struct{ visual, editor, want string }{{"code --wait", "ed", "code --wait"}, {" ", "nano", "nano"}, {"", "", ""}} {
		got, err := editfile.Editor(func(name string) string { return map[string]string{"VISUAL": c.visual, "EDITOR": c.editor}[name] })
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("VISUAL=%q EDITOR=%q: %q, %v", c.visual, c.editor, got, err)
		}
	}
}

// run edits a text with a shell command that has the file as its argument.
func run(t *testing.T, text string, most int, editor string) (got string, err error) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("skipped: the editor of this test is a shell")
	}
	parent := t.TempDir()
	f, err := editfile.New(parent, text, most)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Command(t.Context(), editor).Run(); err != nil {
		t.Fatal(err)
	}
	got, all, err := f.Read()
	if err == nil && all == (len(got) == most) {
		t.Errorf("%q is all: %v", got, all)
	}
	if err := f.Remove(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(parent); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	return got, err
}

func TestWhatIsWrittenComesBack(t *testing.T) {
	for editor, want := range map[string]string{
		"true":                           "one\ntwo",
		`sh -c 'printf "new\n\n" >"$0"'`: "new",
		`sh -c 'cp "$0" "$0~"; echo three >>"$0"; touch "$(dirname "$0")/.text.md.swp"'`: "one\ntwo\nthree",
		`sh -c 'echo new >"$0.new"; mv "$0.new" "$0"'`:                                   "new",
		`sh -c 'printf 1234567890123456789012345 >"$0"'`:                                 "12345678901234567890",
	} {
		if got, err := run(t, "one\ntwo", 20, editor); err != nil || got != want {
			t.Errorf("%s: %q, %v", editor, got, err)
		}
	}
	for _, editor := range []string{`rm`, `sh -c 'rm "$0"; mkfifo "$0"'`, `sh -c 'rm "$0"; ln -s /etc/passwd "$0"'`} {
		if got, err := run(t, "one", 20, editor); err == nil {
			t.Errorf("%s: %q", editor, got)
		}
	}
}

func TestFileIsForNobodyElse(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("skipped: there are no such modes")
	}
	parent := t.TempDir()
	f, err := editfile.New(parent, "secret", 100)
	if err != nil {
		t.Fatal(err)
	}
	modes := map[string]os.FileMode{}
	if err := filepath.Walk(parent, func(path string, info os.FileInfo, err error) error {
		modes[filepath.Base(path)] = info.Mode().Perm()
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for name, mode := range modes {
		if (name == "text.md" || strings.HasPrefix(name, "calibrate-text-")) && mode&0o077 != 0 {
			t.Errorf("%s has mode %o", name, mode)
		}
	}
	if _, ok := modes["text.md"]; !ok {
		t.Errorf("no text among %v", modes)
	}
	if err := f.Remove(); err != nil {
		t.Error(err)
	}
}

func TestEditorEndsWithTheProgram(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("skipped: there is no sleep")
	}
	f, err := editfile.New(t.TempDir(), "text", 100)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cmd := f.Command(ctx, "sleep 60; true")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	cancel()
	begun := time.Now()
	if err := cmd.Wait(); err == nil || time.Since(begun) > 30*time.Second {
		t.Errorf("it ended after %v with %v", time.Since(begun), err)
	}
}
