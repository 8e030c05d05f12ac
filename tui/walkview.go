package tui

import (
	"fmt"
	"slices"
	"strings"

	"calibrate/calibration"
	"calibrate/rubric"
)

// From these sizes on the walk shows columns, the neighbours' impact on either
// side, the neighbours whole, and a blank row here and there.
const (
	columnsFrom = 80
	flanksFrom  = 120
	bandsFrom   = 200
	airyFrom    = 30 // rows
)

func (s *walk) View(w, h int) string {
	if s.desk == nil {
		return joinRows(page([]string{"", " Opening " + line(s.env.names.Called(s.person.ID, s.person.Name)) + " …"}, w, h))
	}
	rows := s.top(w, h)
	rows = append(rows, s.body(w, h-len(rows)-s.noteRows())...)
	if s.note != nil {
		rows = append(rows, s.noteRow(w))
	}
	return joinRows(rows)
}

// top is what stands above the statements. Moving the cursor does not change it.
func (s *walk) top(w, h int) []string {
	return s.drawnTop.get(topLook{s.env.moment(s.desk), w, h >= airyFrom}, func() []string {
		rows := append(s.env.deskHeader(s.desk, s.at(), w), s.suggestionRows(w)...)
		if h >= airyFrom {
			rows = append(rows, spaces(w))
		}
		return slices.Clip(append(rows, s.titleRow(w)))
	})
}

// topLook is all that the rows above the statements depend on.
type topLook struct {
	moment moment
	w      int
	airy   bool
}

// maxSuggestionRows is how many rows the suggestion may take with its reason.
const maxSuggestionRows = 2

// suggestionRows say what the verdicts and ticks point to, or that they contradict
// each other.
func (s *walk) suggestionRows(w int) []string {
	t := s.env.theme
	lead, look, text := s.suggestion()
	lines := s.env.wrapper.wrap(lead+text, w-2)
	rows := make([]string, 0, maxSuggestionRows)
	for i, l := range lines[:min(len(lines), maxSuggestionRows)] {
		if i == maxSuggestionRows-1 && len(lines) > maxSuggestionRows {
			l = cut(l, w-3) + ellipsis
		}
		row := " "
		if rest, ok := strings.CutPrefix(l, lead); ok && i == 0 {
			row, l = row+look.paint(lead), rest
		}
		rows = append(rows, fit(row+t.faint.paint(l), w))
	}
	return rows
}

// suggestion is the gist of it, with its look, and the rest.
func (s *walk) suggestion() (lead string, look style, text string) {
	t, now := s.env.theme, s.desk.walk()
	if wrong := now.Contradictions(s.desk.rubric); len(wrong) > 0 {
		lead = "! " + line(wrong[0].Text)
		text = "; both cannot be right"
		if len(wrong) > 1 {
			text += ", and " + count(len(wrong)-1, "more pair")
		}
		return lead, t.warn, text
	}
	if hint, ok := now.Suggest(s.desk.rubric); ok {
		return "suggests " + line(hint.Position.Key), t.accent, ": " + line(hint.Reason)
	}
	return "", t.plain, "no suggestion yet: tick what was seen, or judge with a f b"
}

// titleRow names the band, with the verdict on it, in a line that parts what is
// said from what is to be read.
func (s *walk) titleRow(w int) string {
	t, at, now := s.env.theme, s.at(), s.desk.walk()
	title := t.title.paint(line(at.Title()))
	if v := now.Verdict(at); v != "" {
		title += "  " + t.accent.paint(verdictWords(v))
	}
	n := len(s.desk.rubric.Positions())
	return t.rule(title, t.faint.paint(fmt.Sprintf("%s · %d/%d", now.Route, at.Ordinal, n)), w)
}

func verdictWords(v calibration.Verdict) string {
	switch v {
	case calibration.Above:
		return markAbove + " person is above"
	case calibration.Below:
		return markBelow + " person is below"
	}
	return markFits + " fits"
}

// noteRows is the number of rows of the note that is being written.
func (s *walk) noteRows() int {
	if s.note == nil {
		return 0
	}
	return 1
}

func (s *walk) noteRow(w int) string {
	const lead = " " + markNote + " note: "
	return s.env.theme.warn.paint(lead) + s.note.input.row(s.env.theme, w-width(lead), true)
}

// body draws the band's statements, and the bands next to it where there is room.
func (s *walk) body(w, h int) []string {
	if w < columnsFrom {
		return s.tabs(w, h)
	}
	middle, side := bandWidth(w)
	band := s.band(middle, h)
	if side == 0 {
		return beside(" ", "", " ", band)
	}
	whole := w >= bandsFrom
	return beside(" ", " "+s.env.theme.faint.paint(markSide)+" ", " ", s.flank(-1, whole, side, h), band, s.flank(1, whole, side, h))
}

