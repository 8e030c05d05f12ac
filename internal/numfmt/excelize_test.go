package numfmt_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"calibrate/internal/numfmt"
)

// compared are codes that people use, and odd ones.
var compared = strings.Split(`General
0
0.00
#,##0
#,##0.00
0%
0.00%
0.0%%
0.00E+00
##0.0E+0
# ?/?
# ??/??
?/?
# ?/8
00000
000-00-0000
"B-"0000
(000) 000-0000
###-####
[<=9999999]###-####;(###) ###-####
0;(0);"none"
0.00;[Red]-0.00
#,##0.00_);(#,##0.00)
;;;
"abc"
"x"0"y"
0" years"
\a0
#
#.##
0.##
.00
???.??
?,???
0,000
0.0,
0.0,,
#,##0,"K"
[>=1000000]0.0,,"M";[>=1000]0.0,"K";0
[<0]"owes "0;0
[>5]0.0;0
0_)
* 0
_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)
"$"#,##0.00_);\("$"#,##0.00\)
[$€-407] #,##0.00
#,##0.00 [$€-407]
[$USD] 0.00
[$-409]0.00
[Red]General
[Blue]@
"ID "@
0;@
@@
General" h"`, "\n")

// comparedDates are those that show dates.
var comparedDates = strings.Split(`yyyy-mm-dd
dd.mm.yyyy
d/m/yy
m/d/yyyy h:mm
dddd, mmmm d, yyyy
ddd d mmm
mmmmm
e
h:mm
hh:mm:ss
h:mm:ss.00
mm:ss.0
h AM/PM
hh:mm AM/PM
h:mm A/P
[h]:mm
[hh]:mm:ss
[m]
[mm]:ss
[s]
h:mm:ss m/d
mm/dd hh:mm
h"h"mm
[$-407]dddd, d. mmmm yyyy
[$-40C]dddd d mmm yyyy
[$-410]dddd d mmm yyyy
[$-416]dddd d mmm yyyy
[$-415]dddd d mmm yyyy
[$-41F]dddd d mmm yyyy
[$-F800]dddd, mmmm dd, yyyy
[$-F400]h:mm:ss AM/PM
yyyy"年"m"月"d"日"`, "\n")

var comparedNumbers = []float64{0, 1, -1, 0.5, -0.5, 5, 12, 36.75, 1234.5, -1234.567, 1.005, 2.675, -0.001, 0.1 + 0.2, 1234567.891, 8675309, 2018675309, 123456789012, 1e15, 1.5e21, 1e-7, 0.99999, 60, 61, 99.5, 999.95, 45356, 45356.25, 45356.123456789, 45356.999997, 2958465, 2958466}

