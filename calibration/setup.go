package calibration

import (
	"slices"
	"strings"

	"calibrate/rubric"
)

// SetUp is the session changed to now, with what follows from that filled in, and the
// rubrics that a file has to keep for it. people are all that are known; own is the
// rubric that the session is held under, and byRole that of somebody who comes onto the
// agenda.
//
// A new session is of everybody if it names nobody. Those who are on the agenda of one that
// is held already keep their rubric; whoever is new on it or on the panel is recused by
// default.
func (s Session) SetUp(now Session, people []Person, own *rubric.Rubric, byRole func(Person) *rubric.Rubric) (Session, []*rubric.Rubric) {
	if now.ID == "" {
		s = Session{}
	}
	known := make(map[string]Person, len(people))
	everybody := now.ID == "" && len(now.People) == 0
	for _, p := range people {
		known[p.ID] = p
		if everybody {
			now.People = append(now.People, p.ID)
		}
	}
	now.Rubric = own.Hash()
	kept := []*rubric.Rubric{own}
	now = now.Freeze(s.People, func(id string) string {
		p, ok := known[id]
		if !ok {
			return own.Hash()
		}
		r := byRole(p)
		if !slices.ContainsFunc(kept, func(k *rubric.Rubric) bool { return k.Hash() == r.Hash() }) {
			kept = append(kept, r)
		}
		return r.Hash()
	})
	now.Recusals = s.RecusalsAfter(now, people, true)
	return now, kept
}

// Names are those of the people of whom it could be seen.
func (e *ShowsError) Names(people []Person) string {
	var named []string
	for _, p := range people {
		if slices.Contains(e.People, p.ID) {
			named = append(named, p.Name)
		}
	}
	return strings.Join(named, ", ")
}
