package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// screen is one page of the app.
type screen interface {
	// Init returns the command that loads what the screen shows, nil if nothing.
	// The screen gets no key before the result.
	Init() tea.Cmd
	// Update takes a single key, the size that the screen has, or the result of one
	// of its own commands. It changes the screen in place and never blocks.
	Update(tea.Msg) reply
	// View draws the screen into w × h cells, which may be less than the size that
	// it was told, and changes nothing.
	View(w, h int) string
	// Keys are the keys that work now, the most useful first: the footer shows as
	// many as fit, help shows all.
	Keys() []key.Binding
	// Title says in a few words which page this is.
	Title() string
	// About says in a sentence or two what the page is for; help begins with it.
	About() string
	// Typing reports that a text field has the focus, so that letters are text.
	Typing() bool
}

// holder is a screen whose work would be gone with it: q goes to the screen, which asks
// before it is left. Only ctrl+c still ends the app at once.
type holder interface{ Holds() bool }

func holds(s screen) bool {
	h, ok := s.(holder)
	return ok && h.Holds()
}

// reply is what a screen asks of the root in answer to a message. It is carried
// out before the next key is looked at, so that of keys that arrive in one read
// each meets the screen that the one before it opened.
type reply struct {
	cmd    tea.Cmd // work for the store; its result comes back to this screen
	wait   bool    // no key reaches this screen before that
	long   *long   // that the work may be; nil: it is not
	pop    bool    // leave this screen (before push, so that both replace it)
	push   screen  // open another one on top
	below  tea.Msg // with pop: what the screen below is told, instead of resumed
	home   tea.Msg // go back to the first screen and tell it this
	status status  // shown in the footer
	edited *desk   // work in progress that changed and wants to be kept

	outside func() error // an app of its own that has the terminal until it is left
}

// status is a line for the footer. Information goes with the next key; an error
// stays until it is dismissed, or settled by information about the same thing.
type status struct {
	text    string
	error   bool
	settles any // what it is about; nil: nothing that could be settled
}

func info(text string) status { return status{text: text} }

func failure(err error) status {
	if err == nil {
		return status{}
	}
	return status{text: err.Error(), error: true}
}

// about says what a status is about.
func (s status) about(what any) status {
	s.settles = what
	return s
}

// resumed tells a screen that it is on top again, after the one above it left.
type resumed struct{}
