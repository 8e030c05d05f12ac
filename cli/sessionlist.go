package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/store"
)

func newSessionList(s *shell) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "The sessions, and how far each is",
		Long: `Lists the sessions, the one opened first first. With --format json it prints one record
a line, as the file keeps them.`,
		Example: "  calibrate session list\n  calibrate session list --format json",
		Args:    takes(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			return s.reading(s.listSessions)
		},
	}
}

func (s *shell) listSessions(st *store.Store) error {
	sessions, err := st.Sessions()
	if err != nil {
		return err
	}
	if len(sessions) == 0 && !s.json() {
		s.say("there is no session yet; “calibrate session new NAME --all” opens one")
		return nil
	}
	var t table
	t.add("ID", "NAME", "STATE", "PEOPLE", "DECIDED", "BLIND", "OPENED", "RUBRIC")
	for _, session := range sessions {
		if s.json() {
			if err := writeRecord(s.Stdout, session); err != nil {
				return err
			}
			continue
		}
		decided, blind, roles := "-", "-", "-"
		if room, _, err := s.roomOf(st, session.ID); err != nil { // the others can still be told of
			s.say("how far %q is cannot be told: %v", session.Name, err)
		} else {
			roles = rolesOf(room.Rubrics())
			decided, blind = fmt.Sprint(len(room.Turns)-room.Undecided()), fmt.Sprint(len(blindIn(room)))
		}
		t.add(session.ID, session.Name, string(session.State), fmt.Sprint(len(session.People)), decided, blind,
			session.OpenedAt.In(s.Now().Location()).Format("2006-01-02"), roles)
	}
	if s.json() {
		return nil
	}
	return t.write(s.Stdout)
}

// blindIn lists the ids of those who are blind.
func blindIn(room *calibration.Room) (ids []string) {
	for _, t := range room.Turns {
		if t.Blind {
			ids = append(ids, t.Person.ID)
		}
	}
	return ids
}
