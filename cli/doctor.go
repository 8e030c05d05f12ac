package cli

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"calibrate/internal/clean"
	"calibrate/store"
)

func newDoctor(s *shell) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Prove the data file, or save what is readable of a damaged one",
		Long: `Reads the whole data file and says whether anything in it is damaged, was altered
or was taken out: pages, checksums, indexes, hash chains. It changes nothing. The exit
status is 1 where there is a problem.

Decisions of another file that never arrived here are a known gap, and no problem.

With --salvage it looks through the bytes of a file that nothing else can read any
more, takes every record whose checksum holds, writes them to a new file and says what
is lost. The old file stays as it is. Where the file's copy of a rubric is lost, the
one of --rubric takes its place if it is the same.`,
		Example: "  calibrate doctor\n  calibrate doctor --db team.db --format json\n  calibrate doctor --db team.db --salvage rescued.db",
		Args:    takes(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case out != "":
				return s.salvage(cmd, out)
			case cmd.Flags().Changed("salvage"):
				return wrongUsage(cmd, "--salvage needs the name of a new file")
			}
			return s.existing(func(st *store.Store) error { return s.doctor(cmd.Context(), st) })
		},
	}
	cmd.Flags().StringVar(&out, "salvage", "", "write what can be read of a damaged data file to a new file, `OUT`")
	return cmd
}

func (s *shell) doctor(ctx context.Context, st *store.Store) error {
	var report store.Report
	err := s.watching(ctx, func(ctx context.Context, progress store.Progress) (err error) {
		report, err = st.CheckContext(ctx, progress)
		return err
	})
	if errors.Is(err, context.Canceled) {
		return errors.New("interrupted; the file was not looked through")
	}
	if err != nil {
		return err
	}
	if s.json() {
		err = writeDocument(s.Stdout, report)
	} else {
		_, err = io.WriteString(s.Stdout, clean.Text(report.String()))
	}
	if err == nil && report.Problems() > 0 {
		err = silentError{}
	}
	return err
}
