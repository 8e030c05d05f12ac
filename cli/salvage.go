package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"calibrate/internal/clean"
	"calibrate/rubric"
	"calibrate/store"
)

// salvage saves what is readable of the data file to a new one, and reports what is
// not.
func (s *shell) salvage(cmd *cobra.Command, out string) error {
	known, err := s.knownRubrics()
	if err != nil {
		return err
	}
	var saved store.Salvaged
	err = s.watching(cmd.Context(), func(ctx context.Context, progress store.Progress) (err error) {
		saved, err = store.Salvage(ctx, s.dataFile(), out, store.SalvageOptions{
			Now: s.Now, Entropy: s.Entropy, Rubrics: known, Progress: progress,
		})
		return err
	})
	if err != nil {
		return interrupted(err)
	}
	if s.json() {
		return writeDocument(s.Stdout, saved)
	}
	if _, err := io.WriteString(s.Stdout, clean.Text(saved.String())); err != nil {
		return err
	}
	which := ""
	if s.flags.db != "" {
		which = "--db " + s.flags.db + " "
	}
	s.say("calibrate backup %s--restore %s puts it in the place of the old file, which is kept", which, out)
	return nil
}

// knownRubrics are those that may stand in for a lost copy: the built-in one and the
// one that is named.
func (s *shell) knownRubrics() ([]*rubric.Rubric, error) {
	built, err := s.parseRubric("")
	if err != nil {
		return nil, fmt.Errorf("the built-in rubric: %w", err)
	}
	named, err := s.loadRubric()
	return []*rubric.Rubric{built, named}, err
}
