package store

import (
	"calibrate/calibration"
	"calibrate/rubric"
)

// Arrange puts the agenda of a session, which need not be in the file yet, in the order
// that the session asks for, and returns it. Disagreement and extremes go by every draft
// and vote that counts in the session under r, or under the rubric that the session has
// for the person, those that nobody may see yet among them: the order is all that is told
// of them. The file must have the rubrics of single people.
func (s *Store) Arrange(session calibration.Session, r *rubric.Rubric) ([]string, error) {
	basis := calibration.Basis{Rubric: r, RubricOf: s.Rubric}
	var err error
	if basis.People, err = s.People(); err != nil {
		return nil, err
	}
	if basis.Sessions, err = s.Sessions(); err != nil {
		return nil, err
	}
	if basis.RubricFor, err = s.RubricsIn(session, r); err != nil {
		return nil, err
	}
	if session.ID == "" {
		session.OpenedAt = s.now()
	}
	return calibration.ArrangeAgenda(basis, session, s.DecisionsOf)
}
