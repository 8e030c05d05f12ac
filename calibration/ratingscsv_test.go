package calibration_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

func TestReadRatings(t *testing.T) {
	const long = "unit,rater,rating\nu1,r1,1\nu1,r2,2\nu2,r1,3\nu2,r2,NA\n"
	const want = "r1 r2 on 1, 2, 3: u1 1 2 u2 3 -"
	tests := []struct {
		name, text, scale string
		layout            calibration.Layout
		want              string
	}{
		{name: "long", text: long, want: want},
		{name: "long, any order, more columns, another case", text: "Date,Rating,Unit,Rater\nMay,1,u1,r1\nMay,2,u1,r2\n,3,u2,r1\n,,u2,r2\n", want: want},
		{name: "long, whatever the layout says", text: long, layout: calibration.RatersInRows, want: want},
		{name: "carriage returns and a byte order mark", text: "\uFEFF" + strings.ReplaceAll(long, "\n", "\r\n"), want: want},
		{name: "carriage returns alone", text: strings.ReplaceAll(long, "\n", "\r"), want: want},
		{name: "semicolons", text: strings.ReplaceAll(long, ",", ";"), want: want},
		{name: "tabs", text: strings.ReplaceAll(long, ",", "\t"), want: want},
		{name: "tabs around nothing", text: "unit\tr1\tr2\nu1\t\t2\nu2\t3\t\n", want: "r1 r2 on 2, 3: u1 - 2 u2 3 -"},
		{name: "no line end, spaces, empty lines", text: "\nunit, rater, rating\n u1 ,r1, 1\n\nu1,r2,2\nu2,r1,3.0\n,,\nu2,r2,*", want: "r1 r2 on 1, 2, 3.0: u1 1 2 u2 3.0 -"},
		{name: "quotes", text: "unit,rater,rating\n\"Lovelace, Ada\",\"Grace \"\"G\"\"\",1\n", want: `Grace "G" on 1: Lovelace, Ada 1`},
		{name: "words", text: "unit,rater,rating\nu1,r1,Mid\nu1,r2, high\n", scale: "low,mid,high", want: "r1 r2 on low, mid, high: u1 mid high"},
		{name: "a fixed scale of numbers", text: "unit,rater,rating\nu1,r1,2.0\nu1,r2,+3\n", scale: "1,2,3", want: "r1 r2 on 1, 2, 3: u1 2 3"},
		{name: "numeric order", text: "unit,rater,rating\nu1,r1,10\nu1,r2,9\nu1,r3,-1.5\n", want: "r1 r2 r3 on -1.5, 9, 10: u1 10 9 -1.5"},

		{name: "wide, raters in columns", text: "unit,r1,r2\nu1,1,2\nu2,3,\n", want: want},
		{name: "wide, raters in rows", text: "rater,u1,u2\nr1,1,3\nr2,2,*\n", want: want},
		{name: "wide, said", text: "who,u1,u2\nr1,1,3\nr2,2,NA\n", layout: calibration.RatersInRows, want: want},
		{name: "wide, numbered units", text: "unit,r1,r2\n1,1,2\n2,3,NA\n,,\n", want: "r1 r2 on 1, 2, 3: 1 1 2 2 3 -"},
		{name: "wide, empty corner", text: ",r1,r2\n1,1,2\n2,3,NA\n", layout: calibration.RatersInColumns, want: "r1 r2 on 1, 2, 3: 1 1 2 2 3 -"},
		{name: "wide, empty corner, numbers all around", text: ",1,2\n1,1,2\n2,3,NA\n", layout: calibration.RatersInColumns, want: "1 2 on 1, 2, 3: 1 1 2 2 3 -"},
		{name: "wide, header alone", text: "r1,r2\n1,2\n3,NA\n3,3\n", layout: calibration.RatersInColumns, want: "r1 r2 on 1, 2, 3: 1 1 2 2 3 - 3 3 3"},
		{name: "wide, names alone", text: "r1,1,3,3\nr2,2,*,3\n", layout: calibration.RatersInRows, want: "r1 r2 on 1, 2, 3: 1 1 2 2 3 - 3 3 3"},
		{name: "wide, ratings alone", text: "1,3,3\n2,*,3\n", layout: calibration.RatersInRows, want: "1 2 on 1, 2, 3: 1 1 2 2 3 - 3 3 3"},
		{name: "wide, ratings alone, the first missing", text: ",,3,3\n2,,1,3\n", layout: calibration.RatersInRows, want: "1 2 on 1, 2, 3: 1 - 2 2 - - 3 3 1 4 3 3"},
		{name: "wide, words", text: "mid,high\nlow,NA\n", scale: "low,mid,high", layout: calibration.RatersInColumns, want: "1 2 on low, mid, high: 1 mid high 2 low -"},
		{name: "a rater who rated nothing", text: "unit,r1,r2\nu1,1,\nu2,3,\n", want: "r1 r2 on 1, 3: u1 1 - u2 3 -"},
		{name: "a header alone", text: "unit,r1,r2\n", want: " on :"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, err := calibration.ReadRatings(strings.NewReader(test.text), scaleOf(t, test.scale), test.layout)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, written(r)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A table that is written down in any of the forms is read back as it was.
func TestReadRatingsReadsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := anyTable(t)
		r := drawn.ratings(t)
		delimiter := rapid.SampledFrom([]string{",", ";", "\t"}).Draw(t, "delimiter")
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end")
		form := rapid.SampledFrom([]string{"long", "rows", "columns"}).Draw(t, "form")
		missing := rapid.SampledFrom([]string{"", "NA", "*"}).Draw(t, "missing")
		var lines [][]string
		switch form {
		case "long":
			lines = [][]string{{"unit", "rater", "rating"}}
			for u, unit := range r.Units() {
				for i, rater := range r.Raters() {
					lines = append(lines, []string{unit, rater, cellOf(r, u, i, missing)})
				}
			}
		case "columns":
			lines = [][]string{append([]string{"unit"}, r.Raters()...)}
			for u, unit := range r.Units() {
				line := []string{unit}
				for i := range r.Raters() {
					line = append(line, cellOf(r, u, i, missing))
				}
				lines = append(lines, line)
			}
		case "rows":
			lines = [][]string{append([]string{"rater"}, r.Units()...)}
			for i, rater := range r.Raters() {
				line := []string{rater}
				for u := range r.Units() {
					line = append(line, cellOf(r, u, i, missing))
				}
				lines = append(lines, line)
			}
		}
		text := "\uFEFF"
		for _, line := range lines {
			text += strings.Join(line, delimiter) + end
		}
		read, err := calibration.ReadRatings(strings.NewReader(text), r.Scale(), calibration.AnyLayout)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if diff := cmp.Diff(written(r), written(read)); diff != "" && len(r.Units()) > 0 {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func cellOf(r calibration.Ratings, unit, rater int, missing string) string {
	if c, ok := r.Category(unit, rater); ok {
		return fmt.Sprint(c + 1)
	}
	return missing
}

func TestReadRatingsRefuses(t *testing.T) {
	long := func(lines ...string) string { return "unit,rater,rating\n" + strings.Join(lines, "\n") }
	tests := []struct {
		name, text, scale string
		layout            calibration.Layout
		want              string
	}{
		{name: "nothing", text: "", want: "line 1: there is no table; the first line may say unit,rater,rating"},
		{name: "rated twice", text: long("u1,r1,1", "u2,r1,2", "u1,r1,1"),
			want: "line 4: unit u1 is rated by r1 twice, first on line 2; keep one of the ratings"},
		{name: "off the scale", text: long("u1,r1,low", "u1,r2,hihg"), scale: "low,mid,high",
			want: `line 3: rating "hihg" of unit u1 by r2 is not on the scale low, mid, high; the nearest is high`},
		{name: "off a scale of numbers", text: long("u1,r1,7"), scale: "1,2,3,4,5",
			want: `line 2: rating "7" of unit u1 by r1 is not on the scale 1, 2, 3, 4, 5; the nearest is 5`},
		{name: "off a long scale", text: long("u1,r1,x"), scale: "1,2,3,4,5,6,7,8,9,10",
			want: `line 2: rating "x" of unit u1 by r1 is not on the scale 1, 2 … 10 (10 categories)`},
		{name: "words without a scale", text: long("u1,r1,1", "u1,r2,mid"),
			want: `line 3: rating "mid" of unit u1 by r2 is not a number; write decimals with a point, and for ratings in words say the scale, lowest first, as in low,mid,high`},
		{name: "infinite", text: long("u1,r1,Inf"), want: `line 2: rating "Inf" of unit u1 by r1 is not a number; write decimals with a point, and for ratings in words say the scale, lowest first, as in low,mid,high`},
		{name: "no name", text: long(",r1,1"), want: "line 2: a unit has no name; give it one"},
		{name: "too few cells", text: long("u1,r1"), want: "line 2: there are 2 cells where line 1 has 3; write a missing rating as NA"},
		{name: "no column rating", text: "unit,rater,score\nu1,r1,1\n",
			want: "line 1: the header lacks the column rating beside the other two of unit,rater,rating"},
		{name: "column twice", text: "unit,rater,rating,rating\n", want: "line 1: column rating stands twice; keep one"},
		{name: "a quote that is never closed", text: long("u1,r1,1", "u2,\"r1,2", "u3,r1,3"),
			want: "line 3: a quotation mark stands inside a cell or is never closed; take it away or double it"},
		{name: "UTF-16", text: "\xff\xfeu\x00n\x00", want: "line 1: the file is not UTF-8 text; save it as “CSV UTF-8”"},
		{name: "Latin-1", text: long("u1,M\xfcller,1"), want: "line 2: the file is not UTF-8 text; save it as “CSV UTF-8”"},
		{name: "escape sequences", text: long("u\x1b[31m,r1,1", "u\x1b[31m,r1,1"),
			want: `line 3: unit "u\x1b[31m" is rated by r1 twice, first on line 2; keep one of the ratings`},

		{name: "no layout", text: "who,u1,u2\nr1,1,3\n",
			want: "line 1: it cannot be told whether the raters are the rows or the columns; say which, or head the first column unit or rater"},
		{name: "no such layout", text: "unit,r1\nu1,1\n", layout: "row", want: `raters are not in "row"; say rows or columns`},
		{name: "heading or name", text: "r1,r2\n1,2\n2,2\n", layout: calibration.RatersInColumns,
			want: `line 1: it cannot be told whether "r1" is a heading, a name or neither; head the first column unit or rater`},
		{name: "two columns of one name", text: "unit,r1,r2,r1\nu1,1,2,3\n",
			want: `line 1: "r1" names column 2 and column 4; give each a name of its own`},
		{name: "a column without a name", text: "unit,r1,\nu1,1,2\n", want: "line 1: column 3 has no name; give it one or take it away"},
		{name: "two lines of one name", text: "unit,r1,r2\nu1,1,2\nu2,1,2\nu1,3,3\n", want: `line 4: "u1" is on line 2 already; give each line a name of its own`},
		{name: "a line without a name", text: "unit,r1,r2\n,1,2\n", want: "line 2: the line has no name in its first cell; give it one"},
		{name: "uneven", text: "unit,r1,r2\nu1,1,2\nu2,1,2,3\n", want: "line 3: there are 4 cells where line 1 has 3; write a missing rating as NA"},
		{name: "nothing but commas", text: ",,\n,,\n", layout: calibration.RatersInRows, want: "line 1: column 2 has no name; give it one or take it away"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := calibration.ReadRatings(strings.NewReader(test.text), scaleOf(t, test.scale), test.layout)
			if err == nil || err.Error() != test.want {
				t.Errorf("error %v\n want %s", err, test.want)
			}
		})
	}
}

// manyLines repeats what makes a line until the file ends.
func manyLines(header string, lines int, each func(i int) string) io.Reader {
	var b strings.Builder
	b.WriteString(header)
	for i := range lines {
		b.WriteString(each(i))
	}
	return strings.NewReader(b.String())
}

func TestReadRatingsLimits(t *testing.T) {
	tests := []struct {
		name string
		file io.Reader
		want string
	}{
		{"bytes", io.LimitReader(zeros{}, calibration.MaxRatingsBytes+1), "line 1: the file is larger than 32 MiB, the most that is read; split it"},
		{"cells", manyLines("unit"+strings.Repeat(",x", 999)+"\n", 4_000, func(int) string { return strings.Repeat(",", 999) + "\n" }),
			"line 4001: the table has more than 4000000 cells, the most that are read"},
		{"ratings", manyLines("unit,rater,rating\n", calibration.MaxRatings+1, func(i int) string { return fmt.Sprintf("%d,1,1\n", i) }),
			"line 1000002: there are more than 1000000 ratings, the most that one table may have"},
		{"raters", manyLines("unit,rater,rating\n", calibration.MaxRaters+1, func(i int) string { return fmt.Sprintf("1,%d,1\n", i) }),
			"line 1002: there are more than 1000 raters, the most that are possible; are units taken for raters?"},
		{"categories", manyLines("unit,rater,rating\n", calibration.MaxCategories+1, func(i int) string { return fmt.Sprintf("%d,1,%d\n", i, i) }),
			"line 1002: there are more than 1000 different ratings, the most that a scale may have; round them"},
		{"names", manyLines("unit,rater,rating\n", 1, func(int) string { return strings.Repeat("n", 401) + ",1,1\n" }),
			`line 2: the name of unit "` + strings.Repeat("n", 40) + `…" is 401 bytes long; at most 400 are kept`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := calibration.ReadRatings(test.file, calibration.Scale{}, calibration.AnyLayout)
			if err == nil || err.Error() != test.want {
				t.Errorf("error %v\n want %s", err, test.want)
			}
		})
	}
}

type zeros struct{}

func (zeros) Read(into []byte) (int, error) {
	clear(into)
	return len(into), nil
}

func TestReadRatingsPassesOnWhatTheDiskSays(t *testing.T) {
	broken := errors.New("the disk is gone")
	_, err := calibration.ReadRatings(iotest.ErrReader(broken), calibration.Scale{}, calibration.AnyLayout)
	if !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

// Whatever is read either is refused with a sentence or makes figures that are
// numbers or say why not.
func FuzzReadRatings(f *testing.F) {
	for _, seed := range []string{
		"unit,rater,rating\nu1,r1,1\nu1,r2,2\nu2,r1,3\nu2,r2,NA\n",
		"rater;u1;u2\nr1;1;3\nr2;2;*\n",
		"\uFEFFunit\tr1\tr2\r\n1\t-1e150\t1e150\r\n2\t0.1\t\r\n",
		"1,2,3,3,2,1,4,1,2,,,\n1,2,3,3,2,2,4,1,2,5,,3\n,3,3,3,2,3,4,2,2,5,1,\n1,2,3,3,2,4,4,1,2,5,1,\n",
		"r1,r2\n1,2\n2,1\n1,NA\n",
		",,\n,,\n",
		"\"unit\",\"a\"\"b\"\n\"u\n1\",5e-324\n",
	} {
		f.Add(seed, "", "columns")
		f.Add(seed, "1,2,3,4,5", "rows")
		f.Add(seed, "low,mid,high", "")
	}
	f.Fuzz(func(t *testing.T, text, words, layout string) {
		scale := calibration.Scale{}
		if words != "" {
			var err error
			if scale, err = calibration.NewScale(strings.Split(words, ",")...); err != nil {
				return
			}
		}
		r, err := calibration.ReadRatings(strings.NewReader(text), scale, calibration.Layout(layout))
		if err != nil {
			return
		}
		if len(r.Units())*len(r.Raters()) < r.Len() {
			t.Errorf("%d ratings of %d units by %d raters", r.Len(), len(r.Units()), len(r.Raters()))
		}
		for name, figure := range allFigures(r) {
			checkFinite(t, name, figure)
		}
	})
}

func BenchmarkReadRatings(b *testing.B) {
	r := manyRatings(b, 100_000, 5, 15)
	var text strings.Builder
	text.WriteString("unit,rater,rating\n")
	for u, unit := range r.Units() {
		for i, rater := range r.Raters() {
			if c, ok := r.Category(u, i); ok {
				fmt.Fprintf(&text, "%s,%s,%d\n", unit, rater, c+1)
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := calibration.ReadRatings(strings.NewReader(text.String()), calibration.Scale{}, calibration.AnyLayout); err != nil {
			b.Fatal(err)
		}
	}
}
