package tui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"
	"pgregory.net/rapid"

	"calibrate/internal/clean"
)

// edit types keys into a field; | in a text is where the cursor starts or ends.
func edit(t *testing.T, e *editor, start string, keys ...string) string {
	t.Helper()
	before, after, _ := strings.Cut(start, "|")
	e.put(before+after, len(before))
	for _, k := range keys {
		e.update(keyNamed(t, k))
	}
	return e.text[:e.at] + "|" + e.text[e.at:]
}

func TestEditing(t *testing.T) {
	tests := []struct {
		start string
		keys  []string
		want  string
	}{
		{"ab|c", []string{"x", "space"}, "abx |c"},
		{"ab|c", []string{"left", "left", "left"}, "|abc"},
		{"ab|c", []string{"right", "right"}, "abc|"},
		{"ab|c", []string{"backspace"}, "a|c"},
		{"ab|c", []string{"delete", "delete"}, "ab|"},
		{"|abc", []string{"backspace"}, "|abc"},
		{"one two| three", []string{"ctrl+w"}, "one | three"},
		{"one two | three", []string{"alt+backspace"}, "one | three"},
		{"one| two three", []string{"alt+d"}, "one| three"},
		{"one two|", []string{"ctrl+left", "alt+left"}, "|one two"},
		{"|one two", []string{"alt+right"}, "one| two"},
		{"one\ntw|o\nthree", []string{"home"}, "one\n|two\nthree"},
		{"one\ntw|o\nthree", []string{"end"}, "one\ntwo|\nthree"},
		{"one\ntw|o\nthree", []string{"ctrl+u"}, "one\n|o\nthree"},
		{"one\ntw|o\nthree", []string{"ctrl+k"}, "one\ntw|\nthree"},
		{"one\ntw|o", []string{"ctrl+home"}, "|one\ntwo"},
		{"o|ne\ntwo", []string{"ctrl+end"}, "one\ntwo|"},
		{"one|two", []string{"enter"}, "one\n|two"},
		{"one\n|two", []string{"backspace"}, "one|two"},
		{"|", []string{"up", "down", "left", "right", "delete", "home", "end", "ctrl+w"}, "|"},
		// Characters as a reader counts them go whole.
		{"a👩‍💻|", []string{"backspace"}, "a|"},
		{"a|👩‍💻b", []string{"right"}, "a👩‍💻|b"},
		{"e\u0301|", []string{"backspace"}, "|"},
		{"🇩🇪🇫🇷|", []string{"backspace"}, "🇩🇪|"},
		{"李娜|", []string{"left"}, "李|娜"},
		// A joiner waits for what it joins.
		{"می|", []string{"\u200c", "ر"}, "می\u200cر|"},
		{"می|", []string{"\u200c", "left", "ر"}, "مر|ی"},
		{"می\u200cر|", []string{"backspace"}, "می|"},
	}
	for _, test := range tests {
		e := newTextEditor(1000)
		e.resize(40)
		if got := edit(t, e, test.start, test.keys...); got != test.want {
			t.Errorf("%v in %q gives %q, want %q", test.keys, test.start, got, test.want)
		}
	}
}

func TestMovingUpAndDownFollowsTheLinesAsTheyAreSeen(t *testing.T) {
	e := newTextEditor(1000)
	e.resize(12) // eleven cells and the cursor's
	text := "a first line wraps\nab\nlast one"
	// a first | line wraps | ab | last one
	for _, step := range []struct{ start, keys, want string }{
		{"a first line wr|aps\nab\nlast one", "up", "a first| line wraps\nab\nlast one"},
		{"a first line wr|aps\nab\nlast one", "down", "a first line wraps\nab|\nlast one"},
		{"a first line wr|aps\nab\nlast one", "down down", "a first line wraps\nab\nlast on|e"},
		{"a first line wraps\nab\nlast on|e", "up up up", "a first| line wraps\nab\nlast one"},
		{"|" + text, "up", "|" + text},
		{text + "|", "down", text + "|"},
	} {
		if got := edit(t, e, step.start, strings.Fields(step.keys)...); got != step.want {
			t.Errorf("%s from %q leads to %q, want %q", step.keys, step.start, got, step.want)
		}
	}
}

