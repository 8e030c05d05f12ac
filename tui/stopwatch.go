package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// stopwatch counts the time that a session spends on a person. Screens start and stop
// it; the root lets it tick while it runs, and writes down what it has counted each
// minute and when it stops, so that a crash loses less than a minute.
type stopwatch struct {
	session, person, by string
	running, paused     bool
	before              time.Duration // spent on the person when it was started
	began               time.Time     // of what is not written down yet
	seen                time.Time     // the last tick: what screens show is of then
	left                []calibration.Event
}

// writeDownAfter is how much time may be counted and not written down.
const writeDownAfter = time.Minute

// beat is a tick of the stopwatch.
type beat struct{}

// timed is what writing a time down came to.
type timed struct {
	event calibration.Event
	err   error
}

// start counts for a person from now on. For the one it counts for already it goes on.
func (w *stopwatch) start(session, person, by string, spent time.Duration, now time.Time) {
	if w.running && w.session == session && w.person == person {
		return
	}
	w.stop(now)
	*w = stopwatch{session: session, person: person, by: by, running: true, before: spent, began: now, seen: now, left: w.left}
}

// stop ends counting.
func (w *stopwatch) stop(now time.Time) {
	w.paused = false
	if w.running {
		w.collect(now)
		w.running = false
	}
}

// pause holds the count until resume.
func (w *stopwatch) pause(now time.Time) {
	if w.running {
		w.stop(now)
		w.paused = true
	}
}

func (w *stopwatch) resume(now time.Time) {
	if w.paused {
		w.running, w.paused, w.began, w.seen = true, false, now, now
	}
}

// tick moves what is shown, and collects what has become a minute.
func (w *stopwatch) tick(now time.Time) {
	if !w.running {
		return
	}
	w.seen = now
	if now.Sub(w.began) >= writeDownAfter {
		w.collect(now)
	}
}

// collect makes an event of the whole seconds that were counted.
func (w *stopwatch) collect(now time.Time) {
	const most = 24 * time.Hour // of one event; a laptop that slept for longer was not spent on anybody
	spent := min(now.Sub(w.began), most).Truncate(time.Second)
	if spent < time.Second {
		return
	}
	w.left = append(w.left, calibration.Event{
		Session: w.session, Kind: calibration.Spent, Person: w.person, By: w.by, Seconds: int(spent / time.Second),
	})
	w.before += spent
	w.began = w.began.Add(spent)
}

// spent is the time spent on a person, as of the last tick, where so much was when the
// room was read.
func (w *stopwatch) spent(session, person string, read time.Duration) time.Duration {
	if !w.running || w.session != session || w.person != person {
		return read
	}
	return w.before + max(0, w.seen.Sub(w.began))
}

// writeTimes has what was counted written down, before anything that is asked for next.
func (a *app) writeTimes() {
	for _, e := range a.env.watch.left {
		store := a.env.store
		a.enqueue(job{cmd: func() tea.Msg {
			_, err := store.Record(e)
			return timed{e, err}
		}})
	}
	a.env.watch.left = nil
}

// clock lets the stopwatch go on after an update of the app.
func (a *app) clock() {
	a.writeTimes()
	if a.env.watch.running && !a.beating {
		a.beating = true
		a.cmds = append(a.cmds, a.after(time.Second, func(time.Time) tea.Msg { return beat{} }))
	}
}
