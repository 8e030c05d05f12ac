package calibration_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"calibrate/calibration"
)

func scaleOf(tb testing.TB, words string) calibration.Scale {
	tb.Helper()
	if words == "" {
		return calibration.Scale{}
	}
	s, err := calibration.NewScale(strings.Split(words, ",")...)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// written lists a table as it was read: the raters, the scale, then each unit
// with its ratings in the raters' order.
func written(r calibration.Ratings) string {
	text := fmt.Sprintf("%s on %s:", strings.Join(r.Raters(), " "), r.Scale())
	for u, unit := range r.Units() {
		text += " " + unit
		for rater := range r.Raters() {
			word := "-"
			if c, ok := r.Category(u, rater); ok {
				word = r.Scale().Words()[c]
			}
			text += " " + word
		}
	}
	return text
}

func TestScaleFinds(t *testing.T) {
	tests := []struct {
		scale, word string
		want        int // none: not on the scale
	}{
		{"low,mid,high", "mid", 1},
		{"low,mid,high", " HIGH ", 2},
		{"low,mid,high", "2", none},
		{"Mäßig,Gut", "mäßig", 0},
		{"1,2,3", "2", 1},
		{"1,2,3", "2.0", 1},
		{"1,2,3", "02", 1},
		{"1,2,3", "2.5", none},
		{"1,2,3", "two", none},
		{"-1,0,1", "-0", 1},
		{"5,4,3,2,1", "4", 1},
		{"0.1,0.2", "1e-1", 0},
		{"1,2,3", "0x2", none},
		{"1,2,3", "2_0", none},
		{"1,2,x", "2.0", none}, // not a scale of numbers
		{"3-low,3-mid", "3-mid", 1},
	}
	for _, test := range tests {
		got, ok := scaleOf(t, test.scale).Find(test.word)
		if ok != (test.want != none) || ok && got != test.want {
			t.Errorf("%q on %s: %d, %v", test.word, test.scale, got, ok)
		}
	}
}

func TestScaleRefuses(t *testing.T) {
	tests := []struct{ words, want string }{
		{"low,,high", `category 2 of the scale is "", which stands for a missing rating`},
		{"low,na", `category 2 of the scale is "na", which stands for a missing rating`},
		{"low,Low", `"Low" stands twice on the scale, in places 1 and 2`},
		{"1,2,2.0", "2 and 2.0 are one category of the scale"},
		{"1,3,2", "the numbers of the scale neither rise nor fall: 1, 3, 2"},
		{strings.Repeat("x,", 1000) + "x", "the scale has 1001 categories; at most 1000 are possible"},
	}
	for _, test := range tests {
		if _, err := calibration.NewScale(strings.Split(test.words, ",")...); err == nil || err.Error() != test.want {
			t.Errorf("%.20s: error %v, want %s", test.words, err, test.want)
		}
	}
	if _, err := calibration.NewScale(); err == nil || err.Error() != "the scale has no categories" {
		t.Errorf("no categories: error %v", err)
	}
}

func TestNewRatings(t *testing.T) {
	r, err := calibration.NewRatings(scaleOf(t, "low,mid,high"), []calibration.Rating{
		{Unit: "ada", Rater: "grace", Word: "mid"},
		{Unit: "alan", Rater: "edsger", Word: "high"},
		{Unit: "ada", Rater: "edsger", Word: "Low "},
		{Unit: "kurt", Rater: "grace"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("grace edsger on low, mid, high: ada mid low alan - high kurt - -", written(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if r.Len() != 3 {
		t.Errorf("%d ratings", r.Len())
	}
}

func TestNewRatingsRefuses(t *testing.T) {
	tests := []struct {
		rating calibration.Rating
		want   string
	}{
		{calibration.Rating{Unit: "ada", Rater: "grace", Word: "low"}, "unit ada is rated by grace twice; keep one of the ratings"},
		{calibration.Rating{Unit: "alan", Rater: "grace", Word: "loww"}, `rating "loww" of unit alan by grace is not on the scale low, mid, high; the nearest is low`},
		{calibration.Rating{Rater: "grace", Word: "low"}, "a unit has no name; give it one"},
		{calibration.Rating{Unit: "alan", Word: "low"}, "a rater has no name; give it one"},
	}
	for _, test := range tests {
		_, err := calibration.NewRatings(scaleOf(t, "low,mid,high"), []calibration.Rating{
			{Unit: "ada", Rater: "grace", Word: "mid"}, test.rating,
		})
		if err == nil || err.Error() != test.want {
			t.Errorf("error %v, want %s", err, test.want)
		}
	}
}
