package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/internal/clean"
)

func newAgreement(s *shell) *cobra.Command {
	var f agreementFlags
	cmd := &cobra.Command{
		Use:   "agreement RATINGS.csv",
		Short: "How far raters agree, for any table of ratings",
		Long: `Computes the usual figures of agreement for a table of ratings: exact and adjacent
agreement, Cohen's and Fleiss' kappa, Krippendorff's alpha with an interval, Gwet's AC,
Kendall's W and the intraclass correlations.

The table is CSV: a rating a line under a header with unit, rater and rating, or units
and raters as rows and columns. Empty, NA and * are missing ratings. Ratings are
numbers or the words of --scale. RATINGS.csv may be - for standard input.

What is not defined is said to be so, with the reason. The interval is found by drawing
the units anew, each with all its ratings.`,
		Example: `  calibrate agreement ratings.csv
  calibrate agreement --raters rows --scale 1,2,3,4,5 wide.csv
  calibrate agreement --scale low,mid,high --format json words.csv`,
		Args: takes(1, 1, "RATINGS.csv"),
		RunE: func(cmd *cobra.Command, args []string) error { return s.agreement(cmd, f, args[0]) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.raters, "raters", "", "`PLACE` of the raters in a wide table: rows or columns")
	flags.StringVar(&f.scale, "scale", "", "the ordered `CATEGORIES`, from one end to the other: 1,2,3,4,5 or low,mid,high\n(without: the numbers that occur)")
	f.bootstrap = calibration.DefaultBootstrap()
	addBootstrapFlags(cmd, &f.bootstrap)
	return cmd
}

type agreementFlags struct {
	raters, scale string
	bootstrap     calibration.Bootstrap
}

// addBootstrapFlags gives a command the flags of the interval.
func addBootstrapFlags(cmd *cobra.Command, b *calibration.Bootstrap) {
	flags := cmd.Flags()
	flags.IntVar(&b.Resamples, "resamples", b.Resamples, "how many resamples the interval is found by, 100 to 100000, as a `NUMBER`; 0: no interval, which is what takes the time")
	flags.Uint64Var(&b.Seed, "seed", b.Seed, "`NUMBER` that the resamples are drawn by; the same one gives the same interval")
	flags.StringVar((*string)(&b.Method), "interval", string(b.Method), "`METHOD` of the interval: “unit bootstrap”, or “pair bootstrap”, which is known to be too narrow")
}

func (s *shell) agreement(cmd *cobra.Command, f agreementFlags, file string) error {
	var scale calibration.Scale
	if f.scale != "" {
		var err error
		if scale, err = calibration.NewScale(strings.Split(f.scale, ",")...); err != nil {
			return wrongUsage(cmd, "--scale: %s", err)
		}
	}
	layout := calibration.Layout(strings.ToLower(f.raters))
	if err := oneOf(cmd, "raters", string(layout), "", string(calibration.RatersInRows), string(calibration.RatersInColumns)); err != nil {
		return err
	}
	ratings, err := s.readRatings(file, scale, layout)
	if err != nil {
		return err
	}
	ctx, stop := s.interruptible(cmd.Context())
	defer stop()
	progress := s.progress("resampling")
	f.bootstrap.Progress = progress.step
	a, err := calibration.Summarise(ctx, ratings, f.bootstrap)
	progress.done()
	if err != nil {
		return interrupted(err)
	}
	if s.json() {
		return writeRecord(s.Stdout, a)
	}
	return writeAgreement(s.Stdout, a)
}

func (s *shell) readRatings(file string, scale calibration.Scale, layout calibration.Layout) (calibration.Ratings, error) {
	in, name := s.Stdin, "standard input"
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return calibration.Ratings{}, fmt.Errorf("reading the ratings: %w", err)
		}
		defer f.Close()
		in, name = f, file
	}
	r, err := calibration.ReadRatings(in, scale, layout)
	if err != nil {
		return r, fmt.Errorf("%s: %w", name, err)
	}
	return r, nil
}

// interruptible is a context that ctrl+c ends, for work that takes its time.
func (s *shell) interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	if s.Interrupts == nil {
		return ctx, func() {}
	}
	return s.Interrupts(ctx, s.lent.Load)
}

// interrupted says in words that work was cancelled.
func interrupted(err error) error {
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("interrupted; nothing was written")
	}
	return err
}

// writeAgreement writes the headline and, under it, all other figures.
func writeAgreement(w io.Writer, a calibration.Agreement) error {
	alpha := a.KrippendorffAlpha
	head := fmt.Sprintf("Krippendorff's alpha, ordinal: %s", alpha.Ordinal)
	switch low, high, ok := alpha.OrdinalCI95.Bounds(); {
	case alpha.Ordinal.Reason() != "":
		head += ": " + alpha.Ordinal.Reason()
	case ok:
		head += fmt.Sprintf(", 95%% interval %.3f to %.3f (%s)", low, high, alpha.OrdinalCI95.Method())
	default:
		head += ", without an interval: " + alpha.OrdinalCI95.Reason()
	}
	var b strings.Builder
	b.WriteString(clean.Line(head) + "\n")
	fmt.Fprintf(&b, "%s, %s, %s\n\n", count(a.Raters, "rater"), count(a.Units, "unit"), count(a.Ratings, "rating"))
	var t table
	t.add("FIGURE", "VALUE", "UNITS", "RATERS", "NOTE")
	for _, row := range a.Rows() {
		t.add(figureCells(row)...)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return err
	}
	return t.write(w)
}

func figureCells(row calibration.FigureRow) []string {
	f := row.Figure
	if reason := f.Reason(); reason != "" {
		return []string{row.Name, f.String(), "-", "-", reason}
	}
	return []string{row.Name, f.String(), fmt.Sprint(f.Units), fmt.Sprint(f.Raters), f.Note}
}
