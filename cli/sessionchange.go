package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"calibrate/calibration"
	"calibrate/rubric"
	"calibrate/store"
)

func newSessionChange(s *shell) *cobra.Command {
	var f changes
	cmd := &cobra.Command{
		Use:   "change SESSION",
		Short: "Change how an open session is held",
		Long: `Changes the session's name, agenda, panel, time or facilitator. What is not named stays.

--person, --people, --team and --all say anew who is on the agenda; --add puts people at
its end, under the rubric of their role, and --remove takes them off. --rubric-of places a
person under another rubric, as long as nobody has placed them in the session. --order puts the agenda in order anew, by what was
drafted and voted until now. --panel names the whole panel anew. Whoever is new on the
agenda or the panel is recused as in “calibrate session new”; recusals that were made or
undone stay as they are.

A change that would show what is still hidden is refused: reveal it first, with a reason.`,
		Example: `  calibrate session change "2026 H1" --minutes 90 --order disagreement
  calibrate session change "2026 H1" --add "Ada Lovelace" --add-panel "Grace Hopper"
  calibrate session change "2026 H1" --name "2026 H1, platform"`,
		Args: takes(1, 1, "SESSION"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			some := false
			cmd.Flags().Visit(func(set *pflag.Flag) { some = some || cmd.InheritedFlags().Lookup(set.Name) == nil })
			if !some {
				return wrongUsage(cmd, "the command does not say what to change")
			}
			f.sets = func(name string) bool { return cmd.Flags().Changed(name) }
			return s.writing(func(st *store.Store) error { return s.changeSession(st, f, args[0]) })
		},
	}
	f.register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.name, "name", "", "the session's new `NAME`")
	flags.StringArrayVar(&f.add, "add", nil, "the person with the `ID` or exact name comes onto the agenda; may be repeated")
	flags.StringArrayVar(&f.remove, "remove", nil, "the person with the `ID` or exact name goes off it; may be repeated")
	flags.StringArrayVar(&f.addPanel, "add-panel", nil, "`NAME` of a reviewer who votes from now on, or NAME=ID; may be repeated")
	flags.StringArrayVar(&f.removePanel, "remove-panel", nil, "`NAME` of a reviewer who does not vote any more; may be repeated")
	return cmd
}

// changes is the flags that change a session.
type changes struct {
	setup
	name                               string
	add, remove, addPanel, removePanel []string
	sets                               func(flag string) bool
}

func (s *shell) changeSession(st *store.Store, f changes, which string) error {
	room, n, err := s.roomOf(st, which)
	if err != nil {
		return err
	}
	session, err := s.changed(st, f, room, n)
	if err != nil {
		return err
	}
	kept, err := st.Veiled().PutSession(session)
	var shows *calibration.ShowsError
	switch {
	case errors.As(err, &shows):
		return fmt.Errorf("the session was not changed: it would show what was said of %s before all have placed; “calibrate session reveal” does so, with a reason", n.labels(shows.People))
	case err != nil:
		return err
	}
	if s.json() {
		return writeRecord(s.Stdout, kept)
	}
	s.say("the session %q is changed", kept.Name)
	s.tellSetup(kept, n)
	return nil
}

// changed is the session as the flags want it.
func (s *shell) changed(st *store.Store, f changes, room *calibration.Room, n names) (calibration.Session, error) {
	before := room.Session
	session, err := f.rename(before, n)
	if err != nil {
		return session, err
	}
	r := room.Rubric()
	session.Rubric = r.Hash() // a session of old may have none
	if session.People, err = f.newAgenda(before, n); err != nil {
		return session, err
	}
	if session.Panel, err = f.newPanel(before, n); err != nil {
		return session, err
	}
	session.Recusals = before.RecusalsAfter(session, n.people, !f.noDefaults)
	if err := f.addRecusals(&session, n); err != nil {
		return session, err
	}
	if session, err = s.refrozen(st, before, session, r, f, n); err != nil {
		return session, err
	}
	if f.order != "" {
		if err := s.chooseOrder(&session, f.setup); err != nil {
			return session, err
		}
	}
	if f.order != "" || f.namesPeople() {
		session.People, err = st.Arrange(session, r)
	}
	return session, err
}

// refrozen is the changed session with a rubric for whoever is new or named by
// --rubric-of, copies of which are in the file.
func (s *shell) refrozen(st *store.Store, before, now calibration.Session, r *rubric.Rubric, f changes, n names) (calibration.Session, error) {
	chosen, err := s.freeze(st, now, r, before.People, f.setup, n)
	if err != nil {
		return now, err
	}
	if err := votedUnder(st, before, chosen.session, n); err != nil {
		return now, err
	}
	if !slices.Equal(before.Rubrics, chosen.session.Rubrics) {
		s.tellRubrics(st, chosen, n)
	} else {
		s.tellUnruled(chosen.unruled, r)
	}
	return chosen.session, chosen.keep(st)
}

// rename changes what has one value.
func (f changes) rename(session calibration.Session, n names) (calibration.Session, error) {
	if f.sets("name") {
		session.Name = strings.TrimSpace(f.name)
		if err := nameIsFree(n.sessions, session.Name, session.ID); err != nil {
			return session, err
		}
	}
	if f.sets("minutes") {
		session.Minutes = f.minutes
	}
	if f.sets("facilitator") {
		session.Facilitator = strings.TrimSpace(f.facilitator)
	}
	return session, nil
}

func (f changes) newAgenda(before calibration.Session, n names) (ids []string, err error) {
	ids = slices.Clone(before.People)
	if f.namesPeople() {
		if ids, err = f.agenda(n); err != nil {
			return nil, err
		}
	}
	for _, who := range f.add {
		p, err := calibration.FindPerson(n.people, who)
		if err != nil {
			return nil, err
		}
		ids = with(ids, p.ID)
	}
	for _, who := range f.remove {
		id, err := n.onAgenda(before, who)
		if err != nil {
			return nil, err
		}
		ids = slices.DeleteFunc(ids, func(on string) bool { return on == id })
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("nobody would be left on the agenda of the session %q", before.Name)
	}
	return ids, nil
}

func (f changes) newPanel(before calibration.Session, n names) (panel []calibration.Panellist, err error) {
	panel = slices.Clone(before.Panel)
	if f.sets("panel") {
		if panel, err = panellists(f.panel, n.people); err != nil {
			return nil, err
		}
	}
	more, err := panellists(f.addPanel, n.people)
	if err != nil {
		return nil, err
	}
	for _, name := range f.removePanel {
		if err := onPanel(before, name); err != nil {
			return nil, err
		}
		panel = slices.DeleteFunc(panel, func(p calibration.Panellist) bool { return p.Reviewer == name })
	}
	return append(panel, more...), nil
}
