package terminaltest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"calibrate/internal/terminaltest"
)

// reads prints the bytes of every read from a raw terminal on a line of its own.
const reads = `stty raw -echo; printf 'ready\r\n'; while :; do dd bs=64 count=1 2>/dev/null | od -An -c | tr -s ' \n' ' '; printf '.\r\n'; done`

func sh(t testing.TB, o terminaltest.Options, script string) *terminaltest.Terminal {
	t.Helper()
	return terminaltest.Start(t, o, "/bin/sh", "-c", script)
}

func TestTypeIsOneReadAndPressIsOneEach(t *testing.T) {
	term := sh(t, terminaltest.Options{}, reads)
	term.WaitFor("ready")
	term.Type("ll")
	term.WaitFor(" l l .")
	term.Press("a", "enter", "esc", "q", "up", "ctrl+s", "alt+x", "space")
	screen := term.WaitUntil(func(s terminaltest.Screen) bool { return strings.Count(s.String(), ".") == 9 })
	want := []string{"ready", " l l .", " a .", ` \r .`, " 033 .", " q .", " 033 [ A .", " 023 .", " 033 x .", " ."}
	if diff := cmp.Diff(want, screen.Lines[:len(want)]); diff != "" {
		t.Error(diff)
	}
}

func TestScreenCountsCells(t *testing.T) {
	term := sh(t, terminaltest.Options{Cols: 20, Rows: 4}, `printf 'ab漢字c\r\n👩‍👩‍👧\033[2;5Hx\033[4;20H'; cat`)
	screen := term.WaitFor("x")
	if diff := cmp.Diff([]string{"ab漢字c", "👩‍👩‍👧  x", "", ""}, screen.Lines); diff != "" {
		t.Error(diff)
	}
	if screen.Cols != 20 || screen.Rows != 4 || screen.CursorX != 19 || screen.CursorY != 3 {
		t.Errorf("got %+v", screen)
	}
}

func TestScreenKnowsFullScreenAndCursor(t *testing.T) {
	term := sh(t, terminaltest.Options{}, `printf '\033[?1049h\033[?25lapp'; read x; printf '\033[?1049l\033[?25hshell'; read x`)
	if s := term.WaitFor("app"); !s.AltScreen || s.CursorShown {
		t.Errorf("full-screen %v, cursor %v; want it full-screen without a cursor", s.AltScreen, s.CursorShown)
	}
	term.Press("enter")
	if s := term.WaitFor("shell"); s.AltScreen || !s.CursorShown {
		t.Errorf("full-screen %v, cursor %v; want neither screen nor cursor changed", s.AltScreen, s.CursorShown)
	}
}

func TestPasteIsBracketedWhereAskedFor(t *testing.T) {
	for ask, want := range map[string]string{
		`printf '\033[?2004h'`: ` 033 [ 2 0 0 ~ a \r b 033 [ 2 0 1 ~ .`,
		`:`:                    ` a \r b .`,
	} {
		term := sh(t, terminaltest.Options{}, ask+";"+reads)
		term.WaitFor("ready")
		term.Paste("a\nb")
		term.WaitFor(want)
	}
}

func TestQueriesAreAnsweredUnlessMute(t *testing.T) {
	ask := `stty raw -echo min 0 time 5; printf 'ready\r\n\033[c\033[6n\033]11;?\007'; dd bs=1 2>/dev/null | tr '\033' '^'; printf done`
	answered := sh(t, terminaltest.Options{}, ask).WaitFor("done").Lines[1]
	for _, want := range []string{"^[?62;1;6;22c", "^[2;1R", "^]11;rgb:"} {
		if !strings.Contains(answered, want) {
			t.Errorf("no %s in %s", want, answered)
		}
	}
	mute := sh(t, terminaltest.Options{Mute: true}, ask).WaitFor("done").Lines[1]
	if mute != "done" {
		t.Errorf("a mute terminal answered %q", mute)
	}
}

