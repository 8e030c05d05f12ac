package tui

import (
	"errors"
	"fmt"
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

// putSession sets a session up and writes it down.
func (e *env) putSession(before, s calibration.Session) did {
	people, err := e.store.People()
	if err != nil {
		return did{err: err}
	}
	own, err := e.rubricUnder(s)
	if err != nil {
		return did{err: err}
	}
	s, kept := before.SetUp(s, people, own, e.byTheirRole)
	for _, r := range kept {
		if err := e.store.PutRubric(r); err != nil {
			return did{err: err}
		}
	}
	s, arrange := before.Ordered(s, calibration.WarmupSeed(e.now()))
	if arrange {
		if s.People, err = e.store.Arrange(s, own); err != nil {
			return did{err: err}
		}
	}
	s, err = e.store.PutSession(s)
	var shows *calibration.ShowsError
	switch {
	case errors.As(err, &shows):
		return did{err: fmt.Errorf("not changed: it would show what was said of %s before all have placed; R on the person reveals, with a reason", shows.Names(people))}
	case err != nil:
		return did{err: err}
	}
	words := fmt.Sprintf("%s: %s on the agenda, %s", line(s.Name), count(len(s.People), "person"), count(len(s.Recusals), "recusal"))
	if n := len(s.RubricsInUse()); n > 1 {
		words += fmt.Sprintf(", %d rubrics", n)
	}
	return did{words: words}
}

// rubricUnder is the rubric that a session is held under.
func (e *env) rubricUnder(s calibration.Session) (*rubric.Rubric, error) {
	if s.Rubric == "" || s.Rubric == e.rubric.Hash() {
		return e.rubric, nil
	}
	r, err := e.store.Rubric(s.Rubric)
	if err != nil {
		return nil, fmt.Errorf("the rubric of the session “%s” is needed: %w", s.Name, err)
	}
	return r, nil
}
