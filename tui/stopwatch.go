package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// The root lets the stopwatch of the session tick while it runs, and writes down what it
// has counted.

// beat is a tick of the stopwatch.
type beat struct{}

// timed is what writing a time down came to.
type timed struct {
	event calibration.Event
	err   error
}

// writeTimes has what was counted written down, before anything that is asked for next.
func (a *app) writeTimes() {
	for _, e := range a.env.watch.Take() {
		store := a.env.store
		a.enqueue(job{cmd: func() tea.Msg {
			_, err := store.Record(e)
			return timed{e, err}
		}})
	}
}

// clock lets the stopwatch go on after an update of the app.
func (a *app) clock() {
	a.writeTimes()
	if a.env.watch.Running() && !a.beating {
		a.beating = true
		a.cmds = append(a.cmds, a.after(time.Second, func(time.Time) tea.Msg { return beat{} }))
	}
}
