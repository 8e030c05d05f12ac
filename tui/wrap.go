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
	w = max(w, 1)
	var lines []span
	line := span{}
	used := 0 // cells of the line so far
	cut := func(at int) {
		lines = append(lines, span{line.start, at})
		line.start, used = at, 0
	}
	state := -1
	for rest := text; rest != ""; {
		var word string
		var must bool
		at := len(text) - len(rest)
		word, rest, must, state = uniseg.FirstLineSegmentInString(rest, state)
		ends := strings.HasSuffix(word, "\n")
		word = strings.TrimSuffix(word, "\n")
		n := width(strings.TrimRight(word, " "))
		if used > 0 && used+n > w {
			cut(at)
		}
		if n <= w {
			used += n + len(word) - len(strings.TrimRight(word, " "))
			at += len(word)
			word = ""
		}
		for part := word; part != ""; {
			var c string
			c, part = firstCharacter(part)
			n := width(c)
			if c != " " && used > 0 && used+n > w {
				cut(at)
			}
			used += n
			at += len(c)
		}
		if must && ends {
			cut(at)
			line.start = at + 1
		}
	}
	return append(lines, span{line.start, len(text)})
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
