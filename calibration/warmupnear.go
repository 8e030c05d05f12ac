package calibration

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"calibrate/rubric"
)

// WarmupNeighbour is a statement of a band next to an item's that is about the same
// thing: reading the two side by side tells the bands apart.
type WarmupNeighbour struct {
	Statement string         `json:"statement"`
	Position  string         `json:"position"`
	Section   rubric.Section `json:"section"`
	Text      string         `json:"text"`
}

// nearness finds, in a band, the statement that is about the same thing as another.
//
// Two statements are the nearer, the more of their words they share, and a word counts
// the more, the fewer statements of the rubric have it: the weights of the shared words
// over the weights of all, a word weighing log(n / n_word). Words are compared by their
// beginning, so that "teams" is "team".
type nearness struct {
	rubric *rubric.Rubric
	weight map[string]float64
}

func newNearness(r *rubric.Rubric) nearness {
	all := r.AllStatements()
	n := nearness{rubric: r, weight: map[string]float64{}}
	for _, s := range all {
		for _, word := range wordsOf(s.Text) {
			n.weight[word]++
		}
	}
	for word, count := range n.weight {
		n.weight[word] = math.Log(float64(1+len(all)) / count)
	}
	return n
}

// neighbour is the example or impact statement, of the first band below (by is -1) or
// above (by is 1) that has any on the statement's dimension, which is nearest to the
// statement. Of equally near ones, and where none shares a word, examples go first. It
// is nil where the scale ends.
func (n nearness) neighbour(to rubric.Statement, by int) *WarmupNeighbour {
	for o := to.Position.Ordinal + by; o >= 1 && o <= len(n.rubric.Positions()); o += by {
		var found *WarmupNeighbour
		best := -1.0
		for _, section := range []rubric.Section{rubric.Examples, rubric.Impact} {
			for _, s := range n.rubric.Statements(n.rubric.At(o), to.Dimension, section) {
				if near := n.between(to.Text, s.Text); near > best {
					best, found = near, &WarmupNeighbour{Statement: s.ID, Position: s.Position.Key, Section: section, Text: s.Text}
				}
			}
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// between is from 0, nothing shared, to 1, the same words. It adds up in the order of
// the words, so that equal texts come out equal.
func (n nearness) between(a, b string) float64 {
	in, other := wordsOf(a), wordsOf(b)
	shared, all := 0.0, 0.0
	for _, word := range in {
		all += n.weight[word]
		if slices.Contains(other, word) {
			shared += n.weight[word]
		}
	}
	for _, word := range other {
		if !slices.Contains(in, word) {
			all += n.weight[word]
		}
	}
	if all == 0 {
		return 0
	}
	return shared / all
}

// beginning is how many letters of a word are compared.
const beginning = 5

// wordsOf is the words of a text, cut to their beginnings, each once. Scripts that
// write no spaces are taken by pairs of letters.
func wordsOf(text string) []string {
	var words []string
	for _, run := range strings.FieldsFunc(strings.ToLower(text), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsMark(c) && !unicode.IsNumber(c)
	}) {
		letters := []rune(run)
		if !unspaced(letters[0]) {
			words = append(words, string(letters[:min(len(letters), beginning)]))
			continue
		}
		for i := range max(1, len(letters)-1) {
			words = append(words, string(letters[i:min(i+2, len(letters))]))
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// unspaced reports whether a letter is of a script that writes no spaces between words.
func unspaced(c rune) bool {
	return unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
