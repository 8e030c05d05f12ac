package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// This file is what the comparison does beside the app: reading decisions, sifting those
// that pass a filter, and working out what is said of many.

// compared is the decisions that were read.
type compared struct {
	basis  calibration.Basis
	read   calibration.Comparisons
	sifted sifted
	err    error
}

// sifted is what passes a filter of what was read.
type sifted struct {
	filter   calibration.Filter
	now      calibration.Comparisons
	figures  []*figures // of each
	overview calibration.Overview
}

func sift(read calibration.Comparisons, f calibration.Filter) sifted {
	s := sifted{filter: f, now: read.Where(f)}
	for _, now := range s.now {
		s.figures = append(s.figures, figuresOf(now))
	}
	if len(s.now) == 1 {
		s.overview = s.figures[0].overview
	} else {
		s.overview = s.now.Overview()
	}
	return s
}

func (c *compare) Init() tea.Cmd  { return c.load(true).cmd }
func (c *compare) Loading() *long { return c.loading }

// load reads the decisions of the sessions that the filter names, instead of what was
// read for another one.
func (c *compare) load(wait bool) reply {
	for _, l := range []*long{c.loading, c.asked} {
		if l != nil {
			l.giveUp()
		}
	}
	e, f, names, l := c.env, c.filter, *c.env.names, c.env.long()
	c.loading = l
	return reply{wait: wait, long: l, cmd: func() tea.Msg {
		m := e.readCompared(calibration.Filter{Sessions: f.Sessions}, names, nil, l)
		if m.err == nil {
			m.sifted = sift(m.read, f)
		}
		return m
	}}
}

// readCompared reads the decisions of the sessions that the filter names. Each person is
// compared under the rubric that of gives them; nil: that of the session, if it is one,
// or of their role.
func (e *env) readCompared(f calibration.Filter, names names, of *calibration.Scales, l *long) (m compared) {
	m.basis = calibration.Basis{Rubric: e.rubric, RubricOf: e.store.Rubric}
	if m.basis.People, m.err = e.store.People(); m.err != nil {
		return m
	}
	if m.basis.Sessions, m.err = e.store.Sessions(); m.err != nil {
		return m
	}
	m.basis.People = names.people(m.basis.People)
	if of == nil {
		scales, err := calibration.ScalesOf(m.basis, f, e.rubricFor)
		if err != nil {
			m.err = err
			return m
		}
		of = &scales
	}
	m.basis.Rubric, m.basis.RubricFor = of.Own, of.ByPerson
	made, read := 0, 0
	if len(f.Sessions) == 0 {
		if made, m.err = e.store.Made(); m.err != nil {
			return m
		}
	}
	comparers := calibration.NewComparers(m.basis, f)
	m.err = e.store.DecisionsFor(f, func(d calibration.Decision) error {
		comparers.Add(d)
		read++
		return l.step("reading decisions", read, made)
	})
	if m.err == nil {
		m.read = comparers.Comparisons()
	}
	return m
}

// choose shows what passes a filter, and reads anew if that is of other sessions.
func (c *compare) choose(f calibration.Filter) reply {
	clear(c.cursors)
	clear(c.scrolls)
	if !slices.Equal(f.Sessions, c.filter.Sessions) {
		c.filter = f
		return c.load(true)
	}
	return c.narrow(f)
}

// narrow shows what passes a filter of what was read.
func (c *compare) narrow(f calibration.Filter) reply {
	read := c.read
	return reply{cmd: func() tea.Msg { return sift(read, f) }, wait: true}
}

// wholeRead is the decisions of all sessions.
type wholeRead compared

// everySession is what passes the filter of all sessions, for views that look over
// their boundaries; nil until it is read.
func (c *compare) everySession() *calibration.Comparison {
	if len(c.filter.Sessions) == 0 {
		return c.now
	}
	if c.whole == nil {
		return nil
	}
	f := c.filter
	f.Sessions = nil
	if c.every == nil {
		c.every = c.now // where nobody was placed under this rubric elsewhere
		if whole := c.whole.Under(c.now.Rubric().Hash()); whole != nil {
			c.every = whole.Where(f)
		}
	}
	return c.every
}

// lookedAt asks for what the view that is looked at still needs.
func (c *compare) lookedAt() reply {
	if s, ok := c.views[c.tab].(spansSessions); ok && s.spansSessions() && c.parts != nil && c.asked == nil && len(c.filter.Sessions) > 0 {
		c.asked = c.env.long()
		l := c.asked
		e, names, of := c.env, *c.env.names, &calibration.Scales{Own: c.basis.Rubric, ByPerson: c.basis.RubricFor}
		return reply{cmd: func() tea.Msg { return wholeRead(e.readCompared(calibration.Filter{}, names, of, l)) }, long: l}
	}
	if missing := c.missing(); len(missing) > 0 {
		return reply{cmd: func() tea.Msg {
			for _, one := range missing {
				one.work()
			}
			return workedOut{}
		}}
	}
	return c.measure()
}

// workedOut says that figures were found that were missing.
type workedOut struct{}

// manyDecisions are more than what is said of them is worked out of while somebody waits
// for the next frame.
const manyDecisions = 20_000

// missing are figures of the view that is looked at which are to be worked out beside the
// app.
func (c *compare) missing() (missing []worked) {
	v, ok := c.views[c.tab].(figured)
	if !ok {
		return nil
	}
	for _, part := range c.parts {
		if one := v.needs(part.figures); !one.found() && part.figures.overview.Decisions > manyDecisions {
			missing = append(missing, one)
		}
	}
	return missing
}

// spansSessions is a view that may look over the boundary of a session.
type spansSessions interface{ spansSessions() bool }
