package demo

import (
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"calibrate/rubric"
)

// quoteLength is how much of a statement somebody quotes, in letters.
const quoteLength = 112

// quote is what a reviewer would quote of a statement: its first clause, or as much of
// it as is short enough, with a sign that it goes on.
func quote(text string) string {
	for _, end := range []string{" - ", " – ", " — ", "; ", "。"} {
		if head, _, found := strings.Cut(text, end); found && len(head) >= quoteLength/5 {
			text = head
		}
	}
	text = strings.TrimRight(text, ".。;,: ")
	if cut := shortened(text); cut < len(text) {
		return strings.TrimRight(text[:cut], ".。;,: ") + "…"
	}
	return text
}

// shortened is where to end a text that is too long: after a part of the sentence or
// a word if there are any, never inside of a letter.
func shortened(text string) int {
	letters, end := 0, 0
	for g := graphemes.FromString(text); g.Next(); letters++ {
		if letters == quoteLength {
			return lastGap(text[:end])
		}
		end = g.End()
	}
	return len(text)
}

// lastGap is where to end a text that stops anywhere: at a comma, or else after a word
// that is long enough not to want another, and as it is where there are no words.
func lastGap(text string) int {
	if i := strings.LastIndex(text, ", "); i > len(text)/2 {
		return i
	}
	const shortWord = 4
	end := strings.LastIndex(text, " ")
	for end > len(text)/2 {
		word := text[strings.LastIndex(text[:end], " ")+1 : end]
		if utf8.RuneCountInString(word) > shortWord {
			return end
		}
		end -= len(word) + 1
	}
	return len(text)
}

// ticked quotes a statement that was ticked in a section of the position so many above
// the view's, of several one by chance; "" if there is none.
func (p *plot) ticked(v view, section rubric.Section, above int, seen bool) string {
	var texts []string
	for _, e := range v.evidence {
		s, err := p.r.Statement(e.Statement)
		if err == nil && e.Seen == seen && s.Section == section && s.Position.Ordinal == v.ordinal+above {
			texts = append(texts, s.Text)
		}
	}
	if len(texts) == 0 {
		return ""
	}
	return quote(pick(p.rng, texts...))
}

// signal quotes a progression signal of the view's position; "" if there is none.
func (p *plot) signal(v view) string {
	of := p.r.Statements(p.r.At(v.ordinal), p.r.Dimensions[v.dimension], rubric.ProgressionSignal)
	if len(of) == 0 {
		return ""
	}
	return quote(pick(p.rng, of...).Text)
}

// contested quotes a statement that the reviewer knows others read differently, and
// says how the reviewer reads it; "" if none was ticked.
func (p *plot) contested(v view) (text string, counts bool) {
	for _, e := range v.evidence {
		if _, is := p.readings[e.Statement]; is {
			if s, err := p.r.Statement(e.Statement); err == nil {
				return quote(s.Text), e.Seen
			}
		}
	}
	return "", false
}
