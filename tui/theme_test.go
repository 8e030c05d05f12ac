package tui

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-runewidth"
	"github.com/muesli/termenv"
)

// luminance is the relative luminance of WCAG 2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	part := func(s string) float64 {
		n, err := strconv.ParseUint(s, 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.03928 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(hex[1:3]) + 0.7152*part(hex[3:5]) + 0.0722*part(hex[5:7])
}

func TestColoursCanBeRead(t *testing.T) {
	contrast := func(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }
	for name, test := range map[string]struct {
		palette     palette
		backgrounds []string
	}{
		"dark": {onDark, []string{"#000000", "#1e1e1e"}}, "light": {onLight, []string{"#ffffff", "#fafafa"}}, "unknown": {onBoth, []string{"#000000", "#ffffff"}},
	} {
		p := test.palette
		for _, colour := range []string{p.faint, p.accent, p.good, p.bad, p.warn, p.past} {
			for _, background := range test.backgrounds {
				if c := contrast(luminance(t, colour), luminance(t, background)); c < 4.5 {
					t.Errorf("%s: %s on %s has a contrast of %.2f", name, colour, background, c)
				}
			}
		}
	}
}

// Sixteen colours are what the terminal makes of them: these are xterm's, and those of the
// consoles of Linux and Windows.
func TestSixteenColoursCanBeRead(t *testing.T) {
	contrast := func(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }
	for name, colours := range map[string]string{
		"xterm":   "#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5 #7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff",
		"console": "#000000 #aa0000 #00aa00 #aa5500 #0000aa #aa00aa #00aaaa #aaaaaa #555555 #ff5555 #55ff55 #ffff55 #5555ff #ff55ff #55ffff #ffffff",
	} {
		for background, test := range map[string]struct {
			palette palette
			on      []string
			least   float64
		}{"dark": {fewOnDark, []string{"#000000"}, 4.5}, "light": {fewOnLight, []string{"#ffffff"}, 4.5}, "unknown": {fewOnBoth, []string{"#000000", "#ffffff"}, 3}} {
			p := test.palette
			for _, number := range []string{p.accent, p.good, p.bad, p.warn, p.past} {
				if number == "" {
					continue
				}
				n, err := strconv.Atoi(number)
				if err != nil {
					t.Fatal(err)
				}
				for _, on := range test.on {
					if c := contrast(luminance(t, strings.Fields(colours)[n]), luminance(t, on)); c < test.least {
						t.Errorf("%s: colour %s on %s has a contrast of %.2f on a terminal that is %s", name, number, on, c, background)
					}
				}
			}
		}
	}
}

func TestWithoutColourEmphasisStays(t *testing.T) {
	plain := themeFor(termenv.Ascii, "dark")
	for name, test := range map[string]struct{ got, want string }{
		"title": {plain.title.paint("x"), "\x1b[1mx\x1b[0m"}, "cursor": {plain.cursor.paint("x"), "\x1b[1mx\x1b[0m"},
		"caret": {plain.caret.paint("x"), "\x1b[7mx\x1b[0m"}, "faint": {plain.faint.paint("x"), "\x1b[2mx\x1b[0m"}, "good": {plain.good.paint("x"), "x"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", name, test.got, test.want)
		}
	}
	for _, background := range []string{"dark", "light", ""} {
		d := drive(t)
		d.open(builtIn(t), themeFor(termenv.Ascii, background)).size(80, 24).press("enter", "space", "a", "m")
		if strings.Contains(d.app.View(), "38;") || strings.Contains(d.app.View(), "\x1b[3") {
			t.Errorf("a colour is written on %q", background)
		}
	}
}

// Our own signs are one cell wide by every measure that terminals go by, and none
// of them turns into a picture.
func TestSignsAreOneCell(t *testing.T) {
	signs := []string{
		markSeen, markNotSeen, markBlank, markCursor, markBar, markRule, markSide, markNote, markDampener, markAbove, markFits, markBelow,
		markMoreUp, markMoreDown, markLeft, markRight, markDraft, markPanel, markFinal, ellipsis, "→", "←", "“", "”",
	}
	narrow := runewidth.Condition{EastAsianWidth: false, StrictEmojiNeutral: true}
	for _, s := range append(signs, marksPast[:]...) {
		if ansi.StringWidth(s) != 1 || ansi.StringWidthWc(s) != 1 || narrow.StringWidth(s) != 1 {
			t.Errorf("%q is not one cell wide everywhere", s)
		}
		if c := []rune(s)[0]; c >= 0x1f000 || strings.ContainsRune("↔↕↖↗↘↙▪▫▶◀◻◼◽◾✏✔✖⬛⬜⚪⚫", c) {
			t.Errorf("%q has an emoji form", s)
		}
	}
}
