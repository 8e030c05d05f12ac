package journey_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"calibrate/internal/terminaltest"
)

// needTmux skips a test where there is no tmux, except where it has to be there.
func needTmux(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err == nil {
		return
	}
	if os.Getenv("CALIBRATE_CI") != "" {
		t.Fatal("tmux is missing; here it must be there")
	}
	t.Skip("skipped: tmux is not installed")
}

// click is what a terminal sends for a click at a cell, counted from 0.
func click(x, y int) string { return fmt.Sprintf("\x1b[<0;%d;%dM\x1b[<0;%d;%dm", x+1, y+1, x+1, y+1) }

// wheelDown is what it sends for a notch of the wheel.
func wheelDown(x, y int) string { return fmt.Sprintf("\x1b[<65;%d;%dM", x+1, y+1) }

// cellOf is where on a screen a text begins.
func cellOf(t *testing.T, s terminaltest.Screen, text string) (x, y int) {
	t.Helper()
	for y, row := range s.Lines {
		if before, _, ok := strings.Cut(row, text); ok {
			return len([]rune(before)), y
		}
	}
	t.Fatalf("%q is not on the screen:\n%s", text, s)
	return 0, 0
}

func TestMouseInARealTerminal(t *testing.T) {
	h := newHouse(t)
	for _, name := range []string{"Ada Lovelace", "Grace Hopper", "Edsger Dijkstra"} {
		h.mustRun("people", "add", "--name", name)
	}
	term := h.open()
	screen := term.WaitFor("Grace Hopper")
	x, y := cellOf(t, screen, "Grace Hopper")
	term.Type(click(x, y))
	term.WaitFor("▸  Grace Hopper")
	term.Type(click(x, y))
	term.WaitFor("1 Unsatisfactory · Low")
	term.Type(click(39, 2)) // on the ruler
	term.WaitFor("3 Consistently Delivers · ")
	screen = term.WaitFor("v neighbours") // a click on a key presses it
	x, y = cellOf(t, screen, "v neighbours")
	term.Type(click(x, y))
	screen = term.WaitFor("why not one up")
	x, y = cellOf(t, screen, "esc back")
	term.Type(click(x, y))
	term.WaitFor("v neighbours")
	// A wheel that is turned fast sends more than is read at once: no report is taken for keys.
	term.Type(strings.Repeat(wheelDown(20, 10), 500) + "v")
	screen = term.WaitFor("why not one up")
	if !screen.Contains("3 Consistently Delivers · ") {
		t.Errorf("the wheel was taken for keys:\n%s", screen)
	}
	term.Press("q")
	term.WaitExit()

	off := h.open("--mouse", "off")
	off.WaitFor("Grace Hopper")
	off.Press("q")
	off.WaitExit()
	if strings.Contains(off.Raw(), "\x1b[?1002h") || !strings.Contains(term.Raw(), "\x1b[?1002h") {
		t.Error("--mouse off asks for the mouse, or nothing does")
	}
}

// A shell with job control gets the terminal back, and fg goes on with what was typed.
func TestSuspendAndComeBackInTmux(t *testing.T) {
	needTmux(t)
	h := newHouse(t)
	term := newTmux(t, h)
	term.enter(h.binary)
	addAda(term)
	walkToPlace(term)
	term.Type("Half a thought")
	term.WaitFor("Half a thought")
	for range 2 {
		term.Press("C-z")
		if screen := term.WaitFor("shell:"); screen.Contains("Half a thought") {
			t.Errorf("the app is still on the screen:\n%s", screen)
		}
		term.enter("jobs")
		term.WaitFor("topped") // Stopped, or stopped
		term.enter("fg")
		term.WaitFor("Half a thought")
	}
	term.Type(", and the rest.")
	screen := term.WaitFor("Half a thought, and the rest.")
	x, y := cellOf(t, screen, "high")
	term.Type(click(x, y)) // the mouse is there again
	term.WaitFor("[high]")
	term.Press("ctrl+s")
	term.WaitFor("saved 3-mid · Individual")
	term.Press("q")
	term.WaitFor("shell:")
	if all := h.decisions(); len(all) != 1 || all[0].Rationale != "Half a thought, and the rest." || all[0].Confidence != "high" {
		t.Errorf("the log: %+v", all)
	}
}

// A terminal of its own has no shell that could continue the program.
func TestSuspendWithoutAShell(t *testing.T) {
	h := newHouse(t)
	term := h.open()
	term.WaitFor("Nobody is here yet")
	term.Press("ctrl+z")
	term.WaitFor("no shell is there to come back from")
	term.Press("q")
	if status := term.WaitExit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
}

