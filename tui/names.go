package tui

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/internal/lines"
)

// names is what people are called on the screen: their names, or aliases, so that who
// passes by, or sees a recording, does not learn of whom was spoken. It is one for all
// screens.
type names struct {
	session string            // of the room that was opened last, in which aliases stay the same
	aliases map[string]string // by id; nil: everybody goes by their name
	words   map[string]string // the alias for each word of a name, and for a whole one, in small letters
}

var keyNames = bind("A", "A", "names or aliases")

// renamed tells a screen that people are called otherwise now.
type renamed struct{}

// aliased is the aliases that were made.
type aliased struct {
	people  []calibration.Person
	session string
	err     error
}

// called is what a person is called.
func (n *names) called(id, name string) string {
	if n.aliases == nil {
		return name
	}
	if alias, ok := n.aliases[id]; ok {
		return alias
	}
	return n.inText(name)
}

// only is a text that would tell who somebody is, such as an id or a manager's name:
// empty while aliases are shown.
func (n *names) only(text string) string {
	if n.aliases != nil {
		return ""
	}
	return text
}

// person is how a person is shown.
func (n *names) person(p calibration.Person) calibration.Person {
	if n.aliases == nil {
		return p
	}
	p.Name, p.Email, p.Extra = n.called(p.ID, p.Name), "", nil
	return p
}

// people is how people are shown, by what they are called.
func (n *names) people(all []calibration.Person) []calibration.Person {
	if n.aliases == nil {
		return all
	}
	shown := make([]calibration.Person, len(all))
	for i, p := range all {
		shown[i] = n.person(p)
	}
	slices.SortStableFunc(shown, func(a, b calibration.Person) int { return strings.Compare(a.Name, b.Name) })
	return shown
}

// inText puts aliases into what was written about people, for each word that is a part
// of somebody's name.
func (n *names) inText(text string) string {
	if n.aliases == nil {
		return text
	}
	var b strings.Builder
	for rest := text; rest != ""; {
		at := strings.IndexFunc(rest, isNameRune)
		if at < 0 {
			b.WriteString(rest)
			break
		}
		b.WriteString(rest[:at])
		rest = rest[at:]
		end := strings.IndexFunc(rest, func(r rune) bool { return !isNameRune(r) })
		if end < 0 {
			end = len(rest)
		}
		word := rest[:end]
		if alias, ok := n.words[strings.ToLower(word)]; ok && !isLower(word) {
			word = alias
		}
		b.WriteString(word)
		rest = rest[end:]
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

// alias makes everybody go by an alias that is their own within a session.
func (n *names) alias(session string, people []calibration.Person) {
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	n.aliases, n.words = calibration.Aliases(session, ids), map[string]string{}
	for _, p := range people {
		for _, word := range strings.FieldsFunc(p.Name, func(r rune) bool { return !isNameRune(r) }) {
			if utf8.RuneCountInString(word) > 1 || lines.Width(word) > 1 {
				n.words[strings.ToLower(word)] = n.aliases[p.ID]
			}
		}
	}
}

// turnNames shows names instead of aliases, or the other way round.
func (a *app) turnNames() {
	if a.env.names.aliases != nil {
		a.env.names.aliases, a.env.names.words = nil, nil
		a.rename()
		return
	}
	a.enqueue(job{cmd: a.env.readNames()})
}

func (e *env) readNames() tea.Cmd {
	store, session := e.store, or(e.names.session, e.session)
	return func() tea.Msg {
		people, err := store.People()
		return aliased{people, session, err}
	}
}

// alias shows the aliases that were made.
func (a *app) alias(m aliased) {
	if m.err != nil {
		a.say(failure(m.err))
		return
	}
	a.env.names.alias(m.session, m.people)
	a.rename()
	a.say(info("everybody goes by an alias now; A shows names"))
}

// rename has every screen call people otherwise.
func (a *app) rename() {
	a.env.wrapper.rename(a.env.names.inText)
	for _, s := range a.stack {
		a.tell(s, renamed{})
	}
}
