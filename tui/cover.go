package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/charmbracelet/bubbles/key"
)

// A cover hides the screen from whoever comes near: at once by a key, or by itself
// when no key was pressed for a while. The next key takes it away and does nothing
// else.

var keyCover = bind("P ctrl+p", "P", "blank the screen; any key brings it back")

// idle says that the time without a key may be over.
type idle struct{}

// coverNow hides the screen. What is counted meanwhile was not spent on anybody.
func (a *app) coverNow() {
	a.covered, a.keys = true, nil
	a.env.watch.Pause(a.env.now())
}

// uncover shows the screen again.
func (a *app) uncover() {
	a.covered = false
	a.env.watch.Resume(a.env.now())
	a.waitForIdle()
}

// waitForIdle starts the one timer that there is while nothing moves.
func (a *app) waitForIdle() {
	a.touched = a.env.now()
	if a.coverAfter <= 0 || a.idling {
		return
	}
	a.idling = true
	a.cmds = append(a.cmds, a.after(a.coverAfter, func(time.Time) tea.Msg { return idle{} }))
}

// nowIdle covers the screen, or waits for the rest of the time.
func (a *app) nowIdle() {
	a.idling = false
	rest := a.coverAfter - a.env.now().Sub(a.touched)
	if a.covered {
		return
	}
	if rest <= 0 {
		a.coverNow()
		return
	}
	a.idling = true
	a.cmds = append(a.cmds, a.after(rest, func(time.Time) tea.Msg { return idle{} }))
}

// wantsCover reports whether a key asks for the cover; a letter does not where text is
// written.
func wantsCover(k tea.KeyMsg, typing bool) bool {
	return key.Matches(k, keyCover) && !(typing && k.Type == tea.KeyRunes) && !k.Paste
}

// coverView is a screen that says nothing of what is behind it.
func (a *app) coverView() string {
	rows := make([]string, a.h)
	for i := range rows {
		rows[i] = spaces(a.w)
	}
	rows[a.h/2] = center(a.env.theme.faint.paint("Paused · any key goes on"), a.w)
	return joinRows(rows)
}
