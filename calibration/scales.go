package calibration

import (
	"fmt"
	"slices"

	"calibrate/rubric"
)

// Scales are the rubrics that people are compared under.
type Scales struct {
	Own      *rubric.Rubric
	ByPerson func(person string) *rubric.Rubric // by id; nil: Own for everybody
}

// ScalesOf is how people are compared where the filter names one session: as it placed
// them, and those whom it did not place by their role. Else all go by their role. byRole
// may be nil: the rubric of the basis is everybody's. The error is that of reading a
// rubric.
func ScalesOf(b Basis, f Filter, byRole func(Person) *rubric.Rubric) (Scales, error) {
	ofRole := func(id string) *rubric.Rubric {
		if i := slices.IndexFunc(b.People, func(p Person) bool { return p.ID == id }); i >= 0 && byRole != nil {
			return byRole(b.People[i])
		}
		return b.Rubric
	}
	i := -1
	if len(f.Sessions) == 1 {
		i = slices.IndexFunc(b.Sessions, func(s Session) bool { return s.ID == f.Sessions[0] })
	}
	switch {
	case i < 0 && byRole == nil:
		return Scales{Own: b.Rubric}, nil
	case i < 0:
		return Scales{b.Rubric, ofRole}, nil
	}
	return ScalesIn(b, b.Sessions[i], ofRole)
}

// ScalesIn are the rubrics that a session places people under; others says that of those
// who are not on its agenda.
func ScalesIn(b Basis, session Session, others func(person string) *rubric.Rubric) (Scales, error) {
	of := Scales{Own: b.Rubric}
	if session.Rubric != "" && session.Rubric != b.Rubric.Hash() {
		r, err := b.RubricOf(session.Rubric)
		if err != nil {
			return of, fmt.Errorf("the rubric of the session %q is needed: %w", session.Name, err)
		}
		of.Own = r
	}
	if len(session.Rubrics) == 0 {
		return of, nil
	}
	placed := map[string]*rubric.Rubric{}
	for _, id := range session.People {
		placed[id] = of.Own
	}
	for _, p := range session.Rubrics {
		r, err := b.RubricOf(p.Rubric)
		if err != nil {
			return of, fmt.Errorf("the rubric that the session %q places %s under is needed: %w", session.Name, p.Person, err)
		}
		placed[p.Person] = r
	}
	of.ByPerson = func(id string) *rubric.Rubric {
		if r, ok := placed[id]; ok {
			return r
		}
		return others(id)
	}
	return of, nil
}
