package calibration_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

func TestTriage(t *testing.T) {
	tests := []struct{ name, decisions, want string }{
		{"nobody", "Grace ada 1-low final", "too few placements: a final decision, without draft or vote"},
		{"one", "Grace ada 1-low", "too few placements: one placement, at 1-low by Grace: nothing to compare it with"},
		{"one, twice", "Grace ada 1-low\nGrace ada 3-low panel", "too few placements: one placement, at 1-low by Grace: nothing to compare it with"},
		{"the same", "Grace ada 1-low\nTony ada 1-low", "nothing to discuss: all 2 at 1-low: nothing to discuss"},
		{"one apart", "Grace ada 1-low\nTony ada 1-mid", "two minutes: 1-low to 1-mid, one apart: two minutes"},
		{"one apart across a level", "Grace ada 1-high\nTony ada 2-low", "discuss: 1-high to 2-low, one apart but across a level: discuss"},
		{"two apart", "Grace ada 1-low\nTony ada 1-high", "discuss: 1-low to 1-high, 2 apart: discuss"},
		{"two apart across a level", "Grace ada 2-low\nTony ada 1-mid", "discuss: 1-mid to 2-low, 2 apart and across a level: discuss"},
		{"the furthest count", "Grace ada 1-mid\nTony ada 1-low\nEdsger ada 1-mid", "two minutes: 1-low to 1-mid, one apart: two minutes"},
		{"a final is no part of it", "Grace ada 1-mid\nTony ada 1-mid\nEdsger ada 3-high final", "nothing to discuss: all 2 at 1-mid: nothing to discuss"},
		{"a vote replaces a draft", "Grace ada 3-high @spring\nTony ada 1-low @spring panel\nGrace ada 1-low @spring panel", "nothing to discuss: all 2 at 1-low: nothing to discuss"},
		{"also one that came before it", "Grace ada 1-low @spring panel\nTony ada 1-low @spring\nGrace ada 3-high @spring", "nothing to discuss: all 2 at 1-low: nothing to discuss"},
		{"of drafts made for a session and in it the later", "Grace ada 1-low\nGrace ada 1-mid @spring\nTony ada 1-mid @spring", "nothing to discuss: all 2 at 1-mid: nothing to discuss"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			people := compareTold(t, test.decisions).Spread().People
			var inSession []calibration.PersonSpread
			for _, p := range people {
				if len(people) == 1 || p.Session.ID == "spring" {
					inSession = append(inSession, p)
				}
			}
			row := inSession[0].Rows[0]
			if got := string(row.Triage) + ": " + row.Words; got != test.want {
				t.Errorf("%s\nwant %s", got, test.want)
			}
			if inSession[0].Triage != row.Triage || inSession[0].Apart != row.Apart {
				t.Errorf("the person is %s, %d apart, the one dimension %s, %d apart", inSession[0].Triage, inSession[0].Apart, row.Triage, row.Apart)
			}
		})
	}
}

// Two sessions are never set against each other.
func TestSpreadKeepsSessionsApart(t *testing.T) {
	s := compareTold(t, "Grace ada 1-low @spring\nTony ada 3-high @autumn").Spread()
	if s.Counts != (calibration.SpreadCounts{TooFew: 2}) {
		t.Errorf("counts %+v", s.Counts)
	}
	if want := "0 to discuss, 0 for two minutes, 0 with nothing to discuss, 2 placed by fewer than two"; s.Words != want {
		t.Errorf("%s, want %s", s.Words, want)
	}
}

// People stand with the furthest apart first; of those as far apart first across a
// level, then the other dimension tells them apart, then the name.
func TestSpreadOrder(t *testing.T) {
	s := compareTold(t, `
		Grace ada 1-low @spring
		Grace bob 1-mid @spring
		Tony bob 1-mid @spring
		Grace cyd 1-high @spring
		Tony cyd 2-low @spring
		Grace dee 1-low @spring
		Tony dee 1-mid @spring
		Grace eve 1-low @spring
		Tony eve 1-mid @spring
		Grace eve 1-low @spring business
		Tony eve 1-mid @spring business
		Grace fay 1-low @spring business
		Tony fay 1-high @spring business`)
	var all, individual []string
	for _, p := range s.Spread().People {
		all = append(all, p.Person.ID)
	}
	for _, p := range s.Spread().On("Individual") {
		individual = append(individual, p.Person.ID)
		if len(p.Rows) != 1 || p.Rows[0].Dimension != "Individual" || p.Apart != p.Rows[0].Apart {
			t.Errorf("%s on one dimension: %+v", p.Person.ID, p.Rows)
		}
	}
	if got := strings.Join(all, " "); got != "fay cyd eve dee bob ada" {
		t.Errorf("the order is %s", got)
	}
	if got := strings.Join(individual, " "); got != "cyd eve dee bob ada" { // equals as in the whole
		t.Errorf("on one dimension the order is %s", got)
	}
}

