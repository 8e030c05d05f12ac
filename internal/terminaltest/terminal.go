package terminaltest

import (
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// Options say what terminal a program gets. The zero value is one of 80×24 cells.
type Options struct {
	Cols, Rows int
	// Env is added to a clean environment: PATH, an empty HOME, a UTF-8 locale
	// and a TERM with colours. Later entries win.
	Env []string
	// Dir is the working directory; empty means the test's own.
	Dir string
	// Mute makes a terminal that never answers a query.
	Mute bool
	// Timeout bounds every wait; 0 means 15 seconds.
	Timeout time.Duration
}

// Terminal is a program in a terminal. Its methods belong to the goroutine of the
// test that started it.
type Terminal struct {
	t       testing.TB
	options Options
	command *exec.Cmd
	ours    *os.File // the side of the pseudo-terminal where the person sits
	theirs  *os.File // the program's side, open while the program runs

	exited  chan struct{} // closed when the program has ended
	drained chan struct{} // closed when all that it wrote is on the screen

	mu          sync.Mutex
	emulator    *vt.Emulator
	raw         strings.Builder
	cursorShown bool
	bracketed   bool          // the program asked for bracketed paste
	changed     chan struct{} // closed and replaced whenever the screen may have changed
}

// Start runs argv in a new terminal. It skips the test where there are no
// pseudo-terminals, which is on Windows.
func Start(t testing.TB, o Options, argv ...string) *Terminal {
	t.Helper()
	if !supported {
		t.Skip("skipped: this test drives a pseudo-terminal, which Windows has not")
	}
	if o.Cols == 0 {
		o.Cols = 80
	}
	if o.Rows == 0 {
		o.Rows = 24
	}
	if o.Timeout == 0 {
		o.Timeout = 15 * time.Second
	}
	term := &Terminal{
		t: t, options: o,
		exited: make(chan struct{}), drained: make(chan struct{}), changed: make(chan struct{}),
		emulator: vt.NewEmulator(o.Cols, o.Rows), cursorShown: true,
	}
	term.emulator.SetCallbacks(vt.Callbacks{
		EnableMode:  func(m ansi.Mode) { term.setMode(m, true) },
		DisableMode: func(m ansi.Mode) { term.setMode(m, false) },
	})
	term.start(argv)
	t.Cleanup(term.close)
	return term
}

// setMode is called by the emulator, which is only used under the lock.
func (term *Terminal) setMode(m ansi.Mode, on bool) {
	switch m {
	case ansi.ModeTextCursorEnable:
		term.cursorShown = on
	case ansi.ModeBracketedPaste:
		term.bracketed = on
	}
}

func (term *Terminal) start(argv []string) {
	term.t.Helper()
	var err error
	if term.ours, term.theirs, err = openTerminal(); err != nil {
		term.t.Fatalf("open a pseudo-terminal: %v", err)
	}
	if err := setSize(term.ours, term.options.Cols, term.options.Rows); err != nil {
		term.t.Fatalf("set the size of the terminal: %v", err)
	}
	term.command = exec.Command(argv[0], argv[1:]...)
	term.command.Dir = term.options.Dir
	term.command.Env = append(environment(term.t), term.options.Env...)
	term.command.Stdin, term.command.Stdout, term.command.Stderr = term.theirs, term.theirs, term.theirs
	term.command.SysProcAttr = ownSession()
	if err := term.command.Start(); err != nil {
		_ = term.ours.Close()
		_ = term.theirs.Close()
		term.t.Fatalf("start %s: %v", argv[0], err)
	}
	chunks := make(chan []byte)
	go term.read(chunks)
	go term.show(chunks)
	go term.answer()
	go term.reap()
}

// environment is the same on every machine: CI, NO_COLOR or a user's settings
// must not decide what a test sees.
func environment(t testing.TB) []string {
	env := []string{"TERM=xterm-256color", "LANG=C.UTF-8", "HOME=" + t.TempDir()}
	for _, name := range []string{"PATH", "TMPDIR"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// reap waits for the program, and closes its side so that reading ends after the
// last byte.
func (term *Terminal) reap() {
	_ = term.command.Wait() // its end is told by ProcessState
	_ = term.theirs.Close()
	close(term.exited)
	term.announce()
}

// close ends the program and all that it started in its session.
func (term *Terminal) close() {
	killSession(term.command.Process)
	<-term.exited
	_ = term.ours.Close()
	<-term.drained
	closeInput(term.emulator)
}

// Resize gives the terminal another size and tells the program.
func (term *Terminal) Resize(cols, rows int) {
	term.t.Helper()
	term.mu.Lock()
	term.emulator.Resize(cols, rows)
	term.mu.Unlock()
	if err := setSize(term.ours, cols, rows); err != nil {
		term.t.Fatalf("resize the terminal: %v", err)
	}
}

// Kill ends the program at once, as a crash does: SIGKILL.
func (term *Terminal) Kill() {
	term.t.Helper()
	term.Signal(syscall.SIGKILL)
	term.WaitExit()
}

// Hangup closes the terminal's window: the program gets SIGHUP, and what it
// writes from then on goes nowhere.
func (term *Terminal) Hangup() {
	term.t.Helper()
	if err := term.ours.Close(); err != nil {
		term.t.Fatalf("close the terminal: %v", err)
	}
}

// Signal sends the program a signal.
func (term *Terminal) Signal(s os.Signal) {
	term.t.Helper()
	if err := term.command.Process.Signal(s); err != nil {
		term.t.Fatalf("send %v: %v", s, err)
	}
}

// WaitExit waits for the program to end and for all that it wrote to be on the
// screen. It returns the exit status, -1 after a signal.
func (term *Terminal) WaitExit() int {
	term.t.Helper()
	late := time.After(term.options.Timeout)
	for _, done := range []chan struct{}{term.exited, term.drained} {
		select {
		case <-done:
		case <-late:
			term.fail("the program to end")
		}
	}
	return term.command.ProcessState.ExitCode()
}
