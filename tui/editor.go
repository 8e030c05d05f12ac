package tui

import (
	"strings"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/internal/clean"
	"calibrate/internal/lines"
)

// editor is a text field, of one line or several. It works in characters as a
// reader counts them, so that no key leaves half an emoji behind; it holds clean
// text only, so that it can be drawn as it is; it takes in a paste whole or says
// that there is no room; and drawing it changes nothing. The fields that Bubbles
// has do none of these. editorview.go draws it.
type editor struct {
	text  string
	at    int  // byte offset of the cursor, between two characters
	lines bool // it holds line breaks; enter makes one
	limit int  // bytes
	width int  // cells that lines are wrapped into, for moving up and down
	goal  int  // the column that moving up and down aims at, plus one; 0: none

	joiner string // typed, and waiting for the letter that it joins

	broken latest[wrapKey, []lines.Span]

	undone, redone []typedText // what the text was before, and after what was undone
	typing         bool        // the last change was a letter, which the next one goes with
}

// typedText is a text as it was at some time, with the cursor.
type typedText struct {
	text string
	at   int
}

// maxUndo is how many changes of a field can be undone.
const maxUndo = 100

// These undo and redo in a text field, where letters are text and ctrl+z suspends.
var (
	keyUndoText = bind("ctrl+_", "ctrl+_", "undo; what was typed or taken out last")
	keyRedoText = bind("ctrl+y", "ctrl+y", "redo")
)

// joiners stand between letters and mean nothing without both.
const joiners = "\u200c\u200d"

func newEditor(limit int) *editor { return &editor{limit: limit} }

// newTextEditor makes a field of several lines.
func newTextEditor(limit int) *editor { return &editor{limit: limit, lines: true, width: 1} }

// set replaces the text and puts the cursor at its end.
func (e *editor) set(text string) {
	e.text = e.clean(text)
	e.at = len(e.text)
}

// put makes a text the field's, with the cursor at a place or behind the character
// that the place is within.
func (e *editor) put(text string, at int) {
	e.text = e.clean(text)
	e.at = strings.LastIndexByte(e.text[:max(0, min(at, len(e.text)))], '\n') + 1
	for e.at < min(at, len(e.text)) {
		e.at = e.after(e.at)
	}
}

func (e *editor) clean(text string) string {
	if e.lines {
		return clean.Text(text)
	}
	return clean.Line(text)
}

// resize tells the width that the field is drawn in.
func (e *editor) resize(w int) { e.width = max(1, w-1) } // the last column is for the cursor

// update takes a key. It reports false where there was no room for all of a text.
func (e *editor) update(k tea.KeyMsg) (taken bool) {
	switch k.String() {
	case "ctrl+_":
		e.undo(&e.undone, &e.redone)
		return true
	case "ctrl+y":
		e.undo(&e.redone, &e.undone)
		return true
	}
	before := typedText{e.text, e.at}
	taken = e.press(k)
	if e.text == before.text {
		e.typing = e.typing && e.at == before.at
		return taken
	}
	letter := k.Type == tea.KeyRunes && !k.Paste
	if !letter || !e.typing {
		e.undone = append(e.undone, before)
		e.undone = e.undone[max(0, len(e.undone)-maxUndo):]
	}
	e.typing, e.redone = letter, nil
	return taken
}

// undo goes back to the last of some texts, and puts this one with the others.
func (e *editor) undo(from, to *[]typedText) {
	e.typing, e.goal, e.joiner = false, 0, ""
	if len(*from) == 0 {
		return
	}
	last := (*from)[len(*from)-1]
	*from, *to = (*from)[:len(*from)-1], append(*to, typedText{e.text, e.at})
	e.text, e.at = last.text, last.at
}

// press takes a key that is no undoing.
func (e *editor) press(k tea.KeyMsg) (taken bool) {
	goal, joiner := e.goal, e.joiner
	e.goal, e.joiner = 0, ""
	switch name := k.String(); {
	case k.Type == tea.KeyRunes && (!k.Alt || k.Paste), k.Type == tea.KeySpace:
		text := joiner + string(k.Runes)
		if strings.Trim(text, joiners) == "" {
			e.joiner = text
			return true
		}
		return e.insert(text)
	case k.Type == keyRewritten:
		e.text, e.at = "", 0
		return e.insert(string(k.Runes))
	case e.lines && name == "enter":
		return e.insert("\n")
	case e.lines && name == "up":
		e.vertical(-1, goal)
	case e.lines && name == "down":
		e.vertical(1, goal)
	default:
		if to, ok := e.motion(name); ok {
			e.at = to
		} else if to, ok := e.motion(deletions[name]); ok {
			e.remove(to)
		}
	}
	return true
}

