package numfmt_test

import (
	"math"
	"strings"
	"testing"

	"calibrate/internal/allocations"
	"calibrate/internal/numfmt"
)

func parsed(t testing.TB, code string) numfmt.Format {
	t.Helper()
	f, err := numfmt.Parse(code)
	if err != nil {
		t.Fatalf("%q: %v", code, err)
	}
	return f
}

func TestNumbers(t *testing.T) {
	for _, tt := range []struct {
		code string
		v    float64
		want string
	}{
		// General, and codes that come to it.
		{"General", 123456789012, "123456789012"}, // an id; Excel shows 1.23457E+11
		{"", 0.1 + 0.2, "0.3"},                    // 15 digits
		{"General", -1.5, "-1.5"},
		{"General", 1e20, "100000000000000000000"},
		{"General", 1e21, "1E+21"},
		{"General", 1e-9, "0.000000001"},
		{"General", -1.5e-10, "-1.5E-10"},
		{"general", 12345678901234567, "12345678901234600"}, // Excel knows 15 digits
		{`General" h"`, -7.5, "-7.5 h"},
		{"[Red]", 5, "5"},
		{"@", -42, "-42"},
		{`"ID "@`, 42, "42"}, // a section of text shows no numbers
		{"G/通用格式", 42, "42"},

		// Digits.
		{"0", 0.5, "1"},
		{"0", -0.5, "-1"},
		{"0.00", 1.005, "1.01"}, // a little less in binary
		{"0.00", 2.675, "2.68"},
		{"0.00", -0.001, "0.00"}, // no minus of nothing
		{"0.00;-0.00", -0.001, "-0.00"},
		{"0", 999.5, "1000"},
		{"0", 1e15 + 1, "1000000000000000"}, // 15 digits
		{"00000", 42, "00042"},
		{`"B-"0000`, 17, "B-0017"},
		{"000-00-0000", 123456789, "123-45-6789"},
		{"000-00-0000", 12345678901, "12345-67-8901"},
		{"00000-0000", 941051630, "94105-1630"},
		{"(000) 000-0000", -5, "-(000) 000-0005"},
		{"#", 0, ""},
		{"#.#", 0, "."},
		{"#.##", 1.5, "1.5"},
		{"0.##", 1, "1."},
		{".00", 12.5, "12.50"},
		{"0#######", 12, "012"}, // # never shows a zero, nor do those behind 0
		{"000#0#0#0##00##00##0#########", 12345, "0000000000012345"},
		{`###\###\##0.00`, 123456789.01, "12345#67#89.01"},
		{`"This is a ".00"test"000`, -3.14159, "-This is a 3.14test159"},
		{`#\ ###\ ##0`, 1234567, "1 234 567"},
		{`#\ ###\ ##0`, 1, "  1"}, // text is shown, digits or not
		{"???.??", 1.5, "  1.5 "},
		{"?,???", 12, "   12"},
		{`0" years"`, 3, "3 years"},
		{`0 \h`, 3, "3 h"},
		{"0 EUR", 3, "3 EUR"},
		{`"none"`, -3, "-none"},
		{"#,##0", 1234567, "1,234,567"},
		{"0,000", 1, "0,001"},
		{"0.0,", 12345, "12.3"},
		{"0.0,,", 12345678, "12.3"},
		{`#,##0,"K"`, 1234567, "1,235K"},
		{"#.0000,,,", 12345678901, "12.3457"},
		{"0 ,", 1234567, "1234567 ,"}, // of a text
		{",0", 1234567, ",1234567"},
		{"0.,", 1234567, "1235."},
		{".", 1, "."},
		{"0%", 0.8, "80%"},
		{"0.0%", 0.1234, "12.3%"},
		{"%0", 0.5, "%50"},
		{"0%%", 0.5, "5000%%"},
		{`0"%"`, 0.5, "1%"},
		{"0.00E+00", 12345, "1.23E+04"},
		{"0.00E+00", 9.999, "1.00E+01"},
		{"0E+0", 0, "0E+0"},
		{"0E+#", 5, "5E+0"},
		{"0.0E-0", 1500, "1.5E3"},
		{"0.0E-0", 0.0015, "1.5E-3"},
		{"##0.0E+0", 999.96, "1.0E+3"},
		{"##0.0E+0", 12345678, "12.3E+6"},
		{"##0.0E+0", 0.00012345, "123.5E-6"},
		{"0%", 1.005, "101%"},    // 1.005 × 100 is a little less in binary
		{"0.0.0", 1.25, "1.2.5"}, // one point, and text
		{".0E+0", 123, ".1E+3"},
		{"0_)", 5, "5 "},
		{`0_\)`, 5, "5 "},
		{"* 0", 5, "5"},

		// Fractions.
		{"# ?/?", 5, "5    "}, // as wide as one
		{"# ?/?", 0, "0    "},
		{"# ?/?", 0.5, " 1/2"},
		{"# ?/?", -12.34, "-12 1/3"},
		{"# ?/?", 0.99999, "1    "},
		{"# ?/?", -0.01, "-0    "},
		{"# ??/??", 1234.567, "1234 55/97"},
		{"# ??/??", 12.3, "12  3/10"},
		{"# ???/???", 1.25, "1   1/4  "},
		{"??/??", 12.3456789, "1000/81"},
		{"?/?", 0, "0/1"},
		{"#??/??", 12.3456789, "1000/81"}, // all digits are the numerator
		{"# ?/8", 12.34, "12 3/8"},
		{"# ?/8", 1, "1    "},
		{"# ??/16", 0.5, "  8/16"},
		{"# ?/2", -1.2, "-1    "},
		{"0 0/0", 3, "3 0/1"},
		{"0 00/00", 0.5, "0 01/02"},
		{"# ?? / ??", 1.5, "1  1 / 2 "},
		{"# ??/?????????", math.Pi, "3 244252/1725033  "},
		{"?/?", 1e300, "1E+300"},
		{"0 0/0x0", 12.5, "12 1/2x"},
		{"0/0", 0.1, "0/1"},
		{"m/d/yyyy", 45356, "3/5/2024"},

		// Sections, signs, conditions.
		{"0;(0)", -5, "(5)"},
		{`0;(0);"none"`, 0, "none"},
		{";;;", 5, ""},
		{"0;;", -5, ""},
		{"(0)", -5, "-(5)"},
		{"[Red]0;[Color 12]0", -5, "5"},
		{"[<=9999999]###-####;(###) ###-####", 8675309, "867-5309"},
		{"[<=9999999]###-####;(###) ###-####", 2018675309, "(201) 867-5309"},
		{`[>=1000000]0.0,,"M";[>=1000]0.0,"K";0`, 1500000, "1.5M"},
		{`[>=1000000]0.0,,"M";[>=1000]0.0,"K";0`, 1500, "1.5K"},
		{`[>=1000000]0.0,,"M";[>=1000]0.0,"K";0`, -15, "-15"},
		{`[<0]"owes "0;0`, -5, "owes 5"},
		{"[=1]0.0;[<>2]0.00;0", 1, "1.0"},
		{`[=1]"one";[=2]"two";0`, 2, "two"},
		{`[=1]"one";[=2]"two";0`, -3, "-3"},
		{`0.0;[<=-10]"B"0;"C"0`, -1, "-C1"},
		{`[<-4]"A"0;"B"0`, -3, "B3"}, // as Excel: what is left is its own to say
		{`[>6]"A"0;"B"0`, -3, "-B3"},
		{"[>5]0.0", 5, "5"}, // Excel has only #### to show
		{"[$€-407] #,##0.00", 1234.5, "€ 1,234.50"},
		{"[$-409]0", 5, "5"},
		{"[DBNum1][$-804]General", 5, "5"},

		// Dates.
		{"yyyy-mm-dd", 45356, "2024-03-05"},
		{"dd.mm.yyyy", 45356, "05.03.2024"},
		{"d/m/yy", 45356, "5/3/24"},
		{"dddd, mmmm d, yyyy", 45356, "Tuesday, March 5, 2024"},
		{"ddd d mmm", 45356, "Tue 5 Mar"},
		{"mmmmm", 45356, "M"},
		{"e", 45356, "2024"},
		{"yyyy-mm-dd", 0, "1900-01-00"}, // as Excel counts
		{"yyyy-mm-dd", 59, "1900-02-28"},
		{"yyyy-mm-dd", 60, "1900-02-29"},
		{"yyyy-mm-dd", 61, "1900-03-01"},
		{"ddd", 1, "Sun"},
		{"yyyy-mm-dd", 2958465, "9999-12-31"},
		{"yyyy-mm-dd", 2958466, "2958466"}, // what is no date is a number
		{"yyyy-mm-dd", -1, "-1"},
		{"hh:mm", 0.5, "12:00"},
		{"mm/dd hh:mm", 45356.5, "03/05 12:00"}, // m that are months, and minutes
		{"mm:ss", 0.5 + 61.0/86400, "01:01"},
		{"h:mm:ss m/d", 45356.5, "12:00:00 3/5"},
		{"h:mm AM/PM", 0.75, "6:00 PM"},
		{"h:mm AM/PM", 0, "12:00 AM"},
		{"h a/p", 0.75, "6 p"},
		{"AM/PM", 0.499998, "PM"},            // 0.2 s before noon, rounded
		{"hh:mm:ss", 0.99999999, "00:00:00"}, // rounded, to the next day
		{"hh:mm", 0.99999, "23:59"},          // minutes are not
		{"yyyy-mm-dd", 45356.999997, "2024-03-05"},
		{"[h]:mm", 1.5, "36:00"},
		{"[hh]:mm:ss", 0.0625, "01:30:00"},
		{"h:mm", 45356.999997, "0:00"}, // 0.3 s before midnight, rounded
		{"[m]", 1.5, "2160"},
		{"[mm]:ss", 61.0 / 86400, "01:01"},
		{"[s]", 1, "86400"},
		{"ss.00", 1.234 / 86400, "01.23"},
		{"[$-407]dddd, d. mmmm yyyy", 45356, "Dienstag, 5. März 2024"},
		{"[$-de-DE]mmm", 45356, "Mrz"},
		{"[$-F800]dddd, mmmm dd, yyyy", 45356, "2024-03-05"},
		{"[$-F400]h:mm:ss AM/PM", 0.5, "12:00:00"},
		{"[$-x-sysdate]dddd", 45356, "2024-03-05"},
		{`h"h"mm`, 0.5, "12h00"},
	} {
		if got := parsed(t, tt.code).Number(tt.v, false); got != tt.want {
			t.Errorf("%q shows %v as %q, want %q", tt.code, tt.v, got, tt.want)
		}
	}
}

