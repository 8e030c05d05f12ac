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

// track remembers that a desk changed and sees to it that it is kept soon.
func (a *app) track(d *desk) {
	if !slices.Contains(a.desks, d) {
		a.desks = append(a.desks, d)
	}
	if !a.ticking {
		a.ticking = true
		a.cmds = append(a.cmds, a.after(autosaveAfter, func(time.Time) tea.Msg { return autosave{} }))
	}
}

// keep starts writing down every desk that changed and reports whether there was
// one.
func (a *app) keep() bool {
	any := false
	for _, d := range a.desks {
		if d.unkept() {
			a.cmds = append(a.cmds, a.keepDesk(d))
			any = true
		}
	}
	return any
}

func (a *app) keepDesk(d *desk) tea.Cmd {
	walk, edits, store, rubric := d.snapshot(a.env.now()), d.edits, a.env.store, d.rubric
	return func() tea.Msg {
		return kept{desk: d, edits: edits, err: store.SaveWalk(walk, rubric)}
	}
}

func (a *app) noteKept(k kept) {
	if k.err != nil {
		a.leaving = false
		a.status = failure(fmt.Errorf("the unfinished walk could not be kept: %w", k.err))
		return
	}
	k.desk.kept = max(k.desk.kept, k.edits)
	a.desks = slices.DeleteFunc(a.desks, func(d *desk) bool { return !d.unkept() })
	if a.leaving && len(a.desks) == 0 {
		a.cmds = append(a.cmds, tea.Quit)
	}
}

// quit ends the app once everything is kept. Asked for again after keeping
// failed, it ends all the same.
func (a *app) quit() {
	failed := a.status.error && len(a.desks) > 0
	a.leaving = true
	if failed || !a.keep() {
		a.cmds = append(a.cmds, tea.Quit)
	}
}

// flush keeps what is left after the interface has ended, however it ended.
func (a *app) flush() error {
	for _, d := range a.desks {
		if !d.unkept() {
			continue
		}
		if err := a.env.store.SaveWalk(d.snapshot(a.env.now()), d.rubric); err != nil {
			return fmt.Errorf("the unfinished walk on %s could not be kept: %w", line(d.person.Name), err)
		}
		d.kept = d.edits
	}
	return nil
}
