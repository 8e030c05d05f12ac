package tui

import (
	"fmt"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Work in progress is written down within [autosaveAfter] of a change, when its
// screen is left, and before the app ends. A timer runs only while something is
// unkept.

// autosaveAfter is how long a change may wait to be written down.
const autosaveAfter = time.Second

// autosave says that the timer has run out.
type autosave struct{}

// kept is what writing a desk down came to.
type kept struct {
	desk  *desk
	edits int // how many of the desk's changes were written
	err   error
}

// track remembers that a desk changed and sees to it that it is kept soon.
func (a *app) track(d *desk) {
	a.stuck = false
	if !slices.Contains(a.desks, d) {
		a.desks = append(a.desks, d)
	}
	if !a.ticking {
		a.ticking = true
		a.cmds = append(a.cmds, a.after(autosaveAfter, func(time.Time) tea.Msg { return autosave{} }))
	}
}

// keep has every desk that changed written down, and reports whether there was
// one.
func (a *app) keep() bool {
	found := false
	for _, d := range a.desks {
		if d.unkept() {
			a.enqueue(a.keeping(d))
			found = true
		}
	}
	return found
}

func (a *app) keeping(d *desk) job {
	walk, edits, store := d.snapshot(a.env.now()), d.edits, a.env.store
	return job{cmd: func() tea.Msg { return kept{d, edits, d.write(store, walk, edits)} }}
}

func (a *app) noteKept(k kept) {
	if k.desk == nil { // a file that was to be removed
		a.say(failure(k.err))
		return
	}
	if k.err != nil {
		a.cannotKeep = a.suspending
		err := unkeptError(k.desk, k.err)
		if a.leaving {
			err = fmt.Errorf("%w; quit again to leave without it", err)
		}
		a.stuck, a.leaving = a.leaving, false
		a.say(failure(err).about(k.desk))
		return
	}
	k.desk.kept = max(k.desk.kept, k.edits)
	a.desks = slices.DeleteFunc(a.desks, func(d *desk) bool { return !d.unkept() })
	a.say(status{settles: k.desk})
}

// quit ends the app once everything is kept. Asked for again, while that takes its
// time or after it has failed, it ends all the same.
func (a *app) quit() {
	if a.leaving || a.stuck {
		a.cmds = append(a.cmds, tea.Quit)
		return
	}
	a.leaving = true
	a.giveUp(true)
	a.env.watch.Stop(a.env.now())
	a.clock()
	a.quitWhenKept()
}

func (a *app) quitWhenKept() {
	if a.leaving && !a.keep() && len(a.jobs) == 0 {
		a.cmds = append(a.cmds, tea.Quit)
	}
}

// flush keeps what is left after the interface has ended, however it ended.
func (a *app) flush() error {
	a.env.watch.Stop(a.env.now())
	for _, e := range a.env.watch.Take() {
		if _, err := a.env.store.Record(e); err != nil {
			return fmt.Errorf("the time spent was not written down: %w", err)
		}
	}
	for _, d := range a.desks {
		if !d.unkept() {
			continue
		}
		if err := d.write(a.env.store, d.snapshot(a.env.now()), d.edits); err != nil {
			return fmt.Errorf("an unfinished walk could not be kept: %w", err) // no name: this stays in the terminal
		}
		d.kept = d.edits
	}
	return nil
}

func unkeptError(d *desk, err error) error {
	return fmt.Errorf("the unfinished walk on %s could not be kept: %w", line(d.person.Name), err)
}
