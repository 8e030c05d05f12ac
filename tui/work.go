package tui

import (
	"errors"
	"fmt"
	"runtime/debug"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// Whatever needs the store is a job, and jobs run one at a time in the order in
// which they were asked for. The runtime would run commands side by side, so that
// a walk could be read before what was just written to it, and an older state be
// written after a newer one.

// job is a command that waits its turn.
type job struct {
	to   screen // who is told what it came to; nil: the root
	cmd  tea.Cmd
	wait bool // the screen takes no key until then
	long *long
}

// finished is what a job came to.
type finished struct {
	job  job
	msg  tea.Msg
	fell error // a panic in it
}

// abandoned tells the first screen, which cannot be left, that its job fell.
type abandoned struct{}

func (a *app) enqueue(j job) {
	a.jobs = append(a.jobs, j)
	if len(a.jobs) == 1 {
		a.start()
	}
}

// start runs the first job. A panic in it is reported: the runtime would end the
// app and swallow the trace.
func (a *app) start() {
	j, report := a.jobs[0], a.report
	a.cmds = append(a.cmds, func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				msg = finished{job: j, fell: report(p)}
			}
		}()
		return finished{job: j, msg: j.cmd()}
	})
}

// finish brings a job's result to whom it concerns, if it is still there, and
// starts the next one.
func (a *app) finish(f finished) {
	a.jobs, a.going = a.jobs[1:], ""
	if f.job.long != nil {
		f.job.long.giveUp() // nobody needs its context any more
	}
	if len(a.jobs) > 0 {
		a.start()
	}
	a.say(failure(f.fell))
	k, ok := f.msg.(kept)
	time, isTime := f.msg.(timed)
	aliases, areAliases := f.msg.(aliased)
	laidOut, forEditor := f.msg.(begun)
	file, isFile := f.msg.(wrote)
	left, areLeft := f.msg.(leftOver)
	at := slices.Index(a.stack, f.job.to)
	switch {
	case ok:
		a.noteKept(k)
	case forEditor:
		a.edit(laidOut)
	case areAliases:
		a.alias(aliases)
	case areLeft:
		a.tellLeft(left)
	case isTime && time.err != nil:
		a.say(failure(fmt.Errorf("the time spent was not written down: %w", time.err)))
	case at < 0 && isFile:
		a.say(file.told())
	case at < 0:
	case f.fell == nil:
		a.tell(f.job.to, f.msg)
	case at == 0:
		a.tell(f.job.to, abandoned{})
	case f.job.wait:
		a.back(f.job.to, nil)
	}
	a.quitWhenKept()
	a.suspendWhenKept()
}

// waits reports whether a screen waits for the result of a job.
func (a *app) waits(s screen) bool {
	return a.outside != nil || slices.ContainsFunc(a.jobs, func(j job) bool { return j.wait && j.to == s })
}

// fell keeps a panic while a message was handled from taking what was typed with
// it: the trace is written down, the keys behind it are dropped, and the app says
// so and goes on.
func (a *app) fell(p any) {
	a.keys = nil
	a.say(failure(a.report(p)))
}

func (a *app) report(p any) error {
	text := "something went wrong inside calibrate"
	if a.crash != nil {
		if where := a.crash(fmt.Appendf(nil, "%v\n\n%s", p, debug.Stack())); where != "" {
			text += "; " + where
		}
	}
	return errors.New(text)
}
