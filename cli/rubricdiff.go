package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/internal/clean"
	"calibrate/rubric"
)

func newRubricDiff(s *shell) *cobra.Command {
	var o output
	cmd := &cobra.Command{
		Use:   "diff A B",
		Short: "What changed between two versions of a rubric, statement by statement",
		Long: `Says what became of each statement from A to B: added, removed, moved or reworded, and
which levels, bands and dimensions have another name. A and B are files, names of
built-in rubrics, or hashes of rubrics that the data file keeps, as “calibrate rubric
list” lists them; a hash may be shortened.

Statements are followed by what they say, whatever their number. With --format json
it is one record a change. The exit status is 0 whether or not there is a difference.`,
		Example: `  calibrate rubric diff rubric-2025.yaml rubric-2026.yaml
  calibrate rubric diff sha256:3f945343dbf7 rubric.yaml --format json`,
		Args: takes(2, 2, "A B"),
		RunE: func(_ *cobra.Command, args []string) error {
			from, err := s.rubricOrKept(args[0])
			if err != nil {
				return err
			}
			to, err := s.rubricOrKept(args[1])
			if err != nil {
				return err
			}
			d := rubric.Diff(from, to)
			return o.write(s, func(w io.Writer) error {
				if s.json() {
					return writeChanges(w, d)
				}
				_, err := io.WriteString(w, difference(d))
				return err
			})
		},
	}
	o.register(cmd)
	return cmd
}

// changeRecord is one change as JSON.
type changeRecord struct {
	What   string            `json:"what"`
	Change rubric.ChangeKind `json:"change"`
	From   *changeEnd        `json:"from"`
	To     *changeEnd        `json:"to"`
}

// changeEnd is what a changed thing was or is: a name, or a statement's id and text.
type changeEnd struct {
	Name string `json:"name,omitempty"`
	ID   string `json:"id,omitempty"`
	Text string `json:"text,omitempty"`
}

func writeChanges(w io.Writer, d rubric.Difference) error {
	for _, n := range d.Names {
		if err := writeRecord(w, changeRecord{n.What, n.Kind, nameEnd(n.From), nameEnd(n.To)}); err != nil {
			return err
		}
	}
	for _, c := range d.Statements {
		if err := writeRecord(w, changeRecord{"statement", c.Kind, statementEnd(c.From), statementEnd(c.To)}); err != nil {
			return err
		}
	}
	return nil
}

func nameEnd(name string) *changeEnd {
	if name == "" {
		return nil
	}
	return &changeEnd{Name: name}
}

func statementEnd(st *rubric.Statement) *changeEnd {
	if st == nil {
		return nil
	}
	return &changeEnd{ID: st.ID, Text: st.Text}
}

// difference writes a difference for people: first the names, then the statements in
// the order in which they are read, then how many there are of each kind.
func difference(d rubric.Difference) string {
	if d.Empty() {
		return "nothing differs: both say the same\n"
	}
	var b strings.Builder
	for _, n := range d.Names {
		b.WriteString(clean.Line(nameChange(n)) + "\n")
	}
	for i, c := range d.Statements {
		if i > 0 || len(d.Names) > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(statementChange(c))
	}
	fmt.Fprintf(&b, "\n%s\n", changeCounts(d))
	return b.String()
}

func nameChange(n rubric.NameChange) string {
	switch n.Kind {
	case rubric.Added:
		return fmt.Sprintf("%s added: %s", n.What, n.To)
	case rubric.Removed:
		return fmt.Sprintf("%s removed: %s", n.What, n.From)
	case rubric.Moved:
		return fmt.Sprintf("%s in another place of the order: %s", n.What, n.To)
	}
	return fmt.Sprintf("%s renamed: %s → %s", n.What, n.From, n.To)
}

func statementChange(c rubric.StatementChange) string {
	head, id := string(c.Kind), ""
	switch {
	case c.To == nil:
		id = c.From.ID
	case c.From == nil || c.From.ID == c.To.ID:
		id = c.To.ID
	default:
		id = c.From.ID + " → " + c.To.ID
	}
	text := clean.Line(head+"  "+id) + "\n"
	if c.Kind == rubric.Moved {
		return text + paragraph(c.To.Text, "    ", textWidth)
	}
	if c.From != nil {
		text += marked("- ", c.From.Text)
	}
	if c.To != nil {
		text += marked("+ ", c.To.Text)
	}
	return text
}

// marked is a paragraph whose first line has a mark in front.
func marked(mark, text string) string {
	return "  " + mark + strings.TrimPrefix(paragraph(text, "    ", textWidth), "    ")
}

func changeCounts(d rubric.Difference) string {
	n := map[rubric.ChangeKind]int{}
	for _, c := range d.Statements {
		n[c.Kind]++
	}
	var parts []string
	for _, kind := range []rubric.ChangeKind{rubric.Added, rubric.Removed, rubric.Moved, rubric.Reworded, rubric.MovedReworded} {
		if n[kind] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[kind], kind))
		}
	}
	return "statements: " + strings.Join(append(parts, fmt.Sprintf("%d unchanged", d.Unchanged)), ", ")
}
