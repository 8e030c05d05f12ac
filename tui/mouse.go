package tui

import (
	tea "github.com/charmbracelet/bubbletea"
)

// The mouse does nothing that a key does not do too. A click puts the cursor on what is
// under the pointer, a click on what the cursor is on already opens it, and the wheel
// moves what is under the pointer; a click on a key that the footer tells of presses it. Each screen says what that is, from the same layout
// that it is drawn by.

// pointed is what was done with the mouse at a cell of the screen on top, which is drawn
// into w × h cells: a click, or a turn of the wheel.
type pointed struct {
	x, y, w, h int
	lines      int // that the wheel was turned by, up being less than none; 0: a click
}

// wheelStep is how many lines a notch of the wheel is.
const wheelStep = 3

// keyEnter is pressed by a click on what the cursor is on.
var keyEnter = tea.KeyMsg{Type: tea.KeyEnter}

// point hands what was done with the mouse to the screen that it was aimed at. What comes
// while that still waits for something is dropped: it was aimed at what is gone by then.
func (a *app) point(m tea.MouseMsg) {
	p := pointed{x: m.X, y: m.Y, w: a.w}
	switch {
	case m.Action != tea.MouseActionPress:
		return
	case m.Button == tea.MouseButtonWheelUp:
		p.lines = -wheelStep
	case m.Button == tea.MouseButtonWheelDown:
		p.lines = wheelStep
	case m.Button != tea.MouseButtonLeft:
		return
	}
	if a.covered {
		a.uncover()
		return
	}
	a.waitForIdle()
	if len(a.keys) > 0 || a.waits(a.top()) || a.w < minWidth || a.h < minHeight {
		return
	}
	p.h = a.h - len(a.footer())
	switch {
	case p.y >= p.h && p.lines == 0:
		a.pointFooter(p)
	case p.y >= p.h:
	case a.help != nil:
		a.help.point(p)
	default:
		if !a.status.error {
			a.acknowledge()
		}
		a.tell(a.top(), p)
	}
}

// pointFooter takes a click on the footer: what is said there was read, and of the keys
// that it tells of the one that is under the pointer is pressed.
func (a *app) pointFooter(p pointed) {
	if a.status.text != "" {
		a.acknowledge()
		return
	}
	if k, ok := hintAt(a.hinted(), a.w, p.x); ok {
		if pressed, one := pressOf(k); one {
			a.keys = append(a.keys, pressed)
		}
	}
}

// choose has the cursor of n rows follow the pointer: the wheel moves it, a click puts it
// on the row that is under it, if one is. It reports a click on the row where it was.
func (p pointed) choose(cursor, n, row int, on bool) (to int, again bool) {
	switch {
	case n == 0:
		return cursor, false
	case p.lines != 0:
		return max(0, min(cursor+p.lines, n-1)), false
	case !on || row >= n:
		return cursor, false
	}
	return row, row == cursor
}

// scroll is the first of so many lines that h rows show after the wheel was turned.
func (p pointed) scroll(top, lines, h int) int {
	return windowAt(windowAt(top, lines, h).top+p.lines, lines, h).top
}

// at is the line that is shown in a row of the window, if one is.
func (v window) at(row int) (line int, ok bool) {
	line = v.top + row
	switch {
	case row < 0 || row >= v.h || line >= v.lines:
	case row == v.h-1 && v.below() > 0, row == 0 && v.above() > 0:
	default:
		return line, true
	}
	return line, false
}

// ordinalAt is the position that stands at a column of a ruler of w cells.
func (r ruler) ordinalAt(x, w int) (ordinal int, ok bool) {
	l := r.layout(w)
	left := 1
	if l.first > 1 {
		left += width(markLeft)
	}
	for o := l.first; o <= l.last; o++ {
		if o > l.first && r.rubric.At(o).LevelAt != r.rubric.At(o-1).LevelAt {
			left += l.gap
		}
		if x >= left && x < left+l.cell {
			return o, true
		}
		left += l.cell
	}
	return 0, false
}

// ordinalAt is the position that stands at a column of the scale.
func (s scale) ordinalAt(x int) (ordinal int, ok bool) {
	left := s.label
	for _, p := range s.rubric.Positions() {
		if p.BandAt == 0 && p.LevelAt > 0 {
			left += s.gap
		}
		if x >= left && x < left+s.cell {
			return p.Ordinal, true
		}
		left += s.cell
	}
	return 0, false
}

// onRuler is the position that a click on the ruler of a desk's header is at.
func (e *env) onRuler(d *desk, at int, p pointed) (ordinal int, ok bool) {
	if p.lines != 0 || p.y < 1 || p.y > rulerRows {
		return 0, false
	}
	return e.walkRuler(d, d.rubric.At(at)).ordinalAt(p.x, e.rulerWidth(d, p.w))
}

func (h *help) point(p pointed) {
	lines := len(h.lines(p.w))
	h.from = p.scroll(h.from, lines, p.h-helpTop)
}
