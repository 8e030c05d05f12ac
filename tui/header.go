package tui

import (
	"fmt"
	"slices"
	"strings"

	"calibrate/calibration"
	"calibrate/rubric"
)

// deskHeader is the person, the dimensions and the ruler with the position that we
// stand at: the top of every screen that works on a person.
func (e *env) deskHeader(d *desk, at rubric.Position, w int) []string {
	t := e.theme
	tabs := e.dimensionTabs(d, w/2) + " "
	rows := []string{spread(e.who(d.person), tabs, w)}
	legend := e.legendOf(d)
	room := e.rulerWidth(d, w)
	side := w - room
	ruler := e.walkRuler(d, at).view(room)
	if len(legend) == 0 {
		return append(rows, ruler[:rulerRows]...)
	}
	for i, r := range ruler {
		if i < len(legend) {
			r += t.past.paint(fit(legend[i], side))
		} else {
			r += spaces(side)
		}
		rows = append(rows, r)
	}
	return rows
}

// rulerRows is how many rows the ruler has without earlier decisions, for which it has
// one more.
const rulerRows = 3

// rulerWidth is the room that the legend beside the ruler leaves to it.
func (e *env) rulerWidth(d *desk, w int) int {
	side := 0
	for _, text := range e.legendOf(d) {
		side = max(side, width(text)+1)
	}
	return w - min(side, w/3)
}

// who names a person, with what tells people of one name apart.
func (e *env) who(p calibration.Person, more ...string) string {
	who := " " + e.theme.title.paint(line(e.names.Called(p.ID, p.Name)))
	for _, part := range append([]string{p.Team}, more...) {
		if part != "" {
			who += e.theme.faint.paint(" · " + line(part))
		}
	}
	return who
}

// dimensionTabs names the dimensions, the shown one in brackets; where there is
// no room for all of them, the shown one and which of how many it is.
func (e *env) dimensionTabs(d *desk, w int) string {
	w = max(w, 30)
	dims, shown := d.rubric.Dimensions, d.walk().Dimension
	label := func(name string) string {
		if saved, ok := d.saved[name]; ok {
			return line(name) + " " + stageMark(saved.Stage)
		}
		if slices.Contains(e.sitting.Done, name) {
			return line(name) + " " + stageMark(e.sitting.Stage)
		}
		return line(name)
	}
	tabs, used := make([]string, len(dims)), 0
	for i, name := range dims {
		text := label(name)
		used += width(text) + 2
		if name == shown {
			tabs[i] = "[" + e.theme.chosen.paint(text) + "]"
		} else {
			tabs[i] = " " + e.theme.faint.paint(text) + " "
		}
	}
	if used <= w {
		return strings.TrimRight(strings.Join(tabs, ""), " ")
	}
	i := slices.Index(dims, shown)
	of := fmt.Sprintf(" %d of %d", i+1, len(dims))
	return "[" + e.theme.chosen.paint(cut(label(shown), w-2-width(of))) + "]" + e.theme.faint.paint(of)
}

// legendOf tells what the marks below the ruler are. A position of another rubric
// is in brackets: it has no place on this ruler.
func (e *env) legendOf(d *desk) []string {
	if e.sitting.Blind {
		return nil
	}
	dimension := d.walk().Dimension
	var rows []string
	if saved, ok := d.saved[dimension]; ok {
		rows = append(rows, fmt.Sprintf("%s %s saved", stageMark(saved.Stage), line(saved.Position)))
	}
	for i, past := range d.earlier[dimension] {
		at := line(past.Decision.Position)
		if past.Decision.Rubric != d.rubric.Hash() {
			at = "(" + at + ")"
		}
		rows = append(rows, marksPast[i]+" "+at+" "+line(past.Session))
	}
	return rows
}

// walkRuler is the ruler of a walk: verdicts given, statements seen, and what was
// decided before under this rubric.
func (e *env) walkRuler(d *desk, at rubric.Position) ruler {
	w := d.walk()
	saved, isSaved := d.saved[w.Dimension]
	low, high := w.Open(d.rubric)
	return ruler{
		rubric: d.rubric, theme: e.theme, at: at.Ordinal, low: low, high: high,
		said: func(p rubric.Position) said {
			seen, notSeen := w.Ticks(d.rubric, p)
			return said{w.Verdict(p), seen, notSeen}
		},
		past: func(p rubric.Position) string {
			marks := ""
			if e.sitting.Blind {
				return marks
			}
			if isSaved && saved.Position == p.Key && saved.Rubric == d.rubric.Hash() {
				marks = stageMark(saved.Stage)
			}
			for i, e := range d.earlier[w.Dimension] {
				if e.Decision.Position == p.Key && e.Decision.Rubric == d.rubric.Hash() {
					marks += marksPast[i]
				}
			}
			return marks
		},
	}
}

// rule is a line across the screen with a title in it, and something at its right
// end; both come with their width.
func (t theme) rule(left string, right string, w int) string {
	if right != "" {
		right = " " + right
	}
	left = cut(left, w-width(right)-7)
	n := w - width(left) - width(right) - 6
	return t.faint.paint(" "+markRule+markRule) + " " + left + " " + t.faint.paint(strings.Repeat(markRule, max(0, n))) + right + " "
}
