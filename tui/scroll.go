package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// window is the part of a list of lines that is seen in h rows. It gives up its
// first and its last row for saying how much there is beyond, where there is.
type window struct {
	top, lines, h int
	of            string // what the lines are; empty: lines
}

// windowAt is the window that begins at a line, as far as there are lines enough
// to fill it.
func windowAt(top, lines, h int) window {
	return window{top: max(0, min(top, lines-h)), lines: lines, h: max(0, h)}
}

// windowOn is the window that shows the lines from first to last, scrolled no
// further from the top than needed. Where they are more than it has room for, it
// begins with the first of them and scrolls on by so many.
func windowOn(first, last, scroll, lines, h int) window {
	if last < first {
		return windowAt(0, lines, h)
	}
	begin := max(0, first-1)                  // the first in sight, below a sign
	end := windowAt(last-(h-2), lines, h).top // the last in sight, above a sign
	return windowAt(min(min(begin, end)+scroll, end), lines, h)
}

// mostScroll is how far windowOn can be scrolled.
func mostScroll(first, last, lines, h int) int {
	return windowOn(first, last, lines, lines, h).top - windowOn(first, last, 0, lines, h).top
}

// above and below are the numbers of lines that are not seen.
func (v window) above() int {
	if v.top == 0 {
		return 0
	}
	return min(v.top+1, v.lines)
}

func (v window) below() int {
	if v.top+v.h >= v.lines {
		return 0
	}
	return v.lines - v.top - v.h + 1
}

// counting has the window call its lines something else.
func (v window) counting(things string) window {
	v.of = things
	return v
}

// draw shows the lines of the window, which are all w cells wide, and fills up
// what they leave of it.
func (v window) draw(t theme, lines []string, indent, w int) []string {
	return v.drawEach(t, func(i int) string { return lines[i] }, indent, w)
}

// drawEach is draw for lines that are drawn when they are seen: there may be thousands.
func (v window) drawEach(t theme, draw func(i int) string, indent, w int) []string {
	rows := make([]string, 0, v.h)
	for i := v.top; i < v.top+v.h; i++ {
		switch {
		case i >= v.lines:
			rows = append(rows, spaces(w))
		case i == v.top+v.h-1 && v.below() > 0:
			rows = append(rows, t.faint.paint(fit(spaces(indent)+moreBelow(v.below(), v.of), w)))
		case i == v.top && v.above() > 0:
			rows = append(rows, t.faint.paint(fit(spaces(indent)+moreAbove(v.above(), v.of), w)))
		default:
			rows = append(rows, draw(i))
		}
	}
	return rows
}

// The keys that scroll, wherever something is read rather than chosen from.
var scrollKeys = struct{ down, up, pageDown, pageUp, first, last key.Binding }{
	down:     bind("down j", "↓", "scroll down"),
	up:       bind("up k", "↑", "scroll up"),
	pageDown: bind("pgdown ctrl+d", "pgdn", "a page down"),
	pageUp:   bind("pgup ctrl+u", "pgup", "a page up"),
	first:    bind("home g", "home", "the beginning"),
	last:     bind("end G", "end", "the end"),
}

// scrollFar are those of them that the footer of a narrow terminal leaves to help.
func scrollFar() []key.Binding {
	k := scrollKeys
	return []key.Binding{k.pageDown, k.pageUp, k.first, k.last}
}

// scroll moves a window's top by a key and reports whether the key does that.
func scroll(top int, k tea.KeyMsg, lines, h int) (moved int, ok bool) {
	switch keys := scrollKeys; {
	case key.Matches(k, keys.down):
		top++
	case key.Matches(k, keys.up):
		top--
	case key.Matches(k, keys.pageDown):
		top += max(1, h-2)
	case key.Matches(k, keys.pageUp):
		top -= max(1, h-2)
	case key.Matches(k, keys.first):
		top = 0
	case key.Matches(k, keys.last):
		top = lines
	default:
		return top, false
	}
	return windowAt(top, lines, h).top, true
}
