package calibration

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Layout says what the lines of a wide table of ratings are.
type Layout string

// The layouts. With AnyLayout the heading of the column of names tells: "unit",
// or another word for what is rated, means that the raters are the columns,
// "rater", or another word for who rates, that they are the rows.
const (
	AnyLayout       Layout = ""
	RatersInRows    Layout = "rows"
	RatersInColumns Layout = "columns"
)

// The headings that a column of names goes by.
var (
	unitHeadings  = []string{"unit", "units", "person", "people", "subject", "item", "target", "case", "employee"}
	raterHeadings = []string{"rater", "raters", "reviewer", "judge", "coder", "observer"}
	anyHeadings   = []string{"name", "id"}
)

func (l Layout) validate() error {
	if l != AnyLayout && l != RatersInRows && l != RatersInColumns {
		return fmt.Errorf("raters are not in %q; say %s or %s", shown(string(l)), RatersInRows, RatersInColumns)
	}
	return nil
}

// resolve finds out the layout, if it is not said, from the heading of the names.
func (l Layout) resolve(first line, f frame) (Layout, error) {
	heading := strings.ToLower(first.cells[0])
	switch {
	case l != AnyLayout:
		return l, nil
	case f.header && f.names && slices.Contains(unitHeadings, heading):
		return RatersInColumns, nil
	case f.header && f.names && slices.Contains(raterHeadings, heading):
		return RatersInRows, nil
	}
	return "", fmt.Errorf("line %d: it cannot be told whether the raters are the rows or the columns; say which, or head the first column unit or rater",
		first.number)
}

// addWide takes in a table of a line a rater, or a line a unit.
func (g *gathering) addWide(lines []line, scale Scale, layout Layout) error {
	for _, l := range lines {
		if err := l.sameLength(lines[0]); err != nil {
			return err
		}
	}
	f, err := frameOf(lines, scale)
	if err != nil {
		return err
	}
	if layout, err = layout.resolve(lines[0], f); err != nil {
		return err
	}
	columns, err := f.columns(lines[0])
	if err != nil {
		return err
	}
	lines = f.rated(lines)
	rows, err := f.rows(lines)
	if err != nil {
		return err
	}
	for i, l := range lines {
		for j, column := range columns {
			given := Rating{Unit: rows[i], Rater: column, Word: l.cells[len(l.cells)-len(columns)+j]}
			if layout == RatersInRows {
				given.Unit, given.Rater = given.Rater, given.Unit
			}
			if err := g.add(given, l.number); err != nil {
				return fmt.Errorf("line %d: %w", l.number, err)
			}
		}
	}
	return nil
}

// frame says what stands around the ratings of a wide table.
type frame struct {
	header bool // the first line names the columns
	names  bool // the first column names the lines
}

// frameOf finds out what is names and what is ratings. Names may be numbers too:
// where both readings make sense it is an error, because the wrong one would give
// figures that look right.
func frameOf(lines []line, scale Scale) (frame, error) {
	corner, across := strings.ToLower(lines[0].cells[0]), lines[0].cells[1:]
	var down []string
	for _, l := range lines[1:] {
		down = append(down, l.cells[0])
	}
	acrossRated, downRated := allRated(across, scale), allRated(down, scale)
	switch {
	case slices.Contains(slices.Concat(unitHeadings, raterHeadings, anyHeadings), corner),
		corner == "" && (!acrossRated || !downRated || distinct(across) && distinct(down)):
		return frame{header: true, names: true}, nil
	case isMissing(corner) || isRated(corner, scale):
		return frame{}, nil
	case !acrossRated && !downRated:
		return frame{header: true, names: true}, nil
	case !acrossRated && !distinct(down):
		return frame{header: true}, nil
	case !downRated && !distinct(across):
		return frame{names: true}, nil
	}
	return frame{}, fmt.Errorf("line %d: it cannot be told whether %q is a heading, a name or neither; head the first column unit or rater",
		lines[0].number, shown(lines[0].cells[0]))
}

func isRated(cell string, scale Scale) bool {
	if scale.Len() == 0 {
		_, ok := number(cell)
		return ok
	}
	_, ok := scale.Find(cell)
	return ok
}

// allRated reports whether the cells can all be ratings, and some are.
func allRated(cells []string, scale Scale) bool {
	some := false
	for _, cell := range cells {
		rated := isRated(cell, scale)
		if !rated && !isMissing(cell) {
			return false
		}
		some = some || rated
	}
	return some
}

// distinct reports whether the cells can all be names.
func distinct(cells []string) bool {
	seen := map[string]bool{}
	for _, cell := range cells {
		if isMissing(cell) || seen[cell] {
			return false
		}
		seen[cell] = true
	}
	return true
}

// rated is the lines that hold ratings: not the header, nor the empty ones of a
// table whose lines have names.
func (f frame) rated(lines []line) []line {
	if f.header {
		lines = lines[1:]
	}
	if !f.names {
		return lines
	}
	return slices.DeleteFunc(slices.Clone(lines), line.blank)
}

// columns names the columns of ratings: by the header, or by their numbers.
func (f frame) columns(first line) ([]string, error) {
	cells := first.cells
	if f.names {
		cells = cells[1:]
	}
	if !f.header {
		return numbered(len(cells)), nil
	}
	at := map[string]int{}
	for i, name := range cells {
		column := len(first.cells) - len(cells) + i + 1
		if name == "" {
			return nil, fmt.Errorf("line %d: column %d has no name; give it one or take it away", first.number, column)
		}
		if other, ok := at[name]; ok {
			return nil, fmt.Errorf("line %d: %q names column %d and column %d; give each a name of its own", first.number, shown(name), other, column)
		}
		at[name] = column
	}
	return cells, nil
}

// rows names the lines of ratings: by their first cells, or by their numbers.
func (f frame) rows(lines []line) ([]string, error) {
	if !f.names {
		return numbered(len(lines)), nil
	}
	at := map[string]int{}
	rows := make([]string, len(lines))
	for i, l := range lines {
		name := l.cells[0]
		if name == "" {
			return nil, fmt.Errorf("line %d: the line has no name in its first cell; give it one", l.number)
		}
		if other, ok := at[name]; ok {
			return nil, fmt.Errorf("line %d: %q is on line %d already; give each line a name of its own", l.number, shown(name), other)
		}
		rows[i], at[name] = name, l.number
	}
	return rows, nil
}

func numbered(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = strconv.Itoa(i + 1)
	}
	return list
}
