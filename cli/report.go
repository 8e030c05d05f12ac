package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/report"
	"calibrate/store"
)

func newReport(s *shell) *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Write a session down: Markdown, HTML, CSV, XLSX, JSON",
		Long: `Writes down what a session, or all decisions, came to.

--for says who reads it, and what is left out for them:
  facilitator  nothing
  hr           votes; drafts and finals stay, with their reasons
  manager      other reviewers' names, and everybody but the manager's own people
  person       everything but their own final positions, what was seen of them, and
               what comes next; with --person one packet, without it one for each

People of several rubrics are told of rubric by rubric, each on its own scale.

CSV is a row a person and dimension for an HR system. --fill writes into columns of a
table that the HR system exported instead, and leaves the rest of it to the byte.`,
		Example: `  calibrate report --session "2026 H1" --format html -o session.html
  calibrate report --session "2026 H1" --for hr --format xlsx -o session.xlsx
  calibrate report --for person --person "Ada Lovelace" --format markdown
  calibrate report --fill export.csv --map "Calibrated Rating=final.individual.level" -o filled.csv`,
		Args: takes(0, 0, ""),
		Annotations: map[string]string{
			moreFormats: strings.Join([]string{formatTable, formatCSV, formatMarkdown, formatHTML, formatXLSX}, ","),
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			audience, err := report.ParseAudience(f.audience)
			if err != nil {
				return wrongUsage(cmd, "--for: %s", err)
			}
			if audience == report.ForManager && len(f.filter.Managers) != 1 {
				return wrongUsage(cmd, "a report for a manager is about their own people; name the manager with --manager")
			}
			return s.existing(func(st *store.Store) error { return s.report(cmd, st.Veiled(), f, audience) })
		},
	}
	f.comparing.register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.audience, "for", string(report.ForFacilitator), "`WHO` reads it: facilitator, hr, manager or person")
	flags.StringVar(&f.fill, "fill", "", "fill columns of the CSV `TEMPLATE`")
	flags.StringArrayVar(&f.mappings, "map", nil, "`COLUMN=WHAT` to fill, such as “Rating=final.individual.level”; may be repeated")
	flags.StringVar(&f.key, "key", "", "the template's `COLUMN` that says who a row is about")
	f.output.register(cmd)
	return cmd
}

type reportFlags struct {
	comparing
	output
	audience, fill, key string
	mappings            []string
}

func (s *shell) report(cmd *cobra.Command, st store.Veiled, f reportFlags, who report.Audience) error {
	if err := f.suits(s); err != nil {
		return err
	}
	ctx, stop := s.interruptible(cmd.Context())
	defer stop()
	src, err := s.load(ctx, st, f.comparing, true)
	if err != nil {
		return interrupted(err)
	}
	if f.fill != "" {
		return s.fillTemplate(src, f)
	}
	progress := s.progress("resampling")
	src.Bootstrap.Progress = progress.step
	fill, err := s.reportWriter(ctx, cmd, src, who, f.filter.People)
	progress.done()
	if err != nil {
		return interrupted(err)
	}
	return f.output.write(s, fill)
}

// suits reports a result that does not belong where it would go.
func (f *reportFlags) suits(s *shell) error {
	switch {
	case f.fill != "":
		return f.output.forFiles(s, "a template that is left as it is to the byte")
	case s.flags.format == formatXLSX:
		return f.output.forFiles(s, "a workbook")
	}
	return nil
}

// reportWriter prepares the report in the format that was asked for.
func (s *shell) reportWriter(ctx context.Context, cmd *cobra.Command, src report.Source, who report.Audience, people []string) (func(io.Writer) error, error) {
	format := s.flags.format
	if who == report.ForPerson {
		if format == formatCSV || format == formatXLSX || format == formatJSON {
			return nil, wrongUsage(cmd, "a packet for a person is written as text, markdown or html")
		}
		return s.writerOf(personPacket(src, people), nil), nil
	}
	switch format {
	case formatCSV:
		return func(w io.Writer) error { return report.WriteRows(w, src, who) }, nil
	case formatXLSX:
		if who == report.ForManager {
			return nil, wrongUsage(cmd, "a workbook names every reviewer; for a manager write csv, markdown or html")
		}
		return func(w io.Writer) error { return report.WriteWorkbook(ctx, w, src, who) }, nil
	case formatJSON:
		data, err := report.Data(ctx, src, who)
		return func(w io.Writer) error { return writeDocument(w, data) }, err
	}
	doc, err := report.Session(ctx, src, who)
	return s.writerOf(doc, nil), err
}

// personPacket is one person's, or one for each.
func personPacket(src report.Source, people []string) report.Document {
	if len(people) == 1 {
		if p, err := calibration.FindPerson(src.People, people[0]); err == nil {
			return report.Person(src, p.ID)
		}
	}
	return report.Packets(src)
}

// writerOf writes a document in the format that was asked for; value is what JSON
// says.
func (s *shell) writerOf(doc report.Document, value any) func(io.Writer) error {
	return func(w io.Writer) error {
		switch s.flags.format {
		case formatJSON:
			return writeDocument(w, value)
		case formatCSV:
			return doc.CSV(w)
		case formatMarkdown:
			return doc.Markdown(w)
		case formatHTML:
			return doc.HTML(w)
		}
		return doc.Text(w)
	}
}

func (s *shell) fillTemplate(src report.Source, f reportFlags) error {
	in, err := os.Open(f.fill)
	if err != nil {
		return fmt.Errorf("reading the template: %w", err)
	}
	defer in.Close()
	template, err := readAtMost(in, report.MaxTemplate+1)
	if err != nil {
		return fmt.Errorf("reading the template %s: %w", f.fill, err)
	}
	filled, err := report.Fill(template, src, f.mappings, f.key)
	if err != nil {
		return fmt.Errorf("%s: %w", f.fill, err)
	}
	for _, row := range filled.Unknown {
		s.say("%s: nobody is known by that; the row stays as it was", row)
	}
	for _, row := range filled.Undecided {
		s.say("%s: nothing was decided; the row stays as it was", row)
	}
	s.say("%s filled, %d left as they were", count(filled.Rows, "row"), len(filled.Unknown)+len(filled.Undecided))
	return f.output.write(s, func(w io.Writer) error { _, err := w.Write(filled.Data); return err })
}
