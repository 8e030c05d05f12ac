package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/internal/clean"
	"calibrate/internal/lines"
	"calibrate/rubric"
)

func newRubricLint(s *shell) *cobra.Command {
	var strict bool
	var about strings.Builder
	for _, r := range rubric.LintRules() {
		fmt.Fprintf(&about, "  %s\n", r.Name)
		for _, line := range lines.Wrap(r.Reason, textWidth-6) {
			fmt.Fprintf(&about, "      %s\n", line)
		}
	}
	cmd := &cobra.Command{
		Use:   "lint [RUBRIC…]",
		Short: "Point at wording that makes ratings unreliable",
		Long: `Points at wording by which two raters who saw the same place a person differently, as
file:line:column, the statement's id, the words and the reason. It looks for:

` + about.String() + `
What is found is advice, and the exit status 0; with --strict it is 1 where there is
any. Words are looked for in English, in impact and progression signals: those are what
people are measured by. RUBRIC is a file, - for standard input, or a name that
“calibrate rubric list” lists; without, it is the rubric in use.`,
		Example: "  calibrate rubric lint rubric.yaml\n  calibrate rubric lint --strict --format json rubric.yaml",
		Args:    takes(0, 1000, "RUBRIC"),
		RunE: func(_ *cobra.Command, named []string) error {
			if len(named) == 0 {
				named = []string{s.rubricNamed()}
			}
			return s.lint(named, strict)
		},
	}
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with status 1 where anything is found")
	return cmd
}

func (s *shell) lint(named []string, strict bool) error {
	found := map[string]int{}
	all := 0
	for _, name := range named {
		where, data, err := s.readRubric(name)
		if err != nil {
			return err
		}
		findings, err := rubric.Lint(where, data)
		if err != nil {
			return err
		}
		for _, f := range findings {
			if err := s.writeFinding(f); err != nil {
				return err
			}
			found[f.Rule]++
			all++
		}
	}
	s.say("%s", lintSummary(found, all))
	if strict && all > 0 {
		return silentError{}
	}
	return nil
}

func (s *shell) writeFinding(f rubric.Finding) error {
	if s.json() {
		return writeRecord(s.Stdout, findingRecord(f))
	}
	_, err := fmt.Fprintln(s.Stdout, clean.Line(f.String()))
	return err
}

type findingRecord struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Where  string `json:"where"`
	Rule   string `json:"rule"`
	Words  string `json:"words,omitempty"`
	Reason string `json:"reason"`
}

// lintSummary counts what was found, the commonest first.
func lintSummary(found map[string]int, all int) string {
	if all == 0 {
		return "nothing to advise"
	}
	rules := slices.SortedFunc(maps.Keys(found), func(a, b string) int {
		return cmp.Or(cmp.Compare(found[b], found[a]), cmp.Compare(a, b))
	})
	for i, rule := range rules {
		rules[i] = fmt.Sprintf("%d %s", found[rule], rule)
	}
	return fmt.Sprintf("%s of advice: %s", count(all, "piece"), strings.Join(rules, ", "))
}
