package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"time"

	"calibrate/internal/clean"
)

// Env is the world as the commands see it.
type Env struct {
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer

	Getenv     func(string) string
	Now        func() time.Time
	Entropy    io.Reader              // for ids; nil: crypto/rand
	LoginName  func() (string, error) // of who runs the program
	IsTerminal bool                   // a person sits at both ends: standard input and output

	OutIsTerminal bool // a person sees standard output: what is no text, or is to stay as it is, is not written there
	ErrIsTerminal bool // a person sees standard error: progress is shown
	InIsTerminal  bool // a person types at standard input: they can be asked

	// ReadSecret reads a line that a person types at standard input, without showing it.
	// It calls prompt when nothing is shown any more, for whoever types at once.
	// It is called only where InIsTerminal.
	ReadSecret func(ctx context.Context, prompt func()) (string, error)

	// Interrupts returns a context that ends when the system asks the program to. It
	// is called when the app opens and when long work begins; other commands are short
	// and end as the system does it. While lent reports true, another program has the
	// terminal, and ctrl+c is that one's.
	// Nil: only the context given to Main.
	Interrupts func(ctx context.Context, lent func() bool) (context.Context, context.CancelFunc)

	// CanSuspend reports whether there is a shell to suspend the app to. Nil: there is.
	CanSuspend func() bool

	DataHome   string // folder of the user's data; the data file is below it
	ConfigHome string // folder of the user's settings
	StateHome  string // folder of what is worth keeping, but not for ever: traces of crashes
	TempDir    string // "" for the system's

	Rubric  []byte // the built-in rubric, as YAML
	Version string // what --version prints

	// OpenApp opens the full-screen interface and returns when it is left. Nil means
	// the real one.
	OpenApp func(context.Context, App) error
}

// Main runs one command line, without the program's name, and returns the exit
// status. It reports what went wrong on standard error itself.
func Main(ctx context.Context, e Env, args []string) int {
	out := &stickyWriter{to: e.Stdout}
	e.Stdout = out
	err := run(ctx, e, args)
	if err == nil && out.err != nil {
		err = fmt.Errorf("writing the output: %w", out.err)
	}
	var quiet silentError
	if err == nil {
		return 0
	}
	if !errors.As(err, &quiet) {
		// Lines after the first stand back, so that no name with a line break in it can
		// pass for a message of ours.
		fmt.Fprintf(e.Stderr, "calibrate: %s\n", clean.Text(strings.ReplaceAll(err.Error(), "\n", "\n  ")))
	}
	var usage *usageError
	if errors.As(err, &usage) {
		return 2
	}
	return 1
}

func run(ctx context.Context, e Env, args []string) error {
	s := &shell{Env: e, aside: &warnings{}, lent: new(atomic.Bool)}
	root := newRoot(s)
	root.SetArgs(args)
	root.SetIn(e.Stdin)
	root.SetOut(e.Stdout)
	root.SetErr(e.Stderr)
	root.InitDefaultHelpCmd() // cobra's own commands, before mistyped ones are looked for
	root.InitDefaultCompletionCmd(args...)
	completeQuoted(root, e.Stdout)
	if len(args) > 0 && isCompletion(args[0]) {
		s.completeWith(root)
		return root.ExecuteContext(ctx)
	}
	if err := mistypedCommand(root, args); err != nil {
		return err
	}
	return root.ExecuteContext(ctx)
}

// silentError ends a command with status 1 when all there is to say was said: it
// was the result.
type silentError struct{}

func (silentError) Error() string { return "reported above" }

// stickyWriter remembers the first error, so that a result which could not be
// written is not taken for success.
type stickyWriter struct {
	to  io.Writer
	err error
}

func (w *stickyWriter) Write(p []byte) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	n, err := w.to.Write(p)
	w.err = err
	return n, err
}
