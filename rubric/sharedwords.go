package rubric

import (
	"strings"
	"unicode"
)

// sharedWords is the share of words that two texts have in common (Dice's
// coefficient), from 0 to 1. Case and punctuation do not count.
func sharedWords(a, b string) float64 {
	left := map[string]int{}
	first, second := wordsOf(a), wordsOf(b)
	for _, w := range first {
		left[w]++
	}
	shared := 0
	for _, w := range second {
		if left[w] > 0 {
			left[w]--
			shared++
		}
	}
	if len(first)+len(second) == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(len(first)+len(second))
}

// threes is every three words in a row.
func threes(text string) map[string]bool {
	words, rows := wordsOf(text), map[string]bool{}
	for i := range max(0, len(words)-2) {
		rows[strings.Join(words[i:i+3], " ")] = true
	}
	return rows
}

// wordsOf splits a text into words in lower case; in scripts that put no space
// between words every character is one.
func wordsOf(text string) []string {
	var words []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	for _, r := range strings.ToLower(text) {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			flush()
			words = append(words, string(r))
		case unicode.In(r, unicode.L, unicode.N, unicode.M):
			word.WriteRune(r)
		case r == '\'' || r == '’': // within a word: “team's”
		default:
			flush()
		}
	}
	flush()
	return words
}
