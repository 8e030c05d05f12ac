package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What the flags say of the screen reaches it.
func TestScreenHeedsTheFlags(t *testing.T) {
	s := &shell{Env: Env{Getenv: func(string) string { return "" }}}
	c := s.screen(App{Reviewer: "grace", Session: "S", Theme: "dark", BlankAfter: 5 * time.Minute, Aliases: true})
	if c.Reviewer != "grace" || c.Session != "S" || c.Background != "dark" || c.CoverAfter != 5*time.Minute || !c.Aliases {
		t.Errorf("%+v", c)
	}
}

// A text for the editor lies with what outlives the machine's starting again, for nobody
// else to read, and is found again by another program once it was written.
func TestTextsForTheEditorAreFoundAgain(t *testing.T) {
	s := &shell{Env: Env{Getenv: func(string) string { return "true" }, StateHome: t.TempDir(), Now: time.Now}}
	if _, err := s.ownEditor(t.Context())("A reason.", 100); err != nil {
		t.Fatal(err)
	}
	texts, _ := filepath.Glob(filepath.Join(s.StateHome, "calibrate", "editing", "*", "text.md"))
	if len(texts) != 1 {
		t.Fatalf("the texts are %q", texts)
	}
	if err := os.WriteFile(texts[0], []byte("Another."), 0o600); err != nil {
		t.Fatal(err)
	}
	if left, err := s.leftTexts(); len(left) > 0 || err != nil {
		t.Errorf("while its program runs: %q, %v", left, err)
	}
	owner := filepath.Join(filepath.Dir(texts[0]), "owner")
	data, err := os.ReadFile(owner)
	if err != nil {
		t.Fatal(err)
	}
	dead := strings.Replace(string(data), strconv.Itoa(os.Getpid()), "999999999", 1)
	if err := os.WriteFile(owner, []byte(dead), 0o600); err != nil {
		t.Fatal(err)
	}
	if left, err := s.leftTexts(); !slices.Equal(left, texts) || err != nil {
		t.Errorf("afterwards: %q, %v", left, err)
	}
}
