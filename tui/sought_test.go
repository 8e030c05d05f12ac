package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"github.com/sahilm/fuzzy"
	"pgregory.net/rapid"
)

func TestWhatIsFoundInNames(t *testing.T) {
	for _, c := range []struct {
		sought string
		in     []string
		found  bool
	}{
		{"", []string{"Ada"}, true}, {"ada", []string{"Ada Lovelace"}, true}, {"alvl", []string{"Ada Lovelace"}, true}, {"lovelace ada", []string{"Ada Lovelace"}, true},
		{"plat ada", []string{"Ada Lovelace", "Platform"}, true}, {"adaplat", []string{"Ada Lovelace", "Platform"}, false}, {"xyz", []string{"Ada"}, false},
		{"李", []string{"李娜"}, true}, {"MÜLLER", []string{"Zoë Müller"}, true}, {"dala", []string{"Ada Lovelace"}, true}, {"aad", []string{"Ada"}, false},
	} {
		if _, ok := seek(c.sought).among(c.in...); ok != c.found {
			t.Errorf("%q in %q: %v", c.sought, c.in, ok)
		}
	}
}

func TestWhatIsFoundInStatements(t *testing.T) {
	const text = "Owns the internal developer platform strategy; adoption across teams."
	for sought, found := range map[string]bool{
		"platform strategy": true, "STRATEGY platform": true, "stratgy": true, "pltfrm": true, "developer plat": true, "nal dev": true,
		"otis": false, "xyz": false, "ow st": true, "platform xyz": false, "tm": false,
	} {
		if _, ok := seek(sought).within(text); ok != found {
			t.Errorf("%q: %v", sought, ok)
		}
	}
	exact, _ := seek("strategy").within(text)
	loose, _ := seek("strtgy").within(text)
	if loose >= exact {
		t.Errorf("letters left out fit as well (%d) as none (%d)", loose, exact)
	}
}

// Whatever is sought in whatever text: marking it changes no character, keeps characters
// whole, and underlines something exactly where something was found.
func TestMarkingChangesNothing(t *testing.T) {
	look := themeFor(termenv.TrueColor, "dark")
	rapid.Check(t, func(rt *rapid.T) {
		texts := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"Ada Lovelace", "e\u0301e\u0301", "👩‍💻 team", "مهندس منصة", "İstanbul ǅ", "a\x00b"}))
		text := line(texts.Draw(rt, "text"))
		sought := seek(rapid.OneOf(texts, rapid.StringN(0, 3, 9)).Draw(rt, "sought"))
		for _, marked := range []string{sought.mark(look, look.faint, text), sought.markWithin(look, look.plain, text)} {
			if ansi.Strip(marked) != text {
				rt.Fatalf("%q became %q", text, marked)
			}
			if width(marked) != width(text) {
				rt.Fatalf("%q is %d cells wide, not %d", marked, width(marked), width(text))
			}
		}
		_, found := sought.among(text)
		if found && len(sought) > 0 && !strings.Contains(sought.mark(look, look.plain, text), "\x1b[4m") {
			rt.Fatalf("%q is found in %q, and nothing of it underlined", sought, text)
		}
	})
}

func TestFilterOfPeopleLeavesLettersOut(t *testing.T) {
	d := drive(t).press("/").write("ghpr").sees("▸  Grace Hopper", "1 of 3 people").seesNot("Ada").press("enter", "esc").sees("3 people")
	d.open(d.app.env.rubric, themeFor(termenv.TrueColor, "dark")).size(80, 24).press("/").write("hop")
	if !strings.Contains(d.app.View(), "\x1b[4mHop\x1b[0m") {
		t.Errorf("what was sought is not underlined: %q", d.app.View())
	}
	drive(t, manyPeople).press("/").write("clark").sees("▸").press("enter", "enter").sees("Clark")
}

func TestFilterTellsNothingBehindAliases(t *testing.T) {
	d := drive(t).press("A").sees("alias").press("/").write("lovelace").sees("Nobody matches")
	d.press("esc", "/").write("0042").sees("Nobody matches").press("esc", "/").write("babbage").sees("Nobody matches")
}

func TestPickers(t *testing.T) {
	drive(t, demoData).press("s", "/").write("25h").sees("▸").press("enter").sees("▸ 2025 H")
	d := drive(t, demoData).press("c", "/", "down", "/").sees("Team").write("hbr").press("enter").sees("‹ Harbour ›").press("/").write("zzzz").sees("Nothing has these letters").press("enter").sees("nothing to choose")
	d.press("esc").sees("‹ Harbour ›")
	s := newSeance(t)
	s.press("s", "enter", "/").write("hdy").click("Hedy Lamarr").sees("▸  3 Hedy Lamarr")
}

// No text that fits a word is told not to have its letters.
func TestLettersInOrder(t *testing.T) {
	letters := rapid.OneOf(rapid.StringOfN(rapid.SampledFrom([]rune("abAB[{@`ßẞſsSkKKéÉ李")), 0, 4, -1), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		word, text := letters.Draw(t, "word"), letters.Draw(t, "text")
		if len(fuzzy.FindNoSort(word, []string{text})) > 0 && !inOrder(word, text) {
			t.Fatalf("%q fits %q", word, text)
		}
	})
}
