package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// form asks for a few short answers and does something with them. It stays until that
// has succeeded or is given up.
type form struct {
	env    *env
	title  string
	verb   string   // what enter does; empty: save
	about  []string // what is asked, and why
	fields []formField
	at     int
	// do checks the answers, one a field, and returns what is to be done with them.
	do func(answers []string) (tea.Cmd, error)
}

// formField is one question.
type formField struct {
	name, hint string
	input      *editor
	choices    []string // instead of what is typed
	chosen     int
}

func typed(name, hint string, limit int) formField {
	return formField{name: name, hint: hint, input: newEditor(limit)}
}

func chosen(name string, choices ...string) formField {
	return formField{name: name, choices: choices}
}

// filled puts a text into the field.
func (f formField) filled(text string) formField {
	if f.input == nil {
		f.chosen = max(0, slices.Index(f.choices, text))
	} else {
		f.input.set(text)
	}
	return f
}

func (f formField) answer() string {
	if f.input == nil {
		return f.choices[f.chosen]
	}
	return strings.TrimSpace(f.input.text)
}

// did is what a form's work came to: words for the status line, or why not.
type did struct {
	words string
	err   error
	home  tea.Msg // what the first screen is told then; nil: the form leads back to where it was
}

var formKeys = struct{ save, down, up, more, less, back key.Binding }{
	save: bind("enter ctrl+s", "enter", "save"),
	down: bind("tab down", "tab", "next field"),
	up:   bind("shift+tab up", "shift+tab", "previous field"),
	more: bind("right l space", "→", "next choice"),
	less: bind("left h", "←", "previous choice"),
	back: bind("esc", "esc", "back; without saving"),
}

func (s *form) Init() tea.Cmd { return nil }
func (s *form) Title() string { return s.title }
func (s *form) Typing() bool  { return s.fields[s.at].input != nil }

// Writing is what is typed into a field for a text of some length.
func (s *form) Writing() (text *editor, sealed string) {
	if f := s.fields[s.at].input; f != nil && f.limit >= calibration.MaxNote {
		return f, s.env.sealed()
	}
	return nil, ""
}

func (s *form) Keys() []key.Binding {
	k := formKeys
	keys := []key.Binding{k.save}
	if s.verb != "" {
		keys[0] = bind("enter ctrl+s", "enter", s.verb)
	}
	switch several := len(s.fields) > 1; {
	case s.fields[s.at].input == nil && several:
		return append(keys, k.more, k.down, k.back, k.less, k.up)
	case s.fields[s.at].input == nil:
		return append(keys, k.more, k.less, k.back)
	case several:
		keys = append(keys, k.down, k.up)
	}
	if text, _ := s.Writing(); text != nil {
		keys = append(keys, keyEditor)
	}
	if s.Typing() {
		keys = append(keys, keyUndoText, keyRedoText)
	}
	return append(keys, k.back)
}

func (s *form) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case did:
		if msg.err != nil {
			return reply{status: failure(msg.err).about(s)}
		}
		if msg.home != nil {
			return reply{home: msg.home, status: status{settles: s}}
		}
		return reply{pop: true, status: info(msg.words).about(s)}
	case pointed:
		s.point(msg)
	case tea.KeyMsg:
		return s.press(msg)
	}
	return reply{}
}

// point goes to the field that is clicked at, and to the next choice of one that it is
// at already.
func (s *form) point(p pointed) {
	i := p.y - len(s.head(p.w))
	if p.lines != 0 || i < 0 || i >= len(s.fields) {
		return
	}
	if f := &s.fields[i]; i == s.at && f.input == nil {
		f.chosen = (f.chosen + 1) % len(f.choices)
	}
	s.at = i
}

func (s *form) press(k tea.KeyMsg) reply {
	f := &s.fields[s.at]
	switch keys := formKeys; {
	case key.Matches(k, keys.back):
		return reply{pop: true}
	case key.Matches(k, keys.save):
		return s.save()
	case key.Matches(k, keys.down):
		s.at = (s.at + 1) % len(s.fields)
	case key.Matches(k, keys.up):
		s.at = (s.at - 1 + len(s.fields)) % len(s.fields)
	case f.input == nil && key.Matches(k, keys.more):
		f.chosen = (f.chosen + 1) % len(f.choices)
	case f.input == nil && key.Matches(k, keys.less):
		f.chosen = (f.chosen - 1 + len(f.choices)) % len(f.choices)
	case f.input == nil:
	case !f.input.update(k):
		return reply{status: info(fmt.Sprintf("the field %q is full; not all of that was taken", f.name))}
	}
	return reply{}
}

func (s *form) save() reply {
	answers := make([]string, len(s.fields))
	for i, f := range s.fields {
		answers[i] = f.answer()
	}
	cmd, err := s.do(answers)
	if err != nil {
		return reply{status: failure(err).about(s)}
	}
	return reply{cmd: cmd, wait: true}
}

// head is what stands above the fields.
func (s *form) head(w int) []string {
	t := s.env.theme
	rows := []string{t.rule(t.title.paint(line(s.title)), "", w), spaces(w)}
	for _, paragraph := range s.about {
		for _, l := range s.env.wrapper.wrap(paragraph, min(w-4, maxRationaleWidth)) {
			rows = append(rows, fit("   "+l, w))
		}
	}
	if len(s.about) > 0 {
		rows = append(rows, spaces(w))
	}
	return rows
}

func (s *form) View(w, h int) string {
	rows := s.head(w)
	label := 3
	for _, f := range s.fields {
		label = max(label, width(f.name)+5)
		if f.input == nil {
			label = max(label, width(f.name)+6) // the sign before what is chosen takes one
		}
	}
	for i, f := range s.fields {
		rows = append(rows, s.row(f, i == s.at, label, w))
	}
	return joinRows(page(rows, w, h))
}

func (s *form) row(f formField, here bool, label, w int) string {
	t := s.env.theme
	lead := t.label(f.name, label, here)
	room := w - label
	switch {
	case f.input == nil && here:
		return t.choice(f.name, line(f.choices[f.chosen]), label, w)
	case f.input == nil:
		return lead + fit(line(f.choices[f.chosen]), room)
	case f.input.text == "" && here:
		return lead + f.input.row(t, 2, here) + t.faint.paint(fit(f.hint, room-2))
	case f.input.text == "":
		return lead + t.faint.paint(fit(f.hint, room))
	}
	return lead + f.input.row(t, room, here)
}

// label names a field in w cells, of which the last two are blank.
func (t theme) label(name string, w int, here bool) string {
	if here {
		return " " + t.accent.paint(markCursor+" "+fit(cut(name, w-4), w-3))
	}
	return "   " + fit(cut(name, w-4), w-3)
}

// choice draws a field that the keys go to, and what is chosen in it, behind a label of so
// many cells. The sign on the left stands in the label's last cells: what is chosen stands
// where it does while the keys go elsewhere.
func (t theme) choice(name, chosen string, label, w int) string {
	lead := " " + t.accent.paint(markCursor+" "+fit(cut(name, label-5), label-5)+markLeft)
	return fit(lead+" "+t.title.paint(chosen)+" "+t.accent.paint(markRight), w)
}
