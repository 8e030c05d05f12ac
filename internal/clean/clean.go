// Package clean makes text from outside safe to show on a terminal.
//
// Names, notes, rubrics, packets from colleagues and spreadsheets are written by
// others. A terminal obeys what it is sent: an escape sequence in a person's name
// can clear the screen, rewrite the line above, set the clipboard or answer a
// question on the user's behalf. Unicode has quieter tricks: a bidirectional
// override shows “3-high” where the file says something else, zero-width
// characters make two different names look alike or smuggle hidden words, and a
// hundred combining marks on one letter paint over the lines around it.
//
// There is one function at the boundary, in two forms, because a rule that every
// caller has to assemble for itself is a rule that one caller forgets. [Line] is
// for whatever has to stay on one line: names, cells, error messages. [Text] is
// for paragraphs and keeps their line breaks. Both replace, they never drop: what
// was hidden becomes visible, so that the reader sees that there was something.
//
//	ESC, BEL, DEL …             ␛ ␇ ␡          the Unicode control pictures
//	C1 controls                 ‹9b›           the code point in hexadecimal
//	bidirectional controls      ‹202e›
//	invisible characters        ‹200b›         a run of equal ones: ‹200b*40›
//	too many combining marks    ‹+94›          how many were taken out
//	bytes that are not UTF-8    U+FFFD
//
// What writing systems need stays: joiners inside emoji and between letters of
// the scripts that use them, variation selectors after what they vary, the tags
// of a flag. Private-use and unassigned characters stay too, for they are at
// worst a box. Clean text is returned as it is, without an allocation, and
// cleaning twice is cleaning once.
//
// The result is safe for a terminal. It is not escaped for anything else: HTML,
// CSV and shells each have their own rules.
package clean

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line returns s as valid UTF-8 that no terminal takes for a command and that
// stays on one line: a line break becomes ␊ and a tab one space. Text that needs
// no change is returned as it is.
func Line(s string) string { return clean(s, false) }

// Text is [Line] for paragraphs: line breaks of every kind (LF, CRLF and the
// Unicode separators) become \n and a tab becomes four spaces.
func Text(s string) string { return clean(s, true) }

// clean repeats its two steps until the second has nothing left to do. That is
// at once for all but hostile text, and makes cleaning twice the same as once.
func clean(s string, breaks bool) string {
	for {
		n := plain(s, breaks)
		if n == len(s) {
			return s
		}
		s = neutralise(s, n, breaks)
		bounded := boundClusters(s)
		if bounded == s {
			return s
		}
		s = bounded
	}
}

// plain returns the length of the prefix of s that is printable ASCII.
func plain(s string, breaks bool) int {
	for i := range len(s) {
		c := s[i]
		if (c < ' ' || c > '~') && !(breaks && c == '\n') {
			return i
		}
	}
	return len(s)
}

// neutralise replaces every rune of s that must not reach a terminal. The first
// start bytes are known to be printable ASCII.
func neutralise(s string, start int, breaks bool) string {
	c := cleaner{in: s, at: start, breaks: breaks}
	if start > 0 && s[start-1] != '\n' {
		c.base = rune(s[start-1])
		c.last = c.base
	}
	for c.at < len(s) {
		c.step()
	}
	if c.out.Len() == 0 {
		return s
	}
	c.out.WriteString(s[c.copied:])
	return c.out.String()
}

// maxMarks is how many combining marks one base may carry. Ordinary spelling
// stacks up to six (Burmese; pointed and accented Hebrew needs four).
const maxMarks = 6

// cleaner walks over a string once. It decides by what it has already let
// through and by the next rune at most.
type cleaner struct {
	in     string
	at     int // the next byte to look at
	copied int // in[:copied] is in out, cleaned; out is empty until something changes
	out    strings.Builder
	breaks bool // keep line breaks

	base  rune // what marks and joiners attach to; 0 at the start of a line
	last  rune // the last rune let through
	marks int  // combining marks on base so far
}

func (c *cleaner) step() {
	r, size := utf8.DecodeRuneInString(c.in[c.at:])
	switch {
	case r == utf8.RuneError && size == 1:
		c.replace(1, "\uFFFD")
	case r == '\r' && strings.HasPrefix(c.in[c.at+1:], "\n"):
		c.lineBreak(2)
	case r == '\n' || r == '\u2028' || r == '\u2029':
		c.lineBreak(size)
	case r < ' ' || r == '\x7f':
		c.control(r)
	case r == blackFlag:
		c.keep(r, size+flagTags(c.in[c.at+size:]))
	case hidden(r):
		c.hidden(r, size)
	case r >= 0x300 && unicode.Is(unicode.M, r):
		c.mark(r, size)
	default:
		c.keep(r, size)
	}
}

// keep lets r through as the base of what follows.
func (c *cleaner) keep(r rune, size int) {
	c.base, c.last, c.marks = r, r, 0
	c.at += size
}

// attach lets r through as part of what is there.
func (c *cleaner) attach(r rune, size int) {
	c.last = r
	c.at += size
}

// replace writes with in the place of the next size bytes.
func (c *cleaner) replace(size int, with string) {
	c.out.WriteString(c.in[c.copied:c.at])
	c.out.WriteString(with)
	c.at += size
	c.copied = c.at
	c.base, _ = utf8.DecodeLastRuneInString(with)
	c.last, c.marks = c.base, 0
}

func (c *cleaner) lineBreak(size int) {
	switch {
	case !c.breaks:
		c.replace(size, "␊")
	case size == 1:
		c.keep(0, 1)
	default:
		c.replace(size, "\n")
		c.base, c.last = 0, 0
	}
}

func (c *cleaner) control(r rune) {
	switch {
	case r == '\t' && c.breaks:
		c.replace(1, "    ")
	case r == '\t':
		c.replace(1, " ")
	case r == '\x7f':
		c.replace(1, "␡")
	default:
		c.replace(1, string('␀'+r))
	}
}

// hidden lets an invisible rune through where the writing needs it, and makes it
// and its equal successors visible elsewhere.
func (c *cleaner) hidden(r rune, size int) {
	next, _ := utf8.DecodeRuneInString(c.in[c.at+size:])
	if c.belongs(r, next) {
		c.attach(r, size)
		return
	}
	n := 1
	one := c.in[c.at : c.at+size]
	for strings.HasPrefix(c.in[c.at+n*size:], one) {
		n++
	}
	if n == 1 {
		c.replace(size, fmt.Sprintf("‹%02x›", r))
	} else {
		c.replace(n*size, fmt.Sprintf("‹%02x*%d›", r, n))
	}
}

// mark lets a combining mark through if its base has room for it. One without a
// base gets the dotted circle, for it would land on whatever stands before.
func (c *cleaner) mark(r rune, size int) {
	if c.base == 0 {
		c.replace(0, "◌")
	}
	if c.marks < maxMarks {
		c.marks++
		c.attach(r, size)
		return
	}
	n, end := 0, c.at
	for unicode.Is(unicode.M, r) && !hidden(r) {
		n++
		end += size
		r, size = utf8.DecodeRuneInString(c.in[end:])
	}
	c.replace(end-c.at, fmt.Sprintf("‹+%d›", n))
}
