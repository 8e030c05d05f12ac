package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"calibrate/calibration"
	"calibrate/rubric"
)

// From these widths on the walk shows columns, the neighbours' impact on either
// side, and the neighbours whole.
const (
	columnsFrom = 80
	flanksFrom  = 120
	bandsFrom   = 200
)

func (s *walk) View(w, h int) string {
	if s.desk == nil {
		return joinRows(page([]string{"", " Opening " + line(s.person.Name) + " …"}, w, h))
	}
	rows := s.env.deskHeader(s.desk, w)
	rows = append(rows, s.suggestionRow(w), s.titleRow(w))
	if s.note != nil {
		h--
	}
	rows = append(rows, s.body(w, h-len(rows))...)
	if s.note != nil {
		rows = append(rows, s.noteRow(w))
	}
	return joinRows(rows)
}

func joinRows(rows []string) string { return strings.Join(rows, "\n") }

// deskHeader is the person, the dimensions and the ruler: the top of every screen
// that works on a person.
func (e *env) deskHeader(d *desk, w int) []string {
	who := " " + e.theme.title.paint(line(d.person.Name))
	if d.person.Team != "" {
		who += e.theme.faint.paint(" · " + line(d.person.Team))
	}
	rows := []string{spread(who, e.dimensionTabs(d, w/2)+" ", w)}
	legend := e.legend(d)
	rulerWidth := w
	if len(legend) > 0 {
		rulerWidth = w - min(w/3, widest(legend)+1)
	}
	ruler := e.walkRuler(d).view(rulerWidth)
	if strings.TrimSpace(ansi.Strip(ruler[3])) == "" && len(legend) < 4 {
		ruler = ruler[:3]
	}
	for i, r := range ruler {
		if i < len(legend) {
			r += fit(legend[i], w-rulerWidth)
		}
		rows = append(rows, fit(r, w))
	}
	return rows
}

func widest(rows []string) int {
	n := 0
	for _, r := range rows {
		n = max(n, width(r))
	}
	return n
}

// dimensionTabs names the dimensions, the shown one in brackets; where there is
// no room for all of them, the shown one and how many there are.
func (e *env) dimensionTabs(d *desk, w int) string {
	w = max(w, 30)
	dims := d.rubric.Dimensions
	tabs := make([]string, len(dims))
	for i, name := range dims {
		label := line(name)
		if saved, ok := d.saved(name); ok {
			label += " " + stageMark(saved.Stage)
		}
		tabs[i] = " " + label + " "
		if name == d.walk().Dimension {
			tabs[i] = "[" + e.theme.chosen.paint(label) + "]"
		}
	}
	all := strings.Join(tabs, e.theme.faint.paint("│"))
	if width(all) <= w {
		return all
	}
	i := slices.Index(dims, d.walk().Dimension)
	return fmt.Sprintf("%s (%d of %d)", strings.TrimSpace(tabs[i]), i+1, len(dims))
}

// legend tells what the marks below the ruler are.
func (e *env) legend(d *desk) []string {
	var rows []string
	if saved, ok := d.saved(d.walk().Dimension); ok {
		rows = append(rows, e.theme.past.paint(fmt.Sprintf("%s %s saved", stageMark(saved.Stage), saved.Position)))
	}
	for i, past := range d.earlier() {
		text := fmt.Sprintf("%s %s %s", marksPast[i], line(past.Decision.Position), line(past.Session))
		if past.Decision.Rubric != d.rubric.Hash() {
			text += ", another rubric"
		}
		rows = append(rows, e.theme.past.paint(text))
	}
	return rows
}

// suggestionRow says what the verdicts and ticks point to, or that they
// contradict each other.
func (s *walk) suggestionRow(w int) string {
	t, now := s.env.theme, s.desk.walk()
	if wrong := now.Contradictions(s.desk.rubric); len(wrong) > 0 {
		text := " ! " + wrong[0].Text
		if len(wrong) > 1 {
			text += fmt.Sprintf(", and %d more", len(wrong)-1)
		}
		return t.warn.paint(fit(text+"; both cannot be right", w))
	}
	if hint, ok := now.Suggest(s.desk.rubric); ok {
		return fit(" "+t.accent.paint("suggests "+hint.Position.Key)+t.faint.paint(": "+hint.Reason), w)
	}
	return t.faint.paint(fit(" no suggestion yet: tick what you have seen, or say a above, f fits, b below", w))
}

func (s *walk) titleRow(w int) string {
	t, at, now := s.env.theme, s.at(), s.desk.walk()
	title := " " + t.title.paint(line(at.Title()))
	if v := now.Verdict(at); v != "" {
		title += t.accent.paint(" " + verdictWords(v))
	}
	n := len(s.desk.rubric.Positions())
	return spread(title, t.faint.paint(fmt.Sprintf("%s · %d/%d ", now.Route, at.Ordinal, n)), w)
}

func verdictWords(v calibration.Verdict) string {
	switch v {
	case calibration.Above:
		return markAbove + " the person is above this"
	case calibration.Below:
		return markBelow + " the person is below this"
	}
	return markFits + " fits"
}

