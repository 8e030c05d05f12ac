package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// contestedView shows the statements that reviewers of the same person ticked
// differently: where the rubric's wording needs work.
type contestedView struct{}

func (contestedView) name() string                             { return "Contested" }
func (contestedView) needs(f *figures) worked                  { return &f.contested }
func (contestedView) keys() []key.Binding                      { return nil }
func (contestedView) press(*compare, tea.KeyMsg) (reply, bool) { return reply{}, false }

func (contestedView) lay(c *compare, w, cursor int) laid {
	all := c.figures.contested.get()
	if len(all) == 0 {
		return c.nothing("No statement was ticked as seen by one and as not seen by another.")
	}
	t := c.env.theme
	l := laid{follows: true, head: []string{t.faint.paint(" Ticked seen by one reviewer and not seen by another, of the same person.")}}
	for i, s := range all {
		where := fmt.Sprintf("%s · %s · %s", s.Position, line(s.Dimension), s.Section.Title())
		share := fmt.Sprintf("%d of %d", s.Contested, s.Ticked)
		l.item(func(here bool) string {
			lead, _ := t.lead(here)
			return lead + t.warn.paint(fit(share, 9)) + t.heading.paint(cut(where, w-13))
		})
		look := t.plain
		if i == cursor {
			look = t.cursor
		}
		for _, text := range c.env.wrapper.wrap(s.Text, w-13) {
			l.under(spaces(12) + look.paint(text))
		}
		if i == cursor {
			for _, p := range s.People {
				for _, text := range contestedPerson(c, p, w-13) {
					l.under(spaces(12) + text)
				}
			}
		}
	}
	return l
}

func contestedPerson(c *compare, p calibration.ContestedPerson, w int) []string {
	t := c.env.theme
	clean := func(names []string) string {
		for i, n := range names {
			names[i] = line(n)
		}
		return strings.Join(names, ", ")
	}
	who := c.who(p.Person, p.Session)
	text := who + ": " + markSeen + " " + clean(append([]string{}, p.Seen...)) + "  " + markNotSeen + " " + clean(append([]string{}, p.NotSeen...))
	var lines []string
	indent := ""
	for _, l := range c.env.wrapper.wrap(text, w-2) {
		lines = append(lines, indent+t.faint.paint(l))
		indent = "  "
	}
	return lines
}
