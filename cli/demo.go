package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/demo"
	"calibrate/store"
)

func newDemo(s *shell) *cobra.Command {
	var a appFlags
	var seed uint64
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Open the app on invented people, in a throwaway file",
		Long: `Opens the app on 24 invented people in 4 teams, with two finished sessions and one
that is open. What you do there is gone when you leave. With --db FILE the people
are written to FILE instead, which must not exist yet, and the app stays closed.`,
		Example: "  calibrate demo\n  calibrate demo --seed 7 --db demo.db",
		Args:    takes(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.check(cmd); err != nil {
				return err
			}
			if s.flags.db != "" {
				return s.writeDemo(s.flags.db, seed)
			}
			return s.openDemo(cmd, a, seed)
		},
	}
	a.register(cmd)
	cmd.Flags().Uint64Var(&seed, "seed", 1, "a `NUMBER`; the same one invents the same people")
	return cmd
}

func (s *shell) writeDemo(path string, seed uint64) error {
	r, err := s.loadRubric()
	if err != nil {
		return err
	}
	if err := demo.Write(path, r, seed, s.Now()); err != nil {
		return err
	}
	s.say("%s holds the invented people; “calibrate --db %s” opens it", path, path)
	return nil
}

// openDemo opens the app on a file of its own, as one of the invented reviewers in
// the session that is open.
func (s *shell) openDemo(cmd *cobra.Command, a appFlags, seed uint64) error {
	return s.inDemo(seed, func(st *store.Store) error {
		session, reviewer, err := takePart(st)
		if err != nil {
			return err
		}
		a.session, s.flags.reviewer, a.demo = first(a.session, session), first(s.flags.reviewer, reviewer), true
		return s.openApp(cmd, a, st)
	})
}

// demoWithin opens the demo over the app, which looks like this one, and returns when it
// is left.
func (s *shell) demoWithin(ctx context.Context, app App) error {
	return s.inDemo(1, func(st *store.Store) error {
		open, reviewer, err := takePart(st)
		if err != nil {
			return err
		}
		app.Store, app.Reviewer, app.Demo, app.Within = st.Veiled(), first(reviewer, app.Reviewer), true, true
		session, r, err := s.sessionAndRubric(st, open)
		if err != nil {
			return err
		}
		app.Session, app.Rubric = session.ID, r
		if app.RubricFor, err = s.rubricsFor(st, session, r); err != nil {
			return err
		}
		app.ByRole = s.rubricsByRole(st, r)
		return s.fullScreen(ctx, app)
	})
}

// inDemo makes the demo's data file, and removes it after fn.
func (s *shell) inDemo(seed uint64, fn func(*store.Store) error) (err error) {
	dir, err := os.MkdirTemp(s.TempDir, "calibrate-demo-")
	if err != nil {
		return fmt.Errorf("making a folder for the demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	r, err := s.loadRubric()
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "demo.db")
	if err := demo.Write(path, r, seed, s.Now()); err != nil {
		return err
	}
	st, err := store.Open(path, store.Options{Now: s.Now, Entropy: s.Entropy})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	return fn(st)
}

// takePart is the session that is open, and the reviewer whose work in it is unfinished.
func takePart(st *store.Store) (session, reviewer string, err error) {
	sessions, err := st.Sessions()
	if err != nil {
		return "", "", err
	}
	for _, s := range sessions {
		if s.State == calibration.Open && session == "" {
			session = s.ID
		}
	}
	walks, err := st.Walks()
	if err == nil && len(walks) > 0 {
		reviewer = walks[0].Reviewer
	}
	return session, reviewer, err
}
