package cli

import (
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/rubric"
	"calibrate/store"
)

func newPeopleAdd(s *shell) *cobra.Command {
	var p calibration.Person
	cmd := &cobra.Command{
		Use:   "add --name NAME",
		Short: "Add a person who is rated",
		Long: `Adds a person and prints their id: the one that is given, such as the employer's,
or one that is made.`,
		Example: `  calibrate people add --name "Ada Lovelace" --id 0042 --team Platform --manager "Charles Babbage"`,
		Args:    takes(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := p.Validate(); err != nil {
				return wrongUsage(cmd, "%s", err)
			}
			return s.writing(func(st *store.Store) error { return s.addPerson(st, p) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&p.Name, "name", "", "the person's `NAME`")
	flags.StringVar(&p.ID, "id", "", "the employer's `ID`; without, one is made")
	flags.StringVar(&p.Email, "email", "", "the person's `ADDRESS`")
	flags.StringVar(&p.Team, "team", "", "the `TEAM`")
	flags.StringVar(&p.Manager, "manager", "", "`NAME` of the manager")
	flags.StringVar(&p.Role, "role", "", "the `ROLE`, as the rubric names it")
	return cmd
}

func (s *shell) addPerson(st *store.Store, p calibration.Person) error {
	people, err := st.People()
	if err != nil {
		return err
	}
	if p.ID != "" {
		for _, other := range people {
			if other.ID == p.ID {
				return fmt.Errorf("the id %s is %s already; give another id, or none", p.ID, other.Name)
			}
		}
	}
	added, err := st.PutPeople(p)
	if err != nil {
		return err
	}
	if s.json() {
		return writeRecord(s.Stdout, added[0])
	}
	s.say("%s is in the list", p.Name)
	_, err = fmt.Fprintln(s.Stdout, clean.Line(added[0].ID))
	return err
}

func newPeopleList(s *shell) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "Who is rated, and how far each is",
		Example: "  calibrate people list\n  calibrate people list --format json",
		Args:    takes(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			return s.reading(func(st *store.Store) error { return s.listPeople(st.Veiled()) })
		},
	}
}

func (s *shell) listPeople(st store.Veiled) error {
	people, err := st.People()
	if err != nil {
		return err
	}
	if s.json() {
		for _, p := range people {
			if err := writeRecord(s.Stdout, p); err != nil {
				return err
			}
		}
		return nil
	}
	if len(people) == 0 {
		s.say("nobody is in the list yet; “calibrate people add --name NAME” adds somebody, “calibrate people import FILE” everybody")
		return nil
	}
	r, err := s.loadRubric()
	if err != nil {
		return err
	}
	sessions, err := st.Sessions()
	if err != nil {
		return err
	}
	rubricOf := s.rubricsByRole(st, r)
	tables := tablesOfPeople{}
	for _, p := range people {
		decisions, err := st.DecisionsOf(p.ID)
		if err != nil {
			return err
		}
		row := []string{p.ID, p.Name, first(p.Team, "-"), first(p.Manager, "-")}
		for _, d := range rubricOf(p).Dimensions {
			row = append(row, standingWords(decisions, sessions, d))
		}
		tables.add(rubricOf(p), row)
	}
	hidden, err := unseenOf(st, func(calibration.Decision, calibration.Session) bool { return true })
	if err != nil {
		return err
	}
	s.tell(hidden)
	return tables.write(s.Stdout)
}

// tablesOfPeople is a table for each rubric that somebody is placed under, whose
// dimensions are its columns.
type tablesOfPeople struct {
	under []*rubric.Rubric
	of    []*table
}

func (ts *tablesOfPeople) add(r *rubric.Rubric, row []string) {
	at := slices.Index(ts.under, r)
	if at < 0 {
		at = len(ts.under)
		t := new(table)
		t.add(append([]string{"ID", "NAME", "TEAM", "MANAGER"}, r.Dimensions...)...)
		ts.under, ts.of = append(ts.under, r), append(ts.of, t)
	}
	ts.of[at].add(row...)
}

// write writes the tables; where there is one, it needs no heading.
func (ts *tablesOfPeople) write(w io.Writer) error {
	for i, t := range ts.of {
		heading := ""
		if i > 0 {
			heading = "\n"
		}
		if len(ts.of) > 1 {
			heading += clean.Line(ts.under[i].Role) + "\n"
		}
		if _, err := io.WriteString(w, heading); err != nil {
			return err
		}
		if err := t.write(w); err != nil {
			return err
		}
	}
	return nil
}

// standingWords says how far a person is on a dimension, outside any session or else
// in the latest one: "3-mid (draft)", "3-high (final, Spring)".
func standingWords(decisions []calibration.Decision, sessions []calibration.Session, dimension string) string {
	if st := calibration.Standings(decisions, "")[dimension]; st.Stage != "" {
		return fmt.Sprintf("%s (%s)", st.Decision.Position, st.Stage)
	}
	if past := calibration.EarlierOn(decisions, sessions, dimension, ""); len(past) > 0 {
		return fmt.Sprintf("%s (%s, %s)", past[0].Decision.Position, past[0].Decision.Stage, past[0].Session)
	}
	return "-"
}
