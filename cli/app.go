package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/internal/editfile"
	"calibrate/internal/terminal"
	"calibrate/plain"
	"calibrate/rubric"
	"calibrate/store"
	"calibrate/tui"
)

// App is what the interface is opened with.
type App struct {
	Store    store.Veiled // what it shows nobody may see too early
	Rubric   *rubric.Rubric
	Reviewer string
	Session  string // id; empty: none

	RubricFor func(calibration.Person) *rubric.Rubric // nil: Rubric for everybody

	ByRole func(calibration.Person) *rubric.Rubric // for who comes onto the agenda of a session

	Theme string // "auto", "dark" or "light"
	Mouse bool

	Guideline calibration.Guideline // beside distributions; nil: none

	BlankAfter time.Duration // without a key; 0: never
	Aliases    bool          // instead of names

	Shown func() // is called when the first screen is there

	Demo   bool // it is one already, and offers none
	Within bool // it lies over another app, which leaving it goes back to
}

// openApp opens the interface that the flags ask for, full-screen or plain.
func (s *shell) openApp(cmd *cobra.Command, flags appFlags, st *store.Store) error {
	app := App{Store: st.Veiled(), Theme: flags.theme, Mouse: flags.mouse == "on", Demo: flags.demo, Aliases: flags.aliases, BlankAfter: time.Duration(flags.blankAfter) * time.Minute}
	if !flags.plain {
		app.Shown = collectLater()
	}
	go st.ReadAhead() // the rubric is read meanwhile
	var err error
	if app.Reviewer, err = s.reviewer(); err != nil {
		return err
	}
	session, r, err := s.sessionAndRubric(st, flags.session)
	if err != nil {
		return err
	}
	app.Session, app.Rubric = session.ID, r
	if app.RubricFor, err = s.rubricsFor(st, session, r); err != nil {
		return err
	}
	app.ByRole = s.rubricsByRole(st, r)
	if app.Guideline, err = s.guideline(flags.guideline, app.Rubric); err != nil {
		return err
	}
	ctx, stop := s.interruptible(cmd.Context())
	defer stop()
	switch {
	case flags.plain:
		return plain.Run(ctx, plain.Config{
			Store: app.Store, Rubric: app.Rubric, RubricFor: app.RubricFor, ByRole: app.ByRole, Reviewer: app.Reviewer, Session: app.Session,
			Aliases: app.Aliases, Guideline: app.Guideline, Save: s.viewSaver(app.Store), Now: s.Now, In: s.Stdin, Out: s.Stdout,
		})
	case s.OpenApp != nil:
		return s.OpenApp(ctx, app)
	case !s.IsTerminal:
		return errNoTerminal
	}
	return s.fullScreen(ctx, app)
}

// collectLater has memory collected late until it is called off: what is read for the first
// screen stays in use, and to look through it takes one of two processors. That it is
// collected at all keeps a large file from taking much more than it needs.
func collectLater() (calledOff func()) {
	const percent = 300
	before := debug.SetGCPercent(percent)
	return func() { debug.SetGCPercent(before) }
}

// placedUnder is the session with the name or id, if any is named, and the rubric that
// a person is placed under: the session's, or that of their role.
func (s *shell) placedUnder(st *store.Store, which string, p calibration.Person) (id string, r *rubric.Rubric, err error) {
	session, r, err := s.sessionAndRubric(st, which)
	if err != nil {
		return "", nil, err
	}
	of, err := s.rubricsFor(st, session, r)
	if err != nil || of == nil {
		return session.ID, r, err
	}
	return session.ID, of(p), nil
}

// rubricsFor is which rubric each person is placed under: in a session those that it has
// for them, else that of their role. It is nil where r is everybody's.
func (s *shell) rubricsFor(st *store.Store, session calibration.Session, r *rubric.Rubric) (func(calibration.Person) *rubric.Rubric, error) {
	if session.ID == "" {
		return s.rubricsByRole(st, r), nil
	}
	of, err := st.RubricsIn(session, r)
	if of == nil || err != nil {
		return nil, err
	}
	return func(p calibration.Person) *rubric.Rubric { return of(p.ID) }, nil
}

// sessionAndRubric finds a session by name or id, and the rubric to place under:
// that of the session, which may have others for single people, or without a session the
// one that is in use. A rubric file that is named along with a session must be the
// session's.
func (s *shell) sessionAndRubric(st *store.Store, which string) (session calibration.Session, r *rubric.Rubric, err error) {
	none := calibration.Session{}
	if r, err = s.loadRubric(); err != nil || which == "" {
		return none, r, err
	}
	if session, err = st.Session(which); err != nil {
		return none, nil, err
	}
	if session.Rubric == "" || session.Rubric == r.Hash() {
		return session, r, nil
	}
	if named := s.rubricNamed(); named != "" {
		return none, nil, fmt.Errorf("the session %q is held under another rubric than %s; leave --rubric out", session.Name, named)
	}
	if r, err = st.Rubric(session.Rubric); err != nil {
		return none, nil, fmt.Errorf("the rubric of the session %q is needed: %w; give its file with --rubric", session.Name, err)
	}
	return session, r, nil
}