// differences are where we do not show what excelize shows, on purpose.
var differences = []struct {
	why string
	is  func(code string, v float64, ours, theirs string) bool
}{
	{"Excel rounds a number as it is written with 15 digits", func(_ string, v float64, ours, theirs string) bool {
		return (v == 1.005 || v == 2.675) && ours != theirs
	}},
	{"Excel shows no minus of nothing", func(_ string, v float64, ours, theirs string) bool {
		return v < 0 && theirs == "-"+ours && !strings.ContainsAny(ours, "123456789")
	}},
	{"General is the number as a whole: it may be an id", func(code string, v float64, ours, _ string) bool {
		return strings.Contains(code, "General") && ours == numfmt.Format{}.Number(v, false)
	}},
	{"and has an exponent from 1e21 on, in a section of text, too", func(code string, v float64, _, _ string) bool {
		return (strings.Contains(code, "@") || strings.Contains(code, "?/")) && v > 1e20
	}},
	{"after 9999-12-31 is no date", func(code string, v float64, ours, _ string) bool {
		return v > 2958465 && isDate(code) && ours == numfmt.Format{}.Number(v, false)
	}},
	{"a day is not over half a second early", func(code string, v float64, _, _ string) bool {
		return v == 45356.999997 && isDate(code) && !strings.Contains(code, "h")
	}},
	{"a second has a fraction", func(code string, _ float64, _, _ string) bool { return strings.Contains(code, "s.0") }},
	{"m after seconds that have their minutes are months", only("h:mm:ss m/d")},
	{"more than 292 years can go by", func(code string, v float64, _, _ string) bool { return strings.HasPrefix(code, "[") && v > 106751 }},
	{"[hh] and [mm] have two digits", only("[hh]:mm:ss", "[mm]:ss")},
	{"the computer's own dates and times are ISO", only("[$-F800]dddd, mmmm dd, yyyy", "[$-F400]h:mm:ss AM/PM")},
	{"exponents are multiples of how many digits stand before them", only("##0.0E+0")},
	{"# shows no zero, and a point stays", only("#", "#.##", "0.##", ".00", "###-####")},
	{"? is a space", only("???.??", "?,???")},
	{"a fraction that is none, or one, is shown as such", only("# ?/?", "# ??/??", "# ?/8")},
	{"without digits for whole numbers the fraction is all of it", only("?/?")},
	{"sections have conditions", only("[<=9999999]###-####;(###) ###-####", `[>=1000000]0.0,,"M";[>=1000]0.0,"K";0`, `[<0]"owes "0;0`, "[>5]0.0;0")},
	{"the third section is for zero", func(code string, v float64, _, _ string) bool { return v == 0 && strings.Count(code, ";") >= 2 }},
	{"text stands beside General", only(`General" h"`)},
	{"commas divide what is large, too, and percents multiply it", func(code string, v float64, _, _ string) bool {
		return v >= 1e15 && (strings.Contains(code, "0,") || strings.Contains(code, "%%"))
	}},
}

func only(codes ...string) func(string, float64, string, string) bool {
	return func(code string, _ float64, _, _ string) bool { return slices.Contains(codes, code) }
}

func isDate(code string) bool { return slices.Contains(comparedDates, code) }

// What excelize, the work of many people and years, shows in a cell is what we show, but
// for known differences. That all of those are there is held, too.
func TestAsExcelizeShowsIt(t *testing.T) {
	codes := slices.Concat(compared, comparedDates)
	cells := shownByExcelize(t, codes)
	met := make([]bool, len(differences))
	known := func(code string, v float64, ours, theirs string) bool {
		for i, d := range differences {
			if d.is(code, v, ours, theirs) {
				met[i] = true
				return true
			}
		}
		return false
	}
	for i, code := range codes {
		f := parsed(t, code)
		for j, v := range comparedNumbers {
			if ours, theirs := f.Number(v, false), cells[i][j]; ours != theirs && !known(code, v, ours, theirs) {
				t.Errorf("%q shows %v as %q, and excelize as %q", code, v, ours, theirs)
			}
		}
		if ours, theirs := f.Text("Ada"), cells[i][len(comparedNumbers)]; ours != theirs {
			t.Errorf("%q shows a text as %q, and excelize as %q", code, ours, theirs)
		}
	}
	for i, d := range differences {
		if !met[i] {
			t.Errorf("nothing differs any more because %s", d.why)
		}
	}
}

// shownByExcelize writes a row of cells for each code, and reads what they show.
func shownByExcelize(t *testing.T, codes []string) [][]string {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	book := excelize.NewFile()
	defer book.Close()
	at := func(row, column int) string {
		name, err := excelize.CoordinatesToCellName(column+1, row+1)
		check(err)
		return name
	}
	for i, code := range codes {
		style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &code})
		check(err)
		for j, v := range comparedNumbers {
			check(book.SetCellValue("Sheet1", at(i, j), v))
		}
		check(book.SetCellValue("Sheet1", at(i, len(comparedNumbers)), "Ada"))
		check(book.SetCellStyle("Sheet1", at(i, 0), at(i, len(comparedNumbers)), style))
	}
	var b bytes.Buffer
	check(book.Write(&b))
	read, err := excelize.OpenReader(&b)
	check(err)
	defer read.Close()
	cells := make([][]string, len(codes))
	for i := range codes {
		for j := range len(comparedNumbers) + 1 {
			shown, err := read.GetCellValue("Sheet1", at(i, j))
			check(err)
			cells[i] = append(cells[i], shown)
		}
	}
	return cells
}
