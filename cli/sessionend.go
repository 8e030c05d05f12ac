package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/store"
)

func newSessionFinalise(s *shell) *cobra.Command {
	var yes, anyway bool
	cmd := &cobra.Command{
		Use:   "finalise SESSION",
		Short: "Lock a session for good, and write a backup beside the data file",
		Long: `Prints what the session came to, locks it, and writes a backup beside the data file,
whose path is all there is on standard output. Nothing of a finalised session can be
changed; “calibrate session reopen” lets it take decisions again, for a reason.

On a terminal the session's name has to be typed; --yes does without. While somebody is
blind or not decided it is refused; --anyway finalises all the same, and shows what was
hidden.`,
		Example: "  calibrate session finalise \"2026 H1\"\n  calibrate session finalise \"2026 H1\" --yes",
		Args:    takes(1, 1, "SESSION"),
		RunE: func(_ *cobra.Command, args []string) error {
			return s.writing(func(st *store.Store) error { return s.finalise(st, args[0], yes, anyway) })
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&anyway, "anyway", false, "finalise although somebody is blind or not decided")
	return cmd
}

func (s *shell) finalise(st *store.Store, which string, yes, anyway bool) error {
	room, n, err := s.roomOf(st, which)
	if err != nil {
		return err
	}
	session := room.Session
	if session.State == calibration.Finalised {
		return fmt.Errorf("the session %q was finalised on %s already", session.Name, s.minute(session.FinalisedAt))
	}
	by, err := s.reviewer()
	if err != nil {
		return err
	}
	sweep := room.Sweep(nil)
	s.tellTotals(room, sweep)
	if open := unfinished(sweep.Checks, n); open != "" && !anyway {
		return fmt.Errorf("the session was not finalised: %s; --anyway finalises all the same", open)
	}
	switch {
	case yes:
	case !s.IsTerminal:
		return errors.New("the session was not finalised: nobody can be asked here; give --yes")
	default:
		if err := s.asker().word("Nothing of it can be changed afterwards. To finalise it, type its name:", session.Name, ""); err != nil {
			return fmt.Errorf("the session was not finalised: %w", err)
		}
	}
	kept, err := st.Finalise(session.ID, by)
	if err != nil {
		return err
	}
	s.say("the session %q is finalised", kept.Name)
	to, err := s.beside(st, st.Backup)
	if err != nil {
		return fmt.Errorf("the session is finalised, but there is no backup; “calibrate backup” tries again: %w", err)
	}
	if s.json() {
		return writeRecord(s.Stdout, struct {
			Session calibration.Session `json:"session"`
			Backup  string              `json:"backup"`
		}{kept, to})
	}
	s.say("a backup is beside the data file:")
	_, err = fmt.Fprintln(s.Stdout, clean.Line(to))
	return err
}

// tellTotals says what a session came to.
func (s *shell) tellTotals(room *calibration.Room, sweep calibration.Sweep) {
	n := room.Totals()
	s.say("%s: %s, %d decided, %s, %d of them changed from the draft", room.Session.Name, peopleCount(n.People), n.Decided, count(n.Finals, "final decision"), n.Changed)
	for _, under := range sweep.Scales {
		for _, g := range under.Distribution.Groups {
			var levels []string
			for _, level := range g.Levels {
				levels = append(levels, fmt.Sprintf("%d at level %d", level.Count, level.Level))
			}
			name := g.Name
			if len(sweep.Scales) > 1 {
				name = under.Rubric.Role + ", " + name
			}
			s.say("%s: %s", name, strings.Join(levels, ", "))
		}
	}
	for _, kind := range []calibration.CheckKind{calibration.CheckUnexplained, calibration.CheckNoEvidence, calibration.CheckQuick} {
		if found := checksOf(sweep.Checks, kind); len(found) > 0 {
			s.say("%s: %s; “calibrate session sweep” lists them", kind, peopleCount(len(aboutWhom(found))))
		}
	}
}

// unfinished says who is blind or not decided; it is empty where nobody is.
func unfinished(checks []calibration.Check, n names) string {
	var parts []string
	for _, kind := range []calibration.CheckKind{calibration.CheckBlind, calibration.CheckUndecided} {
		if people := aboutWhom(checksOf(checks, kind)); len(people) > 0 {
			parts = append(parts, string(kind)+": "+n.labels(people))
		}
	}
	return strings.Join(parts, "; ")
}

func newSessionReopen(s *shell) *cobra.Command {
	why := ""
	cmd := &cobra.Command{
		Use:   "reopen SESSION --why WHY",
		Short: "Let a finalised session take decisions again, for a reason",
		Long: `Lets a finalised session take decisions again. Who did it and why is recorded. What was
decided stays; a new decision supersedes it.`,
		Example: `  calibrate session reopen "2026 H1" --why "The appeal of one person was granted."`,
		Args:    takes(1, 1, "SESSION"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needs(cmd, "why"); err != nil {
				return err
			}
			return s.writing(func(st *store.Store) error { return s.reopen(st, args[0], why) })
		},
	}
	cmd.Flags().StringVar(&why, "why", "", "the reason, as `TEXT`")
	return cmd
}

func (s *shell) reopen(st *store.Store, which, why string) error {
	session, err := st.Session(which)
	if err != nil {
		return err
	}
	by, err := s.reviewer()
	if err != nil {
		return err
	}
	kept, err := st.Reopen(session.ID, by, why)
	if err != nil {
		return err
	}
	if s.json() {
		return writeRecord(s.Stdout, kept)
	}
	s.say("the session %q is open again", kept.Name)
	return nil
}