func (s *walk) noteRow(w int) string {
	lead := " " + markNote + " note: "
	s.note.input.Width = w - width(lead) - 2
	return fit(s.env.theme.warn.paint(lead)+s.note.input.View(), w)
}

// body draws the band's statements, and the bands next to it where there is room.
func (s *walk) body(w, h int) []string {
	switch {
	case w < columnsFrom:
		return s.tabs(w, h)
	case w < flanksFrom:
		return s.band(w, h)
	case w < bandsFrom:
		side := w / 6
		return beside(" ", s.flank(-1, side, h, false), s.band(w-2*side-2, h), s.flank(1, side, h, false))
	}
	side := w / 4
	return beside(" ", s.flank(-1, side, h, true), s.band(w-2*side-2, h), s.flank(1, side, h, true))
}

// band draws the present band: three columns, progression signals below.
func (s *walk) band(w, h int) []string {
	progression := s.progression(w, max(3, h/4))
	const gap = 1
	wide := (w - 1 - 2*gap) / 3
	widths := [3]int{w - 1 - 2*gap - 2*wide, wide, wide}
	var columns [3][]string
	for i, section := range []rubric.Section{rubric.Impact, rubric.Examples, rubric.Dampeners} {
		columns[i] = s.column(section).view(widths[i], h-len(progression))
	}
	rows := beside(spaces(gap), columns[0], columns[1], columns[2])
	for i := range rows {
		rows[i] = " " + rows[i]
	}
	return append(rows, progression...)
}

// progression draws the progression signals in as few rows as they need, at most
// most.
func (s *walk) progression(w, most int) []string {
	c := s.column(rubric.ProgressionSignal)
	lines, _, _ := c.lines(w - 2)
	rows := c.view(w-2, min(most, len(lines)+1))
	for i := range rows {
		rows[i] = " " + rows[i] + " "
	}
	return rows
}

// tabs draws one section at a time, for terminals too narrow for columns: the one
// that holds the cursor.
func (s *walk) tabs(w, h int) []string {
	shown := rubric.Impact
	if st, ok := s.underCursor(); ok {
		shown = st.Section
	}
	var names []string
	for _, section := range rubric.Sections() {
		name := fmt.Sprintf("%s %d", section.Title(), len(s.desk.rubric.Statements(s.at(), s.desk.walk().Dimension, section)))
		if section == shown {
			names = append(names, "["+s.env.theme.chosen.paint(name)+"]")
		} else {
			names = append(names, " "+s.env.theme.faint.paint(name)+" ")
		}
	}
	c := s.column(shown)
	c.heading = ""
	rows := c.view(w-1, h)
	rows[0] = fit(strings.Join(names, ""), w)
	for i := 1; i < len(rows); i++ {
		rows[i] = " " + rows[i]
	}
	return rows
}

func (s *walk) column(section rubric.Section) column {
	w := s.desk.walk()
	c := column{
		env: s.env, heading: section.Title(), tick: w.Tick, scroll: s.scroll,
		statements: s.desk.rubric.Statements(s.at(), w.Dimension, section),
	}
	if st, ok := s.underCursor(); ok {
		c.cursor = st.ID
	}
	return c
}

// flank draws the band below (-1) or above (+1), dimmed: its impact, or all of it.
func (s *walk) flank(by, w, h int, whole bool) []string {
	at := s.at()
	o := at.Ordinal + by
	if o < 1 || o > len(s.desk.rubric.Positions()) {
		end := "the lowest there is"
		if by > 0 {
			end = "the highest there is"
		}
		return page([]string{s.env.theme.faint.paint(" " + end)}, w, h)
	}
	p := s.desk.rubric.At(o)
	if whole {
		return s.env.bandColumn(s.desk, p, true, 0, w, h)
	}
	return column{
		env: s.env, heading: p.Key + " · Impact", tick: s.desk.walk().Tick, dim: true,
		statements: s.desk.rubric.Statements(p, s.desk.walk().Dimension, rubric.Impact),
	}.view(w, h)
}

// bandColumn draws all four sections of one band below each other, from the given
// line on.
func (e *env) bandColumn(d *desk, p rubric.Position, dim bool, from, w, h int) []string {
	t, walk := e.theme, d.walk()
	title := t.title
	if dim {
		title = t.faint
	}
	head := title.paint(fit(" "+p.Key+" "+line(p.LevelName), w))
	var lines []string
	for _, section := range rubric.Sections() {
		c := column{env: e, tick: walk.Tick, dim: dim, statements: d.rubric.Statements(p, walk.Dimension, section)}
		look := t.heading
		if dim {
			look = t.faint
		}
		text, _, _ := c.lines(w)
		lines = append(lines, look.paint(fit(" "+section.Title(), w)))
		lines = append(lines, text...)
	}
	from = max(0, min(from, len(lines)-(h-1)))
	rows := page(lines[from:], w, h-1)
	return append([]string{head}, rows...)
}
