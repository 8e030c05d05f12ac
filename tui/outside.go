package tui

import (
	"errors"
	"fmt"
	"io"
	"os/exec"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/internal/editfile"
)

// This file is what leaves the terminal to others for a while: the user's own editor, and
// the shell that the app is suspended to. What is unkept is written down before, no time
// is counted meanwhile, and afterwards the screen is drawn anew.

var keyEditor = bind("ctrl+e", "ctrl+e", "your editor; $VISUAL or $EDITOR, for a long text")

// writer is a screen with long texts, which the user's own editor can be opened on.
type writer interface {
	// Writing is the long text under the cursor, nil if there is none, and why an editor
	// may not have it; "": it may.
	Writing() (text *editor, sealed string)
}

// sealedBlind says why no editor opens where somebody votes blind.
const sealedBlind = "no other editor while somebody votes blind: it may keep what was written for the next one to see"

// Edit opens the user's own editor on a text.
type Edit func(text string, most int) (*Editing, error)

// Editing is a text that lies in a file, and the editor for it.
type Editing struct {
	File   *editfile.File
	Editor *exec.Cmd
	Before func() // called before the editor begins, and
	After  func() // after it has ended
}

// begun is a text that was laid out for the editor.
type begun struct {
	editing *Editing
	screen  screen
	fits    func(text string) bool // whether there is room for it in the field
	err     error
}

// keyRewritten carries what an editor wrote into a text field, along the way that keys go.
const keyRewritten tea.KeyType = -1000

// wantsEditor reports whether a key asks for the editor, on a screen that has a text for it.
func (a *app) wantsEditor(k tea.KeyMsg) bool {
	w, ok := a.top().(writer)
	if !ok || !key.Matches(k, keyEditor) {
		return false
	}
	text, _ := w.Writing()
	return text != nil
}

// openEditor lays the text under the cursor out for the user's own editor.
func (a *app) openEditor() {
	top := a.top()
	text, sealed := top.(writer).Writing()
	edit := a.env.edit
	switch {
	case sealed != "":
		a.say(info(sealed))
		return
	case edit == nil:
		a.say(info("there is no other editor here"))
		return
	}
	a.keep()
	content, most := text.text, 4*text.limit // cleaning may make it shorter
	field := editor{lines: text.lines, limit: text.limit}
	fits := func(text string) bool { return len(field.clean(text)) <= field.limit }
	a.enqueue(job{to: top, wait: true, cmd: func() tea.Msg {
		editing, err := edit(content, most)
		return begun{editing, top, fits, err}
	}})
}

// edit leaves the terminal to the editor.
func (a *app) edit(b begun) {
	switch {
	case b.err != nil:
		a.say(failure(b.err))
	case a.leaving:
		a.enqueue(job{cmd: func() tea.Msg { return kept{err: b.editing.File.Remove()} }})
	default:
		a.lend(b.screen, inFront{b.editing.Editor}, b.editing.Before, b.collect)
	}
}

// leftOver is texts that an editor wrote and nobody read.
type leftOver struct {
	paths []string
	err   error
}

func (e *env) readLeft() tea.Msg {
	paths, err := e.left()
	return leftOver{paths, err}
}

// tellLeft says which texts of an earlier time were not taken in: it ended before its
// editor did. Where they belong is for who wrote them to say.
func (a *app) tellLeft(l leftOver) {
	for _, path := range l.paths {
		a.say(status{error: true, text: "an earlier calibrate ended before the editor did: what was written is in " + line(path) + "; copy it where it belongs, and delete that folder"})
	}
	a.say(failure(l.err))
}

// inFront is a program that has the terminal.
type inFront struct{ *exec.Cmd }

func (c inFront) SetStdin(r io.Reader) {
	if c.Stdin == nil {
		c.Stdin = r
	}
}
func (c inFront) SetStdout(w io.Writer) {
	if on, ok := w.(*canvas); ok {
		w = on.terminal // what is no file would be a pipe to the program
	}
	c.Stdout = w
}
func (c inFront) SetStderr(w io.Writer) { c.Stderr = w }

