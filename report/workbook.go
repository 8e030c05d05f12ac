package report

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"calibrate/calibration"
	"calibrate/internal/xlsx"
)

// WriteWorkbook writes what a session came to as an XLSX workbook with the sheets
// Decisions, People, Spread, Shift and Agreement; for HR without the sheets and rows
// that tell of votes. Where there are several rubrics the first three say in a last
// column under which somebody is placed. Ids are text, the head of each sheet is frozen
// and filtered, and no cell is a formula.
func WriteWorkbook(ctx context.Context, w io.Writer, s Source, who Audience) error {
	sheets, err := s.sheets(ctx, who)
	if err != nil {
		return err
	}
	if err := xlsx.Write(w, xlsx.Properties{Creator: "calibrate", Created: s.Now}, sheets); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return nil
}

func (s Source) sheets(ctx context.Context, who Audience) ([]xlsx.Table, error) {
	if who != ForFacilitator {
		return []xlsx.Table{s.decisionsSheet(who), s.peopleSheet(), s.shiftSheet()}, nil
	}
	agreement, err := s.agreementSheet(ctx) // first, before there are rows that take memory too
	if err != nil {
		return nil, err
	}
	return []xlsx.Table{s.decisionsSheet(who), s.peopleSheet(), s.spreadSheet(), s.shiftSheet(), agreement}, nil
}

// column is how a sheet's column looks.
type column struct {
	title string
	width float64
}

// newSheet is a sheet whose texts are safe. A cell is a string, which becomes text whatever
// it looks like, a number, a time, or nil.
func newSheet(name string, columns []column, rows [][]any) xlsx.Table {
	sheet := xlsx.Table{Name: name, Rows: rows}
	for _, c := range columns {
		sheet.Columns = append(sheet.Columns, xlsx.Column{Title: Cell(c.title), Width: c.width})
	}
	for _, row := range rows {
		for i, v := range row {
			if text, ok := v.(string); ok {
				row[i] = Cell(text)
			}
		}
	}
	return sheet
}

func (s Source) decisionsSheet(who Audience) xlsx.Table {
	var rows [][]any
	for _, p := range s.peopleByName() {
		for _, row := range p.Rows {
			for _, placement := range row.Placements {
				if who == ForHR && placement.Stage == calibration.Panel {
					continue
				}
				made := s.Decisions[placement.Decision]
				rows = append(rows, append([]any{
					s.employeeID(p.Person), p.Person.Name, p.Person.Team, p.Session.Name, row.Dimension, string(placement.Stage), placement.Reviewer,
					placement.Position, placement.Level, string(placement.Confidence), placement.DecidedAt, made.Rationale, string(made.Change),
					strings.Join(s.evidence(made).Items, "\n"), placement.Decision,
				}, s.underCell(p.Person.ID)...))
			}
		}
	}
	return newSheet("Decisions", s.withRubric([]column{
		{"Employee id", 14}, {"Name", 24}, {"Team", 16}, {"Session", 16}, {"Dimension", 18}, {"Stage", 8}, {"Reviewer", 22},
		{"Position", 10}, {"Level", 7}, {"Confidence", 11}, {"Decided at (UTC)", 17}, {"Rationale", 60}, {"Change", 24}, {"Evidence", 60}, {"Decision", 28},
	}), rows)
}

func (s Source) peopleSheet() xlsx.Table {
	columns := []column{{"Employee id", 14}, {"Name", 24}, {"Email", 26}, {"Team", 16}, {"Manager", 22}, {"Role", 26}}
	var dimensions []string
	for _, part := range s.scales() {
		for _, d := range part.Rubric.Dimensions {
			if !slices.Contains(dimensions, d) {
				dimensions = append(dimensions, d)
			}
		}
	}
	for _, d := range dimensions {
		columns = append(columns, column{d + ": draft", 14}, column{d + ": final", 14})
	}
	results := map[string]map[string]Result{}
	var order []calibration.Person
	for _, r := range s.Results() {
		if results[r.Person.ID] == nil {
			results[r.Person.ID] = map[string]Result{}
			order = append(order, r.Person)
		}
		results[r.Person.ID][r.Dimension] = r
	}
	var rows [][]any
	for _, p := range order {
		row := []any{p.EmployeeID(), p.Name, p.Email, p.Team, p.Manager, p.Role}
		for _, d := range dimensions {
			r := results[p.ID][d]
			row = append(row, r.Draft.Key, r.Position.Key)
		}
		rows = append(rows, append(row, s.underCell(p.ID)...))
	}
	return newSheet("People", s.withRubric(columns), rows)
}

