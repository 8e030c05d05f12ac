package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/internal/clean"
	"calibrate/store"
)

func newBackup(s *shell) *cobra.Command {
	var f backupFlags
	cmd := &cobra.Command{
		Use:   "backup [FILE]",
		Short: "Write a copy of the data file, list the copies, restore one",
		Long: `Writes a copy of the data file as of one moment, beside it under a name with the
date or where you say, proves that it can be read, and prints its path. A file that
exists is never replaced.

A copy is also made by itself, beside the data file, when the file is opened for
writing a day after the last one, and when a session is finalised; the last 3 of these
are kept. --list shows all copies that lie there, and --restore puts one of them in the
place of the data file, which is kept beside it.`,
		Example: `  calibrate backup
  calibrate backup ~/safe/calibrate.db
  calibrate backup --list
  calibrate backup --restore latest`,
		Args: takes(0, 1, "FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd, args); err != nil {
				return err
			}
			switch {
			case f.list:
				return s.listBackups()
			case f.restore != "":
				return s.restore(f.restore)
			}
			return s.existing(func(st *store.Store) error { return s.backup(cmd.Context(), st, first(args...)) })
		},
	}
	cmd.Flags().BoolVar(&f.list, "list", false, "list the copies that lie beside the data file, the latest first")
	cmd.Flags().StringVar(&f.restore, "restore", "", "put `FILE`, or the latest copy, in the place of the data file")
	return cmd
}

type backupFlags struct {
	list    bool
	restore string
}

func (f backupFlags) check(cmd *cobra.Command, args []string) error {
	restoring := cmd.Flags().Changed("restore")
	switch {
	case restoring && f.restore == "":
		return wrongUsage(cmd, "--restore needs the name of a copy, or latest")
	case f.list && restoring:
		return wrongUsage(cmd, "--list and --restore do not go together")
	case (f.list || restoring) && len(args) > 0:
		return wrongUsage(cmd, "a copy is written, or one is listed or restored: leave %q out", args[0])
	}
	return nil
}

// beside writes a copy beside the data file, under a name with the time that is free.
func (s *shell) beside(st *store.Store, write func(to string) error) (to string, err error) {
	ext := filepath.Ext(st.Path())
	name := strings.TrimSuffix(st.Path(), ext) + "-" + s.Now().UTC().Format("20060102T150405Z")
	to = name + ext
	for n := 2; ; n++ {
		err := write(to)
		if n > 99 || !errors.Is(err, fs.ErrExist) {
			return to, err
		}
		to = fmt.Sprintf("%s-%d%s", name, n, ext)
	}
}

func (s *shell) backup(ctx context.Context, st *store.Store, to string) error {
	write := func(to string) error {
		return s.watching(ctx, func(ctx context.Context, progress store.Progress) error {
			return st.BackupContext(ctx, to, progress)
		})
	}
	var err error
	if to == "" {
		to, err = s.beside(st, write)
	} else {
		err = write(to)
	}
	if err != nil {
		return interrupted(err)
	}
	if s.json() {
		return writeRecord(s.Stdout, struct {
			Backup string `json:"backup"`
		}{to})
	}
	_, err = fmt.Fprintln(s.Stdout, clean.Line(to))
	return err
}

// listedTime is when a copy was made, as people read it.
const listedTime = "2006-01-02 15:04:05 UTC"

func (s *shell) listBackups() error {
	all, err := store.Backups(s.dataFile())
	if err != nil {
		return err
	}
	if s.json() {
		for _, b := range all {
			if err := writeRecord(s.Stdout, b); err != nil {
				return err
			}
		}
		return nil
	}
	if len(all) == 0 {
		s.say("no copy of %s lies beside it", s.dataFile())
		return nil
	}
	var t table
	for _, b := range all {
		t.add(b.Made.Format(listedTime), fmt.Sprintf("%d bytes", b.Size), string(b.Why), b.Path)
	}
	return t.write(s.Stdout)
}

func (s *shell) restore(which string) error {
	if which == "latest" {
		all, err := store.Backups(s.dataFile())
		if err != nil {
			return err
		}
		// What was put aside to restore a copy is most likely what was to be got rid of.
		all = slices.DeleteFunc(all, func(b store.BackupFile) bool { return b.Why == store.Replaced })
		if len(all) == 0 {
			return fmt.Errorf("no copy of %s lies beside it; give the name of one", s.dataFile())
		}
		if made := all[0].Made; all[0].ToCome(s.Now()) {
			return fmt.Errorf("%s was made at %s, which is still to come: with a clock that stood wrong nobody can tell which copy is the latest; give the name of one (calibrate backup --list)",
				all[0].Path, made.Format(listedTime))
		}
		which = all[0].Path
	}
	done, err := store.Restore(s.dataFile(), which, s.Now())
	if err != nil {
		return err
	}
	if s.json() {
		return writeRecord(s.Stdout, done)
	}
	decisions := "1 decision"
	if done.Decisions != 1 {
		decisions = fmt.Sprintf("%d decisions", done.Decisions)
	}
	s.say("%s is the copy %s again, with %s", done.Path, done.From, decisions)
	if done.Replaced != "" {
		s.say("what was there is at %s; calibrate log --db with that name shows what came after the copy", done.Replaced)
	}
	return nil
}
