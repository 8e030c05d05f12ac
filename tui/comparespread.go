package tui

import (
	"fmt"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// spreadView shows where reviewers placed each person, the furthest apart first.
type spreadView struct{}

func (spreadView) name() string                             { return "Spread" }
func (spreadView) needs(f *figures) worked                  { return &f.spread }
func (spreadView) keys() []key.Binding                      { return nil }
func (spreadView) press(*compare, tea.KeyMsg) (reply, bool) { return reply{}, false }

// labelCells is the room that names have on a screen of a width.
func labelCells(w int) int { return max(18, min(40, 3*w/10)) }

func (spreadView) lay(c *compare, w, _ int) laid {
	all := c.figures.spread.get()
	if len(all.People) == 0 {
		return c.nothing("Nobody was placed here.")
	}
	t := c.env.theme
	label := labelCells(w)
	s := c.env.scaleFor(w, label, 16)
	n := all.Counts
	words := fmt.Sprintf(" %s: %d to discuss · %d for two minutes · %d agreed", count(len(all.People), "person"), n.Discuss, n.TwoMinutes, n.NothingToDiscuss)
	if n.TooFew > 0 {
		words += fmt.Sprintf(" · %d placed by one only", n.TooFew)
	}
	l := laid{head: append([]string{words}, s.head()...), ruler: &s}
	for i, dimension := range c.now.Rubric().Dimensions {
		people := c.figures.spread.get().on[dimension]
		if len(people) == 0 {
			continue
		}
		if i > 0 {
			l.text("")
		}
		l.text(" " + t.heading.paint(line(dimension)))
		l.dimension = dimension
		for _, p := range people {
			l.item(func(here bool) string { return spreadRow(c, s, p, here) })
		}
	}
	return l
}

func spreadRow(c *compare, s scale, p calibration.PersonSpread, here bool) string {
	lead, look := c.env.theme.lead(here)
	row := p.Rows[0]
	from, to := 0, 0
	if row.Lowest != nil {
		from, to = row.Lowest.Ordinal, row.Highest.Ordinal
	}
	drawn := s.row(func(o int) mark {
		m := spreadMark(c.env.theme, row, o)
		if m.text == markBlank && o > from && o < to {
			m.text = markRule
		}
		return m
	}, markRule, from, to)
	return lead + look.paint(cell(c.whoIn(p.Person, p.Session, s.label-4), s.label-3)) + drawn + triageWords(c.env.theme, row, s.gut)
}

// spreadMark is who stands at a position: a sign for one, a number for several, and
// the final decision behind them.
func spreadMark(t theme, row calibration.SpreadRow, ordinal int) mark {
	own, sign, final := 0, "", false
	for _, p := range row.Placements {
		switch {
		case p.Ordinal != ordinal:
		case p.Stage == calibration.Final:
			final = row.Final != nil && row.Final.Decision == p.Decision || final
		case p.Measured:
			own, sign = own+1, stageMark(p.Stage)
		}
	}
	if own > 1 {
		sign = strconv.Itoa(own)
	}
	switch {
	case final:
		return mark{sign + markFinal, t.good, markFinal}
	case own > 0:
		return mark{sign, t.past, "+"}
	}
	return mark{markBlank, t.faint, ""}
}

func triageWords(t theme, row calibration.SpreadRow, w int) string {
	look := t.faint
	switch row.Triage {
	case calibration.Discuss:
		look = t.warn
	case calibration.TwoMinutes:
		look = t.plain
	}
	text := row.Words
	if width(text)+2 > w {
		text = shortTriage(row)
	}
	return "  " + look.paint(cut(line(text), w-2))
}

// shortTriage is the triage where there is no room for a sentence.
func shortTriage(row calibration.SpreadRow) string {
	switch row.Triage {
	case calibration.Discuss:
		if row.Apart < 2 {
			return "discuss: a level"
		}
		return "discuss: " + strconv.Itoa(row.Apart)
	case calibration.TwoMinutes:
		return "two minutes"
	case calibration.NothingToDiscuss:
		return "agreed"
	}
	return "one only"
}

func (spreadView) open(c *compare, item int) screen {
	for _, dimension := range c.now.Rubric().Dimensions {
		people := c.figures.spread.get().on[dimension]
		if item < len(people) {
			return newSides(c.env, sidesOf(c, people[item]))
		}
		item -= len(people)
	}
	return nil
}

// upperFirst begins a sentence.
func upperFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}
