package tui

import (
	"strconv"
	"strings"

	"calibrate/calibration"
	"calibrate/internal/lines"
	"calibrate/rubric"
)

// ruler draws all positions of a rubric in a row, lowest left: the level, the
// band, and below it what was said of it. It answers "where am I and what have I
// said so far" at a glance: the present band is in brackets, and what the verdicts
// have ruled out is dimmed.
//
//	  1         2         3
//	L M H     L M H     L[M]H
//	↑ ↑2↑     ↑ 1 ↑     3 4 ·
//	                      ◆
type ruler struct {
	rubric    *rubric.Rubric
	theme     theme
	at        int                        // ordinal that is shown
	low, high int                        // ordinals that the verdicts leave open; low > high: all are shown so
	said      func(rubric.Position) said // what was said of a position
	past      func(rubric.Position) string
}

// said is what a walk has to say of one position.
type said struct {
	verdict       calibration.Verdict
	seen, notSeen int
}

// rulerLayout is how roomily a ruler is drawn.
type rulerLayout struct {
	cell, gap     int  // the widths of one rung and between levels
	tight         bool // brackets stand between rungs, not in them
	names, titles bool // bands and levels by their names, not by initial and number
	first, last   int  // the ordinals that are shown
}

// rulerSteps are the widths of one rung and between levels where bands have but
// their initial, roomiest first.
var rulerSteps = [][2]int{{4, 4}, {3, 4}, {3, 2}, {2, 3}, {2, 1}, {2, 0}}

// layout chooses the roomiest way in which every position fits into w cells, or
// the tightest and the positions around the present one.
func (r ruler) layout(w int) rulerLayout {
	n, levels := len(r.rubric.Positions()), len(r.rubric.Levels)
	initial, name, title := 1, 1, 1
	for _, p := range r.rubric.Positions() {
		initial = max(initial, width(bandInitial(r.rubric, p)))
		name = max(name, width(r.band(p, true)))
		bands := len(r.rubric.Levels[p.LevelAt].Bands)
		title = max(title, (r.levelWidth(p)+bands)/bands)
	}
	choices := []rulerLayout{
		{cell: max(name+3, title), gap: 2, names: true, titles: true},
		{cell: name + 2, gap: 2, names: true},
	}
	for _, step := range rulerSteps {
		l := rulerLayout{cell: max(step[0], initial+2), gap: step[1]}
		if step[0] == 2 {
			l.cell, l.tight = initial+1, true
		}
		choices = append(choices, l)
	}
	for _, l := range choices {
		if 3+n*l.cell+(levels-1)*l.gap <= w {
			l.first, l.last = 1, n
			return l
		}
	}
	l := choices[len(choices)-2] // with gaps: the tightest is for seeing all at once
	l.first, l.last = r.at, r.at
	for grew := true; grew; {
		grew = false
		if l.last < n && r.spanWidth(l, l.first, l.last+1) <= w-5 {
			l.last, grew = l.last+1, true
		}
		if l.first > 1 && r.spanWidth(l, l.first-1, l.last) <= w-5 {
			l.first, grew = l.first-1, true
		}
	}
	return l
}

// spanWidth is the width of the rungs from one to another.
func (r ruler) spanWidth(l rulerLayout, first, last int) int {
	return (last-first+1)*l.cell + (r.rubric.At(last).LevelAt-r.rubric.At(first).LevelAt)*l.gap
}

// view draws the ruler into w cells, as four rows; the last is empty where there
// are no earlier decisions. Where not all positions fit, the ends say that it goes
// on.
func (r ruler) view(w int) []string {
	l := r.layout(w)
	var rows [4]strings.Builder
	all := func(s string) {
		for i := range rows {
			rows[i].WriteString(s)
		}
	}
	all(" ")
	if l.first > 1 {
		rows[0].WriteString(markLeft)
		rows[1].WriteString(markLeft)
		rows[2].WriteString(" ")
		rows[3].WriteString(" ")
	}
	for o := l.first; o <= l.last; {
		end := o
		for end < l.last && r.rubric.At(end+1).LevelAt == r.rubric.At(o).LevelAt {
			end++
		}
		if o > l.first && l.gap > 0 {
			closing := " "
			if l.tight && o == r.at+1 {
				closing = r.theme.accent.paint("]")
			}
			for i := range rows {
				if i == 1 {
					rows[i].WriteString(closing + spaces(l.gap-1))
				} else {
					rows[i].WriteString(spaces(l.gap))
				}
			}
		}
		r.writeLevel(&rows[0], r.rubric.At(o), l, (end-o+1)*l.cell)
		for ; o <= end; o++ {
			r.writeRung(&rows, r.rubric.At(o), l)
		}
	}
	if l.tight && l.last == r.at {
		rows[1].WriteString(r.theme.accent.paint("]"))
	}
	if l.last < len(r.rubric.Positions()) {
		rows[0].WriteString(markRight)
		rows[1].WriteString(markRight)
	}
	out := make([]string, len(rows))
	for i := range rows {
		out[i] = fit(rows[i].String(), w)
	}
	return out
}

