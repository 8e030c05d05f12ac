package calibration

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"calibrate/rubric"
)

// Filter chooses among the decisions that count. A decision passes if each field
// that is not empty lists what it says; the zero Filter lets everything pass.
//
// It chooses after corrections and conflicts are settled: what was corrected
// never comes back because its correction is filtered out.
type Filter struct {
	Sessions   []string  `json:"sessions,omitempty"` // ids; "": outside any session
	Stages     []Stage   `json:"stages,omitempty"`
	Teams      []string  `json:"teams,omitempty"`
	Managers   []string  `json:"managers,omitempty"` // of the people who are rated
	Dimensions []string  `json:"dimensions,omitempty"`
	Reviewers  []string  `json:"reviewers,omitempty"`
	People     []string  `json:"people,omitempty"` // ids
	Since      time.Time `json:"since,omitzero"`   // decided then or later
}

// Resolve turns names as people type them into those that a Filter compares:
// sessions and people by id or name, dimensions as the rubric finds them, teams and
// managers without regard to case, in each way in which people have them written.
// Reviewers are known only from the decisions and
// stay as they are; see [Comparison.UnknownReviewers].
//
// The error is an [*UnknownError] or [*AmbiguousError], the rubric's
// [*rubric.NotFoundError], or says that a stage is none.
func (b Basis) Resolve(f Filter) (Filter, error) {
	sessions := func(name string) (string, error) {
		if name == "" {
			return "", nil
		}
		s, err := FindSession(b.Sessions, name)
		return s.ID, err
	}
	people := func(name string) (string, error) {
		p, err := FindPerson(b.People, name)
		return p.ID, err
	}
	stages := func(s Stage) (Stage, error) {
		if s.Rank() == 0 {
			return s, fmt.Errorf("stage %q is not one of draft, panel, final", s)
		}
		return s, nil
	}
	var errs [6]error
	f.Sessions, errs[0] = each(f.Sessions, sessions)
	f.Stages, errs[1] = each(f.Stages, stages)
	f.Teams, errs[2] = b.spellings(f.Teams, "team", func(p Person) string { return p.Team })
	f.Managers, errs[3] = b.spellings(f.Managers, "manager", func(p Person) string { return p.Manager })
	f.Dimensions, errs[4] = each(f.Dimensions, b.dimension)
	f.People, errs[5] = each(f.People, people)
	for _, err := range errs {
		if err != nil {
			return Filter{}, err
		}
	}
	return f, nil
}

// dimension finds a dimension in the rubric, or else in that of anybody who has another.
func (b Basis) dimension(name string) (string, error) {
	found, err := b.Rubric.Dimension(name)
	if err == nil || b.RubricFor == nil {
		return found, err
	}
	for _, p := range b.People {
		if found, otherwise := b.RubricFor(p.ID).Dimension(name); otherwise == nil {
			return found, nil
		}
	}
	return found, err
}

func each[T any](list []T, resolve func(T) (T, error)) ([]T, error) {
	var resolved []T
	for _, name := range list {
		one, err := resolve(name)
		if err != nil {
			return nil, err
		}
		resolved = append(resolved, one)
	}
	return resolved, nil
}

