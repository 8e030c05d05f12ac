package numfmt

import (
	"math"
	"strconv"
	"strings"
)

// maxUnder is how many digits a denominator has at most; 15 of a number tell no more.
const maxUnder = 7

// layOutFraction finds the fraction of a section: the first bar with digits on both sides.
// Other bars are text.
func (s *section) layOutFraction() {
	for bar, p := range s.pieces {
		if p.is != slash {
			continue
		}
		s.over, s.under = bar-1, bar+1
		for s.over >= 0 && s.pieces[s.over].is == literal {
			s.over--
		}
		for s.under < len(s.pieces) && s.pieces[s.under].is == literal {
			s.under++
		}
		if s.over < 0 || s.under == len(s.pieces) || s.pieces[s.over].is != placeholders {
			continue
		}
		switch over, under := &s.pieces[s.over], &s.pieces[s.under]; under.is {
		case number:
			under.n, _ = strconv.Atoi(under.text[:min(len(under.text), 15)])
			fallthrough
		case placeholders:
			over.is, under.is = numerator, denominator
			s.shape = fractions
			s.dropDigits(s.under + 1)
			return
		}
	}
}

// dropDigits takes the digits after a fraction away, for which there is nothing to show.
func (s *section) dropDigits(from int) {
	for i := from; i < len(s.pieces); i++ {
		if s.pieces[i].is == placeholders {
			s.pieces[i] = piece{}
		}
	}
}

// appendFraction appends a number as a fraction, with the whole number in front if the
// section has digits for it. What has more digits than General shows is General.
func (s *section) appendFraction(b []byte, v float64) []byte {
	ones, part := math.Modf(math.Abs(v) * math.Pow10(s.power))
	if !(ones < 1e21) {
		return appendGeneral(b, v)
	}
	if v < 0 && s.minus {
		b = append(b, '-')
	}
	top, bottom := s.ratio(part)
	switch {
	case s.count(whole) == 0:
		top, ones = top+ones*bottom, 0
	case top == bottom:
		top, ones = 0, ones+1
	}
	before, over := decimalOf(ones), decimalOf(top)
	over.zeroShown()
	none := top == 0 && s.count(whole) > 0 && !s.asksForZeros()
	if none {
		before.zeroShown()
	}
	from := 0
	for i, p := range s.pieces {
		if i == s.over {
			from = len(b)
		}
		switch p.is {
		case whole:
			b = before.appendWhole(b, p, s.count(whole), s.grouped)
		case numerator:
			b = over.appendWhole(b, p, len(p.text), false)
		case denominator:
			b = appendDenominator(b, int64(bottom), p)
		default:
			b = append(b, p.text...)
		}
		if i == s.under && none { // spaces, as wide
			for j := range b[from:] {
				b[from+j] = ' '
			}
		}
	}
	return b
}

// asksForZeros says that a fraction is shown even where there is none.
func (s *section) asksForZeros() bool {
	over, under := s.pieces[s.over], s.pieces[s.under]
	return strings.Contains(over.text, "0") || under.n == 0 && strings.Contains(under.text, "0")
}

// ratio returns the fraction that is next to a number below 1. Excel looks for it among
// the convergents of the continued fraction, and misses better ones between them.
func (s *section) ratio(part float64) (over, under float64) {
	p := s.pieces[s.under]
	if p.n > 0 {
		return math.Floor(part*float64(p.n) + 0.5), float64(p.n)
	}
	most := math.Pow10(min(len(p.text), maxUnder)) - 1
	over, under = 0, 1
	before, beforeUnder := 1.0, 0.0
	for part > 5e-8 { // as near as 15 digits can tell
		var a float64
		a, part = math.Modf(1 / part)
		if a*under+beforeUnder > most {
			break
		}
		over, before = a*over+before, over
		under, beforeUnder = a*under+beforeUnder, under
	}
	return over, under
}

// appendDenominator appends a denominator, which stands on the left of its placeholders.
func appendDenominator(b []byte, n int64, p piece) []byte {
	if p.n > 0 {
		return append(b, p.text...)
	}
	from := len(b)
	b = appendPadded(b, n, strings.Count(p.text, "0"))
	for i := len(b) - from; i < len(p.text); i++ {
		if p.text[i] == '?' {
			b = append(b, ' ')
		}
	}
	return b
}
