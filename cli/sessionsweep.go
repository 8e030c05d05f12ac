package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/rubric"
	"calibrate/store"
)

func newSessionSweep(s *shell) *cobra.Command {
	guideline := ""
	cmd := &cobra.Command{
		Use:   "sweep SESSION",
		Short: "Look over all decisions before the end: is the same said of the same?",
		Long: `Lists what should be looked at before the session is finalised: who is blind or not
decided, changes without a reason, decisions without evidence, people who were decided
far quicker than others. Below that, who stands at the same position, and how many
stand at each level.`,
		Example: `  calibrate session sweep "2026 H1"
  calibrate session sweep "2026 H1" --guideline 5,15,60,15,5`,
		Args: takes(1, 1, "SESSION"),
		RunE: func(_ *cobra.Command, args []string) error {
			return s.existing(func(st *store.Store) error { return s.sweep(st, args[0], guideline) })
		},
	}
	cmd.Flags().StringVar(&guideline, "guideline", "", "`PERCENTAGES` per level to show beside, lowest first: 5,15,60,15,5")
	return cmd
}

// sweepRecord is a sweep as data. Field names are promised.
type sweepRecord struct {
	Checks []checkRecord `json:"checks"`
	*sweptRecord
	Rubrics []rubricSwept `json:"rubrics,omitempty"`
}

// sweptRecord is what is the same under a rubric.
type sweptRecord struct {
	Cells        []calibration.Cell       `json:"cells"`
	Distribution calibration.Distribution `json:"distribution"`
}

// rubricSwept is a sweptRecord of one of several rubrics.
type rubricSwept struct {
	Rubric rubricRecord `json:"rubric"`
	sweptRecord
}

type checkRecord struct {
	Kind      calibration.CheckKind `json:"kind"`
	Person    calibration.PersonRef `json:"person"`
	Dimension string                `json:"dimension"` // empty: the person as a whole
	Words     string                `json:"words"`
}

func (s *shell) sweep(st *store.Store, which, guideline string) error {
	room, n, err := s.roomOf(st, which)
	if err != nil {
		return err
	}
	g, err := guidelineAmong(guideline, room.Rubrics())
	if err != nil {
		return err
	}
	sweep := room.Sweep(g)
	if s.json() {
		return writeDocument(s.Stdout, sweepRecordOf(sweep))
	}
	var b strings.Builder
	if err := writeChecks(&b, sweep.Checks, n); err != nil {
		return err
	}
	for _, under := range sweep.Scales {
		if len(sweep.Scales) > 1 {
			b.WriteString("\n" + clean.Line(under.Rubric.Role) + "\n")
		}
		if err := errors.Join(writeCells(&b, under.Cells, n), writeLevels(&b, under.Distribution)); err != nil {
			return err
		}
	}
	_, err = io.WriteString(s.Stdout, b.String())
	return err
}

func sweepRecordOf(sweep calibration.Sweep) sweepRecord {
	r := sweepRecord{Checks: []checkRecord{}}
	for _, c := range sweep.Checks {
		r.Checks = append(r.Checks, checkRecord(c))
	}
	for _, under := range sweep.Scales {
		swept := sweptRecord{under.Cells, under.Distribution}
		if len(sweep.Scales) == 1 {
			r.sweptRecord = &swept
			break
		}
		r.Rubrics = append(r.Rubrics, rubricSwept{rubricRecord{under.Rubric.Role, under.Rubric.Hash()}, swept})
	}
	return r
}

// guidelineAmong reads percentages that are for one of the rubrics at least.
func guidelineAmong(text string, rubrics []*rubric.Rubric) (g calibration.Guideline, err error) {
	for _, r := range rubrics {
		var otherwise error
		if g, otherwise = calibration.ParseGuideline(text, r); otherwise == nil {
			return g, nil
		}
		if err == nil {
			err = otherwise
		}
	}
	return nil, err
}

func writeChecks(w io.Writer, checks []calibration.Check, n names) error {
	if len(checks) == 0 {
		_, err := fmt.Fprintln(w, "Nothing stands out.")
		return err
	}
	var t table
	t.add("LOOK AT", "PERSON", "DIMENSION", "WHY")
	for _, c := range checks {
		t.add(string(c.Kind), n.label(c.Person.ID), first(c.Dimension, "-"), c.Words)
	}
	return t.write(w)
}

// writeCells lists who stands at the same position, with how much was seen of each.
func writeCells(w io.Writer, cells []calibration.Cell, n names) error {
	var t table
	t.add("POSITION", "DIMENSION", "PERSON", "SEEN", "NOT SEEN")
	for _, cell := range cells {
		for i, p := range cell.People {
			position, dimension, seen, not := cell.Position, cell.Dimension, 0, 0
			if i > 0 {
				position, dimension = "", ""
			}
			for _, tick := range p.Ticks {
				seen, not = seen+tick.Seen, not+tick.NotSeen
			}
			t.add(position, dimension, n.label(p.Person.ID), fmt.Sprint(seen), fmt.Sprint(not))
		}
	}
	if len(t.rows) == 1 {
		return nil
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return err
	}
	return t.write(w)
}

// writeLevels is how many stand at each level, a column a dimension.
func writeLevels(w io.Writer, d calibration.Distribution) error {
	if d.All.Placements == 0 {
		return nil
	}
	var t table
	head := []string{"LEVEL"}
	for _, g := range d.Groups {
		head = append(head, strings.ToUpper(g.Name))
	}
	if d.Guideline != nil {
		head = append(head, "ALL", "GUIDELINE")
	}
	t.add(head...)
	for i, level := range d.All.Levels {
		row := []string{fmt.Sprintf("%d %s", level.Level, level.Name)}
		for _, g := range d.Groups {
			row = append(row, fmt.Sprint(g.Levels[i].Count))
		}
		if d.Guideline != nil {
			row = append(row, fmt.Sprintf("%.0f%%", level.Percent), fmt.Sprintf("%.0f%%", d.Guideline[i]))
		}
		t.add(row...)
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return err
	}
	return t.write(w)
}

// checksOf are those of a kind.
func checksOf(all []calibration.Check, kind calibration.CheckKind) []calibration.Check {
	return slices.DeleteFunc(slices.Clone(all), func(c calibration.Check) bool { return c.Kind != kind })
}

// aboutWhom lists the people of checks, each once.
func aboutWhom(checks []calibration.Check) (ids []string) {
	for _, c := range checks {
		ids = with(ids, c.Person.ID)
	}
	return ids
}