func TestTexts(t *testing.T) {
	for _, tt := range []struct{ code, s, want string }{
		{"General", "Ada", "Ada"},
		{"0.00", "Ada", "Ada"},
		{"@", "007", "007"},
		{`"Dr. "@`, "Ada", "Dr. Ada"},
		{"0;-0;0;(@, @)", "Ada", "(Ada, Ada)"},
		{"0;@", "Ada", "Ada"},
		{`0;0;0;"hidden"`, "Ada", "hidden"},
		{"0;0;0;General", "Ada", "Ada"},
		{";;;", "Ada", ""},
		{"_(@_)", "Ada", " Ada "},
		{"yyyy-mm-dd;@", "2024?", "2024?"},
		{"[Blue]@", "", ""},
	} {
		if got := parsed(t, tt.code).Text(tt.s); got != tt.want {
			t.Errorf("%q shows %q as %q, want %q", tt.code, tt.s, got, tt.want)
		}
	}
}

func TestTheZeroFormatIsGeneral(t *testing.T) {
	var f numfmt.Format
	if n, s := f.Number(-1234567.5, false), f.Text("Ada"); n != "-1234567.5" || s != "Ada" {
		t.Errorf("it shows %q and %q", n, s)
	}
	for v, want := range map[float64]string{math.Inf(1): "+Inf", math.Inf(-1): "-Inf", math.Copysign(0, -1): "0", math.MaxFloat64: "1.79769313486232E+308", 5e-324: "4.94065645841247E-324"} {
		if got := f.Number(v, false); got != want {
			t.Errorf("it shows %v as %q, want %q", v, got, want)
		}
	}
}

