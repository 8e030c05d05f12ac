// Package lines breaks text into lines for a terminal: by the rules of Unicode, whole
// characters at a time, measured in cells.
//
// Text that goes in has been cleaned (internal/clean); nothing is cleaned here.
package lines

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"
)

// Width is a text's width in cells; escape sequences count nothing.
func Width(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return ansi.StringWidth(s)
		}
	}
	return len(s)
}

// Wrap breaks a text into lines of at most w cells, without the spaces at their ends.
func Wrap(text string, w int) []string {
	var lines []string
	for _, l := range Break(text, w) {
		lines = append(lines, strings.TrimRight(text[l.Start:l.End], " "))
	}
	return lines
}

// FirstCharacter splits a text after its first character as a reader counts them:
// a letter with its accents, a flag, a family of emoji.
func FirstCharacter(s string) (character, rest string) {
	character, rest, _, _ = uniseg.FirstGraphemeClusterInString(s, -1)
	return character, rest
}

// Span is a line of a text: the bytes from Start to End, without the line break.
type Span struct{ Start, End int }

// Break lays a clean text out in lines of at most w cells, breaking where the
// rules of its script allow (UAX 14), and within a word that is wider than the
// line. Spaces at a line's end stay in its span and may stand out over w.
func Break(text string, w int) []Span {
	b := breaker{text: text, w: max(w, 1)}
	state := -1
	for word, rest := 0, text; rest != ""; {
		var c string
		var boundaries int
		c, rest, boundaries, state = uniseg.StepString(rest, state)
		end := len(text) - len(rest)
		switch {
		case c == "\n":
			b.place(word, end-1)
			b.cut(end - 1)
			b.start, word = end, end
		case rest == "":
			b.place(word, end)
		case c == "-" && end > 1 && isDigit(text[end-2]): // "3-mid" stays together
		case boundaries&uniseg.MaskLine != uniseg.LineDontBreak:
			b.place(word, end)
			word = end
		}
	}
	return append(b.lines, Span{b.start, len(text)})
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// breaker lays words out in lines.
type breaker struct {
	text  string
	w     int
	lines []Span
	start int // of the present line
	used  int // cells of it
}

// cut ends the present line.
func (b *breaker) cut(at int) {
	b.lines = append(b.lines, Span{b.start, at})
	b.start, b.used = at, 0
}

// place puts a word on the present line, or on the next one where it does not fit.
func (b *breaker) place(from, to int) {
	word := b.text[from:to]
	bare := strings.TrimRight(word, " ")
	n := Width(bare)
	if b.used > 0 && b.used+n > b.w {
		b.cut(from)
	}
	if n <= b.w {
		b.used += n + len(word) - len(bare)
		return
	}
	for at := from; at < to; {
		c, _ := FirstCharacter(b.text[at:to])
		n := Width(c)
		if c != " " && b.used > 0 && b.used+n > b.w {
			b.cut(at)
		}
		b.used += n
		at += len(c)
	}
}
