package tui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"calibrate/calibration"
	"calibrate/rubric"
)

// Config is what the app is opened with.
type Config struct {
	Store    Store
	Rubric   *rubric.Rubric
	Reviewer string
	Session  string // id of the session that placements belong to; empty: none
	Now      func() time.Time

	// Save writes a view of the comparison to a file. It may be nil.
	Save      func(context.Context, Written) error
	Guideline calibration.Guideline // beside distributions; nil: none

	Profile    termenv.Profile // how many colours the terminal shows
	Background string          // "dark", "light", or anything else for unknown

	// Crash writes the trace of a panic down and says where, in words for the
	// status line. It may be nil.
	Crash func(trace []byte) string
}

// Run opens the app and returns when the person quits or ctx ends, which is how a
// signal asks for it. Work in progress is kept before it returns; that it could not
// be is the error.
func Run(ctx context.Context, c Config, opts ...tea.ProgramOption) error {
	a := newApp(&env{
		store: c.Store, rubric: c.Rubric, reviewer: c.Reviewer, session: c.Session, now: c.Now, save: c.Save, guideline: c.Guideline,
		theme: themeFor(c.Profile, c.Background), wrapper: newWrapper(),
	})
	a.crash = c.Crash
	program := tea.NewProgram(a, append([]tea.ProgramOption{tea.WithAltScreen(), tea.WithoutSignalHandler()}, opts...)...)
	stop := context.AfterFunc(ctx, func() { program.Send(ended{}) })
	defer stop()
	_, err := program.Run()
	if err != nil {
		err = fmt.Errorf("the interface ended early: %w", err)
	}
	return errors.Join(err, a.flush())
}
