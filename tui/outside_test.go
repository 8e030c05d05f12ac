package tui

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"calibrate/calibration"
	"calibrate/internal/editfile"
)

// withEditor has ctrl+e run a shell command on the text's file.
func (d *driver) withEditor(command string) (folder string) {
	d.t.Helper()
	if runtime.GOOS == "windows" {
		d.t.Skip("skipped: the editor of this test is a shell")
	}
	folder = d.t.TempDir()
	d.app.env.edit = func(text string, most int) (*Editing, error) {
		file, err := editfile.New(folder, text, most)
		if err != nil {
			return nil, err
		}
		return &Editing{File: file, Editor: file.Command(d.t.Context(), command), Before: func() {}, After: func() {}}, nil
	}
	return folder
}

const replaces = `sh -c 'printf "One.\\nTwo \\033[2J.\\n" >"$0"'`

// What an editor wrote is taken as if it had been typed: cleaned, autosaved, undone.
func TestOwnEditorOnARationale(t *testing.T) {
	d := drive(t).press("enter", "enter").write("Before")
	folder := d.withEditor(replaces)
	d.press("ctrl+e").sees("┃ One.", "┃ Two ␛[2J.").seesNot("Before")
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("the editor's file is still there: %v", left)
	}
	d.press("ctrl+_").sees("┃ Before").press("ctrl+y").sees("┃ One.").tick().again().press("enter", "enter").sees("┃ One.")
	d.withEditor(`sh -c 'echo " More." >>"$0"'`)
	d.press("ctrl+e", "ctrl+s").sees("saved 1-low")
	if got := d.store.Held.Decisions[0].Rationale; got != "One.\nTwo ␛[2J.\n More." {
		t.Errorf("recorded %q", got)
	}
}

func TestOwnEditorOnEveryLongText(t *testing.T) {
	d := drive(t).press("enter", "m").write("Before")
	d.withEditor(replaces)
	d.press("ctrl+e").sees("note: One. Two ␛[2J.").press("enter", "u").seesNot("One.")

	s := revealedSeance(t)
	s.press("s", "enter", "enter")
	for _, form := range []string{"m", "y tab", "x tab", "u"} {
		s.withEditor(replaces)
		s.follow(form).press("ctrl+e").sees("One. Two").press("esc")
	}
	s.press("x").write("ab").press("left", "ctrl+e", "c").sees("abc").press("esc") // in a short field it is the end
	n := newSeance(t)
	n.withEditor(replaces)
	n.press("s", "enter", "enter", "R", "ctrl+e").sees("One. Two")
}

func TestOwnEditorThatFailsLeavesTheText(t *testing.T) {
	for command, words := range map[string]string{
		`sh -c 'exit 3'`: "exit status 3", "/no/such/editor": "the editor ended with an error", `rm`: "reading what was edited",
	} {
		d := drive(t).press("enter", "enter").write("Before")
		folder := d.withEditor(command)
		d.press("ctrl+e").says(words).sees("┃ Before")
		if left, _ := os.ReadDir(folder); len(left) > 0 {
			t.Errorf("%s: the file is still there: %v", command, left)
		}
		d.press("esc").write("!").sees("┃ Before!")
	}
	d := drive(t).press("enter", "enter").write("Before")
	d.app.env.edit = func(string, int) (*Editing, error) { return nil, errors.New("no editor is named") }
	d.press("ctrl+e").sees("no editor is named", "┃ Before").press("esc").write("!").sees("┃ Before!")
}

