package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/rubric"
	"calibrate/store"
)

func newPlace(s *shell) *cobra.Command {
	var f placeFlags
	cmd := &cobra.Command{
		Use:   "place --person P --dimension D --at POSITION --rationale TEXT",
		Short: "Record where a person stands on a dimension",
		Long: `Records one decision and prints its id, once it is safely on disk.

Case, spaces and hyphens do not matter in dimensions, positions and statement ids.
A statement's id is position/dimension/section/number, counted from 1: see
“calibrate rubric show”. A decision in a place where this reviewer has decided
already corrects the earlier one; both are kept.

In a session with a panel, only those on it vote (--stage panel), and not on people from
whom they are recused; a final decision waits until all have placed, and says with
--change why it is another one than the manager's draft.`,
		Example: `  calibrate place --person "Ada Lovelace" --dimension individual --at 3-mid \
    --rationale "Defined the golden path; no influence beyond engineering yet." \
    --evidence 3-mid/individual/impact/1 --not-seen 4-low/individual/impact/1
  calibrate place --session "2026 H1" --stage final --person 0042 --dimension individual --at 3-high \
    --change "new evidence" --rationale "Two teams confirmed it."
  calibrate place --person 0042 --dimension "Business Impact" --at 2-high --rationale - <reason.txt`,
		Args: takes(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			return s.writing(func(st *store.Store) error { return s.place(st, f) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.person, "person", "", "`ID` or exact name of the person")
	flags.StringVar(&f.dimension, "dimension", "", "the `DIMENSION`: individual")
	flags.StringVar(&f.at, "at", "", "the `POSITION`: 3-mid")
	flags.StringVar(&f.rationale, "rationale", "", "the reason, as `TEXT`; - reads it from standard input")
	flags.StringVar(&f.stage, "stage", string(calibration.Draft), "`STAGE` of the decision: draft, panel or final")
	flags.StringVar(&f.confidence, "confidence", string(calibration.Medium), "`CONFIDENCE` of the reviewer: low, medium or high")
	flags.StringVar(&f.session, "session", "", "the session's `NAME` or id")
	flags.StringVar(&f.change, "change", "", "`WHY` a final decision is not the draft: "+strings.Join(words(calibration.Changes()), ", "))
	flags.StringArrayVar(&f.seen, "evidence", nil, "`ID` of a statement that was seen, or ID=NOTE; may be repeated")
	flags.StringArrayVar(&f.notSeen, "not-seen", nil, "`ID` of a statement that was looked for and not seen, or ID=NOTE; may be repeated")
	flags.StringArrayVar(&f.dampeners, "dampener", nil, "`ID` of a dampener that applies, or ID=NOTE; may be repeated")
	return cmd
}

type placeFlags struct {
	person, dimension, at, rationale, stage, confidence, session, change string
	seen, notSeen, dampeners                                             []string
}

func (f placeFlags) check(cmd *cobra.Command) error {
	var missing []string
	for _, needed := range []struct{ name, value string }{
		{"--person", f.person}, {"--dimension", f.dimension}, {"--at", f.at}, {"--rationale", f.rationale},
	} {
		if strings.TrimSpace(needed.value) == "" {
			missing = append(missing, needed.name)
		}
	}
	if len(missing) > 0 {
		return wrongUsage(cmd, "place needs %s", strings.Join(missing, ", "))
	}
	if err := oneOf(cmd, "stage", f.stage, words(calibration.Stages())...); err != nil {
		return err
	}
	if err := oneOf(cmd, "confidence", f.confidence, words(calibration.Confidences())...); err != nil {
		return err
	}
	if f.change != "" && f.stage != string(calibration.Final) {
		return wrongUsage(cmd, "--change says why a final decision is not the draft; a %s needs none", f.stage)
	}
	return nil
}

func words[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = string(v)
	}
	return out
}

func (s *shell) place(st *store.Store, f placeFlags) error {
	d := calibration.Decision{Stage: calibration.Stage(f.stage), Confidence: calibration.Confidence(f.confidence)}
	var err error
	if d.Reviewer, err = s.reviewer(); err != nil {
		return err
	}
	people, err := st.People()
	if err != nil {
		return err
	}
	person, err := calibration.FindPerson(people, f.person)
	if err != nil {
		return err
	}
	session, r, err := s.placedUnder(st, f.session, person)
	if err != nil {
		return err
	}
	d.Person, d.Session = person.ID, session
	if d.Rationale, err = s.textOrInput(f.rationale); err != nil {
		return err
	}
	if err := f.resolve(&d, r); err != nil {
		return err
	}
	kept, err := st.Veiled().Place(d, r)
	if err != nil {
		return err
	}
	if s.json() {
		return writeRecord(s.Stdout, kept)
	}
	s.say("saved %s · %s for %s", kept.Position, kept.Dimension, person.Name)
	_, err = fmt.Fprintln(s.Stdout, kept.ID)
	return err
}

// textOrInput returns the text, or for "-" what stands on standard input.
func (s *shell) textOrInput(text string) (string, error) {
	if text != "-" {
		return strings.TrimSpace(text), nil
	}
	data, err := readAtMost(s.Stdin, calibration.MaxRationale+1)
	if err != nil {
		return "", fmt.Errorf("reading the rationale from standard input: %w", err)
	}
	if len(data) > calibration.MaxRationale {
		return "", fmt.Errorf("the rationale on standard input is too long; at most %d bytes are kept", calibration.MaxRationale)
	}
	return strings.TrimSpace(string(data)), nil
}

// readChange reads why a decision is not the draft.
func readChange(text string) (calibration.Change, error) {
	c, err := calibration.ParseChange(text)
	if err != nil {
		if near := rubric.Nearest(text, words(calibration.Changes())); len(near) > 0 {
			err = fmt.Errorf("there is no change %q; did you mean %q?", text, near[0])
		}
	}
	return c, err
}

// resolve fills in what is named by words of the rubric, as the rubric writes it.
func (f placeFlags) resolve(d *calibration.Decision, r *rubric.Rubric) (err error) {
	if d.Dimension, err = r.Dimension(f.dimension); err != nil {
		return err
	}
	position, err := r.Position(f.at)
	if err != nil {
		return err
	}
	d.Position = position.Key
	if f.change != "" {
		if d.Change, err = readChange(f.change); err != nil {
			return err
		}
	}
	for _, marks := range []struct {
		given []string
		add   func(rubric.Statement, string)
	}{
		{f.seen, func(s rubric.Statement, note string) {
			if s.Section == rubric.Dampeners { // one that was seen applies, as in the walk
				d.Dampeners = append(d.Dampeners, calibration.Dampener{Statement: s.ID, Note: note})
				return
			}
			d.Evidence = append(d.Evidence, calibration.Evidence{Statement: s.ID, Seen: true, Note: note})
		}},
		{f.notSeen, func(s rubric.Statement, note string) {
			d.Evidence = append(d.Evidence, calibration.Evidence{Statement: s.ID, Note: note})
		}},
		{f.dampeners, func(s rubric.Statement, note string) {
			d.Dampeners = append(d.Dampeners, calibration.Dampener{Statement: s.ID, Note: note})
		}},
	} {
		for _, given := range marks.given {
			id, note, _ := strings.Cut(given, "=")
			statement, err := r.Statement(id)
			if err != nil {
				return err
			}
			marks.add(statement, strings.TrimSpace(note))
		}
	}
	return nil
}
