package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"calibrate/internal/clean"
	"calibrate/internal/lazyregexp"
)

// formulaSigns are what a cell begins with that a spreadsheet takes for a formula, and
// the full-width forms that some of them take for the same.
const formulaSigns = "=+-@\t\r\n|%＝＋－＠"

// Cell makes a text safe as the cell of a spreadsheet: one that would be taken for a
// formula, also behind spaces, gets an apostrophe in front, which makes it text. A
// negative number is no formula. What a terminal would obey or hide is shown as package
// clean shows it, since a table is read with other programs too. Nothing else is
// changed, and doing it twice is doing it once.
//
// This is the one place that decides it: every cell of every spreadsheet comes through
// here.
func Cell(text string) string {
	text = clean.Text(text)
	text = inner().ReplaceAllString(text, "$1'$2")
	head := strings.TrimLeftFunc(text, unicode.IsSpace)
	first, size := utf8.DecodeRuneInString(head)
	if size == 0 || !strings.ContainsRune(formulaSigns, first) || first == '-' && isNumber(head[1:]) {
		return text
	}
	return "'" + text
}

// inner finds formulas inside a cell. A table with commas that is opened where tables
// have semicolons is split at those, whatever the quotation marks say, and at line
// breaks; what follows then begins a cell of its own. A dash begins a formula there only
// if the rest looks like one, for people write lists.
var inner = lazyregexp.New(`([;\n]` + formula)

// behindComma is inner for a table without commas of its own.
var behindComma = lazyregexp.New(`(,` + formula)

// formula is what follows the delimiter, and ends the group that it begins.
const formula = `["\s\p{Z}]*)([=+@＝＋－＠]|-\s*[\w.]+\s*\(|-[^;\n]*\|)`

// isNumber reports whether a text is a number without a sign.
func isNumber(text string) bool {
	return text != "" && '0' <= text[0] && text[0] <= '9' && strings.Trim(text, "0123456789.,") == ""
}
