package tui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// newSessionForm opens a session of the people with the ids, or of everybody.
func newSessionForm(e *env, people []string) *form {
	about := "Everybody in the list is on the agenda; tick people there to choose."
	if n := len(people); n > 0 {
		about = "On the agenda: the " + count(n, "person") + " who are ticked in the list."
	}
	return e.sessionForm("New session", []string{about, recusedWords}, calibration.Session{People: people, Facilitator: e.reviewer})
}

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
			typed("Panel", "who votes blind: names, separated by commas; nobody: nothing is blind", calibration.MaxNote).filled(strings.Join(panel, ", ")),
			typed("Minutes", "for everybody together; empty: no limit", 10).filled(minutes),
			chosen("Order", orders...).filled(or(string(s.Order), orders[0])),
		},
		do: func(answers []string) (tea.Cmd, error) {
			changed, err := sessionWith(s, answers)
			if err != nil {
				return nil, err
			}
			return func() tea.Msg { return e.putSession(changed) }, nil
		}}
}

// sessionWith is a session set up as the answers say.
func sessionWith(s calibration.Session, answers []string) (calibration.Session, error) {
	s.Name, s.Facilitator, s.Order = answers[0], answers[1], calibration.Order(answers[4])
	if s.Name == "" {
		return s, errors.New("a session needs a name")
	}
	s.Minutes = 0
	if answers[3] != "" {
		n, err := strconv.Atoi(answers[3])
		if err != nil || n < 0 || n > calibration.MaxMinutes {
			return s, fmt.Errorf("%q is no number of minutes", answers[3])
		}
		s.Minutes = n
	}
	before := s.Panel
	s.Panel = nil
	for _, name := range strings.Split(answers[2], ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		p := calibration.Panellist{Reviewer: name}
		if i := slices.IndexFunc(before, func(o calibration.Panellist) bool { return o.Reviewer == name }); i >= 0 {
			p = before[i]
		}
		s.Panel = append(s.Panel, p)
	}
	return s, nil
}

// putSession fills in what the file knows and writes the session down.
func (e *env) putSession(s calibration.Session) did {
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
	var agenda []calibration.Person
	for _, id := range s.People {
		agenda = append(agenda, known[id])
	}
	s.Recusals = recusals(s, calibration.DefaultRecusals(s.Panel, agenda, people))
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
	return did{words: fmt.Sprintf("%s: %s on the agenda, %s", line(s.Name), count(len(s.People), "person"), count(len(s.Recusals), "recusal"))}
}

// recusals keeps those that were made by hand, of who is still there, and adds the
// default ones.
func recusals(s calibration.Session, byDefault []calibration.Recusal) []calibration.Recusal {
	kept := slices.Clone(byDefault)
	for _, r := range s.Recusals {
		still := slices.Contains(s.People, r.Person) && slices.ContainsFunc(s.Panel, func(p calibration.Panellist) bool { return p.Reviewer == r.Reviewer })
		known := slices.ContainsFunc(kept, func(o calibration.Recusal) bool { return o.Reviewer == r.Reviewer && o.Person == r.Person })
		if still && !known {
			kept = append(kept, r)
		}
	}
	return kept
}

// arrange puts the agenda in the session's order, by the decisions so far.
func (e *env) arrange(s calibration.Session) ([]string, error) {
	if s.Order == calibration.AsListed {
		return s.People, nil
	}
	m := e.readCompared(calibration.Filter{}, names{})
	if m.err != nil {
		return nil, m.err
	}
	return calibration.Arrange(s.People, s.Order, s.Seed, m.read.Where(calibration.Filter{People: s.People, Sessions: []string{"", s.ID}})), nil
}
