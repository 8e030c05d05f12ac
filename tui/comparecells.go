package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// cellsView shows who stands at the same position: would you say the same of each?
type cellsView struct{}

func (cellsView) name() string                             { return "Same cell" }
func (cellsView) needs(f *figures) worked                  { return &f.cells }
func (cellsView) keys() []key.Binding                      { return nil }
func (cellsView) press(*compare, tea.KeyMsg) (reply, bool) { return reply{}, false }

func (cellsView) lay(c *compare, w, _ int) laid {
	cells := c.figures.cells.get()
	if len(cells) == 0 {
		return c.nothing("Nobody was placed here.")
	}
	t := c.env.theme
	l := laid{head: []string{t.faint.paint(" Everybody at one position. Would you say the same of each?")}}
	dimension := ""
	for _, cell := range cells {
		if cell.Dimension != dimension {
			if dimension != "" {
				l.text("")
			}
			dimension = cell.Dimension
			l.text(" " + t.heading.paint(line(dimension)))
		}
		var names []string
		for _, p := range cell.People {
			names = append(names, stageMark(p.Stand.Stage)+"\u00a0"+c.who(p.Person, p.Session)) // the sign stays with the name
		}
		lines := c.env.wrapper.wrap(strings.Join(names, ", "), w-18)
		l.item(func(here bool) string {
			lead, look := t.lead(here)
			return lead + look.paint(fit(line(cell.Position), 10)) + right(fmt.Sprint(len(cell.People)), 3) + "  " + lines[0]
		})
		for _, more := range lines[1:] {
			l.under(spaces(18) + more)
		}
	}
	return l
}

func (cellsView) open(c *compare, item int) screen {
	cell := c.figures.cells.get()[item]
	s := &sides{title: line(cell.Position) + " · " + line(cell.Dimension), note: count(len(cell.People), "person") + " at this position: would you say the same of each?"}
	for _, p := range cell.People {
		for i, id := range p.Stand.Decisions {
			head := c.who(p.Person, p.Session)
			if len(p.Stand.Decisions) > 1 {
				head = fmt.Sprintf("%s, %d of %d", head, i+1, len(p.Stand.Decisions))
			}
			s.wanted = append(s.wanted, sideOf{id, p.Person.ID, head})
		}
	}
	return newSides(c.env, s)
}