// bandWidth shares w cells, less the margins, between the present band and its
// neighbours at either side.
func bandWidth(w int) (middle, side int) {
	const margin, gap = 1, 3
	switch {
	case w < flanksFrom:
		return w - 2*margin, 0
	case w < bandsFrom:
		side = w/6 - 2
	default:
		side = w/4 - 2
	}
	return w - 2*margin - 2*(side+gap), side
}

// bandLayout is how the present band shares its room.
type bandLayout struct {
	columns     [columns]column
	widths      [columns]int
	progression column
	high, low   int // the rows of the columns and of the progression signals
}

// layout shares w × h cells: each part gets the rows that it needs. Where there is
// more room than that, it stands between the statements; where there is less, the
// columns have the most of it.
func (s *walk) layout(w, h int) bandLayout {
	l := bandLayout{widths: s.desk.columnWidths(w), progression: s.column(rubric.ProgressionSignal)}
	for i, section := range columnSections {
		l.columns[i] = s.column(section)
	}
	for _, airy := range []bool{true, false} {
		l.progression.airy = airy
		l.high, l.low = 0, 1+l.progression.height(w)
		for i := range l.columns {
			l.columns[i].airy = airy
			l.high = max(l.high, 1+l.columns[i].height(l.widths[i]))
		}
		if airy && l.high+1+l.low <= h {
			l.high++
			return l
		}
	}
	if l.high+l.low > h {
		l.low = min(l.low, max(3, h/4))
		l.high = h - l.low
	}
	return l
}

// band draws the present band: three columns, progression signals below.
func (s *walk) band(w, h int) []string {
	l := s.layout(w, h)
	var blocks [columns][]string
	for i, c := range l.columns {
		blocks[i] = c.view(l.widths[i], l.high)
	}
	rows := append(beside("", " ", "", blocks[:]...), l.progression.view(w, l.low)...)
	for len(rows) < h {
		rows = append(rows, spaces(w))
	}
	return rows
}

// mostScroll is how far the statement under the cursor can be scrolled.
func (s *walk) mostScroll() int {
	w, h := s.size.Width, s.size.Height
	h -= len(s.top(w, h)) + s.noteRows()
	most := func(c column, w, h int) int {
		lines, first, last := c.lines(w)
		return mostScroll(first, last, len(lines), h-1)
	}
	st, _ := s.underCursor()
	if w < columnsFrom {
		return most(s.column(st.Section), w-1, h)
	}
	middle, _ := bandWidth(w)
	l := s.layout(middle, h)
	for i, section := range columnSections {
		if section == st.Section {
			return most(l.columns[i], l.widths[i], l.high)
		}
	}
	return most(l.progression, middle, l.low)
}

// tabs draws one section at a time, for terminals too narrow for columns: the one
// that holds the cursor.
func (s *walk) tabs(w, h int) []string {
	t, shown := s.env.theme, s.tab()
	var names strings.Builder
	for _, section := range rubric.Sections() {
		name := fmt.Sprintf("%s %d", section.Title(), len(s.desk.rubric.Statements(s.at(), s.desk.walk().Dimension, section)))
		if section == shown {
			names.WriteString("[" + t.chosen.paint(name) + "]")
		} else {
			names.WriteString(" " + t.faint.paint(name) + " ")
		}
	}
	rows := s.column(shown).view(w-1, h)
	for i := range rows {
		rows[i] = " " + rows[i]
	}
	rows[0] = fit(names.String(), w)
	return rows
}

// tab is the section that is shown where there is room for one only.
func (s *walk) tab() rubric.Section {
	if st, ok := s.underCursor(); ok {
		return st.Section
	}
	return rubric.Impact
}

// column makes the column of one section of the present band.
func (s *walk) column(section rubric.Section) column {
	w := s.desk.walk()
	c := column{
		env: s.env, heading: section.Title(), tick: w.Tick, scroll: s.scroll,
		statements: s.desk.rubric.Statements(s.at(), w.Dimension, section),
	}
	if st, ok := s.underCursor(); ok {
		c.cursor = st.ID
	}
	c.top, c.wheeled = s.wheeled[section]
	return c
}

// flank draws the band below (-1) or above (+1), dimmed: its impact, or the whole.
func (s *walk) flank(by int, whole bool, w, h int) []string {
	p, ok := s.desk.neighbour(by)
	if !ok {
		return page(s.env.edgeLines(by, w), w, h)
	}
	title := p.Title()
	if !whole {
		title = p.Key + " · " + rubric.Impact.Title()
	}
	lines := s.flankLines(p, whole, w, h)
	head := s.env.theme.faint.paint(fit(signpost(by, line(title), w), w))
	return append([]string{head}, windowAt(s.flanks[(by+1)/2], len(lines), h-1).draw(s.env.theme, lines, stillGutter, w)...)
}

// flankLines are the lines of a neighbour.
func (s *walk) flankLines(p rubric.Position, whole bool, w, h int) []string {
	look := bandLook{dim: true, airy: h >= airyFrom}
	if !whole {
		look = bandLook{dim: true, only: rubric.Impact}
	}
	return s.env.bandLines(s.desk, p, look, w)
}
