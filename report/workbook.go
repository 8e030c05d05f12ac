package report

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"calibrate/calibration"
)

// WriteWorkbook writes what a session came to as an XLSX workbook with the sheets
// Decisions, People, Spread, Shift and Agreement; for HR without the sheets and rows
// that tell of votes. Where there are several rubrics the first three say in a last
// column under which somebody is placed. Ids are text, the head of each sheet is frozen and filtered, and
// no cell is a formula.
func WriteWorkbook(ctx context.Context, w io.Writer, s Source, who Audience) error {
	book := &workbook{file: excelize.NewFile(), now: s.Now}
	defer book.file.Close()
	book.decisions(s, who)
	book.people(s)
	if who == ForFacilitator {
		book.spread(s)
	}
	book.shift(s)
	if who == ForFacilitator {
		if err := book.agreement(ctx, s); err != nil {
			return err
		}
	}
	return book.write(w)
}

// workbook fills sheets one after the other and remembers the first error.
type workbook struct {
	file   *excelize.File
	now    time.Time
	sheets []string
	err    error
}

// column is how a sheet's column looks.
type column struct {
	title string
	width float64
}

// sheet adds a sheet. A cell is a string, which becomes text whatever it looks like, a
// number, a time, or nil.
func (b *workbook) sheet(name string, columns []column, rows [][]any) {
	if b.err != nil {
		return
	}
	b.err = b.fill(name, columns, rows)
}

func (b *workbook) fill(name string, columns []column, rows [][]any) error {
	if len(b.sheets) == 0 {
		if err := b.file.SetSheetName("Sheet1", name); err != nil {
			return err
		}
	} else if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	b.sheets = append(b.sheets, name)
	last, err := excelize.CoordinatesToCellName(len(columns), max(2, len(rows)+1))
	if err != nil {
		return err
	}
	if err := b.file.AutoFilter(name, "A1:"+last, nil); err != nil { // before rows: what streams is written out at once
		return err
	}
	out, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	styles, err := b.styles()
	if err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(columns))
	for i, c := range columns {
		if err := out.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
		head[i] = excelize.Cell{StyleID: styles.head, Value: c.title}
	}
	if err := out.SetRow("A1", head); err != nil {
		return err
	}
	for i, row := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+2)
		if err == nil {
			err = out.SetRow(at, styles.cells(row))
		}
		if err != nil {
			return err
		}
	}
	return out.Flush()
}

// styles are the looks of cells.
type styles struct{ head, text, time, figure int }

func (b *workbook) styles() (s styles, err error) {
	const asText = 49 // Excel's number of the format “text”
	timeFormat, figureFormat := "yyyy-mm-dd hh:mm", "0.000"
	for _, style := range []struct {
		id *int
		of *excelize.Style
	}{
		{&s.head, &excelize.Style{Font: &excelize.Font{Bold: true}, NumFmt: asText}},
		{&s.text, &excelize.Style{NumFmt: asText, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
		{&s.time, &excelize.Style{CustomNumFmt: &timeFormat, Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&s.figure, &excelize.Style{CustomNumFmt: &figureFormat, Alignment: &excelize.Alignment{Vertical: "top"}}},
	} {
		if *style.id, err = b.file.NewStyle(style.of); err != nil {
			return s, err
		}
	}
	return s, nil
}

// maxCell is how many characters a cell of a workbook may have.
const maxCell = 32_767

func (s styles) cells(row []any) []any {
	cells := make([]any, len(row))
	for i, v := range row {
		switch v := v.(type) {
		case string:
			cells[i] = excelize.Cell{StyleID: s.text, Value: cellText(v)}
		case time.Time:
			cells[i] = excelize.Cell{StyleID: s.time, Value: v.UTC()}
		case float64:
			cells[i] = excelize.Cell{StyleID: s.figure, Value: v}
		default:
			cells[i] = v
		}
	}
	return cells
}

// cellText is a text as a workbook can hold it: a cell has its limit. What is cut is
// marked.
func cellText(text string) string {
	text = Cell(text)
	if runes := []rune(text); len(runes) > maxCell {
		return string(runes[:maxCell-1]) + "…"
	}
	return text
}

func (b *workbook) write(w io.Writer) error {
	if b.err == nil {
		b.file.SetActiveSheet(0)
		b.err = b.file.SetDocProps(&excelize.DocProperties{Creator: "calibrate", Created: stamp(b.now), Modified: stamp(b.now)})
	}
	if b.err == nil {
		_, b.err = b.file.WriteTo(w)
	}
	if b.err != nil {
		return fmt.Errorf("writing the workbook: %w", b.err)
	}
	return nil
}

func (b *workbook) decisions(s Source, who Audience) {
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
	b.sheet("Decisions", s.withRubric([]column{
		{"Employee id", 14}, {"Name", 24}, {"Team", 16}, {"Session", 16}, {"Dimension", 18}, {"Stage", 8}, {"Reviewer", 22},
		{"Position", 10}, {"Level", 7}, {"Confidence", 11}, {"Decided at (UTC)", 17}, {"Rationale", 60}, {"Change", 24}, {"Evidence", 60}, {"Decision", 28},
	}), rows)
}

func (b *workbook) people(s Source) {
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
	b.sheet("People", s.withRubric(columns), rows)
}

func (b *workbook) spread(s Source) {
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
	b.sheet("Spread", s.withRubric([]column{
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

func (b *workbook) shift(s Source) {
	var rows [][]any
	for _, part := range s.scales() {
		for _, r := range part.Comparison.StageShift(calibration.Draft, calibration.Final).Rows {
			rows = append(rows, []any{s.employeeID(r.Person), r.Person.Name, r.Session.Name, r.Dimension, r.From.Position, r.To.Position, r.Change, r.Levels})
		}
	}
	b.sheet("Shift", []column{
		{"Employee id", 14}, {"Name", 24}, {"Session", 16}, {"Dimension", 18}, {"Draft", 10}, {"Final", 10}, {"Positions up", 13}, {"Levels up", 10},
	}, rows)
}

func (b *workbook) agreement(ctx context.Context, s Source) error {
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
			return err
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
	b.sheet("Agreement", []column{{"Of", 18}, {"Figure", 34}, {"Value", 10}, {"Units", 8}, {"Reviewers", 10}, {"Note", 60}}, rows)
	return nil
}
