package hostiletext

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks and maxRun are how many combining marks may follow each other, and how many
// runes of any kind that join what stands before them.
const maxMarks, maxRun = 6, 16

// OnTerminal says what a terminal would obey, hide or paint over in what was written to
// it, with what stands around it; it is empty where there is nothing. Line breaks are
// all that may stand between letters.
func OnTerminal(written string) string {
	marks, run := 0, 0
	last := ' '
	for at, r := range written {
		what := ""
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(written[at:], "\uFFFD"):
			what = "a byte that is not UTF-8"
		case r == '\n':
		case unicode.IsControl(r):
			what = "a control character"
		case unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029':
			what = "a character that turns or breaks lines"
		case invisible(r) && !fits(r, last):
			what = "a character that shows nothing"
		}
		marks, run = after(marks, unicode.Is(unicode.M, r)), after(run, unicode.Is(unicode.M, r) || joins(r, last))
		switch {
		case what != "":
		case marks > maxMarks:
			what = "a flood of combining marks"
		case run > maxRun:
			what = "a flood of joined characters"
		case marks > 0 && (last == '\n' || at == 0):
			what = "a mark on nothing"
		}
		if what != "" {
			return fmt.Sprintf("%s, %U, in %+q", what, r, around(written, at))
		}
		last = r
	}
	return ""
}

func after(n int, more bool) int {
	if more {
		return n + 1
	}
	return 0
}

func around(text string, at int) string {
	return text[max(0, at-40):min(len(text), at+20)]
}

// invisible reports whether a character takes part in a text without a shape.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Noncharacter_Code_Point) ||
		unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// fits reports whether an invisible character may follow another one because writing
// needs it there: a joiner or a selector behind something that is no ASCII letter.
func fits(r, last rune) bool {
	switch {
	case r == '\u200b' || r == '\u200c' || r == '\u200d':
		return last > 0x2ff && !invisible(last) || last == '\ufe0f'
	case r == '\ufe0e' || r == '\ufe0f':
		return last > 0x7f && !invisible(last) || '0' <= last && last <= '9' || last == '#' || last == '*'
	case unicode.Is(unicode.Variation_Selector, r):
		return last >= utf8.RuneSelf && unicode.In(last, unicode.Han, unicode.Mongolian, unicode.Myanmar, unicode.Phags_Pa, unicode.Sm)
	case '\U000E0020' <= r && r <= '\U000E007F': // the tags of a flag
		return last == '\U0001F3F4' || '\U000E0020' <= last && last < '\U000E007F'
	}
	return false
}

// joins reports whether a character and the one before it may be one on the screen: what
// a joiner holds together, and leading consonants of Hangul.
func joins(r, last rune) bool {
	return r == '\u200d' || last == '\u200d' || leading(r) && leading(last)
}

func leading(r rune) bool { return '\u1100' <= r && r <= '\u115f' }
