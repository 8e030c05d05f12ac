package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/store"
)

// saying is a command that records what was said of a person in a session.
type saying struct {
	s     *shell
	event calibration.Event // the flags fill it in
	needs []string          // flags that must be given
}

func newSessionNote(s *shell) *cobra.Command {
	return (&saying{s: s, event: calibration.Event{Kind: calibration.Noted}, needs: []string{"person", "text"}}).command(
		"note SESSION --person P --text TEXT", "Note something in the discussion of a person",
		"Notes something that was said of a person, and prints the note's id. What was noted stays.",
		`  calibrate session note "2026 H1" --person 0042 --text "The platform team confirmed it."`)
}

func newSessionDissent(s *shell) *cobra.Command {
	a := &saying{s: s, event: calibration.Event{Kind: calibration.Dissent}, needs: []string{"person", "who", "text"}}
	cmd := a.command("dissent SESSION --person P --who NAME --text TEXT", "Record who does not agree with a decision, by name",
		"Records that somebody does not agree with what was decided on a person, by name and with\ntheir reason.",
		`  calibrate session dissent "2026 H1" --person 0042 --who "Grace Hopper" --text "One project is no pattern."`)
	cmd.Flags().StringVar(&a.event.Who, "who", "", "`NAME` of who does not agree")
	return cmd
}

func newSessionFollowUp(s *shell) *cobra.Command {
	a := &saying{s: s, event: calibration.Event{Kind: calibration.FollowUp}, needs: []string{"person", "who", "text"}}
	cmd := a.command("follow-up SESSION --person P --who NAME --text TEXT", "Record what is to be done after the session, by whom and until when",
		"Records something that is to be done about a person, who does it, and until when.",
		`  calibrate session follow-up "2026 H1" --person 0042 --who "Charles Babbage" --due 2026-03-01 --text "Agree on a goal."`)
	cmd.Flags().StringVar(&a.event.Who, "who", "", "`NAME` of who does it")
	cmd.Flags().StringVar(&a.event.Due, "due", "", "the `DATE` until which it is done: 2026-03-01")
	return cmd
}

func newSessionReadiness(s *shell) *cobra.Command {
	a := &saying{s: s, event: calibration.Event{Kind: calibration.Readiness}, needs: []string{"person", "answer"}}
	cmd := a.command("readiness SESSION --person P --answer ANSWER", "Record whether a person is ready to be promoted, apart from the position",
		"Records whether a person is ready to be promoted: yes, not yet, or no. It is a question of\nits own and changes no position. The latest answer counts; the earlier ones stay.",
		`  calibrate session readiness "2026 H1" --person 0042 --answer "not yet" --text "One more half at this scope."`)
	cmd.Flags().StringVar(&a.event.Answer, "answer", "", "`ANSWER`: yes, not yet or no")
	return cmd
}

func newSessionReveal(s *shell) *cobra.Command {
	a := &saying{s: s, event: calibration.Event{Kind: calibration.Reveal}, needs: []string{"person", "why"}}
	return a.command("reveal SESSION --person P --why WHY", "Show a person's placements before all have placed, for a reason",
		"Shows what everybody thinks of a person although not all have placed the person yet. The\nreason is recorded. Who has not voted by then does not vote any more.",
		`  calibrate session reveal "2026 H1" --person 0042 --why "Alan is ill and will not vote."`)
}

// command makes the command; its text is --text, or --why where that is needed.
func (a *saying) command(use, short, long, example string) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: short, Long: long, Example: example, Args: takes(1, 1, "SESSION"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.check(cmd); err != nil {
				return err
			}
			return a.s.writing(func(st *store.Store) error { return a.record(st, args[0]) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&a.event.Person, "person", "", "`ID` or exact name of the person")
	if a.event.Kind == calibration.Reveal {
		flags.StringVar(&a.event.Text, "why", "", "the reason, as `TEXT`; - reads it from standard input")
		return cmd
	}
	flags.StringVar(&a.event.Text, "text", "", "what is said, as `TEXT`; - reads it from standard input")
	flags.StringVar(&a.event.Dimension, "dimension", "", "the `DIMENSION` that it is about; without, the person as a whole")
	return cmd
}

func (a *saying) check(cmd *cobra.Command) error {
	if err := needs(cmd, a.needs...); err != nil {
		return err
	}
	if a.event.Kind != calibration.Readiness {
		return nil
	}
	a.event.Answer = strings.ToLower(strings.TrimSpace(a.event.Answer))
	return oneOf(cmd, "answer", a.event.Answer, calibration.Ready, calibration.NotYet, calibration.NotReady)
}

// needs reports flags that are missing or empty.
func needs(cmd *cobra.Command, flags ...string) error {
	var missing []string
	for _, name := range flags {
		if strings.TrimSpace(cmd.Flag(name).Value.String()) == "" {
			missing = append(missing, "--"+name)
		}
	}
	if len(missing) > 0 {
		return wrongUsage(cmd, "%s needs %s", cmd.CommandPath(), strings.Join(missing, ", "))
	}
	return nil
}

func (a *saying) record(st *store.Store, which string) error {
	s, e := a.s, a.event
	room, n, err := s.roomOf(st, which)
	if err != nil {
		return err
	}
	e.Session = room.Session.ID
	if e.By, err = s.reviewer(); err != nil {
		return err
	}
	if e.Person, err = n.onAgenda(room.Session, e.Person); err != nil {
		return err
	}
	if e.Dimension != "" {
		if e.Dimension, err = room.RubricOf(e.Person).Dimension(e.Dimension); err != nil {
			return err
		}
	}
	if e.Text, err = s.textOrInput(e.Text); err != nil {
		return err
	}
	if t, _ := room.Turn(e.Person); e.Kind == calibration.Reveal && !t.Blind && room.Session.State == calibration.Open {
		return fmt.Errorf("%s is not blind; there is nothing to reveal", n.label(e.Person))
	}
	kept, err := st.Record(e)
	if err != nil {
		return err
	}
	if s.json() {
		return writeRecord(s.Stdout, kept)
	}
	s.say("saved: %s", n.said(kept))
	_, err = fmt.Fprintln(s.Stdout, clean.Line(kept.ID))
	return err
}
