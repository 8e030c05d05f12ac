package calibration_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

// bars is a histogram in short: "Red: 2 people, 1-low 2, median 1-low, mean 1.00".
func bars(h calibration.Histogram) string {
	line := fmt.Sprintf("%s: %d people", h.Name, h.People)
	for _, p := range h.Positions {
		if p.Count > 0 {
			line += fmt.Sprintf(", %s %d", p.Position, p.Count)
		}
	}
	return line + fmt.Sprintf(", median %s, mean %.2f", h.Median, h.Mean)
}

func TestDistributionGroups(t *testing.T) {
	c := compareTold(t, `
		Grace ada 1-low @spring
		Tony ada 1-high @spring panel
		Grace ada 1-mid @spring final
		Grace ada 2-low @spring business
		Edsger ada 3-low @autumn
		Tony bob 2-low @spring panel
		Grace bob 2-mid @spring panel
		Grace cyd 3-high @spring panel
		Edsger stranger 3-high`)
	tests := map[calibration.Grouping][]string{
		calibration.ByTeam: {": 1 people, 3-high 1, median 3-high, mean 9.00", "Blue: 1 people, 3-high 1, median 3-high, mean 9.00",
			"Red: 2 people, 1-mid 1, 2-low 2, 3-low 1, median 2-low, mean 4.25"},
		calibration.ByManager: {": 1 people, 3-high 1, median 3-high, mean 9.00", "Edsger: 1 people, 3-high 1, median 3-high, mean 9.00",
			"Grace: 2 people, 1-mid 1, 2-low 2, 3-low 1, median 2-low, mean 4.25"},
		calibration.ByReviewer: {"Edsger: 2 people, 3-low 1, 3-high 1, median 3-low, mean 8.00",
			"Grace: 3 people, 1-low 1, 2-low 1, 2-mid 1, 3-high 1, median 2-low, mean 4.75", "Tony: 2 people, 1-high 1, 2-low 1, median 1-high, mean 3.50"},
		calibration.ByStage: {"draft: 2 people, 1-low 1, 2-low 1, 3-low 1, 3-high 1, median 2-low, mean 5.25",
			"panel: 3 people, 1-high 1, 2-low 1, 3-high 1, median 2-low, mean 5.33", "final: 1 people, 1-mid 1, median 1-mid, mean 2.00"},
		calibration.ByDimension: {"Individual: 4 people, 1-mid 1, 2-low 1, 3-low 1, 3-high 2, median 3-low, mean 6.20",
			"Business Impact: 1 people, 2-low 1, median 2-low, mean 4.00"},
		calibration.BySession: {": 1 people, 3-high 1, median 3-high, mean 9.00", "spring: 3 people, 1-mid 1, 2-low 2, 3-high 1, median 2-low, mean 4.75",
			"autumn: 1 people, 3-low 1, median 3-low, mean 7.00"},
	}
	for by, want := range tests {
		got := []string{}
		d := c.Distribution(by, nil)
		for _, h := range d.Groups {
			got = append(got, bars(h))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("by %s (-want +got)\n%s", by, diff)
		}
		if got, want := bars(d.All), "all: 4 people, 1-mid 1, 2-low 2, 3-low 1, 3-high 2, median 2-low, mean 5.83"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Whatever the groups, the counts by position, by level and in percent come to the
// placements, and where each placement is in one group the groups come to all.
func TestDistributionsAddUp(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	rapid.Check(t, func(t *rapid.T) {
		c := compare(b, calibration.Filter{}, anyDecisions(t, r))
		for _, by := range calibration.Groupings() {
			d := c.Distribution(by, calibration.Guideline{20, 60, 20})
			sum := 0
			for _, h := range append(d.Groups, d.All) {
				positions, levels, percent, expected := 0, 0, 0.0, 0.0
				for _, p := range h.Positions {
					positions, percent = positions+p.Count, percent+p.Percent
				}
				for _, l := range h.Levels {
					levels, percent, expected = levels+l.Count, percent+l.Percent, expected+*l.Expected
				}
				if positions != h.Placements || levels != h.Placements || math.Abs(percent-200) > 1e-9 || math.Abs(expected-float64(h.Placements)) > 1e-9 {
					t.Fatalf("by %s, %s: %d by position, %d by level, %.1f%%, %.1f expected of %d", by, h.Name, positions, levels, percent, expected, h.Placements)
				}
				sum += h.Placements
			}
			if by != calibration.ByReviewer && by != calibration.ByStage && sum != 2*d.All.Placements {
				t.Fatalf("by %s the groups come to %d, all are %d", by, sum-d.All.Placements, d.All.Placements)
			}
		}
	})
}

func TestDistributionNotes(t *testing.T) {
	tests := []struct {
		people    int
		guideline calibration.Guideline
		want      string
	}{
		{0, nil, "nobody is placed here"},
		{1, nil, "of 1 person each is 100%: too few for percentages to mean much"},
		{14, nil, "of 14 people each is 7%: too few for percentages to mean much"},
		{19, nil, "of 19 people each is 5%: too few for percentages to mean much"},
		{20, nil, ""},
		{20, calibration.Guideline{5, 90, 5}, ""},
		{20, calibration.Guideline{4, 92, 4}, "at levels 1 and 3 the guideline means less than one person"},
		{20, calibration.Guideline{0, 96, 4}, "at level 3 the guideline means less than one person"},
		{19, calibration.Guideline{5, 90, 5}, "of 19 people each is 5%: too few for percentages to mean much; at levels 1 and 3 the guideline means less than one person"},
		{19, calibration.Guideline{10, 90}, "of 19 people each is 5%: too few for percentages to mean much"}, // not of this rubric: left out
	}
	for _, test := range tests {
		t.Run(fmt.Sprint(test.people, test.guideline), func(t *testing.T) {
			r := scale(t, 3, 3)
			var all []calibration.Decision
			if test.people > 0 {
				all = told(t, r, placedEach("", test.people, func(int) map[string][2]int { return map[string][2]int{"Grace": {5, 5}} }))
			}
			d := compare(company(r), calibration.Filter{}, all).Distribution(calibration.ByTeam, test.guideline)
			if d.All.Note != test.want {
				t.Errorf("%s\nwant %s", d.All.Note, test.want)
			}
			if shown := d.All.Levels[0].Guideline != nil; shown != (len(test.guideline) == 3) {
				t.Errorf("the guideline is shown: %v", shown)
			}
		})
	}
}

// Of many levels the first few are named.
func TestDistributionNoteOfManyLevels(t *testing.T) {
	for levels, want := range map[int]string{
		4: "at levels 1, 2, 3 and 4 the guideline means less than one person",
		6: "at levels 1, 2, 3 and 3 more the guideline means less than one person",
	} {
		r := scale(t, levels+1, 3)
		g := calibration.Guideline{}
		for range levels {
			g = append(g, 1)
		}
		g = append(g, float64(100-levels))
		all := told(t, r, placedEach("", 20, func(int) map[string][2]int { return map[string][2]int{"Grace": {5, 5}} }))
		if got := compare(company(r), calibration.Filter{}, all).Distribution(calibration.ByTeam, g).All.Note; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestParseGuideline(t *testing.T) {
	r := scale(t, 5, 3)
	for text, want := range map[string]calibration.Guideline{
		"":                         nil,
		"  ":                       nil,
		"5,15,60,15,5":             {5, 15, 60, 15, 5},
		" 5 % , 15%,60 %, 15 ,5% ": {5, 15, 60, 15, 5},
		"0,0,100,0,0":              {0, 0, 100, 0, 0},
		"12.5,12.5,50,12.5,12.5":   {12.5, 12.5, 50, 12.5, 12.5},
		"16.7,16.7,33.3,16.7,16.7": {16.7, 16.7, 33.3, 16.7, 16.7}, // 100.1: five roundings
		"14,14,43,14,14":           {14, 14, 43, 14, 14},           // 99: four sevenths and three
	} {
		got, err := calibration.ParseGuideline(text, r)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", text, diff)
		}
		if err := got.Check(r); err != nil {
			t.Errorf("%q, read: %v", text, err)
		}
	}
	for text, want := range map[string]string{
		"5,15,60,15":               `guideline "5,15,60,15": it has 4 percentages, the rubric has 5 levels; write one for each level, the lowest first`,
		"100":                      "it has 1 percentage, the rubric has 5 levels",
		"5,15,60,15,":              `percentage 5, "", is not a number; write for example 12.5`,
		"5,15,60,15,x":             `percentage 5, "x", is not a number`,
		"5,15,60,15,NaN":           `percentage 5, "NaN", is not a number`,
		"-5,25,60,15,5":            "percentage 1 is -5; each is from 0 to 100",
		"0,0,101,0,0":              "percentage 3 is 101; each is from 0 to 100",
		"5,15,60,15,10":            "the percentages add up to 105, not to 100",
		"14,14,42,14,14":           "the percentages add up to 98, not to 100",
		"14.0,14.0,43.0,14.0,14.0": "the percentages add up to 99, not to 100", // these digits do not round so
		strings.Repeat("1,", 300):  `guideline "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,…"`,
	} {
		got, err := calibration.ParseGuideline(text, r)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, %v, want %q", text, got, err, want)
		}
	}
	for _, g := range []calibration.Guideline{{math.NaN(), 25, 25, 25, 25}, {math.Inf(1), 0, 0, 0, 0}, {100}, {20, 20, 20, 20, 22}} {
		if err := g.Check(r); err == nil {
			t.Errorf("%v passes", g)
		}
	}
	if err := (calibration.Guideline{100. / 3, 100. / 3, 100. / 3, 0, 0}).Check(r); err != nil {
		t.Errorf("thirds: %v", err)
	}
}
