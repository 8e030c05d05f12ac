package store

import (
	"fmt"
	"slices"

	"calibrate/calibration"
	"calibrate/rubric"
)

// Room reads a session as it stands, with everything said in r, which should be the
// session's own rubric, but for the people whom the session places under another. The
// error is a [*calibration.UnknownError] where the file does not have the session, and
// says which rubric cannot be read.
func (s *Store) Room(session string, r *rubric.Rubric) (*calibration.Room, error) {
	return s.room(session, r, func(string) bool { return true })
}

// room is the Room with those people alone who are asked for.
func (s *Store) room(session string, r *rubric.Rubric, asked func(person string) bool) (*calibration.Room, error) {
	basis := calibration.Basis{Rubric: r, RubricOf: s.Rubric}
	var err error
	if basis.Sessions, err = s.Sessions(); err != nil {
		return nil, err
	}
	if basis.People, err = s.People(); err != nil {
		return nil, err
	}
	found, err := calibration.FindSession(basis.Sessions, session)
	if err != nil {
		return nil, err
	}
	found.People = slices.DeleteFunc(slices.Clone(found.People), func(id string) bool { return !asked(id) })
	if basis.RubricFor, err = s.RubricsIn(found, r); err != nil {
		return nil, err
	}
	var decisions []calibration.Decision
	for _, id := range found.People {
		of, err := s.DecisionsOf(id)
		if err != nil {
			return nil, err
		}
		decisions = append(decisions, of...)
	}
	events, err := s.Events(found.ID)
	if err != nil {
		return nil, err
	}
	return calibration.NewRoom(basis, found, decisions, events), nil
}

// RubricsIn is the rubric by person in a session, read from the file's copies, where own
// is the session's own; it is nil where that is everybody's.
func (s *Store) RubricsIn(session calibration.Session, own *rubric.Rubric) (func(person string) *rubric.Rubric, error) {
	if len(session.Rubrics) == 0 {
		return nil, nil
	}
	of := make(map[string]*rubric.Rubric, len(session.Rubrics))
	for _, p := range session.Rubrics {
		r, err := s.Rubric(p.Rubric)
		if err != nil {
			return nil, fmt.Errorf("the rubric that the session %q places %s under is needed: %w", session.Name, p.Person, err)
		}
		of[p.Person] = r
	}
	return func(person string) *rubric.Rubric {
		if r, ok := of[person]; ok {
			return r
		}
		return own
	}, nil
}

// Veil says which decisions of the file are not to be shown now.
func (s *Store) Veil() (*calibration.Veil, error) {
	sessions, err := s.sessionsNow()
	if err != nil {
		return nil, err
	}
	return sessions.veil, nil
}

// Veiled is a file as it may be shown to anybody: of people who are blind in a session
// it has no decision that counts there, whoever made it, and it takes only what the
// session takes, see [calibration.Room.Takes]. Screens and commands read through it;
// backups, packets and checks do not.
type Veiled struct{ *Store }

// Veiled returns the file as it may be shown.
func (s *Store) Veiled() Veiled { return Veiled{s} }

// DecisionsOf is [Store.DecisionsOf] without what is hidden.
func (v Veiled) DecisionsOf(person string) ([]calibration.Decision, error) {
	return v.seen(v.Store.DecisionsOf(person))
}

// DecisionsIn is [Store.DecisionsIn] without what is hidden.
func (v Veiled) DecisionsIn(session string) ([]calibration.Decision, error) {
	return v.seen(v.Store.DecisionsIn(session))
}

// DecisionsBy is [Store.DecisionsBy] without what is hidden.
func (v Veiled) DecisionsBy(reviewer string) ([]calibration.Decision, error) {
	return v.seen(v.Store.DecisionsBy(reviewer))
}

// Decision is [Store.Decision]; one that is hidden is unknown.
func (v Veiled) Decision(id string) (calibration.Decision, error) {
	d, err := v.Store.Decision(id)
	if err != nil {
		return d, err
	}
	seen, err := v.seen([]calibration.Decision{d}, nil)
	if err == nil && len(seen) == 0 {
		err = &calibration.UnknownError{What: "decision", Name: id}
	}
	if err != nil {
		return calibration.Decision{}, err
	}
	return d, nil
}

// Decisions is [Store.Decisions] without what is hidden.
func (v Veiled) Decisions(yield func(calibration.Decision) error) error {
	return v.through(v.Store.Decisions, yield)
}

// DecisionsFor is [Store.DecisionsFor] without what is hidden.
func (v Veiled) DecisionsFor(f calibration.Filter, yield func(calibration.Decision) error) error {
	return v.through(func(yield func(calibration.Decision) error) error { return v.Store.DecisionsFor(f, yield) }, yield)
}

// Place is [Store.Place], which in a session with a panel asks the room first.
func (v Veiled) Place(d calibration.Decision, r *rubric.Rubric) (calibration.Decision, error) {
	if err := v.takes(d, r); err != nil {
		return d, err
	}
	return v.Store.Place(d, r)
}

func (v Veiled) takes(d calibration.Decision, r *rubric.Rubric) error {
	if d.Session == "" || r == nil {
		return nil
	}
	room, err := v.room(d.Session, r, func(person string) bool { return person == d.Person })
	if err != nil {
		return err
	}
	if d.Rubric == "" {
		d.Rubric = r.Hash()
	}
	return room.Takes(d)
}

func (v Veiled) seen(all []calibration.Decision, err error) ([]calibration.Decision, error) {
	if err != nil {
		return nil, err
	}
	veil, err := v.Veil()
	if err != nil {
		return nil, err
	}
	if veil.Lifted() {
		return all, nil
	}
	var seen []calibration.Decision
	for _, d := range all {
		hidden, err := veil.Hides(d)
		if err != nil {
			return nil, err
		}
		if !hidden {
			seen = append(seen, d)
		}
	}
	return seen, nil
}

func (v Veiled) through(read func(func(calibration.Decision) error) error, yield func(calibration.Decision) error) error {
	veil, err := v.Veil()
	if err != nil {
		return err
	}
	return read(func(d calibration.Decision) error {
		if hidden, err := veil.Hides(d); hidden || err != nil {
			return err
		}
		return yield(d)
	})
}
