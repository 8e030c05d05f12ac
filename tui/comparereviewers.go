package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// reviewersView sets each reviewer beside the others on the same people: questions to
// ask, not verdicts.
type reviewersView struct{}

func (reviewersView) name() string                             { return "Reviewers" }
func (reviewersView) needs(f *figures) worked                  { return &f.reviewers }
func (reviewersView) keys() []key.Binding                      { return nil }
func (reviewersView) press(*compare, tea.KeyMsg) (reply, bool) { return reply{}, false }

func (reviewersView) lay(c *compare, w, cursor int) laid {
	views := c.figures.reviewers.get()
	if len(views) == 0 {
		return c.nothing("Nobody has drafted or voted here.")
	}
	t := c.env.theme
	label := max(18, min(labelCells(w), w-60)) // the figures come first
	bars := w >= columnsFrom
	head := "   " + fit("", label) + right("people", 7)
	if bars {
		head += "   lower " + spaces(offsetCells/2-6) + markSide + spaces(offsetCells/2-7) + " higher"
	}
	head += "  mean  95% interval"
	l := laid{follows: true, head: []string{
		t.faint.paint(" In positions, beside the others on the same people: questions, not verdicts."), t.faint.paint(head),
	}}
	for _, v := range views {
		l.item(func(here bool) string {
			lead, look := t.lead(here)
			drawn := ""
			if bars {
				drawn = "   " + offsetBar(t, v.Offset)
			}
			return lead + look.paint(cell(v.Reviewer, label)) + right(fmt.Sprint(v.People), 7) + drawn + "  " + offsetWords(t, v.Offset)
		})
	}
	if cursor >= 0 && cursor < len(views) {
		l.text("", " "+t.heading.paint(line(views[cursor].Reviewer)))
		l.text(reviewerRows(c, views[cursor], w)...)
	}
	return l
}

// offsetCells is the width of the bar that shows an offset: two positions either way.
const offsetCells = 25

// offsetBar draws an offset and its interval on a line with the others in the middle.
func offsetBar(t theme, o calibration.Estimate) string {
	at := func(by float64) int {
		return max(0, min(int(by*float64(offsetCells/2)/2+float64(offsetCells)/2), offsetCells-1))
	}
	cells := make([]string, offsetCells)
	for i := range cells {
		cells[i] = " "
	}
	if o.CI95 != nil {
		for i := at(o.CI95[0]); i <= at(o.CI95[1]); i++ {
			cells[i] = t.faint.paint(markRule)
		}
	}
	cells[offsetCells/2] = t.faint.paint(markSide)
	if o.Count > 0 {
		cells[at(o.Mean)] = t.accent.paint(markFinal)
	}
	bar := ""
	for _, c := range cells {
		bar += c
	}
	return bar
}

func offsetWords(t theme, o calibration.Estimate) string {
	if o.CI95 == nil {
		return t.faint.paint("n/a: " + o.Reason)
	}
	return right(signed(o.Mean), 4) + t.faint.paint("  "+right(signed(o.CI95[0]), 4)+" to "+signed(o.CI95[1]))
}

// reviewerRows is what there is to say of one reviewer.
func reviewerRows(c *compare, v calibration.ReviewerView, w int) []string {
	t := c.env.theme
	var rows []string
	for _, q := range v.Questions {
		for i, l := range c.wrapped(t.plain, q, 5, w) {
			if i == 0 {
				l = "   " + t.warn.paint("?") + " " + trimIndent(l, 5)
			}
			rows = append(rows, l)
		}
	}
	if len(v.Questions) == 0 {
		rows = append(rows, "   Nothing stands out.")
	}
	rows = append(rows, "")
	if h := v.Halo; h.Of > 0 {
		rows = append(rows, c.wrapped(t.faint, fmt.Sprintf("equal on all dimensions: %d of %d, the others %d of %d", h.Same, h.Of, h.OthersSame, h.OthersOf), 3, w)...)
	}
	if r := v.Range; r.Count > 0 {
		rows = append(rows, c.wrapped(t.faint, fmt.Sprintf("the middle half of the placements: %s to %s, of the others' means %s to %s", r.From, r.To, r.OthersFrom, r.OthersTo), 3, w)...)
	}
	for _, s := range v.Sessions {
		rows = append(rows, "   "+t.faint.paint(cell(s.Session.String(), labelCells(w)))+offsetWords(t, s.Offset)+t.faint.paint(" · "+count(s.Offset.Count, "person")))
	}
	return rows
}
