package numfmt

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A piece is the smallest part of a section that means something.
type piece struct {
	is   kind
	text string // as in the code; of a literal, what it shows
	unit byte   // of dates: d, m, y, h, s, and e, b or g, which shows nothing
	n    int    // of digits: how many of their kind come before; of a denominator: its number
	at   int    // its byte in the code
}

type kind uint8

const (
	literal kind = iota // text as it is
	point               // . , % / @, in the order of marks
	comma
	percent
	slash
	text
	placeholders // a run of 0, # and ?
	number       // a denominator that is a number
	exponent     // E+ or E-
	general      // General
	date         // a run of one letter
	elapsed      // the same, in brackets
	half         // AM/PM

	// What some of them are once it is clear what the section shows.
	whole       // placeholders left of the point
	tenths      // those right of it
	powers      // those of the exponent
	numerator   // those of a fraction
	denominator // those, or the number
	minute      // m that are not months
	fraction    // the point before digits of a second, with them
)

const marks = ".,%/@"

var words = [...]struct {
	word string
	is   kind
}{
	{"General", general}, {"G/通用格式", general}, {"G/標準", general}, {"G/표준", general},
	{"AM/PM", half}, {"A/P", half}, {"上午/下午", half},
	{"E+", exponent}, {"E-", exponent},
}

// maxTexts is how often a section may show the text of a cell.
const maxTexts = 16

// A scanner takes a section of a code to pieces.
type scanner struct {
	section
	code  string
	at    int
	texts int
	own   string // the code of the computer's own dates or times, if they are asked for
}

// scan takes a section to pieces, up to its semicolon or the end of the code.
func (c *scanner) scan() error {
	for c.at < len(c.code) && c.code[c.at] != ';' {
		p, size, err := c.next(c.code[c.at:])
		if err != nil {
			return fmt.Errorf("byte %d: %w", c.at, err)
		}
		silent := c.code[c.at] == '[' && p == piece{} // a colour, a condition
		p.at = c.at
		c.at += size
		if !silent {
			c.pieces = append(c.pieces, p)
		}
		c.digits = c.digits || p.is == placeholders
	}
	if c.own == "" {
		return nil
	}
	own := scanner{code: c.own}
	err := own.scan()
	c.pieces, c.digits = own.pieces, false
	return err
}

// next reads a piece, and says how long it is in the code.
func (c *scanner) next(rest string) (p piece, size int, err error) {
	switch first := rest[0]; first {
	case '"':
		inner, _, closed := strings.Cut(rest[1:], `"`)
		if !closed {
			return p, 0, errors.New("a quote that is not closed")
		}
		return piece{text: inner}, len(inner) + 2, nil
	case '[':
		inner, _, closed := strings.Cut(rest[1:], "]")
		if !closed {
			return p, 0, errors.New("a bracket that is not closed")
		}
		p, err = c.bracket(inner)
		return p, len(inner) + 2, err
	case '\\', '_', '*': // text, a space as wide, and what fills the cell
		inner := rest[1:]
		if first != '\\' {
			inner = strings.TrimPrefix(inner, `\`)
		}
		_, size = utf8.DecodeRuneInString(inner)
		switch {
		case size == 0:
			err = fmt.Errorf("a %c with nothing after it", first)
		case first == '\\':
			p.text = inner[:size]
		case first == '_':
			p.text = " "
		}
		return p, len(rest) - len(inner) + size, err
	case '@':
		if c.texts++; c.texts > maxTexts {
			return p, 0, fmt.Errorf("the text is shown more than %d times", maxTexts)
		}
	}
	p = c.run(rest)
	return p, len(p.text), nil
}

// run reads a piece that has no marks of its own around it.
func (c *scanner) run(rest string) piece {
	for _, w := range words {
		if n := len(w.word); n <= len(rest) && strings.EqualFold(rest[:n], w.word) && (w.is != exponent || c.digits) {
			return piece{is: w.is, text: rest[:n]}
		}
	}
	if mark := strings.IndexByte(marks, rest[0]); mark >= 0 {
		return piece{is: point + kind(mark), text: rest[:1]}
	}
	if n := span(rest, "0#?"); n > 0 {
		return piece{is: placeholders, text: rest[:n]}
	}
	if n := span(rest, "0123456789"); n > 0 && c.digits && c.pieces[len(c.pieces)-1].is == slash {
		return piece{is: number, text: rest[:n]}
	}
	lower := rest[0] | 0x20
	n := span(rest, string([]byte{lower, lower &^ 0x20}))
	switch {
	case lower == 'b' && len(rest) > 1 && (rest[1] == '1' || rest[1] == '2'): // a calendar
		return piece{is: date, unit: 'g', text: rest[:2]}
	case strings.IndexByte("dmyhsebg", lower) >= 0:
		return piece{is: date, unit: lower, text: rest[:n]}
	case lower == 'a' && n >= 3: // days of the week, in Asia
		return piece{is: date, unit: 'd', text: rest[:n]}
	}
	_, n = utf8.DecodeRuneInString(rest)
	return piece{text: rest[:n]}
}

// span is how many bytes at the start of s are among those.
func span(s, among string) int { return len(s) - len(strings.TrimLeft(s, among)) }
