package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// environment is all that the pictured program sees of the machine.
func environment(home string, more ...string) []string {
	return append([]string{"HOME=" + home, "USER=leilani", "LANG=C.UTF-8", "TZ=UTC"}, more...)
}

// terminal is one of tmux, with a program in it.
type terminal struct{ socket string }

// open starts a program in a terminal of so many columns and rows, which has a name.
func open(work, name string, cols, rows int, program []string) (*terminal, error) {
	t := &terminal{filepath.Join(work, "tmux-"+name)}
	_, err := t.tmux("new-session", "-d", "-x", fmt.Sprint(cols), "-y", fmt.Sprint(rows), quoted(program))
	return t, err
}

// quoted is a command as a shell takes it.
func quoted(words []string) string {
	var out []string
	for _, w := range words {
		out = append(out, "'"+strings.ReplaceAll(w, "'", `'\''`)+"'")
	}
	return strings.Join(out, " ")
}

// close ends the terminal, and what runs in it.
func (t *terminal) close() { _, _ = t.tmux("kill-server") }

func (t *terminal) tmux(args ...string) ([]byte, error) {
	out, err := exec.Command("tmux", append([]string{"-u", "-S", t.socket, "-f", "/dev/null"}, args...)...).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("tmux %s: %w\n%s", args[0], err, out)
	}
	return out, err
}

// take takes the steps.
func (t *terminal) take(steps []step) error {
	for _, s := range steps {
		if err := t.see(s.see); err != nil {
			return err
		}
		for _, k := range s.keys {
			if _, err := t.tmux("send-keys", k); err != nil {
				return err
			}
		}
	}
	return nil
}

// resize makes the terminal another size.
func (t *terminal) resize(cols, rows int) error {
	_, err := t.tmux("resize-window", "-x", fmt.Sprint(cols), "-y", fmt.Sprint(rows))
	return err
}

const pause, patience = 50 * time.Millisecond, time.Minute

// see waits until a text is on the screen.
func (t *terminal) see(text string) error {
	var shown []byte
	for late := time.Now().Add(patience); time.Now().Before(late); time.Sleep(pause) {
		var err error
		if shown, err = t.tmux("capture-pane", "-p"); err != nil {
			return err
		}
		if strings.Contains(string(shown), text) {
			return nil
		}
	}
	return fmt.Errorf("waited for %q, and saw\n%s", text, shown)
}

// settled waits until nothing on the screen has changed for a while, and returns what is
// shown, with its colours.
func (t *terminal) settled() ([]byte, error) {
	const still = 20
	before := []byte(nil)
	for times, late := 0, time.Now().Add(patience); time.Now().Before(late); time.Sleep(pause) {
		shown, err := t.tmux("capture-pane", "-ep")
		if err != nil {
			return nil, err
		}
		if times++; !bytes.Equal(shown, before) {
			times, before = 0, shown
		}
		if times == still {
			return shown, nil
		}
	}
	return nil, fmt.Errorf("the screen does not come to rest")
}
