package tui

// row draws the field into one row of w cells, around the cursor where the text
// is longer; signs at the ends say that it goes on.
func (e *editor) row(t theme, w int, focused bool) string {
	if width(e.text)+1 <= w {
		return fit(e.withCaret(t, 0, len(e.text), focused), w)
	}
	room, from, to := w-2, 0, 0
	if focused {
		from, to = e.at, e.at
	}
	for used := e.caretWidth(); from > 0; {
		prev := e.before(from)
		if used += width(e.text[prev:from]); used > room {
			break
		}
		from = prev
	}
	left, right := "", " "
	if room = w - 1; from > 0 {
		left, room = t.faint.paint(markLeft), w-2
	}
	for used := width(e.text[from:to]); to < len(e.text); {
		next := e.after(to)
		if used += width(e.text[to:next]); used > room {
			right = t.faint.paint(markRight)
			break
		}
		to = next
	}
	return left + fit(e.withCaret(t, from, to, focused), room) + right
}

// rows draws the field into w × h cells, scrolled so that the cursor is in sight.
func (e *editor) rows(t theme, w, h int, focused bool) []string {
	rows, row := e.layout(w - 1) // the last column is for the cursor
	return windowOn(max(0, row-1), min(row+1, len(rows)-1), 0, len(rows), h).drawEach(t, func(i int) string {
		return fit(e.withCaret(t, rows[i].Start, rows[i].End, focused && i == row), w)
	}, 0, w)
}

// caretWidth is the width of the character under the cursor.
func (e *editor) caretWidth() int {
	if e.at == len(e.text) {
		return 1
	}
	return max(1, width(e.text[e.at:e.after(e.at)]))
}

// withCaret is a part of the text with the cursor in it, if it is there.
func (e *editor) withCaret(t theme, from, to int, show bool) string {
	if !show || e.at < from || e.at > to {
		return e.text[from:to]
	}
	under, next := " ", e.at
	if e.at < to {
		next = e.after(e.at)
		under = e.text[e.at:next]
	}
	return e.text[from:e.at] + t.caret.paint(under) + e.text[next:to]
}
