package tui

import (
	"strconv"
	"strings"

	"github.com/rivo/uniseg"

	"calibrate/calibration"
	"calibrate/rubric"
)

// ruler draws all positions of a rubric in a row, lowest left: the level's number,
// the band's initial, and below it what was said of it. It answers "where am I
// and what have I said so far" at a glance.
//
//	  1         2         3
//	L M H     L M H     L[M]H
//	↑ ↑ ↑     ↑ 1 ↑     3 4 ·
//	                      ◆
type ruler struct {
	rubric *rubric.Rubric
	theme  theme
	at     int                          // ordinal that is shown
	mark   func(rubric.Position) rung   // what was said of a position
	past   func(rubric.Position) string // earlier decisions there, at most one cell each
}

// rung is one position's mark and its look.
type rung struct {
	mark  string
	style style
}

// The widths of one rung and of the gap between levels, roomiest first.
var rulerSteps = [][2]int{{4, 4}, {3, 4}, {3, 2}, {2, 3}, {2, 1}, {2, 0}}

// view draws the ruler into w cells, as four rows; the last is empty where there
// are no earlier decisions. Where not all positions fit, those around the present
// one are shown, and the ends say that it goes on.
func (r ruler) view(w int) []string {
	cell, gap, first, last := r.measure(w)
	var levels, bands, marks, past strings.Builder
	rows := []*strings.Builder{&levels, &bands, &marks, &past}
	for _, b := range rows {
		b.WriteByte(' ')
	}
	if first > 1 {
		levels.WriteString("‹ ")
		bands.WriteString("  ")
		marks.WriteString("  ")
		past.WriteString("  ")
	}
	for o := first; o <= last; {
		level := r.rubric.At(o).LevelAt
		end := o
		for end+1 <= last && r.rubric.At(end+1).LevelAt == level {
			end++
		}
		if o > first {
			for _, b := range rows {
				b.WriteString(spaces(gap))
			}
		}
		levels.WriteString(r.levelNumber(r.rubric.At(o), (end-o+1)*cell))
		for ; o <= end; o++ {
			r.writeRung(&bands, &marks, &past, r.rubric.At(o), cell)
		}
	}
	if last < len(r.rubric.Positions()) {
		levels.WriteString(" ›")
	}
	out := make([]string, len(rows))
	for i, b := range rows {
		out[i] = fit(b.String(), w)
	}
	return out
}

func (r ruler) levelNumber(p rubric.Position, w int) string {
	number := center(strconv.Itoa(p.Level), w)
	if p.Level == r.rubric.At(r.at).Level {
		return r.theme.accent.paint(number)
	}
	return r.theme.faint.paint(number)
}

func (r ruler) writeRung(bands, marks, past *strings.Builder, p rubric.Position, cell int) {
	initial, here := bandInitial(r.rubric, p), p.Ordinal == r.at
	if here {
		bands.WriteString(r.theme.accent.paint(center("["+initial+"]", cell)))
	} else {
		bands.WriteString(center(initial, cell))
	}
	m := r.mark(p)
	marks.WriteString(m.style.paint(center(m.mark, cell)))
	past.WriteString(r.theme.past.paint(center(r.past(p), cell)))
}

// measure chooses the roomiest layout in which every position fits, or the
// tightest and a window of positions around the present one.
func (r ruler) measure(w int) (cell, gap, first, last int) {
	n, levels := len(r.rubric.Positions()), len(r.rubric.Levels)
	widest := 0
	for _, p := range r.rubric.Positions() {
		widest = max(widest, width(bandInitial(r.rubric, p)))
	}
	for _, step := range rulerSteps {
		cell, gap = max(step[0], widest+2), step[1]
		if 2+n*cell+(levels-1)*gap <= w {
			return cell, gap, 1, n
		}
	}
	room := max(1, (w-6)/(cell+gap))
	first = max(1, min(r.at-room/2, n-room+1))
	return cell, gap, first, min(n, first+room-1)
}

// bandInitial is what stands for a band on the ruler: the first character of its
// name, or its number where two bands of the level would look the same.
func bandInitial(r *rubric.Rubric, p rubric.Position) string {
	bands := r.Levels[p.LevelAt].Bands
	if p.Band == "" {
		return "•"
	}
	initial := firstCharacter(p.Band)
	for i, b := range bands {
		if i != p.BandAt && firstCharacter(b.Name) == initial {
			return strconv.Itoa(p.BandAt + 1)
		}
	}
	return initial
}

func firstCharacter(name string) string {
	c, _, _, _ := uniseg.FirstGraphemeClusterInString(line(name), -1)
	return strings.ToUpper(c)
}

// walkRuler is the ruler of a walk: verdicts given, else statements seen.
func (e *env) walkRuler(d *desk) ruler {
	w := d.walk()
	t := e.theme
	earlier := d.earlier()
	saved, hasSaved := d.saved(w.Dimension)
	return ruler{
		rubric: d.rubric, theme: t, at: w.At(d.rubric).Ordinal,
		mark: func(p rubric.Position) rung {
			switch w.Verdict(p) {
			case calibration.Above:
				return rung{markAbove, t.accent}
			case calibration.Fits:
				return rung{markFits, t.good}
			case calibration.Below:
				return rung{markBelow, t.accent}
			}
			if seen, notSeen := w.Ticks(d.rubric, p); seen > 0 {
				return rung{strconv.Itoa(seen), t.good}
			} else if notSeen > 0 {
				return rung{markNotSeen, t.bad}
			}
			return rung{markBlank, t.faint}
		},
		past: func(p rubric.Position) string {
			if hasSaved && saved.Position == p.Key {
				return stageMark(saved.Stage)
			}
			for i, e := range earlier {
				if e.Decision.Position == p.Key && e.Decision.Rubric == d.rubric.Hash() {
					return marksPast[i]
				}
			}
			return ""
		},
	}
}

func stageMark(s calibration.Stage) string {
	switch s {
	case calibration.Panel:
		return markPanel
	case calibration.Final:
		return markFinal
	}
	return markDraft
}
