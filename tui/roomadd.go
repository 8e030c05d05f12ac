package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// This file is how somebody comes onto the agenda of a session that is open already: they
// are chosen among those of the list who are not on it.

// addable is who could still come onto the agenda.
type addable struct {
	people []calibration.Person
	err    error
}

// whoIsLeft reads who is not on the agenda.
func (s *room) whoIsLeft() tea.Cmd {
	store, on := s.env.store, slices.Clone(s.session.People)
	return func() tea.Msg {
		all, err := store.People()
		var left []calibration.Person
		for _, p := range all {
			if !slices.Contains(on, p.ID) {
				left = append(left, p)
			}
		}
		return addable{left, err}
	}
}

// choose asks who it is to be.
func (s *room) choose(from addable) reply {
	switch {
	case from.err != nil:
		return reply{status: failure(from.err).about(s)}
	case len(from.people) == 0:
		return reply{status: info("everybody in the list is on the agenda; n on the list of people adds somebody to that")}
	}
	s.adding = s.env.names.people(from.people)
	names := make([]string, len(s.adding))
	for i, p := range s.adding {
		parts := []string{p.Name, p.Team, s.env.names.Only(p.ID)} // there are people of one name
		names[i] = strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
	}
	return reply{push: newPicker(s.env, "Add somebody to the agenda", names, 0)}
}

// add puts somebody on the agenda, under the rubric of their role.
func (s *room) add(p calibration.Person) reply {
	before, now := s.session, s.session
	e := s.env.in(s.now, s.env.reviewer, calibration.Sitting{})
	e.byRole = s.env.byTheirRole
	now.People = append(slices.Clone(before.People), p.ID)
	s.added = p.ID
	return reply{wait: true, cmd: func() tea.Msg {
		d := e.putSession(before, now)
		if d.err == nil {
			d.words = line(p.Name) + " is on the agenda"
		}
		return d
	}}
}
