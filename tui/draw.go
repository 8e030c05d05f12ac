package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"calibrate/internal/clean"
)

// This file is the ground that all drawing stands on: text is cleaned, measured
// in cells, cut with a sign, and put side by side. Everything that came from
// outside (names, statements, notes, rationales) enters a view through line,
// fit or wrapper.wrap and nowhere else.

const ellipsis = "…"

// line makes outside text fit for one row of a terminal.
func line(s string) string { return clean.Line(s) }

// width is a text's width in cells; escape sequences of ours count nothing.
func width(s string) int {
	if isPrintableASCII(s) {
		return len(s)
	}
	return ansi.StringWidth(s)
}

func isPrintableASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// cut shortens a text to at most w cells; a cut is marked.
func cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if width(s) <= w {
		return s
	}
	return ansi.Truncate(s, w, ellipsis)
}

// fit makes a text exactly w cells wide: cut with a sign, or filled with spaces.
func fit(s string, w int) string {
	s = cut(s, w)
	return s + spaces(w-width(s))
}

const blank = "                                                                                                                                "

func spaces(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(blank) {
		return blank[:n]
	}
	return strings.Repeat(" ", n)
}

// spread puts left at the left edge and right at the right edge of w cells. Where
// both do not fit, the left one gives way.
func spread(left, right string, w int) string {
	right = cut(right, w)
	room := w - width(right)
	if right != "" {
		room--
	}
	if room <= 0 {
		return fit(right, w)
	}
	left = fit(left, room)
	if right == "" {
		return left
	}
	return left + " " + right
}

// center puts a text into the middle of w cells.
func center(s string, w int) string {
	s = cut(s, w)
	left := (w - width(s)) / 2
	return spaces(left) + s + spaces(w-width(s)-left)
}

// beside joins blocks of equal height row by row. Each row of a block must
// already be as wide as the block.
func beside(gap string, blocks ...[]string) []string {
	rows := make([]string, len(blocks[0]))
	for i := range rows {
		var b strings.Builder
		for j, block := range blocks {
			if j > 0 {
				b.WriteString(gap)
			}
			b.WriteString(block[i])
		}
		rows[i] = b.String()
	}
	return rows
}

// page makes rows exactly h lines of exactly w cells. A row too wide is cut with a
// sign; rows too many give way to a line that counts them.
func page(rows []string, w, h int) []string {
	out := make([]string, h)
	for i := range out {
		switch {
		case i == h-1 && len(rows) > h:
			out[i] = fit(more(len(rows)-h+1), w)
		case i < len(rows):
			out[i] = fit(rows[i], w)
		default:
			out[i] = spaces(w)
		}
	}
	return out
}

// wrapper wraps outside text into lines and remembers what it wrapped: a text is
// wrapped once for a width, however many frames show it.
type wrapper struct{ cache map[wrapKey][]string }

type wrapKey struct {
	text  string
	width int
}

// maxWrapped bounds the cache: all statements of a large rubric at a few widths.
const maxWrapped = 4096

func newWrapper() *wrapper { return &wrapper{cache: map[wrapKey][]string{}} }

// wrap breaks a text at spaces into lines of at most w cells; a word that is wider
// is broken where it must. The lines are shared: the caller must not change them.
func (c *wrapper) wrap(text string, w int) []string {
	w = max(w, 1)
	k := wrapKey{text, w}
	if lines, ok := c.cache[k]; ok {
		return lines
	}
	if len(c.cache) >= maxWrapped {
		clear(c.cache)
	}
	lines := strings.Split(ansi.Wrap(clean.Text(text), w, ""), "\n")
	for i, l := range lines {
		lines[i] = cut(strings.TrimRight(l, " "), w)
	}
	c.cache[k] = lines
	return lines
}
