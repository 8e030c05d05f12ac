package tui

import (
	"strings"

	"github.com/rivo/uniseg"

	"calibrate/internal/clean"
)

// firstCharacter splits a text after its first character as a reader counts them:
// a letter with its accents, a flag, a family of emoji.
func firstCharacter(s string) (character, rest string) {
	character, rest, _, _ = uniseg.FirstGraphemeClusterInString(s, -1)
	return character, rest
}

// span is a line of a text: the bytes from start to end, without the line break.
type span struct{ start, end int }

// breakLines lays a clean text out in lines of at most w cells, breaking where the
// rules of its script allow (UAX 14), and within a word that is wider than the
// line. Spaces at a line's end stay in its span and may stand out over w.
func breakLines(text string, w int) []span {
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
	return append(b.lines, span{b.start, len(text)})
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// breaker lays words out in lines.
type breaker struct {
	text  string
	w     int
	lines []span
	start int // of the present line
	used  int // cells of it
}

// cut ends the present line.
func (b *breaker) cut(at int) {
	b.lines = append(b.lines, span{b.start, at})
	b.start, b.used = at, 0
}

// place puts a word on the present line, or on the next one where it does not fit.
func (b *breaker) place(from, to int) {
	word := b.text[from:to]
	bare := strings.TrimRight(word, " ")
	n := width(bare)
	if b.used > 0 && b.used+n > b.w {
		b.cut(from)
	}
	if n <= b.w {
		b.used += n + len(word) - len(bare)
		return
	}
	for at := from; at < to; {
		c, _ := firstCharacter(b.text[at:to])
		n := width(c)
		if c != " " && b.used > 0 && b.used+n > b.w {
			b.cut(at)
		}
		b.used += n
		at += len(c)
	}
}

// wrapper wraps outside text into lines and remembers what it wrapped: a text is
// wrapped once for a width, however many frames show it.
type wrapper struct{ cache map[wrapKey]wrapped }

type wrapKey struct {
	text  string
	width int
}

// wrapped is a text in lines, and the same filled up to the width.
type wrapped struct{ lines, filled []string }

// maxWrapped bounds the cache: all statements of a large rubric at a few widths.
const maxWrapped = 4096

func newWrapper() *wrapper { return &wrapper{cache: map[wrapKey]wrapped{}} }

// wrap breaks a text into lines of at most w cells. The lines are shared: the
// caller must not change them.
func (c *wrapper) wrap(text string, w int) []string { return c.lookUp(text, w).lines }

// filled is wrap with every line filled up to w cells.
func (c *wrapper) filled(text string, w int) []string { return c.lookUp(text, w).filled }

func (c *wrapper) lookUp(text string, w int) wrapped {
	w = max(w, 1)
	k := wrapKey{text, w}
	if known, ok := c.cache[k]; ok {
		return known
	}
	if len(c.cache) >= maxWrapped {
		clear(c.cache)
	}
	text = clean.Text(text)
	var made wrapped
	for _, l := range breakLines(text, w) {
		l := cut(strings.TrimRight(text[l.start:l.end], " "), w)
		made.lines = append(made.lines, l)
		made.filled = append(made.filled, fit(l, w))
	}
	c.cache[k] = made
	return made
}
