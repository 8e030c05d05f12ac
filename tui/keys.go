package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/internal/lines"
)

// bind declares a key as data: what it answers to, how it is called in the footer
// and in help, and what it does. The footer and help are drawn from the same
// values that Update matches, so they cannot tell of a key that does not work.
func bind(keys, name, does string) key.Binding {
	names := strings.Fields(keys)
	for i, n := range names {
		if n == "space" {
			names[i] = " "
		}
	}
	return key.NewBinding(key.WithKeys(names...), key.WithHelp(name, does))
}

// pressOf is what pressing a binding's key comes to; a binding of several keys that mean
// different things (1…9) has no such one.
func pressOf(k key.Binding) (pressed tea.KeyMsg, one bool) {
	name := k.Keys()[0]
	if strings.Contains(k.Help().Key, ellipsis) {
		return tea.KeyMsg{}, false
	}
	if name == " " {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune(name)}, true
	}
	if runes := []rune(name); len(runes) == 1 {
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: runes}, true
	}
	for t := tea.KeyF20; t <= tea.KeyBackspace; t++ { // all that Bubble Tea has names for
		if k := (tea.KeyMsg{Type: t}); t != tea.KeyRunes && k.String() == name {
			return k, true
		}
	}
	return tea.KeyMsg{}, false
}

// Keys that mean the same on every screen.
var (
	keyHelp    = bind("?", "?", "help")
	keyQuit    = bind("q", "q", "quit; nothing typed is lost")
	keyBack    = bind("esc", "esc", "back")
	keySuspend = bind("ctrl+z", "ctrl+z", "suspend")
)

// split takes apart a message of several keys that arrived in one read. Pasted
// text stays whole, and so does a character of several runes: it is one key.
func split(msg tea.KeyMsg) []tea.KeyMsg {
	if msg.Paste || msg.Type != tea.KeyRunes || len(msg.Runes) <= 1 {
		return []tea.KeyMsg{msg}
	}
	var keys []tea.KeyMsg
	for rest := string(msg.Runes); rest != ""; {
		var one string
		one, rest = lines.FirstCharacter(rest)
		k := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(one), Alt: msg.Alt}
		if one == " " {
			k.Type = tea.KeySpace
		}
		keys = append(keys, k)
	}
	return keys
}
