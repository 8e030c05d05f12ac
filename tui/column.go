package tui

import (
	"fmt"

	"calibrate/calibration"
	"calibrate/rubric"
)

// column draws statements below a heading, each with its tick, wrapped, scrolled
// so that the one under the cursor is in sight. What is above or below the room
// is announced, never cut silently.
type column struct {
	env        *env
	heading    string
	statements []rubric.Statement
	tick       func(id string) calibration.Tick
	cursor     string // id of the statement under the cursor; empty: not in this column
	scroll     int    // lines that the statement under the cursor is scrolled by
	dim        bool   // a neighbour: shown, not worked on
}

// gutter holds the cursor and the tick: "▸✓ ".
const gutter = 3

// view draws the column into w × h cells, heading included.
func (c column) view(w, h int) []string {
	rows := make([]string, 0, h)
	heading := fit(c.heading, w)
	if c.dim {
		heading = c.env.theme.faint.paint(heading)
	} else {
		heading = c.env.theme.heading.paint(heading)
	}
	rows = append(rows, heading)
	lines, first, last := c.lines(w)
	return append(rows, c.window(lines, first, last, w, h-1)...)
}

// lines lays the statements out; first and last are the lines of the statement
// under the cursor, or 0 and -1.
func (c column) lines(w int) (lines []string, first, last int) {
	last = -1
	if len(c.statements) == 0 {
		return []string{c.env.theme.faint.paint(fit(spaces(gutter)+"none in the rubric", w))}, 0, -1
	}
	for _, s := range c.statements {
		if s.ID == c.cursor {
			first = len(lines)
		}
		lines = append(lines, c.statement(s, w)...)
		if s.ID == c.cursor {
			last = len(lines) - 1
		}
	}
	return lines, first, last
}

func (c column) statement(s rubric.Statement, w int) []string {
	t, tick := c.env.theme, c.tick(s.ID)
	text := t.plain
	pointer := " "
	switch {
	case s.ID == c.cursor:
		pointer, text = t.accent.paint(markCursor), t.cursor
	case c.dim:
		text = t.faint
	}
	var rows []string
	for i, l := range c.env.wrapper.wrap(s.Text, w-gutter) {
		lead := "   "
		if i == 0 {
			lead = pointer + c.tickMark(tick.Sight) + " "
		} else if s.ID == c.cursor {
			lead = t.accent.paint("│") + "  "
		}
		rows = append(rows, lead+text.paint(fit(l, w-gutter)))
	}
	if tick.Note != "" {
		for i, l := range c.env.wrapper.wrap(tick.Note, w-gutter-2) {
			lead := "     "
			if i == 0 {
				lead = "   " + markNote + " "
			}
			rows = append(rows, t.warn.paint(lead)+t.faint.paint(fit(l, w-gutter-2)))
		}
	}
	return rows
}

func (c column) tickMark(s calibration.Sight) string {
	switch s {
	case calibration.Seen:
		return c.env.theme.good.paint(markSeen)
	case calibration.NotSeen:
		return c.env.theme.bad.paint(markNotSeen)
	}
	return c.env.theme.faint.paint(markBlank)
}

// window shows h of the lines with the ones from first to last in sight, and
// gives up its first and last line to say how many there are beyond.
func (c column) window(lines []string, first, last, w, h int) []string {
	if len(lines) <= h {
		return page(lines, w, h)
	}
	top := 0
	if last >= 0 {
		// Room for the statement, with the two signs; a statement longer than that
		// shows its beginning first and is scrolled through.
		if last >= h-1 {
			top = last - (h - 2)
		}
		rest := top
		top = max(0, min(top, first-1))
		top = min(top+c.scroll, max(top, rest))
	}
	top = min(top, len(lines)-h)
	out := make([]string, 0, h)
	for i := top; i < top+h; i++ {
		switch {
		case i == top && top > 0:
			out = append(out, c.env.theme.faint.paint(fit(fmt.Sprintf("   %s %s above", markMoreUp, countLines(top+1)), w)))
		case i == top+h-1 && i < len(lines)-1:
			out = append(out, c.env.theme.faint.paint(fit("   "+more(len(lines)-i), w)))
		default:
			out = append(out, lines[i])
		}
	}
	return out
}

func countLines(n int) string {
	if n == 1 {
		return "1 line"
	}
	return fmt.Sprintf("%d lines", n)
}
