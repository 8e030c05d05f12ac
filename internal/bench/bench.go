//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"time"
)

// bench is one run.
type bench struct {
	programs
	files files
	most  int  // decisions in the largest file
	short bool // fewer rounds
	say   func(format string, args ...any)
}

// row is one thing that has a target.
type row struct {
	name, what, baseline, target string
	measure                      func(*bench) (result, error)
}

// result is what came of a row: what is compared with the target, and what else there is
// to say.
type result struct {
	checks []check
	note   string // absolute times, for orientation
}

// check is one figure and its limit.
type check struct {
	shown string
	holds bool
}

// atMost compares a ratio with its target.
func atMost(what string, ratio, limit float64) check {
	if what != "" {
		what += " "
	}
	return check{fmt.Sprintf("%s%.2f ×", what, ratio), ratio <= limit}
}

// within compares an absolute time with its target.
func within(took, limit time.Duration) check { return check{showTime(took), took < limit} }

func (r result) holds() bool {
	for _, c := range r.checks {
		if !c.holds {
			return false
		}
	}
	return true
}

func (r result) figures() string {
	shown := ""
	for i, c := range r.checks {
		if i > 0 {
			shown += ", "
		}
		shown += c.shown
	}
	return shown
}

// rounds is how often something is measured.
func (b *bench) rounds(n int) int {
	if b.short {
		return max(3, n/5)
	}
	return n
}

// environment of the program: nothing of whoever runs it.
func (b *bench) environment() []string {
	home := b.files.path("home")
	return []string{
		"PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8",
		"HOME=" + home, "XDG_DATA_HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_STATE_HOME=" + home, "CALIBRATE_REVIEWER=" + reviewer(0, 0),
	}
}

// runs times a command from its start to its end.
func (b *bench) runs(argv ...string) timed {
	return func() (time.Duration, error) {
		command := exec.Command(argv[0], argv[1:]...)
		command.Env = b.environment()
		var said bytes.Buffer
		command.Stderr = &said
		began := time.Now()
		err := command.Run()
		took := time.Since(began)
		if err != nil {
			err = fmt.Errorf("%v: %w\n%s", argv, err, said.Bytes())
		}
		return took, err
	}
}

// calibrateOn is the program's command line for a data file.
func (b *bench) calibrateOn(file string, args ...string) []string {
	return append([]string{b.calibrate, "--db", file}, args...)
}

// measured runs a command in a child, to learn how much memory it had.
func (b *bench) measured(argv ...string) (outcome, error) {
	return spawn(order{Run: argv, Environment: b.environment()})
}