// Lowest, highest, distance and triage are those of what each reviewer thinks.
func TestSpreadMeasures(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	rapid.Check(t, func(t *rapid.T) {
		all := anyDecisions(t, r)
		want, got := map[place]string{}, map[place]string{}
		for at, unit := range thatCount(b, calibration.Filter{}, all) {
			low, high := 100, 0
			lowest, highest := []string{}, []string{}
			for reviewer, d := range thought(unit) {
				at := position(t, r, d.Position).Ordinal
				if at <= low {
					lowest = append(slices.DeleteFunc(lowest, func(string) bool { return at < low }), reviewer)
				}
				if at >= high {
					highest = append(slices.DeleteFunc(highest, func(string) bool { return at > high }), reviewer)
				}
				low, high = min(low, at), max(high, at)
			}
			n := len(thought(unit))
			triage := calibration.NothingToDiscuss
			switch crosses := n > 0 && r.At(low).Level != r.At(high).Level; {
			case n < 2:
				triage = calibration.TooFew
			case high-low >= 2 || crosses:
				triage = calibration.Discuss
			case high-low == 1:
				triage = calibration.TwoMinutes
			}
			want[at] = fmt.Sprint(triage, sorted(lowest), sorted(highest))
		}
		s := compare(b, calibration.Filter{}, all).Spread()
		counts := map[calibration.Triage]int{}
		for i, p := range s.People {
			counts[p.Triage]++
			if i > 0 && p.Apart > s.People[i-1].Apart {
				t.Fatalf("%s, %d apart, stands below %s, %d apart", p.Person.ID, p.Apart, s.People[i-1].Person.ID, s.People[i-1].Apart)
			}
			for _, row := range p.Rows {
				lowest, highest := []string{}, []string{}
				if row.Lowest != nil {
					lowest, highest = row.Lowest.Reviewers, row.Highest.Reviewers
				}
				got[place{p.Person.ID, p.Session.ID, row.Dimension}] = fmt.Sprint(row.Triage, lowest, highest)
				if slices.Index(calibration.Triages(), row.Triage) < slices.Index(calibration.Triages(), p.Triage) {
					t.Fatalf("%s is %s, of which %s is %s", p.Person.ID, p.Triage, row.Dimension, row.Triage)
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got)\n%s", diff)
		}
		if n := s.Counts; n.Discuss != counts[calibration.Discuss] || n.TwoMinutes != counts[calibration.TwoMinutes] ||
			n.NothingToDiscuss != counts[calibration.NothingToDiscuss] || n.TooFew != counts[calibration.TooFew] {
			t.Fatalf("counts %+v of %v", n, counts)
		}
	})
}

// What readers of the JSON take for a list is one, also where it is empty.
func TestListsAreNeverNull(t *testing.T) {
	r := scale(t, 3, 3)
	may := []string{"final", "lowest", "highest", "guideline", "expected", "ci95", "change"}
	check := func(t rapid.TB, c *calibration.Comparison) {
		for name, text := range everyView(t, c) {
			if text == "null" {
				t.Errorf("%s is null", name)
			}
			for _, field := range regexp.MustCompile(`"(\w+)":null`).FindAllStringSubmatch(text, -1) {
				if !slices.Contains(may, field[1]) {
					t.Errorf("%s: %s is null", name, field[1])
				}
			}
		}
	}
	check(t, compare(company(r), calibration.Filter{}, nil))
	rapid.Check(t, func(t *rapid.T) { check(t, compare(company(r), anyFilter(t), anyDecisions(t, r))) })
}
