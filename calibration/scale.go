package calibration

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"calibrate/rubric"
)

// Scale is the ordered categories that a table of ratings is made in. The
// figures that know an order or a distance take it from here: adjacent
// agreement, weighted kappa and AC2 count places on the scale, alpha's interval
// metric and the intraclass correlations use each category's value.
//
// A scale is a value that does not change; the zero Scale has no category.
type Scale struct {
	words   []string
	values  []float64
	byWord  map[string]int
	byValue map[float64]int // nil unless all words are numbers
}

// MaxCategories is how many categories a scale may have: the figures keep a
// square table of them.
const MaxCategories = 1_000

// maxValue keeps squares of differences of ratings finite.
const maxValue = 1e150

// NewScale makes a scale of its words from one end to the other, as the raters
// write them. Words that are all numbers are worth that number, and must rise or
// fall; any others are worth their place, from 1, as if equally far apart.
//
// It is an error if there are no words or more than [MaxCategories], if two are
// the same but for case, or if one is empty or says that a rating is missing.
func NewScale(words ...string) (Scale, error) {
	if len(words) == 0 {
		return Scale{}, fmt.Errorf("the scale has no categories")
	}
	if len(words) > MaxCategories {
		return Scale{}, fmt.Errorf("the scale has %d categories; at most %d are possible", len(words), MaxCategories)
	}
	s := Scale{words: make([]string, len(words)), byWord: map[string]int{}}
	for i, word := range words {
		word = strings.TrimSpace(word)
		if isMissing(word) {
			return Scale{}, fmt.Errorf("category %d of the scale is %q, which stands for a missing rating", i+1, word)
		}
		if at, ok := s.byWord[strings.ToLower(word)]; ok {
			return Scale{}, fmt.Errorf("%q stands twice on the scale, in places %d and %d", shown(word), at+1, i+1)
		}
		s.words[i], s.byWord[strings.ToLower(word)] = word, i
	}
	return s.valued()
}

// valued gives each category its value: the number that its word is, if all are
// numbers, or else its place.
func (s Scale) valued() (Scale, error) {
	s.values = make([]float64, len(s.words))
	numeric := true
	for i, word := range s.words {
		v, ok := number(word)
		numeric = numeric && ok
		s.values[i] = v
	}
	if !numeric {
		for i := range s.values {
			s.values[i] = float64(i + 1)
		}
		return s, nil
	}
	s.byValue = map[float64]int{}
	for i, v := range s.values {
		if at, ok := s.byValue[v]; ok {
			return Scale{}, fmt.Errorf("%s and %s are one category of the scale", s.words[at], s.words[i])
		}
		s.byValue[v] = i
	}
	falling := func(a, b float64) int { return cmp.Compare(b, a) }
	if !slices.IsSorted(s.values) && !slices.IsSortedFunc(s.values, falling) {
		return Scale{}, fmt.Errorf("the numbers of the scale neither rise nor fall: %s", s)
	}
	return s, nil
}

// numeric reports whether the categories are numbers.
func (s Scale) numeric() bool { return s.byValue != nil }

// Len is the number of categories.
func (s Scale) Len() int { return len(s.words) }

// Words lists the categories in their order.
func (s Scale) Words() []string { return slices.Clone(s.words) }

// Find returns the category that is written so, counted from 0. On a scale of
// numbers 3, 3.0 and 03 are one; case and spaces around a word do not matter.
func (s Scale) Find(word string) (category int, ok bool) {
	word = strings.TrimSpace(word)
	if category, ok = s.byWord[strings.ToLower(word)]; ok {
		return category, true
	}
	if v, isNumber := number(word); isNumber {
		category, ok = s.byValue[v]
	}
	return category, ok
}

// String lists the categories, or the ends of many.
func (s Scale) String() string {
	const few = 9
	n := len(s.words)
	printable := make([]string, n)
	for i, word := range s.words {
		printable[i] = plain(word)
	}
	if n <= few {
		return strings.Join(printable, ", ")
	}
	return fmt.Sprintf("%s, %s … %s (%d categories)", printable[0], printable[1], printable[n-1], n)
}

// nearest is the category that was likely meant by a word that is none, or "".
func (s Scale) nearest(word string) string {
	if s.numeric() {
		v, ok := number(word)
		if !ok {
			return ""
		}
		best := 0
		for i := range s.values {
			if math.Abs(s.values[i]-v) < math.Abs(s.values[best]-v) {
				best = i
			}
		}
		return s.words[best]
	}
	if near := rubric.Nearest(word, s.words); len(near) > 0 {
		return near[0]
	}
	return ""
}

// number reads a rating that is a number. Hexadecimal, infinite and enormous
// ones are no ratings.
func number(word string) (v float64, ok bool) {
	if strings.Trim(word, "0123456789+-.eE") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(word, 64)
	if err != nil || math.Abs(v) > maxValue {
		return 0, false
	}
	if v == 0 {
		return 0, true // not -0, which prints otherwise
	}
	return v, true
}

// isMissing reports whether a cell says that there is no rating.
func isMissing(cell string) bool {
	return cell == "" || cell == "*" || strings.EqualFold(cell, "NA")
}
