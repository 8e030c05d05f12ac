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
func environment(home string) []string {
	return []string{"HOME=" + home, "USER=leilani", "LANG=C.UTF-8", "TZ=UTC", "TERM=xterm-256color", "COLORTERM=truecolor"}
}

// capture opens the demo in a terminal, takes the steps, and returns what is shown in
// the end, with its colours.
func capture(work, binary string, p picture) (shown []byte, err error) {
	socket := filepath.Join(work, "tmux")
	tmux := func(args ...string) ([]byte, error) {
		out, err := exec.Command("tmux", append([]string{"-u", "-S", socket, "-f", "/dev/null"}, args...)...).CombinedOutput()
		if err != nil {
			err = fmt.Errorf("tmux %s: %w\n%s", args[0], err, out)
		}
		return out, err
	}
	shell := append(append([]string{"env", "-i"}, environment(work)...), binary, "demo", "--theme", "dark", "--blank-after", "0")
	_, err = tmux("new-session", "-d", "-x", fmt.Sprint(p.cols), "-y", fmt.Sprint(p.rows), strings.Join(shell, " "))
	if err != nil {
		return nil, err
	}
	defer func() { _, _ = tmux("kill-server") }() // the demo's file goes with it
	for _, s := range p.steps {
		if err := see(tmux, s.see); err != nil {
			return nil, err
		}
		for _, k := range s.keys {
			if _, err := tmux("send-keys", k); err != nil {
				return nil, err
			}
		}
	}
	return settled(tmux)
}

type caller func(args ...string) ([]byte, error)

const pause, patience = 50 * time.Millisecond, time.Minute

// see waits until a text is on the screen.
func see(tmux caller, text string) error {
	var shown []byte
	for late := time.Now().Add(patience); time.Now().Before(late); time.Sleep(pause) {
		var err error
		if shown, err = tmux("capture-pane", "-p"); err != nil {
			return err
		}
		if strings.Contains(string(shown), text) {
			return nil
		}
	}
	return fmt.Errorf("waited for %q, and saw\n%s", text, shown)
}

// settled waits until nothing on the screen has changed for a while.
func settled(tmux caller) ([]byte, error) {
	const still = 20
	before := []byte(nil)
	for times, late := 0, time.Now().Add(patience); time.Now().Before(late); time.Sleep(pause) {
		shown, err := tmux("capture-pane", "-ep")
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
