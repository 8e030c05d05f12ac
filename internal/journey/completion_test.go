package journey_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"calibrate/internal/terminaltest"
)

// completing is a shell that is set up as its users set it up.
type completing struct {
	shell string
	argv  []string
	start string // what its start-up file says besides the README's line
}

func completingShells() []completing {
	return []completing{
		{"bash", []string{"bash", "--norc", "-i"}, ". /usr/share/bash-completion/bash_completion; source <(calibrate completion bash)"},
		{"zsh", []string{"zsh", "-f", "-i"}, "autoload -Uz compinit; compinit -u; unsetopt list_beep; source <(calibrate completion zsh)"},
		{"fish", []string{"fish", "--no-config", "-i"}, "calibrate completion fish | source"},
	}
}

// Tab completes what lives in the data file and in the rubric, in each shell, as a
// person sees it: on the command line.
func TestTabInEachShell(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: it is long, and runs beside nothing")
	}
	for _, c := range completingShells() {
		t.Run(c.shell, func(t *testing.T) {
			needs(t, c.argv[0])
			if c.shell == "bash" {
				if _, err := os.Stat("/usr/share/bash-completion/bash_completion"); err != nil {
					t.Skip("skipped: bash-completion is not installed")
				}
			}
			h := newHouse(t)
			h.mustRun("people", "add", "--name", "Ada Lovelace", "--id", "0042", "--team", "Platform")
			h.mustRun("people", "add", "--name", "Conan O'Brien", "--id", "7")
			h.mustRun("people", "add", "--name", `Domain\user`, "--id", "8")
			h.mustRun("session", "new", "Spring round", "--person", "0042")
			term := h.shell(t, c)
			for _, typed := range []struct{ line, becomes string }{
				{"calibrate purg", "calibrate purge"},
				{"calibrate session sh", "calibrate session show"},
				{"calibrate place --person Ad", `calibrate place --person Ada\ Lovelace`},
				{"calibrate place --person 00", "calibrate place --person 0042"},
				{`calibrate place --person "Ada L`, `calibrate place --person "Ada Lovelace"`},
				{`calibrate place --person 'Ada L`, `calibrate place --person 'Ada Lovelace'`},
				{`calibrate place --person Ada\ L`, `calibrate place --person Ada\ Lovelace`},
				{`calibrate place --person "Con`, `calibrate place --person "Conan O'Brien"`},
				{`calibrate place --person Con`, `calibrate place --person Conan\ O\'Brien`},
				{`calibrate place --person Dom`, `calibrate place --person Domain\\user`},
				{`calibrate session show "Sp`, `calibrate session show "Spring round"`},
				{"calibrate session show Sp", `calibrate session show Spring\ round`},
				{"calibrate place --at 3-m", "calibrate place --at 3-mid"},
				{"calibrate place --dimension Ind", "calibrate place --dimension Individual"},
				{"calibrate place --at 3-mid --dimension individual --evidence 3-mid/individual/pro", "--evidence 3-mid/individual/progression-signal/1"},
				{"calibrate compare ag", "calibrate compare agreement"},
				{"calibrate log --form", "calibrate log --format"},
			} {
				term.Type(typed.line)
				term.WaitFor(typed.line)
				term.Press("tab")
				term.WaitFor(typed.becomes)
				term.Press("ctrl+u")
				term.Type("clear\r")
				term.Gone(typed.becomes)
			}
		})
	}
}

// shell opens a shell with completion switched on, and an empty screen.
func (h house) shell(t *testing.T, c completing) *terminaltest.Terminal {
	t.Helper()
	env := append(h.env(), "PATH="+filepath.Dir(h.binary)+":"+os.Getenv("PATH"), "PS1=ready> ")
	term := terminaltest.Start(t, terminaltest.Options{Cols: 120, Env: env, Dir: h.home}, c.argv...)
	term.Type(c.start + "; clear; echo compl''etes\r")
	term.WaitUntil(func(s terminaltest.Screen) bool { return strings.HasPrefix(s.Lines[0], "completes") })
	return term
}

// needs skips a test where a program is missing, but for where all are to be there.
func needs(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		if os.Getenv("CALIBRATE_CI") != "" {
			t.Fatalf("%s is missing; here it must be there", program)
		}
		t.Skipf("skipped: %s is not installed", program)
	}
}
