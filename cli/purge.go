package cli

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/store"
)

func newPurge(s *shell) *cobra.Command {
	var f purgeFlags
	cmd := &cobra.Command{
		Use:   "purge --older-than AGE | --person P",
		Short: "Take out of the data file what must not be kept, for good",
		Long: `Takes decisions out of the data file, with what was noted about them in sessions and
what was left unfinished, and writes the file anew, so that nothing of the text is
left in it. It lists first what goes and what stays, and asks: you type the person's
name, or the number of decisions. What is purged cannot be brought back.

--older-than takes what is from before that day, counted by the calendar, also out of
finalised sessions. Sessions that are open it leaves alone, and people stay listed.
--person takes somebody out altogether: their decisions in every session, their own
record, their place on agendas. Both together take what is that old about the person.

Of each decision its place in the chain of hashes stays, so that “calibrate doctor” can
prove the rest; and of the purge how much it was, when, by whom and why: --list prints
that. A packet that holds what was purged brings it back no more. Somebody who is
added to the people again begins anew.

What others have is out of reach: backups, packets that were sent, what the disk or its
snapshots keep. Data files beside this one are listed, so that you can delete them.`,
		Example: `  calibrate purge --older-than 2y --dry-run
  calibrate purge --older-than 18mo --why "kept for 18 months, as agreed"
  calibrate purge --person "Ada Lovelace" --why "asked to be forgotten"
  calibrate purge --older-than 2y --why "policy 7.3" --confirm 12
  calibrate purge --list`,
		Args: takes(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.list {
				return s.purgeList(cmd, f)
			}
			return s.purgeCommand(cmd, f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.olderThan, "older-than", "", "the `AGE` from which on things go: 2y, 18mo or 90d")
	flags.StringArrayVar(&f.people, "person", nil, "`ID` or exact name of a person; may be repeated")
	flags.StringVar(&f.why, "why", "", "the reason, as `TEXT`; it is kept, so name nobody")
	flags.BoolVar(&f.dryRun, "dry-run", false, "only list what would go")
	flags.StringVar(&f.confirm, "confirm", "", "the `TEXT` that is asked for otherwise; --dry-run says which")
	flags.BoolVar(&f.list, "list", false, "print what was purged so far")
	return cmd
}

type purgeFlags struct {
	olderThan, why, confirm string
	people                  []string
	dryRun, list            bool
}

// check looks at what can be seen without the file.
func (f purgeFlags) check(cmd *cobra.Command, s *shell) (of store.Selection, err error) {
	if f.olderThan != "" {
		a, err := parseAge(f.olderThan)
		if err != nil {
			return of, wrongUsage(cmd, "--older-than %s", err)
		}
		of.Before = a.before(s.Now())
	}
	switch {
	case f.olderThan == "" && len(f.people) == 0:
		return of, wrongUsage(cmd, "purge needs to know what: --older-than AGE, --person P, or both")
	case f.dryRun || s.IsTerminal:
	case f.confirm == "":
		return of, wrongUsage(cmd, "purge asks before it does anything, and here is no terminal to ask on: --dry-run lists what would go, and what to give to --confirm")
	case strings.TrimSpace(f.why) == "":
		return of, wrongUsage(cmd, "purge needs --why: the reason is kept")
	}
	return of, nil
}

func (s *shell) purgeCommand(cmd *cobra.Command, f purgeFlags) error {
	of, err := f.check(cmd, s)
	if err != nil {
		return err
	}
	if f.dryRun {
		return s.existing(func(st *store.Store) error { return s.purgeDryRun(st, of, f) })
	}
	if _, err := os.Stat(s.dataFile()); err != nil { // writing would make it
		return fmt.Errorf("purging: %w", err)
	}
	return s.writing(func(st *store.Store) error { return s.purge(st, of, f) })
}

// planPurge finds the people and plans.
func (s *shell) planPurge(st *store.Store, of store.Selection, f purgeFlags) (l purgeListing, err error) {
	people, err := st.People()
	if err != nil {
		return l, err
	}
	for _, who := range f.people {
		p, err := calibration.FindPerson(people, who)
		var unknown *calibration.UnknownError
		if errors.As(err, &unknown) { // perhaps decisions came without the person
			p.ID = who
			if _, unplanned := st.PurgePlan(store.Selection{People: []string{who}}); unplanned == nil {
				err = nil
			}
		}
		if err != nil {
			return l, err
		}
		of.People = append(of.People, p.ID)
	}
	if l.Plan, err = st.PurgePlan(of); err != nil {
		return l, err
	}
	l.file, l.zone = st.Path(), s.Now().Location()
	l.Confirm = l.confirmation()
	l.Copies, err = st.Copies()
	return l, err
}

func (s *shell) purgeDryRun(st *store.Store, of store.Selection, f purgeFlags) error {
	l, err := s.planPurge(st, of, f)
	if err != nil {
		return err
	}
	if s.json() {
		return writeDocument(s.Stdout, l)
	}
	if err := l.write(s.Stdout); err != nil || l.Empty() {
		return err
	}
	s.say("Nothing was changed. To purge this, a script gives --confirm %q.", l.Confirm)
	return nil
}

func (s *shell) purge(st *store.Store, of store.Selection, f purgeFlags) error {
	l, err := s.planPurge(st, of, f)
	if err != nil {
		return err
	}
	listing := s.Stdout
	if s.json() {
		listing = s.Stderr // standard output is for the record of the purge
	}
	if err := l.write(listing); err != nil || l.Empty() {
		return err
	}
	by, err := s.reviewer()
	if err != nil {
		return err
	}
	why, err := s.askPurge(l, f)
	if err != nil {
		return err
	}
	done, err := st.Purge(l.Plan, why, by)
	if err != nil {
		return err
	}
	if s.json() {
		return writeRecord(s.Stdout, done)
	}
	_, err = fmt.Fprintf(s.Stdout, "\nPurged: %s. The file was written anew; its record of this is purge %s.\n", l.amount(), done.ID)
	return err
}

// askPurge asks for the reason and the confirmation, as far as they were not given.
func (s *shell) askPurge(l purgeListing, f purgeFlags) (why string, err error) {
	asker := s.asker()
	if why = strings.TrimSpace(f.why); why == "" {
		if why, err = asker.ask("\nWhy? The reason is kept, so name nobody:"); err != nil {
			return "", fmt.Errorf("nothing was purged: %w", err)
		}
	}
	if why == "" {
		return "", errors.New("nothing was purged: it needs a reason")
	}
	if err := asker.word(fmt.Sprintf("\nThis cannot be undone. Type %s to go on:", l.Confirm), l.Confirm, f.confirm); err != nil {
		return "", fmt.Errorf("nothing was purged: %w", err)
	}
	return why, nil
}

// confirmation is what has to be typed: the name of one person who goes altogether, or
// else the number of decisions, and where there is none, of all the rest.
func (l purgeListing) confirmation() string {
	if len(l.About) == 1 && l.About[0].Whole {
		name := strings.TrimSpace(first(l.About[0].Name, l.About[0].ID))
		if name != "" && clean.Line(name) == name { // else nobody could type it
			return name
		}
	}
	if l.Decisions == 0 {
		return strconv.Itoa(l.Events + l.Walks + len(l.About))
	}
	return strconv.Itoa(l.Decisions)
}

// purgeList prints the purges.
func (s *shell) purgeList(cmd *cobra.Command, f purgeFlags) error {
	if f.olderThan != "" || len(f.people) > 0 || f.why != "" || f.confirm != "" || f.dryRun {
		return wrongUsage(cmd, "purge --list takes no other flag of purge")
	}
	return s.existing(func(st *store.Store) error {
		purges, err := st.Purges()
		if err != nil {
			return err
		}
		if !s.json() {
			return s.writePurges(purges)
		}
		for _, p := range purges {
			if err := writeRecord(s.Stdout, p); err != nil {
				return err
			}
		}
		return nil
	})
}
