// Package alias calls people by aliases in what others may see, and in what was written
// about them.
//
// It keeps no secret: who knows the work knows who is meant. It takes names out of what is
// on a projector, or read aloud.
package alias

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"calibrate/calibration"
	"calibrate/internal/lines"
)

// Names are aliases for people. The zero value calls everybody by their name.
type Names struct {
	aliases map[string]string // by id
	words   map[string]string // the alias for each word of a name, in small letters
}

// For gives everybody an alias that is their own within a session.
func For(session string, people []calibration.Person) Names {
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	n := Names{calibration.Aliases(session, ids), map[string]string{}}
	for _, p := range people {
		for _, word := range strings.FieldsFunc(p.Name, func(r rune) bool { return !isNameRune(r) }) {
			if utf8.RuneCountInString(word) > 1 || lines.Width(word) > 1 {
				n.words[strings.ToLower(word)] = n.aliases[p.ID]
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
// somebody's name; a first and a last name beside each other are one.
func (n Names) InText(text string) string {
	if !n.On() {
		return text
	}
	var b strings.Builder
	last := "" // the alias that stands before what comes next, with nothing between but between
	between := ""
	for rest := text; rest != ""; {
		at := strings.IndexFunc(rest, isNameRune)
		if at < 0 {
			at = len(rest)
		}
		between, rest = rest[:at], rest[at:]
		end := strings.IndexFunc(rest, func(r rune) bool { return !isNameRune(r) })
		if end < 0 {
			end = len(rest)
		}
		word := rest[:end]
		rest = rest[end:]
		alias, ok := n.words[strings.ToLower(word)]
		switch {
		case !ok || isLower(word):
			b.WriteString(between + word)
			last = ""
		case alias == last && (between == " " || between == "-"):
		default:
			b.WriteString(between + alias)
			last = alias
		}
	}
	return b.String()
}

func isNameRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

// isLower reports whether a word begins as no name does: “will”, where Will is a name.
func isLower(word string) bool {
	for _, r := range word {
		return unicode.IsLower(r)
	}
	return true
}
