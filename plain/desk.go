package plain

import (
	"errors"
	"fmt"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/rubric"
)

// desk is the work in progress of a reviewer on one person. edits and kept tell how far
// the writing has come.
type desk struct {
	work
	person    calibration.Person
	history   calibration.History
	decisions []calibration.Decision // all about the person, oldest first
	sessions  []calibration.Session
	found     []rubric.Statement            // what the last search came to
	whys      map[string]calibration.Change // by dimension, why a final decision is not the draft

	edits, kept int
}

// work is what somebody is placed for, by whom, and where that leads back to.
type work struct {
	rubric            *rubric.Rubric
	reviewer, session string
	sitting           calibration.Sitting
	leave             func(*dialogue) error
}

// drafting is the work of the reviewer on a draft of their own.
func (d *dialogue) drafting(p calibration.Person) work {
	return work{rubric: d.rubricOf(p), reviewer: d.Reviewer, session: d.Session, leave: (*dialogue).leaveForPeople}
}

func (k *desk) walk() calibration.Walk { return k.history.Now }

// change makes a change that undo takes back.
func (k *desk) change(w calibration.Walk) {
	k.history = k.history.Do(w)
	k.edits++
}

// look moves, or writes down what is being typed, without anything to undo.
func (k *desk) look(w calibration.Walk) {
	k.history = k.history.Look(w)
	k.edits++
}

// undo takes the last change back and reports whether there was one.
func (k *desk) undo() bool {
	h, ok := k.history.Undo()
	if ok {
		k.history = h
		k.edits++
	}
	return ok
}

// form is what is half written on the dimension that is shown.
func (k *desk) form() calibration.Form { return k.walk().Track().Form }

// why is the reason why the decision on the dimension that is shown is not the draft;
// empty: none was given.
func (k *desk) why() calibration.Change { return k.whys[k.walk().Dimension] }

func (k *desk) setWhy(why calibration.Change) {
	if k.whys == nil {
		k.whys = map[string]calibration.Change{}
	}
	k.whys[k.walk().Dimension] = why
}

// earlier lists what was decided before on the dimension that is shown.
func (k *desk) earlier() []calibration.Earlier {
	return calibration.EarlierOn(k.decisions, k.sessions, k.walk().Dimension, k.walk().Session)
}

// saved is the latest decision that this walk has led to on a dimension.
func (k *desk) saved(dimension string) (calibration.Decision, bool) {
	w := k.walk()
	var latest calibration.Decision
	for _, made := range calibration.Current(k.decisions) {
		if k.sitting.Stage != "" && made.Stage != k.sitting.Stage {
			continue
		}
		if made.Dimension == dimension && made.Reviewer == w.Reviewer && made.Session == w.Session && made.ID > latest.ID {
			latest = made
		}
	}
	return latest, latest.ID != ""
}

// forget empties the walk: who sits down next finds nothing of it.
func (k *desk) forget() {
	w := k.walk()
	k.history = calibration.History{Now: calibration.NewWalk(k.rubric, w.Person, w.Reviewer, w.Session)}
	k.edits++
}

// rubricOf is the rubric that a person is placed under.
func (d *dialogue) rubricOf(p calibration.Person) *rubric.Rubric {
	if d.RubricFor == nil {
		return d.Rubric
	}
	return d.RubricFor(p)
}

// rubric is the one of the walk that is worked on.
func (d *dialogue) rubric() *rubric.Rubric { return d.desk.rubric }

// seat is whose work it is, on whom and in which session.
type seat struct{ person, reviewer, session string }

// openDesk lays out the work on a person: as it was left earlier in this dialogue,
// or as it was kept, or anew. Who votes blind sees nothing of what was decided before.
func (d *dialogue) openDesk(p calibration.Person, w work) error {
	at := seat{p.ID, w.reviewer, w.session}
	if k, ok := d.desks[at]; ok && k.sitting.Stage == w.sitting.Stage {
		if w.sitting.Blind {
			k.decisions = nil // what they placed themselves, too
		}
		k.work, d.desk = w, k
		return nil
	}
	if err := d.keep(); err != nil { // two sittings share a walk; what one has is kept before the other reads it
		return err
	}
	k := &desk{work: w, person: p}
	var err error
	if !w.sitting.Blind {
		if k.decisions, err = d.Store.DecisionsOf(p.ID); err != nil {
			return err
		}
		if k.sessions, err = d.Store.Sessions(); err != nil {
			return err
		}
	}
	o, err := openWalk(d.Store, p.ID, w)
	if err != nil {
		return err
	}
	k.history = calibration.History{Now: o.walk}
	if o.carried {
		k.edits++
		d.out.say("The rubric has changed since this walk was begun. Your marks went with their statements.")
	}
	switch {
	case o.lost == 1:
		d.out.say("1 mark had no statement left to stand on; a note on it is in the rationale.")
	case o.lost > 1:
		d.out.say("%d marks had no statement left to stand on; notes on them are in the rationale.", o.lost)
	}
	d.desks[at], d.desk = k, k
	return nil
}

// openedWalk is a walk as it begins or goes on.
type openedWalk struct {
	walk    calibration.Walk
	carried bool // from another rubric
	lost    int  // marks that did not come along
}

// openWalk reads the work in progress on a person, carried to the rubric that is in
// use where it was begun under another one, or begins it.
func openWalk(store Store, person string, k work) (openedWalk, error) {
	r := k.rubric
	w, found, err := store.Walk(person, k.reviewer, k.session)
	switch {
	case err != nil:
		return openedWalk{}, err
	case k.sitting.Begin != nil && len(w.Tracks) == 0:
		return openedWalk{walk: k.sitting.Begin(person, k.reviewer)}, nil
	case !found:
		return openedWalk{walk: calibration.NewWalk(r, person, k.reviewer, k.session)}, nil
	case w.Rubric == r.Hash():
		return openedWalk{walk: w}, nil
	}
	old, err := store.Rubric(w.Rubric)
	if err != nil {
		return openedWalk{}, fmt.Errorf("the walk was begun under a rubric that the file does not hold: %w", err)
	}
	w, lost := w.Carry(old, r)
	return openedWalk{walk: w, carried: true, lost: lost}, nil
}

// keep writes down every desk that changed, and the time that was spent.
func (d *dialogue) keep() error {
	failed := []error{d.keepTime()}
	for _, k := range d.desks {
		if k.edits == k.kept {
			continue
		}
		w := k.walk()
		w.SavedAt = d.Now().UTC()
		if err := d.Store.SaveWalk(w, k.rubric); err != nil {
			failed = append(failed, fmt.Errorf("the unfinished walk on %s could not be kept: %w", clean.Line(k.person.Name), err))
			continue
		}
		k.kept = k.edits
	}
	return errors.Join(failed...)
}
