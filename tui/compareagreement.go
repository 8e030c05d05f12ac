package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// agreementView shows how far reviewers agree, over all and part by part. It is the one
// view that takes its time: the interval is found by a thousand resamples, so it is
// measured when it is looked at, once for each choice of decisions.
type agreementView struct {
	of    []*calibration.Comparison // what was asked to be measured, by rubric
	found map[*calibration.Comparison]measurement
	work  *long
}

// measurement is what measuring one of them came to.
type measurement struct {
	view calibration.AgreementView
	err  error
}

func (v *agreementView) name() string                             { return "Agreement" }
func (v *agreementView) keys() []key.Binding                      { return nil }
func (v *agreementView) press(*compare, tea.KeyMsg) (reply, bool) { return reply{}, false }

// forget drops what was measured of other decisions.
func (v *agreementView) forget() {
	if v.work != nil {
		v.work.giveUp()
	}
	*v = agreementView{}
}

// measured is what measuring came to.
type measured struct {
	work  *long
	found map[*calibration.Comparison]measurement
}

// measure asks for the figures of the view that is looked at, if it needs any.
func (c *compare) measure() reply {
	v, ok := c.views[c.tab].(*agreementView)
	if !ok || v.of != nil || c.parts == nil {
		return reply{}
	}
	for _, part := range c.parts {
		v.of = append(v.of, part.now)
	}
	of, l, how := v.of, c.env.long(), calibration.DefaultBootstrap()
	v.work = l
	how.Progress = func(done, of int) { _ = l.step("resampling", done, of) }
	return reply{long: l, cmd: func() tea.Msg {
		m := measured{l, map[*calibration.Comparison]measurement{}}
		for _, one := range of {
			view, err := one.Agreement(l.ctx, how)
			m.found[one] = measurement{view, err}
		}
		return m
	}}
}

func (c *compare) measured(m measured) {
	for i, view := range c.views {
		v, ok := view.(*agreementView)
		if !ok || v.work != m.work { // it was given up
			continue
		}
		v.found = m.found
		if i == c.tab {
			c.layTab()
		}
	}
}

// parts lists what was measured: all, then its parts, each with the heading that it
// begins.
func (m measurement) parts() (parts []calibration.AgreementPart, headings map[int]string) {
	headings = map[int]string{}
	parts = append(parts, m.view.All)
	for _, group := range []struct {
		title string
		parts []calibration.AgreementPart
	}{{"By dimension", m.view.ByDimension}, {"By team", m.view.ByTeam}, {"By manager", m.view.ByManager}} {
		if len(group.parts) > 1 {
			headings[len(parts)] = group.title
			parts = append(parts, group.parts...)
		}
	}
	return parts, headings
}

func (v *agreementView) lay(c *compare, w, cursor int) laid {
	t := c.env.theme
	var l laid
	m, found := v.found[c.now]
	switch {
	case m.err != nil:
		l.text(c.wrapped(t.bad, m.err.Error(), 1, w)...)
		return l
	case !found:
		l.text("", " Measuring agreement …")
		return l
	}
	l.follows = true
	parts, headings := m.parts()
	names := 0
	for _, p := range parts[min(1, len(parts)):] {
		names = max(names, width(line(or(p.Name, "(none)"))))
	}
	for i, p := range parts {
		if title := headings[i]; title != "" {
			l.text("", " "+t.heading.paint(title))
		}
		v.part(c, &l, p, i == 0, names, w)
	}
	if cursor >= 0 && cursor < len(parts) {
		v.figures(c, &l, parts[cursor], w)
	}
	return l
}

// overAll is the headline where there are several rubrics: there is no figure for it.
func (v *agreementView) overAll(c *compare, w int) []string {
	t := c.env.theme
	return append([]string{" " + t.title.paint("Over all: n/a, "+calibration.DifferentScales+".")},
		c.wrapped(t.faint, "Agreement is measured for the people of each rubric apart.", 3, w)...)
}

// part is one line of words; the first, over all, is the headline.
func (v *agreementView) part(c *compare, l *laid, p calibration.AgreementPart, headline bool, names, w int) {
	t := c.env.theme
	words := upperFirst(p.Words) + "."
	if !headline {
		label := min(labelCells(w), max(12, names+2))
		lines := c.env.wrapper.wrap(words, w-label-4)
		l.item(func(here bool) string {
			lead, look := t.lead(here)
			return lead + look.paint(cell(or(p.Name, "(none)"), label)) + lines[0]
		})
		for _, more := range lines[1:] {
			l.under(spaces(label+3) + more)
		}
		return
	}
	lines := c.env.wrapper.wrap(words, w-4)
	l.item(func(here bool) string {
		lead, _ := t.lead(here)
		return lead + t.title.paint(lines[0])
	})
	for _, more := range lines[1:] {
		l.under("   " + t.title.paint(more))
	}
	if p.Method != "" {
		note := fmt.Sprintf("Krippendorff's alpha, ordinal: %s, on %s of person and dimension by %s; the interval is a 95%% %s",
			p.Alpha, count(p.Alpha.Units, "pair"), count(p.Alpha.Raters, "reviewer"), p.Method)
		for _, row := range c.wrapped(t.faint, note, 3, w) {
			l.under(row)
		}
	}
}

// figures is the table of all other figures of the part under the cursor.
func (v *agreementView) figures(c *compare, l *laid, p calibration.AgreementPart, w int) {
	t := c.env.theme
	l.text("", " "+t.heading.paint("All figures: "+line(p.Name)), t.faint.paint("   "+fit("", 34)+right("value", 8)+right("units", 8)+right("reviewers", 11)))
	for _, row := range p.Figures {
		f := row.Figure
		if reason := f.Reason(); reason != "" {
			l.text("   " + fit(row.Name, 34) + right("n/a", 8) + "  " + t.faint.paint(cut(line(reason), w-50)))
			continue
		}
		l.text("   " + fit(row.Name, 34) + right(f.String(), 8) + right(fmt.Sprint(f.Units), 8) + right(fmt.Sprint(f.Raters), 11) +
			"  " + t.faint.paint(cut(line(f.Note), w-68)))
	}
}
