package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/internal/alias"
)

// names is what people are called on the screen: their names, or aliases, so that who
// passes by, or sees a recording, does not learn of whom was spoken. It is one for all
// screens.
type names struct {
	alias.Names
	session string // of the room that was opened last, in which aliases stay the same
}

var keyNames = bind("A", "A", "names or aliases")

// renamed tells a screen that people are called otherwise now.
type renamed struct{}

// aliased is the aliases that were made.
type aliased struct {
	people  []calibration.Person
	session string
	err     error
}

// people is how people are shown, by what they are called.
func (n *names) people(all []calibration.Person) []calibration.Person {
	if !n.On() {
		return all
	}
	shown := make([]calibration.Person, len(all))
	for i, p := range all {
		shown[i] = n.Person(p)
	}
	slices.SortStableFunc(shown, func(a, b calibration.Person) int { return strings.Compare(a.Name, b.Name) })
	return shown
}

// turnNames shows names instead of aliases, or the other way round.
func (a *app) turnNames() {
	if a.env.names.On() {
		a.env.names.Names = alias.Names{}
		a.rename()
		return
	}
	a.enqueue(job{cmd: a.env.readNames()})
}

func (e *env) readNames() tea.Cmd {
	store, session := e.store, or(e.names.session, e.session)
	return func() tea.Msg {
		people, err := store.People()
		return aliased{people, session, err}
	}
}

// alias shows the aliases that were made.
func (a *app) alias(m aliased) {
	if m.err != nil {
		a.say(failure(m.err))
		return
	}
	a.env.names.Names = alias.For(m.session, m.people)
	a.rename()
	a.say(info("everybody goes by an alias now; A shows names"))
}

// rename has every screen call people otherwise.
func (a *app) rename() {
	a.env.wrapper.rename(a.env.names.InText)
	for _, s := range a.stack {
		a.tell(s, renamed{})
	}
}