// spellings finds names among those that people have in a field, in each way in which
// they are written there.
func (b Basis) spellings(names []string, what string, field func(Person) string) ([]string, error) {
	if len(names) == 0 {
		return nil, nil
	}
	var all, found []string
	for _, p := range b.People {
		all = append(all, field(p))
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for _, name := range names {
		before := len(found)
		for _, known := range all {
			if sameName(known, name) {
				found = append(found, known)
			}
		}
		if len(found) == before {
			return nil, &UnknownError{What: what, Name: name, Nearest: rubric.Nearest(name, all)}
		}
	}
	return found, nil
}

// TwoSessions are the session before the present one, and the present one, by id, empty
// where there is none. The present one is the one that the filter names alone, or else the
// latest.
func (b Basis) TwoSessions(f Filter) (before, present string) {
	at := len(b.Sessions) - 1
	for i, s := range b.Sessions {
		if len(f.Sessions) == 1 && s.ID == f.Sessions[0] {
			at = i
		}
	}
	if at >= 0 {
		present = b.Sessions[at].ID
	}
	if at >= 1 {
		before = b.Sessions[at-1].ID
	}
	return before, present
}

// sameName compares names that were typed in two places, such as a manager's in the
// list of people and in a decision. An accent may be a sign of its own in one of them.
func sameName(a, b string) bool {
	return strings.EqualFold(norm.NFC.String(strings.TrimSpace(a)), norm.NFC.String(strings.TrimSpace(b)))
}

func passes[T comparable](list []T, value T) bool {
	return len(list) == 0 || slices.Contains(list, value)
}

// Passes reports whether the filter lets a decision pass that counts in a session, and
// is about the person p. Its dimension is taken as the decision writes it.
func (f Filter) Passes(d Decision, session string, p PersonRef) bool {
	return passes(f.Sessions, session) && passes(f.Stages, d.Stage) && passes(f.Dimensions, d.Dimension) &&
		passes(f.Reviewers, d.Reviewer) && f.passesPerson(p) && !d.DecidedAt.Before(f.Since)
}

func (f Filter) passesPerson(p PersonRef) bool {
	return passes(f.People, p.ID) && passes(f.Teams, p.Team) && passes(f.Managers, p.Manager)
}

// selection is a Filter that was looked up once for each name, by index.
type selection struct {
	people, reviewers, sessions, dimensions []bool
	stages                                  [4]bool // by rank
	since                                   int64   // Unix milliseconds
}

func (f Filter) selection() selection {
	s := selection{since: f.Since.UnixMilli()}
	s.stages[0] = len(f.Stages) == 0
	for _, stage := range Stages() {
		s.stages[stage.Rank()] = passes(f.Stages, stage)
	}
	return s
}

// passes reports whether a decision is chosen by all but its time.
func (s selection) passes(r record) bool {
	return s.people[r.person] && s.reviewers[r.reviewer] && s.sessions[r.session] && s.dimensions[r.dimension] && s.stages[r.stage]
}

// recent reports whether a decision is chosen by its time.
func (s selection) recent(r record) bool { return r.decided >= s.since }

// Where chooses further among the decisions: c.Where(f).Where(g) is c.Where(g).Where(f),
// and the same as comparing with both filters from the start.
func (c *Comparison) Where(f Filter) *Comparison {
	s := f.selection()
	for _, p := range c.people {
		s.people = append(s.people, f.passesPerson(p))
	}
	for _, name := range c.reviewers {
		s.reviewers = append(s.reviewers, passes(f.Reviewers, name))
	}
	for _, ref := range c.sessions {
		s.sessions = append(s.sessions, passes(f.Sessions, ref.ID))
	}
	for _, d := range c.dimensions {
		s.dimensions = append(s.dimensions, passes(f.Dimensions, d))
	}
	choose := func(all []record) (chosen []record) {
		for _, r := range all {
			if s.passes(r) && s.recent(r) {
				chosen = append(chosen, r)
			}
		}
		return chosen
	}
	narrower := *c
	narrower.records, narrower.standing = choose(c.records), choose(c.standing)
	return &narrower
}

// UnknownReviewers returns an [*UnknownError] for the first reviewer of the filter who
// made none of the decisions that were read, nil if there is none.
func (c *Comparison) UnknownReviewers(f Filter) error { return unknownReviewers(f, c.met) }

func unknownReviewers(f Filter, met []string) error {
	for _, name := range f.Reviewers {
		if !slices.Contains(met, name) {
			return &UnknownError{What: "reviewer", Name: name, Nearest: rubric.Nearest(name, met)}
		}
	}
	return nil
}
