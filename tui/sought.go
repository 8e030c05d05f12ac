package tui

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"calibrate/internal/lines"
)

// sought is what is looked for: words, each of which has to be there. A word may leave
// letters out; one that is there as it was typed counts far more.
type sought []string

// asTyped is how well a word fits that is there as it was typed.
const asTyped = 1000

func seek(text string) sought { return strings.Fields(text) }

// among finds every word in one of some short texts, such as the columns of a row, and
// says how well they fit.
func (s sought) among(texts ...string) (fit int, ok bool) {
	for _, word := range s {
		best, found := 0, false
		for _, text := range texts {
			if n, ok := fitOf(word, text); ok && (!found || n > best) {
				best, found = n, true
			}
			if best == asTyped {
				break // none fits better
			}
		}
		if !found {
			return 0, false
		}
		fit += best
	}
	return fit, true
}

// within finds every word in a long text. Letters may be left out within one of its words
// only: strewn over a sentence, the letters of any word can be found.
func (s sought) within(text string) (fit int, ok bool) {
	for _, word := range s {
		if _, found := indexFold(text, word); found {
			fit += asTyped
			continue
		}
		best, found := 0, false
		for from, to := range wordsOf(text) {
			if n, _, ok := findInWord(word, text[from:to]); ok && (!found || n > best) {
				best, found = n, true
			}
		}
		if !found {
			return 0, false
		}
		fit += best
	}
	return fit, true
}

// fitOf says how well a word fits a text.
func fitOf(word, text string) (fit int, ok bool) {
	if _, found := indexFold(text, word); found {
		return asTyped, true
	}
	fit, _, ok = findLetters(word, text)
	return fit, ok
}

// findWord finds a word in a text; at are the bytes where its letters begin.
func findWord(word, text string) (fit int, at []int, ok bool) {
	if i, found := indexFold(text, word); found {
		return asTyped, runeStarts(text, i, i+len(word)), true
	}
	return findLetters(word, text)
}

// findLetters finds the letters of a word in a text that has others between them.
func findLetters(word, text string) (fit int, at []int, ok bool) {
	if !inOrder(word, text) { // which is told sooner than how well it fits
		return 0, nil, false
	}
	found := fuzzy.FindNoSort(word, []string{text})
	if len(found) == 0 {
		return 0, nil, false
	}
	return min(found[0].Score, asTyped-1), found[0].MatchedIndexes, true
}

// inOrder reports whether a text has the letters of a word in their order.
func inOrder(word, text string) bool {
	for _, r := range text {
		if word == "" {
			break
		}
		if first, n := utf8.DecodeRuneInString(word); sameLetter(first, r) {
			word = word[n:]
		}
	}
	return word == ""
}

// sameLetter reports whether two characters are one letter, small or capital.
func sameLetter(a, b rune) bool {
	if a < utf8.RuneSelf && b < utf8.RuneSelf {
		return a == b || a|' ' == b|' ' && 'a' <= a|' ' && a|' ' <= 'z'
	}
	return a == b || strings.EqualFold(string(a), string(b))
}

// findInWord finds a word with letters left out in a word that begins as it does.
func findInWord(word, in string) (fit int, at []int, ok bool) {
	first, n := utf8.DecodeRuneInString(word)
	begins, m := utf8.DecodeRuneInString(in)
	if utf8.RuneCountInString(word) < 3 || !strings.EqualFold(string(first), string(begins)) || n == 0 || m == 0 {
		return 0, nil, false
	}
	return findWord(word, in)
}

// indexFold is where a text has a word, whether in small or capital letters.
func indexFold(text, word string) (at int, ok bool) {
	for i := range text {
		if end := i + len(word); end <= len(text) && strings.EqualFold(text[i:end], word) {
			return i, true
		}
	}
	return 0, false
}

func runeStarts(text string, from, to int) (at []int) {
	for i := range text[from:to] {
		at = append(at, from+i)
	}
	return at
}

// wordsOf goes through the words of a text.
func wordsOf(text string) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		from := -1
		for i, r := range text {
			switch in := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r); {
			case in && from < 0:
				from = i
			case !in && from >= 0:
				if !yield(from, i) {
					return
				}
				from = -1
			}
		}
		if from >= 0 {
			yield(from, len(text))
		}
	}
}

// mark paints a short text in a look, with the letters that were sought underlined.
func (s sought) mark(t theme, look style, text string) string {
	var at []int
	for _, word := range s {
		if _, letters, ok := findWord(word, text); ok {
			at = append(at, letters...)
		}
	}
	return t.underline(look, text, at)
}

// markWithin paints a line of a long text in the same way.
func (s sought) markWithin(t theme, look style, text string) string {
	var at []int
	for _, word := range s {
		typed := false
		for from := 0; from < len(text); {
			i, ok := indexFold(text[from:], word)
			if !ok {
				break
			}
			typed = true
			at = append(at, runeStarts(text, from+i, from+i+len(word))...)
			from += i + len(word)
		}
		for from, to := range wordsOf(text) {
			if typed {
				break
			}
			if _, letters, ok := findInWord(word, text[from:to]); ok {
				for _, l := range letters {
					at = append(at, from+l)
				}
			}
		}
	}
	return t.underline(look, text, at)
}

// underline paints a text in a look, the characters at the bytes underlined: that can be
// seen without colour.
func (t theme) underline(look style, text string, at []int) string {
	if len(at) == 0 {
		return look.paint(text)
	}
	marked := style{look.open + t.match.open, t.match.close}
	var b strings.Builder
	for rest, from, run, was := text, 0, 0, false; ; {
		c, left := lines.FirstCharacter(rest)
		is := c != "" && slices.ContainsFunc(at, func(i int) bool { return i >= from && i < from+len(c) })
		if is != was || c == "" {
			part := look
			if was {
				part = marked
			}
			b.WriteString(part.paint(text[run:from]))
			run, was = from, is
		}
		if c == "" {
			return b.String()
		}
		from, rest = from+len(c), left
	}
}
