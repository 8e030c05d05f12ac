package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/rubric"
)

// help explains the screen below it: what it is for, its keys, as they are declared, the
// words of the rubric by its own names, and the signs.
type help struct {
	env          *env
	title, about string
	rubric       *rubric.Rubric
	of           []key.Binding
	from         int
}

func newHelp(e *env, s screen) *help {
	h := &help{env: e, title: s.Title(), about: s.About(), rubric: e.rubric, of: s.Keys()}
	if under, ok := s.(ruled); ok {
		h.rubric = under.Rubric()
	}
	return h
}

// update takes a key, on a screen of a size, and reports whether help is done.
func (h *help) update(k tea.KeyMsg, size tea.WindowSizeMsg) (done bool) {
	lines, rows := len(h.lines(size.Width)), size.Height-helpTop
	from, ok := scroll(windowAt(h.from, lines, rows).top, k, lines, rows)
	h.from = from
	return !ok
}

var helpKeys = struct{ back key.Binding }{bind("esc", "any other key", "back")}

func (h *help) keys() []key.Binding {
	return append(append([]key.Binding{scrollKeys.down, scrollKeys.up}, scrollFar()...), helpKeys.back)
}

// mouseWords say what the mouse does, where it acts.
var mouseWords = [][2]string{
	{"click", "the cursor goes there; on what it is on already: opens, ticks or chooses it"},
	{"click on a ruler", "goes to that band"},
	{"click on a key", "in the last line: presses it"},
	{"wheel", "moves what is under the pointer"},
	{"shift and drag", "selects text, in most terminals; with --mouse off the mouse is the terminal's"},
}

// textWords say what keys do where ? is a letter, and cannot be asked for.
var textWords = [][2]string{
	{"ctrl+_ ctrl+y", "undo, redo: ctrl+z suspends"},
	{"ctrl+e", "your editor ($VISUAL or $EDITOR), in a reason or a note; in short fields the end of the line"},
	{"ctrl+w ctrl+u ctrl+k", "take out the word before, all before, all after"},
	{"ctrl+p", "blank the screen"},
}

// words are the terms that a reader meets besides those of the rubric, and the signs.
var words = [][2]string{
	{"verdict", "what you say of a band: the person is above it, below it, or it fits"},
	{"evidence", "the statements you ticked, with your notes"},
	{"draft, panel, final", "a proposal, a blind vote in a session, what the session decided"},
	{"blind", "in a session, until all who vote have placed a person: nobody sees where"},
	{"recused", "does not vote on a person, for a conflict of interest"},
	{"~ and !", "on a clock: less than a quarter is left; it is overdrawn"},
	{markSeen + " " + markNotSeen + " " + markBlank, "seen, looked for and not seen, not looked at"},
	{"! contested", "a statement that one has seen, and another looked for and not seen"},
	{markAbove + " " + markFits + " " + markBelow + " and numbers", "on the ruler: verdicts, and statements seen there; where people are compared, so many who placed them there"},
	{markDraft + " " + markPanel + " " + markFinal, "a draft, a panel vote, a final decision"},
	{strings.Join(marksPast[:], " "), "what up to three past sessions decided"},
	{"(3-mid)", "a position of another rubric or version"},
	{markNote, "a note; in the list of people, a walk that is unfinished"},
	{markDampener, "a dampener that applies"},
	{markOwn + " " + markGuess + " " + markExact, "in a warm-up: the rubric's own position, a guess, both at once"},
}

// helpTop is the title and a blank row.
const helpTop = 2

func (h *help) view(w, height int) string {
	t := h.env.theme
	lines := h.lines(w)
	rows := []string{t.rule(t.title.paint("Help · "+line(h.title)), "", w), spaces(w)}
	return joinRows(append(rows, windowAt(h.from, len(lines), height-helpTop).draw(t, lines, 3, w)...))
}

func (h *help) lines(w int) []string {
	t := h.env.theme
	var lines []string
	explain := func(words [][2]string) {
		label := 0
		for _, word := range words {
			label = max(label, width(word[0])+5)
		}
		for _, word := range words {
			lead := t.key.paint(fit("   "+word[0], label))
			for _, l := range h.env.wrapper.wrap(word[1], w-label-1) {
				lines = append(lines, fit(lead+l, w))
				lead = spaces(label)
			}
		}
	}
	for _, l := range h.env.wrapper.wrap(h.about, min(w-4, maxDetail)) {
		lines = append(lines, fit("   "+l, w))
	}
	lines = append(lines, spaces(w))
	var keys [][2]string
	for _, b := range append(h.env.leading(h.of), keyJump, keySuspend) {
		keys = append(keys, [2]string{allKeys(b), b.Help().Desc})
	}
	explain(keys)
	section := func(heading string, words [][2]string) {
		lines = append(lines, spaces(w), fit(" "+t.heading.paint(heading), w))
		explain(words)
	}
	if h.env.mouse {
		section("The mouse", mouseWords)
	}
	section("In a text field", textWords)
	section("The rubric: "+line(h.rubric.Role), rubricWords(h.rubric))
	section("Words and signs", words)
	return lines
}

// allKeys names every key that a binding answers to, the one in the footer first.
func allKeys(b key.Binding) string {
	label := b.Help().Key
	if strings.Contains(label, ellipsis) {
		return label // a row of keys
	}
	for _, k := range b.Keys() {
		k = arrows.Replace(k)
		if k != label && k != " " {
			label += " " + k
		}
	}
	return label
}

// arrows gives keys the names that the footer has for them.
var arrows = strings.NewReplacer("pgdown", "pgdn", "pgup", "pgup", "right", "→", "left", "←", "down", "↓", "up", "↑")
