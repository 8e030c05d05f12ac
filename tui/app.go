package tui

import (
	"fmt"
	"runtime/debug"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/rubric"
)

// autosaveAfter is how long a change may wait to be written down.
const autosaveAfter = time.Second

// The smallest terminal that is drawn into.
const minWidth, minHeight = 60, 15

// env is what screens are made with.
type env struct {
	store    Store
	rubric   *rubric.Rubric
	reviewer string
	session  string // id of the session that placements belong to; empty: none
	now      func() time.Time
	theme    theme
	wrapper  *wrapper
}

// app is the root model.
type app struct {
	env     *env
	w, h    int
	stack   []screen
	queue   []tea.KeyMsg // keys that wait for a busy screen
	cmds    []tea.Cmd    // what this update asks the runtime to run
	status  status
	help    *help
	desks   []*desk // with work that may not be kept yet
	ticking bool    // an autosave is under way or due
	leaving bool    // quit as soon as everything is kept
	crash   func(stack []byte) string
	after   func(time.Duration, func(time.Time) tea.Msg) tea.Cmd // tea.Tick
}

// Messages of the root's own.
type (
	result struct { // what a screen's command came to
		to  screen
		msg tea.Msg
	}
	autosave struct{}
	kept     struct {
		desk  *desk
		edits int
		err   error
	}
	crashed struct{ text string }
	ended   struct{} // a signal asks the app to end
)

func newApp(e *env) *app {
	return &app{env: e, stack: []screen{newPeople(e)}, after: tea.Tick}
}

func (a *app) top() screen { return a.stack[len(a.stack)-1] }

func (a *app) Init() tea.Cmd { return a.run(a.top(), a.top().Init()) }

// Update routes: sizes and results to whom they concern; keys to help, to the
// text field or the screen on top, after those that mean the same everywhere.
// Only ctrl+c is unconditional.
func (a *app) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	defer a.recover()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
		for _, s := range a.stack {
			a.tell(s, msg)
		}
	case result:
		a.deliver(msg)
	case tea.KeyMsg:
		if msg.Type == tea.KeyCtrlC {
			a.quit()
			break
		}
		a.queue = append(a.queue, split(msg)...)
	case tea.ResumeMsg:
		a.queue = nil
	case autosave:
		a.ticking = false
		a.keep()
	case kept:
		a.noteKept(msg)
	case crashed:
		a.status = status{text: msg.text, error: true}
	case ended:
		a.quit()
	}
	a.drain()
	cmds := a.cmds
	a.cmds = nil
	return a, tea.Batch(cmds...)
}

// drain takes the keys that arrived, one after the other, for as long as the
// screen on top has what it needs to answer them.
func (a *app) drain() {
	for len(a.queue) > 0 && !a.top().Busy() {
		k := a.queue[0]
		a.queue = a.queue[1:]
		a.press(k)
	}
}

func (a *app) press(k tea.KeyMsg) {
	if a.status.error && k.Type == tea.KeyEsc {
		a.status = status{}
		return
	}
	if !a.status.error {
		a.status = status{}
	}
	typing := a.top().Typing()
	switch {
	case k.Paste && !typing:
		a.status = info("pasted text goes into a text field; there is none here")
	case a.help != nil:
		if a.help.update(k) {
			a.help = nil
		}
	case key.Matches(k, keySuspend):
		a.cmds = append(a.cmds, tea.Suspend)
	case typing:
		a.tell(a.top(), k)
	case key.Matches(k, keyHelp):
		a.help = newHelp(a.env, a.top())
	case key.Matches(k, keyQuit):
		a.quit()
	default:
		a.tell(a.top(), k)
	}
}

// tell hands a message to a screen and carries out what it asks for.
func (a *app) tell(s screen, msg tea.Msg) {
	r := s.Update(msg)
	if r.status.text != "" {
		a.status = r.status
	}
	if r.edited != nil {
		a.track(r.edited)
	}
	a.cmds = append(a.cmds, a.run(s, r.cmd))
	switch {
	case r.home != nil:
		a.leave(1)
	case r.pop:
		a.leave(len(a.stack) - 1)
	}
	switch {
	case r.home != nil:
		a.tell(a.top(), r.home)
	case r.push != nil:
		a.stack = append(a.stack, r.push)
		a.cmds = append(a.cmds, a.run(r.push, r.push.Init()))
		a.tell(r.push, tea.WindowSizeMsg{Width: a.w, Height: a.h})
	case r.pop:
		a.tell(a.top(), resumed{})
	}
	if r.quit {
		a.quit()
	}
}

// leave goes back until depth screens are left; the first one stays. What was
// done on those that go is kept at once.
func (a *app) leave(depth int) {
	a.stack = a.stack[:max(1, depth)]
	a.keep()
}

// deliver brings a command's result to the screen that asked for it, if it is
// still there.
func (a *app) deliver(r result) {
	for _, s := range a.stack {
		if s == r.to {
			a.tell(s, r.msg)
			return
		}
	}
}

// run addresses a screen's command, and turns a panic in it into a report: the
// runtime would swallow the trace.
func (a *app) run(s screen, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				msg = crashed{a.report(p)}
			}
		}()
		return result{to: s, msg: cmd()}
	}
}

// recover keeps a panic while handling a message from taking what was typed with
// it: the change is dropped, the trace is written down, and the app says so.
func (a *app) recover() {
	if p := recover(); p != nil {
		a.queue = nil
		a.status = status{text: a.report(p), error: true}
	}
}

func (a *app) report(p any) string {
	trace := fmt.Appendf(nil, "%v\n\n%s", p, debug.Stack())
	where := ""
	if a.crash != nil {
		where = a.crash(trace)
	}
	return "something went wrong inside calibrate; " + where
}

// View draws the screen on top, or help, and the footer.
func (a *app) View() string {
	if a.w == 0 || a.h == 0 {
		return ""
	}
	if a.w < minWidth || a.h < minHeight {
		return a.tooSmall()
	}
	body, keys := a.top().View, a.top().Keys()
	if a.help != nil {
		body, keys = a.help.view, a.help.keys()
	}
	return body(a.w, a.h-1) + "\n" + a.footer(keys)
}

func (a *app) footer(keys []key.Binding) string {
	t := a.env.theme
	switch {
	case a.status.error:
		return t.bad.paint(fit(spread(" ! "+line(a.status.text), "esc dismisses ", a.w), a.w))
	case a.status.text != "":
		return t.good.paint(fit(" "+line(a.status.text), a.w))
	}
	return t.footer(keys, a.w)
}

func (a *app) tooSmall() string {
	rows := []string{
		fmt.Sprintf("This terminal is %d × %d.", a.w, a.h),
		fmt.Sprintf("calibrate needs %d × %d.", minWidth, minHeight),
		"Nothing is lost: make it larger.",
	}
	return joinRows(page(rows, a.w, a.h))
}