func (s Source) spreadSheet() xlsx.Table {
	var rows [][]any
	for _, p := range s.spreadOfAll() {
		for _, row := range p.Rows {
			lowest, highest := "", ""
			if row.Lowest != nil {
				lowest, highest = row.Lowest.Position, row.Highest.Position
			}
			measured := len(slices.DeleteFunc(slices.Clone(row.Placements), func(x calibration.Placement) bool { return !x.Measured }))
			rows = append(rows, append([]any{s.employeeID(p.Person), p.Person.Name, p.Session.Name, row.Dimension, measured, lowest, highest,
				row.Apart, yesNo(row.CrossesLevel), string(row.Triage)}, s.underCell(p.Person.ID)...))
		}
	}
	return newSheet("Spread", s.withRubric([]column{
		{"Employee id", 14}, {"Name", 24}, {"Session", 16}, {"Dimension", 18}, {"Reviewers", 10}, {"Lowest", 10}, {"Highest", 10},
		{"Positions apart", 15}, {"Across a level", 14}, {"Triage", 20},
	}), rows)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (s Source) shiftSheet() xlsx.Table {
	var rows [][]any
	for _, part := range s.scales() {
		for _, r := range part.Comparison.StageShift(calibration.Draft, calibration.Final).Rows {
			rows = append(rows, []any{s.employeeID(r.Person), r.Person.Name, r.Session.Name, r.Dimension, r.From.Position, r.To.Position, r.Change, r.Levels})
		}
	}
	return newSheet("Shift", []column{
		{"Employee id", 14}, {"Name", 24}, {"Session", 16}, {"Dimension", 18}, {"Draft", 10}, {"Final", 10}, {"Positions up", 13}, {"Levels up", 10},
	}, rows)
}

func (s Source) agreementSheet(ctx context.Context) (xlsx.Table, error) {
	figure := func(part string, row calibration.FigureRow) []any {
		f := row.Figure
		if value, ok := f.Value(); ok {
			return []any{part, row.Name, value, f.Units, f.Raters, f.Note}
		}
		return []any{part, row.Name, "n/a", nil, nil, f.Reason()}
	}
	var rows [][]any
	add := func(part calibration.AgreementPart, name string) {
		rows = append(rows, figure(name, calibration.FigureRow{Name: "Krippendorff's alpha, ordinal", Figure: part.Alpha}))
		if low, high, ok := part.CI95.Bounds(); ok {
			rows = append(rows, []any{name, "its 95% interval, low", low, nil, nil, part.Method}, []any{name, "its 95% interval, high", high, nil, nil, part.Method})
		}
		for _, row := range part.Figures {
			rows = append(rows, figure(name, row))
		}
	}
	if s.mixed() {
		rows = append(rows, []any{"all", "Krippendorff's alpha, ordinal", "n/a", nil, nil, calibration.DifferentScales})
	}
	for i, scale := range s.scales() {
		v, err := scale.agreement(ctx)
		if err != nil {
			return xlsx.Table{}, err
		}
		of := ""
		if s.mixed() {
			of = s.rubricNames()[i] + ": "
		}
		add(v.All, of+"all")
		for _, part := range v.ByDimension {
			add(part, of+part.Name)
		}
	}
	return newSheet("Agreement", []column{{"Of", 18}, {"Figure", 34}, {"Value", 10}, {"Units", 8}, {"Reviewers", 10}, {"Note", 60}}, rows), nil
}
