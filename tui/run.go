package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"calibrate/rubric"
)

// Config is what the app is opened with.
type Config struct {
	Store    Store
	Rubric   *rubric.Rubric
	Reviewer string
	Session  string // id of the session that placements belong to; empty: none
	Now      func() time.Time

	Profile    termenv.Profile // how many colours the terminal shows
	Background string          // "dark", "light", or anything else for unknown

	// Crash writes the trace of a panic down and says where, in words for the
	// status line. It may be nil.
	Crash func(trace []byte) string
}

// Run opens the app and returns when the person quits, a signal asks it to end,
// or ctx does. Work in progress is kept before it returns; that it could not be
// is the error.
func Run(ctx context.Context, c Config, opts ...tea.ProgramOption) error {
	a := newApp(&env{
		store: c.Store, rubric: c.Rubric, reviewer: c.Reviewer, session: c.Session, now: c.Now,
		theme: themeFor(c.Profile, c.Background), wrapper: newWrapper(),
	})
	a.crash = c.Crash
	opts = append([]tea.ProgramOption{
		tea.WithAltScreen(), tea.WithContext(ctx), tea.WithoutSignalHandler(),
	}, opts...)
	program := tea.NewProgram(a, opts...)
	done := make(chan struct{})
	go endOnSignal(program, done)
	_, err := program.Run()
	close(done)
	if errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		err = nil
	}
	if err != nil {
		err = fmt.Errorf("the interface ended early: %w", err)
	}
	return errors.Join(err, a.flush())
}

// endOnSignal asks the program to end, with its work kept, when the terminal is
// closed or the system shuts down. ctrl+c arrives as a key, not as a signal.
func endOnSignal(p *tea.Program, done <-chan struct{}) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	defer signal.Stop(signals)
	for {
		select {
		case <-done:
			return
		case <-signals:
			p.Send(ended{})
		}
	}
}
