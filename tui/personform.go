package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// personForm takes in a new person.
type personForm struct {
	env    *env
	known  []calibration.Person
	fields []*editor
	at     int
}

// personFields are the form's lines: name, hint, and where the value goes.
var personFields = []struct {
	name, hint string
	set        func(*calibration.Person, string)
}{
	{"Name", "required", func(p *calibration.Person, v string) { p.Name = v }},
	{"Team", "", func(p *calibration.Person, v string) { p.Team = v }},
	{"Role", "", func(p *calibration.Person, v string) { p.Role = v }},
	{"Manager", "", func(p *calibration.Person, v string) { p.Manager = v }},
	{"Email", "", func(p *calibration.Person, v string) { p.Email = v }},
	{"ID", "the employer's, if there is one; else one is made", func(p *calibration.Person, v string) { p.ID = v }},
}

var personFormKeys = struct{ save, down, up, back key.Binding }{
	save: bind("enter ctrl+s", "enter", "add the person"),
	down: bind("tab down", "tab", "next field"),
	up:   bind("shift+tab up", "shift+tab", "previous field"),
	back: bind("esc", "esc", "back; without adding"),
}

func newPersonForm(e *env, known []calibration.Person) *personForm {
	s := &personForm{env: e, known: known}
	for range personFields {
		s.fields = append(s.fields, newEditor(calibration.MaxNameBytes))
	}
	return s
}

func (s *personForm) Init() tea.Cmd { return nil }
func (s *personForm) Title() string { return "New person" }
func (s *personForm) Typing() bool  { return true }

func (s *personForm) Keys() []key.Binding {
	k := personFormKeys
	return []key.Binding{k.save, k.down, k.up, k.back}
}

func (s *personForm) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case addResult:
		if msg.err != nil {
			return reply{status: failure(fmt.Errorf("not added: %w", msg.err)).about(s)}
		}
		return reply{home: added{msg.person, s}}
	case tea.KeyMsg:
		return s.press(msg)
	}
	return reply{}
}

// addResult is what adding came to.
type addResult struct {
	person calibration.Person
	err    error
}

func (s *personForm) press(k tea.KeyMsg) reply {
	switch keys := personFormKeys; {
	case key.Matches(k, keys.back):
		return reply{pop: true}
	case key.Matches(k, keys.save):
		return s.save()
	case key.Matches(k, keys.down):
		s.at = (s.at + 1) % len(s.fields)
	case key.Matches(k, keys.up):
		s.at = (s.at - 1 + len(s.fields)) % len(s.fields)
	case !s.fields[s.at].update(k):
		return reply{status: info(fmt.Sprintf("the %s is full; not all of that was taken", strings.ToLower(personFields[s.at].name)))}
	}
	return reply{}
}

func (s *personForm) save() reply {
	var p calibration.Person
	for i, f := range personFields {
		f.set(&p, strings.TrimSpace(s.fields[i].text))
	}
	if err := s.check(p); err != nil {
		return reply{status: failure(err).about(s)}
	}
	store := s.env.store
	return reply{wait: true, cmd: func() tea.Msg {
		people, err := store.PutPeople(p)
		if err != nil {
			return addResult{err: err}
		}
		return addResult{person: people[0]}
	}}
}

// check refuses a person who cannot be recorded or who would replace another.
func (s *personForm) check(p calibration.Person) error {
	if err := p.Validate(); err != nil {
		return err
	}
	for _, other := range s.known {
		if p.ID != "" && other.ID == p.ID {
			return fmt.Errorf("id %s is %s already; give another id, or none", p.ID, other.Name)
		}
	}
	return nil
}

// formLabel is the room for the names of the form's fields.
const formLabel = 13

func (s *personForm) View(w, h int) string {
	t := s.env.theme
	rows := []string{t.rule(t.title.paint("New person"), "", w), spaces(w)}
	for i, f := range personFields {
		label := "   " + t.heading.paint(fit(f.name, formLabel-3))
		if i == s.at {
			label = " " + t.accent.paint(markCursor+" "+fit(f.name, formLabel-3))
		}
		room := w - formLabel
		value := s.fields[i].row(t, room, i == s.at)
		if s.fields[i].text == "" {
			value = s.fields[i].row(t, 2, i == s.at) + t.faint.paint(fit(f.hint, room-2))
		}
		rows = append(rows, label+value)
	}
	return joinRows(page(rows, w, h))
}
