package tui

import "calibrate/rubric"

// bandLook is how a band that stands beside another is drawn.
type bandLook struct {
	dim  bool
	airy bool           // a blank line before each section
	only rubric.Section // one section, without its heading; empty: all
}

// bandLines draws the sections of one band below each other.
func (e *env) bandLines(d *desk, p rubric.Position, look bandLook, w int) []string {
	walk := d.walk()
	var lines []string
	for i, section := range rubric.Sections() {
		if look.only != "" && look.only != section {
			continue
		}
		if look.airy && i > 0 {
			lines = append(lines, spaces(w))
		}
		c := column{
			env: e, heading: section.Title(), tick: walk.Tick, still: true, dim: look.dim,
			statements: d.rubric.Statements(p, walk.Dimension, section),
		}
		if look.only == "" {
			lines = append(lines, c.head(w))
		}
		text, _, _ := c.lines(w)
		lines = append(lines, text...)
	}
	return lines
}

// signpost is the title of a band that lies a step below or above, with the key
// that leads there.
func signpost(by int, title string, w int) string {
	if by < 0 {
		return cut(walkKeys.prev.Help().Key+" "+title, w)
	}
	return cut(title, w-2) + " " + walkKeys.next.Help().Key
}

// edgeLines says that the scale ends here.
func (e *env) edgeLines(by, w int) []string {
	text := "Nothing below: this is the lowest band."
	if by > 0 {
		text = "Nothing above: this is the highest band."
	}
	var lines []string
	for _, l := range e.wrapper.wrap(text, w) {
		lines = append(lines, e.theme.faint.paint(l))
	}
	return lines
}

// neighbour is the band that lies so many steps above the present one, or below.
func (d *desk) neighbour(by int) (p rubric.Position, ok bool) {
	at := d.walk().At(d.rubric)
	p = d.rubric.At(at.Ordinal + by)
	return p, p.Ordinal == at.Ordinal+by
}
