package tui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// compareFilter chooses what is compared, field by field.
type compareFilter struct {
	env    *env
	fields []filterField
	at     int
	people []string // chosen on the list of people; kept
}

// filterField is one thing that decisions are chosen by. The first choice is any.
type filterField struct {
	name    string
	choices []string
	chosen  int
	set     func(f *calibration.Filter, choice int)
}

// filtered is what was chosen, for the screen below.
type filtered struct{ filter calibration.Filter }

func newCompareFilter(c *compare) *compareFilter {
	s := &compareFilter{env: c.env, people: c.filter.People}
	f := c.filter
	s.session(c, f)
	s.named("Team", peopleField(c, func(p calibration.Person) string { return p.Team }), f.Teams, func(f *calibration.Filter, v []string) { f.Teams = v })
	s.named("Manager", peopleField(c, func(p calibration.Person) string { return p.Manager }), f.Managers, func(f *calibration.Filter, v []string) { f.Managers = v })
	s.named("Dimension", c.dimensions(), f.Dimensions, func(f *calibration.Filter, v []string) { f.Dimensions = v })
	var stages, chosen []string
	for _, stage := range calibration.Stages() {
		stages = append(stages, string(stage))
	}
	for _, stage := range f.Stages {
		chosen = append(chosen, string(stage))
	}
	s.named("Stage", stages, chosen, func(f *calibration.Filter, v []string) {
		for _, stage := range v {
			f.Stages = append(f.Stages, calibration.Stage(stage))
		}
	})
	s.since(c, f)
	return s
}

func peopleField(c *compare, of func(calibration.Person) string) []string {
	var all []string
	for _, p := range c.basis.People {
		if !slices.Contains(all, of(p)) {
			all = append(all, of(p))
		}
	}
	slices.Sort(all)
	return all
}

// named adds a field whose choices are names.
func (s *compareFilter) named(name string, names, chosen []string, set func(*calibration.Filter, []string)) {
	field := filterField{name: name, choices: []string{"any"}}
	for i, n := range names {
		field.choices = append(field.choices, or(n, "(none)"))
		if len(chosen) > 0 && chosen[0] == n {
			field.chosen = i + 1
		}
	}
	field.set = func(f *calibration.Filter, choice int) {
		if choice > 0 {
			set(f, []string{names[choice-1]})
		}
	}
	s.fields = append(s.fields, field)
}

func (s *compareFilter) session(c *compare, f calibration.Filter) {
	field := filterField{name: "Session", choices: []string{"all"}}
	ids := []string{}
	for _, session := range slices.Backward(c.basis.Sessions) {
		ids, field.choices = append(ids, session.ID), append(field.choices, session.Name)
	}
	ids, field.choices = append(ids, ""), append(field.choices, "outside any session")
	if len(f.Sessions) > 0 {
		field.chosen = slices.Index(ids, f.Sessions[0]) + 1
	}
	field.set = func(f *calibration.Filter, choice int) {
		if choice > 0 {
			f.Sessions = []string{ids[choice-1]}
		}
	}
	s.fields = append(s.fields, field)
}

// sinceDays are the spans that decisions can be chosen by.
var sinceDays = []struct {
	name string
	days int
}{{"the last 30 days", 30}, {"the last 90 days", 90}, {"the last half year", 182}, {"the last year", 365}}

func (s *compareFilter) since(c *compare, f calibration.Filter) {
	field := filterField{name: "Decided in", choices: []string{"any time"}}
	today := c.env.now().Truncate(24 * 3600 * 1e9)
	for i, span := range sinceDays {
		field.choices = append(field.choices, span.name)
		if f.Since.Equal(today.AddDate(0, 0, -span.days)) {
			field.chosen = i + 1
		}
	}
	field.set = func(f *calibration.Filter, choice int) {
		if choice > 0 {
			f.Since = today.AddDate(0, 0, -sinceDays[choice-1].days)
		}
	}
	s.fields = append(s.fields, field)
}

var compareFilterKeys = struct{ apply, find, down, up, next, prev, clear key.Binding }{
	apply: bind("enter", "enter", "apply"),
	find:  bind("/", "/", "choose; among all, by letters of the name"),
	down:  bind("down j tab", "↓", "next field"),
	up:    bind("up k shift+tab", "↑", "previous field"),
	next:  bind("right l space", "→", "next choice"),
	prev:  bind("left h", "←", "previous choice"),
	clear: bind("backspace", "backspace", "clear; all fields"),
}

func (s *compareFilter) Init() tea.Cmd { return nil }
func (s *compareFilter) Title() string { return "Filter" }
func (s *compareFilter) Typing() bool  { return false }

func (s *compareFilter) Keys() []key.Binding {
	k := compareFilterKeys
	return []key.Binding{k.apply, k.down, k.next, bind("esc", "esc", "back; without change"), k.prev, k.find, k.clear, k.up, listKeys.first, listKeys.last, keyQuit}
}

func (s *compareFilter) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case pointed:
		s.point(msg)
	case picked:
		s.fields[s.at].chosen = int(msg)
	}
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return reply{}
	}
	f := &s.fields[s.at]
	switch keys := compareFilterKeys; {
	case key.Matches(k, keyBack):
		return reply{pop: true}
	case key.Matches(k, keys.find):
		return reply{push: newPicker(s.env, f.name, f.choices, f.chosen)}
	case key.Matches(k, keys.apply):
		return reply{pop: true, below: filtered{s.filter()}}
	case key.Matches(k, keys.down):
		s.at = (s.at + 1) % len(s.fields)
	case key.Matches(k, keys.up):
		s.at = (s.at + len(s.fields) - 1) % len(s.fields)
	case key.Matches(k, keys.next):
		f.chosen = (f.chosen + 1) % len(f.choices)
	case key.Matches(k, keys.prev):
		f.chosen = (f.chosen + len(f.choices) - 1) % len(f.choices)
	case key.Matches(k, listKeys.first, listKeys.last):
		s.at, _ = step(s.at, len(s.fields), 0, k)
	case key.Matches(k, keys.clear):
		s.people = nil
		for i := range s.fields {
			s.fields[i].chosen = 0
		}
	}
	return reply{}
}

// point goes to the field that is clicked at, and to the next choice of one that it is
// at already.
func (s *compareFilter) point(p pointed) {
	i := p.y - filterTop
	if p.lines != 0 || i < 0 || i >= len(s.fields) {
		return
	}
	if f := &s.fields[i]; i == s.at {
		f.chosen = (f.chosen + 1) % len(f.choices)
	}
	s.at = i
}

// filterLabel is the room for the names of the fields.
const filterLabel = 15

// filterTop is the title and a blank row.
const filterTop = 2

func (s *compareFilter) filter() calibration.Filter {
	f := calibration.Filter{People: s.people}
	for _, field := range s.fields {
		field.set(&f, field.chosen)
	}
	return f
}

func (s *compareFilter) View(w, h int) string {
	t := s.env.theme
	rows := []string{t.rule(t.title.paint("What is compared"), "", w), ""}
	for i, f := range s.fields {
		look := t.plain
		if f.chosen == 0 {
			look = t.faint
		}
		choice := line(f.choices[f.chosen])
		if i == s.at {
			rows = append(rows, t.choice(f.name, choice, filterLabel, w))
			continue
		}
		rows = append(rows, t.label(f.name, filterLabel, false)+look.paint(choice))
	}
	if n := len(s.people); n > 0 {
		rows = append(rows, "", "   "+count(n, "person")+" chosen on the list of people; backspace takes everybody")
	}
	return joinRows(page(rows, w, h))
}
