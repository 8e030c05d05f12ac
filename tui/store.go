package tui

import (
	"calibrate/calibration"
	"calibrate/rubric"
)

// Store is what the screens need of a data file. Its methods are called from
// several goroutines. A decision or walk that a method returned for without an
// error is on disk.
type Store interface {
	Path() string
	People() ([]calibration.Person, error) // by name; shared, so nothing in it may be changed
	PutPeople(...calibration.Person) ([]calibration.Person, error)
	Sessions() ([]calibration.Session, error)
	DecisionsOf(person string) ([]calibration.Decision, error)
	DecisionsFor(calibration.Filter, func(calibration.Decision) error) error
	Made() (int, error) // how many decisions there are, or nearly
	Place(calibration.Decision, *rubric.Rubric) (calibration.Decision, error)
	Walk(person, reviewer, session string) (calibration.Walk, bool, error)
	Walks() ([]calibration.Walk, error)
	SaveWalk(calibration.Walk, *rubric.Rubric) error
	Rubric(hash string) (*rubric.Rubric, error)
	PutRubric(*rubric.Rubric) error

	// Room is a session as it stands. PutSession opens one or changes how it is set up, and
	// Arrange is its agenda in the order that it asks for.
	Room(session string, r *rubric.Rubric) (*calibration.Room, error)
	Arrange(calibration.Session, *rubric.Rubric) ([]string, error)
	PutSession(calibration.Session) (calibration.Session, error)
	Record(calibration.Event) (calibration.Event, error)
	Finalise(session, by string) (calibration.Session, error)
	Reopen(session, by, why string) (calibration.Session, error)
	Backup(to string) error
}
