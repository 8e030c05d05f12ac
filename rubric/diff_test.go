package rubric

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const before = `
role: Tester
dimensions: [Craft, Team]
levels:
  - level: 1
    name: One
    bands:
      - band: Low
        dimensions:
          Craft:
            impact:
              - Writes tests that nobody reads after the release.
              - Leaves faults in the list for a month.
            examples:
              - Forgot the login page.
          Team:
            impact: [Answers questions on the next day.]
      - band: High
        dimensions:
          Craft:
            impact: [Writes a test for each reported fault.]
          Team:
            impact: [Answers questions on the same day.]
  - level: 2
    name: Two
    bands:
      - band: Low
        dimensions:
          Craft:
            impact: [Finds the cause of a fault before reporting it.]
          Team:
            impact: [Teaches a colleague to test alone.]
`

// What was changed in a rubric is what Diff says, and nothing else.
func TestDiff(t *testing.T) {
	for _, c := range []struct {
		name string
		edit []string // alternating old and new
		want string
	}{
		{"nothing", nil, ""},
		{"layout", []string{"\ndimensions: [Craft, Team]", "\n# a comment\ndimensions: [ 'Craft', Team ]"}, ""},
		{"the role", []string{"role: Tester", "role: Quality Engineer"}, "role renamed: Tester → Quality Engineer"},
		{"a level's name", []string{"name: Two", "name: Second"}, "level renamed: 2 Two → 2 Second"},
		{"a level's number", []string{"level: 2", "level: 3"}, "level renamed: 2 Two → 3 Two"},
		{"a dimension's name", []string{"Craft", "Skill"}, "dimension renamed: Craft → Skill"},
		{"the order of dimensions", []string{"[Craft, Team]", "[Team, Craft]"}, "dimension moved: Team → Team"},
		{"a band's name", []string{"band: High", "band: Upper"}, "band renamed: 1-high → 1-upper"},
		{"bands that change their names, and are followed by them", []string{"band: Low", "band: X", "band: High", "band: Low", "band: X", "band: High"}, `
band moved: 1-high → 1-high
band renamed: 2-low → 2-high
moved: 1-low/craft/impact/1 → 1-high/craft/impact/1
moved: 1-low/craft/impact/2 → 1-high/craft/impact/2
moved: 1-low/craft/examples/1 → 1-high/craft/examples/1
moved: 1-low/team/impact/1 → 1-high/team/impact/1
moved: 1-high/craft/impact/1 → 1-low/craft/impact/1
moved: 1-high/team/impact/1 → 1-low/team/impact/1`},
		{"a level before another", []string{"  - level: 2\n    name: Two", `  - level: 2
    name: Between
    bands:
      - dimensions:
          Craft:
            impact: [Repeats a fault.]
  - level: 3
    name: Two`}, `
level renamed: 2 Two → 3 Two
level added: → 2 Between
added: → 2/craft/impact/1`},
		{"a word", []string{"for a month", "for a week"}, "reworded: 1-low/craft/impact/2 → 1-low/craft/impact/2"},
		{"white space within a statement", []string{"for a month", "for  a month"}, "reworded: 1-low/craft/impact/2 → 1-low/craft/impact/2"},
		{"a whole statement", []string{"Leaves faults in the list for a month.", "Closes what is still open."}, `
removed: 1-low/craft/impact/2 →
added: → 1-low/craft/impact/2`},
		{"the first of two", []string{"\n              - Writes tests that nobody reads after the release.", ""}, "removed: 1-low/craft/impact/1 →"},
		{"one put before others", []string{"              - Writes tests that", "              - Breaks the build.\n              - Writes tests that"}, "added: → 1-low/craft/impact/1"},
		{"the order within a section", []string{
			"              - Writes tests that nobody reads after the release.\n", "",
			"for a month.\n", "for a month.\n              - Writes tests that nobody reads after the release.\n"},
			"moved: 1-low/craft/impact/1 → 1-low/craft/impact/2"},
		{"a statement that goes up a band", []string{
			"\n              - Leaves faults in the list for a month.", "",
			"[Writes a test for each reported fault.]", "[Writes a test for each reported fault., Leaves faults in the list for a month.]"},
			"moved: 1-low/craft/impact/2 → 1-high/craft/impact/2"},
		{"and is reworded on the way", []string{
			"\n              - Leaves faults in the list for a month.", "",
			"[Writes a test for each reported fault.]", "[Writes a test for each reported fault., Leaves old faults in the list for a month.]"},
			"moved and reworded: 1-low/craft/impact/2 → 1-high/craft/impact/2"},
		{"two that change places", []string{"next day", "X", "same day", "next day", "X", "same day"}, `
moved: 1-high/team/impact/1 → 1-low/team/impact/1
moved: 1-low/team/impact/1 → 1-high/team/impact/1`},
		{"a band taken out", []string{`      - band: High
        dimensions:
          Craft:
            impact: [Writes a test for each reported fault.]
          Team:
            impact: [Answers questions on the same day.]
`, ""}, `
band removed: 1-high →
removed: 1-high/craft/impact/1 →
removed: 1-high/team/impact/1 →`},
	} {
		t.Run(c.name, func(t *testing.T) {
			edited := before
			for i := 0; i < len(c.edit); i += 2 {
				if !strings.Contains(edited, c.edit[i]) {
					t.Fatalf("nothing to edit: %q", c.edit[i])
				}
				edited = strings.ReplaceAll(edited, c.edit[i], c.edit[i+1])
			}
			d := Diff(parsed(t, before), parsed(t, edited))
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), told(d)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func parsed(t testing.TB, yaml string) *Rubric {
	t.Helper()
	r, err := Parse("test.yaml", []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// told writes a difference down, one change a line.
func told(d Difference) string {
	var lines []string
	for _, n := range d.Names {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s: %s", n.What, n.Kind, strings.TrimSpace(n.From+" → "+n.To))))
	}
	for _, s := range d.Statements {
		var from, to string
		if s.From != nil {
			from = s.From.ID
		}
		if s.To != nil {
			to = s.To.ID
		}
		lines = append(lines, fmt.Sprintf("%s: %s", s.Kind, strings.TrimSpace(from+" → "+to)))
	}
	return strings.Join(lines, "\n")
}

// Whatever the two rubrics are, each statement of both is accounted for once, what is
// said to be the same is, and nothing changed exactly where the hashes are equal.
func TestDiffAccountsForEveryStatement(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := drawRubric(t)
		to := from
		if rapid.IntRange(0, 3).Draw(t, "kind") > 0 {
			to = edited(t, from)
		}
		d := Diff(from, to)
		gone, came := map[string]int{}, map[string]int{}
		for _, s := range d.Statements {
			if s.From != nil {
				gone[s.From.ID]++
			}
			if s.To != nil {
				came[s.To.ID]++
			}
			switch {
			case (s.From == nil) != (s.Kind == Added), (s.To == nil) != (s.Kind == Removed):
				t.Fatalf("%s with %v and %v", s.Kind, s.From, s.To)
			case s.Kind == Moved && s.From.Text != s.To.Text, s.Kind == Reworded && s.From.Text == s.To.Text:
				t.Fatalf("%s: %q became %q", s.Kind, s.From.Text, s.To.Text)
			}
		}
		for id, n := range gone {
			if n > 1 {
				t.Fatalf("%s went %d times", id, n)
			}
		}
		for id, n := range came {
			if n > 1 {
				t.Fatalf("%s came %d times", id, n)
			}
		}
		if len(gone)+d.Unchanged != len(from.AllStatements()) || len(came)+d.Unchanged != len(to.AllStatements()) {
			t.Fatalf("%d gone, %d came, %d unchanged of %d and %d", len(gone), len(came), d.Unchanged, len(from.AllStatements()), len(to.AllStatements()))
		}
		if d.Empty() != (from.Hash() == to.Hash()) {
			t.Fatalf("the hashes are equal: %v, but the difference is\n%s", from.Hash() == to.Hash(), told(d))
		}
	})
}

// edited draws a rubric that is another in one to three places.
func edited(t *rapid.T, r *Rubric) *Rubric {
	lines := strings.Split(string(r.YAML()), "\n")
	for range rapid.IntRange(1, 3).Draw(t, "edits") {
		i, j := rapid.IntRange(0, len(lines)-1).Draw(t, "line"), rapid.IntRange(0, len(lines)-1).Draw(t, "other")
		switch rapid.IntRange(0, 2).Draw(t, "edit") {
		case 0:
			lines[i], lines[j] = lines[j], lines[i]
		case 1:
			lines = slices.Delete(lines, i, i+1)
		case 2:
			lines[i] += "x"
		}
	}
	edited, err := Parse("edited", []byte(strings.Join(lines, "\n")))
	if err != nil { // most edits of names are none that a rubric bears
		return drawRubric(t)
	}
	return edited
}
