package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// ctrl+o goes back to where one was: another band or dimension, another person, another
// view. A place is noted when it is left for one that is not next to it.

var keyJump = bind("ctrl+o", "ctrl+o", "back to where one was before; another band, person or view")

// spotted is a screen with places that ctrl+o goes back to.
type spotted interface {
	// Spot is where one is; ok is false where nothing is shown yet.
	Spot() (here spot, ok bool)
}

// confined is a screen that ctrl+o does not lead out of, nor out of what lies above it: one
// person is shown there, to others too, and time is counted.
type confined interface{ Confined() }

func (*turn) Confined() {}

// spot is a place.
type spot struct {
	about  string // places about the same thing can lie next to each other
	at     int
	screen screen
	goTo   tea.Msg       // has the screen go there
	again  func() screen // makes the screen anew, at the place; nil: once gone, it is gone
}

func (s spot) is(o spot) bool { return s.about == o.about && s.at == o.at }

// near reports whether a step leads from one to the other.
func (s spot) near(o spot) bool {
	return s.about == o.about && s.screen == o.screen && max(s.at, o.at)-min(s.at, o.at) <= 1
}

// maxJumps is how many places are remembered.
const maxJumps = 100

// noteSpot notes where one is now, and where one was before if that was elsewhere.
func (a *app) noteSpot() {
	here, ok := a.hereNow()
	if !ok {
		return
	}
	if a.here.about != "" && !a.here.is(here) && !a.here.near(here) && !a.jumping {
		a.jumps = append(a.jumps, a.here)
		a.jumps = a.jumps[max(0, len(a.jumps)-maxJumps):]
	}
	a.here, a.jumping = here, false
}

func (a *app) hereNow() (here spot, ok bool) {
	if s, is := a.top().(spotted); is {
		return s.Spot()
	}
	return here, false
}

// jumpBack goes to the last place that is not here and is still there.
func (a *app) jumpBack() {
	to, ok := a.lastSpot()
	if !ok {
		words := "there is nowhere to go back to"
		if len(a.stack) > 1 {
			words += "; esc leaves the screen"
		}
		a.say(info(words))
		return
	}
	a.jumping = true
	if i := slices.Index(a.stack, to.screen); i >= 0 {
		if i < len(a.stack)-1 {
			a.leave(i + 1)
			a.tell(to.screen, resumed{})
		}
		a.tell(to.screen, to.goTo)
		return
	}
	a.leave(1)
	a.tell(a.top(), resumed{})
	a.open(to.again())
}

// lastSpot takes the last place out of those that are remembered.
func (a *app) lastSpot() (to spot, ok bool) {
	now, on := a.hereNow()
	if a.here.about != "" && !(on && now.is(a.here)) && a.reachable(a.here) {
		return a.here, true
	}
	for i := len(a.jumps) - 1; i >= 0; i-- {
		if to = a.jumps[i]; a.reachable(to) {
			a.jumps = a.jumps[:i]
			return to, true
		}
		if a.confined() {
			break // what is outside is there again when one has left
		}
	}
	return to, false
}

func (a *app) reachable(to spot) bool {
	if a.confined() {
		return to.screen == a.top()
	}
	return slices.Contains(a.stack, to.screen) || to.again != nil
}

func (a *app) confined() bool {
	return holds(a.top()) || slices.ContainsFunc(a.stack, func(s screen) bool { _, ok := s.(confined); return ok })
}

// toBand has a walk go to a band.
type toBand struct{ dimension, position string }

func (s *walk) Spot() (here spot, ok bool) {
	if s.desk == nil {
		return here, false
	}
	at, dimension := s.at(), s.desk.walk().Dimension
	to := toBand{dimension, at.Key}
	here = spot{about: "walk\x00" + s.person.ID + "\x00" + s.env.session + "\x00" + dimension, at: at.Ordinal, screen: s, goTo: to}
	if s.env.sitting.Stage == "" && !s.beside {
		e, person := s.env, s.person
		here.again = func() screen { return &walk{env: e, person: person, first: &to} }
	}
	return here, true
}

// goTo goes to a band, where the rubric has it.
func (s *walk) goTo(to toBand) reply {
	p, err := s.desk.rubric.Position(to.position)
	if err != nil || !slices.Contains(s.desk.rubric.Dimensions, to.dimension) {
		return reply{}
	}
	w := s.desk.walk()
	w.Dimension = to.dimension
	s.desk.look(w.GoTo(p))
	s.arrive()
	return reply{edited: s.desk}
}

func (s *personScreen) Spot() (here spot, ok bool) {
	e, person := s.env, s.person
	return spot{about: "person\x00" + person.ID, screen: s, again: func() screen { return newPersonScreen(e, person) }}, s.loaded
}

// toTab has a comparison show a view.
type toTab int

func (c *compare) Spot() (here spot, ok bool) {
	const apart = 2 // a view is no step away from the next
	e, f, tab := c.env, c.filter, c.tab
	return spot{about: "compare", at: apart * tab, screen: c, goTo: toTab(tab), again: func() screen {
		n := newCompare(e, nil)
		n.filter, n.tab = f, tab
		return n
	}}, c.parts != nil
}