func TestDatesFrom1904(t *testing.T) {
	for _, tt := range []struct {
		code string
		v    float64
		want string
	}{
		{"yyyy-mm-dd", 0, "1904-01-01"},
		{"yyyy-mm-dd ddd", 43894, "2024-03-05 Tue"},
		{"yyyy-mm-dd", 2957003, "9999-12-31"},
		{"yyyy-mm-dd", 2957004, "2957004"},
		{"[h]:mm", 1.5, "36:00"}, // time that has elapsed has no first day
		{"0.0", 1.5, "1.5"},
	} {
		if got := parsed(t, tt.code).Number(tt.v, true); got != tt.want {
			t.Errorf("%q shows %v as %q, want %q", tt.code, tt.v, got, tt.want)
		}
	}
}

func TestBuiltin(t *testing.T) {
	for id, want := range map[int]string{
		0: "45356.75", 1: "45357", 2: "45356.75", 3: "45,357", 4: "45,356.75", 5: "$45,357 ", 8: "$45,356.75 ", 9: "4535675%", 10: "4535675.00%",
		11: "4.54E+04", 12: "45356 3/4", 13: "45356  3/4 ", 14: "2024-03-05", 15: "5-Mar-24", 16: "5-Mar", 17: "Mar-24",
		18: "6:00 PM", 19: "6:00:00 PM", 20: "18:00", 21: "18:00:00", 22: "2024-03-05 18:00", 37: "45,357 ", 40: "45,356.75 ",
		41: " 45,357 ", 44: " $45,356.75 ", 45: "00:00", 46: "1088562:00:00", 47: "00:00.0", 48: "45.4E+3", 49: "45356.75",
	} {
		code, ok := numfmt.Builtin(id)
		if !ok {
			t.Errorf("%d is not there", id)
			continue
		}
		if got := parsed(t, code).Number(45356.75, false); got != want {
			t.Errorf("%d, %q, shows %q, want %q", id, code, got, want)
		}
	}
	for _, id := range []int{-1, 23, 36, 50, 164, 1 << 40} {
		if code, ok := numfmt.Builtin(id); ok {
			t.Errorf("%d is %q, and is not defined", id, code)
		}
	}
}

