package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// bind declares a key as data: what it answers to, how it is called in the footer
// and in help, and what it does. The footer and help are drawn from the same
// values that Update matches, so they cannot tell of a key that does not work.
func bind(keys, name, does string) key.Binding {
	return key.NewBinding(key.WithKeys(strings.Fields(keys)...), key.WithHelp(name, does))
}

// Keys that mean the same on every screen.
var (
	keyHelp    = bind("?", "?", "help")
	keyQuit    = bind("q", "q", "quit; nothing typed is lost")
	keyBack    = bind("esc", "esc", "back")
	keySuspend = bind("ctrl+z", "ctrl+z", "suspend")
)

// split takes apart a message of several keys that arrived in one read. Pasted
// text stays whole, and goes into a text field or nowhere.
func split(msg tea.KeyMsg) []tea.KeyMsg {
	if msg.Paste || msg.Type != tea.KeyRunes || len(msg.Runes) <= 1 {
		return []tea.KeyMsg{msg}
	}
	keys := make([]tea.KeyMsg, len(msg.Runes))
	for i, r := range msg.Runes {
		typ := tea.KeyRunes
		if r == ' ' {
			typ = tea.KeySpace
		}
		keys[i] = tea.KeyMsg{Type: typ, Runes: []rune{r}, Alt: msg.Alt}
	}
	return keys
}

// footer draws as many of the keys as fit into w cells, the first ones first, and
// always how to get help.
func (t theme) footer(keys []key.Binding, w int) string {
	hint := func(b key.Binding) (string, int) {
		h := b.Help()
		does, _, _ := strings.Cut(h.Desc, ";")
		return t.key.paint(h.Key) + " " + does, width(h.Key) + 1 + width(does)
	}
	const gap = " · "
	last, room := hint(keyHelp)
	room = w - 1 - room
	var b strings.Builder
	b.WriteByte(' ')
	for _, k := range keys {
		if !k.Enabled() {
			continue
		}
		text, n := hint(k)
		if n+len(" · ")-1 > room {
			break
		}
		b.WriteString(text + t.faint.paint(gap))
		room -= n + 3
	}
	b.WriteString(last)
	return fit(b.String(), w)
}