// motion is where a key moves the cursor to.
func (e *editor) motion(name string) (to int, ok bool) {
	switch name {
	case "left", "ctrl+b":
		return e.before(e.at), true
	case "right", "ctrl+f":
		return e.after(e.at), true
	case "alt+left", "ctrl+left", "alt+b":
		return e.wordBefore(), true
	case "alt+right", "ctrl+right", "alt+f":
		return e.wordAfter(), true
	case "home", "ctrl+a":
		return e.lineStart(), true
	case "end", "ctrl+e":
		return e.lineEnd(), true
	case "ctrl+home":
		return 0, true
	case "ctrl+end":
		return len(e.text), true
	}
	return 0, false
}

// deletions names, for each key that takes text away, the motion over that text.
var deletions = map[string]string{
	"backspace": "left", "ctrl+h": "left", "delete": "right", "ctrl+d": "right",
	"ctrl+w": "alt+left", "alt+backspace": "alt+left", "alt+d": "alt+right", "ctrl+u": "home", "ctrl+k": "end",
}

// insert puts a text in at the cursor. What there is no room for is left out, and
// insert reports false.
func (e *editor) insert(text string) bool {
	whole := len(text) <= 8*e.limit
	if !whole { // what is longer does not fit, and is not looked at
		text = text[:runeStart(text, 8*e.limit)]
	}
	if !e.lines {
		text = strings.Join(strings.FieldsFunc(text, isLineBreak), " ")
	}
	before, after := e.text[:e.at], e.text[e.at:]
	over := func() int { return len(e.clean(before+text+after)) - e.limit }
	fits := over() <= 0
	if !fits {
		text = firstCharacters(text, e.limit)
	}
	for n := over(); n > 0 && text != ""; n = over() {
		text = firstCharacters(text, len(text)-max(1, n/3)) // cleaning makes three bytes of one
	}
	if text != "" {
		e.put(before+text+after, len(e.clean(before+text+after))-len(after))
	}
	return fits && whole
}

// runeStart is the beginning of the rune that a place in a text is within.
func runeStart(s string, at int) int {
	for at > 0 && !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}

// isLineBreak reports whether a rune ends a line, in whatever text it was copied from.
func isLineBreak(r rune) bool {
	return strings.ContainsRune("\n\r\v\f\u0085\u2028\u2029", r)
}

// firstCharacters is as much of a text's beginning as at most n bytes hold.
func firstCharacters(s string, n int) string {
	end := 0
	for end < len(s) {
		c, _ := lines.FirstCharacter(s[end:])
		if end+len(c) > n {
			break
		}
		end += len(c)
	}
	return s[:end]
}

// remove takes out what lies between the cursor and another place.
func (e *editor) remove(to int) {
	from, to := min(e.at, to), max(e.at, to)
	before := strings.TrimRight(e.text[:from], joiners)
	e.put(before+e.text[to:], len(before))
}

// after is the place behind the character at a place.
func (e *editor) after(at int) int {
	c, _ := lines.FirstCharacter(e.text[at:])
	return at + len(c)
}

// before is the place in front of the character that ends at a place.
func (e *editor) before(at int) int {
	last := 0
	if at > 0 {
		last = strings.LastIndexByte(e.text[:at-1], '\n') + 1
	}
	for next := last; next < at; next = e.after(next) {
		last = next
	}
	return last
}

func (e *editor) wordBefore() int {
	at := e.at
	for at > 0 && isSpace(e.text[at-1]) {
		at--
	}
	for at > 0 && !isSpace(e.text[at-1]) {
		at = e.before(at)
	}
	return at
}

func (e *editor) wordAfter() int {
	at := e.at
	for at < len(e.text) && isSpace(e.text[at]) {
		at++
	}
	for at < len(e.text) && !isSpace(e.text[at]) {
		at = e.after(at)
	}
	return at
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' }

func (e *editor) lineStart() int { return strings.LastIndexByte(e.text[:e.at], '\n') + 1 }

func (e *editor) lineEnd() int {
	if i := strings.IndexByte(e.text[e.at:], '\n'); i >= 0 {
		return e.at + i
	}
	return len(e.text)
}

// vertical moves by lines as they are wrapped, towards the column that the first
// of several such moves started from.
func (e *editor) vertical(by, goal int) {
	rows, row := e.layout(e.width)
	if goal == 0 {
		goal = width(e.text[rows[row].Start:e.at]) + 1
	}
	e.goal = goal
	to := row + by
	if to < 0 || to >= len(rows) {
		return
	}
	at := rows[to].Start
	for next := at; at < rows[to].End; at = next {
		if next = e.after(at); width(e.text[rows[to].Start:next]) > goal-1 {
			break
		}
	}
	if at == rows[to].End && to+1 < len(rows) && rows[to+1].Start == at && at > rows[to].Start {
		at = e.before(at) // behind it, the cursor would be on the next line
	}
	e.at = at
}

// layout is the text in lines of at most w cells, and which of them the cursor is
// on.
func (e *editor) layout(w int) (rows []lines.Span, row int) {
	rows = e.broken.get(wrapKey{e.text, w}, func() []lines.Span { return lines.Break(e.text, w) })
	for row < len(rows)-1 && e.at >= rows[row+1].Start {
		row++
	}
	return rows, row
}
