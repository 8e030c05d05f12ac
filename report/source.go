package report

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"calibrate/calibration"
	"calibrate/rubric"
)

// Source is what reports are made of: the decisions that were compared, whole, with
// the names of what they speak of.
type Source struct {
	Comparison *calibration.Comparison
	Rubric     *rubric.Rubric
	Scales     []Source          // where there are several rubrics, a part for each; see With
	roles      map[string]string // of several rubrics, the name of that of each person, by id
	People     []calibration.Person
	Session    *calibration.Session // nil: over several sessions, or none
	Decisions  map[string]calibration.Decision
	RubricOf   func(hash string) (*rubric.Rubric, error)
	Guideline  calibration.Guideline
	Bootstrap  calibration.Bootstrap
	Now        time.Time // when the report is made
	Hidden     string    // says that decisions are missing because they may not be shown yet; empty where none are
}

// readBy is the source as somebody may read it, as far as that is a matter of names: a
// manager does not learn who else reviewed their people.
func (s Source) readBy(who Audience) Source {
	if who != ForManager {
		return s
	}
	s.Comparison = s.Comparison.ForManagers()
	s.Scales = slices.Clone(s.Scales)
	for i, part := range s.Scales {
		s.Scales[i] = part.readBy(who)
	}
	return s
}

// placedFor is what a distribution for somebody counts: HR reads of no votes, and so of
// nobody whom only votes have placed.
func (s Source) placedFor(who Audience) *calibration.Comparison {
	if who != ForHR {
		return s.Comparison
	}
	return s.Comparison.Where(calibration.Filter{Stages: []calibration.Stage{calibration.Draft, calibration.Final}})
}

// people by id.
func (s Source) person(id string) calibration.Person {
	for _, p := range s.People {
		if p.ID == id {
			return p
		}
	}
	return calibration.Person{ID: id, Name: id}
}

// employeeID is the id by which other systems know somebody.
func (s Source) employeeID(p calibration.PersonRef) string { return s.person(p.ID).EmployeeID() }

// statement is a statement as the rubric had it that the decision was made under, or
// its id alone where that cannot be read.
func (s Source) statement(d calibration.Decision, id string) string {
	r := s.Rubric
	if d.Rubric != r.Hash() && s.RubricOf != nil {
		if then, err := s.RubricOf(d.Rubric); err == nil {
			r = then
		}
	}
	if st, err := r.Statement(id); err == nil {
		return st.Text
	}
	return id
}

// title says what the report is about.
func (s Source) title() string {
	if s.Session != nil {
		return s.Session.Name
	}
	return "All decisions"
}

func (s Source) subtitle() string {
	words := strings.Join(s.rubricNames(), ", ")
	if s.Session != nil {
		switch {
		case s.Session.State == calibration.Finalised:
			words += ", finalised " + s.Session.FinalisedAt.In(s.Now.Location()).Format("2 January 2006")
		default:
			words += ", not finalised"
		}
	}
	return words + ", as of " + s.Now.Format("2 January 2006 15:04")
}

func (s Source) agreement(ctx context.Context) (calibration.AgreementView, error) {
	v, err := s.Comparison.Agreement(ctx, s.Bootstrap)
	if err != nil {
		return v, fmt.Errorf("measuring agreement: %w", err)
	}
	return v, nil
}
