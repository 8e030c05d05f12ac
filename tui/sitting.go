package tui

import (
	"calibrate/calibration"
	"calibrate/rubric"
)

// sealed says why no other program may have what is written; empty: it may.
func (e *env) sealed() string {
	if e.sitting.Blind {
		return sealedBlind
	}
	return ""
}

// in is the env for working in a session, on what the sitting says. Where the session
// has several rubrics it is that of nobody yet; see on.
func (e *env) in(room *calibration.Room, reviewer string, s calibration.Sitting) *env {
	inside := *e
	inside.rubric, inside.session, inside.reviewer, inside.sitting = room.Rubrics()[0], room.Session.ID, reviewer, s
	inside.rubricFor, inside.rubrics = nil, nil
	if room.Mixed() {
		inside.rubrics = room.Rubrics()
		inside.rubricFor = func(p calibration.Person) *rubric.Rubric { return room.RubricOf(p.ID) }
	}
	return &inside
}

// byTheirRole is the rubric that somebody comes onto an agenda under.
func (e *env) byTheirRole(p calibration.Person) *rubric.Rubric {
	if e.byRole != nil {
		return e.byRole(p)
	}
	return e.on(p).rubric
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
