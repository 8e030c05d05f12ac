package tui

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// shiftView shows what changed from one stage to another, or since the session before.
type shiftView struct{ between int }

// shiftPairs are what a shift can be measured between; after them comes the session
// before the present one.
var shiftPairs = [][2]calibration.Stage{
	{calibration.Draft, calibration.Final}, {calibration.Draft, calibration.Panel}, {calibration.Panel, calibration.Final},
}

var shiftKeys = struct{ between key.Binding }{
	between: bind("t", "t", "between; other stages, or the session before"),
}

func (v *shiftView) name() string        { return "Shift" }
func (v *shiftView) keys() []key.Binding { return []key.Binding{shiftKeys.between} }

func (v *shiftView) press(c *compare, k tea.KeyMsg) (reply, bool) {
	if !key.Matches(k, shiftKeys.between) {
		return reply{}, false
	}
	v.between = (v.between + 1) % (len(shiftPairs) + 1)
	c.cursors[c.tab], c.scrolls[c.tab] = 0, 0
	c.layTab()
	return c.lookedAt(), true
}

func (v *shiftView) spansSessions() bool { return v.between == len(shiftPairs) }

// request says what is measured, for writing the view to a file.
func (v *shiftView) request(c *compare) (from, to string) {
	if v.between < len(shiftPairs) {
		return string(shiftPairs[v.between][0]), string(shiftPairs[v.between][1])
	}
	before, present := c.twoSessions()
	return before, present
}

// twoSessions are the session before the present one, and the present one, by id.
func (c *compare) twoSessions() (before, present string) { return c.basis.TwoSessions(c.filter) }

// shift is what is shown; ok is false where it is not read yet, or there is none.
func (v *shiftView) shift(c *compare) (s calibration.Shift, ok bool) {
	if v.between < len(shiftPairs) {
		return c.now.StageShift(shiftPairs[v.between][0], shiftPairs[v.between][1]), true
	}
	before, present := c.twoSessions()
	all := c.everySession()
	if before == "" || all == nil {
		return s, false
	}
	return all.SessionShift(before, present), true
}

func (v *shiftView) lay(c *compare, w, _ int) laid {
	t := c.env.theme
	shift, ok := v.shift(c)
	switch before, _ := c.twoSessions(); {
	case v.spansSessions() && before == "":
		return c.nothing("There is no session before this one.")
	case !ok:
		return c.reading()
	}
	label := labelCells(w)
	s := c.env.scaleFor(w, label, 18)
	l := laid{head: append([]string{" " + t.title.paint(fmt.Sprintf("%s → %s", shift.From, line(shift.To))) + t.faint.paint(": "+shift.Words)}, s.head()...), ruler: &s}
	for _, dimension := range c.now.Rubric().Dimensions {
		begun := false
		for _, row := range shift.Rows {
			if row.Dimension != dimension {
				continue
			}
			if !begun {
				if len(l.rows) > 0 {
					l.text("")
				}
				l.text(" " + t.heading.paint(line(dimension)))
				begun = true
			}
			l.dimension = dimension
			l.item(func(here bool) string { return shiftRow(c, s, row, here) })
		}
	}
	l.text("")
	l.text(matrixRows(c, shift.Levels)...)
	l.text(driftRows(c, "By team", shift.ByTeam, w)...)
	l.text(driftRows(c, "By reviewer, from their own placement", shift.ByReviewer, w)...)
	if n := shift.OnlyFrom + shift.OnlyTo; n > 0 {
		l.text("", t.faint.paint(fmt.Sprintf(" %d placed only before, %d only after", shift.OnlyFrom, shift.OnlyTo)))
	}
	return l
}

func shiftRow(c *compare, s scale, row calibration.ShiftRow, here bool) string {
	t := c.env.theme
	lead, look := t.lead(here)
	from, to := row.From.Ordinal, row.To.Ordinal
	drawn := s.row(func(o int) mark {
		switch {
		case o == to && row.To.Stage == calibration.Final:
			return mark{stageMark(row.To.Stage), t.good, ""}
		case o == to:
			return mark{stageMark(row.To.Stage), t.past, ""}
		case o == from:
			return mark{stageMark(row.From.Stage), t.faint, ""}
		case o > min(from, to) && o < max(from, to):
			return mark{markRule, t.faint, ""}
		}
		return mark{markBlank, t.faint, ""}
	}, markRule, min(from, to), max(from, to))
	words, wordLook := "stayed", t.faint
	switch {
	case row.Change > 0:
		words, wordLook = fmt.Sprintf("→ %d up", row.Change), t.good
	case row.Change < 0:
		words, wordLook = fmt.Sprintf("← %d down", -row.Change), t.warn
	}
	return lead + look.paint(cell(c.whoIn(row.Person, row.Session, s.label-4), s.label-3)) + drawn + "  " + wordLook.paint(cut(words, s.gut-2))
}

func (v *shiftView) open(c *compare, item int) screen {
	shift, ok := v.shift(c)
	if !ok {
		return nil
	}
	for _, dimension := range c.now.Rubric().Dimensions {
		for _, row := range shift.Rows {
			if row.Dimension != dimension {
				continue
			}
			if item == 0 {
				s := &sides{title: c.who(row.Person, row.Session) + " · " + line(row.Dimension), note: fmt.Sprintf("%s to %s", row.From.Position, row.To.Position)}
				for _, id := range append(row.From.Decisions, row.To.Decisions...) {
					s.wanted = append(s.wanted, sideOf{id, row.Person.ID, ""})
				}
				return newSides(c.env, s)
			}
			item--
		}
	}
	return nil
}

// matrixRows count the moves from level to level.
func matrixRows(c *compare, m calibration.Matrix) []string {
	t := c.env.theme
	wide := 4
	for _, name := range m.Names {
		wide = max(wide, width(name)+2)
	}
	head := fit("   from ↓ to →", 16)
	for _, name := range m.Names {
		head += right(name, wide)
	}
	rows := []string{" " + t.heading.paint("By level"), t.faint.paint(head)}
	for i, counts := range m.Counts {
		row := t.faint.paint(fit("   "+m.Names[i], 16))
		for j, n := range counts {
			look, text := t.faint, markBlank
			if n > 0 {
				text, look = strconv.Itoa(n), t.plain
				if i != j {
					look = t.warn
				}
			}
			row += spaces(wide-width(text)) + look.paint(text)
		}
		rows = append(rows, row)
	}
	return append(rows, "")
}

func right(text string, w int) string { return spaces(w-width(text)) + text }

func driftRows(c *compare, title string, drifts []calibration.Drift, w int) []string {
	t := c.env.theme
	rows := []string{" " + t.heading.paint(title)}
	for _, d := range drifts {
		rows = append(rows, "   "+cell(or(d.Name, "(none)"), labelCells(w))+t.faint.paint(d.Words()))
	}
	return append(rows, "")
}

// bar is a bar of blocks, in eighths of a cell.
func bar(share float64, w int) string {
	const eighths = "▏▎▍▌▋▊▉█"
	n := int(share*float64(w)*8 + 0.5)
	whole := strings.Repeat("█", n/8)
	if rest := n % 8; rest > 0 {
		whole += string([]rune(eighths)[rest-1])
	}
	return whole
}
