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
	wheeled    bool   // the wheel says what is seen, not the cursor
	top        int    // the first line then
	still      bool   // shown, not worked on: no cursor comes here
	dim        bool   // a neighbour
	airy       bool   // with a blank line between statements
}

// gutter holds the cursor and the tick: "▸✓ ". Where there is no cursor it is
// narrower.
const gutter, stillGutter = 3, 2

func (c column) gutter() int {
	if c.still {
		return stillGutter
	}
	return gutter
}

// view draws the column into w × h cells, heading included.
func (c column) view(w, h int) []string {
	lines, first, last := c.lines(w)
	v := c.window(first, last, len(lines), h-1)
	return append([]string{c.head(w)}, v.draw(c.env.theme, lines, c.gutter(), w)...)
}

// window is the part of the lines that is seen in a height, which has those of the
// statement under the cursor in it.
func (c column) window(first, last, lines, h int) window {
	if c.wheeled {
		return windowAt(c.top, lines, h)
	}
	return windowOn(first, last, c.scroll, lines, h)
}

// head is the heading, with how many of the statements were seen.
func (c column) head(w int) string {
	look := c.env.theme.heading
	if c.dim {
		look = c.env.theme.faint
	}
	text := cut(c.heading, w)
	seen := 0
	for _, s := range c.statements {
		if c.tick(s.ID).Sight == calibration.Seen {
			seen++
		}
	}
	count := fmt.Sprintf(" %d/%d", seen, len(c.statements))
	if seen == 0 || width(text)+len(count) > w {
		return look.paint(fit(text, w))
	}
	return look.paint(text) + c.env.theme.faint.paint(fit(count, w-width(text)))
}

// height is the number of lines that the statements take.
func (c column) height(w int) int {
	n := max(1, len(c.statements))
	if !c.airy {
		n = 1
	}
	n-- // blank lines
	for _, s := range c.statements {
		n += len(c.env.wrapper.filled(s.Text, w-c.gutter()))
		if note := c.tick(s.ID).Note; note != "" {
			n += len(c.env.wrapper.filled(note, w-c.gutter()-2))
		}
	}
	return max(1, n)
}

// lines lays the statements out; first and last are the lines of the statement
// under the cursor, or 0 and -1.
func (c column) lines(w int) (lines []string, first, last int) {
	last = -1
	if len(c.statements) == 0 {
		return []string{c.env.theme.faint.paint(fit(spaces(c.gutter())+"not described", w))}, 0, -1
	}
	lines = make([]string, 0, 16)
	for i, s := range c.statements {
		if c.airy && i > 0 {
			lines = append(lines, spaces(w))
		}
		if s.ID == c.cursor {
			first = len(lines)
		}
		lines = c.statement(lines, s, w)
		if s.ID == c.cursor {
			last = len(lines) - 1
		}
	}
	return lines, first, last
}

// statement appends the lines of one statement.
func (c column) statement(lines []string, s rubric.Statement, w int) []string {
	look := statementLook{text: s.Text, tick: c.tick(s.ID), w: w, gutter: c.gutter(), cursor: s.ID == c.cursor, dim: c.dim}
	return append(lines, c.env.wrapper.drawn.of(look, func() []string { return c.env.statementLines(look) })...)
}

// statementLook is all that the lines of a statement depend on.
type statementLook struct {
	text        string
	tick        calibration.Tick
	w, gutter   int
	cursor, dim bool
}

func (e *env) statementLines(s statementLook) []string {
	t := e.theme
	text, pointer, bar := t.plain, spaces(s.gutter-2), spaces(s.gutter)
	switch {
	case s.cursor:
		text, pointer, bar = t.cursor, t.accent.paint(markCursor), t.accent.paint(markBar)+"  "
	case s.dim:
		text = t.faint
	}
	lead := pointer + t.sightMark(s.tick.Sight) + " "
	var lines []string
	for _, l := range e.wrapper.filled(s.text, s.w-s.gutter) {
		lines = append(lines, lead+text.open+l+text.close)
		lead = bar
	}
	if s.tick.Note == "" {
		return lines
	}
	sign := t.warn.paint(markNote) + " "
	for _, l := range e.wrapper.filled(s.tick.Note, s.w-s.gutter-2) {
		lines = append(lines, bar+sign+t.faint.paint(l))
		sign = "  "
	}
	return lines
}
