package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// style is a look that was worked out once: what goes before a text and after it.
// Painting is then joining strings, which is what keeps a frame cheap.
type style struct{ open, close string }

func (s style) paint(text string) string {
	if s.open == "" || text == "" {
		return text
	}
	return s.open + text + s.close
}

// theme holds every look of the app; no colour is named anywhere else.
type theme struct {
	title   style // the name of what is shown
	heading style // above a column
	plain   style // text
	faint   style // neighbours, what is secondary
	accent  style // where we stand
	cursor  style // the statement or row under the cursor
	good    style // seen, fits, saved
	bad     style // not seen, errors
	warn    style // contradictions, what is not saved yet
	past    style // earlier decisions
	key     style // keys in the footer
	chosen  style // the chosen one of several tabs
}

// palette names a colour for each role. Every one of them holds a contrast of at
// least 4.5 to 1 (WCAG AA) on its background.
type palette struct{ faint, accent, good, bad, warn, past string }

var (
	onDark  = palette{faint: "#9a9a9a", accent: "#6cb6ff", good: "#6bd08a", bad: "#ff8a80", warn: "#e8b339", past: "#c9a0ff"}
	onLight = palette{faint: "#626262", accent: "#0a5cbf", good: "#1a6b34", bad: "#b3261e", warn: "#7a5200", past: "#6b3fb5"}
	// onBoth has a luminance near 0.18, the one at which 4.5 to 1 holds on black
	// and on white alike.
	onBoth = palette{faint: "#757575", accent: "#0b76dd", good: "#1c8139", bad: "#d6372c", warn: "#977000", past: "#8a5ad0"}
)

// newTheme works the looks out for a renderer, whose colour profile decides how
// much of them is left. background is "dark", "light" or anything else for
// unknown.
func newTheme(r *lipgloss.Renderer, background string) theme {
	p := onBoth
	switch background {
	case "dark":
		p = onDark
	case "light":
		p = onLight
	}
	fg := func(c string) lipgloss.Style { return r.NewStyle().Foreground(lipgloss.Color(c)) }
	return theme{
		title:   compile(r.NewStyle().Bold(true)),
		heading: compile(fg(p.accent).Bold(true)),
		faint:   compile(fg(p.faint)),
		accent:  compile(fg(p.accent).Bold(true)),
		cursor:  compile(r.NewStyle().Bold(true)),
		good:    compile(fg(p.good)),
		bad:     compile(fg(p.bad)),
		warn:    compile(fg(p.warn).Bold(true)),
		past:    compile(fg(p.past)),
		key:     compile(fg(p.accent)),
		chosen:  compile(r.NewStyle().Bold(true).Underline(true)),
	}
}

// compile takes a lipgloss style apart into what it writes before and after.
func compile(s lipgloss.Style) style {
	const probe = "x"
	open, end, _ := strings.Cut(s.Render(probe), probe)
	return style{open: open, close: end}
}

// themeFor makes the theme for a terminal of the given colour profile.
func themeFor(profile termenv.Profile, background string) theme {
	r := lipgloss.NewRenderer(nopWriter{})
	r.SetColorProfile(profile)
	r.SetHasDarkBackground(background != "light")
	return newTheme(r, background)
}

// nopWriter gives the renderer an output to ask nothing of.
type nopWriter struct{}

func (nopWriter) Write(p []byte) (int, error) { return len(p), nil }

// marks are the symbols that say the same as the colours do.
const (
	markSeen     = "✓"
	markNotSeen  = "✗"
	markBlank    = "·"
	markCursor   = "▸"
	markNote     = "✎"
	markAbove    = "↑"
	markFits     = "="
	markBelow    = "↓"
	markMoreUp   = "▴"
	markMoreDown = "▾"
	markDraft    = "○"
	markPanel    = "◇"
	markFinal    = "●"
)

// marksPast tells up to three past sessions apart on the ruler, latest first.
var marksPast = [3]string{"◆", "■", "▲"}

func more(n int) string {
	if n == 1 {
		return markMoreDown + " 1 more line"
	}
	return fmt.Sprintf("%s %d more lines", markMoreDown, n)
}
