package tui

import (
	"slices"

	"calibrate/calibration"
)

// sitting is what placing is for. The zero one is a draft of one's own.
type sitting struct {
	stage  calibration.Stage                              // empty: a draft
	begin  func(person, reviewer string) calibration.Walk // where a walk starts from; nil: empty
	blind  bool                                           // nothing of others is shown, and nothing of one's own once it is placed
	done   []string                                       // of a blind reviewer, the dimensions that they have placed on already
	drafts map[string]calibration.Decision                // of a final decision, the draft that it should follow or say why not
}

// stage is what decisions are made for.
func (e *env) stage() calibration.Stage {
	if e.sitting.stage == "" {
		return calibration.Draft
	}
	return e.sitting.stage
}

// in is the env for working in a session, on what the sitting says.
func (e *env) in(room *calibration.Room, reviewer string, s sitting) *env {
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

// voting is the env of a panellist who places somebody blind.
func (e *env) voting(room *calibration.Room, t calibration.Turn, reviewer string) *env {
	return e.in(room, reviewer, sitting{stage: calibration.Panel, blind: true, done: slices.Clone(t.On[reviewer])})
}

// deciding is the env in which the session decides about somebody.
func (e *env) deciding(room *calibration.Room, t calibration.Turn) *env {
	return e.in(room, e.reviewer, sitting{stage: calibration.Final, begin: room.Joint, drafts: t.Drafts})
}

// needsChange reports whether a final decision at the position has to say why it is not
// the draft, and what the draft was.
func (s sitting) needsChange(dimension, position string) (draft calibration.Decision, needs bool) {
	draft, ok := s.drafts[dimension]
	return draft, ok && s.stage == calibration.Final && draft.Position != position
}
