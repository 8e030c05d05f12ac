package numfmt

import (
	"math"
	"strconv"
)

// A decimal is a number as Excel knows it, of 15 digits at most: 0.123… × 10^point.
type decimal struct {
	digits [15]byte // neither the first nor the last is '0'
	n      int      // of them; none is zero
	point  int
}

// decimalOf returns a number without its sign. Its 15 digits are why 1.005 is rounded to
// 1.01, though it is a little less in binary.
func decimalOf(v float64) (d decimal) {
	var room [32]byte
	shown := strconv.AppendFloat(room[:0], math.Abs(v), 'e', 14, 64) // d.dddddddddddddde±dd
	d.digits[0] = shown[0]
	d.n = 1 + copy(d.digits[1:], shown[2:16])
	power, _ := strconv.Atoi(string(shown[17:]))
	d.point = power + 1
	d.trim()
	return d
}

// zeroShown makes a zero one that has a digit.
func (d *decimal) zeroShown() {
	if d.n == 0 {
		d.digits[0], d.n, d.point = '0', 1, 1
	}
}

func (d *decimal) trim() {
	for d.n > 0 && d.digits[d.n-1] == '0' {
		d.n--
	}
	if d.n == 0 {
		d.point = 0
	}
}

// times multiplies with a power of ten.
func (d *decimal) times(power int) {
	if d.n > 0 {
		d.point += power
	}
}

// round rounds to so many digits right of the point, half away from zero.
func (d *decimal) round(tenths int) {
	keep := d.point + tenths
	if keep >= d.n {
		return
	}
	up := keep >= 0 && d.digits[keep] >= '5'
	d.n = max(keep, 0)
	for up && d.n > 0 && d.digits[d.n-1] == '9' {
		d.n--
	}
	switch {
	case up && d.n > 0:
		d.digits[d.n-1]++
	case up: // nines alone
		d.digits[0], d.n = '1', 1
		d.point++
	}
	d.trim()
}

// appendDigit appends the digit at a place, 0 for ones and -1 for tenths, or what the
// placeholder shows where the number has none.
func (d *decimal) appendDigit(b []byte, place int, placeholder byte) []byte {
	i := d.point - 1 - place
	switch {
	case i >= 0 && i < d.n:
		return append(b, d.digits[i])
	case place >= 0 && i >= 0, place < 0 && i < d.n, placeholder == '0':
		return append(b, '0')
	case placeholder == '?':
		return append(b, ' ')
	}
	return b
}

// appendWhole appends what a run of placeholders shows of the digits left of the point, of
// which there are so many in all; the first shows all that the number has there.
func (d *decimal) appendWhole(b []byte, p piece, all int, grouped bool) []byte {
	if p.n == 0 {
		b = d.appendAbove(b, all-1, grouped)
	}
	for i := range len(p.text) {
		b = d.appendGrouped(b, all-p.n-i-1, p.text[i], grouped)
	}
	return b
}

// appendAbove appends all digits of a number that are left of a place.
func (d *decimal) appendAbove(b []byte, place int, grouped bool) []byte {
	for left := d.point - 1; left > place; left-- {
		b = d.appendGrouped(b, left, '0', grouped)
	}
	return b
}

func (d *decimal) appendGrouped(b []byte, place int, placeholder byte, grouped bool) []byte {
	from := len(b)
	b = d.appendDigit(b, place, placeholder)
	if !grouped || place == 0 || place%3 != 0 || len(b) == from {
		return b
	}
	if b[from] == ' ' {
		return append(b, ' ')
	}
	return append(b, ',')
}

// appendGeneral appends a number as General shows it; the comment of the package says
// where that is more than Excel shows.
func appendGeneral(b []byte, v float64) []byte {
	if size := math.Abs(v); size >= 1e21 || size < 1e-9 && size > 0 {
		return strconv.AppendFloat(b, v, 'G', 15, 64)
	}
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	return strconv.AppendFloat(b, v+0, 'f', -1, 64) // -0 + 0 is 0
}

// appendPadded appends a number with zeros in front.
func appendPadded(b []byte, n int64, digits int) []byte {
	var room [20]byte
	shown := strconv.AppendInt(room[:0], n, 10)
	for range digits - len(shown) {
		b = append(b, '0')
	}
	return append(b, shown...)
}
