package tui

import (
	"strings"

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
	chosen  style // the chosen one of several
	caret   style // where the next character goes
	match   style // on top of another look: letters that were sought
}

// palette names a colour for each role. Every one of them holds a contrast of at
// least 4.5 to 1 (WCAG AA) on its background.
type palette struct{ faint, accent, good, bad, warn, past string }

var (
	onDark  = palette{faint: "#9a9a9a", accent: "#6cb6ff", good: "#6bd08a", bad: "#ff8a80", warn: "#e8b339", past: "#c9a0ff"}
	onLight = palette{faint: "#626262", accent: "#0a5cbf", good: "#1a6b34", bad: "#b3261e", warn: "#7a5200", past: "#6b3fb5"}
	// onBoth has a luminance near 0.18, the one at which 4.5 to 1 holds on black
	// and on white alike.
	onBoth = palette{faint: "#757575", accent: "#0b76dd", good: "#1d863b", bad: "#d8382c", warn: "#977000", past: "#8b5bd1"}
)

// fewOnDark and its like are for terminals of sixteen colours, by their numbers: the nearest
// of sixteen is too dark a blue on black, and a green or yellow on white that can hardly be
// read. "" is the text's own colour; signs and bold say the rest. Where the background is
// unknown no colour holds more than 3 to 1 everywhere.
var (
	fewOnDark  = palette{accent: "14", good: "10", bad: "9", warn: "11", past: "13"}
	fewOnLight = palette{accent: "4", good: "", bad: "1", warn: "", past: "5"}
	fewOnBoth  = palette{accent: "12", good: "", bad: "9", warn: "", past: "5"}
)

// The attributes that looks are made of besides colour, as SGR writes them. They
// stay where colours are not wanted: NO_COLOR speaks of colour alone.
const (
	bold      = "1"
	dim       = "2"
	underline = "4"
	reverse   = "7"
)

// themeFor works the looks out for a terminal that shows so many colours.
// background is "dark", "light" or anything else for unknown.
func themeFor(profile termenv.Profile, background string) theme {
	p := onBoth
	switch few := profile == termenv.ANSI; {
	case few && background == "dark":
		p = fewOnDark
	case few && background == "light":
		p = fewOnLight
	case few:
		p = fewOnBoth
	case background == "dark":
		p = onDark
	case background == "light":
		p = onLight
	}
	look := func(colour string, attributes ...string) style { return newStyle(profile, colour, attributes...) }
	faint := look(p.faint)
	if profile == termenv.Ascii || profile == termenv.ANSI {
		faint = look("", dim)
	}
	return theme{
		title:   look("", bold),
		heading: look(p.accent, bold),
		faint:   faint,
		accent:  look(p.accent, bold),
		cursor:  look("", bold),
		good:    look(p.good),
		bad:     look(p.bad),
		warn:    look(p.warn, bold),
		past:    look(p.past),
		key:     look(p.accent),
		chosen:  look("", bold, underline),
		caret:   look("", reverse),
		match:   look("", underline),
	}
}

// newStyle makes a look of a colour, as near as the profile comes to it, and
// attributes.
func newStyle(profile termenv.Profile, colour string, attributes ...string) style {
	codes := attributes
	if c := profile.Color(colour); colour != "" && c != nil && c.Sequence(false) != "" {
		codes = append(codes, c.Sequence(false))
	}
	if len(codes) == 0 {
		return style{}
	}
	return style{open: "\x1b[" + strings.Join(codes, ";") + "m", close: "\x1b[0m"}
}
