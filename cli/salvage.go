package cli

import (
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
	ctx, stop := s.interruptible(cmd.Context())
	defer stop()
	shown := map[store.SalvageStep]*progress{}
	saved, err := store.Salvage(ctx, s.dataFile(), out, store.SalvageOptions{
		Now: s.Now, Entropy: s.Entropy, Rubrics: known,
		Progress: func(step store.SalvageStep, done, of int) {
			if shown[step] == nil {
				for _, before := range shown {
					before.done()
				}
				shown[step] = s.progress(string(step))
			}
			shown[step].step(done, of)
		},
	})
	for _, line := range shown {
		line.done()
	}
	if ctx.Err() != nil {
		return interrupted(ctx.Err())
	}
	if err != nil {
		return err
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
