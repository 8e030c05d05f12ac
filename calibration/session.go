package calibration

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// State says whether a session still takes decisions.
type State string

// The states of a session.
const (
	Open      State = "open"
	Finalised State = "finalised"
)

// Session is one calibration event. What happens in it is told by its decisions and by
// its [Event]s; here stands only how it was set up and whether it is over.
//
// Of two records of one session the one with the higher Round counts, and in one round
// the one with the higher Version: a laptop that missed the finalising cannot undo it
// by a change of its own.
type Session struct {
	ID          string      `json:"id"` // ULID
	Name        string      `json:"name"`
	Rubric      string      `json:"rubric"` // rubric.Rubric.Hash; of everybody for whom Rubrics has no other
	State       State       `json:"state"`
	People      []string    `json:"people,omitempty"` // ids, in the agenda's order
	Facilitator string      `json:"facilitator,omitempty"`
	Panel       []Panellist `json:"panel,omitempty"` // who votes; without any, nothing is blind
	Recusals    []Recusal   `json:"recusals,omitempty"`
	Order       Order       `json:"order,omitempty"` // how People were put in order
	Seed        uint64      `json:"seed,omitempty"`  // of a random order
	Minutes     int         `json:"minutes,omitempty"`
	OpenedAt    time.Time   `json:"opened_at"`
	FinalisedAt time.Time   `json:"finalised_at,omitzero"`
	Round       int         `json:"round,omitempty"` // how often it was finalised and reopened
	Version     string      `json:"version"`         // ULID of the last change

	// Rubrics is frozen when a person comes onto the agenda: whoever changes role later
	// is still placed as the session was set up. It is empty where all share one rubric,
	// as in every session of before there were several.
	Rubrics []PersonRubric `json:"rubrics,omitempty"`
}

// Panellist is somebody who votes in a session. Person is their id where they are among
// the people who are rated, or known to the list of them.
type Panellist struct {
	Reviewer string `json:"reviewer"`
	Person   string `json:"person,omitempty"`
}

// Recusal says that a panellist does not vote on a person.
type Recusal struct {
	Reviewer string `json:"reviewer"`
	Person   string `json:"person"`
	Why      string `json:"why"`
}

// Limits of a session.
const (
	MaxPanel   = 100
	MaxAgenda  = 5_000
	MaxMinutes = 10_000

	MaxRecusals = 20_000
	maxRounds   = 1_000_000
)

// Validate reports the first thing that keeps the session from being recorded. Its id
// may be empty still.
func (s Session) Validate() error {
	switch {
	case strings.TrimSpace(s.Name) == "":
		return fmt.Errorf("a session needs a name")
	case s.State != Open && s.State != Finalised:
		return fmt.Errorf("state %q is not one of open, finalised", s.State)
	case len(s.Panel) > 0 && s.Rubric == "":
		return fmt.Errorf("a session with a panel needs the rubric that it votes under")
	case len(s.Panel) > MaxPanel:
		return fmt.Errorf("the panel has %d members; at most %d are possible", len(s.Panel), MaxPanel)
	case len(s.People) > MaxAgenda:
		return fmt.Errorf("the agenda has %d people; at most %d are possible", len(s.People), MaxAgenda)
	case len(s.Recusals) > MaxRecusals:
		return fmt.Errorf("there are %d recusals; at most %d are possible", len(s.Recusals), MaxRecusals)
	case s.Round < 0 || s.Round > maxRounds:
		return fmt.Errorf("a session cannot have been finalised and reopened %d times", s.Round)
	case s.Minutes < 0 || s.Minutes > MaxMinutes:
		return fmt.Errorf("a time of %d minutes is not possible; from 0 to %d are", s.Minutes, MaxMinutes)
	}
	if _, err := ParseOrder(string(s.Order)); err != nil {
		return err
	}
	if err := s.validRubrics(); err != nil {
		return err
	}
	names := []string{s.ID, s.Name, s.Facilitator, s.Rubric}
	seen := map[string]bool{}
	for _, p := range s.Panel {
		names = append(names, p.Reviewer, p.Person)
		if strings.TrimSpace(p.Reviewer) == "" {
			return fmt.Errorf("a panellist needs a name")
		}
		if seen[p.Reviewer] {
			return fmt.Errorf("%q is on the panel twice", p.Reviewer)
		}
		seen[p.Reviewer] = true
	}
	on := map[string]bool{}
	for _, id := range s.People {
		if on[id] {
			return fmt.Errorf("the person %q is on the agenda twice", id)
		}
		on[id] = true
	}
	for _, r := range s.Recusals {
		names = append(names, r.Reviewer, r.Person, r.Why)
	}
	for _, name := range append(names, s.People...) {
		if len(name) > MaxNameBytes {
			return fmt.Errorf("a name or id in it is %d bytes long; at most %d are kept", len(name), MaxNameBytes)
		}
	}
	return nil
}

