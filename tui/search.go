package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/rubric"
)

// search finds statements by the words in them, over all bands and dimensions.
type search struct {
	env    *env
	desk   *desk
	choose func(rubric.Statement)
	input  *editor
	found  []rubric.Statement
	cursor int
}

func newSearch(e *env, d *desk, choose func(rubric.Statement)) *search {
	s := &search{env: e, desk: d, choose: choose, input: newEditor(maxFilter)}
	s.find()
	return s
}

var searchKeys = struct{ choose, down, up, pageDown, pageUp key.Binding }{
	choose:   bind("enter", "enter", "go to the statement"),
	down:     bind("down ctrl+n", "↓", "next"),
	up:       bind("up ctrl+p", "↑", "previous"),
	pageDown: bind("pgdown", "pgdn", "ten down"),
	pageUp:   bind("pgup", "pgup", "ten up"),
}

// searchPage is how many statements a page is: they are of different heights.
const searchPage = 10

func (s *search) Init() tea.Cmd { return nil }
func (s *search) Title() string { return "Search" }
func (s *search) Typing() bool  { return true }

func (s *search) Keys() []key.Binding {
	return []key.Binding{searchKeys.choose, searchKeys.down, searchKeys.up, searchKeys.pageDown, searchKeys.pageUp, keyBack}
}

func (s *search) Update(msg tea.Msg) reply {
	if p, ok := msg.(pointed); ok {
		return s.point(p)
	}
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return reply{}
	}
	switch keys := searchKeys; {
	case key.Matches(k, keyBack):
		return reply{pop: true}
	case key.Matches(k, keys.choose):
		if len(s.found) == 0 {
			return reply{status: info("nothing to go to; change the words, or esc")}
		}
		s.choose(s.found[s.cursor])
		return reply{pop: true, edited: s.desk}
	case key.Matches(k, keys.down):
		s.cursor = min(s.cursor+1, max(0, len(s.found)-1))
	case key.Matches(k, keys.up):
		s.cursor = max(0, s.cursor-1)
	case key.Matches(k, keys.pageDown, keys.pageUp):
		s.cursor, _ = step(s.cursor, len(s.found), searchPage+2, k)
	default:
		before := s.input.text
		s.input.update(k)
		if s.input.text != before {
			s.find()
		}
	}
	return reply{}
}

// find lists the statements that have every word typed, those that have them as they were
// typed first, in reading order.
func (s *search) find() {
	words, all := seek(s.input.text), s.desk.rubric.AllStatements()
	s.found, s.cursor = nil, 0
	for _, i := range bestFirst(len(all), func(i int) (int, bool) { return words.within(all[i].Text + " " + all[i].ID) }) {
		s.found = append(s.found, all[i])
	}
}

func (s *search) View(w, h int) string {
	t := s.env.theme
	rows := []string{
		t.rule(t.title.paint("Search all statements"), t.faint.paint(count(len(s.found), "statement")), w),
		" " + t.accent.paint("/") + " " + s.input.row(t, w-3, true),
		spaces(w),
	}
	h -= len(rows)
	if len(s.found) == 0 {
		rows = append(rows, page([]string{t.faint.paint(" No statement has all of these words; backspace takes a letter away.")}, w, h)...)
		return joinRows(rows)
	}
	found, _ := s.results(w, h)
	return joinRows(append(rows, found...))
}

// searchTop is the rows above what was found: title, field, a blank row.
const searchTop = 3

func (s *search) point(p pointed) reply {
	if len(s.found) == 0 {
		return reply{}
	}
	_, of := s.results(p.w, p.h-searchTop)
	row, on := p.y-searchTop, false
	if row >= 0 && row < len(of) && of[row] >= 0 {
		row, on = of[row], true
	}
	by := p
	if p.lines != 0 {
		by.lines = p.lines / wheelStep // each is some lines
	}
	to, again := by.choose(s.cursor, len(s.found), row, on)
	if s.cursor = to; again {
		return s.Update(keyEnter)
	}
	return reply{}
}

// results draws the statements around the one under the cursor, which has at most
// the half of them above it, and says which of them each row belongs to, -1: to none.
// Only what is seen is laid out: there may be thousands.
func (s *search) results(w, h int) (rows []string, of []int) {
	here := s.lines(s.cursor, w)
	above := [][]string{}
	used := min(len(here), h)
	from := s.cursor
	for from > 0 {
		lines := s.lines(from-1, w)
		if used+len(lines) > h/2 && from < s.cursor || used+len(lines)+1 > h {
			break
		}
		above = append([][]string{lines}, above...)
		used += len(lines)
		from--
	}
	add := func(i int, lines ...string) {
		for _, l := range lines {
			rows, of = append(rows, l), append(of, i)
		}
	}
	if from > 0 {
		add(-1, s.env.theme.faint.paint(fit("   "+moreAbove(from, "statement"), w)))
	}
	for i, lines := range above {
		add(from+i, lines...)
	}
	add(s.cursor, here...)
	next := s.cursor + 1
	for ; next < len(s.found); next++ {
		lines := s.lines(next, w)
		last := next == len(s.found)-1
		if len(rows)+len(lines) > h-1 && !(last && len(rows)+len(lines) <= h) {
			break
		}
		add(next, lines...)
	}
	if next == len(s.found) {
		return page(rows, w, h), of
	}
	rows = page(rows, w, h-1)
	of = of[:min(len(of), h-1)]
	return append(rows, s.env.theme.faint.paint(fit("   "+moreBelow(len(s.found)-next, "statement"), w))), of
}

// lines draws one statement that was found.
func (s *search) lines(i, w int) []string {
	t, st := s.env.theme, s.found[i]
	lead, bar, look := "   ", "     ", t.plain
	if i == s.cursor {
		lead, bar, look = " "+t.accent.paint(markCursor)+" ", " "+t.accent.paint(markBar)+"   ", t.cursor
	}
	where := fmt.Sprintf("%s · %s · %s", line(st.Position.Key), line(st.Dimension), st.Section.Title())
	rows := []string{lead + t.heading.paint(fit(where, w-3))}
	words := seek(s.input.text)
	for _, l := range s.env.wrapper.filled(st.Text, w-6) {
		rows = append(rows, bar+words.markWithin(t, look, l)+" ")
	}
	return rows
}
