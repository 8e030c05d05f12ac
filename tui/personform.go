package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// personFields are the lines of the form for a new person: name, hint, and where the
// value goes.
var personFields = []struct {
	name, hint string
	set        func(*calibration.Person, string)
}{
	{"Name", "required; all else may be empty", func(p *calibration.Person, v string) { p.Name = v }},
	{"Team", "", func(p *calibration.Person, v string) { p.Team = v }},
	{"Role", "chooses the rubric, where there is one for it", func(p *calibration.Person, v string) { p.Role = v }},
	{"Manager", "by name; has no vote on them in a session", func(p *calibration.Person, v string) { p.Manager = v }},
	{"Email", "", func(p *calibration.Person, v string) { p.Email = v }},
	{"ID", "the employer's; where it is empty, one is made", func(p *calibration.Person, v string) { p.ID = v }},
}

// newPersonForm takes in a new person, besides those who are known.
func newPersonForm(e *env, known []calibration.Person) *form {
	f := &form{env: e, title: "New person", verb: "add the person"}
	for _, field := range personFields {
		f.fields = append(f.fields, typed(field.name, field.hint, calibration.MaxNameBytes))
	}
	store := e.store
	f.do = func(answers []string) (tea.Cmd, error) {
		var p calibration.Person
		for i, field := range personFields {
			field.set(&p, answers[i])
		}
		if err := checkNew(p, known); err != nil {
			return nil, err
		}
		return func() tea.Msg {
			people, err := store.PutPeople(p)
			if err != nil {
				return did{err: fmt.Errorf("not added: %w", err)}
			}
			return did{home: added{people[0]}}
		}, nil
	}
	return f
}

// checkNew refuses a person who cannot be recorded or who would replace another.
func checkNew(p calibration.Person, known []calibration.Person) error {
	if err := p.Validate(); err != nil {
		return err
	}
	for _, other := range known {
		if p.ID != "" && other.ID == p.ID {
			return fmt.Errorf("id %s is %s already; give another id, or none", p.ID, other.Name)
		}
	}
	return nil
}
