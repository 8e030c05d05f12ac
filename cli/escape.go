package cli

import (
	"fmt"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"calibrate/internal/clean"
)

// escaped writes every character of JSON or YAML that a terminal might obey or hide, or
// that would paint over its neighbours, as an escape, which means the same to whoever
// reads it: the data stays whole and no byte of it is a command. The encoders have done
// so for the controls below space; the others can only stand in strings in double
// quotes, so they can be escaped without looking at the rest.
func escaped(data []byte, escape func(rune) string) []byte {
	var out []byte
	copied, marks, joined := 0, 0, 0
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		marks, joined = counted(marks, unicode.Is(unicode.M, r)), counted(joined, joins(r))
		if r >= 0x7f && (marks > maxMarks || joined > maxJoined || !printable(r)) {
			out = append(append(out, data[copied:at]...), escape(r)...)
			copied = at + size
		}
		at += size
	}
	if copied == 0 {
		return data
	}
	return append(out, data[copied:]...)
}

// maxMarks is how many combining marks may stand on one letter, and maxJoined how many
// characters be one with what stands before them: as many as clean lets through.
const maxMarks, maxJoined = 6, 14

func counted(n int, more bool) int {
	if more {
		return n + 1
	}
	return 0
}

// joins reports whether a character can be one with its like without end: marks, skin
// tones, and the consonants that Korean syllables begin with.
func joins(r rune) bool {
	return unicode.Is(unicode.M, r) || '\U0001f3fb' <= r && r <= '\U0001f3ff' || '\u1100' <= r && r <= '\u115f' || '\ua960' <= r && r <= '\ua97f'
}

// printable reports whether a terminal shows the rune and does nothing else. A mark
// is shown on the letter before it.
func printable(r rune) bool {
	text := string(r)
	if unicode.Is(unicode.M, r) {
		text = "x" + text
	}
	return (unicode.IsPrint(r) || len(text) > utf8.RuneLen(r)) && clean.Line(text) == text
}

func jsonEscape(r rune) string {
	if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
		return fmt.Sprintf(`\u%04x\u%04x`, high, low)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

func yamlEscape(r rune) string {
	if r > 0xffff {
		return fmt.Sprintf(`\U%08X`, r)
	}
	return fmt.Sprintf(`\u%04X`, r)
}
