package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// listKeys move through rows that are chosen from, on every screen that has some.
var listKeys = struct{ down, up, pageDown, pageUp, first, last key.Binding }{
	down:     bind("down j", "↓", "next"),
	up:       bind("up k", "↑", "previous"),
	pageDown: bind("pgdown ctrl+d", "pgdn", "a page down"),
	pageUp:   bind("pgup ctrl+u", "pgup", "a page up"),
	first:    bind("home g", "home", "the first"),
	last:     bind("end G", "end", "the last"),
}

// moveKeys are all of them but those for the next and the previous row, which most
// screens name after what their rows are.
func moveKeys() []key.Binding {
	k := listKeys
	return []key.Binding{k.pageDown, k.pageUp, k.first, k.last}
}

// step is where a key leads from one of n rows, of which so many are seen at once. It
// reports whether the key moves at all.
func step(at, n, rows int, k tea.KeyMsg) (to int, ok bool) {
	if to, ok = stride(at, n, rows, k); ok {
		to = max(0, min(to, n-1))
	}
	return to, ok
}

// stride is step for who wants to know how far beyond the rows a key leads.
func stride(at, n, rows int, k tea.KeyMsg) (to int, ok bool) {
	page := max(1, rows-2)
	switch keys := listKeys; {
	case key.Matches(k, keys.down):
		at++
	case key.Matches(k, keys.up):
		at--
	case key.Matches(k, keys.pageDown):
		at += page
	case key.Matches(k, keys.pageUp):
		at -= page
	case key.Matches(k, keys.first):
		at = 0
	case key.Matches(k, keys.last):
		at = n - 1
	default:
		return at, false
	}
	return at, true
}
