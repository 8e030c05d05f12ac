package tui

import "calibrate/calibration"

// in is the env for working in a session, on what the sitting says.
func (e *env) in(room *calibration.Room, reviewer string, s calibration.Sitting) *env {
	inside := *e
	inside.rubric, inside.session, inside.reviewer, inside.sitting = room.Rubric(), room.Session.ID, reviewer, s
	inside.rubricFor = nil
	return &inside
}

// on is the env for working on somebody, under the rubric that is theirs.
func (e *env) on(p calibration.Person) *env {
	if e.rubricFor == nil {
		return e
	}
	own := *e
	own.rubric, own.rubricFor = e.rubricFor(p), nil
	return &own
}
