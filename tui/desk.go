package tui

import (
	"time"

	"calibrate/calibration"
	"calibrate/rubric"
)

// desk is the work in progress on one person: what Walk, Neighbours, Search and
// Place look at together. The root writes it down when it changed; edits and
// kept tell how far the writing has come.
type desk struct {
	rubric    *rubric.Rubric
	person    calibration.Person
	history   calibration.History
	decisions []calibration.Decision // all about the person, oldest first
	sessions  []calibration.Session

	edits, kept int
}

func (d *desk) walk() calibration.Walk { return d.history.Now }

// change makes a change that undo takes back.
func (d *desk) change(w calibration.Walk) {
	d.history = d.history.Do(w)
	d.edits++
}

// look moves without anything to undo.
func (d *desk) look(w calibration.Walk) {
	d.history = d.history.Look(w)
	d.edits++
}

// undo takes the last change back and reports whether there was one.
func (d *desk) undo() bool {
	h, ok := d.history.Undo()
	if ok {
		d.history = h
		d.edits++
	}
	return ok
}

func (d *desk) unkept() bool { return d.edits > d.kept }

// snapshot is what autosaving writes: the walk as it is, with the time.
func (d *desk) snapshot(now time.Time) calibration.Walk {
	w := d.walk()
	w.SavedAt = now.UTC()
	return w
}

// earlier lists what was decided before on the dimension that is shown.
func (d *desk) earlier() []calibration.Earlier {
	return calibration.EarlierOn(d.decisions, d.sessions, d.walk().Dimension, d.walk().Session)
}

// saved is the latest decision that this walk has led to on a dimension.
func (d *desk) saved(dimension string) (calibration.Decision, bool) {
	w := d.walk()
	var latest calibration.Decision
	for _, made := range calibration.Current(d.decisions) {
		if made.Dimension == dimension && made.Reviewer == w.Reviewer && made.Session == w.Session && made.ID > latest.ID {
			latest = made
		}
	}
	return latest, latest.ID != ""
}
