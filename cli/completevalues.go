package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/rubric"
	"calibrate/store"
)

// people are those in the data file.
func (s *shell) peopleThere() (people []calibration.Person) {
	s.looking(func(st *store.Store) (err error) {
		people, err = st.People()
		return err
	})
	return people
}

func each(people []calibration.Person, value func(calibration.Person) string) []string {
	var all []string
	for _, p := range people {
		all = append(all, value(p))
	}
	return all
}

// completePerson offers names, and ids once one is begun; who shares a name goes by the
// id alone.
func (s *shell) completePerson(_ *cobra.Command, typed string) []cobra.Completion {
	people, times := s.peopleThere(), map[string]int{}
	for _, p := range people {
		times[p.Name]++
	}
	var all []cobra.Completion
	for _, p := range people {
		if times[p.Name] == 1 {
			all = append(all, described(offered(typed, p.Name), p.Team)...)
		}
		if typed != "" || times[p.Name] > 1 {
			all = append(all, described(offered(typed, p.ID), p.Name)...)
		}
	}
	return all
}

// described puts a description behind each value.
func described(values []cobra.Completion, about string) []cobra.Completion {
	if about = clean.Line(about); about == "" {
		return values
	}
	for i, v := range values {
		values[i] = cobra.CompletionWithDesc(v, about)
	}
	return values
}

func (s *shell) completeTeam(_ *cobra.Command, typed string) []cobra.Completion {
	return offered(typed, each(s.peopleThere(), func(p calibration.Person) string { return p.Team })...)
}

func (s *shell) completeManager(_ *cobra.Command, typed string) []cobra.Completion {
	return offered(typed, each(s.peopleThere(), func(p calibration.Person) string { return p.Manager })...)
}

// completeRole offers the roles that rubrics are for, and those that people have.
func (s *shell) completeRole(_ *cobra.Command, typed string) []cobra.Completion {
	var all []string
	if builtIns, err := s.builtIns(); err == nil {
		for _, b := range builtIns {
			if r, err := b.parse(); err == nil {
				all = append(all, r.Role)
			}
		}
	}
	return offered(typed, append(all, each(s.peopleThere(), func(p calibration.Person) string { return p.Role })...)...)
}

func (s *shell) completeSession(_ *cobra.Command, typed string) (all []cobra.Completion) {
	s.looking(func(st *store.Store) error {
		sessions, err := st.Sessions()
		for _, session := range slices.Backward(sessions) { // the latest first
			all = append(all, described(offered(typed, session.Name), string(session.State))...)
		}
		return err
	})
	return all
}

// completeReviewer offers who may well be meant: who has a walk, sits on a panel,
// manages somebody, or uses the program now. To read every decision would be slow.
func (s *shell) completeReviewer(_ *cobra.Command, typed string) []cobra.Completion {
	var all []string
	s.looking(func(st *store.Store) error {
		walks, err := st.Walks()
		if err != nil {
			return err
		}
		for _, w := range walks {
			all = append(all, w.Reviewer)
		}
		sessions, err := st.Sessions()
		if err != nil {
			return err
		}
		for _, session := range sessions {
			for _, p := range session.Panel {
				all = append(all, p.Reviewer)
			}
		}
		people, err := st.People()
		all = append(all, each(people, func(p calibration.Person) string { return p.Manager })...)
		return err
	})
	if name, err := s.reviewer(); err == nil {
		all = append(all, name)
	}
	return offered(typed, all...)
}

// rubricMeant is the rubric that the command line so far is about: that of its session
// or person, or the one in use. Nil: none can be read.
func (s *shell) rubricMeant(cmd *cobra.Command) (r *rubric.Rubric) {
	s.looking(func(st *store.Store) (err error) {
		var p calibration.Person
		if who := flagOf(cmd, "person"); who != "" {
			people, err := st.People()
			if err != nil {
				return err
			}
			p, _ = calibration.FindPerson(people, who) // nobody: the one in use
		}
		_, r, err = s.placedUnder(st, flagOf(cmd, "session"), p)
		return err
	})
	if r == nil {
		r, _ = s.loadRubric()
	}
	return r
}

// flagOf is what the command line gives a flag, "" if nothing.
func flagOf(cmd *cobra.Command, name string) string {
	if f := cmd.Flags().Lookup(name); f != nil && f.Value.Type() == "string" {
		return f.Value.String()
	}
	return ""
}

func (s *shell) completeDimension(cmd *cobra.Command, typed string) []cobra.Completion {
	r := s.rubricMeant(cmd)
	if r == nil {
		return nil
	}
	return offered(typed, r.Dimensions...)
}

func (s *shell) completePosition(cmd *cobra.Command, typed string) (all []cobra.Completion) {
	r := s.rubricMeant(cmd)
	if r == nil {
		return nil
	}
	for _, p := range r.Positions() {
		all = append(all, described(offered(typed, p.Key), p.Title())...)
	}
	return all
}

// completeStatement offers the statements of some sections, those of the dimension and
// position alone that the command line names.
func (s *shell) completeStatement(sections ...rubric.Section) completer {
	return func(cmd *cobra.Command, typed string) (all []cobra.Completion) {
		r := s.rubricMeant(cmd)
		if r == nil {
			return nil
		}
		dimension, dimensionErr := r.Dimension(flagOf(cmd, "dimension"))
		position, positionErr := r.Position(flagOf(cmd, "at"))
		for _, st := range r.AllStatements() {
			other := dimensionErr == nil && st.Dimension != dimension || typed == "" && positionErr == nil && st.Position.Key != position.Key
			if !other && slices.Contains(sections, st.Section) {
				all = append(all, described(offered(typed, st.ID), st.Text)...)
			}
		}
		return all
	}
}

// completeRubricOf offers people, and behind the sign between the two rubrics.
func (s *shell) completeRubricOf(cmd *cobra.Command, typed string) (all []cobra.Completion) {
	who, named, both := strings.Cut(typed, "=")
	if !both {
		return s.completePerson(cmd, typed)
	}
	for _, c := range s.completeRubric(cmd, named) {
		all = append(all, who+"="+c)
	}
	return all
}

func (s *shell) completeRubric(_ *cobra.Command, typed string) (all []cobra.Completion) {
	builtIns, err := s.builtIns()
	if err != nil {
		return nil
	}
	for _, b := range builtIns {
		all = append(all, described(offered(typed, b.name), "built in")...)
	}
	return all
}
