package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// distributionView shows how many are placed where, for all and group by group, beside
// the guideline if there is one.
type distributionView struct {
	by        int // index into calibration.Groupings
	positions bool
}

var distributionKeys = struct{ group, positions key.Binding }{
	group:     bind("t", "t", "by; team, manager, reviewer, stage, dimension or session"),
	positions: bind("p", "p", "positions; or levels"),
}

func (v *distributionView) name() string { return "Distribution" }
func (v *distributionView) keys() []key.Binding {
	return []key.Binding{distributionKeys.group, distributionKeys.positions}
}

func (v *distributionView) grouping() calibration.Grouping { return calibration.Groupings()[v.by] }

func (v *distributionView) press(c *compare, k tea.KeyMsg) (reply, bool) {
	switch {
	case key.Matches(k, distributionKeys.group):
		v.by = (v.by + 1) % len(calibration.Groupings())
	case key.Matches(k, distributionKeys.positions):
		v.positions = !v.positions
	default:
		return reply{}, false
	}
	c.scrolls[c.tab] = 0
	c.layTab()
	return reply{}, true
}

func (v *distributionView) lay(c *compare, w, _ int) laid {
	d := c.now.Distribution(v.grouping(), c.env.guideline)
	if d.All.Placements == 0 {
		return c.nothing("Nobody was placed here.")
	}
	t := c.env.theme
	l := laid{head: []string{" " + t.faint.paint(fmt.Sprintf("by %s · each person once per dimension, as far as they have come", v.grouping()))}}
	l.text(v.histogram(c, "All", d.All, w)...)
	for _, g := range d.Groups {
		name := or(g.Name, "(none)")
		if v.grouping() == calibration.BySession {
			name = c.sessionName(g.Name)
		}
		l.text(v.histogram(c, name, g, w)...)
	}
	return l
}

func levelName(b calibration.LevelBar) string { return fmt.Sprintf("%d %s", b.Level, line(b.Name)) }

// histogram draws the bars of one group.
func (v *distributionView) histogram(c *compare, name string, h calibration.Histogram, w int) []string {
	t := c.env.theme
	rows := []string{" " + t.heading.paint(line(name)) + t.faint.paint(fmt.Sprintf(" · %s of %s, median %s", count(h.Placements, "placement"), count(h.People, "person"), or(line(h.Median), "none")))}
	label := labelCells(w)
	for _, b := range h.Levels {
		label = max(label, min(width(levelName(b))+4, 2*w/5))
	}
	room := max(10, min(w-label-24, mostBar))
	most := 1.0
	for _, b := range h.Levels {
		most = max(most, b.Percent)
		if b.Guideline != nil {
			most = max(most, *b.Guideline)
		}
	}
	if v.positions {
		most = 1
		for _, b := range h.Positions {
			most = max(most, b.Percent)
		}
		for _, b := range h.Positions {
			rows = append(rows, "   "+cell(b.Position, label-3)+t.accent.paint(bar(b.Percent/most, room))+barWords(t, b.Count, b.Percent, nil))
		}
	} else {
		for _, b := range h.Levels {
			drawn := t.accent.paint(bar(b.Percent/most, room))
			rows = append(rows, "   "+cell(levelName(b), label-3)+drawn+barWords(t, b.Count, b.Percent, b.Guideline))
		}
	}
	if h.Note != "" {
		rows = append(rows, c.wrapped(t.faint, h.Note, 3, w)...)
	}
	return append(rows, "")
}

func barWords(t theme, n int, percent float64, guideline *float64) string {
	text := fmt.Sprintf(" %d · %.0f%%", n, percent)
	if guideline != nil {
		text += t.faint.paint(fmt.Sprintf(" · guideline %.0f%%", *guideline))
	}
	return text
}