func TestPasteIsTakenWholeOrItIsSaid(t *testing.T) {
	paste := func(e *editor, text string) bool {
		return e.update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
	}
	e := newTextEditor(20)
	if !paste(e, "one\r\ntwo\t\x1b[31m") || e.text != "one\ntwo    ␛[31m" {
		t.Errorf("holds %q", e.text)
	}
	if paste(e, "0123456789") || len(e.text) > 20 || !strings.HasPrefix(e.text, "one\ntwo    ␛[31m0") {
		t.Errorf("of a paste that is too long it holds %q, %d bytes", e.text, len(e.text))
	}
	emoji := newEditor(20)
	if paste(emoji, "👩‍💻👩‍💻") || emoji.text != "👩‍💻" {
		t.Errorf("cut within a character: %q", emoji.text)
	}
	name := newEditor(100)
	if paste(name, "\nAda\r\nLovelace\n"); name.text != "Ada Lovelace" {
		t.Errorf("a field of one line holds %q", name.text)
	}
	huge := newTextEditor(20_000)
	if paste(huge, strings.Repeat("ab 数\x00", 1_000_000)); len(huge.text) > 20_000 || len(huge.text) < 19_990 {
		t.Errorf("of five megabytes it holds %d bytes", len(huge.text))
	}
}

func TestFieldOfOneLineShowsThatItGoesOn(t *testing.T) {
	e := newEditor(1000)
	e.set("0123456789abcdefghij")
	look := theme{}
	for _, test := range []struct {
		at   int
		w    int
		on   bool
		want string
	}{
		{20, 30, true, "0123456789abcdefghij          "},
		{20, 12, true, "‹bcdefghij  "},
		{0, 12, true, "0123456789a›"},
		{10, 12, true, "‹123456789a›"},
		{20, 12, false, "0123456789a›"},
	} {
		e.at = test.at
		if got := e.row(look, test.w, test.on); got != test.want {
			t.Errorf("at %d of %d cells: %q, want %q", test.at, test.w, got, test.want)
		}
	}
}

// Whatever is typed and pasted, the field holds clean text within its limit, its
// cursor stands between two characters, and it is drawn no wider than it may be,
// with the cursor in sight.
func TestEditorProperties(t *testing.T) {
	names := []string{"left", "right", "up", "down", "home", "end", "backspace", "delete", "ctrl+w", "alt+d", "ctrl+u", "ctrl+k", "enter", "space", "alt+left", "ctrl+right", "ctrl+home"}
	texts := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("ab \n\t\x1b\u0301\u200d👩💻🇩🇪🇫李ل\u202e\ufe0f"))))
	look := themeFor(termenv.Ascii, "")
	rapid.Check(t, func(rt *rapid.T) {
		e := newEditor(rapid.IntRange(0, 60).Draw(rt, "limit"))
		e.lines = rapid.Bool().Draw(rt, "lines")
		w := rapid.IntRange(8, 30).Draw(rt, "width")
		e.resize(w)
		for range rapid.IntRange(1, 30).Draw(rt, "keys") {
			k := keyNamed(t, rapid.SampledFrom(names).Draw(rt, "key"))
			if rapid.Bool().Draw(rt, "text") {
				k = tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(texts.Draw(rt, "runes")), Paste: rapid.Bool().Draw(rt, "paste")}
			}
			e.update(k)
			if got := clean.Text(e.text); got != e.text || len(e.text) > e.limit || !e.lines && strings.Contains(e.text, "\n") {
				rt.Fatalf("holds %q", e.text)
			}
			at := 0
			for at < e.at {
				at = e.after(at)
			}
			if at != e.at {
				rt.Fatalf("the cursor stands within a character, at %d of %q", e.at, e.text)
			}
			drawn := e.row(look, w, true)
			if e.lines {
				drawn = strings.Join(e.rows(look, w, 5, true), "")
			}
			if strings.Count(drawn, look.caret.open) != 1 {
				rt.Fatalf("the cursor is not in sight of %q at %d: %q", e.text, e.at, drawn)
			}
			if n := width(e.row(theme{}, w, true)); !e.lines && n > w {
				rt.Fatalf("%q is %d cells wide, at most %d expected", e.row(theme{}, w, true), n, w)
			}
			for _, row := range e.rows(theme{}, w, 5, true) {
				if e.lines && width(row) > w {
					rt.Fatalf("%q is %d cells wide, at most %d expected", row, width(row), w)
				}
			}
		}
	})
}
