package calibration

import "time"

// Stopwatch counts the time that a session spends on a person. Whoever holds one starts
// and stops it, lets it tick while it runs, and writes down what it has collected: so a
// crash loses less than a minute.
type Stopwatch struct {
	session, person, by string
	running, paused     bool
	before              time.Duration // spent on the person when it was started
	began               time.Time     // of what is not written down yet
	seen                time.Time     // the last tick: what screens show is of then
	left                []Event
}

// writeDownAfter is how much time may be counted and not written down.
const writeDownAfter = time.Minute

// Start counts for a person from now on. For the one it counts for already it goes on.
func (w *Stopwatch) Start(session, person, by string, spent time.Duration, now time.Time) {
	if w.running && w.session == session && w.person == person {
		return
	}
	w.Stop(now)
	*w = Stopwatch{session: session, person: person, by: by, running: true, before: spent, began: now, seen: now, left: w.left}
}

// Stop ends counting.
func (w *Stopwatch) Stop(now time.Time) {
	w.paused = false
	if w.running {
		w.collect(now)
		w.running = false
	}
}

// Pause holds the count until Resume.
func (w *Stopwatch) Pause(now time.Time) {
	if w.running {
		w.Stop(now)
		w.paused = true
	}
}

// Resume goes on with what Pause held.
func (w *Stopwatch) Resume(now time.Time) {
	if w.paused {
		w.running, w.paused, w.began, w.seen = true, false, now, now
	}
}

// Tick moves what is shown, and collects what has become a minute.
func (w *Stopwatch) Tick(now time.Time) {
	if !w.running {
		return
	}
	w.seen = now
	if now.Sub(w.began) >= writeDownAfter {
		w.collect(now)
	}
}

// collect makes an event of the whole seconds that were counted.
func (w *Stopwatch) collect(now time.Time) {
	const most = 24 * time.Hour // of one event; a laptop that slept for longer was not spent on anybody
	spent := min(now.Sub(w.began), most).Truncate(time.Second)
	if spent < time.Second {
		return
	}
	w.left = append(w.left, Event{
		Session: w.session, Kind: Spent, Person: w.person, By: w.by, Seconds: int(spent / time.Second),
	})
	w.before += spent
	w.began = w.began.Add(spent)
}

// Spent is the time spent on a person, as of the last tick, where so much was when the
// room was read.
func (w *Stopwatch) Spent(session, person string, read time.Duration) time.Duration {
	if !w.running || w.session != session || w.person != person {
		return read
	}
	return w.before + max(0, w.seen.Sub(w.began))
}

// Running reports whether time is being counted.
func (w *Stopwatch) Running() bool { return w.running }

// Take hands out what was collected and is to be written down, once.
func (w *Stopwatch) Take() []Event {
	left := w.left
	w.left = nil
	return left
}
