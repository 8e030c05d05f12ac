package tui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// picker chooses one of many names by some of its letters, and tells the screen below.
type picker struct {
	env     *env
	title   string
	choices []string
	input   *editor
	found   []int // indices into choices, the best first
	cursor  int
	size    tea.WindowSizeMsg
}

// picked is the choice, as its index.
type picked int

func newPicker(e *env, title string, choices []string, chosen int) *picker {
	s := &picker{env: e, title: title, choices: choices, input: newEditor(maxFilter)}
	s.find()
	s.cursor = max(0, chosen)
	return s
}

var pickerKeys = struct{ choose, down, up, pageDown, pageUp, back key.Binding }{
	choose:   bind("enter", "enter", "choose"),
	down:     bind("down ctrl+n", "↓", "next"),
	up:       bind("up ctrl+p", "↑", "previous"),
	pageDown: bind("pgdown", "pgdn", "a page down"),
	pageUp:   bind("pgup", "pgup", "a page up"),
	back:     bind("esc", "esc", "back; without choosing"),
}

func (s *picker) Init() tea.Cmd { return nil }
func (s *picker) Title() string { return "Choose" }
func (s *picker) Typing() bool  { return true }
func (s *picker) About() string {
	return "Type some letters of a name; those that fit best come first."
}

func (s *picker) Keys() []key.Binding {
	k := pickerKeys
	return []key.Binding{k.choose, k.down, k.up, k.pageDown, k.pageUp, k.back}
}

// find lists the choices that have what was typed in them.
func (s *picker) find() {
	words := seek(s.input.text)
	s.found = bestFirst(len(s.choices), func(i int) (int, bool) { return words.among(s.choices[i]) })
	s.cursor = 0
}

// bestFirst lists those of n things that fit, the best first, and in their order where several
// fit as well.
func bestFirst(n int, fits func(i int) (fit int, ok bool)) []int {
	found, fit := make([]int, 0, n), make([]int, n)
	alike := true
	for i := range n {
		var ok bool
		if fit[i], ok = fits(i); ok {
			found = append(found, i)
			alike = alike && fit[i] == fit[found[0]]
		}
	}
	if !alike {
		slices.SortStableFunc(found, func(a, b int) int { return fit[b] - fit[a] })
	}
	return found
}

func (s *picker) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
	case pointed:
		row, on := s.window(msg.h).at(msg.y - pickerTop)
		to, again := msg.choose(s.cursor, len(s.found), row, on)
		if s.cursor = to; again {
			return s.press(keyEnter)
		}
	case tea.KeyMsg:
		return s.press(msg)
	}
	return reply{}
}

func (s *picker) press(k tea.KeyMsg) reply {
	switch keys := pickerKeys; {
	case key.Matches(k, keys.back):
		return reply{pop: true}
	case key.Matches(k, keys.choose) && len(s.found) == 0:
		return reply{status: info("nothing to choose; change the letters, or esc")}
	case key.Matches(k, keys.choose):
		return reply{pop: true, below: picked(s.found[s.cursor])}
	case key.Matches(k, keys.down):
		s.cursor = max(0, min(s.cursor+1, len(s.found)-1))
	case key.Matches(k, keys.up):
		s.cursor = max(0, s.cursor-1)
	case key.Matches(k, keys.pageDown, keys.pageUp):
		s.cursor, _ = step(s.cursor, len(s.found), s.size.Height-pickerTop, k)
	default:
		before := s.input.text
		if s.input.update(k); s.input.text != before {
			s.find()
		}
	}
	return reply{}
}

// pickerTop is the rows above the choices: title, field, a blank row.
const pickerTop = 3

func (s *picker) window(h int) window {
	return windowOn(s.cursor, s.cursor, 0, len(s.found), h-pickerTop)
}

func (s *picker) View(w, h int) string {
	t := s.env.theme
	rows := []string{t.rule(t.title.paint(line(s.title)), "", w), " " + t.accent.paint("/") + " " + s.input.row(t, w-3, true), spaces(w)}
	if len(s.found) == 0 {
		return joinRows(page(append(rows, t.faint.paint(" Nothing has these letters; backspace takes one away.")), w, h))
	}
	words := seek(s.input.text)
	drawn := make([]string, len(s.found))
	for i, choice := range s.found {
		lead, look := t.lead(i == s.cursor)
		drawn[i] = fit(lead+words.mark(t, look, cut(line(s.choices[choice]), w-4)), w)
	}
	return joinRows(append(rows, s.window(h).draw(t, drawn, 3, w)...))
}
