package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// screen is one page of the app.
type screen interface {
	// Init returns the command that loads what the screen shows, nil if nothing.
	Init() tea.Cmd
	// Update takes a single key, a size, or the result of one of the screen's own
	// commands. It changes the screen in place and never blocks.
	Update(tea.Msg) reply
	// View draws the screen into w × h cells. It is pure.
	View(w, h int) string
	// Keys are the keys that work now, the most useful first: the footer shows as
	// many as fit, help shows all.
	Keys() []key.Binding
	// Title says in a few words which page this is.
	Title() string
	// Busy reports that the screen waits for a command; keys are kept until it ends.
	Busy() bool
	// Typing reports that a text field has the focus, so that letters are text.
	Typing() bool
}

// reply is what a screen asks of the root in answer to a message. It is carried
// out before the next key is looked at, so that of keys that arrive in one read
// each meets the screen that the one before it opened.
type reply struct {
	cmd    tea.Cmd // run beside the interface; its result comes back to this screen
	pop    bool    // leave this screen (before push, so that both replace it)
	push   screen  // open another one on top
	home   tea.Msg // go back to the first screen and tell it this
	status status  // shown in the footer
	edited *desk   // work in progress that changed and wants to be kept
	quit   bool
}

// status is a line for the footer. Information goes with the next key; an error
// stays until it is dismissed.
type status struct {
	text  string
	error bool
}

func info(text string) status { return status{text: text} }

func failure(err error) status {
	if err == nil {
		return status{}
	}
	return status{text: err.Error(), error: true}
}

// resumed tells a screen that it is on top again, after the one above it left.
type resumed struct{}
