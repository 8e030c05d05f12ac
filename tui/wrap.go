package tui

import (
	"calibrate/internal/clean"
	"calibrate/internal/lines"
)

// wrapper wraps outside text into lines and remembers what it wrapped: a text is
// wrapped once for a width, however many frames show it.
type wrapper struct {
	cache  map[wrapKey]wrapped
	inText func(string) string // puts aliases for names into a text; may be nil
}

// rename changes what people are called in texts that are wrapped from now on.
func (c *wrapper) rename(inText func(string) string) {
	c.inText = inText
	clear(c.cache)
}

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
	if c.inText != nil {
		text = c.inText(text)
	}
	var made wrapped
	for _, l := range lines.Wrap(text, w) {
		l = cut(l, w)
		made.lines = append(made.lines, l)
		made.filled = append(made.filled, fit(l, w))
	}
	c.cache[k] = made
	return made
}
