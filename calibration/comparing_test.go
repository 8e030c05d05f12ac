package calibration_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/rubric"
)

// day is so many days after the first of January.
func day(n int) time.Time {
	return time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC).AddDate(0, 0, n)
}

// company is what the tests of comparisons compare on: two teams, of which Grace
// manages Red and Edsger Blue, and two sessions of which spring is over by day 100.
func company(r *rubric.Rubric) calibration.Basis {
	everybody := []string{"ada", "bob", "cyd", "dee"}
	return calibration.Basis{
		Rubric: r,
		People: []calibration.Person{
			{ID: "ada", Name: "Ada", Team: "Red", Manager: "Grace"}, {ID: "bob", Name: "Bob", Team: "Red", Manager: "Grace"},
			{ID: "cyd", Name: "Cyd", Team: "Blue", Manager: "Edsger"}, {ID: "dee", Name: "Dee", Team: "Blue", Manager: "Edsger"},
		},
		Sessions: []calibration.Session{
			{ID: "spring", Name: "Spring", State: calibration.Finalised, OpenedAt: day(50), FinalisedAt: day(100), People: everybody},
			{ID: "autumn", Name: "Autumn", State: calibration.Open, OpenedAt: day(200), People: everybody},
		},
	}
}

// told reads decisions in short, one a line: reviewer, person and position, then in
// any order
//
//	panel, final    the stage, which else is draft
//	@spring         the session
//	business        the dimension, which else is Individual
//	day:12          when, which else is the number of the line
//	fixes:3         the line of the decision that it corrects
//	+ID, -ID        a statement that was seen, or not; of the decision's dimension, "3-mid/impact/1"
//
// The n-th line's decision has the id n in four digits.
func told(t rapid.TB, r *rubric.Rubric, lines string) []calibration.Decision {
	t.Helper()
	var all []calibration.Decision
	for n, text := range strings.Split(strings.TrimSpace(lines), "\n") {
		words := strings.Fields(text)
		d := calibration.Decision{
			ID: fmt.Sprintf("%04d", n+1), Reviewer: words[0], Person: words[1], Position: words[2], Dimension: "Individual",
			Stage: calibration.Draft, Confidence: calibration.Medium, Rationale: "because", Rubric: r.Hash(), DecidedAt: day(n + 1),
		}
		ticked := func(id string) string {
			at, rest, _ := strings.Cut(id, "/")
			return at + "/" + strings.ReplaceAll(strings.ToLower(d.Dimension), " ", "-") + "/" + rest
		}
		for _, word := range words[3:] {
			key, value, _ := strings.Cut(word, ":")
			switch {
			case calibration.Stage(word).Rank() > 0:
				d.Stage = calibration.Stage(word)
			case word == "business":
				d.Dimension = "Business Impact"
			case strings.HasPrefix(word, "@"):
				d.Session = word[1:]
			case key == "day":
				d.DecidedAt = day(number(t, value))
			case key == "fixes":
				d.Supersedes = fmt.Sprintf("%04d", number(t, value))
			case word[0] == '+' || word[0] == '-':
				d.Evidence = append(d.Evidence, calibration.Evidence{Statement: ticked(word[1:]), Seen: word[0] == '+'})
			default:
				t.Fatalf("line %d: %q is nothing that a decision says", n+1, word)
			}
		}
		if err := d.Validate(r); err != nil {
			t.Fatalf("line %d: %v", n+1, err)
		}
		all = append(all, d)
	}
	return all
}

func number(t rapid.TB, text string) (n int) {
	t.Helper()
	if _, err := fmt.Sscan(text, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func compare(b calibration.Basis, f calibration.Filter, decisions []calibration.Decision) *calibration.Comparison {
	c := calibration.NewComparer(b, f)
	for _, d := range decisions {
		c.Add(d)
	}
	return c.Comparison()
}

// compareTold compares decisions in short on the company.
func compareTold(t rapid.TB, lines string) *calibration.Comparison {
	t.Helper()
	r := scale(t, 3, 3)
	return compare(company(r), calibration.Filter{}, told(t, r, lines))
}

// anyDecisions draws anything that reviewers of the company might decide, in the order of the ids.
func anyDecisions(t *rapid.T, r *rubric.Rubric) []calibration.Decision {
	n := rapid.IntRange(1, 60).Draw(t, "decisions")
	all := make([]calibration.Decision, n)
	keys := []string{}
	for _, p := range r.Positions() {
		keys = append(keys, p.Key)
	}
	statements := r.AllStatements()
	for i := range all {
		d := calibration.Decision{
			ID:        fmt.Sprintf("%04d", i+1),
			Person:    rapid.SampledFrom([]string{"ada", "ada", "bob", "cyd", "stranger"}).Draw(t, "person"),
			Reviewer:  rapid.SampledFrom([]string{"Grace", "Edsger", "Tony"}).Draw(t, "reviewer"),
			Session:   rapid.SampledFrom([]string{"", "", "", "spring", "autumn", "unknown"}).Draw(t, "session"),
			Stage:     rapid.SampledFrom(calibration.Stages()).Draw(t, "stage"),
			Dimension: rapid.SampledFrom(r.Dimensions).Draw(t, "dimension"),
			Position:  rapid.SampledFrom(keys).Draw(t, "position"),
			Rubric:    r.Hash(), DecidedAt: day(i * 4),
		}
		if i > 0 && rapid.Bool().Draw(t, "corrects") {
			d.Supersedes = calibration.Superseded(d, all[:i])
		}
		for _, s := range statements {
			if s.Dimension == d.Dimension && s.Position.Key == d.Position && rapid.Bool().Draw(t, "ticks") {
				d.Evidence = append(d.Evidence, calibration.Evidence{Statement: s.ID, Seen: rapid.Bool().Draw(t, "seen")})
			}
		}
		all[i] = d
	}
	return all
}

// shuffled is the decisions in another order, one of them twice.
func shuffled(t *rapid.T, all []calibration.Decision) []calibration.Decision {
	return append(rapid.Permutation(all).Draw(t, "order"), rapid.SampledFrom(all).Draw(t, "twice"))
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// everyView is all that a comparison says, as JSON.
func everyView(t rapid.TB, c *calibration.Comparison) map[string]string {
	t.Helper()
	views := map[string]any{
		"overview": c.Overview(), "reasons": c.ApartReasons(), "spread": c.Spread(), "reviewers": c.Reviewers(), "contested": c.Contested(),
		"cells": c.Cells(), "past": c.Past("autumn"), "earlier past": c.Past("spring"),
		"drafts to finals": c.StageShift(calibration.Draft, calibration.Final), "votes to finals": c.StageShift(calibration.Panel, calibration.Final),
		"spring to autumn": c.SessionShift("spring", "autumn"), "drafts": c.Stands(calibration.Draft),
	}
	for _, by := range calibration.Groupings() {
		views["distribution by "+string(by)] = c.Distribution(by, calibration.Guideline{20, 60, 20})
	}
	written := map[string]string{}
	for name, view := range views {
		written[name] = asJSON(t, view)
	}
	return written
}

// closeBy compares numbers that were added up in different orders.
var closeBy = cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })

func asJSON(t rapid.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
