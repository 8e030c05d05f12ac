package store

import (
	"testing"

	"calibrate/calibration"
)

// What was drafted at home decides the order of a session that is about to be opened.
func TestArrangeGoesByWhatCountsInTheSession(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	people := []string{"ada", "alan", "barbara"}
	for _, id := range people {
		must[[]calibration.Person](t)(s.PutPeople(calibration.Person{ID: id, Name: id}))
	}
	place := func(person, by, position, session string) {
		d := decision(person, by)
		d.Position, d.Session, d.Evidence, d.Dampeners = position, session, nil, nil
		mustPlace(t, s, d, r)
	}
	past := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Autumn", People: people}))
	place("ada", "grace", "1-low", past.ID) // far apart, but in another session
	place("ada", "edsger", "2-high", past.ID)
	must[calibration.Session](t)(s.Finalise(past.ID, "grace"))
	place("ada", "grace", "1-high", "")
	place("ada", "edsger", "1-high", "")
	place("alan", "grace", "1-high", "")
	place("alan", "edsger", "2-low", "")
	place("barbara", "grace", "1-low", "")
	place("barbara", "edsger", "1-high", "")

	session := calibration.Session{Name: "Spring", State: calibration.Open, Rubric: r.Hash(), People: people, Order: calibration.ByDisagreement}
	arranged := must[[]string](t)(s.Arrange(session, r))
	wantSame(t, []string{"alan", "barbara", "ada"}, arranged) // across a level, then one apart, then together
	session.Order = calibration.ByExtremes
	wantSame(t, "barbara", must[[]string](t)(s.Arrange(session, r))[0])
	session.Order = calibration.AsListed
	wantSame(t, people, must[[]string](t)(s.Arrange(session, r)))

	kept := must[calibration.Session](t)(s.PutSession(session))
	place("ada", "grace", "2-high", kept.ID) // now the two of them are furthest apart
	kept.Order = calibration.ByDisagreement
	wantSame(t, "ada", must[[]string](t)(s.Arrange(kept, r))[0])
}
