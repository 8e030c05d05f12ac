package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/internal/clean"
	"calibrate/store"
)

func newBackup(s *shell) *cobra.Command {
	return &cobra.Command{
		Use:   "backup [FILE]",
		Short: "Write a copy of the data file, and prove that it can be read",
		Long: `Writes a copy of the data file as of one moment, beside it under a name with the
date or where you say, and prints its path. A file that exists is never replaced.`,
		Example: "  calibrate backup\n  calibrate backup ~/safe/calibrate.db",
		Args:    takes(0, 1, "FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			to := ""
			if len(args) > 0 {
				to = args[0]
			}
			return s.existing(func(st *store.Store) error { return s.backup(st, to) })
		},
	}
}

func (s *shell) backup(st *store.Store, to string) error {
	if to == "" {
		ext := filepath.Ext(st.Path())
		to = strings.TrimSuffix(st.Path(), ext) + "-" + s.Now().UTC().Format("20060102T150405Z") + ext
	}
	if err := st.Backup(to); err != nil {
		return err
	}
	if s.json() {
		return writeRecord(s.Stdout, struct {
			Backup string `json:"backup"`
		}{to})
	}
	_, err := fmt.Fprintln(s.Stdout, clean.Line(to))
	return err
}
