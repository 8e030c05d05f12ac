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
	body, keys := a.top().View, a.top().Keys()
	if a.help != nil {
		body, keys = a.help.view, a.help.keys()
	}
	footer := a.footer(keys)
	return body(a.w, a.h-len(footer)) + "\n" + joinRows(footer)
}

// footer is the status, or else what can be pressed. An error takes as many rows
// as it needs, up to a few.
func (a *app) footer(keys []key.Binding) []string {
	t := a.env.theme
	switch {
	case a.status.error:
		return a.errorRows()
	case a.status.text != "":
		return []string{t.good.paint(fit(" "+line(a.env.names.inText(a.status.text)), a.w))}
	}
	keys = a.env.leading(keys)
	if a.help == nil && !a.top().Typing() {
		keys = append(slices.Clone(keys), keyHelp)
	}
	return []string{t.hints(keys, a.w)}
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

// hints shows as many of the keys as fit into w cells, the first ones first, and
// always the last, which is how to get help where that can be had.
func (t theme) hints(keys []key.Binding, w int) string {
	const gap = " · "
	last := keys[len(keys)-1]
	var b strings.Builder
	b.WriteByte(' ')
	room := w - 1 - hintWidth(last)
	for _, k := range keys[:len(keys)-1] {
		n := hintWidth(k) + width(gap)
		if n > room {
			break
		}
		t.hint(&b, k)
		b.WriteString(t.faint.paint(gap))
		room -= n
	}
	t.hint(&b, last)
	b.WriteString(spaces(room))
	return b.String()
}

func (t theme) hint(b *strings.Builder, k key.Binding) {
	b.WriteString(t.key.paint(k.Help().Key))
	b.WriteByte(' ')
	b.WriteString(gist(k))
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
