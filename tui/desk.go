package tui

import (
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/rubric"
)

// desk is the work in progress on one person: what Walk, Neighbours, Search and
// Place look at together. The root writes it down when it changed; edits and
// kept tell how far the writing has come.
type desk struct {
	rubric    *rubric.Rubric
	stage     calibration.Stage // that saved is about; empty: any
	person    calibration.Person
	history   calibration.History
	decisions []calibration.Decision // all about the person, oldest first
	sessions  []calibration.Session
	saved     map[string]calibration.Decision  // the latest that this walk has led to, by dimension
	earlier   map[string][]calibration.Earlier // what was decided before, by dimension

	shares map[string][columns]int // how much text each column has, by dimension

	edits, kept int

	disk    sync.Mutex // held while writing
	written int        // how many changes the state on disk has
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

// moment stands for all that a desk holds, and what people are called: as long as it is
// the same, so is what is drawn of the desk.
type moment struct {
	desk               *desk
	edits, made, names int
}

func (e *env) moment(d *desk) moment { return moment{d, d.edits, len(d.decisions), e.wrapper.names} }

func (d *desk) unkept() bool { return d.edits > d.kept }

// snapshot is what autosaving writes: the walk as it is, with the time.
func (d *desk) snapshot(now time.Time) calibration.Walk {
	w := d.walk()
	w.SavedAt = now.UTC()
	return w
}

// write puts a snapshot on disk, unless a later one is there. It may be called
// beside the interface: when that ends, what is left is written at once, and a
// job that is still under way must not come after it.
func (d *desk) write(store Store, snapshot calibration.Walk, edits int) error {
	d.disk.Lock()
	defer d.disk.Unlock()
	if edits <= d.written {
		return nil
	}
	if err := store.SaveWalk(snapshot, d.rubric); err != nil {
		return err
	}
	d.written = edits
	return nil
}

// forget empties the walk: who sits down next finds nothing of it.
func (d *desk) forget() {
	w := d.walk()
	d.history = calibration.History{Now: calibration.NewWalk(d.rubric, w.Person, w.Reviewer, w.Session)}
	d.edits++
}

// record takes in decisions about the person, later ones than it has.
func (d *desk) record(made ...calibration.Decision) {
	d.decisions = append(d.decisions, made...)
	w := d.walk()
	d.saved = map[string]calibration.Decision{}
	for _, made := range calibration.Current(d.decisions) {
		if d.stage != "" && made.Stage != d.stage {
			continue
		}
		if made.Reviewer == w.Reviewer && made.Session == w.Session && made.ID > d.saved[made.Dimension].ID {
			d.saved[made.Dimension] = made
		}
	}
	d.earlier = map[string][]calibration.Earlier{}
	for _, dimension := range d.rubric.Dimensions {
		d.earlier[dimension] = calibration.EarlierOn(d.decisions, d.sessions, dimension, w.Session)
	}
}

// opened is the desk that opening laid out.
type opened struct {
	desk    *desk
	carried bool // the walk was begun under another rubric
	lost    int  // marks that this left without a statement
	err     error
}

// openDesk is the job that loads the work in progress on a person, or starts it.
func (e *env) openDesk(p calibration.Person) tea.Cmd {
	return func() tea.Msg {
		o := opened{desk: &desk{rubric: e.rubric, stage: e.sitting.Stage, person: p}}
		o.err = o.load(e)
		return o
	}
}

func (o *opened) load(e *env) (err error) {
	d := o.desk
	var decisions []calibration.Decision
	if !e.sitting.Blind { // who votes blind sees nothing of what was decided before, either
		if decisions, err = e.store.DecisionsOf(d.person.ID); err != nil {
			return err
		}
		if d.sessions, err = e.store.Sessions(); err != nil {
			return err
		}
	}
	w, found, err := e.store.Walk(d.person.ID, e.reviewer, e.session)
	if err != nil {
		return err
	}
	switch {
	case found && (len(w.Tracks) > 0 || e.sitting.Begin == nil):
	case e.sitting.Begin != nil:
		w = e.sitting.Begin(d.person.ID, e.reviewer)
	default:
		w = calibration.NewWalk(e.rubric, d.person.ID, e.reviewer, e.session)
	}
	if w.Rubric != e.rubric.Hash() {
		old, err := e.store.Rubric(w.Rubric)
		if err != nil {
			return err
		}
		w, o.lost = w.Carry(old, e.rubric)
		o.carried = true
		d.edits++
	}
	d.history = calibration.History{Now: w}
	d.shares = sharesOf(e.rubric)
	d.record(decisions...)
	return nil
}
