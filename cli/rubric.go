package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/internal/clean"
	"calibrate/rubric"
)

func newRubricCheck(s *shell) *cobra.Command {
	return &cobra.Command{
		Use:   "check RUBRIC…",
		Short: "Say everything that is wrong with a rubric, and where",
		Long: `Reports every problem of the rubrics as file:line:column, what is wrong, and what
was likely meant. The exit status is 1 where there is one. RUBRIC is a file, - for
standard input, or a name that “calibrate rubric list” lists.`,
		Example: "  calibrate rubric check rubric.yaml\n  calibrate rubric check --format json rubric.yaml",
		Args:    takes(1, 1000, "RUBRIC"),
		RunE: func(_ *cobra.Command, files []string) error {
			var bad error
			for _, file := range files {
				if err := s.checkRubric(file); errors.As(err, new(silentError)) {
					bad = err
				} else if err != nil {
					return err
				}
			}
			return bad
		},
	}
}

func (s *shell) checkRubric(file string) error {
	r, err := s.parseRubric(file)
	var problems rubric.Problems
	if errors.As(err, &problems) {
		if err := s.writeProblems(s.Stdout, problems); err != nil {
			return err
		}
		return silentError{}
	}
	if err != nil {
		return err
	}
	if s.json() {
		return nil // no problem, no record
	}
	_, err = fmt.Fprintln(s.Stdout, clean.Line(fmt.Sprintf("%s is sound: %s, %s, %s, %s", file,
		count(len(r.Levels), "level"), count(len(r.Positions()), "position"), count(len(r.Dimensions), "dimension"), count(len(r.AllStatements()), "statement"))))
	return err
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// writeProblems writes one problem a line.
func (s *shell) writeProblems(w io.Writer, problems rubric.Problems) error {
	for _, p := range problems {
		if s.json() {
			if err := writeRecord(w, problemRecord(p)); err != nil {
				return err
			}
			continue
		}
		if _, err := fmt.Fprintln(w, clean.Line(p.String())); err != nil {
			return err
		}
	}
	return nil
}

type problemRecord struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

func newRubricShow(s *shell) *cobra.Command {
	return &cobra.Command{
		Use:   "show [RUBRIC]",
		Short: "Print the rubric, with the id of each statement",
		Long: `Prints a rubric: the one in use, or RUBRIC, which is a file, a name, or the hash of
one that the data file keeps, as “calibrate rubric list” lists them. With --format
yaml it is what one edits.`,
		Example: `  calibrate rubric show
  calibrate rubric show engineering-manager --format yaml >ours.yaml
  calibrate rubric show --format json | jq '.levels[2].bands[1]'`,
		Args: takes(0, 1, "RUBRIC"),
		Annotations: map[string]string{
			moreFormats: formatYAML,
		},
		RunE: func(_ *cobra.Command, args []string) error {
			named := s.rubricNamed()
			if len(args) > 0 {
				named = args[0]
			}
			r, err := s.rubricOrKept(named)
			if err != nil {
				return err
			}
			return s.writeRubric(s.Stdout, r, s.showRubric)
		},
	}
}

// writeRubric writes a rubric in the format that was asked for; text is how it is
// written where none was.
func (s *shell) writeRubric(w io.Writer, r *rubric.Rubric, text func(*rubric.Rubric) []byte) error {
	data := text(r)
	switch s.flags.format {
	case formatJSON:
		canonical, err := r.MarshalJSON()
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := json.Indent(&b, canonical, "", "  "); err != nil {
			return err
		}
		data = append(escaped(b.Bytes(), jsonEscape), '\n')
	case formatYAML:
		data = rubricYAML(r)
	}
	_, err := w.Write(data)
	return err
}

func rubricYAML(r *rubric.Rubric) []byte { return escaped(r.YAML(), yamlEscape) }

func (s *shell) showRubric(r *rubric.Rubric) []byte {
	var b strings.Builder
	b.WriteString(clean.Line(r.Role) + "\n")
	for _, p := range r.Positions() {
		fmt.Fprintf(&b, "\n%s\n", clean.Line(p.Key+"  "+p.Title()))
		for _, dimension := range r.Dimensions {
			b.WriteString("\n  " + clean.Line(dimension) + "\n")
			for _, section := range rubric.Sections() {
				statements := r.Statements(p, dimension, section)
				if len(statements) == 0 {
					fmt.Fprintf(&b, "    %s: none\n", section.Title())
					continue
				}
				fmt.Fprintf(&b, "    %s\n", section.Title())
				for _, st := range statements {
					b.WriteString("      " + clean.Line(st.ID) + "\n")
					b.WriteString(paragraph(st.Text, "        ", textWidth))
				}
			}
		}
	}
	return []byte(b.String())
}

func newRubricImport(s *shell) *cobra.Command {
	var o output
	cmd := &cobra.Command{
		Use:   "import OUTLINE",
		Short: "Make a rubric of a plain-text outline",
		Long: `Reads an outline as it is pasted out of a word processor, a PDF or a wiki, and
prints the rubric as YAML. Levels begin with a line “Level 1: Name”, sections with
Impact, Examples, Dampeners or Progression Signal; statements have any bullet or
none. Lines that belong nowhere are listed with their place on standard error, and
the exit status is then 1: nothing is dropped silently.`,
		Example: "  calibrate rubric import outline.txt -o rubric.yaml\n  pbpaste | calibrate rubric import - | less",
		Args:    takes(1, 1, "OUTLINE"),
		Annotations: map[string]string{
			moreFormats: formatYAML,
		},
		RunE: func(_ *cobra.Command, args []string) error {
			name, data, err := s.readRubricFile(args[0])
			if err != nil {
				return err
			}
			r, unplaced, err := rubric.ImportOutline(name, data)
			for _, p := range unplaced {
				s.say("%s", p)
			}
			if err != nil {
				return err
			}
			err = o.write(s, func(w io.Writer) error { return s.writeRubric(w, r, rubricYAML) })
			if err != nil {
				return err
			}
			if len(unplaced) > 0 {
				s.say("%s could not be placed; the rest is in the rubric", count(len(unplaced), "line"))
				return silentError{}
			}
			return nil
		},
	}
	o.register(cmd)
	return cmd
}

func newRubricNew(s *shell) *cobra.Command {
	var o output
	cmd := &cobra.Command{
		Use:     "new",
		Short:   "Print a small rubric with notes, to start your own from",
		Example: "  calibrate rubric new -o rubric.yaml",
		Args:    takes(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			return o.write(s, func(w io.Writer) error { _, err := w.Write(rubric.Skeleton()); return err })
		},
	}
	o.register(cmd)
	return cmd
}

func newRubricSchema(s *shell) *cobra.Command {
	var o output
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of rubric files, for editors",
		Long: `Prints the JSON Schema of rubric files. Editors that know the YAML language server
complete and check a rubric whose first line is

  # yaml-language-server: $schema=rubric.schema.json`,
		Example: "  calibrate rubric schema -o rubric.schema.json",
		Args:    takes(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			return o.write(s, func(w io.Writer) error { _, err := w.Write(rubric.Schema()); return err })
		},
	}
	o.register(cmd)
	return cmd
}
