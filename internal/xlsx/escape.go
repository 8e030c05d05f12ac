package xlsx

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
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

// escapedLength is how long a character by its number is, of which numberLength are those
// up to the number's end.
const escapedLength, numberLength = len("_x000D_"), len("_x000D")

// escapedUnit reads one character that is written by its number, from the beginning of a text.
func escapedUnit(text string) (unit rune, ok bool) {
	unit, ok = beginsEscape(text)
	return unit, ok && len(text) >= escapedLength && text[numberLength] == '_'
}

// beginsEscape reads what may be the beginning of such a character. Its end is not looked
// at, for it may be the beginning of another one.
func beginsEscape(text string) (unit rune, ok bool) {
	if len(text) < numberLength || text[:2] != "_x" {
		return 0, false
	}
	n, err := strconv.ParseUint(text[2:numberLength], 16, 16)
	return rune(n), err == nil
}

// writtenText is a text as XML holds it. To a spreadsheet _x000D_ is the character of that
// number: that is how control characters are written, and what looks like the beginning
// of it has its _ written so.
func writtenText(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	var b strings.Builder
	kept := 0
	for i, r := range s {
		as := ""
		switch {
		case r == '&':
			as = "&amp;"
		case r == '<':
			as = "&lt;"
		case r == '>':
			as = "&gt;"
		case r == '"':
			as = "&quot;"
		case r < ' ' && r != '\t' && r != '\n', r == '\uFFFE', r == '\uFFFF':
			as = fmt.Sprintf("_x%04X_", r)
		case r == '_':
			if _, ok := beginsEscape(s[i:]); !ok {
				continue
			}
			as = "_x005F_"
		default:
			continue
		}
		b.WriteString(s[kept:i])
		b.WriteString(as)
		kept = i + utf8.RuneLen(r)
	}
	if kept == 0 {
		return s
	}
	return b.String() + s[kept:]
}
