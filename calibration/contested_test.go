package calibration_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/rubric"
)

// contestedLines is the contested statements in short: how many of how many, on whom,
// by whom.
func contestedLines(all []calibration.ContestedStatement) []string {
	lines := []string{}
	for _, s := range all {
		line := fmt.Sprintf("%s: %d of %d", s.Statement, s.Contested, s.Ticked)
		for _, p := range s.People {
			line += fmt.Sprintf("; %s %s: seen by %s, not by %s", p.Person.ID, p.Session.ID, strings.Join(sorted(p.Seen), " "), strings.Join(sorted(p.NotSeen), " "))
			if len(p.Blank) > 0 {
				line += ", blank by " + strings.Join(p.Blank, " ")
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func TestContested(t *testing.T) {
	tests := []struct {
		name, decisions string
		want            []string
	}{
		{"by two of the same person", `
			Grace ada 1-low @spring +1-low/impact/1 -1-low/impact/2
			Tony ada 1-mid @spring -1-low/impact/1
			Edsger ada 1-mid @spring +1-low/impact/2`, []string{
			"1-low/individual/impact/1: 1 of 1; ada spring: seen by Grace, not by Tony, blank by Edsger",
			"1-low/individual/impact/2: 1 of 1; ada spring: seen by Edsger, not by Grace, blank by Tony"}},
		{"a blank contests nothing", `
			Grace ada 1-low @spring +1-low/impact/1
			Tony ada 1-mid @spring`, nil},
		{"another person, session or dimension contests nothing", `
			Grace ada 1-low @spring +1-low/impact/1
			Tony bob 1-low @spring -1-low/impact/1
			Tony ada 1-low @autumn -1-low/impact/1
			Tony ada 1-low @spring business -1-low/impact/1`, nil},
		{"nor does what one reviewer said before", `
			Grace ada 1-low @spring +1-low/impact/1
			Grace ada 1-low @spring panel -1-low/impact/1
			Tony ada 1-low @spring panel -1-low/impact/1`, nil},
		{"nor a final", `
			Grace ada 1-low @spring +1-low/impact/1
			Tony ada 1-low @spring final -1-low/impact/1`, nil},
		{"the most contested first, of equals the greater share", `
			Grace ada 1-low @spring -1-low/impact/1 -1-low/impact/2 -1-low/examples/1
			Tony ada 1-low @spring +1-low/impact/1 +1-low/impact/2 +1-low/examples/1
			Grace bob 1-low @spring +1-low/impact/1 +1-low/impact/2
			Tony bob 1-low @spring +1-low/impact/1 -1-low/impact/2`, []string{
			"1-low/individual/impact/2: 2 of 2; ada spring: seen by Tony, not by Grace; bob spring: seen by Grace, not by Tony",
			"1-low/individual/examples/1: 1 of 1; ada spring: seen by Tony, not by Grace",
			"1-low/individual/impact/1: 1 of 2; ada spring: seen by Tony, not by Grace"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := append([]string{}, test.want...)
			if diff := cmp.Diff(want, contestedLines(compareTold(t, test.decisions).Contested())); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A dampener that one applies and another looked for in vain is contested too.
func TestContestedDampener(t *testing.T) {
	r := scale(t, 3, 3)
	all := told(t, r, "Grace ada 1-low\nTony ada 1-low -1-low/dampeners/1")
	all[0].Dampeners = []calibration.Dampener{{Statement: "1-low/individual/dampeners/1"}}
	want := []string{"1-low/individual/dampeners/1: 1 of 1; ada spring: seen by Grace, not by Tony"}
	if diff := cmp.Diff(want, contestedLines(compare(company(r), calibration.Filter{}, all).Contested())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Counts and reviewers are those that plain loops over what reviewers think find.
func TestContestedCounts(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	rapid.Check(t, func(t *rapid.T) {
		all := anyDecisions(t, r)
		ticked, contested := map[string]int{}, map[string]int{}
		for _, unit := range thatCount(b, calibration.Filter{}, all) {
			seen, ticks := map[string]int{}, map[string]int{}
			for _, d := range thought(unit) {
				for _, e := range d.Evidence {
					ticks[e.Statement]++
					if e.Seen {
						seen[e.Statement]++
					}
				}
			}
			for id, n := range ticks {
				if n >= 2 {
					ticked[id]++
				}
				if seen[id] > 0 && seen[id] < n {
					contested[id]++
				}
			}
		}
		got := compare(b, calibration.Filter{}, all).Contested()
		if len(got) != len(contested) {
			t.Fatalf("%d statements are contested, want %d", len(got), len(contested))
		}
		for i, s := range got {
			if s.Contested != contested[s.Statement] || s.Ticked != ticked[s.Statement] || len(s.People) != s.Contested {
				t.Fatalf("%s: %d of %d on %d people, want %d of %d", s.Statement, s.Contested, s.Ticked, len(s.People), contested[s.Statement], ticked[s.Statement])
			}
			if i > 0 && s.Contested > got[i-1].Contested {
				t.Fatalf("%s stands below a less contested one", s.Statement)
			}
		}
	})
}

// reworded is the rubric with another text, or none, in place of one of its statements.
func reworded(t rapid.TB, r *rubric.Rubric, old, text string) *rubric.Rubric {
	t.Helper()
	change := func(texts []string) (changed []string) {
		for _, one := range texts {
			if one == old {
				one = text
			}
			if one != "" {
				changed = append(changed, one)
			}
		}
		return changed
	}
	var levels []rubric.Level
	for _, l := range r.Levels {
		level := rubric.Level{Number: l.Number, Name: l.Name}
		for _, b := range l.Bands {
			band := rubric.Band{Name: b.Name, Dimensions: map[string]rubric.Content{}}
			for d, c := range b.Dimensions {
				band.Dimensions[d] = rubric.Content{
					Impact: change(c.Impact), Examples: change(c.Examples), Dampeners: change(c.Dampeners), ProgressionSignal: change(c.ProgressionSignal),
				}
			}
			level.Bands = append(level.Bands, band)
		}
		levels = append(levels, level)
	}
	made, err := rubric.New(r.Role, r.Dimensions, levels)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// twoRubrics compares decisions that were made under one rubric with others that were
// made under the present one.
func twoRubrics(t rapid.TB, old, now *rubric.Rubric, before, after string) *calibration.Comparison {
	t.Helper()
	b := company(now)
	b.RubricOf = func(hash string) (*rubric.Rubric, error) {
		if hash == old.Hash() {
			return old, nil
		}
		return nil, fmt.Errorf("no rubric %s is kept", hash)
	}
	all := told(t, old, before)
	for _, d := range told(t, now, after) {
		d.ID = "1" + d.ID
		all = append(all, d)
	}
	return compare(b, calibration.Filter{}, all)
}

// Who placed a person under a rubric that did not have a statement did not leave it
// blank.
func TestBlankIsWhatCouldBeTicked(t *testing.T) {
	now := scale(t, 3, 3)
	old := reworded(t, now, "first at 2 Low, Individual", "what was said then")
	c := twoRubrics(t, old, now,
		"Grace ada 1-low @spring",
		"Tony ada 1-low @spring -2-low/impact/1 -2-low/impact/2\nEdsger ada 1-low @spring +2-low/impact/1 +2-low/impact/2")
	want := []string{
		"2-low/individual/impact/1: 1 of 1; ada spring: seen by Edsger, not by Tony",
		"2-low/individual/impact/2: 1 of 1; ada spring: seen by Edsger, not by Tony, blank by Grace",
	}
	if diff := cmp.Diff(want, contestedLines(c.Contested())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A statement is followed by its words, and one that is gone contests nothing.
func TestContestedUnderTwoRubrics(t *testing.T) {
	now := scale(t, 3, 3)
	old := reworded(t, now, "first at 2 Low, Individual", "")                  // second was the first then
	old = reworded(t, old, "first at 3 Low, Individual", "what was said then") // another statement in its place
	c := twoRubrics(t, old, now,
		"Grace ada 1-low @spring +2-low/impact/1 +3-low/impact/1",
		"Tony ada 1-low @spring -2-low/impact/1 -2-low/impact/2 -3-low/impact/1")
	want := []string{"2-low/individual/impact/2: 1 of 1; ada spring: seen by Grace, not by Tony"}
	if diff := cmp.Diff(want, contestedLines(c.Contested())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Two statements that say the same are told apart by their numbers, and one reviewer
// does not contest their own.
func TestContestedWhereTwoStatementsSayTheSame(t *testing.T) {
	now := reworded(t, scale(t, 3, 3), "second at 2 Low, Individual", "first at 2 Low, Individual")
	old := reworded(t, now, "first at 3 Low, Individual", "what was said then")
	c := twoRubrics(t, old, now,
		"Grace ada 1-low @spring +2-low/impact/1 -2-low/impact/2",
		"Tony ada 1-low @spring -2-low/impact/1 -2-low/impact/2")
	want := []string{"2-low/individual/impact/1: 1 of 1; ada spring: seen by Grace, not by Tony"}
	if diff := cmp.Diff(want, contestedLines(c.Contested())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
