// Package numfmt shows numbers and texts as the number formats of a spreadsheet say: the
// codes of ECMA-376 Part 1, 18.8.31, such as `#,##0.00;[Red]-#,##0.00`, as an English
// (en-US) Excel shows them in a column that is wide enough.
//
// It differs from Excel on purpose where somebody who reads a list of people would be
// misled:
//
//   - General shows a number whole, 123456789012 and not 1.23457E+11: it may be an id. From
//     1e21 on, and below 1e-9, it has an exponent.
//   - What Excel can show as #### alone is shown as General: dates before the first day or
//     after 9999-12-31, and numbers that no section is for.
//   - Dates that are shown as the computer is set up are ISO: yyyy-mm-dd, hh:mm:ss.
//
// Colours, the width of `_)`, what `*` fills with, digits of other scripts ([DBNum1]) and
// other calendars are left out: dates are Gregorian, and b alone counts Buddhist years.
//
// A code is text from outside. It is at most MaxCode bytes long, and what is shown is a
// few times that, or a text a few times; what is wrong with one is an error, never a panic.
package numfmt

import (
	"math"
	"strconv"
	"strings"
)

// MaxCode is how long a code may be, in bytes; Excel takes 255 characters.
const MaxCode = 1024

// A Format is a number format code, understood once for many cells. The zero Format is
// General.
type Format struct {
	numbers []section // the first whose condition holds is the one that shows a number
	text    []piece   // what shows a text, if hasText
	hasText bool
}

// Number returns a number as the format shows it. Serial dates count from 1904 if
// date1904, else from 1900, ECMA-376 Part 1, 18.17.4.1.
func (f Format) Number(v float64, date1904 bool) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	var room [64]byte
	b := room[:0]
	for i := range f.numbers {
		s := &f.numbers[i]
		if !s.when.holds(v) {
			continue
		}
		switch s.shape {
		case decimals:
			return string(s.appendNumber(b, v))
		case fractions:
			return string(s.appendFraction(b, v))
		}
		if shown, ok := s.appendDate(b, v, date1904); ok {
			return string(shown)
		}
		break
	}
	return string(appendGeneral(b, v))
}

// Text returns a text as the format shows it.
func (f Format) Text(s string) string {
	if !f.hasText {
		return s
	}
	var b strings.Builder
	for _, p := range f.text {
		if p.is == text || p.is == general {
			b.WriteString(s)
		} else {
			b.WriteString(p.text)
		}
	}
	return b.String()
}
