package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/report"
	"calibrate/store"
)

// The formats of reports, beside text and json.
const (
	formatTable    = "table" // text by another name
	formatCSV      = "csv"
	formatMarkdown = "markdown"
	formatHTML     = "html"
	formatXLSX     = "xlsx"
)

func newCompare(s *shell) *cobra.Command {
	var f compareFlags
	var about strings.Builder
	for _, v := range report.Views() {
		fmt.Fprintf(&about, "  %-13s %s\n", v.Name, v.About)
	}
	cmd := &cobra.Command{
		Use:   "compare [VIEW]",
		Short: "What the decisions say next to each other",
		Long: "Prints one view of the decisions next to each other, spread if none is named:\n\n" + about.String() + `
People of several rubrics are told of rubric by rubric, each on its own scale; with
--format json these are the list “rubrics”, each with its role, hash and data.`,
		Example: `  calibrate compare
  calibrate compare agreement --session "2026 H1"
  calibrate compare distribution --group manager --guideline 5,15,60,15,5
  calibrate compare shift --from "2025 H2" --to "2026 H1"
  calibrate compare contested --format csv >statements.csv`,
		Args: takes(0, 1, "VIEW"),
		Annotations: map[string]string{
			moreFormats: strings.Join([]string{formatTable, formatCSV, formatMarkdown, formatHTML}, ","),
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			f.view = "spread"
			if len(args) > 0 {
				f.view = strings.ToLower(args[0])
			}
			if err := f.check(cmd); err != nil {
				return err
			}
			return s.reading(func(st *store.Store) error { return s.compare(cmd, st.Veiled(), f) })
		},
	}
	f.comparing.register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.from, "from", string(calibration.Draft), "what a shift begins with: a stage, or the `SESSION`'s name or id")
	flags.StringVar(&f.to, "to", string(calibration.Final), "what a shift ends with: a stage, or the `SESSION`'s name or id")
	flags.StringVar(&f.group, "group", string(calibration.ByTeam), "`WHAT` a distribution is drawn for: "+strings.Join(words(calibration.Groupings()), ", "))
	f.output.register(cmd)
	return cmd
}

type compareFlags struct {
	comparing
	output
	view, from, to, group string
}

func (f compareFlags) check(cmd *cobra.Command) error {
	var names []string
	for _, v := range report.Views() {
		names = append(names, v.Name)
	}
	for _, name := range names {
		if name == f.view {
			return oneOf(cmd, "group", f.group, words(calibration.Groupings())...)
		}
	}
	return wrongUsage(cmd, "there is no view %q; there are %s", f.view, strings.Join(names, ", "))
}

func (s *shell) compare(cmd *cobra.Command, st store.Veiled, f compareFlags) error {
	ctx, stop := s.interruptible(cmd.Context())
	defer stop()
	return s.writeView(ctx, st, f)
}

// writeView writes one view where and how the flags say.
func (s *shell) writeView(ctx context.Context, st store.Veiled, f compareFlags) error {
	go st.ReadAhead() // sessions are read meanwhile
	present, err := presentSession(st.Store, f.filter.Sessions)
	if err != nil {
		return err
	}
	if f.view == "past" {
		f.filter.Sessions = nil // the session is the one that others are set beside
	}
	src, err := s.load(ctx, st, f.comparing, false)
	if err != nil {
		return interrupted(err)
	}
	between, err := s.between(st.Store, f)
	if err != nil {
		return err
	}
	progress := s.progress("resampling")
	src.Bootstrap.Progress = progress.step
	doc, value, err := src.Of(ctx, f.view, between, calibration.Grouping(f.group), present)
	progress.done()
	if err != nil {
		return interrupted(err)
	}
	return f.output.write(s, s.writerOf(doc, value))
}

// between finds what a shift is measured between: two stages, or two sessions.
func (s *shell) between(st *store.Store, f compareFlags) (b report.Between, err error) {
	b.FromStage, b.ToStage = calibration.Stage(strings.ToLower(f.from)), calibration.Stage(strings.ToLower(f.to))
	if b.FromStage.Rank() > 0 && b.ToStage.Rank() > 0 {
		return b, nil
	}
	sessions, err := st.Sessions()
	if err != nil {
		return b, err
	}
	for _, end := range []struct {
		name string
		id   *string
	}{{f.from, &b.FromSession}, {f.to, &b.ToSession}} {
		session, err := calibration.FindSession(sessions, end.name)
		if err != nil {
			return b, fmt.Errorf("%w; --from and --to are two stages or two sessions", err)
		}
		*end.id = session.ID
	}
	return b, nil
}

// presentSession is the session that past ones are set beside: the one that is asked
// for, else the latest.
func presentSession(st *store.Store, asked []string) (string, error) {
	sessions, err := st.Sessions()
	if err != nil || len(sessions) == 0 {
		return "", err
	}
	if len(asked) == 0 {
		return sessions[len(sessions)-1].ID, nil
	}
	session, err := st.Session(asked[0])
	return session.ID, err
}

// viewSaver writes views for the app: what compare would print, in the format that the
// file's ending names.
func (s *shell) viewSaver(st store.Veiled) func(context.Context, report.Written) error {
	return func(ctx context.Context, what report.Written) error {
		formats := map[string]string{
			".html": formatHTML, ".md": formatMarkdown, ".csv": formatCSV, ".json": formatJSON, ".txt": formatText,
		}
		ending := strings.ToLower(filepath.Ext(what.Path))
		format, ok := formats[ending]
		if !ok {
			return fmt.Errorf("%q is no ending that says how; there are .html, .md, .csv, .json and .txt", ending)
		}
		own := *s // the flags are the command's, which goes on
		own.flags.format = format
		own.Stderr, own.told = io.Discard, what.Progress
		f := compareFlags{comparing: comparing{filter: what.Filter, bootstrap: calibration.DefaultBootstrap()}, view: what.View,
			from: what.From, to: what.To, group: string(what.Group), output: output{file: what.Path}}
		return own.writeView(ctx, st, f)
	}
}
