package xlsx

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
)

// What Excel has room for.
const excelName, excelRows, excelColumns = 31, 1 << 20, 1 << 14

// checkWritable says why Excel would not open a workbook with these sheets.
func checkWritable(tables []Table) error {
	if len(tables) == 0 {
		return fmt.Errorf("a workbook has at least one sheet")
	}
	names := map[string]bool{}
	for _, s := range tables {
		err := s.check()
		if key := strings.ToLower(s.Name); names[key] {
			err = fmt.Errorf("another sheet has that name, in which capital letters make no difference")
		} else {
			names[key] = true
		}
		if err != nil {
			return fmt.Errorf("sheet %q: %w", s.Name, err)
		}
	}
	return nil
}

func (s Table) check() error {
	switch {
	case s.Name == "":
		return fmt.Errorf("it has no name")
	case len(utf16.Encode([]rune(s.Name))) > excelName:
		return fmt.Errorf("a name has at most %d characters", excelName)
	case strings.ContainsAny(s.Name, `[]:*?/\`), strings.ContainsFunc(s.Name, unicode.IsControl):
		return fmt.Errorf(`a name has none of []:*?/\ and no control character in it`)
	case strings.Trim(s.Name, "'") != s.Name:
		return fmt.Errorf("a name neither begins nor ends with an apostrophe")
	case strings.EqualFold(s.Name, "History"):
		return fmt.Errorf("its name is one that Excel keeps to itself")
	case len(s.Columns) == 0, len(s.Columns) > excelColumns:
		return fmt.Errorf("it has %d columns; 1 to %d are possible", len(s.Columns), excelColumns)
	case len(s.Rows) >= excelRows:
		return fmt.Errorf("it has %d rows; %d are possible below the head", len(s.Rows), excelRows-1)
	}
	return s.checkCells()
}

func (s Table) checkCells() error {
	for i, row := range s.Rows {
		if len(row) > len(s.Columns) {
			return fmt.Errorf("row %d has %d cells for %d columns", i+2, len(row), len(s.Columns))
		}
		for j, v := range row {
			switch v.(type) {
			case nil, string, float64, int, time.Time:
			default:
				return fmt.Errorf("%s%d: a cell cannot hold a value of the type %T", columnName(j), i+2, v)
			}
		}
	}
	return nil
}

// area is the whole sheet, with a sign before its letters and numbers. Below the head
// there is a row in any case, for the filter to filter.
func (s Table) area(sign string) string {
	return sign + "A" + sign + "1:" + sign + columnName(len(s.Columns)-1) + sign + strconv.Itoa(max(2, len(s.Rows)+1))
}

// columnName is A for 0, AA for 26.
func columnName(i int) string {
	letter := string(rune('A' + i%26))
	if i < 26 {
		return letter
	}
	return columnName(i/26-1) + letter
}
