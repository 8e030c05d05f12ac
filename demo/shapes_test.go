package demo

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"calibrate/calibration"
	"calibrate/rubric"
	"calibrate/store"
)

// shape makes a rubric of a size. say writes one statement, "" to leave it out.
func shape(t testing.TB, role string, levels, bands, dimensions int, say func(section rubric.Section, n int) string) *rubric.Rubric {
	t.Helper()
	var names []string
	for d := range dimensions {
		names = append(names, fmt.Sprintf("Dimension %c", 'A'+d))
	}
	n := 0
	list := func(section rubric.Section) (texts []string) {
		for range 3 {
			n++
			if text := say(section, n); text != "" {
				texts = append(texts, text)
			}
		}
		return texts
	}
	var scale []rubric.Level
	for l := range levels {
		level := rubric.Level{Number: l + 1, Name: fmt.Sprintf("Level %d", l+1)}
		for b := range bands {
			band := rubric.Band{Dimensions: map[string]rubric.Content{}}
			if bands > 1 {
				band.Name = fmt.Sprintf("Band %d", b+1)
			}
			for _, name := range names {
				band.Dimensions[name] = rubric.Content{
					Impact: list(rubric.Impact), Examples: list(rubric.Examples),
					Dampeners: list(rubric.Dampeners), ProgressionSignal: list(rubric.ProgressionSignal),
				}
			}
			level.Bands = append(level.Bands, band)
		}
		scale = append(scale, level)
	}
	return must[*rubric.Rubric](t)(rubric.New(role, names, scale))
}

func plain(_ rubric.Section, n int) string { return fmt.Sprintf("Does thing number %d.", n) }

// only leaves every other section out.
func only(of rubric.Section) func(rubric.Section, int) string {
	return func(section rubric.Section, n int) string {
		if section != of {
			return ""
		}
		return plain(section, n)
	}
}

func TestAnyRubric(t *testing.T) {
	rubrics := map[string]*rubric.Rubric{
		"smallest":            shape(t, "Nurse", 2, 1, 1, plain),
		"largest":             shape(t, "Nurse", 20, 9, 12, plain),
		"two positions":       shape(t, "Nurse", 2, 1, 3, plain),
		"nothing but impact":  shape(t, "Nurse", 3, 2, 2, only(rubric.Impact)),
		"no impact":           shape(t, "Nurse", 3, 2, 2, only(rubric.Examples)),
		"only dampeners":      shape(t, "Nurse", 3, 1, 2, only(rubric.Dampeners)),
		"only signals":        shape(t, "Nurse", 4, 2, 2, only(rubric.ProgressionSignal)),
		"described by nobody": shape(t, "Nurse", 5, 3, 2, func(rubric.Section, int) string { return "" }),
		"no spaces": shape(t, "看護師", 3, 3, 2, func(_ rubric.Section, n int) string {
			return fmt.Sprintf("第%d項、%s", n, strings.Repeat("現場の判断を記録し共有する", 30))
		}),
		"long words, a long role": shape(t, strings.Repeat("𝕽", rubric.MaxName), 3, 3, 2, func(_ rubric.Section, n int) string {
			return fmt.Sprintf("%d%%s %s", n, strings.Repeat("é", 1500))
		}),
	}
	for name, r := range rubrics {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := written(t, r, 3)
			if report := must[store.Report](t)(s.Check()); len(report.Findings) > 0 || report.People != 24 || report.Walks != 1 || report.Sessions != 3 {
				t.Errorf("\n%s", report)
			}
			for _, d := range decisions(t, s) {
				if err := d.Validate(r); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// Validate knows what a decision may hold; no seed may come up with anything else.
func TestEveryDecisionIsValid(t *testing.T) {
	for name, r := range map[string]*rubric.Rubric{
		"built in": builtIn(t), "smallest": shape(t, "Nurse", 2, 1, 1, plain), "odd": shape(t, "Nurse", 4, 1, 3, only(rubric.Impact)),
	} {
		for seed := range uint64(6) {
			s := tellAll(r, seed)
			raters := map[string]bool{}
			for _, d := range s.all {
				if d.Rubric = r.Hash(); d.Validate(r) != nil {
					t.Fatalf("%s, seed %d: %v\n%+v", name, seed, d.Validate(r), d)
				}
				raters[d.Reviewer] = true
			}
			if len(raters) != len(reviewers) || len(s.kept) == 0 {
				t.Errorf("%s, seed %d: %d reviewers, %d finals", name, seed, len(raters), len(s.kept))
			}
		}
	}
}

func TestManagersDoNotVoteOnTheirOwn(t *testing.T) {
	p := newPlot(builtIn(t), 1, now)
	managers := map[string]string{}
	for _, m := range p.members {
		managers[m.ID] = m.Manager
	}
	for _, d := range tellAll(builtIn(t), 1).all {
		own := managers[d.Person] == d.Reviewer
		if own == (d.Stage == calibration.Panel) && d.Stage != calibration.Final {
			t.Errorf("%s by %s on somebody managed by %s", d.Stage, d.Reviewer, managers[d.Person])
		}
	}
}

func TestQuote(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Leads the delivery.", "Leads the delivery"},
		{"Owns the developer platform strategy - defining paths, building guides.", "Owns the developer platform strategy"},
		{"Short - but with a reason.", "Short - but with a reason"},
		{"Leads platform work with rigour; documents what was decided.", "Leads platform work with rigour"},
		{
			"Delivers measurable improvements in how often changes are made, how seldom they fail, and how soon something new is up.",
			"Delivers measurable improvements in how often changes are made, how seldom they fail…",
		},
		{
			"Presents the unbroken line of an argument that has neither a comma nor anywhere else to end before it is as long as this is",
			"Presents the unbroken line of an argument that has neither a comma nor anywhere else to end before…",
		},
		{strings.Repeat("現場", 100), strings.Repeat("現場", quoteLength/2) + "…"},
		{strings.Repeat("👩🏽‍⚕️", 200), strings.Repeat("👩🏽‍⚕️", quoteLength) + "…"},
		{"現場の判断を記録し、次に備えて共有することができる。ほかの人はそれを読む。", "現場の判断を記録し、次に備えて共有することができる"},
	}
	for _, test := range tests {
		got := quote(test.text)
		if got != test.want || !utf8.ValidString(got) {
			t.Errorf("of %q\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}
