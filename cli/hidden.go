package cli

import (
	"fmt"
	"slices"
	"strings"

	"calibrate/calibration"
	"calibrate/store"
)

// unseen counts what is not shown because it is about people who are blind.
type unseen struct {
	decisions int
	people    []string // ids
	sessions  []string // names
}

// unseenOf counts the hidden decisions that are asked for.
func unseenOf(st store.Veiled, asked func(calibration.Decision, calibration.Session) bool) (u unseen, err error) {
	err = st.Hidden(func(d calibration.Decision, in calibration.Session) error {
		if !asked(d, in) {
			return nil
		}
		u.decisions++
		u.people = with(u.people, d.Person)
		u.sessions = with(u.sessions, in.Name)
		return nil
	})
	return u, err
}

// unseenBy counts the hidden decisions that a filter lets pass.
func unseenBy(st store.Veiled, f calibration.Filter, people []calibration.Person) (unseen, error) {
	if veil, err := st.Veil(); err != nil || veil.Lifted() {
		return unseen{}, err
	}
	refs := map[string]calibration.PersonRef{}
	for _, p := range people {
		refs[p.ID] = calibration.PersonRef{ID: p.ID, Name: p.Name, Team: p.Team, Manager: p.Manager}
	}
	return unseenOf(st, func(d calibration.Decision, in calibration.Session) bool {
		p, ok := refs[d.Person]
		if !ok {
			p = calibration.PersonRef{ID: d.Person, Name: d.Person}
		}
		return f.Passes(d, in.ID, p)
	})
}

func with(list []string, one string) []string {
	if slices.Contains(list, one) {
		return list
	}
	return append(list, one)
}

// words say how much is hidden; they are empty where nothing is.
func (u unseen) words() string {
	if u.decisions == 0 {
		return ""
	}
	are, in := "are", "session"
	if u.decisions == 1 {
		are = "is"
	}
	if len(u.sessions) > 1 {
		in = "sessions"
	}
	names := make([]string, len(u.sessions))
	for i, name := range u.sessions {
		names[i] = fmt.Sprintf("%q", name)
	}
	return fmt.Sprintf("%s about %s %s hidden until all have placed, in the %s %s",
		count(u.decisions, "decision"), peopleCount(len(u.people)), are, in, strings.Join(names, ", "))
}

// tell says how much is hidden, if anything is.
func (s *shell) tell(u unseen) {
	if words := u.words(); words != "" {
		s.say("%s", words)
	}
}
