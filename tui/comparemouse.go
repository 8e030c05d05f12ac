package tui

import "slices"

// point is what the mouse does on a comparison: a click shows a tab, puts the cursor on a
// row, opens the row that it is on, or shows everybody at the band on the ruler.
func (c *compare) point(p pointed) reply {
	if c.parts == nil {
		return reply{}
	}
	l := c.shown()
	top := compareTop + len(l.head)
	switch {
	case p.lines != 0:
		c.moveTo(c.cursors[c.tab] + p.lines)
		return reply{}
	case p.y == compareTop-1:
		if tab, ok := c.tabAt(p); ok {
			return c.show(tab)
		}
	case l.ruler != nil && p.y >= top-2 && p.y < top:
		if o, ok := l.ruler.ordinalAt(p.x); ok {
			return c.showCell(l, o)
		}
	case p.y >= top:
		row, ok := c.window(l, p.h-top).at(p.y - top)
		if !ok || l.rows[row].item == 0 {
			break
		}
		to, again := p.choose(c.cursors[c.tab], l.items, l.rows[row].item-1, true)
		if again {
			return c.press(keyEnter)
		}
		c.moveTo(to)
	}
	return reply{}
}

// tabAt is the tab under the pointer.
func (c *compare) tabAt(p pointed) (tab int, ok bool) {
	plain, from, to := c.tabsShown(p.w)
	left := 0
	if from > 0 {
		left = width(markLeft)
	}
	for i := from; i <= to; i++ {
		if p.x >= left && p.x < left+width(plain[i]) {
			return i, true
		}
		left += width(plain[i])
	}
	return 0, false
}

// showCell shows who stands at a position, on the dimension of the row under the cursor.
// Only one rubric has a ruler above the rows.
func (c *compare) showCell(l laid, ordinal int) reply {
	dimension := ""
	for _, r := range l.rows {
		if r.item == c.cursors[c.tab]+1 && r.dimension != "" {
			dimension = r.dimension
		}
	}
	part := c.parts[0]
	position := part.now.Rubric().At(ordinal).Key
	for i, cell := range part.figures.cells.get() {
		if cell.Position == position && cell.Dimension == dimension {
			tab := slices.IndexFunc(c.views, func(v compareView) bool { _, ok := v.(cellsView); return ok })
			r := c.show(tab)
			c.moveTo(i)
			return r
		}
	}
	return reply{status: info("nobody stands at " + line(position) + " on " + line(dimension))}
}
