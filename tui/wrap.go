package tui

import (
	"calibrate/internal/clean"
	"calibrate/internal/lines"
)

// wrapper wraps outside text into lines and remembers what it wrapped: a text is
// wrapped once for a width, and a statement painted once for a look, however many frames
// show it.
type wrapper struct {
	cache  memo[wrapKey, wrapped]
	drawn  memo[statementLook, []string]
	inText func(string) string // puts aliases for names into a text; may be nil
	names  int                 // how often people were given other names
}

// rename changes what people are called in texts that are wrapped from now on.
func (c *wrapper) rename(inText func(string) string) {
	c.inText = inText
	c.names++
	clear(c.cache)
	clear(c.drawn)
}

type wrapKey struct {
	text  string
	width int
}

// wrapped is a text in lines, and the same filled up to the width.
type wrapped struct{ lines, filled []string }

func newWrapper() *wrapper {
	return &wrapper{cache: memo[wrapKey, wrapped]{}, drawn: memo[statementLook, []string]{}}
}

// wrap breaks a text into lines of at most w cells. The lines are shared: the
// caller must not change them.
func (c *wrapper) wrap(text string, w int) []string { return c.lookUp(text, w).lines }

// filled is wrap with every line filled up to w cells.
func (c *wrapper) filled(text string, w int) []string { return c.lookUp(text, w).filled }

func (c *wrapper) lookUp(text string, w int) wrapped {
	w = max(w, 1)
	return c.cache.of(wrapKey{text, w}, func() (made wrapped) {
		text := clean.Text(text)
		if c.inText != nil {
			text = c.inText(text)
		}
		for _, l := range lines.Wrap(text, w) {
			l = cut(l, w)
			made.lines = append(made.lines, l)
			made.filled = append(made.filled, fit(l, w))
		}
		return made
	})
}
