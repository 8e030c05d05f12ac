package cli

import (
	"io"

	"github.com/spf13/cobra"

	"calibrate/internal/clean"
	"calibrate/store"
)

func newDoctor(s *shell) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Prove the data file: pages, checksums, indexes, hash chains",
		Long: `Reads the whole data file and says whether anything in it is damaged, was altered
or was taken out. It changes nothing. The exit status is 1 where there is a problem.

Decisions of another file that never arrived here are a known gap, and no problem.`,
		Example: "  calibrate doctor\n  calibrate doctor --db team.db --format json",
		Args:    takes(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			return s.existing(s.doctor)
		},
	}
}

func (s *shell) doctor(st *store.Store) error {
	report, err := st.Check()
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
