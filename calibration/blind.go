package calibration

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"calibrate/rubric"
)

// A person is blind in a session while what anybody thinks of them would sway those
// who have not placed them yet: the session is open and has a panel, there is no final
// decision, the facilitator has not revealed the person, and one of those who vote has
// not placed them on every dimension, by a draft or a vote.

// blind reports whether the person is blind in the session. counting are the decisions
// about the person that count in the session and no other one supersedes; events are
// the session's.
func (s Session) blind(person string, counting []Decision, events []Event, dimensions []string) bool {
	if s.State != Open || len(s.Panel) == 0 || !slices.Contains(s.People, person) {
		return false
	}
	if slices.ContainsFunc(counting, func(d Decision) bool { return d.Stage == Final }) {
		return false
	}
	if slices.ContainsFunc(events, func(e Event) bool { return e.Kind == Reveal && e.Person == person }) {
		return false
	}
	voters := s.Voters(person)
	return len(havePlaced(voters, counting, dimensions)) < len(voters)
}

// havePlaced are those of the reviewers who drafted or voted on every dimension.
func havePlaced(reviewers []string, counting []Decision, dimensions []string) []string {
	var placed []string
	for _, reviewer := range reviewers {
		on := map[string]bool{}
		for _, d := range counting {
			on[d.Dimension] = on[d.Dimension] || d.Reviewer == reviewer && d.Stage != Final
		}
		if !slices.ContainsFunc(dimensions, func(dimension string) bool { return !on[dimension] }) {
			placed = append(placed, reviewer)
		}
	}
	return placed
}

// Records is where a [Veil] reads what it needs to know.
type Records interface {
	Rubric(hash string) (*rubric.Rubric, error)
	DecisionsOf(person string) ([]Decision, error)
	Events(session string) ([]Event, error)
}

// Veil says what is not to be shown: the decisions about a person that count in a
// session in which the person is blind, from whomever they are. It is made for the
// moment: who was blind may not be any more when something was written since. What it has
// looked up it remembers. It may be asked by several goroutines.
type Veil struct {
	records  Records
	sessions map[string]Session // in which somebody can be blind
	agendas  agendas            // of those who can be

	mu     sync.Mutex
	blind  map[[2]string]bool // by session and person
	events map[string][]Event // by session
}

// NewVeil makes the veil of a file with these sessions.
func NewVeil(sessions []Session, records Records) *Veil {
	v := &Veil{records: records, sessions: map[string]Session{}, blind: map[[2]string]bool{}, events: map[string][]Event{}}
	mayBlind := func(s Session) bool { return s.State == Open && len(s.Panel) > 0 }
	for _, s := range sessions {
		if mayBlind(s) {
			v.sessions[s.ID] = s
		}
	}
	if len(v.sessions) > 0 {
		v.agendas = agendasOf(sessions, peopleOf(sessions, mayBlind))
	}
	return v
}

// Lifted reports whether nothing at all can be hidden.
func (v *Veil) Lifted() bool { return len(v.sessions) == 0 }

// CountsIn is the id of the session in which a decision counts, see [Veil.Hides]; it is
// not known of people of whom nothing can be hidden.
func (v *Veil) CountsIn(d Decision) string { return v.agendas.sessionOf(d) }

// Hides reports whether the decision is not to be shown. The error says what could not
// be read; what then cannot be known is not to be shown either.
func (v *Veil) Hides(d Decision) (bool, error) {
	if v.Lifted() {
		return false, nil
	}
	return v.Blind(v.CountsIn(d), d.Person)
}

// Blind reports whether a person is blind in a session.
func (v *Veil) Blind(session, person string) (blind bool, err error) {
	s, ok := v.sessions[session]
	if !ok || !v.agendas.has(person, session) {
		return false, nil
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	at := [2]string{session, person}
	if known, ok := v.blind[at]; ok {
		return known, nil
	}
	if blind, err = v.find(s, person); err != nil {
		return true, fmt.Errorf("whether %s is still blind in the session %q could not be found out: %w", person, shown(s.Name), err)
	}
	v.blind[at] = blind
	return blind, nil
}

// AnywhereBlind reports whether a person is blind in any session.
func (v *Veil) AnywhereBlind(person string) (bool, error) {
	for id := range v.sessions {
		if blind, err := v.Blind(id, person); blind || err != nil {
			return blind, err
		}
	}
	return false, nil
}

func (v *Veil) find(s Session, person string) (bool, error) {
	r, err := v.records.Rubric(s.RubricOf(person))
	if err != nil {
		return false, err
	}
	decisions, err := v.records.DecisionsOf(person)
	if err != nil {
		return false, err
	}
	events, known := v.events[s.ID]
	if !known {
		if events, err = v.records.Events(s.ID); err != nil {
			return false, err
		}
		v.events[s.ID] = events
	}
	return s.blind(person, v.agendas.counting(decisions, s.ID), events, r.Dimensions), nil
}

// counting are the decisions that count in a session, those that stand in each slot. One
// that another session's decision supersedes stands in its own.
func (a agendas) counting(decisions []Decision, session string) []Decision {
	var here, counting []Decision
	for _, d := range decisions {
		if a.sessionOf(d) == session {
			here = append(here, d)
		}
	}
	for _, d := range Current(here) {
		if i := slices.IndexFunc(counting, d.SameSlot); i >= 0 && strings.Compare(counting[i].ID, d.ID) < 0 {
			counting = slices.Delete(counting, i, i+1)
		} else if i >= 0 {
			continue
		}
		counting = append(counting, d)
	}
	return counting
}

// ShowsError refuses a change of a session after which something could be seen that is
// hidden.
type ShowsError struct {
	Session string
	People  []string // ids of those of whom it could be seen
}

func (e *ShowsError) Error() string {
	return fmt.Sprintf("the session was not changed: it would show what was said of %s before all have placed; revealing does so, with a reason", strings.Join(e.People, ", "))
}
