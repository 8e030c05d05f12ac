package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/rubric"
	"calibrate/store"
)

func newSessionNew(s *shell) *cobra.Command {
	var f setup
	cmd := &cobra.Command{
		Use:   "new NAME",
		Short: "Open a session: who is on its agenda, who votes, how long it may take",
		Long: `Opens a calibration session and prints its id.

Those on the panel vote on everybody on the agenda, but not on themselves, on whom they
manage, and on whoever manages them; --recuse adds further reasons. Until everybody who
votes on a person has placed the person, by a draft or a vote on every dimension,
nothing of what anybody thinks of the person is shown anywhere. Without a panel nothing
is hidden.

The agenda is in one of these orders:
  listed        as the flags name people, teams in the order of the list of people
  disagreement  those first whom reviewers placed furthest apart
  extremes      the highest and the lowest first, the middle last
  random        drawn by --seed

Disagreement and extremes go by all drafts, also those that are hidden still, so the
order tells something of people who are placed blind. Where that matters choose random.

Each person is placed under the rubric of their role, or the one in use where there is
none for it: one session can hold people of several rubrics, each on their own scale.
--rubric names one for everybody, --rubric-of one for a single person. Which it is is
settled now, and the file keeps a copy; a role that changes later changes nothing here.`,
		Example: `  calibrate session new "2026 H1" --all --minutes 120 --panel "Grace Hopper" --panel "Alan Turing"
  calibrate session new Platform --team Platform --order random --seed 7 --panel "Grace Hopper=0043"
  calibrate session new Leads --all --rubric-of "Ada Lovelace=engineering-manager"
  calibrate session new Pilot --people 0042,0044 --panel Grace --recuse "Grace: 0042: they share a project"`,
		Args: takes(1, 1, "NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			if !f.namesPeople() {
				return wrongUsage(cmd, "a session needs people; name them with --person, --people, --team or --all")
			}
			return s.writing(func(st *store.Store) error { return s.newSession(st, f, strings.TrimSpace(args[0])) })
		},
	}
	f.register(cmd)
	return cmd
}

func (s *shell) newSession(st *store.Store, f setup, name string) error {
	n, err := namesIn(st)
	if err != nil {
		return err
	}
	if err := nameIsFree(n.sessions, name, ""); err != nil {
		return err
	}
	r, err := s.loadRubric()
	if err != nil {
		return err
	}
	session, err := s.planned(f, n, r)
	if err != nil {
		return err
	}
	session.Name = name
	chosen, err := s.freeze(st, session, r, nil, f, n)
	if err != nil {
		return err
	}
	session = chosen.session
	if err := session.Validate(); err != nil {
		return fmt.Errorf("the session was not saved: %w", err)
	}
	s.tellRubrics(st, chosen, n)
	if err := chosen.keep(st); err != nil {
		return err
	}
	if session.People, err = st.Arrange(session, r); err != nil {
		return err
	}
	kept, err := st.PutSession(session)
	if err != nil {
		return err
	}
	if s.json() {
		return writeRecord(s.Stdout, kept)
	}
	s.say("the session %q is open", kept.Name)
	s.tellSetup(kept, n)
	_, err = fmt.Fprintln(s.Stdout, clean.Line(kept.ID))
	return err
}

// nameIsFree reports a name that another session has. One that only differs in case
// would be taken for the other.
func nameIsFree(sessions []calibration.Session, name, own string) error {
	for _, other := range sessions {
		if other.ID != own && strings.EqualFold(other.Name, name) {
			return fmt.Errorf("there is a session %q already, which is %s; choose another name", other.Name, other.State)
		}
	}
	return nil
}

// planned is the session that the flags ask for, without its name, its agenda as
// listed.
func (s *shell) planned(f setup, n names, r *rubric.Rubric) (session calibration.Session, err error) {
	session = calibration.Session{Rubric: r.Hash(), State: calibration.Open, Facilitator: f.facilitator, Minutes: f.minutes}
	if session.Facilitator == "" {
		if session.Facilitator, err = s.reviewer(); err != nil {
			return session, err
		}
	}
	if err := s.chooseOrder(&session, f); err != nil {
		return session, err
	}
	if session.People, err = f.agenda(n); err != nil {
		return session, err
	}
	if session.Panel, err = panellists(f.panel, n.people); err != nil {
		return session, err
	}
	if !f.noDefaults {
		session.Recusals = calibration.DefaultRecusals(session.Panel, n.those(session.People), n.people)
	}
	return session, f.addRecusals(&session, n)
}

// chooseOrder draws a seed where a random order is asked for without one.
func (s *shell) chooseOrder(session *calibration.Session, f setup) (err error) {
	if session.Order, err = calibration.ParseOrder(f.order); err != nil {
		return err
	}
	session.Seed = f.seed
	if session.Order == calibration.RandomOrder && f.seed == 0 {
		session.Seed, err = s.drawSeed()
	}
	return err
}

func (f setup) addRecusals(session *calibration.Session, n names) error {
	for _, text := range f.recusals {
		r, err := n.recusal(text, *session)
		if err != nil {
			return err
		}
		session.Recusals = withRecusal(session.Recusals, r)
	}
	return nil
}

// those are the people with the ids, as far as the list has them.
func (n names) those(ids []string) []calibration.Person {
	var some []calibration.Person
	for _, p := range n.people {
		if slices.Contains(ids, p.ID) {
			some = append(some, p)
		}
	}
	return some
}
