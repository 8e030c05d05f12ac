package rubric

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// What is measured by its words, and what is left alone: the rules and the words that
// are pointed at.
func TestLintWords(t *testing.T) {
	for text, want := range map[string]string{
		"Reviews each change within a day.":                      "",
		"Sets direction and mentors the interns.":                "double-barrelled: and mentors the",
		"Sets direction, and then mentors every intern.":         "double-barrelled: and then mentors every",
		"Direction is unclear; nobody asks.":                     "double-barrelled: ;",
		"Weighs risks and costs of a change.":                    "",
		"Leads design and process work.":                         "",
		"Reviews code as well as designs.":                       "double-barrelled: as well as",
		"Understands the product.":                               "no-behaviour: Understands",
		"Is aware of the costs.":                                 "no-behaviour: Is aware",
		"Limits the team's ability to deploy.":                   "",
		"Has the ability to lead.":                               "no-behaviour: Has the ability to",
		"Operating well above the senior level.":                 "circular: Operating well above the senior level",
		"Promotion to Architect is overdue.":                     "circular: Promotion",
		"Prepares a promotion case.":                             "",
		"Delivers more features.":                                "comparative: more",
		"Delivers more features than were planned.":              "",
		"Waits two weeks or more.":                               "",
		"Improves delivery significantly.":                       "comparative: significantly",
		"Cuts costs significantly, by 20 percent.":               "",
		"Writes better tests, faster.":                           "comparative: better”, “faster",
		"Often reviews many changes.":                            "quantity: Often”, “many",
		"Documents decisions in a timely way.":                   "quantity: timely",
		"Communicates effectively.":                              "judgement: effectively",
		"Writes good, robust code.":                              "judgement: good”, “robust",
		"Never misses a date.":                                   "absolute: Never",
		"Covers all six teams.":                                  "",
		"Fully owns the service without exception.":              "absolute: Fully”, “without exception",
		"Goodwill, moreover, is manyfold; “alwaysness” is none.": "double-barrelled: ;",
		"设计评审很好。":                                                "",
	} {
		var got []string
		for _, f := range lintOf(t, text) {
			got = append(got, f.Rule+": "+f.Words)
		}
		if want != strings.Join(got, "; ") {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

// lintOf is what is found in a rubric where one impact statement reads so.
func lintOf(t testing.TB, text string) []Finding {
	t.Helper()
	r, err := New("Tester", []string{"D"}, []Level{
		{Number: 1, Name: "One", Bands: []Band{{Dimensions: map[string]Content{"D": {Impact: []string{text}}}}}},
		{Number: 2, Name: "Two", Bands: []Band{{Dimensions: map[string]Content{"D": {Impact: []string{"Quotes the article."}}}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	found, err := Lint("test.yaml", r.YAML())
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Examples tell what happened, and dampeners name circumstances: neither is measured
// by its words.
func TestLintLeavesExamplesAlone(t *testing.T) {
	r := parsed(t, `
role: Tester
dimensions: [D]
levels:
  - {level: 1, name: One, bands: [{dimensions: {D: {impact: [Quotes the article.], examples: [Often wrote many good tests; never slept.], dampeners: [The team is more effective.]}}}]}
  - {level: 2, name: Two, bands: [{dimensions: {D: {impact: [Writes the article.], examples: [Wrote it.], dampeners: [Had time.]}}}]}
`)
	if found, err := Lint("test.yaml", r.YAML()); err != nil || len(found) > 0 {
		t.Errorf("%v %v", found, err)
	}
}

// A rubric with everything that lint looks for between bands.
func TestLintBands(t *testing.T) {
	found, err := Lint("bands.yaml", read(t, "testdata/lint/bands.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/lint/bands.want", printed(found))
}

// What is said of the built-in rubric is advice that somebody read and found worth
// saying; a rule that changes shows here what it does to real wording.
func TestLintOfBuiltInRubric(t *testing.T) {
	data := read(t, "../rubric.yaml")
	found, err := Lint("rubric.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/lint/rubric.want", printed(found))

	lines := strings.Split(string(data), "\n")
	for _, f := range found {
		line := lines[f.Line-1]
		for _, words := range strings.Split(f.Words, "”, “") {
			if !strings.Contains(line, words) {
				t.Errorf("%s: the line reads %q", f, line)
			}
		}
		if st, err := builtIn(t).Statement(f.Where); err != nil || !strings.HasSuffix(line, st.Text) {
			t.Errorf("%s: the line reads %q (%v)", f, line, err)
		}
	}
}

func printed(found []Finding) string {
	var b strings.Builder
	for _, f := range found {
		fmt.Fprintln(&b, f)
	}
	return b.String()
}

// Every rule is one that is listed, and every listed one can be found.
func TestLintRules(t *testing.T) {
	listed := map[string]bool{}
	for _, r := range LintRules() {
		if r.Reason == "" || listed[r.Name] {
			t.Errorf("%q is listed twice, or without a reason", r.Name)
		}
		listed[r.Name] = true
	}
	met := map[string]bool{}
	for _, file := range []string{"../rubric.yaml", "testdata/lint/bands.yaml"} {
		found, err := Lint(file, read(t, file))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			met[f.Rule] = true
		}
	}
	if diff := cmp.Diff(listed, met); diff != "" {
		t.Errorf("rules (-listed +met):\n%s", diff)
	}
}

// Whatever a rubric says, each finding has a line of the file, in rising order.
func TestLintKnowsItsPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := drawRubric(t).YAML()
		found, err := Lint("drawn", data)
		if err != nil {
			t.Fatal(err)
		}
		last := 1
		for _, f := range found {
			if f.Line < last || f.Line > strings.Count(string(data), "\n") || f.Column < 1 || f.Where == "" || f.Reason == "" {
				t.Fatalf("%+v", f)
			}
			last = f.Line
		}
	})
}

func TestLintOfNoRubric(t *testing.T) {
	_, err := Lint("bad.yaml", []byte("role: R\n"))
	if problems, ok := err.(Problems); !ok || len(problems) == 0 {
		t.Errorf("%v", err)
	}
}
