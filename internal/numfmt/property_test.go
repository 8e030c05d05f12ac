package numfmt_test

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"calibrate/internal/numfmt"
)

// somePieces are what codes are made of, so that many of those made of them are sound.
var somePieces = rapid.SampledFrom([]string{
	"0", "0", "#", "?", ".", ",", "%", "/", "8", "E+", "E-", "@", ";", "General", " ", "-", "(", ")", `"x;"`, `\0`, "_)", "* ",
	"y", "yyyy", "m", "mm", "mmm", "d", "ddd", "h", "hh", "s", "ss", ".00", "AM/PM", "A/P", "e", "b", "g", "aaa", "B2",
	"[h]", "[mm]", "[s]", "[Red]", "[Color12]", "[<0]", "[>=1.5]", "[<>2]", "[$€-407]", "[$-F800]", "[$-de-DE]", "[DBNum1]", "[", `"`, `\`, "é", "\xff",
})

var someCodes = rapid.Custom(func(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(somePieces, 0, 12).Draw(t, "pieces"), "")
})

var someNumbers = rapid.OneOf(rapid.Float64(), rapid.Float64Range(-1e6, 1e6), rapid.Float64Range(-2, 2), rapid.Map(rapid.IntRange(-100000, 100000), func(n int) float64 { return float64(n) / 100 }))

// Whatever a code is, it is understood or refused with words, and shows any number.
func TestAnyCodeAndNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		check(t, someCodes.Draw(t, "code"), someNumbers.Draw(t, "number"), rapid.Bool().Draw(t, "1904"))
	})
}

func check(t interface{ Errorf(string, ...any) }, code string, v float64, date1904 bool) {
	f, err := numfmt.Parse(code)
	if err != nil {
		if !strings.HasPrefix(err.Error(), "byte ") {
			t.Errorf("%q: the error %q says no place", code, err)
		}
		return
	}
	for _, got := range []string{f.Number(v, date1904), f.Text("Ada")} {
		if len(got) > 8*numfmt.MaxCode {
			t.Errorf("%q shows %v in %d bytes", code, v, len(got))
		}
	}
}

// General shows the number itself: read back, it has the same 15 digits.
func TestGeneralIsTheNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := someNumbers.Draw(t, "number")
		if math.Abs(v) > 1.79e308 {
			t.Skip("in 15 digits it may be more than there is")
		}
		shown := numfmt.Format{}.Number(v, false)
		back, err := strconv.ParseFloat(shown, 64)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := fmt.Sprintf("%.14e", v), fmt.Sprintf("%.14e", back); a != b && v != 0 {
			t.Errorf("%v is shown as %q", v, shown)
		}
		if a := math.Abs(v); a >= 1e-8 && a < 1e20 && strings.ContainsAny(shown, "eE") {
			t.Errorf("%v is shown as %q", v, shown)
		}
	})
}

// Digits are those of the number, written with 15, rounded half away from zero; said by
// exact arithmetic.
func TestDigitsAreRounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, digits := someNumbers.Draw(t, "number"), rapid.IntRange(0, 12).Draw(t, "digits")
		if math.Abs(v) > 1e100 || math.Abs(v) < 1e-100 {
			t.Skip("slow, exactly")
		}
		exact, _ := new(big.Rat).SetString(fmt.Sprintf("%.14e", v))
		want := exact.FloatString(digits) // rounds half away from zero
		if strings.Trim(want, "-0.") == "" {
			want = strings.TrimPrefix(want, "-")
		}
		code := strings.TrimSuffix("0."+strings.Repeat("0", digits), ".")
		f, err := numfmt.Parse(code)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Number(v, false); got != want {
			t.Errorf("%q shows %v as %q, want %q", code, v, got, want)
		}
		grouped, err := numfmt.Parse("#,##" + code)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.ReplaceAll(grouped.Number(v, false), ",", ""); got != want {
			t.Errorf("#,##%s shows %v as %q, want %q, grouped", code, v, got, want)
		}
	})
}

// A number with an exponent is the number, in as many digits as there are.
func TestExponents(t *testing.T) {
	for _, code := range []string{"0.00000000000000E+0", "##0.00000000000000E+0", "00.00000000000000E-00", ".000000000000000E+0"} {
		f := parsed(t, code)
		rapid.Check(t, func(t *rapid.T) {
			v := rapid.OneOf(rapid.Float64Range(-1e300, 1e300), someNumbers).Filter(func(v float64) bool { return math.Abs(v) < 1e300 }).Draw(t, "number")
			shown := f.Number(v, false)
			back, err := strconv.ParseFloat(shown, 64)
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(back-v) > 1e-14*math.Abs(v) {
				t.Errorf("%q shows %v as %q", code, v, shown)
			}
		})
	}
}

// Fractions come as near as their digits can: nearer than 1/d for a denominator of at most d.
func TestFractionsAreNear(t *testing.T) {
	for code, most := range map[string]float64{"0 0/0": 9, "0 00/00": 99, "0 000/000": 999, "0 0/8": 8, "000/000": 999} {
		f := parsed(t, code)
		rapid.Check(t, func(t *rapid.T) {
			v := rapid.Float64Range(0, 1000).Draw(t, "number")
			shown := f.Number(v, false)
			whole, part, mixed := strings.Cut(shown, " ")
			if !mixed {
				whole, part = "0", shown
			}
			over, under, _ := strings.Cut(part, "/")
			ones, err1 := strconv.ParseFloat(whole, 64)
			top, err2 := strconv.ParseFloat(over, 64)
			bottom, err3 := strconv.ParseFloat(under, 64)
			if err1 != nil || err2 != nil || err3 != nil || bottom > most || math.Abs(ones+top/bottom-v) > 1/most {
				t.Errorf("%q shows %v as %q", code, v, shown)
			}
		})
	}
}

// Every day of the 1900 system from March 1900 on is the one of the calendar; so is its
// time of the day, in whole seconds.
func TestDatesAgreeWithTheCalendar(t *testing.T) {
	day, full, half := parsed(t, "yyyy-mm-dd"), parsed(t, "yyyy-mm-dd hh:mm:ss"), parsed(t, "dddd, mmmm d, yy, h:mm AM/PM")
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	for serial := 61; serial <= 2958465; serial++ {
		at := base.AddDate(0, 0, serial)
		if got := day.Number(float64(serial), false); got != at.Format(time.DateOnly) {
			t.Fatalf("%d is %s, want %s", serial, got, at.Format(time.DateOnly))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		serial, second := rapid.IntRange(61, 2958465-1462).Draw(t, "day"), rapid.IntRange(0, 86399).Draw(t, "second")
		v := float64(serial) + float64(second)/86400
		for _, date1904 := range []bool{false, true} {
			at := base.AddDate(0, 0, serial).Add(time.Duration(second) * time.Second)
			if date1904 {
				at = at.AddDate(0, 0, 1462)
			}
			for _, tt := range []struct{ got, want string }{
				{full.Number(v, date1904), at.Format(time.DateTime)},
				{half.Number(v, date1904), at.Format("Monday, January 2, 06, 3:04 PM")},
			} {
				if tt.got != tt.want {
					t.Errorf("%v is %s, want %s", v, tt.got, tt.want)
				}
			}
		}
	})
}

// Time that has elapsed adds up to the second.
func TestElapsedTimesAddUp(t *testing.T) {
	hours, minutes, seconds, parts := parsed(t, "[h]:mm:ss"), parsed(t, "[mm]:ss"), parsed(t, "[s]"), parsed(t, "[h]:mm:ss.000")
	rapid.Check(t, func(t *rapid.T) {
		n, ms := rapid.IntRange(0, 1e8).Draw(t, "seconds"), rapid.IntRange(0, 499).Draw(t, "milliseconds")
		v := (float64(n) + float64(ms)/1000) / 86400
		want := [...]string{
			fmt.Sprintf("%d:%02d:%02d", n/3600, n/60%60, n%60), fmt.Sprintf("%02d:%02d", n/60, n%60), fmt.Sprint(n),
			fmt.Sprintf("%d:%02d:%02d.%03d", n/3600, n/60%60, n%60, ms),
		}
		if got := [...]string{hours.Number(v, false), minutes.Number(v, false), seconds.Number(v, true), parts.Number(v, false)}; got != want {
			t.Errorf("%v is %q, want %q", v, got, want)
		}
	})
}

// What a time is as a serial date shows that time again, in both systems.
func TestSerialIsWhatIsShown(t *testing.T) {
	format := parsed(t, "yyyy-mm-dd hh:mm:ss")
	rapid.Check(t, func(t *rapid.T) {
		since := map[bool]time.Time{false: time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), true: time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)}
		date1904 := rapid.Bool().Draw(t, "from 1904")
		at := time.Unix(rapid.Int64Range(since[date1904].Unix(), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC).Unix()).Draw(t, "second"), 0).UTC()
		days, ok := numfmt.Serial(at, date1904)
		if got, want := format.Number(days, date1904), at.Format(time.DateTime); !ok || got != want {
			t.Fatalf("%s is %v and shows %s", want, days, got)
		}
		for _, far := range []time.Time{since[date1904].AddDate(0, 0, -3), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)} {
			if days, ok := numfmt.Serial(far, date1904); ok {
				t.Fatalf("%s is %v", far, days)
			}
		}
	})
}
