package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/store"
)

func newSessionRecuse(s *shell) *cobra.Command {
	var f recuseFlags
	cmd := &cobra.Command{
		Use:   "recuse SESSION --reviewer R --person P --why WHY",
		Short: "Let a panellist not vote on a person, or --undo that",
		Long: `Recuses a panellist from voting on a person, for a reason that is kept. --undo lets them
vote again.

Where everybody else has placed the person already, that shows the placements.`,
		Example: `  calibrate session recuse "2026 H1" --reviewer "Grace Hopper" --person 0042 --why "They wrote the design together."
  calibrate session recuse "2026 H1" --reviewer "Grace Hopper" --person 0042 --undo`,
		Args: takes(1, 1, "SESSION"),
		RunE: func(cmd *cobra.Command, args []string) error {
			needed := []string{"reviewer", "person", "why"}
			if f.undo {
				needed = needed[:2]
			}
			if err := needs(cmd, needed...); err != nil {
				return err
			}
			return s.writing(func(st *store.Store) error { return s.recuse(st, f, args[0]) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&s.flags.reviewer, "reviewer", "", "`NAME` of the panellist")
	flags.StringVar(&f.person, "person", "", "`ID` or exact name of the person")
	flags.StringVar(&f.why, "why", "", "the reason, as `TEXT`")
	flags.BoolVar(&f.undo, "undo", false, "let them vote on the person again")
	return cmd
}

type recuseFlags struct {
	person, why string
	undo        bool
}

func (s *shell) recuse(st *store.Store, f recuseFlags, which string) error {
	room, n, err := s.roomOf(st, which)
	if err != nil {
		return err
	}
	session := room.Session
	r, err := n.recuse(session, s.flags.reviewer, f.person, f.why)
	if err != nil {
		return err
	}
	_, is := session.RecusedFrom(r.Reviewer, r.Person)
	switch {
	case f.undo && !is:
		return fmt.Errorf("%s is not recused from %s", r.Reviewer, n.label(r.Person))
	case f.undo:
		session.Recusals = withoutRecusal(session.Recusals, r.Reviewer, r.Person)
	default:
		session.Recusals = withRecusal(session.Recusals, r)
	}
	kept, err := st.PutSession(session)
	if err != nil {
		return err
	}
	if s.json() {
		return writeRecord(s.Stdout, kept)
	}
	if f.undo {
		s.say("%s votes on %s", r.Reviewer, n.label(r.Person))
	} else {
		s.say("%s", n.recusalWords([]calibration.Recusal{r})[0])
	}
	return s.tellShown(st, room, n)
}

// tellShown says who was blind before a change and is not any more.
func (s *shell) tellShown(st *store.Store, before *calibration.Room, n names) error {
	now, err := st.Room(before.Session.ID, before.Rubric())
	if err != nil {
		return err
	}
	still := blindIn(now)
	shown := slices.DeleteFunc(blindIn(before), func(id string) bool { return slices.Contains(still, id) })
	if len(shown) > 0 {
		s.say("all who vote on %s have placed; the placements are shown", n.labels(shown))
	}
	return nil
}
