package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
)

// The smallest terminal that is drawn into.
const minWidth, minHeight = 60, 15

// maxErrorRows is how much of the screen an error may take.
const maxErrorRows = 3

// View draws the screen on top, or help, and the footer below it.
func (a *app) View() string {
	if a.w <= 0 || a.h <= 0 {
		return ""
	}
	if a.w < minWidth || a.h < minHeight {
		return a.tooSmall()
	}
	if a.covered {
		return a.coverView()
	}
	body := a.top().View
	if a.help != nil {
		body = a.help.view
	}
	footer := a.footer()
	return body(a.w, a.h-len(footer)) + "\n" + joinRows(footer)
}

// footer is the status, or else what can be pressed. An error takes as many rows
// as it needs, up to a few.
func (a *app) footer() []string {
	t := a.env.theme
	switch {
	case a.status.error:
		return a.errorRows()
	case a.going != "" && a.help == nil:
		return []string{spread(t.past.paint(" "+a.going), t.key.paint("esc")+" gives it up ", a.w)}
	case a.status.text != "":
		return []string{t.good.paint(fit(" "+line(a.env.names.InText(a.status.text)), a.w))}
	}
	return []string{t.hints(a.hinted(), a.w)}
}

// hinted are the keys that the footer tells of, the most useful first, and last how to
// get help where that can be had.
func (a *app) hinted() []key.Binding {
	if a.help != nil {
		return a.env.leading(a.help.keys())
	}
	keys := a.env.leading(a.top().Keys())
	if a.top().Typing() {
		return keys
	}
	return append(slices.Clone(keys), keyHelp)
}

// leading is what keys are called where quitting leads back to another app; that comes
// first then.
func (e *env) leading(keys []key.Binding) []key.Binding {
	if !e.within {
		return keys
	}
	keys = slices.Clone(keys)
	for i, k := range keys {
		if k.Help() == keyQuit.Help() {
			keys = slices.Insert(slices.Delete(keys, i, i+1), 0, bind("q", "q", "leave the demo; back to your own file"))
		}
	}
	return keys
}

func (a *app) errorRows() []string {
	const lead = " ! "
	dismiss := "  esc dismisses "
	if n := len(a.unread); n > 0 {
		dismiss = fmt.Sprintf("  esc: %d more ", n)
	}
	room := a.w - len(lead) - len(dismiss)
	lines := a.env.wrapper.wrap(a.status.text, room)
	var rows []string
	for i, l := range lines[:min(len(lines), maxErrorRows)] {
		if i == maxErrorRows-1 && len(lines) > maxErrorRows {
			l = cut(l, room-1) + ellipsis
		}
		before, after := lead, dismiss
		if i > 0 {
			before, after = spaces(len(lead)), spaces(len(dismiss))
		}
		rows = append(rows, a.env.theme.bad.paint(before+fit(l, room)+after))
	}
	return rows
}

// hintGap stands between two keys.
const hintGap = " · "

// hintsIn chooses as many of the keys as fit into w cells, the first ones first, and always
// the last. Where the rest does not fit, what is left of the room is for the way out.
func hintsIn(keys []key.Binding, w int) []key.Binding {
	last := len(keys) - 1
	shown := make([]key.Binding, 0, len(keys))
	room, full := w-1-hintWidth(keys[last]), false
	for _, k := range keys[:last] {
		n := hintWidth(k) + width(hintGap)
		full = full || n > room
		if n <= room && (!full || k.Help().Key == keyBack.Help().Key) {
			shown = append(shown, k)
			room -= n
		}
	}
	return append(shown, keys[last])
}

// hints says which keys there are, in w cells.
func (t theme) hints(keys []key.Binding, w int) string {
	var b strings.Builder
	b.WriteByte(' ')
	used := 1
	for i, k := range hintsIn(keys, w) {
		if i > 0 {
			b.WriteString(t.faint.paint(hintGap))
			used += width(hintGap)
		}
		b.WriteString(t.key.paint(k.Help().Key))
		b.WriteByte(' ')
		b.WriteString(gist(k))
		used += hintWidth(k)
	}
	b.WriteString(spaces(w - used))
	return b.String()
}

// hintAt is the key that is told of at a column of the hints.
func hintAt(keys []key.Binding, w, x int) (k key.Binding, ok bool) {
	left := 1
	for _, k := range hintsIn(keys, w) {
		if x >= left && x < left+hintWidth(k) {
			return k, true
		}
		left += hintWidth(k) + width(hintGap)
	}
	return key.Binding{}, false
}

func hintWidth(k key.Binding) int { return width(k.Help().Key) + 1 + width(gist(k)) }

// gist is what a key does, in as few words as the footer has room for: its
// description up to the semicolon.
func gist(k key.Binding) string {
	does, _, _ := strings.Cut(k.Help().Desc, ";")
	return does
}

// tooSmall says what is needed, the most needed first.
func (a *app) tooSmall() string {
	rows := []string{
		fmt.Sprintf("calibrate needs %d columns and %d rows.", minWidth, minHeight),
		fmt.Sprintf("This terminal has %d and %d.", a.w, a.h),
		"Make it larger; nothing is lost.",
	}
	var lines []string
	for _, r := range rows {
		lines = append(lines, a.env.wrapper.wrap(r, a.w)...)
	}
	return joinRows(page(lines, a.w, a.h))
}
