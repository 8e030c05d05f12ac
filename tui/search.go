package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/rubric"
)

// search finds statements by the words in them, over all bands and dimensions.
type search struct {
	env    *env
	desk   *desk
	choose func(rubric.Statement)
	input  textinput.Model
	found  []rubric.Statement
	cursor int
}

func newSearch(e *env, d *desk, choose func(rubric.Statement)) *search {
	s := &search{env: e, desk: d, choose: choose, input: newTextInput(e.theme)}
	s.find()
	return s
}

var searchKeys = struct{ choose, down, up key.Binding }{
	choose: bind("enter", "enter", "go to the statement"),
	down:   bind("down ctrl+n", "↓", "next"),
	up:     bind("up ctrl+p", "↑", "previous"),
}

func (s *search) Init() tea.Cmd { return nil }
func (s *search) Title() string { return "Search" }
func (s *search) Busy() bool    { return false }
func (s *search) Typing() bool  { return true }

func (s *search) Keys() []key.Binding {
	return []key.Binding{searchKeys.choose, searchKeys.down, searchKeys.up, keyBack}
}

func (s *search) Update(msg tea.Msg) reply {
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return reply{}
	}
	switch {
	case key.Matches(k, keyBack):
		return reply{pop: true}
	case key.Matches(k, searchKeys.choose):
		if len(s.found) == 0 {
			return reply{status: info("nothing to go to; change the words, or esc")}
		}
		s.choose(s.found[s.cursor])
		return reply{pop: true, edited: s.desk}
	case key.Matches(k, searchKeys.down):
		s.cursor = min(s.cursor+1, max(0, len(s.found)-1))
	case key.Matches(k, searchKeys.up):
		s.cursor = max(0, s.cursor-1)
	default:
		s.input, _ = s.input.Update(safePaste(k))
		s.find()
	}
	return reply{}
}

// find lists the statements that hold every word typed, in reading order.
func (s *search) find() {
	words := strings.Fields(strings.ToLower(s.input.Value()))
	s.found, s.cursor = nil, 0
	for _, st := range s.desk.rubric.AllStatements() {
		if containsAll(strings.ToLower(st.Text+" "+st.ID), words) {
			s.found = append(s.found, st)
		}
	}
}

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

func (s *search) View(w, h int) string {
	t := s.env.theme
	s.input.Width = w - 20
	rows := []string{
		spread(" "+t.title.paint("Search all statements"), t.faint.paint(s.count()+" "), w),
		fit(" / "+s.input.View(), w),
		spaces(w),
	}
	var lines []string
	first, last := 0, -1
	for i, st := range s.found {
		if i == s.cursor {
			first = len(lines)
		}
		lines = append(lines, s.row(st, i == s.cursor, w)...)
		if i == s.cursor {
			last = len(lines) - 1
		}
	}
	if len(s.found) == 0 {
		lines = []string{t.faint.paint(fit(" No statement holds all of these words.", w))}
	}
	rows = append(rows, column{env: s.env}.window(lines, first, last, w, h-len(rows))...)
	return joinRows(rows)
}

func (s *search) count() string {
	if len(s.found) == 1 {
		return "1 statement"
	}
	return fmt.Sprintf("%d statements", len(s.found))
}

func (s *search) row(st rubric.Statement, here bool, w int) []string {
	t := s.env.theme
	lead, look := "   ", t.plain
	if here {
		lead, look = " "+t.accent.paint(markCursor)+" ", t.cursor
	}
	where := fmt.Sprintf("%s · %s · %s", st.Position.Key, line(st.Dimension), st.Section.Title())
	rows := []string{lead + t.heading.paint(fit(where, w-3))}
	for _, l := range s.env.wrapper.wrap(st.Text, w-6) {
		rows = append(rows, "     "+look.paint(fit(l, w-5)))
	}
	return rows
}