// Budget is the time that each person on the agenda has; 0 where there is no limit.
func (s Session) Budget() time.Duration {
	if s.Minutes == 0 || len(s.People) == 0 {
		return 0
	}
	return time.Duration(s.Minutes) * time.Minute / time.Duration(len(s.People))
}

// RecusedFrom says why a panellist does not vote on a person; ok is false if they do.
func (s Session) RecusedFrom(reviewer, person string) (why string, ok bool) {
	for _, r := range s.Recusals {
		if r.Reviewer == reviewer && r.Person == person {
			return r.Why, true
		}
	}
	return "", false
}

// Voters are the panellists who vote on a person, in the panel's order.
func (s Session) Voters(person string) []string {
	var voters []string
	for _, p := range s.Panel {
		if _, recused := s.RecusedFrom(p.Reviewer, person); !recused {
			voters = append(voters, p.Reviewer)
		}
	}
	return voters
}

// DefaultRecusals are the conflicts of interest that can be seen from who manages whom:
// a panellist does not vote on themselves, on whom they manage, and on whoever manages
// them. agenda are the people who are rated; all is everybody who is known, for finding
// the panellists' own managers.
func DefaultRecusals(panel []Panellist, agenda, all []Person) []Recusal {
	var recusals []Recusal
	for _, panellist := range panel {
		self := selfOf(panellist, all)
		for _, p := range agenda {
			why := ""
			switch {
			case p.ID == cmp.Or(panellist.Person, self.ID), panellist.Person == "" && self.ID == "" && sameName(p.Name, panellist.Reviewer):
				why = "is the person"
			case sameName(p.Manager, panellist.Reviewer):
				why = "manages the person"
			case self.ID != "" && sameName(self.Manager, p.Name):
				why = "reports to the person"
			}
			if why != "" {
				recusals = append(recusals, Recusal{Reviewer: panellist.Reviewer, Person: p.ID, Why: why})
			}
		}
	}
	return recusals
}

// RecusalsAfter are the recusals of the session once it is changed to now: those of the
// people who stay, and by default those of whoever is new on the agenda or the panel.
// What was recused or allowed by hand stays so. all is everybody who is known.
func (s Session) RecusalsAfter(now Session, all []Person, byDefault bool) []Recusal {
	var recusals []Recusal
	for _, r := range s.Recusals {
		if now.has(r) {
			recusals = append(recusals, r)
		}
	}
	if !byDefault {
		return recusals
	}
	var agenda []Person
	for _, p := range all {
		if slices.Contains(now.People, p.ID) {
			agenda = append(agenda, p)
		}
	}
	for _, r := range DefaultRecusals(now.Panel, agenda, all) {
		if !s.has(r) {
			recusals = append(recusals, r)
		}
	}
	return recusals
}

// has reports whether both whom a recusal names are in the session.
func (s Session) has(r Recusal) bool {
	return slices.Contains(s.People, r.Person) && slices.ContainsFunc(s.Panel, func(p Panellist) bool { return p.Reviewer == r.Reviewer })
}

// ReadPanel reads the names of a panel as they are typed, with commas between them. Who
// was on the panel before keeps what is known of them.
func ReadPanel(text string, before []Panellist) []Panellist {
	var panel []Panellist
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		p := Panellist{Reviewer: name}
		if i := slices.IndexFunc(before, func(o Panellist) bool { return o.Reviewer == name }); i >= 0 {
			p = before[i]
		}
		panel = append(panel, p)
	}
	return panel
}

// ReadMinutes reads the time for an agenda as it is typed; nothing is no limit.
func ReadMinutes(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > MaxMinutes {
		return 0, fmt.Errorf("%q is no number of minutes; from 0 to %d are possible", shown(text), MaxMinutes)
	}
	return n, nil
}

// selfOf is a panellist's own record: by id, or else the only one of their name.
func selfOf(panellist Panellist, all []Person) (self Person) {
	named := 0
	for _, p := range all {
		if panellist.Person != "" && p.ID == panellist.Person {
			return p
		}
		if sameName(p.Name, panellist.Reviewer) {
			self = p
			named++
		}
	}
	if named != 1 || panellist.Person != "" {
		return Person{}
	}
	return self
}

// FindSession finds the one session with the id or the exact name; the errors
// are those of [FindPerson].
func FindSession(sessions []Session, which string) (Session, error) {
	var named []Session
	for _, s := range sessions {
		if s.ID == which {
			return s, nil
		}
		if s.Name == which {
			named = append(named, s)
		}
	}
	switch len(named) {
	case 1:
		return named[0], nil
	case 0:
		return Session{}, unknown("session", which, sessions, func(s Session) string { return s.Name })
	}
	ids := make([]string, len(named))
	for i, s := range named {
		ids[i] = s.ID
	}
	return Session{}, &AmbiguousError{What: "sessions", Name: which, IDs: ids}
}
