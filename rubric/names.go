package rubric

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold is how names are compared: without regard to case, spaces, hyphens and
// underscores, in any script.
func fold(name string) string {
	if folded, ok := foldASCII(name); ok {
		return folded
	}
	name = cases.Fold().String(norm.NFKC.String(name))
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || c == '-' || c == '_' {
			return -1
		}
		return c
	}, name)
}

// foldASCII spares nearly every name the Unicode tables.
func foldASCII(name string) (string, bool) {
	folded := make([]byte, 0, len(name))
	for i := range len(name) {
		switch c := name[i]; {
		case c >= 0x80:
			return "", false
		case c == ' ' || c == '-' || c == '_' || '\t' <= c && c <= '\r':
		case 'A' <= c && c <= 'Z':
			folded = append(folded, c+'a'-'A')
		default:
			folded = append(folded, c)
		}
	}
	return string(folded), true
}

// slug is how a name stands in a key: lower case, words joined by a hyphen. A
// slash would end the part of a statement's id, so it joins words too.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFC.String(name)), func(c rune) bool {
		return unicode.IsSpace(c) || c == '-' || c == '_' || c == '/'
	})
	return strings.Join(words, "-")
}

// Name is what commands call a rubric: its role in lower case, the words joined by
// hyphens.
func (r *Rubric) Name() string { return slug(r.Role) }

// SameName reports whether two names are one. Case, spaces, hyphens and underscores
// do not count: "Engineering Manager" and "engineering-manager" are one.
func SameName(a, b string) bool { return key(a) == key(b) }

// key is what a name is found by; names with one key are one name.
func key(name string) string { return fold(slug(name)) }

// idKey is what a statement's id is found by.
func idKey(id string) string {
	parts := strings.Split(id, "/")
	for i, part := range parts {
		parts[i] = key(part)
	}
	return strings.Join(parts, "/")
}

func positionKey(level int, band string) string {
	if band == "" {
		return strconv.Itoa(level)
	}
	return strconv.Itoa(level) + "-" + slug(band)
}

// maxMeant is how many bytes a name may have that something is likely meant by.
const maxMeant = 1000

// Nearest returns up to three of the known names that were likely meant by
// name, best first: those that it abbreviates, then those a few typing mistakes
// away. It returns nil where nothing is near.
func Nearest(name string, known []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	if len(name) > maxMeant {
		return nil
	}
	want := fold(name)
	if want == "" {
		return nil
	}
	letters := utf8.RuneCountInString(want)
	mistakes := 1 + letters/4
	var near []candidate
	for _, k := range known {
		if len(k) > maxMeant {
			continue
		}
		have := fold(k)
		if have == "" {
			continue
		}
		d := mistakes + 1
		if apart := utf8.RuneCountInString(have) - letters; -mistakes <= apart && apart <= mistakes { // it is at least as far as that
			d = levenshtein.ComputeDistance(want, have)
		}
		switch {
		case d <= mistakes:
			near = append(near, candidate{k, d})
		case swapped([]rune(want), []rune(have)):
			near = append(near, candidate{k, 1})
		case len(want) >= 2 && strings.Contains(have, want):
			near = append(near, candidate{k, mistakes + 1})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return a.distance - b.distance })
	var names []string
	for _, c := range near[:min(3, len(near))] {
		names = append(names, c.name)
	}
	return names
}

// swapped reports whether two words differ by one pair of neighbours alone: a single
// slip of the fingers, which the distance counts as two.
func swapped(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) - 1 {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
		}
	}
	return false
}

func orList(names []string) string  { return enumerate(names, "or") }
func andList(names []string) string { return enumerate(names, "and") }

// enumerate writes names for a sentence: "a", "a or b", "a, b or c".
func enumerate(names []string, word string) string {
	switch n := len(names); n {
	case 0:
		return "nothing"
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " " + word + " " + names[n-1]
	}
}
