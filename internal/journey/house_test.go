// Package journey tests the program as a whole: the real binary, in a real
// terminal, driven by keys from one end of a job to the other. What a screen looks
// like in detail is tested where the screen is; here it counts whether somebody
// gets their work done, and what of it is there after an accident.
package journey_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"calibrate/calibration"
	"calibrate/internal/terminaltest"
)

// house is where a journey takes place: a person's home folder, empty at first,
// and the program.
type house struct {
	t      testing.TB
	home   string
	binary string
}

func newHouse(t testing.TB) house {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("skipped: journeys take place in a pseudo-terminal, which Windows has not")
	}
	return house{t: t, home: t.TempDir(), binary: terminaltest.Build(t)}
}

// env is the whole of the environment that matters to the program.
func (h house) env() []string {
	return []string{"HOME=" + h.home, "USER=grace", "LOGNAME=grace", "TERM=xterm-256color", "LANG=C.UTF-8"}
}

// open starts the program in a terminal of 80×24.
func (h house) open(args ...string) *terminaltest.Terminal {
	h.t.Helper()
	return terminaltest.Start(h.t, terminaltest.Options{Env: h.env(), Dir: h.home}, append([]string{h.binary}, args...)...)
}

// command runs the program without a terminal.
func (h house) command(args ...string) (stdout, stderr string, status int) {
	h.t.Helper()
	cmd := exec.Command(h.binary, args...)
	var out, errs bytes.Buffer
	cmd.Env, cmd.Dir, cmd.Stdout, cmd.Stderr = h.env(), h.home, &out, &errs
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		h.t.Fatalf("run calibrate %s: %v", strings.Join(args, " "), err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// mustRun runs the program and fails the test unless it succeeds.
func (h house) mustRun(args ...string) string {
	h.t.Helper()
	stdout, stderr, status := h.command(args...)
	if status != 0 {
		h.t.Fatalf("calibrate %s: exit status %d\n%s%s", strings.Join(args, " "), status, stdout, stderr)
	}
	return stdout
}

// decisions reads the log as a script would.
func (h house) decisions() []calibration.Decision {
	h.t.Helper()
	var all []calibration.Decision
	for decoder := json.NewDecoder(strings.NewReader(h.mustRun("log", "--format", "json"))); ; {
		var d calibration.Decision
		if err := decoder.Decode(&d); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			h.t.Fatalf("read the log: %v", err)
		}
		all = append(all, d)
	}
}

// hands are a person's at a terminal, whichever it is.
type hands interface {
	Type(text string)
	Press(keys ...string)
	WaitFor(text string) terminaltest.Screen
}

const rationale = "Defined the golden path that every team now takes; no influence beyond engineering yet."

// addAda adds the first person on the home screen.
func addAda(term hands) {
	term.WaitFor("Nobody is here yet")
	term.Press("n")
	term.WaitFor("New person")
	term.Type("Ada Lovelace")
	term.Press("enter")
	term.WaitFor("Ada Lovelace is in the list")
}

// walkToPlace opens the walk of the person under the cursor, looks at three bands
// of the third level, ticks a statement, judges, and opens the placement at 3-mid.
func walkToPlace(term hands) {
	term.Press("enter")
	term.WaitFor("1 Unsatisfactory · Low")
	term.Press("3")
	term.WaitFor("3 Consistently Delivers · Low")
	term.Press("a")
	term.WaitFor("3 Consistently Delivers · Mid")
	term.Press("space", "f", "right")
	term.WaitFor("3 Consistently Delivers · High")
	term.Press("b", "left")
	term.WaitFor("3 Consistently Delivers · Mid")
	term.Press("enter")
	term.WaitFor("Rationale")
}