// guideline reads the percentages of --guideline or else those of the settings, which
// stand for all rubrics with as many levels.
func (s *shell) guideline(flag string, r *rubric.Rubric) (calibration.Guideline, error) {
	said := s.said["guideline"]
	if flag != "" || said.line == 0 || strings.Count(said.value, ",")+1 != len(r.Levels) {
		return calibration.ParseGuideline(flag, r)
	}
	g, err := calibration.ParseGuideline(said.value, r)
	if err != nil {
		return nil, fmt.Errorf("%s:%d: %w", s.settingsFile(), said.line, err)
	}
	return g, nil
}

// guidelineFor is the guideline for those of the rubrics that it is for; it must be for
// one of them.
func (s *shell) guidelineFor(flag string, rubrics []*rubric.Rubric) (g calibration.Guideline, err error) {
	for _, r := range rubrics {
		found, otherwise := s.guideline(flag, r)
		if otherwise == nil && found != nil {
			return found, nil
		}
		if err == nil {
			err = otherwise
		}
	}
	return nil, err
}

// fullScreen opens the app on the terminal.
func (s *shell) fullScreen(ctx context.Context, app App) error {
	config := s.screen(app)
	config.Store, config.Save = app.Store, s.viewSaver(app.Store)
	config.Edit, config.CanSuspend, config.Shown = s.ownEditor(ctx), s.CanSuspend, app.Shown
	if !app.Demo {
		config.Left = s.leftTexts
		config.Demo = func() error { return s.demoWithin(ctx, app) }
	}
	return tui.Run(ctx, config)
}

// ownEditor opens the editor that the environment names.
func (s *shell) ownEditor(ctx context.Context) tui.Edit {
	return func(text string, most int) (*tui.Editing, error) {
		command, err := editfile.Editor(s.Getenv)
		if err != nil {
			return nil, err
		}
		file, err := editfile.New(s.textsFolder(), text, most)
		if err != nil {
			return nil, err
		}
		editor := file.Command(ctx, command)
		if keys := s.terminal(); keys != nil {
			editor.Stdin = keys
		}
		return &tui.Editing{File: file, Editor: editor, Before: func() { s.lent.Store(true) }, After: func() { s.lent.Store(false) }}, nil
	}
}

// textsFolder is where texts lie while the user's own editor has them: not with what is
// gone when the machine starts again.
func (s *shell) textsFolder() string { return filepath.Join(s.StateHome, "calibrate", "editing") }

// leftTexts are the files with what somebody wrote in their editor while the program that
// had opened it was killed.
func (s *shell) leftTexts() ([]string, error) { return editfile.Left(s.textsFolder(), s.Now()) }

// screen is what every full-screen interface is opened with, but for the store.
func (s *shell) screen(app App) tui.Config {
	background := ""
	if dark, known := terminal.Background(app.Theme, s.Getenv("COLORFGBG")); known && dark {
		background = "dark"
	} else if known {
		background = "light"
	}
	return tui.Config{
		Rubric: app.Rubric, RubricFor: app.RubricFor, ByRole: app.ByRole, Reviewer: app.Reviewer, Session: app.Session, Now: s.Now,
		Profile: terminal.Profile(s.Getenv, s.IsTerminal), Background: background,
		Mouse: app.Mouse, Within: app.Within, In: s.terminal(), Out: s.output(), Guideline: app.Guideline, CoverAfter: app.BlankAfter, Aliases: app.Aliases, Crash: s.keepTrace,
	}
}

// output is the terminal that the interface is drawn on. There is one, or it would not be
// opened.
func (s *shell) output() *os.File {
	out := s.Stdout
	if w, ok := out.(*stickyWriter); ok {
		out = w.to
	}
	f, _ := out.(*os.File)
	return f
}

// terminal is what keys come from, nil where that is not the standard input.
func (s *shell) terminal() *os.File {
	f, ok := s.Stdin.(*os.File)
	if !ok || !s.InIsTerminal {
		return nil
	}
	return f
}

// keepTrace writes the trace of a crash down and says where.
func (s *shell) keepTrace(trace []byte) string {
	path := filepath.Join(s.StateHome, "calibrate", "crash-"+s.Now().UTC().Format("20060102T150405")+".txt")
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = os.WriteFile(path, append([]byte("calibrate "+s.Version+"\n"), trace...), 0o600)
	}
	if err != nil {
		return fmt.Sprintf("what happened could not be written down: %v", err)
	}
	return "what happened is in " + path
}
