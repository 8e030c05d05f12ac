package tui

import (
	"context"
	"slices"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/report"
	"calibrate/rubric"
)

// env is what screens are made with.
type env struct {
	store      Store
	rubric     *rubric.Rubric
	rubricFor  func(calibration.Person) *rubric.Rubric // nil: rubric for everybody
	byRole     func(calibration.Person) *rubric.Rubric // for who comes onto an agenda; nil: as rubricFor says
	rubrics    []*rubric.Rubric                        // of a session that has several; else nil
	reviewer   string
	session    string // id of the session that placements belong to; empty: none
	now        func() time.Time
	save       func(context.Context, report.Written) error // nil: views are not written to files
	guideline  calibration.Guideline
	mouse      bool                     // it acts
	within     bool                     // leaving goes back to another app
	edit       Edit                     // nil: the user's own editor cannot be opened
	left       func() ([]string, error) // texts that nobody read; nil: none are looked for
	demo       func() error
	canSuspend func() bool // nil: it can always be suspended
	theme      theme
	wrapper    *wrapper
	sitting    calibration.Sitting    // what placing is for
	watch      *calibration.Stopwatch // of the session that is run
	names      *names                 // that people go by on the screen
}

// app is the root model.
type app struct {
	env      *env
	w, h     int
	stack    []screen
	help     *help
	status   status
	here     spot         // where one was last that ctrl+o can go back to
	jumps    []spot       // where one was before
	jumping  bool         // on the way to one of them
	unread   []status     // errors that came while another was not read yet
	keys     []tea.KeyMsg // that wait for the screen on top
	jobs     []job        // that wait for the store; the first one runs
	desks    []*desk      // with work that may not be kept yet
	ticking  bool         // an autosave is due
	leaving  bool         // quit as soon as everything is kept
	stuck    bool         // leaving failed: what was to be kept could not be
	beating  bool         // a tick of the stopwatch is due
	covered  bool         // nothing is shown
	going    string       // how far long work has come, when it was last looked at
	watching bool         // the next look at it is due
	idling   bool         // a look at how long no key was pressed is due
	touched  time.Time    // when the last key was pressed
	cmds     []tea.Cmd    // what this update asks the runtime to run
	crash    func(trace []byte) string
	outside  screen // that the terminal was left to others for; nil: it is ours

	suspending bool // stop as soon as everything is kept
	cannotKeep bool // what was to be kept before that could not be

	// execute is tea.Exec
	execute func(tea.ExecCommand, tea.ExecCallback) tea.Cmd
	after   func(time.Duration, func(time.Time) tea.Msg) tea.Cmd // tea.Tick

	coverAfter time.Duration // without a key; 0: never
	aliases    bool          // people go by aliases from the start
}

// ended asks the app to end, whether or not its work can be kept.
type ended struct{}

func newApp(e *env) *app {
	e.watch = &calibration.Stopwatch{}
	if e.names == nil {
		e.names = &names{}
	}
	return &app{env: e, stack: []screen{newPeople(e)}, after: tea.Tick, execute: tea.Exec}
}

func (a *app) top() screen { return a.stack[len(a.stack)-1] }

func (a *app) Init() tea.Cmd {
	if a.aliases {
		a.enqueue(job{cmd: a.env.readNames()})
	}
	a.load(a.top())
	if a.env.left != nil {
		a.enqueue(job{cmd: a.env.readLeft})
	}
	a.waitForIdle()
	return a.answer()
}

// Update routes: sizes to every screen; results to the one that asked; keys to
// help, to the text field or the screen on top, after those that mean the same
// everywhere. Only ctrl+c is unconditional.
func (a *app) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	defer func() {
		if p := recover(); p != nil {
			a.fell(p)
		}
		a.noteSpot()
		a.clock()
		a.watch()
		m, cmd = a, a.answer()
	}()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
		for _, s := range a.stack {
			a.tell(s, a.room())
		}
	case finished:
		a.finish(msg)
	case tea.KeyMsg:
		if msg.Type == tea.KeyCtrlC {
			a.quit()
			break
		}
		if a.covered {
			a.uncover()
			break
		}
		a.waitForIdle()
		if !a.impatient(msg) {
			a.keys = append(a.keys, split(msg)...)
		}
	case returned:
		a.takeBack(msg)
	case tea.ResumeMsg:
		a.comeBack()
	case tea.MouseMsg:
		a.point(msg)
	case autosave:
		a.ticking = false
		a.keep()
	case beat:
		a.beating = false
		a.env.watch.Tick(a.env.now())
	case glanced:
		a.glance()
	case idle:
		a.nowIdle()
	case ended:
		a.cmds = append(a.cmds, tea.Quit) // Run keeps what is left
	}
	a.drain()
	return a, nil
}

// answer is what the runtime is asked to run after an update.
func (a *app) answer() tea.Cmd {
	cmds := a.cmds
	a.cmds = nil
	return tea.Batch(cmds...)
}

