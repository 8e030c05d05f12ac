package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"calibrate/internal/clean"
	"calibrate/internal/lines"
)

// This file is the ground that all drawing stands on: text is cleaned, measured
// in cells, cut with a sign, and put side by side. Everything that came from
// outside (names, statements, notes, rationales) enters a view through line,
// wrapper.wrap or an editor, and nowhere else.

const ellipsis = "…"

// line makes outside text fit for one row of a terminal.
func line(s string) string { return clean.Line(s) }

// width is a text's width in cells; escape sequences of ours count nothing.
func width(s string) int { return lines.Width(s) }

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
	n := width(s)
	if n > w {
		s = cut(s, w)
		n = width(s)
	}
	if n >= w {
		return s
	}
	if s != "" && s[len(s)-1] > '~' {
		n = width(s+" ") - 1 // there are letters that take in what follows them
	}
	return s + spaces(w-n)
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
	n := width(s)
	left := (w - n) / 2
	return spaces(left) + s + spaces(w-n-left)
}

// beside joins blocks of equal height row by row, with margins and gaps. Each row
// of a block must already be as wide as the block.
func beside(left, gap, right string, blocks ...[]string) []string {
	rows := make([]string, len(blocks[0]))
	var b strings.Builder
	for i := range rows {
		n := len(left) + len(right) + (len(blocks)-1)*len(gap)
		for _, block := range blocks {
			n += len(block[i])
		}
		b.Reset()
		b.Grow(n)
		b.WriteString(left)
		for j, block := range blocks {
			if j > 0 {
				b.WriteString(gap)
			}
			b.WriteString(block[i])
		}
		b.WriteString(right)
		rows[i] = b.String()
	}
	return rows
}

func joinRows(rows []string) string { return strings.Join(rows, "\n") }

// page makes rows exactly h lines of exactly w cells. A row too wide is cut with a
// sign; rows too many give way to a line that counts them.
func page(rows []string, w, h int) []string {
	out := make([]string, max(0, h))
	for i := range out {
		switch {
		case i == h-1 && len(rows) > h:
			out[i] = fit(" "+moreBelow(len(rows)-h+1, ""), w)
		case i < len(rows):
			out[i] = fit(rows[i], w)
		default:
			out[i] = spaces(w)
		}
	}
	return out
}

// moreAbove and moreBelow say how much there is beyond what is seen.
func moreAbove(n int, of string) string {
	return markMoreUp + " " + count(n, or(of, "line")) + " above"
}
func moreBelow(n int, of string) string { return markMoreDown + " " + count(n, "more "+or(of, "line")) }

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// count is a number of things: "1 line", "2 lines".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	if plural, ok := strings.CutSuffix(thing, "person"); ok {
		return fmt.Sprintf("%d %speople", n, plural)
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
