package tui

import (
	"strconv"
	"strings"

	"calibrate/rubric"
)

// scale draws rows of marks on all positions of a rubric, one cell a position, with
// the levels and bands above them: the ruler of comparing, where walkRuler is that of
// one person's walk.
type scale struct {
	rubric     *rubric.Rubric
	theme      theme
	cell, gap  int // the widths of one position and between levels
	label, gut int // the widths before and after
}

// scaleSteps are the widths of a position and between levels, roomiest first.
var scaleSteps = [][2]int{{5, 3}, {4, 2}, {3, 2}, {3, 1}, {3, 0}, {2, 1}, {2, 0}, {1, 0}}

// scaleFor chooses the roomiest scale that leaves room for a label before it and so
// much behind it.
func (e *env) scaleFor(w, label, behind int) scale {
	s := scale{rubric: e.rubric, theme: e.theme, label: label}
	for _, step := range scaleSteps {
		s.cell, s.gap = step[0], step[1]
		if label+s.width()+behind <= w {
			break
		}
	}
	s.gut = max(0, w-label-s.width())
	return s
}

// width is that of all positions.
func (s scale) width() int {
	return len(s.rubric.Positions())*s.cell + (len(s.rubric.Levels)-1)*s.gap
}

// head draws the levels and the bands.
func (s scale) head() []string {
	var levels, bands strings.Builder
	levels.WriteString(spaces(s.label))
	bands.WriteString(spaces(s.label))
	for i, l := range s.rubric.Levels {
		if i > 0 {
			levels.WriteString(spaces(s.gap))
			bands.WriteString(spaces(s.gap))
		}
		levels.WriteString(fit(strconv.Itoa(l.Number), len(l.Bands)*s.cell))
		for _, p := range s.rubric.Positions() {
			if p.LevelAt == i {
				bands.WriteString(fit(bandInitial(s.rubric, p), s.cell))
			}
		}
	}
	return []string{s.theme.faint.paint(levels.String()), s.theme.faint.paint(bands.String())}
}

// mark is what stands at a position.
type mark struct {
	text string
	look style
	tiny string // instead of text, in a cell that has no room for it
}

// row draws one row of marks, each cut to its cell; fill is what stands between the
// cells from one ordinal to another, as the line of an arrow does.
func (s scale) row(at func(ordinal int) mark, fill string, from, to int) string {
	var b strings.Builder
	for _, p := range s.rubric.Positions() {
		o := p.Ordinal
		if p.BandAt == 0 && p.LevelAt > 0 {
			b.WriteString(s.between(fill, s.gap, o > from && o <= to))
		}
		m := at(o)
		text := m.text
		if width(text) > s.cell {
			text = cut(or(m.tiny, text), s.cell)
		}
		b.WriteString(m.look.paint(text))
		b.WriteString(s.between(fill, s.cell-width(text), o >= from && o < to))
	}
	return b.String()
}

func (s scale) between(fill string, n int, inside bool) string {
	if !inside || fill == "" {
		return spaces(n)
	}
	return s.theme.faint.paint(strings.Repeat(fill, max(0, n)))
}
