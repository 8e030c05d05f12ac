package calibration

import "slices"

// History is a walk that remembers what it was, so that changes can be undone.
// It too is a value.
type History struct {
	Now  Walk
	past []Walk
}

// maxUndo bounds what an afternoon of key repeat can pile up.
const maxUndo = 500

// Do makes the change the present and remembers what was.
func (h History) Do(next Walk) History {
	past := append(slices.Clip(h.past), h.Now)
	return History{Now: next, past: past[max(0, len(past)-maxUndo):]}
}

// Look moves without remembering: looking around is not a change.
func (h History) Look(next Walk) History {
	h.Now = next
	return h
}

// Undo returns to before the last change and reports whether there was one. What
// is half written is no part of that: it stays.
func (h History) Undo() (History, bool) {
	if len(h.past) == 0 {
		return h, false
	}
	last := len(h.past) - 1
	before := h.past[last]
	for dimension, track := range h.Now.Tracks {
		if track.Form != before.Tracks[dimension].Form {
			there := before
			there.Dimension = dimension
			before.Tracks = there.Write(track.Form).Tracks
		}
	}
	return History{Now: before, past: h.past[:last]}, true
}
