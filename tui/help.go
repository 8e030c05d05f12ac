package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// help explains the screen below it: its keys, as they are declared, and the
// words.
type help struct {
	env   *env
	title string
	of    []key.Binding
	from  int
}

func newHelp(e *env, s screen) *help { return &help{env: e, title: s.Title(), of: s.Keys()} }

// update takes a key and reports whether help is done.
func (h *help) update(k tea.KeyMsg) (done bool) {
	switch {
	case key.Matches(k, neighboursKeys.down):
		h.from++
	case key.Matches(k, neighboursKeys.up):
		h.from = max(0, h.from-1)
	case key.Matches(k, neighboursKeys.pageDown):
		h.from += 10
	case key.Matches(k, neighboursKeys.pageUp):
		h.from = max(0, h.from-10)
	default:
		return true
	}
	return false
}

func (h *help) keys() []key.Binding {
	return []key.Binding{neighboursKeys.down, neighboursKeys.up, bind("esc", "any other key", "back")}
}

// words are the terms that a reader meets, as the product uses them.
var words = [][2]string{
	{"position", "one level and band, a rung of the scale: 3-mid"},
	{"dimension", "what is rated on its own"},
	{"statement", "one line of the rubric, in one of four sections"},
	{"dampener", "a statement that says how to read the rest with care"},
	{"verdict", "what you say of a band: the person is above it, below it, or it fits"},
	{"evidence", "the statements you ticked, with your notes"},
	{"draft, panel, final", "a proposal, a blind vote in a session, what the session decided"},
	{markSeen + " " + markNotSeen + " " + markBlank, "seen, looked for and not seen, not looked at"},
	{markAbove + " " + markFits + " " + markBelow + " and numbers", "on the ruler: verdicts, and statements seen there"},
	{markDraft + " " + markPanel + " " + markFinal, "on the ruler: a draft, a panel vote, a final decision"},
	{strings.Join(marksPast[:], " "), "on the ruler: what up to three past sessions decided"},
}

func (h *help) view(w, height int) string {
	t := h.env.theme
	rows := []string{fit(" "+t.title.paint("Help · "+h.title), w), spaces(w)}
	var lines []string
	for _, b := range h.of {
		lines = append(lines, t.key.paint(fit("   "+b.Help().Key, 16))+b.Help().Desc)
	}
	lines = append(lines, "", " "+t.heading.paint("Words"))
	for _, word := range words {
		lead := fit("   "+word[0], 25)
		for _, l := range h.env.wrapper.wrap(word[1], w-26) {
			lines = append(lines, t.key.paint(lead)+l)
			lead = spaces(25)
		}
	}
	from := max(0, min(h.from, len(lines)-(height-len(rows))))
	return joinRows(append(rows, page(lines[from:], w, height-len(rows))...))
}
