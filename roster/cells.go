package roster

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"calibrate/calibration"
	"calibrate/internal/lazyregexp"
)

// tidy writes a text that belongs on one line on one line: runs of spaces, tabs and line
// breaks become one space, and what is invisible and means nothing (a zero-width space,
// a soft hyphen, a byte order mark, at either end a mark of the direction of writing, as
// mail programs copy them along) is taken out, for it would make two of one name.
func tidy(text string) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '\u200b', '\u2060', '\ufeff', '\u00ad':
			return -1
		}
		return r
	}, text)
	return norm.NFC.String(strings.Trim(strings.Join(strings.Fields(text), " "), " \u200e\u200f\u061c"))
}

// fieldCell reads a cell of a field: what it says, "" for nothing, and why it cannot be
// taken.
func fieldCell(f Field, cell string) (text, why string) {
	text = tidy(cell)
	switch strings.ToLower(text) {
	case "", "-", "--", "–", "—", "n/a":
		return "", ""
	}
	if len(text) > calibration.MaxNameBytes {
		return "", fmt.Sprintf("the %s has %d bytes; at most %d are kept", f, len(text), calibration.MaxNameBytes)
	}
	if r := unfit(text); r >= 0 {
		return "", fmt.Sprintf("the %s holds a control character (U+%04X); take it out", f, r)
	}
	switch {
	case strings.ContainsRune(text, unicode.ReplacementChar):
		return "", fmt.Sprintf("the %s %q holds a character that could not be read; save the file as “CSV UTF-8” anew", f, text)
	case spreadsheetError().MatchString(text):
		return "", fmt.Sprintf("the %s is %s, an error of the spreadsheet; mend it there", f, text)
	}
	switch f {
	case ID, ManagerID:
		if scientific().MatchString(text) {
			return "", fmt.Sprintf("the %s %s was rounded by a spreadsheet; format the column as text and export it anew", f, text)
		}
		if thousands().MatchString(text) {
			return "", fmt.Sprintf("the %s %s has a thousands separator; format the column as text and export it anew", f, text)
		}
	case Email, ManagerEmail:
		text = strings.TrimPrefix(text, "mailto:")
		if !address().MatchString(text) {
			return "", fmt.Sprintf("the %s %q is no address; mend it or leave it blank", f, text)
		}
	}
	return text, ""
}

var (
	spreadsheetError = lazyregexp.New(`^#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|#+)$`)
	scientific       = lazyregexp.New(`^\d([.,]\d+)?E\+?\d+$`)
	thousands        = lazyregexp.New(`^\d{1,3}(,\d{3})+$`)
	address          = lazyregexp.New(`^[^\s@]+@[^\s@]+$`)
)

// lineBreaks are those that programs write into cells.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n")

// keptCell reads a cell that is kept as it is, with its line breaks.
func keptCell(key, cell string) (text, why string) {
	text = lineBreaks.Replace(strings.TrimSpace(cell))
	if len(text) > MaxCell {
		return "", fmt.Sprintf("the column %q has %d bytes; at most %d are kept", key, len(text), MaxCell)
	}
	if r := unfit(text, '\n', '\t'); r >= 0 {
		return "", fmt.Sprintf("the column %q holds a control character (U+%04X); take it out", key, r)
	}
	return text, ""
}

// unfit returns the first character that a text should not hold: a control character, or
// one that turns the direction of writing round, those apart that may stand there; -1 if
// there is none.
func unfit(text string, may ...rune) rune {
	for _, r := range text {
		if unicode.IsControl(r) && !slices.Contains(may, r) || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069' {
			return r
		}
	}
	return -1
}
