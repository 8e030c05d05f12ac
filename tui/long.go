package tui

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/internal/pace"
)

// Work that may take long, such as comparing all that a company decided, says in the
// footer how far it has come, and ends when nobody waits for it any more: esc leaves the
// screen that asked for it, whether or not that takes keys meanwhile, and quitting does not
// wait either. A timer runs only while there is such work.

// long is long work of a screen. What it does calls step now and then.
type long struct {
	ctx    context.Context
	giveUp context.CancelFunc
	now    func() time.Time

	mu       sync.Mutex
	what     string // is done: "reading decisions"
	began    time.Time
	done, of int
}

// lengthy is a screen whose loading may take long.
type lengthy interface {
	// Loading is what the command of Init does.
	Loading() *long
}

func (e *env) long() *long {
	l := &long{now: e.now}
	l.ctx, l.giveUp = context.WithCancel(context.Background())
	return l
}

// step says how much of what is done, of how much; 0 is unknown. The error says that the
// work is to end.
func (l *long) step(what string, done, of int) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if what != l.what {
		l.what, l.began = what, l.now()
	}
	l.done, l.of = done, of
	return l.ctx.Err()
}

// words are how far the work has come, "" as long as there is nothing to say.
func (l *long) words() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	took := l.now().Sub(l.began)
	if l.done == 0 || took < pace.After || l.ctx.Err() != nil {
		return ""
	}
	return pace.Line(l.what, l.done, l.of, took)
}

// glanced is a look at how far the work has come.
type glanced struct{}

// running is the long work of the job that runs, nil if it has none.
func (a *app) running() *long {
	if len(a.jobs) == 0 {
		return nil
	}
	return a.jobs[0].long
}

// watch looks at long work again after a while.
func (a *app) watch() {
	if a.running() == nil || a.watching {
		return
	}
	a.watching = true
	wait := pace.Every
	if a.going == "" {
		wait = pace.After
	}
	a.cmds = append(a.cmds, a.after(wait, func(time.Time) tea.Msg { return glanced{} }))
}

// glance notes how far long work has come.
func (a *app) glance() {
	a.watching, a.going = false, ""
	if l := a.running(); l != nil && a.jobs[0].to == a.top() {
		a.going = l.words()
	}
}

// giveUp ends the long work of screens that are not there any more, or all of it.
func (a *app) giveUp(all bool) {
	for _, j := range a.jobs {
		if j.long != nil && (all || a.depth(j.to) == len(a.stack)) {
			j.long.giveUp()
		}
	}
}

// impatient leaves a screen that waits for long work, or the app, if that is asked for. The
// keys before were meant for what is given up.
func (a *app) impatient(k tea.KeyMsg) bool {
	top := a.top()
	waits := slices.ContainsFunc(a.jobs, func(j job) bool { return j.wait && j.to == top && j.long != nil })
	switch {
	case !waits || a.help != nil || a.depth(top) == 0:
		return false
	case k.Type == tea.KeyEsc:
		a.keys, a.going = nil, ""
		a.back(top, nil)
	case key.Matches(k, keyQuit) && !top.Typing() && !holds(top):
		a.keys = nil
		a.quit()
	default:
		return false
	}
	return true
}
