package journey_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"calibrate/internal/terminaltest"
)

// TestNewcomerInTmux is the second opinion: the newcomer's journey in a terminal
// that is not ours.
func TestNewcomerInTmux(t *testing.T) {
	if _, err := exec.LookPath("tmux"); err != nil {
		if os.Getenv("CALIBRATE_CI") != "" {
			t.Fatal("tmux is missing; here it must be there")
		}
		t.Skip("skipped: tmux is not installed")
	}
	h := newHouse(t)
	term := newTmux(t, h)
	term.enter(h.binary)
	placeAda(term)
	term.WaitFor("shell:")
	term.enter(h.binary)
	findAda(term)
	term.WaitFor("shell:")
	adaIsInTheLog(t, h)
}

// tmux is a terminal of 80×24 with a shell in it.
type tmux struct {
	t      testing.TB
	socket string
}

func newTmux(t testing.TB, h house) tmux {
	t.Helper()
	dir, err := os.MkdirTemp("", "tmux") // t.TempDir may be too long for a socket's name
	if err != nil {
		t.Fatal(err)
	}
	term := tmux{t: t, socket: filepath.Join(dir, "s")}
	t.Cleanup(func() {
		_ = exec.Command("tmux", "-S", term.socket, "kill-server").Run() // it may have ended
		_ = os.RemoveAll(dir)
	})
	// env rather than cmd.Env: tmux itself needs what the shell shall not see.
	shell := fmt.Sprintf("env -i PATH=%s %s PS1=shell: /bin/sh", os.Getenv("PATH"), strings.Join(h.env(), " "))
	term.run("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "-c", h.home, shell)
	term.WaitFor("shell:")
	return term
}

// run calls tmux and returns what it prints.
func (term tmux) run(args ...string) string {
	term.t.Helper()
	cmd := exec.Command("tmux", append([]string{"-u", "-S", term.socket}, args...)...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		term.t.Fatalf("tmux %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// enter has the shell run a command, with a screen that shows nothing older.
func (term tmux) enter(command string) {
	term.t.Helper()
	term.Type("clear; " + command + "\r")
}

func (term tmux) Type(text string) {
	term.t.Helper()
	term.run("send-keys", "-l", text)
}

func (term tmux) Press(keys ...string) {
	term.t.Helper()
	names := map[string]string{
		"enter": "Enter", "esc": "Escape", "space": "Space", "tab": "Tab", "up": "Up", "down": "Down", "left": "Left", "right": "Right", "ctrl+s": "C-s",
	}
	for _, key := range keys {
		if name, ok := names[key]; ok {
			key = name
		}
		term.run("send-keys", key)
	}
}

func (term tmux) WaitFor(text string) terminaltest.Screen {
	term.t.Helper()
	var screen terminaltest.Screen
	const poll, patience = 20 * time.Millisecond, 15 * time.Second
	for late := time.Now().Add(patience); time.Now().Before(late); {
		screen.Lines = strings.Split(strings.TrimRight(term.run("capture-pane", "-p"), "\n"), "\n")
		if screen.Contains(text) {
			return screen
		}
		<-time.After(poll)
	}
	term.t.Fatalf("waited %v for %q; the screen:\n%s", patience, text, screen)
	return screen
}
