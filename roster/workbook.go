package roster

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"calibrate/rubric"
)

// readWorkbook reads one sheet: the one that is named, or the first with the most headings that are known.
//
// The library that reads workbooks trusts what they say of themselves in places; should
// it panic on a damaged one, that is an error like any other.
func readWorkbook(data []byte, o Options) (format Format, rows []row, err error) {
	defer func() {
		if r := recover(); r != nil {
			format, rows, err = Format{}, nil, fmt.Errorf("the workbook is damaged (%v); open it in Excel and save it anew, or as CSV", r)
		}
	}()
	switch {
	case o.Delimiter != 0:
		return Format{}, nil, fmt.Errorf("it is a workbook, which has no delimiter; leave --delimiter out")
	case o.Encoding != "":
		return Format{}, nil, fmt.Errorf("it is a workbook, whose encoding is known; leave --encoding out")
	}
	if err := checkPacked(data); err != nil {
		return Format{}, nil, err
	}
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		// Both the same, or large sheets would be unpacked to temporary files.
		UnzipSizeLimit: MaxUnpacked, UnzipXMLSizeLimit: MaxUnpacked,
		ShortDatePattern: "yyyy-mm-dd", // dates that Excel shows as the computer is set up
	})
	if err != nil {
		return Format{}, nil, fmt.Errorf("the workbook cannot be read (%w); open it in Excel and save it anew, or as CSV", err)
	}
	defer book.Close()
	sheet, err := chooseSheet(book, o)
	if err != nil {
		return Format{}, nil, err
	}
	format.Sheet = sheet
	for _, name := range visibleSheets(book) {
		if name != sheet {
			format.Others = append(format.Others, name)
		}
	}
	if rows, err = sheetRows(book, sheet, 0); err == nil && len(rows) == 0 {
		err = fmt.Errorf("the sheet %q is empty", sheet)
	}
	return format, rows, err
}

// checkPacked looks at what a workbook says of its size before anything is unpacked, and
// then at whether its parts are whole. That it says true is checked while unpacking, by
// archive/zip.
func checkPacked(data []byte) error {
	packed, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("the workbook is damaged (%w); fetch it again", err)
	}
	left, book := uint64(MaxUnpacked), false
	for _, part := range packed.File {
		if part.UncompressedSize64 > left {
			return fmt.Errorf("unpacked, the workbook has more than %d MiB, the most that is read; save the sheet alone, or as CSV", MaxUnpacked>>20)
		}
		left -= part.UncompressedSize64
		book = book || strings.HasPrefix(strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/")), "xl/")
	}
	if !book {
		return fmt.Errorf("it is packed like a workbook and is no .xlsx; save it as .xlsx or as CSV")
	}
	return checkParts(packed)
}

func visibleSheets(book *excelize.File) []string {
	return slices.DeleteFunc(book.GetSheetList(), func(name string) bool {
		visible, err := book.GetSheetVisible(name)
		return err == nil && !visible
	})
}

func chooseSheet(book *excelize.File, o Options) (string, error) {
	all := book.GetSheetList()
	if o.Sheet != "" {
		for _, name := range all {
			if strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(o.Sheet)) {
				return name, nil
			}
		}
		if near := rubric.Nearest(o.Sheet, all); len(near) > 0 {
			return "", fmt.Errorf("there is no sheet %q; did you mean %q?", o.Sheet, near[0])
		}
		return "", fmt.Errorf("there is no sheet %q; there are %s", o.Sheet, strings.Join(all, ", "))
	}
	best, most := "", -1
	var wrong error // of the first sheet that cannot be read
	for _, name := range visibleSheets(book) {
		rows, err := sheetRows(book, name, maxAbove)
		if err != nil {
			wrong = cmp.Or(wrong, fmt.Errorf("the sheet %q: %w", name, err))
			continue
		}
		if _, known := bestHeader(rows, o.Map); len(rows) > 0 && known > most {
			best, most = name, known
		}
	}
	switch {
	case best == "" && wrong != nil:
		return "", wrong
	case best == "":
		return "", fmt.Errorf("no sheet of the workbook holds anything that can be read")
	}
	return best, nil
}

// sheetRows reads the rows of a sheet that are not blank, as they are shown; at most so
// many, 0 means all.
func sheetRows(book *excelize.File, sheet string, most int) ([]row, error) {
	it, err := book.Rows(sheet)
	if err != nil {
		return nil, fmt.Errorf("the sheet %q cannot be read: %w", sheet, err)
	}
	defer it.Close()
	var rows []row
	cells := 0
	for line := 1; it.Next() && (most == 0 || len(rows) < most); line++ {
		r := row{line: line, open: true}
		if r.cells, err = it.Columns(); err != nil {
			return nil, fmt.Errorf("line %d: the row cannot be read: %w", line, err)
		}
		r.cells = trimBlank(r.cells)
		switch {
		case len(r.cells) == 0:
			continue
		case len(r.cells) > MaxColumns:
			return nil, tooMany(line, MaxColumns, "columns")
		}
		if rows = append(rows, r); len(rows) > MaxRows {
			return nil, tooMany(line, MaxRows, "rows")
		}
		if cells += len(r.cells); cells > MaxCells {
			return nil, tooMany(line, MaxCells, "cells")
		}
	}
	return rows, it.Error()
}

// trimBlank cuts blank cells off the end.
func trimBlank(cells []string) []string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}
