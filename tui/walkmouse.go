package tui

import (
	"slices"

	"calibrate/rubric"
)

// point is what the mouse does on a walk: a click on the ruler goes to that band, one on a
// statement puts the cursor there and the next one ticks it; the wheel scrolls the column
// under the pointer, whichever the cursor is in.
func (s *walk) point(p pointed) reply {
	if s.desk == nil {
		return reply{}
	}
	if p.lines == 0 && s.note == nil {
		if o, ok := s.env.onRuler(s.desk, s.at().Ordinal, p); ok {
			s.desk.look(s.desk.walk().GoTo(s.desk.rubric.At(o)))
			s.arrive()
			return reply{edited: s.desk}
		}
	}
	part, ok := s.under(p)
	switch {
	case !ok:
	case p.lines != 0:
		s.wheel(part, p.w >= bandsFrom, p.lines)
	case s.note == nil && part.section != "":
		return s.click(part)
	}
	return reply{}
}

// walkPart is a part of the walk that scrolls on its own: a section of the present band,
// or a neighbour at the side.
type walkPart struct {
	section rubric.Section // empty: a neighbour
	side    int            // -1 or +1: the neighbour below or above
	column  column
	w, h    int // of the lines, without the heading
	row     int // of them, under the pointer; less than none: the heading
}

// under is the part under the pointer.
func (s *walk) under(p pointed) (part walkPart, ok bool) {
	top := len(s.top(p.w, p.h))
	y, h := p.y-top, p.h-top-s.noteRows()
	if y < 0 || y >= h {
		return part, false
	}
	if p.w < columnsFrom {
		section := s.tab()
		return walkPart{section: section, column: s.column(section), w: p.w - 1, h: h - 1, row: y - 1}, true
	}
	middle, side := bandWidth(p.w)
	x := p.x - 1
	if side > 0 {
		switch at := x - side - 3; {
		case x < side:
			return walkPart{side: -1, w: side, h: h - 1, row: y - 1}, true
		case at >= middle+3:
			return walkPart{side: 1, w: side, h: h - 1, row: y - 1}, true
		default:
			x = at
		}
	}
	l := s.layout(middle, h)
	if y >= l.high {
		return walkPart{section: rubric.ProgressionSignal, column: l.progression, w: middle, h: l.low - 1, row: y - l.high - 1}, y < l.high+l.low
	}
	for i, section := range columnSections {
		if x <= l.widths[i] || i == columns-1 {
			return walkPart{section: section, column: l.columns[i], w: l.widths[i], h: l.high - 1, row: y - 1}, x >= 0
		}
		x -= l.widths[i] + 1
	}
	return part, false
}

// wheel scrolls a part; whole says how the neighbours are shown.
func (s *walk) wheel(part walkPart, whole bool, by int) {
	if part.section == "" {
		if p, ok := s.desk.neighbour(part.side); ok {
			lines := len(s.flankLines(p, whole, part.w, part.h+1))
			top := &s.flanks[(part.side+1)/2]
			*top = windowAt(windowAt(*top, lines, part.h).top+by, lines, part.h).top
		}
		return
	}
	lines, first, last := part.column.lines(part.w)
	v := part.column.window(first, last, len(lines), part.h)
	if s.wheeled == nil {
		s.wheeled = map[rubric.Section]int{}
	}
	s.wheeled[part.section] = windowAt(v.top+by, len(lines), part.h).top
}

// click puts the cursor on the statement under the pointer, or ticks it where it was there.
func (s *walk) click(part walkPart) reply {
	lines, first, last := part.column.lines(part.w)
	row, ok := part.column.window(first, last, len(lines), part.h).at(part.row)
	if !ok {
		return reply{}
	}
	id, ok := part.column.statementAt(row, part.w)
	if !ok {
		return reply{}
	}
	at := slices.IndexFunc(s.statements(), func(st rubric.Statement) bool { return st.ID == id })
	if at == s.cursor {
		return s.mark()
	}
	v := part.column.window(first, last, len(lines), part.h)
	s.cursor, s.scroll = at, 0
	if s.wheeled == nil {
		s.wheeled = map[rubric.Section]int{}
	}
	s.wheeled[part.section] = v.top // what was clicked at does not move away
	return reply{}
}

// statementAt is the statement that a line of the column belongs to.
func (c column) statementAt(line, w int) (id string, ok bool) {
	at := 0
	for i, st := range c.statements {
		if c.airy && i > 0 {
			at++
		}
		n := len(c.statement(nil, st, w))
		if line >= at && line < at+n {
			return st.ID, true
		}
		at += n
	}
	return "", false
}
