package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/rubric"
)

// neighbours shows the band below, this one and the one above, whole and side by
// side: why not one up, why not one down.
type neighbours struct {
	env  *env
	desk *desk
	from int // lines scrolled
	size tea.WindowSizeMsg
}

func newNeighbours(e *env, d *desk) *neighbours { return &neighbours{env: e, desk: d} }

var neighboursKeys = struct{ next, prev, down, up, pageDown, pageUp, place key.Binding }{
	next:     bind("right l", "→", "one band up"),
	prev:     bind("left h", "←", "one band down"),
	down:     bind("down j", "↓", "scroll down"),
	up:       bind("up k", "↑", "scroll up"),
	pageDown: bind("pgdown ctrl+d", "pgdn", "scroll a page"),
	pageUp:   bind("pgup ctrl+u", "pgup", "scroll a page back"),
	place:    bind("enter", "enter", "place; at the band in the middle"),
}

func (s *neighbours) Init() tea.Cmd { return nil }
func (s *neighbours) Title() string { return "Neighbours" }
func (s *neighbours) Busy() bool    { return false }
func (s *neighbours) Typing() bool  { return false }

func (s *neighbours) Keys() []key.Binding {
	k := neighboursKeys
	return []key.Binding{k.prev, k.next, k.down, k.up, k.place, keyBack, walkKeys.dimension, k.pageDown, k.pageUp, keyQuit}
}

func (s *neighbours) Update(msg tea.Msg) reply {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		s.size = size
	}
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return reply{}
	}
	w, r := s.desk.walk(), s.desk.rubric
	switch keys := neighboursKeys; {
	case key.Matches(k, keyBack) || key.Matches(k, walkKeys.neighbours):
		return reply{pop: true}
	case key.Matches(k, keys.place):
		return reply{pop: true, push: newPlace(s.env, s.desk), edited: s.desk}
	case key.Matches(k, keys.next):
		w = w.Step(r, 1)
	case key.Matches(k, keys.prev):
		w = w.Step(r, -1)
	case key.Matches(k, walkKeys.dimension):
		w = w.StepDimension(r, 1)
	case key.Matches(k, keys.down):
		s.scroll(1)
		return reply{}
	case key.Matches(k, keys.up):
		s.scroll(-1)
		return reply{}
	case key.Matches(k, keys.pageDown):
		s.scroll(s.size.Height / 2)
		return reply{}
	case key.Matches(k, keys.pageUp):
		s.scroll(-s.size.Height / 2)
		return reply{}
	default:
		return reply{}
	}
	s.from = 0
	s.desk.look(w)
	return reply{edited: s.desk}
}

func (s *neighbours) scroll(by int) {
	s.from = max(0, min(s.from+by, s.longest()-1))
}

// longest is the number of lines of the longest band shown.
func (s *neighbours) longest() int {
	w := s.columnWidth(s.size.Width)
	n := 0
	for _, p := range s.shown() {
		lines := 0
		for _, section := range rubric.Sections() {
			c := column{env: s.env, tick: s.desk.walk().Tick, statements: s.desk.rubric.Statements(p, s.desk.walk().Dimension, section)}
			text, _, _ := c.lines(w)
			lines += 1 + len(text)
		}
		n = max(n, lines)
	}
	return n
}

// shown are the bands from the one below to the one above; at an end of the scale
// there are two.
func (s *neighbours) shown() []rubric.Position {
	at := s.desk.walk().At(s.desk.rubric).Ordinal
	var shown []rubric.Position
	for o := max(1, at-1); o <= min(at+1, len(s.desk.rubric.Positions())); o++ {
		shown = append(shown, s.desk.rubric.At(o))
	}
	return shown
}

func (s *neighbours) columnWidth(w int) int {
	if w < columnsFrom {
		return w - 2
	}
	return (w - 4) / 3
}

func (s *neighbours) View(w, h int) string {
	rows := s.env.deskHeader(s.desk, w)
	at := s.desk.walk().At(s.desk.rubric)
	if w < columnsFrom {
		head := fmt.Sprintf(" %s, and ← → for its neighbours", at.Title())
		rows = append(rows, s.env.theme.faint.paint(fit(line(head), w)))
		return joinRows(append(rows, page(s.env.bandColumn(s.desk, at, false, s.from, w-1, h-len(rows)), w, h-len(rows))...))
	}
	rows = append(rows, spaces(w))
	height := h - len(rows)
	wide := s.columnWidth(w)
	blocks := [3][]string{}
	for i := range blocks {
		o := at.Ordinal - 1 + i
		switch {
		case o < 1:
			blocks[i] = page([]string{s.env.theme.faint.paint(" Nothing below: this is the lowest band.")}, wide, height)
		case o > len(s.desk.rubric.Positions()):
			blocks[i] = page([]string{s.env.theme.faint.paint(" Nothing above: this is the highest band.")}, wide, height)
		default:
			blocks[i] = s.env.bandColumn(s.desk, s.desk.rubric.At(o), o != at.Ordinal, s.from, wide, height)
		}
	}
	for _, r := range beside(" ", blocks[0], blocks[1], blocks[2]) {
		rows = append(rows, fit(" "+r, w))
	}
	return joinRows(rows)
}
