// Package alias calls people by aliases in what others may see, and in what was written
// about them.
//
// It keeps no secret: who knows the work knows who is meant. It takes names out of what is
// on a projector, or read aloud.
package alias

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"calibrate/calibration"
	"calibrate/internal/lines"
)

// Names are aliases for people. The zero value calls everybody by their name.
type Names struct {
	aliases map[string]string   // by id
	words   map[string][]string // by key of a word, the aliases of those whose names have it
}

// For gives everybody an alias that is their own within a session.
func For(session string, people []calibration.Person) Names {
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	n := Names{calibration.Aliases(session, ids), map[string][]string{}}
	for _, p := range people {
		for _, word := range strings.FieldsFunc(p.Name, func(r rune) bool { return !isNameRune(r) }) {
			if utf8.RuneCountInString(word) > 1 || lines.Width(word) > 1 {
				if has := n.words[key(word)]; len(has) == 0 || has[len(has)-1] != n.aliases[p.ID] { // “Ada Ada”
					n.words[key(word)] = append(has, n.aliases[p.ID])
				}
			}
		}
	}
	return n
}

// On reports whether people go by aliases.
func (n Names) On() bool { return n.aliases != nil }

// Called is what a person is called.
func (n Names) Called(id, name string) string {
	if !n.On() {
		return name
	}
	if alias, ok := n.aliases[id]; ok {
		return alias
	}
	return n.InText(name)
}

// Only is a text that would tell who somebody is, such as an id or a manager's name: empty
// while aliases are shown.
func (n Names) Only(text string) string {
	if n.On() {
		return ""
	}
	return text
}

// Person is how a person is shown: by what they are called, and without what is theirs
// alone besides.
func (n Names) Person(p calibration.Person) calibration.Person {
	if n.On() {
		p.Name, p.Email, p.Extra = n.Called(p.ID, p.Name), "", nil
	}
	return p
}

// InText puts aliases into what was written about people, for each word that is a part of
// somebody's name; a first and a last name beside each other are one. Of a word that is a
// part of several people's names it says that somebody is meant, and no more.
func (n Names) InText(text string) string {
	if !n.On() {
		return text
	}
	var b strings.Builder
	var who []string // the aliases of those whom the name just read may mean
	for rest := text; rest != ""; {
		between, word, after := nextWord(rest)
		rest = after
		means := n.meant(word)
		if both := common(who, means); len(both) > 0 && (between == " " || between == "-") {
			who = both
			continue
		}
		b.WriteString(called(who) + between)
		if who = means; len(who) == 0 {
			b.WriteString(word)
		}
	}
	b.WriteString(called(who))
	return b.String()
}

// nextWord cuts a text behind its first word, which may be missing.
func nextWord(text string) (between, word, rest string) {
	at := strings.IndexFunc(text, isNameRune)
	if at < 0 {
		return text, "", ""
	}
	between, rest = text[:at], text[at:]
	end := strings.IndexFunc(rest, func(r rune) bool { return !isNameRune(r) })
	if end < 0 {
		end = len(rest)
	}
	return between, rest[:end], rest[end:]
}

// meant are the aliases of those whose name has the word; none if it is written as no name
// is.
func (n Names) meant(word string) []string {
	if isLower(word) {
		return nil
	}
	return n.words[key(word)]
}

func common(a, b []string) (both []string) {
	for _, one := range a {
		if slices.Contains(b, one) {
			both = append(both, one)
		}
	}
	return both
}

// called is what is written for those whom a name may mean.
func called(who []string) string {
	switch len(who) {
	case 0:
		return ""
	case 1:
		return who[0]
	}
	return "somebody"
}

// key is what a word of a name is found by.
func key(word string) string { return strings.ToLower(norm.NFC.String(word)) }

func isNameRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

// isLower reports whether a word begins as no name does: “will”, where Will is a name.
func isLower(word string) bool {
	for _, r := range word {
		return unicode.IsLower(r)
	}
	return true
}
