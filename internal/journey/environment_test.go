package journey_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"calibrate/internal/terminaltest"
)

// with runs the program with more in its environment.
func (h house) with(env []string, args ...string) (stdout, stderr string) {
	h.t.Helper()
	cmd := exec.Command(h.binary, args...)
	var out, errs bytes.Buffer
	cmd.Env, cmd.Dir, cmd.Stdout, cmd.Stderr = append(h.env(), env...), h.home, &out, &errs
	if err := cmd.Run(); err != nil {
		h.t.Fatalf("calibrate %s: %v\n%s", strings.Join(args, " "), err, &errs)
	}
	return out.String(), errs.String()
}

// The variables that “calibrate help environment” names are heeded by the program as it
// is built, not only by the commands in a test.
func TestEnvironment(t *testing.T) {
	h := newHouse(t)
	folder := func(name string) string { return filepath.Join(h.home, name) }
	xdg := []string{"XDG_DATA_HOME=" + folder("data"), "XDG_CONFIG_HOME=" + folder("conf")}
	h.with(xdg, "people", "add", "--name", "Ada Lovelace", "--id", "0042")
	if _, err := os.Stat(folder("data/calibrate/calibrate.db")); err != nil {
		t.Errorf("XDG_DATA_HOME: %v", err)
	}
	h.with(xdg, "config", "init")
	if _, err := os.Stat(folder("conf/calibrate/config.yaml")); err != nil {
		t.Errorf("XDG_CONFIG_HOME: %v", err)
	}
	if _, err := os.Stat(folder(".local")); err == nil {
		t.Error("something was written beside the XDG folders")
	}
	out, _ := h.with([]string{"CALIBRATE_DB=" + folder("team.db"), "CALIBRATE_REVIEWER=Ida", "CALIBRATE_RUBRIC=product-designer"}, "config", "--format", "json")
	for _, want := range []string{
		`"value":"Ida","source":"CALIBRATE_REVIEWER"`, `"value":"product-designer","source":"CALIBRATE_RUBRIC"`,
		`"value":"` + folder("team.db") + `","source":"CALIBRATE_DB"`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is not in\n%s", want, out)
		}
	}
}

var coloured = regexp.MustCompile(`\x1b\[(?:[0-9;]*;)?(?:[34][0-8]|9[0-7]|10[0-7])[;m]`)

// Colours follow the terminal and what is asked of it.
func TestColoursOfTheApp(t *testing.T) {
	h := newHouse(t)
	for _, test := range []struct {
		name string
		env  []string
		want bool
	}{
		{"a terminal with colours", nil, true},
		{"NO_COLOR", []string{"NO_COLOR=1"}, false},
		{"NO_COLOR wins", []string{"NO_COLOR=1", "CLICOLOR_FORCE=1"}, false},
		{"a terminal without", []string{"TERM=vt100-m"}, false},
		{"CLICOLOR_FORCE", []string{"TERM=dumb", "CLICOLOR_FORCE=1"}, true},
	} {
		term := terminaltest.Start(t, terminaltest.Options{Env: append(h.env(), test.env...), Dir: h.home}, h.binary)
		term.WaitFor("Nobody is here yet")
		term.Press("q")
		term.WaitExit()
		if got := coloured.MatchString(term.Raw()); got != test.want {
			t.Errorf("%s: coloured %v, want %v", test.name, got, test.want)
		}
	}
}

// minute is when a report says that it was made, which may be another one the next time.
var minute = regexp.MustCompile(`as of .* \d\d:\d\d`)

// What a command prints is the same on a pipe, in a narrow and in a wide terminal:
// no colours, no progress, the same columns. Scripts may go by it.
func TestOutputIsTheSameEverywhere(t *testing.T) {
	h := newHouse(t)
	file := filepath.Join(h.home, "demo.db")
	h.mustRun("demo", "--db", file)
	for _, args := range [][]string{
		{"people", "list"}, {"log", "--session", "2025 H2"}, {"session", "list"}, {"session", "show", "2025 H2"},
		{"compare", "spread"}, {"compare", "agreement"}, {"compare", "distribution"}, {"report", "--session", "2025 H2"},
		{"rubric", "list"}, {"rubric", "show"}, {"rubric", "lint"}, {"config"}, {"backup", "--list"}, {"doctor"},
	} {
		args := append(args, "--db", file)
		piped, said := h.with([]string{"CLICOLOR_FORCE=1"}, args...)
		if strings.ContainsAny(piped+said, "\x1b\r") {
			t.Errorf("%v: an escape sequence on a pipe", args)
		}
		for _, cols := range []int{40, 200} {
			// Sentences and progress are for people, and go elsewhere.
			argv := append([]string{"/bin/sh", "-c", `exec "$0" "$@" 2>/dev/null`, h.binary}, args...)
			term := terminaltest.Start(t, terminaltest.Options{Cols: cols, Env: h.env(), Dir: h.home}, argv...)
			term.WaitExit()
			want, shown := minute.ReplaceAllString(piped, "now"), minute.ReplaceAllString(strings.ReplaceAll(term.Raw(), "\r\n", "\n"), "now")
			if shown != want {
				t.Errorf("%v: %d columns change what is printed:\n%s", args, cols, cmp.Diff(want, shown))
			}
		}
	}
}
