package roster

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"calibrate/internal/xlsx"
	"calibrate/rubric"
)

// readWorkbook reads one sheet: the one that is named, or the first with the most headings that are known.
func readWorkbook(data []byte, o Options) (format Format, rows []row, err error) {
	switch {
	case o.Delimiter != 0:
		return Format{}, nil, fmt.Errorf("it is a workbook, which has no delimiter; leave --delimiter out")
	case o.Encoding != "":
		return Format{}, nil, fmt.Errorf("it is a workbook, whose encoding is known; leave --encoding out")
	}
	book, err := xlsx.Open(data, MaxUnpacked)
	if err != nil {
		return Format{}, nil, bookError(err)
	}
	sheet, err := chooseSheet(book, o)
	if err != nil {
		return Format{}, nil, err
	}
	format.Sheet = sheet.Name
	for _, other := range visibleSheets(book) {
		if other != sheet {
			format.Others = append(format.Others, other.Name)
		}
	}
	if rows, err = sheetRows(book, sheet, 0); err == nil && len(rows) == 0 {
		err = fmt.Errorf("the sheet %q is empty", sheet.Name)
	}
	return format, rows, err
}

func bookError(err error) error {
	switch {
	case errors.Is(err, xlsx.ErrTooLarge):
		return fmt.Errorf("unpacked, the workbook has more than %d MiB, the most that is read; save the sheet alone, or as CSV", MaxUnpacked>>20)
	case errors.Is(err, zip.ErrFormat):
		return fmt.Errorf("%w (%w); fetch it again", errDamaged, err)
	case errors.Is(err, xlsx.ErrNoWorkbook):
		return fmt.Errorf("%w; save it as .xlsx or as CSV", err)
	}
	return fmt.Errorf("%w (%w); open it in Excel and save it anew, or as CSV", errDamaged, err)
}

var errDamaged = errors.New("the workbook is damaged")

func visibleSheets(book *xlsx.Book) []xlsx.Sheet {
	return slices.DeleteFunc(slices.Clone(book.Sheets), func(s xlsx.Sheet) bool { return s.Hidden })
}

func chooseSheet(book *xlsx.Book, o Options) (xlsx.Sheet, error) {
	if o.Sheet != "" {
		return namedSheet(book, o.Sheet)
	}
	var best xlsx.Sheet
	most := -1
	var wrong error // of the first sheet that cannot be read
	for _, sheet := range visibleSheets(book) {
		rows, err := sheetRows(book, sheet, maxAbove)
		switch {
		case errors.Is(err, errDamaged): // it may be the one with the people
			return sheet, err
		case err != nil:
			wrong = cmp.Or(wrong, fmt.Errorf("the sheet %q: %w", sheet.Name, err))
			continue
		}
		if _, known := bestHeader(rows, o.Map); len(rows) > 0 && known > most {
			best, most = sheet, known
		}
	}
	switch {
	case most < 0 && wrong != nil:
		return best, wrong
	case most < 0:
		return best, fmt.Errorf("no sheet of the workbook holds anything that can be read")
	}
	return best, nil
}

func namedSheet(book *xlsx.Book, name string) (xlsx.Sheet, error) {
	var all []string
	for _, sheet := range book.Sheets {
		if strings.EqualFold(strings.TrimSpace(sheet.Name), strings.TrimSpace(name)) {
			return sheet, nil
		}
		all = append(all, sheet.Name)
	}
	if near := rubric.Nearest(name, all); len(near) > 0 {
		return xlsx.Sheet{}, fmt.Errorf("there is no sheet %q; did you mean %q?", name, near[0])
	}
	return xlsx.Sheet{}, fmt.Errorf("there is no sheet %q; there are %s", name, strings.Join(all, ", "))
}

// sheetRows reads the rows of a sheet that are not blank, as they are shown; at most so
// many, 0 means all.
func sheetRows(book *xlsx.Book, sheet xlsx.Sheet, most int) ([]row, error) {
	var rows []row
	cells := 0
	for r, err := range book.Rows(sheet) {
		if err != nil {
			return nil, bookError(err)
		}
		r.Cells = trimBlank(r.Cells)
		switch {
		case len(r.Cells) == 0:
			continue
		case len(r.Cells) > MaxColumns:
			return nil, tooMany(r.Line, MaxColumns, "columns")
		}
		if rows = append(rows, row{line: r.Line, cells: r.Cells, open: true}); len(rows) == most {
			break
		}
		if len(rows) > MaxRows {
			return nil, tooMany(r.Line, MaxRows, "rows")
		}
		if cells += len(r.Cells); cells > MaxCells {
			return nil, tooMany(r.Line, MaxCells, "cells")
		}
	}
	return rows, nil
}

// trimBlank cuts blank cells off the end.
func trimBlank(cells []string) []string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}