func TestWhatIsWrongWithACode(t *testing.T) {
	for _, tt := range []struct{ code, want string }{
		{`0"abc`, "byte 1: a quote that is not closed"},
		{"0;[Red", "byte 2: a bracket that is not closed"},
		{`0\`, `byte 1: a \ with nothing after it`},
		{"0_", "byte 1: a _ with nothing after it"},
		{"[<x]0", "byte 0: [<x] does not compare with a number"},
		{"[<=>1]0", "byte 0: [<=>1] does not compare"},
		{"0;0;0;0;0", "byte 8: a fifth section"},
		{"yyyy 0", "byte 5: digits, dates and General do not go together"},
		{"0 days", "byte 0: digits, dates and General do not go together"}, // Excel wants "days"
		{"ss.0000", "byte 3: digits, dates"},
		{"0 General", "byte 2: digits, dates"},
		{"yyyy General", "byte 5: digits, dates"},
		{strings.Repeat("0", 10000), "byte 1024: the code goes on"},
		{strings.Repeat("@", 17), "byte 16: the text is shown more than 16 times"},
	} {
		if _, err := numfmt.Parse(tt.code); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%.20q: %v, want %s", tt.code, err, tt.want)
		}
	}
}

// Whatever a number and a code of full length are, what is shown is not many times longer.
func TestWhatIsShownIsBounded(t *testing.T) {
	for _, piece := range []string{"0", "#", "?", "0.", ",", "0,", "%", "0%", "0/0", "/", "0/", "# ?/?", "9/", "E+0", "0E+", "[h]", "General", "@", "dddd", "mmmm ", "AM/PM", "_a", "*a", `\a`, "[$-407]", "[$€]", "0;", "[>1]", "\"a\"", "e", "é", "\xff", ".0", "s.000", "0e-"} {
		f, err := numfmt.Parse(strings.Repeat(piece, numfmt.MaxCode/len(piece)))
		if err != nil {
			continue
		}
		for _, v := range []float64{0, 1, -0.5, math.MaxFloat64, 5e-324, 45356.75} {
			if got := f.Number(v, false); len(got) > 8*numfmt.MaxCode {
				t.Errorf("%q again and again shows %v in %d bytes", piece, v, len(got))
			}
		}
	}
}

func TestLanguages(t *testing.T) {
	const tuesday = 45356 // 5 March 2024
	for place, want := range map[string]string{
		"-409": "Tuesday Tue March Mar", "-407": "Dienstag Di März Mrz", "-C07": "Dienstag Di März Mrz", "-40C": "mardi mar. mars mars",
		"-C0A": "martes mar marzo mar", "-410": "martedì mar marzo mar", "-413": "dinsdag di maart mrt", "-416": "terça-feira ter março mar",
		"-415": "wtorek wt. marzec mar", "-41D": "tisdag tis mars mar", "-406": "tirsdag ti marts mar", "-414": "tirsdag tir mars mar",
		"-40B": "tiistai ti maaliskuu maalis", "-405": "úterý út březen bře", "-40E": "kedd K március márc.", "-41F": "Salı Sal Mart Mar",
		"-418": "marți mar. martie mar.", "-41B": "utorok ut marec mar", "-419": "вторник Вт Март мар", "-422": "вівторок Вт Березень Бер",
		"-408": "Τρίτη Τρι Μαρτίου Μαρ", "-804": "星期二 周二 三月 3月", "-411": "火曜日 火 3月 3月", "-412": "화요일 화 March Mar",
		"-de-DE": "Dienstag Di März Mrz", "-da": "tirsdag ti marts mar", "-x-none": "Tuesday Tue March Mar", "-43E": "Tuesday Tue March Mar",
		"-1010407": "Dienstag Di März Mrz", "-FC15": "wtorek wt. marzec mar", "€-40C": "€mardi mar. mars mars", "": "Tuesday Tue March Mar",
	} {
		if got := parsed(t, "[$"+place+"]dddd ddd mmmm mmm").Number(tuesday, false); got != want {
			t.Errorf("%s: %q, want %q", place, got, want)
		}
		for v := tuesday - 100; v < tuesday+300; v++ { // every name is there, and without a space
			shown := parsed(t, "[$"+place+"]dddd ddd mmmm mmm mmmmm").Number(float64(v), false)
			if fields := strings.Fields(shown); len(fields) != 5 {
				t.Fatalf("%s: %q", place, shown)
			}
		}
	}
	if got := parsed(t, "[$-405]mmmmm").Number(45545, false); got != "z" { // září
		t.Errorf("the first letter of a month is %q", got)
	}
	if got := parsed(t, "[$-405]mmmmm").Number(45337, false); got != "ú" { // únor
		t.Errorf("the first letter of a month is %q", got)
	}
}

func TestAllocations(t *testing.T) {
	for _, code := range []string{"General", "00000", "#,##0.00;(#,##0.00)", "yyyy-mm-dd hh:mm", "[$-407]dddd, d. mmmm yyyy", "# ??/??", "0.00E+00"} {
		f := parsed(t, code)
		allocations.AtMost(t, code, 2, func() { f.Number(45356.75, false) })
	}
	allocations.AtMost(t, "a code", 12, func() { numfmt.Parse("#,##0.00;[Red]-#,##0.00") })
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		numfmt.Parse("#,##0.00;[Red]-#,##0.00")
	}
}

func BenchmarkNumber(b *testing.B) {
	for _, code := range []string{"General", "00000", "#,##0.00", "yyyy-mm-dd", "# ??/??"} {
		b.Run(code, func(b *testing.B) {
			f := parsed(b, code)
			b.ReportAllocs()
			for b.Loop() {
				f.Number(45356.75, false)
			}
		})
	}
}
