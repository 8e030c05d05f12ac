package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// pastView sets earlier sessions beside the present one.
type pastView struct{}

func (pastView) name() string                             { return "Past" }
func (pastView) keys() []key.Binding                      { return nil }
func (pastView) press(*compare, tea.KeyMsg) (reply, bool) { return reply{}, false }
func (pastView) spansSessions() bool                      { return true }

func (pastView) lay(c *compare, w, _ int) laid {
	all := c.everySession()
	if all == nil {
		return c.reading()
	}
	_, present := c.twoSessions()
	past := all.Past(present)
	if len(past.Sessions) == 0 {
		return c.nothing("No session was held yet.")
	}
	t := c.env.theme
	label := labelCells(w)
	column := max(9, min(16, (w-label-12)/len(past.Sessions)))
	head := "   " + fit("", label)
	for _, s := range past.Sessions {
		head += cell(s.String(), column)
	}
	head += "Change"
	l := laid{head: []string{t.faint.paint(head)}}
	for _, dimension := range c.now.Rubric().Dimensions {
		if len(l.rows) > 0 {
			l.text("")
		}
		l.text(" " + t.heading.paint(line(dimension)))
		for _, p := range past.People {
			if p.Dimension == dimension {
				l.item(func(here bool) string { return pastRow(t, p, label, column, here) })
			}
		}
	}
	l.text("")
	l.text(pastGroups(t, "Teams: the mean position, counted from the lowest", past.Teams, label, column, func(m float64) string { return fmt.Sprintf("%.1f", m) })...)
	l.text(pastGroups(t, "Reviewers: positions above the others", past.Reviewers, label, column, signed)...)
	return l
}

func pastRow(t theme, p calibration.PersonPast, label, column int, here bool) string {
	lead, look := t.lead(here)
	row := lead + look.paint(cell(p.Person.Name, label))
	for i, stand := range p.Stands {
		text := markBlank
		if stand != nil {
			text = stageMark(stand.Stage) + " " + line(stand.Position)
		}
		style := t.faint
		if i == 0 {
			style = t.plain
		}
		row += style.paint(cell(text, column))
	}
	if p.Change != nil && *p.Change != 0 {
		change := t.good.paint(fmt.Sprintf("%d up", *p.Change))
		if *p.Change < 0 {
			change = t.warn.paint(fmt.Sprintf("%d down", -*p.Change))
		}
		row += change
	}
	return row
}

func pastGroups(t theme, title string, groups []calibration.GroupPast, label, column int, number func(float64) string) []string {
	rows := []string{" " + t.heading.paint(title)}
	for _, g := range groups {
		row := "   " + cell(or(g.Name, "(none)"), label)
		for _, m := range g.Means {
			text := markBlank
			if m != nil {
				text = number(m.Mean)
			}
			row += cell(text, column)
		}
		rows = append(rows, row)
	}
	return append(rows, "")
}

func (pastView) open(c *compare, item int) screen {
	_, present := c.twoSessions()
	past := c.everySession().Past(present)
	for _, dimension := range c.now.Rubric().Dimensions {
		for _, p := range past.People {
			if p.Dimension != dimension {
				continue
			}
			if item == 0 {
				for _, person := range c.basis.People {
					if person.ID == p.Person.ID {
						return newPersonScreen(c.env, person)
					}
				}
				return nil
			}
			item--
		}
	}
	return nil
}
