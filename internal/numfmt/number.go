package numfmt

import "math"

// layOutNumber says which placeholders are left or right of the point or in the exponent,
// and what a comma does: group, divide, or stand there as text.
func (s *section) layOutNumber() error {
	area, commas := whole, 0
	for i := range s.pieces {
		p := &s.pieces[i]
		switch p.is {
		case placeholders:
			s.grouped = s.grouped || commas > 0 && area == whole
			commas = 0
			p.is, p.n = area, s.count(area)
			s.counts[area-whole] += len(p.text)
		case comma:
			if i > 0 && s.pieces[i-1].mayScale() {
				p.text = ""
				commas++
			}
		case percent:
			s.power += 2
		case point, exponent:
			s.power -= 3 * commas
			commas = 0
			switch {
			case p.is == exponent && area != powers:
				area = powers
			case p.is == point && area == whole && s.shape == decimals:
				area = tenths
			default:
				p.is = literal
			}
		case general:
			if s.digits {
				return mixed(*p)
			}
		}
	}
	s.power -= 3 * commas
	return nil
}

// mayScale says that a comma after the piece is none of a text.
func (p piece) mayScale() bool {
	return p.is == whole || p.is == tenths || p.is == comma && p.text == "" || p.is == point
}

// appendNumber appends a number in digits, with an exponent if the section has one.
func (s *section) appendNumber(b []byte, v float64) []byte {
	d := decimalOf(v)
	d.times(s.power)
	power := 0
	if s.count(powers) > 0 {
		power = s.split(&d)
	} else {
		d.round(s.count(tenths))
	}
	if v < 0 && s.minus && (d.n > 0 || !s.digits) { // there is no -0
		b = append(b, '-')
	}
	for _, p := range s.pieces {
		switch p.is {
		case whole:
			b = d.appendWhole(b, p, s.count(whole), s.grouped)
		case tenths:
			for i := range len(p.text) {
				b = d.appendDigit(b, -p.n-i-1, p.text[i])
			}
		case point:
			if s.count(whole) == 0 && s.digits { // .00 shows 12.50 all the same
				b = d.appendAbove(b, -1, false)
			}
			b = append(b, '.')
		case exponent:
			b = append(b, 'E')
			if sign := p.text[1]; power < 0 {
				b = append(b, '-')
			} else if sign == '+' {
				b = append(b, '+')
			}
		case powers:
			e := decimalOf(float64(power))
			e.zeroShown()
			b = e.appendWhole(b, p, s.count(powers), false)
		case general, text:
			b = appendGeneral(b, math.Abs(v))
		default:
			b = append(b, p.text...)
		}
	}
	return b
}

// split makes a number what stands before its exponent, rounded, and returns the exponent:
// a multiple of how many digits stand before the point.
func (s *section) split(d *decimal) (power int) {
	before := s.count(whole)
	for range 2 { // again if it is a digit longer, rounded
		lead := d.point - min(before, 1) // the exponent if it could be any
		step := max(before, 1)
		by := lead - (lead%step+step)%step
		power += by
		d.times(-by)
		d.round(s.count(tenths))
	}
	if d.n == 0 {
		return 0
	}
	return power
}
