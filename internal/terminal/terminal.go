// Package terminal keeps the program from questioning the terminal, and decides
// about colours without doing so.
//
// Bubble Tea v1 asks the terminal for its background colour while the program is
// being initialised, before main, in every command that links it. Where nothing
// answers (a bare pty, a serial console, CI, some SSH relays) it waits for up to
// five seconds and eats what is typed meanwhile. It asks through lipgloss, and
// lipgloss does not ask for what it has been told. This package tells it.
//
// That works because Go initialises packages in the order of their import paths,
// each as soon as everything that it imports is ready: this one comes before
// github.com/charmbracelet/bubbletea if it imports nothing that lipgloss does not
// import as well. Keep it so. A test starts a program on a terminal that never
// answers and holds both.
//
// Whether the background is light or dark comes from the user and from the
// environment instead, see [Background]; colours come from [Profile].
package terminal

import (
	"io"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

func init() {
	lipgloss.SetHasDarkBackground(true)
}

// Background says whether the terminal's background is dark, and whether that is
// known at all; if not, take colours that read well on both. The theme is what
// the user asked for: dark, light, or auto (as is anything else), which goes by
// colorfgbg, the value of COLORFGBG: foreground and background as ANSI colour
// numbers, such as "15;0" or "0;default;15".
func Background(theme, colorfgbg string) (dark, known bool) {
	switch theme {
	case "dark":
		return true, true
	case "light":
		return false, true
	}
	last := strings.LastIndexByte(colorfgbg, ';')
	color, err := strconv.Atoi(colorfgbg[last+1:])
	if last < 0 || err != nil || color < 0 || color > 15 {
		return false, false
	}
	return color < 7 || color == 8, true
}

// Profile returns the colours that may be written. It goes by the environment
// (NO_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM, COLORTERM) and by whether the output
// is a terminal. NO_COLOR always wins; a dumb terminal has no colours unless they
// are forced.
func Profile(getenv func(string) string, isTerminal bool) termenv.Profile {
	isTerminal = isTerminal && getenv("TERM") != "dumb"
	out := termenv.NewOutput(io.Discard, termenv.WithEnvironment(environment(getenv)), termenv.WithTTY(isTerminal))
	return out.EnvColorProfile()
}

// environment is the form in which termenv wants to be given variables.
type environment func(string) string

func (e environment) Getenv(key string) string { return e(key) }

// Environ returns nothing: termenv looks variables up one by one.
func (e environment) Environ() []string { return nil }