// lend leaves the terminal to a command. done says what came of it, beside the interface.
func (a *app) lend(to screen, c tea.ExecCommand, before func(), done func(error) tea.Msg) {
	a.outside = to
	a.env.watch.Pause(a.env.now())
	before()
	report := a.report
	a.cmds = append(a.cmds, a.execute(c, func(failed error) (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				msg = returned{err: report(p)}
			}
		}()
		return done(failed)
	}))
}

// collect reads what was edited, and takes the file away, unless it holds what the field
// does not get.
func (b begun) collect(failed error) tea.Msg {
	b.editing.After()
	r := returned{screen: b.screen}
	file := b.editing.File
	if failed != nil {
		r.err = fmt.Errorf("the editor ended with an error; the text is as it was before: %w", failed)
		if path := file.Written(); path != "" {
			r.err = fmt.Errorf("%w; what you wrote is in %s", r.err, path)
			return r
		}
	} else if text, all, err := file.Read(); err != nil {
		r.err = err
	} else {
		r.edited, r.text = true, text
		if !all || !b.fits(text) {
			r.err = fmt.Errorf("there is no room for all that you wrote; it is in %s", file.Written())
			return r
		}
	}
	r.err = errors.Join(r.err, file.Remove())
	return r
}

// returned says that the terminal is ours again, and what came of lending it.
type returned struct {
	screen screen // that asked for it
	edited bool   // text is what an editor wrote for its field
	text   string
	words  string // for the status line
	err    error
}

// takeBack goes on where the app was before the terminal was lent.
func (a *app) takeBack(r returned) {
	a.outside = nil
	a.comeBack()
	a.say(info(r.words))
	a.say(failure(r.err))
	w, ok := r.screen.(writer)
	if !ok || !r.edited {
		return
	}
	if text, _ := w.Writing(); text != nil && text.text != text.clean(r.text) {
		a.tell(r.screen, tea.KeyMsg{Type: keyRewritten, Runes: []rune(r.text), Paste: true})
	}
}

// comeBack is what is done when the terminal is ours again. Bubble Tea asks for the mouse
// when it begins, and not again.
func (a *app) comeBack() {
	if !a.covered {
		a.env.watch.Resume(a.env.now())
	}
	a.waitForIdle()
	if a.env.mouse {
		a.cmds = append(a.cmds, tea.EnableMouseCellMotion)
	}
}

// demonstrate leaves the terminal to an app on invented people.
func (a *app) demonstrate(from screen, open func() error) {
	a.keep()
	a.lend(from, demonstration(open), func() {}, func(failed error) tea.Msg {
		r := returned{words: "that was the demo; nothing of it is in your file"}
		if failed != nil {
			r.words, r.err = "", fmt.Errorf("the demo did not open: %w", failed)
		}
		return r
	})
}

// demonstration is the app on invented people, which takes the terminal itself.
type demonstration func() error

func (d demonstration) Run() error        { return d() }
func (demonstration) SetStdin(io.Reader)  {}
func (demonstration) SetStdout(io.Writer) {}
func (demonstration) SetStderr(io.Writer) {}

// suspend stops the app once everything is kept, if there is a shell to come back from.
func (a *app) suspend() {
	if a.env.canSuspend != nil && !a.env.canSuspend() {
		a.say(info("no shell is there to come back from: calibrate was not started from one"))
		return
	}
	a.suspending = true
	a.env.watch.Pause(a.env.now())
	a.writeTimes()
	a.suspendWhenKept()
}

// suspendWhenKept stops the app as soon as no work is left; what cannot be kept does not
// hold it up, for it is still there afterwards.
func (a *app) suspendWhenKept() {
	if a.suspending && (a.cannotKeep || !a.keep()) && len(a.jobs) == 0 {
		a.suspending, a.cannotKeep = false, false
		a.cmds = append(a.cmds, tea.Suspend)
	}
}