// heldBack is what the files hold that editors left in a folder.
func heldBack(t *testing.T, folder string) string {
	t.Helper()
	texts, err := filepath.Glob(filepath.Join(folder, "*", "text.md"))
	if err != nil || len(texts) != 1 {
		t.Fatalf("%v, %v", texts, err)
	}
	text, err := os.ReadFile(texts[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// An editor that falls over, or whose window is closed, takes nothing with it that was
// written: where that is is said.
func TestWhatAnEditorWroteIsNotLostWithIt(t *testing.T) {
	d := drive(t).press("enter", "enter").write("Before")
	folder := d.withEditor(`sh -c 'echo Not lost. >"$0"; exit 3'`)
	d.press("ctrl+e").says("exit status 3").says("what you wrote is in").sees("┃ Before")
	if got := heldBack(t, folder); got != "Not lost.\n" {
		t.Errorf("it holds %q", got)
	}
}

func TestOwnEditorIsLimitedAsTypingIs(t *testing.T) {
	d := drive(t).press("enter", "enter").write("Before")
	for _, size := range []int{calibration.MaxRationale + 1, 200_000} {
		folder := d.withEditor(fmt.Sprintf(`sh -c 'yes "much more of it" | head -c %d | tr "\n" " " >"$0"'`, size))
		d.press("ctrl+e").says("no room for all that you wrote; it is in")
		if n := len(d.app.top().(*place).rationale.text); n > calibration.MaxRationale || n < calibration.MaxRationale-20 {
			t.Errorf("%d bytes were taken", n)
		}
		if n := len(heldBack(t, folder)); n != size {
			t.Errorf("%d of %d bytes are left", n, size)
		}
		d.press("esc")
	}
}

// Whoever votes blind hands the laptop on: an editor that remembers is no place for that.
func TestNoOwnEditorForWhoVotesBlind(t *testing.T) {
	s := newSeance(t)
	begun := false
	s.app.env.edit = func(string, int) (*Editing, error) { begun = true; return nil, nil }
	s.press("s", "enter", "enter", "enter", "enter", "enter").write("Secret.").press("ctrl+e").says("no other editor while somebody votes blind")
	s.press("esc", "m").write("Secret.").press("ctrl+e").says("no other editor while somebody votes blind")
	if begun {
		t.Error("a file was written")
	}
}

func TestNoEditorBehindTheCover(t *testing.T) {
	d := drive(t).press("enter", "enter").write("Before")
	d.app.env.edit = func(string, int) (*Editing, error) { t.Error("an editor opens"); return nil, errors.New("") }
	d.press("ctrl+p", "ctrl+e").sees("┃ Before")
}

// Keys that come while the editor has the terminal wait for what it wrote.
func TestKeysWaitForTheEditor(t *testing.T) {
	d := drive(t).press("enter", "enter").write("Before")
	d.withEditor(replaces)
	_, lay := d.app.Update(keyNamed(t, "ctrl+e"))
	d.app.Update(keyNamed(t, "x"))
	d.sees("┃ Before").seesNot("Beforex")
	d.run(lay)
	d.sees("┃ One.", "Two ␛[2J.x")
}

func TestLeavingWhileTheEditorIsLaidOut(t *testing.T) {
	d := drive(t).press("enter", "enter").write("Before")
	folder := d.withEditor("exit 1;")
	_, lay := d.app.Update(keyNamed(t, "ctrl+e"))
	d.press("ctrl+c")
	d.run(lay)
	if left, _ := os.ReadDir(folder); len(left) > 0 || !d.quit {
		t.Errorf("quit %v, left behind: %v", d.quit, left)
	}
}

func TestDemoOpensFromTheEmptyListAndComesBack(t *testing.T) {
	d := drive(t, nobody).sees("Nobody is here yet", "opens the demo").press("d").sees("that was the demo", "Nobody is here yet")
	if d.demos != 1 {
		t.Errorf("opened %d times", d.demos)
	}
	d.demoFails = errDiskFull
	d.press("d").sees("the demo did not open: no space left on device").press("esc", "n").write("Ada").press("enter").sees("Ada is in the list")
	if d.press("d"); d.demos != 2 {
		t.Error("it opens from a list with people")
	}
	d = drive(t, nobody)
	d.app.env.within = true
	d.sees("q leave the demo")
}

func TestSuspendingKeepsTheWorkFirst(t *testing.T) {
	d := drive(t).press("enter", "space", "enter").write("half")
	before := d.screen()
	d.press("ctrl+z")
	if w, _, _ := d.store.Walk("0042", "grace", ""); d.stops != 1 || len(w.Track().Ticks) != 1 || w.Track().Form.Rationale != "half" {
		t.Errorf("suspended %d times; on disk: %+v", d.stops, w)
	}
	if d.screen() != before {
		t.Errorf("afterwards:\n%s", d.screen())
	}
	d.store.Fail = errDiskFull
	d.write("!").press("ctrl+z").sees("could not be kept", "half!")
	if d.stops != 2 {
		t.Error("what cannot be kept holds it up")
	}
	d.app.env.canSuspend = func() bool { return false }
	d.press("esc", "ctrl+z").sees("no shell is there")
	if d.stops != 2 {
		t.Error("suspended to nobody")
	}
}

// The time that a session is suspended, or an editor open, is nobody's.
func TestNoTimeIsSpentElsewhere(t *testing.T) {
	s := revealedSeance(t)
	s.press("s", "enter", "enter")
	s.later(30 * time.Second)
	s.press("m")
	s.app.env.edit = func(text string, most int) (*Editing, error) {
		file, err := editfile.New(t.TempDir(), text, most)
		return &Editing{File: file, Editor: exec.Command("true"), Before: func() { s.clock = s.clock.Add(10 * time.Minute) }, After: func() {}}, err
	}
	s.press("ctrl+e", "esc")
	s.later(10 * time.Second)
	s.press("esc")
	spent := 0
	for _, e := range s.events(calibration.Spent) {
		spent += e.Seconds
	}
	if spent != 40 {
		t.Errorf("%d seconds were spent", spent)
	}
}

func TestUndoInAField(t *testing.T) {
	e := newTextEditor(1000)
	write := func(text string) {
		for _, r := range text {
			if r == ' ' {
				e.update(keyNamed(t, "space"))
			} else {
				e.update(keyNamed(t, string(r)))
			}
		}
	}
	write("one two")
	e.update(keyNamed(t, "ctrl+w"))
	write("three")
	for _, want := range []string{"one ", "one two", "one ", "one", "", ""} {
		if e.update(keyNamed(t, "ctrl+_")); e.text != want {
			t.Fatalf("undone to %q, want %q", e.text, want)
		}
	}
	for range 9 {
		e.update(keyNamed(t, "ctrl+y"))
	}
	if e.text != "one three" {
		t.Errorf("redone to %q", e.text)
	}
	e.update(keyNamed(t, "ctrl+_"))
	write("x")
	if e.update(keyNamed(t, "ctrl+y")); e.text != "one x" {
		t.Errorf("redone after typing: %q", e.text)
	}
	e.update(keyNamed(t, "left"))
	write("y")
	if e.update(keyNamed(t, "ctrl+_")); e.text != "one x" {
		t.Errorf("undone to %q", e.text)
	}
}

func TestHugePaste(t *testing.T) {
	d := drive(t).press("n").paste(strings.Repeat("Ada\u2028Lovelace\n", 3e5)).sees("is full", "Ada Lovelace")
	d.fitsTerminal()
}

// A text that an editor wrote for an app that did not live to read it is told of until that
// was read, one after the other.
func TestLeftTextsAreToldOf(t *testing.T) {
	d := drive(t)
	left := func(paths []string, err error) *driver {
		d.app = newApp(d.app.env)
		d.app.env.left = func() ([]string, error) { return paths, err }
		d.run(d.app.Init())
		return d.size(80, 24)
	}
	left([]string{"/state/calibrate-text-1/text.md", "/state/\x1b[2J/text.md"}, nil).sees("an earlier calibrate ended before", "/state/calibrate-text-1/text.md; copy", "esc: 1 more", "Ada Lovelace")
	d.press("down").sees("/state/calibrate-text-1/text.md").press("esc").says("/state/␛[2J/text.md").press("esc").seesNot("earlier calibrate")
	left(nil, errDiskFull).says(errDiskFull.Error())
	left(nil, nil).sees("enter walk")
}
