package rubric

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// outlineLine is one line of an outline with text on it.
type outlineLine struct {
	at     place
	text   string // white space as single spaces, without bullet
	whole  string // with it
	bullet bool
	mark   string // which bullet: the sign, or "1" or "a" for all numbers or letters
	apart  bool   // a blank line stands before it
}

// outlineLines takes a text apart, leaving out blank lines.
func outlineLines(data []byte) []outlineLine {
	var lines []outlineLine
	apart := true
	for i, raw := range strings.Split(lineBreaks.Replace(string(data)), "\n") {
		body := strings.TrimLeftFunc(raw, blankRune)
		before := raw[:len(raw)-len(body)]
		l := outlineLine{apart: apart, at: place{line: i + 1, column: utf8.RuneCountInString(before) + 1}}
		l.whole = singleSpaced(body)
		if m := bulletMark().FindString(body); m != "" {
			l.bullet, l.mark, body = true, markKind(m), body[len(m):]
		}
		l.text = singleSpaced(body)
		apart = l.text == "" && !l.bullet
		if !apart {
			lines = append(lines, l)
		}
	}
	return lines
}

func singleSpaced(s string) string { return strings.Join(strings.FieldsFunc(s, blankRune), " ") }

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u2028", "\n", "\u2029", "\n")

// bulletMark is what word processors and people put before a list's items: a sign,
// among them those that Word takes from its symbol font, or a number or letter.
var bulletMark = lazily(
	`^(?:[•‣⁃◦○●▪▫■□◆◇➢➤✓✔·∙*\x{F0B7}\x{F0A7}\x{F0D8}\x{2043}][\s\x{A0}]*|[-–—+o§][\s\x{A0}]+|[-–—+]$|\(?(?:\d{1,3}|[a-zA-Z])[.)][\s\x{A0}]+)`)

func blankRune(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// markKind tells bullets apart: lists do not change theirs half-way.
func markKind(mark string) string {
	first, _ := utf8.DecodeRuneInString(strings.Trim(mark, "( \t"))
	switch {
	case unicode.IsDigit(first):
		return "1"
	case unicode.IsLetter(first) && first != 'o':
		return "a"
	}
	return string(first)
}

// bare is a heading without what people put around one: Markdown's signs and a
// colon at its end.
func bare(text string) string {
	text = strings.TrimLeft(text, "# ")
	text = strings.Trim(text, "*_ ")
	text = strings.TrimRight(text, ":： ")
	return strings.Trim(text, "*_ ")
}

// sectionNames are the headings of the sections, as fold gives them.
var sectionNames = map[string]Section{
	"impact": Impact, "impacts": Impact, "impactstatement": Impact, "impactstatements": Impact,
	"example": Examples, "examples": Examples,
	"dampener": Dampeners, "dampeners": Dampeners,
	"progressionsignal": ProgressionSignal, "progressionsignals": ProgressionSignal, "progression": ProgressionSignal,
}

// sectionHeading reports whether a line is the heading of a section, and what
// follows a colon on the same line.
func (l outlineLine) sectionHeading() (s Section, rest string, ok bool) {
	if s, ok = sectionNames[fold(bare(l.text))]; ok {
		return s, "", true
	}
	head, rest, cut := strings.Cut(l.text, ":")
	if !cut || l.bullet {
		return "", "", false
	}
	s, ok = sectionNames[fold(bare(head))]
	return s, strings.Trim(rest, "*_ "), ok
}

var levelHead = lazily(`^(?:(?:Level|LEVEL|level)\s*(\d{1,4})|L(\d{1,4}))(?:\s*[:.)–—-]\s*|\s+|$)(.*)$`)

// levelHeading reports whether a line begins a level, and the name if the line
// gives it. A wrapped line of a statement may begin with "level 2 support" as well:
// a name is short and does not end like a sentence.
func (l outlineLine) levelHeading() (number int, name string, ok bool) {
	m := levelHead().FindStringSubmatch(bare(l.text))
	if m == nil {
		return 0, "", false
	}
	name = m[3]
	if utf8.RuneCountInString(name) > 60 || strings.HasSuffix(name, ".") || strings.HasSuffix(name, ";") ||
		strings.HasPrefix(l.text, "level") && name != "" {
		return 0, "", false
	}
	number, err := strconv.Atoi(m[1] + m[2])
	return number, name, err == nil
}

// labelled reports whether a line says what it names: "Role: …", "Band: Low".
func (l outlineLine) labelled(label string) (name string, ok bool) {
	head, name, ok := strings.Cut(strings.TrimLeft(l.text, "#*_ "), ":")
	if !ok || !strings.EqualFold(strings.TrimSpace(head), label) {
		return "", false
	}
	return strings.Trim(name, "*_ "), true
}

// pageNumber is what a page of a PDF has at its foot.
var pageNumber = lazily(`^(?i:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?$`)

// ended reports whether a text ends as a sentence does.
func ended(text string) bool {
	text = strings.TrimRight(text, `"')”’`)
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".;:!?…。！？；", r)
}

// joinWrapped puts a wrapped line behind the text that it goes on with. A soft
// hyphen goes, a hard one stays, for it may be part of the word.
func joinWrapped(text, next string) string {
	first, _ := utf8.DecodeRuneInString(next)
	switch {
	case strings.HasSuffix(text, "\u00ad"):
		return strings.TrimSuffix(text, "\u00ad") + next
	case hyphenated(text) && unicode.IsLower(first):
		return text + next
	case unspacedEnd(text) && unspacedStart(first):
		return text + next
	}
	return text + " " + next
}

// hyphenated reports whether a text ends with a letter and a hyphen.
func hyphenated(text string) bool {
	before, found := strings.CutSuffix(text, "-")
	r, _ := utf8.DecodeLastRuneInString(before)
	return found && unicode.IsLetter(r)
}

// Chinese and Japanese put no space where a line was wrapped.
func unspacedStart(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

func unspacedEnd(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return unspacedStart(r) || strings.ContainsRune("、，。；：", r)
}