// room is the size that screens draw into: all but the footer.
func (a *app) room() tea.WindowSizeMsg {
	return tea.WindowSizeMsg{Width: a.w, Height: max(0, a.h-1)}
}

// drain takes the keys that arrived, one after the other, for as long as the
// screen on top has what it needs to answer them.
func (a *app) drain() {
	for len(a.keys) > 0 && !a.waits(a.top()) {
		k := a.keys[0]
		a.keys = a.keys[1:]
		if k.Alt && k.Type == tea.KeyRunes && !a.top().Typing() {
			// No command is an alt key: this is esc and a key that arrived in one read.
			k.Alt = false
			a.press(tea.KeyMsg{Type: tea.KeyEsc})
			a.keys = append([]tea.KeyMsg{k}, a.keys...)
			continue
		}
		a.press(k)
	}
}

func (a *app) press(k tea.KeyMsg) {
	if a.status.error && k.Type == tea.KeyEsc {
		a.acknowledge()
		return
	}
	if !a.status.error {
		a.acknowledge()
	}
	typing := a.top().Typing()
	switch {
	case wantsCover(k, typing):
		a.coverNow()
	case k.Paste && (!typing || a.help != nil):
		a.say(info("pasted text goes into a text field; there is none here"))
	case a.help != nil:
		if a.help.update(k, a.room()) {
			a.help = nil
		}
	case key.Matches(k, keySuspend):
		a.suspend()
	case a.wantsEditor(k):
		a.openEditor()
	case typing:
		a.tell(a.top(), k)
	case key.Matches(k, keyHelp):
		a.help = newHelp(a.env, a.top())
	case key.Matches(k, keyJump):
		a.jumpBack()
	case key.Matches(k, keyNames):
		a.turnNames()
	case key.Matches(k, keyQuit) && !holds(a.top()):
		a.quit()
	default:
		a.tell(a.top(), k)
	}
}

// acknowledge takes away an error that was read, and shows the next one.
func (a *app) acknowledge() {
	a.status = status{}
	if len(a.unread) > 0 {
		a.status, a.unread = a.unread[0], a.unread[1:]
	}
}

// maxUnread is how many errors wait at most: nobody reads more.
const maxUnread = 20

// say puts a status into the footer. An error that was not read yet stays: nothing takes
// its place but what settles it, and another error waits until it was read.
func (a *app) say(s status) {
	about := func(o status) bool { return s.settles != nil && s.settles == o.settles }
	if s.error || s.settles != nil {
		a.unread = slices.DeleteFunc(a.unread, about)
	}
	switch {
	case about(a.status):
		a.status = s
		if s.text == "" {
			a.acknowledge()
		}
	case s.error && a.status.error:
		if len(a.unread) < maxUnread && s.text != a.status.text && !slices.ContainsFunc(a.unread, func(o status) bool { return o.text == s.text }) {
			a.unread = append(a.unread, s)
		}
	case s.error || s.text != "" && !a.status.error:
		a.status = s
	}
}

// tell hands a message to a screen and carries out what it asks for.
func (a *app) tell(s screen, msg tea.Msg) {
	r := s.Update(msg)
	a.writeTimes()
	a.say(r.status)
	if r.edited != nil {
		a.track(r.edited)
	}
	if r.cmd != nil {
		a.enqueue(job{to: s, cmd: r.cmd, wait: r.wait, long: r.long})
	}
	if r.outside != nil {
		a.demonstrate(s, r.outside)
	}
	switch {
	case r.home != nil:
		a.leave(1)
		a.tell(a.top(), r.home)
	case r.pop && r.push == nil:
		a.back(s, r.below)
	case r.pop:
		a.leave(a.depth(s))
		a.open(r.push)
	case r.push != nil:
		a.open(r.push)
	}
}

// open puts a screen on top.
func (a *app) open(s screen) {
	a.stack = append(a.stack, s)
	a.load(s)
	a.tell(s, a.room())
}

// load has a screen fetch what it shows before it takes a key.
func (a *app) load(s screen) {
	j := job{to: s, cmd: s.Init(), wait: true}
	if l, ok := s.(lengthy); ok {
		j.long = l.Loading()
	}
	if j.cmd != nil {
		a.enqueue(j)
	}
}

// back returns from a screen to the one below it, with something to tell it.
func (a *app) back(s screen, below tea.Msg) {
	if below == nil {
		below = resumed{}
	}
	if a.depth(s) == 0 { // there is nowhere to go back to
		a.quit()
		return
	}
	a.leave(a.depth(s))
	a.tell(a.top(), below)
}

// leave goes back until so many screens are left; the first one stays. What was
// done on those that go is kept at once.
func (a *app) leave(screens int) {
	a.stack = a.stack[:max(1, screens)]
	a.giveUp(false)
	a.keep()
}

// depth is how many screens there are below a screen; one that has gone counts
// as lying on top of all.
func (a *app) depth(s screen) int {
	if i := slices.Index(a.stack, s); i >= 0 {
		return i
	}
	return len(a.stack)
}
