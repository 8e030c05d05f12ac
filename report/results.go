package report

import (
	"cmp"
	"slices"
	"time"

	"calibrate/calibration"
	"calibrate/rubric"
)

// Result is what came of one person on one dimension in one session: how they were
// first proposed and what was decided. Fields are empty where there is neither.
type Result struct {
	Person    calibration.Person
	Rubric    *rubric.Rubric
	Session   string // name
	Dimension string
	Original  *calibration.Stand // the draft: of several the manager's, or else the latest
	DraftedAt time.Time
	Final     *calibration.Placement
	Position  rubric.Position // of Final
	Rationale string          // of Final
	Change    calibration.Change
	Draft     rubric.Position // of Original
	Reason    string          // of Original
}

// Changed says in one word whether the decision differs from the proposal: "yes",
// "no", or nothing where there is not both.
func (r Result) Changed() string {
	switch {
	case r.Original == nil || r.Final == nil:
		return ""
	case r.Original.Ordinal != r.Final.Ordinal:
		return "yes"
	}
	return "no"
}

// Results lists what came of everybody, by name, then session, then dimension.
func (s Source) Results() []Result {
	var all []Result
	for _, part := range s.scales() {
		all = append(all, part.ownResults()...)
	}
	if s.mixed() {
		slices.SortStableFunc(all, func(a, b Result) int {
			return cmp.Or(cmp.Compare(a.Person.Name, b.Person.Name), cmp.Compare(a.Person.ID, b.Person.ID), cmp.Compare(a.Session, b.Session))
		})
	}
	return all
}

func (s Source) ownResults() []Result {
	var all []Result
	originals := s.originals()
	for _, p := range s.Comparison.Spread().PeopleByName() {
		person := s.person(p.Person.ID)
		for _, row := range p.Rows {
			r := Result{Person: person, Rubric: s.Rubric, Session: p.Session.Name, Dimension: row.Dimension, Final: row.Final}
			if stand, ok := originals[slot{p.Person.ID, p.Session.ID, row.Dimension}]; ok {
				made := s.Decisions[stand.Decisions[0]]
				r.Original, r.DraftedAt, r.Draft, r.Reason = &stand, made.DecidedAt, s.Rubric.At(stand.Ordinal), made.Rationale
			}
			if row.Final != nil {
				made := s.Decisions[row.Final.Decision]
				r.Position, r.Rationale, r.Change = s.Rubric.At(row.Final.Ordinal), made.Rationale, made.Change
			}
			all = append(all, r)
		}
	}
	return all
}

type slot struct{ person, session, dimension string }

func (s Source) originals() map[slot]calibration.Stand {
	all := map[slot]calibration.Stand{}
	for _, stood := range s.Comparison.Stands(calibration.Draft) {
		all[slot{stood.Person.ID, stood.Session.ID, stood.Dimension}] = stood.Stand
	}
	return all
}