func (r ruler) level(p rubric.Position, title bool) string {
	number := strconv.Itoa(p.Level)
	if title && p.LevelName != "" {
		return number + " " + line(p.LevelName)
	}
	return number
}

// levelWidth is the width of a level with its title.
func (r ruler) levelWidth(p rubric.Position) int {
	n := len(strconv.Itoa(p.Level))
	if p.LevelName != "" {
		n += 1 + width(line(p.LevelName))
	}
	return n
}

func (r ruler) band(p rubric.Position, name bool) string {
	if name && p.Band != "" {
		return line(p.Band)
	}
	return bandInitial(r.rubric, p)
}

func (r ruler) writeLevel(b *strings.Builder, p rubric.Position, l rulerLayout, w int) {
	look := r.theme.faint
	if p.Level == r.rubric.At(r.at).Level {
		look = r.theme.accent
	}
	b.WriteString(look.paint(center(r.level(p, l.titles), w)))
}

func (r ruler) writeRung(rows *[4]strings.Builder, p rubric.Position, l rulerLayout) {
	name, look := r.band(p, l.names), r.theme.plain
	switch {
	case p.Ordinal == r.at:
		name, look = "["+name+"]", r.theme.accent
	case r.low <= r.high && (p.Ordinal < r.low || p.Ordinal > r.high):
		look = r.theme.faint
	}
	before := (l.cell - 1) / 2 // what was said stands below the middle of the name
	if l.tight {
		before = 1
		rows[1].WriteString(r.bracket(p, look, l.gap))
		rows[1].WriteString(look.paint(fit(r.band(p, false), l.cell-1)))
	} else {
		rows[1].WriteString(look.paint(center(name, l.cell)))
	}
	rows[2].WriteString(spaces(before))
	r.writeSaid(&rows[2], r.said(p), l.cell-before)
	past := r.past(p)
	if width(past) > l.cell-before {
		past = "+"
	}
	rows[3].WriteString(spaces(before) + r.theme.past.paint(fit(past, l.cell-before)))
}

// bracket is what stands left of a rung in a tight ruler. After a gap the one that
// closes the present band stands before that.
func (r ruler) bracket(p rubric.Position, look style, gap int) string {
	switch {
	case p.Ordinal == r.at:
		return look.paint("[")
	case p.Ordinal == r.at+1 && (p.BandAt > 0 || gap == 0):
		return r.theme.accent.paint("]")
	}
	return " "
}

// writeSaid draws a verdict, then how many statements were seen.
func (r ruler) writeSaid(b *strings.Builder, s said, w int) {
	t := r.theme
	mark, look := verdictMark(s.verdict), t.accent
	if s.verdict == calibration.Fits {
		look = t.good
	}
	w -= width(mark)
	number := ""
	switch {
	case s.seen > 0:
		number = fewDigits(s.seen, w)
	case mark == "" && s.notSeen > 0:
		mark, look, w = markNotSeen, t.bad, w-1
	case mark == "":
		mark, look, w = markBlank, t.faint, w-1
	}
	b.WriteString(look.paint(mark))
	b.WriteString(t.good.paint(number))
	b.WriteString(spaces(w - width(number)))
}

// fewDigits is a number in at most w cells; a plus says that it is more.
func fewDigits(n, w int) string {
	s := strconv.Itoa(n)
	switch {
	case len(s) <= w:
		return s
	case w >= 2:
		return "9+"
	}
	return fit("+", w)
}

// bandInitial is what stands for a band on the ruler: the first character of its
// name, or its number where two bands of the level would look the same.
func bandInitial(r *rubric.Rubric, p rubric.Position) string {
	if p.Band == "" {
		return "•"
	}
	initial := initialOf(p.Band)
	for i, b := range r.Levels[p.LevelAt].Bands {
		if i != p.BandAt && initialOf(b.Name) == initial {
			return strconv.Itoa(p.BandAt + 1)
		}
	}
	return initial
}

func initialOf(name string) string {
	c, _ := lines.FirstCharacter(line(name))
	return strings.ToUpper(c)
}
