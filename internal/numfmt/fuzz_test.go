package numfmt_test

import (
	"testing"

	"calibrate/internal/numfmt"
)

// Whatever a code is, it is understood or refused with words, and what it shows of any
// number is bounded.
func FuzzFormat(f *testing.F) {
	for id := range 50 {
		if code, ok := numfmt.Builtin(id); ok {
			f.Add(code, 45356.75, false)
		}
	}
	for _, code := range []string{
		"[<=9999999]###-####;(###) ###-####", `[>=1000000]0.0,,"M";[>=1000]0.0,"K";0`, "[$-407]dddd, d. mmmm yyyy", "[$-F800]x;@",
		"# ?? / 16", "0/0%", "%%%%0/0", "[h]:mm:ss.000", "h:mm A/P", `_(* "-"??_)`, "0E+0E-0.0", "[Red]", `"`, "[", `\`, "B2yyyy", "0,,.0,,", "G/通用格式",
	} {
		f.Add(code, -1234.5678, true)
	}
	f.Fuzz(func(t *testing.T, code string, v float64, date1904 bool) { check(t, code, v, date1904) })
}
