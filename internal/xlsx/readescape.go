package xlsx

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// unescape reads characters that are written by their number in UTF-16, e.g. _x000D_,
// because XML cannot hold them or did not at all times (22.9.2.19).
func unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for {
		at := strings.Index(text, "_x")
		if at < 0 {
			return b.String() + text
		}
		b.WriteString(text[:at])
		text = text[at:]
		unit, ok := escapedUnit(text)
		if !ok {
			b.WriteString(text[:2])
			text = text[2:]
			continue
		}
		text = text[escapedLength:]
		if second, ok := escapedUnit(text); ok && utf16.IsSurrogate(unit) {
			if r := utf16.DecodeRune(unit, second); r != '\uFFFD' {
				unit, text = r, text[escapedLength:]
			}
		}
		b.WriteRune(unit)
	}
}

const escapedLength = len("_x000D_")

// escapedUnit reads one character that is written by its number, from the beginning of a text.
func escapedUnit(text string) (unit rune, ok bool) {
	if len(text) < escapedLength || text[:2] != "_x" || text[escapedLength-1] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(text[2:escapedLength-1], 16, 16)
	return rune(n), err == nil
}