// The editor has the terminal to itself, ctrl+c among its keys, and leaves nothing behind.
func TestOwnEditorInTmux(t *testing.T) {
	needTmux(t)
	h := newHouse(t)
	editor := filepath.Join(h.home, "my editor")
	script := `#!/bin/sh
[ -t 0 ] && [ -t 1 ] || exit 9
ls -l "$1" >"$HOME/listing"
trap 'printf "Interrupted.\nSecond line.\n" >>"$1"; exit 0' INT
echo "editing in $(stty size)"
while :; do sleep 1; done
`
	if err := os.WriteFile(editor, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	texts := filepath.Join(h.home, "state", "calibrate", "editing")
	term := newTmux(t, h)
	term.enter(`XDG_STATE_HOME=$HOME/state VISUAL="'` + editor + `'" ` + h.binary)
	addAda(term)
	walkToPlace(term)
	term.Type("Typed.")
	term.WaitFor("Typed.")
	term.Press("C-e")
	term.WaitFor("editing in 24 80")
	if left, _ := os.ReadDir(texts); len(left) != 1 {
		t.Errorf("while editing, there are %v", left)
	}
	term.Press("C-c")
	term.WaitFor("Second line.")
	screen := term.WaitFor("Interrupted.")
	if !screen.Contains("Typed.") {
		t.Errorf("what was typed before is gone:\n%s", screen)
	}
	if left, _ := os.ReadDir(texts); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if listing, _ := os.ReadFile(filepath.Join(h.home, "listing")); !strings.HasPrefix(string(listing), "-rw-------") {
		t.Errorf("others could read it: %s", listing)
	}
	term.Press("ctrl+s")
	term.WaitFor("saved 3-mid · Individual")
	term.Press("q")
	term.WaitFor("shell:")
	if all := h.decisions(); len(all) != 1 || all[0].Rationale != "Typed.\nInterrupted.\nSecond line." {
		t.Errorf("the log: %+v", all)
	}
}

// What was written in an editor is not lost with a program that is killed meanwhile: the
// next one says where it is, for as long as it is there.
func TestEditorOutlivesTheProgramInTmux(t *testing.T) {
	needTmux(t)
	h := newHouse(t)
	editor := filepath.Join(h.home, "editor")
	script := "#!/bin/sh\nkill -9 $(cat \"$HOME/pid\")\nsleep 1\necho 'Written after all.' >\"$1\"\necho the editor ends\n"
	if err := os.WriteFile(editor, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	term := newTmux(t, h)
	start := `XDG_STATE_HOME=$HOME/state EDITOR=` + editor + ` sh -c 'echo $$ >"$HOME/pid"; exec ` + h.binary + `'`
	term.enter(start)
	addAda(term)
	walkToPlace(term)
	term.Type("Typed.")
	term.WaitFor("Typed.")
	term.Press("C-e")
	term.WaitFor("the editor ends")
	found, _ := filepath.Glob(filepath.Join(h.home, "state", "calibrate", "editing", "*", "text.md"))
	if len(found) != 1 {
		t.Fatalf("the texts are %v", found)
	}
	for range 2 {
		term.enter("reset; " + start)
		term.WaitFor("an earlier calibrate ended before the editor did")
		term.Press("Escape", "q")
		term.WaitFor("shell:")
	}
	if text, _ := os.ReadFile(found[0]); string(text) != "Written after all.\n" {
		t.Errorf("the text is %q", text)
	}
	if err := os.RemoveAll(filepath.Dir(found[0])); err != nil {
		t.Fatal(err)
	}
	term.enter(start)
	if screen := term.WaitFor("enter walk"); screen.Contains("earlier") {
		t.Errorf("it is told of still:\n%s", screen)
	}
}

// Whoever has nobody to rate yet looks around among invented people and comes back.
func TestDemoFromTheFirstScreen(t *testing.T) {
	h := newHouse(t)
	if err := os.Mkdir(filepath.Join(h.home, "tmp"), 0o700); err != nil {
		t.Fatal(err)
	}
	term := terminaltest.Start(t, terminaltest.Options{Env: append(h.env(), "TMPDIR="+filepath.Join(h.home, "tmp")), Dir: h.home}, h.binary)
	term.WaitFor("opens the demo")
	term.Press("d")
	term.WaitFor("24 people")
	term.WaitFor("leave the demo")
	term.Press("enter")
	term.WaitFor("space seen")
	term.Press("q")
	term.WaitFor("that was the demo")
	term.WaitFor("Nobody is here yet")
	if left, _ := os.ReadDir(filepath.Join(h.home, "tmp")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	addAda(term)
	term.Press("q")
	if status := term.WaitExit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	if people := h.mustRun("people", "list"); strings.Count(people, "\n") > 3 || !strings.Contains(people, "Ada Lovelace") {
		t.Errorf("in the file are\n%s", people)
	}
}
