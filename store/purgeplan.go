package store

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/oklog/ulid/v2"

	"calibrate/calibration"
)

// Selection says what is to be purged. Both together narrow each other.
type Selection struct {
	// People are ids. With nobody named, it is about everybody, but open sessions are
	// left alone. Where no time is given either, the people go altogether: their own
	// record, their place on agendas and their recusals too.
	People []string `json:"people,omitempty"`
	// Before leaves what was decided, noted or last worked on at that time or later.
	Before time.Time `json:"before,omitzero"`
}

// Plan is what a purge would take away, and what it would leave.
type Plan struct {
	Selection
	Decisions int       `json:"decisions"`
	First     time.Time `json:"first,omitzero"` // when the first of them was made
	Last      time.Time `json:"last,omitzero"`
	Events    int       `json:"events"` // what was noted and otherwise happened in sessions
	Walks     int       `json:"walks"`  // unfinished

	About    []PlannedPerson  `json:"about"`    // whom the decisions, events and walks are about, by id
	Sessions []PlannedSession `json:"sessions"` // that they belong to, or that lose somebody from their agenda

	Left Left `json:"left"`

	decisions     []ulid.ULID // ascending
	events, walks [][]byte    // keys
}

// PlannedPerson is somebody of whom something goes.
type PlannedPerson struct {
	ID        string `json:"id"`
	Name      string `json:"name,omitempty"` // empty where the list of people does not have them
	Decisions int    `json:"decisions"`
	Whole     bool   `json:"whole"` // they go altogether
}

// PlannedSession is a session of which something goes.
type PlannedSession struct {
	ID        string            `json:"id"` // empty: outside any session
	Name      string            `json:"name,omitempty"`
	State     calibration.State `json:"state,omitempty"` // empty where the session is not here
	Decisions int               `json:"decisions"`
	Agenda    bool              `json:"agenda"` // it loses people from agenda, panel or recusals
}

// Left is what stays though one could think that it goes.
type Left struct {
	Open       int      `json:"open"`                    // decisions that are old enough, of open sessions
	OpenIn     []string `json:"open_sessions,omitempty"` // their names
	Correcting int      `json:"correcting"`              // decisions that correct one that stays, which would stand again
	AsReviewer int      `json:"as_reviewer"`             // decisions about others by people who go altogether
	AsManager  int      `json:"as_manager"`              // others whose manager they are
}

// Empty reports whether nothing would go.
func (p Plan) Empty() bool {
	return p.Decisions == 0 && p.Events == 0 && p.Walks == 0 && len(p.whole()) == 0
}

// whole are the ids of the people who go altogether.
func (p Plan) whole() []string {
	if !p.Before.IsZero() {
		return nil
	}
	return p.People
}

// agendas counts the sessions that lose somebody.
func (p Plan) agendas() (n int) {
	for _, s := range p.Sessions {
		if s.Agenda {
			n++
		}
	}
	return n
}

// PurgePlan says what [Store.Purge] would take away, and changes nothing. The error is a
// [*calibration.UnknownError] where the file knows nothing of a person.
func (s *Store) PurgePlan(of Selection) (p Plan, err error) {
	err = s.view(func(tx *transaction) error {
		p, err = s.plan(tx, of)
		return err
	})
	if err != nil {
		return Plan{}, fmt.Errorf("planning what to purge: %w", err)
	}
	return p, nil
}

func (s *Store) plan(tx *transaction, of Selection) (Plan, error) {
	if len(of.People) == 0 && of.Before.IsZero() {
		return Plan{}, errors.New("neither people nor an age were chosen")
	}
	of.People = slices.Compact(slices.Sorted(slices.Values(of.People)))
	c := choosing{
		Plan: Plan{Selection: of}, tx: tx,
		chosen: map[string]calibration.Decision{}, about: map[string]*PlannedPerson{}, in: map[string]*PlannedSession{},
	}
	for _, step := range []func() error{c.read, c.decisions, c.uncorrect, c.others, c.count} {
		if err := step(); err != nil {
			return Plan{}, err
		}
	}
	return c.Plan, nil
}
