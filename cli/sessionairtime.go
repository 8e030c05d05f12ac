package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/store"
)

func newSessionAirtime(s *shell) *cobra.Command {
	return &cobra.Command{
		Use:   "airtime SESSION",
		Short: "How long a session spoke about whom",
		Long: `Prints how long the session spoke about each person, and on average by part of the
agenda, team and position: who was discussed for ten minutes, and who for twenty
seconds.`,
		Example: `  calibrate session airtime "2026 H1"`,
		Args:    takes(1, 1, "SESSION"),
		RunE: func(_ *cobra.Command, args []string) error {
			return s.existing(func(st *store.Store) error {
				room, _, err := s.roomOf(st, args[0])
				switch {
				case err != nil:
					return err
				case s.json():
					return writeDocument(s.Stdout, airtimeOf(room.Airtime()))
				}
				return writeAirtime(s.Stdout, room.Airtime())
			})
		},
	}
}

func writeAirtime(w io.Writer, a calibration.Airtime) error {
	var people table
	people.add("SPENT", "AGENDA", "ID", "NAME", "TEAM", "")
	for _, p := range a.People {
		note := ""
		switch {
		case p.Spent == 0:
			note = "not spoken about"
		case p.Quick:
			note = "less than a third of the median"
		}
		people.add(calibration.Clock(p.Spent), fmt.Sprint(p.Place), p.Person.ID, p.Person.Name, first(p.Person.Team, "-"), note)
	}
	if err := writeAirtimeGroups(w, a); err != nil || a.Total == 0 {
		return err
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return err
	}
	return people.write(w)
}

// writeAirtimeGroups is how long the session spoke about the people of each group, on
// average.
func writeAirtimeGroups(w io.Writer, a calibration.Airtime) error {
	if a.Total == 0 {
		_, err := fmt.Fprintln(w, "No time was recorded.")
		return err
	}
	if _, err := fmt.Fprintf(w, "%s in all; median %s a person\n\n", calibration.Clock(a.Total), calibration.Clock(a.Median)); err != nil {
		return err
	}
	var groups table
	groups.add("MEAN", "PEOPLE", "BY", "")
	for _, g := range a.Groups {
		name := g.Name
		if name == "" {
			name = map[string]string{"team": "without a team", "position": "not decided"}[g.By]
		}
		groups.add(calibration.Clock(g.Mean), fmt.Sprint(g.People), g.By, name)
	}
	return groups.write(w)
}