func TestRawKeepsEveryByte(t *testing.T) {
	term := sh(t, terminaltest.Options{}, `printf 'a\033[2Jb'`)
	term.WaitExit()
	if got, want := term.Raw(), "a\x1b[2Jb"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestResizeReachesTheProgram(t *testing.T) {
	term := sh(t, terminaltest.Options{Cols: 60, Rows: 15}, `trap 'stty size' WINCH; stty size; while :; do read x; done`)
	term.WaitFor("15 60")
	term.Resize(120, 40)
	term.WaitFor("40 120")
	if s := term.Screen(); s.Cols != 120 || s.Rows != 40 {
		t.Errorf("the screen has %d×%d cells", s.Cols, s.Rows)
	}
}

func TestEndOfTheProgram(t *testing.T) {
	t.Run("by itself", func(t *testing.T) {
		term := sh(t, terminaltest.Options{}, `read x; echo bye; exit 3`)
		term.Press("enter")
		if status := term.WaitExit(); status != 3 || !term.Screen().Contains("bye") {
			t.Errorf("status %d, screen\n%s", status, term.Screen())
		}
	})
	t.Run("by a signal that it handles", func(t *testing.T) {
		term := sh(t, terminaltest.Options{}, `trap 'echo saved; exit 0' TERM; echo ready; while :; do read x; done`)
		term.WaitFor("ready")
		term.Signal(syscall.SIGTERM)
		if status := term.WaitExit(); status != 0 || !term.Screen().Contains("saved") {
			t.Errorf("status %d, screen\n%s", status, term.Screen())
		}
	})
	t.Run("with its window", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "saved")
		term := sh(t, terminaltest.Options{}, `trap 'touch "`+file+`"; exit 0' HUP; echo ready; while :; do read x || sleep 0.01; done`)
		term.WaitFor("ready")
		term.Hangup()
		if status := term.WaitExit(); status != 0 {
			t.Errorf("status %d", status)
		}
		if _, err := os.Stat(file); err != nil {
			t.Error(err)
		}
	})
	t.Run("killed", func(t *testing.T) {
		term := sh(t, terminaltest.Options{}, `trap 'echo saved' TERM; echo ready; while :; do read x; done`)
		term.WaitFor("ready")
		term.Kill()
		if status := term.WaitExit(); status != -1 || term.Screen().Contains("saved") {
			t.Errorf("status %d, screen\n%s", status, term.Screen())
		}
	})
}

func TestEnvironmentIsClean(t *testing.T) {
	t.Setenv("CI", "true")
	t.Setenv("NO_COLOR", "1")
	term := sh(t, terminaltest.Options{Env: []string{"TERM=dumb"}}, `echo "CI=[$CI] NO_COLOR=[$NO_COLOR] TERM=[$TERM]"`)
	term.WaitFor("CI=[] NO_COLOR=[] TERM=[dumb]")
}

func TestGoneWaitsForTextToGo(t *testing.T) {
	term := sh(t, terminaltest.Options{}, `printf 'question'; read x; printf '\033[2J\033[Hanswer'; read x`)
	term.WaitFor("question")
	term.Press("enter")
	term.Gone("question")
	term.WaitFor("answer")
}

// failing stands in for the test, to see how a wait fails.
type failing struct {
	testing.TB
	message chan string
}

func (f failing) Helper() {}

func (f failing) Fatalf(format string, args ...any) {
	f.message <- fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func TestFailureShowsTheScreen(t *testing.T) {
	for name, tt := range map[string]struct{ script, want string }{
		"late":  {`echo all well; cat`, `for "trouble"; the screen`},
		"ended": {`echo all well`, `for "trouble", but the program has ended; the screen`},
	} {
		t.Run(name, func(t *testing.T) {
			f := failing{TB: t, message: make(chan string, 1)}
			term := sh(f, terminaltest.Options{Timeout: 300 * time.Millisecond, Cols: 30, Rows: 3}, tt.script)
			go term.WaitFor("trouble")
			got := <-f.message
			if !strings.Contains(got, tt.want) || !strings.Contains(got, "│all well\n") {
				t.Errorf("got %s", got)
			}
		})
	}
}
