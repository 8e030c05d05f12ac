package tui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/rubric"
)

// newSessionForm opens a session of the people with the ids, or of everybody.
func newSessionForm(e *env, people []string) *form {
	about := "Everybody in the list is on the agenda; tick people there to choose."
	if n := len(people); n > 0 {
		about = "On the agenda: the " + count(n, "person") + " who are ticked in the list."
	}
	words := []string{about, recusedWords}
	if e.rubricFor != nil {
		words = []string{about, roleWords, recusedWords}
	}
	return e.sessionForm("New session", words, calibration.Session{People: people, Facilitator: e.reviewer})
}

const roleWords = "Each is placed under the rubric of their role."

const recusedWords = "Who manages a person, reports to them, or is them, does not vote on them."

func changeSessionForm(e *env, s calibration.Session) *form {
	return e.sessionForm("Change "+s.Name, []string{recusedWords}, s)
}

// sessionForm asks how a session is set up.
func (e *env) sessionForm(title string, about []string, s calibration.Session) *form {
	var panel, orders []string
	for _, p := range s.Panel {
		panel = append(panel, p.Reviewer)
	}
	for _, o := range calibration.Orders() {
		orders = append(orders, string(o))
	}
	minutes := ""
	if s.Minutes > 0 {
		minutes = strconv.Itoa(s.Minutes)
	}
	return &form{env: e, title: title, about: about,
		fields: []formField{
			typed("Name", "such as Spring 2026", calibration.MaxNameBytes).filled(s.Name),
			typed("Facilitator", "", calibration.MaxNameBytes).filled(s.Facilitator),
			typed("Panel", "who votes blind: names with commas between; empty: nobody", calibration.MaxNote).filled(strings.Join(panel, ", ")),
			typed("Minutes", "for everybody together; empty: no limit", 10).filled(minutes),
			chosen("Order", orders...).filled(or(string(s.Order), orders[0])),
		},
		do: func(answers []string) (tea.Cmd, error) {
			changed, err := sessionWith(s, answers)
			if err != nil {
				return nil, err
			}
			return func() tea.Msg { return e.putSession(s, changed) }, nil
		}}
}

// sessionWith is a session set up as the answers say.
func sessionWith(s calibration.Session, answers []string) (calibration.Session, error) {
	s.Name, s.Facilitator, s.Order = answers[0], answers[1], calibration.Order(answers[4])
	if s.Name == "" {
		return s, errors.New("a session needs a name")
	}
	s.Panel = calibration.ReadPanel(answers[2], s.Panel)
	var err error
	s.Minutes, err = calibration.ReadMinutes(answers[3])
	return s, err
}

// putSession fills in what the file knows and writes the session down.
func (e *env) putSession(before, s calibration.Session) did {
	people, err := e.store.People()
	if err != nil {
		return did{err: err}
	}
	known, everybody := map[string]calibration.Person{}, s.ID == "" && len(s.People) == 0
	for _, p := range people {
		known[p.ID] = p
		if everybody {
			s.People = append(s.People, p.ID)
		}
	}
	if s.Rubric == "" {
		s.Rubric = e.rubric.Hash()
	}
	if err := e.store.PutRubric(e.rubric); err != nil {
		return did{err: err}
	}
	switch {
	case s.ID == "":
		s, err = e.freeze(nil, s, known)
	case len(s.People) > len(before.People):
		s, err = e.freeze(before.People, s, known)
	}
	if err != nil {
		return did{err: err}
	}
	s.Recusals = before.RecusalsAfter(s, people, true)
	if s.People, err = e.arrange(s); err != nil {
		return did{err: err}
	}
	s, err = e.store.PutSession(s)
	var shows *calibration.ShowsError
	switch {
	case errors.As(err, &shows):
		var called []string
		for _, id := range shows.People {
			called = append(called, known[id].Name)
		}
		return did{err: fmt.Errorf("not changed: it would show what was said of %s before all have placed; R on the person reveals, with a reason", strings.Join(called, ", "))}
	case err != nil:
		return did{err: err}
	}
	words := fmt.Sprintf("%s: %s on the agenda, %s", line(s.Name), count(len(s.People), "person"), count(len(s.Recusals), "recusal"))
	if n := len(s.RubricsInUse()); n > 1 {
		words += fmt.Sprintf(", %d rubrics", n)
	}
	return did{words: words}
}

// freeze places everybody who comes onto the agenda of a session under the rubric of their
// role; those who were on it before keep theirs.
func (e *env) freeze(before []string, s calibration.Session, known map[string]calibration.Person) (calibration.Session, error) {
	of := func(id string) *rubric.Rubric { return e.byTheirRole(known[id]) }
	for _, id := range s.People {
		if slices.Contains(before, id) {
			continue
		}
		if err := e.store.PutRubric(of(id)); err != nil {
			return s, err
		}
	}
	return s.Freeze(before, func(id string) string { return of(id).Hash() }), nil
}

// arrange puts the agenda in the session's order, by the decisions so far.
func (e *env) arrange(s calibration.Session) ([]string, error) {
	if s.Order == calibration.AsListed {
		return s.People, nil
	}
	of, err := calibration.ScalesIn(calibration.Basis{Rubric: e.rubric, RubricOf: e.store.Rubric}, s, func(string) *rubric.Rubric { return e.rubric })
	if err != nil {
		return nil, err
	}
	here := calibration.Filter{Sessions: []string{"", s.ID}}
	m := e.readCompared(here, names{}, &of, e.long())
	if m.err != nil {
		return nil, m.err
	}
	return calibration.Arrange(s.People, s.Order, s.Seed, m.read.Where(calibration.Filter{People: s.People, Sessions: here.Sessions})), nil
}
