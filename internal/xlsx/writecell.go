package xlsx

import (
	"fmt"
	"math"
	"strconv"
	"time"
	"unicode/utf16"

	"calibrate/internal/numfmt"
)

// Looks of cells, by their place among the cellXfs of stylesPart.
const (
	lookHead   = ` s="1"`
	lookText   = ` s="2"`
	lookTime   = ` s="3"`
	lookFigure = ` s="4"`
	lookWhole  = ` s="5"`
)

// writtenAs is what a cell shows: a text, or the digits of a number in a look of its own.
func writtenAs(v any) (text, digits, look string) {
	switch v := v.(type) {
	case string:
		return v, "", ""
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Sprint(v), "", ""
		}
		return "", strconv.FormatFloat(v, 'g', -1, 64), lookFigure
	case time.Time:
		// A spreadsheet has a 29 February 1900, so that every day before it is another one
		// than it seems, and no year with five digits.
		const afterLeapDay = 61
		day, ok := numfmt.Serial(v, false)
		if !ok || day < afterLeapDay {
			return v.UTC().Format("2006-01-02 15:04"), "", ""
		}
		return "", strconv.FormatFloat(day, 'f', -1, 64), lookTime
	case int:
		return "", strconv.Itoa(v), lookWhole
	}
	return "", "", ""
}

// excelText is how many characters a cell holds, as UTF-16.
const excelText = 32_767

// cutToFit is a text as long as a cell holds it. What is cut is marked.
func cutToFit(text string) string {
	if len(text) <= excelText {
		return text
	}
	units, end := 0, 0
	for i, r := range text {
		if units < excelText {
			end = i
		}
		if units += utf16.RuneLen(r); units > excelText {
			return text[:end] + "…"
		}
	}
	return text
}
