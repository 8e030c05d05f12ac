package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"calibrate/calibration"
	"calibrate/report"
	"calibrate/rubric"
)

// Config is what the app is opened with.
type Config struct {
	Store    Store
	Rubric   *rubric.Rubric
	Reviewer string
	Session  string // id of the session that placements belong to; empty: none

	// RubricFor is the rubric that a person is placed under outside the room of a
	// session, which has one for everybody. It may be nil: Rubric for everybody.
	RubricFor func(calibration.Person) *rubric.Rubric
	// ByRole is the rubric that somebody comes onto the agenda of a session under. It may
	// be nil: what RubricFor says.
	ByRole func(calibration.Person) *rubric.Rubric
	Now    func() time.Time

	// Save writes a view of the comparison to a file. It may be nil.
	Save      func(context.Context, report.Written) error
	Guideline calibration.Guideline // beside distributions; nil: none

	Mouse bool     // clicks and the wheel act, and the terminal itself selects no text then
	In    *os.File // the terminal that keys come from; nil: Bubble Tea finds it

	Shown func() // is called once, when the first screen is there with all that it reads; may be nil

	Within     bool                     // leaving goes back to another app
	Edit       Edit                     // nil: ctrl+e opens no editor
	Left       func() ([]string, error) // files with texts that an editor wrote and nobody read; nil: none are looked for
	Demo       func() error             // opens the app on invented people until it is left; nil: it is not offered
	CanSuspend func() bool              // reports whether there is a shell to suspend to; nil: always

	CoverAfter time.Duration // without a key the screen is blanked; 0: never
	Aliases    bool          // people go by aliases until names are asked for

	Out        *os.File        // the terminal that the app is drawn on
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
	return newApp(c.env()).run(ctx, c, opts...)
}

// WarmupConfig is what a warm-up alone is opened with besides.
type WarmupConfig struct {
	Draw         calibration.WarmupDraw
	Rubrics      []*rubric.Rubric // to choose among; none, or one: it is that of the Config
	Participants []string         // who takes part
	Offered      []string         // who is offered to take part where nobody is named
}

// RunWarmup opens a warm-up without the rest of the app, and returns when it is left.
// It needs no store. With participants and one rubric it begins at once; else it asks
// first. The error says why it cannot begin, or that the interface ended early.
func RunWarmup(ctx context.Context, c Config, w WarmupConfig, opts ...tea.ProgramOption) error {
	a, err := newWarmupApp(c.env(), w)
	if err != nil {
		return err
	}
	return a.run(ctx, c, opts...)
}

func newWarmupApp(e *env, w WarmupConfig) (*app, error) {
	names := w.Participants
	if len(names) == 0 {
		names = w.Offered
	}
	e.rubrics = w.Rubrics
	setup := newWarmupSetup(e, names...)
	setup.offer(w.Draw)
	round, err := setup.round()
	if err != nil {
		return nil, err
	}
	a := newApp(e)
	a.stack = []screen{setup}
	if len(w.Participants) > 0 && len(w.Rubrics) < 2 {
		a.stack = append(a.stack, newWarmup(e, round, setup.draw))
	}
	return a, nil
}

func (c Config) env() *env {
	return &env{
		store: c.Store, rubric: c.Rubric, rubricFor: c.RubricFor, byRole: c.ByRole, reviewer: c.Reviewer, session: c.Session, now: c.Now, save: c.Save, guideline: c.Guideline, mouse: c.Mouse, within: c.Within, edit: c.Edit, left: c.Left, demo: c.Demo, canSuspend: c.CanSuspend,
		theme: themeFor(c.Profile, c.Background), wrapper: newWrapper(),
	}
}

// options are how Bubble Tea runs the app on a canvas.
func (c Config) options(on *canvas) []tea.ProgramOption {
	options := []tea.ProgramOption{tea.WithAltScreen(), tea.WithoutSignalHandler(), tea.WithOutput(on), tea.WithFPS(rendererFPS)}
	if c.Mouse {
		options = append(options, tea.WithMouseCellMotion())
	}
	if c.In != nil && runtime.GOOS != "windows" { // there, what happens comes as records
		options = append(options, tea.WithInput(&wholeReports{File: c.In}))
	}
	return options
}

func (a *app) run(ctx context.Context, c Config, opts ...tea.ProgramOption) error {
	a.crash, a.coverAfter, a.aliases = c.Crash, c.CoverAfter, c.Aliases
	on := newCanvas(c.Out)
	program := tea.NewProgram(&drawn{app: a, canvas: on, shown: c.Shown}, append(c.options(on), opts...)...)
	stop := context.AfterFunc(ctx, func() { program.Send(ended{}) })
	defer stop()
	_, err := program.Run()
	if err != nil {
		err = fmt.Errorf("the interface ended early: %w", err)
	}
	return errors.Join(err, a.flush())
}
