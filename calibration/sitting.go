package calibration

import "slices"

// Sitting is what placing somebody is for. The zero one is a draft of one's own.
type Sitting struct {
	Stage  Stage                              // empty: a draft
	Begin  func(person, reviewer string) Walk // where a walk starts from; nil: empty
	Blind  bool                               // nothing of others is shown, and nothing of one's own once it is placed
	Done   []string                           // of a blind reviewer, the dimensions that they have placed on already
	Drafts map[string]Decision                // of a final decision, the draft that it should follow or say why not
}

// Voting is the sitting of a panellist who places somebody blind. Who has placed them on
// every dimension already places all of it anew.
func (room *Room) Voting(t Turn, reviewer string) Sitting {
	s := Sitting{Stage: Panel, Blind: true, Done: slices.Clone(t.On[reviewer])}
	if len(s.Done) == len(t.Rubric.Dimensions) {
		s.Done = nil
	}
	return s
}

// Deciding is the sitting in which the session decides about somebody: on a walk of its
// own, which starts from what most have ticked.
func (room *Room) Deciding(t Turn) Sitting {
	return Sitting{Stage: Final, Begin: room.Joint, Drafts: t.Drafts}
}

// For is the stage that decisions are made for.
func (s Sitting) For() Stage {
	if s.Stage == "" {
		return Draft
	}
	return s.Stage
}

// NeedsChange reports whether a decision at the position has to say why it is not the
// draft, and what the draft was.
func (s Sitting) NeedsChange(dimension, position string) (draft Decision, needs bool) {
	draft, ok := s.Drafts[dimension]
	return draft, ok && s.Stage == Final && draft.Position != position
}

// Next is the next dimension, round from the one at which the walk stands, on which
// nothing was saved yet; ok is false where there is none.
func (s Sitting) Next(dimensions []string, at string, saved func(dimension string) bool) (next string, ok bool) {
	i := slices.Index(dimensions, at)
	for by := 1; by < len(dimensions); by++ {
		name := dimensions[(i+by)%len(dimensions)]
		if !saved(name) && !slices.Contains(s.Done, name) {
			return name, true
		}
	}
	return "", false
}
