package tui

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWrapping(t *testing.T) {
	for _, test := range []struct {
		text string
		w    int
		want []string
	}{
		{"infrastructure is secure, technical rigour - their multi-account platform", 12,
			[]string{"infrastructu", "re is", "secure,", "technical", "rigour -", "their multi-", "account", "platform"}},
		{"数据平台的工程师、负责（核心）系统。", 12, []string{"数据平台的工", "程师、负责", "（核心）系", "统。"}},
		{"a\n\n  b  c\n", 12, []string{"a", "", "  b  c", ""}},
		{"", 12, []string{""}},
		{"👩‍💻👩‍💻👩‍💻", 4, []string{"👩‍💻👩‍💻", "👩‍💻"}},
		{"a wide 数", 1, []string{"a", "w", "i", "d", "e", ellipsis}},
		{"red \x1b[31m", 12, []string{"red ␛[31m"}},
	} {
		if got := newWrapper().wrap(test.text, test.w); !slices.Equal(got, test.want) {
			t.Errorf("%q in %d cells: %q, want %q", test.text, test.w, got, test.want)
		}
	}
}

// Wrapping loses nothing but the spaces at the ends of lines, and no line is wider
// than it may be.
func TestWrappingLosesNothing(t *testing.T) {
	letters := rapid.StringOf(rapid.SampledFrom([]rune("ab-/ \n.,数李、（）é👩ل")))
	rapid.Check(t, func(rt *rapid.T) {
		text, w := letters.Draw(rt, "text"), rapid.IntRange(2, 20).Draw(rt, "width")
		lines := newWrapper().wrap(text, w)
		squash := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		if got, want := squash(strings.Join(lines, "")), squash(text); got != want {
			rt.Fatalf("%q became %q", text, lines)
		}
		for _, l := range newWrapper().filled(text, w) {
			if width(l) != w {
				rt.Fatalf("line %q is %d cells wide, want %d", l, width(l), w)
			}
		}
	})
}

func TestCacheIsBounded(t *testing.T) {
	c := newWrapper()
	for w := range 3 * maxMemo {
		c.wrap("some text", w)
	}
	if len(c.cache) > maxMemo {
		t.Errorf("%d texts are kept", len(c.cache))
	}
}

func TestCutting(t *testing.T) {
	red := style{open: "\x1b[31m", close: "\x1b[0m"}
	for _, test := range []struct{ got, want string }{
		{fit("abc", 5), "abc  "},
		{fit("abcdef", 5), "abcd…"},
		{fit("数据平台", 5), "数据…"},
		{fit("数据平台", 4), "数… "},
		{fit("abc", 0), ""},
		{fit(red.paint("abcdef"), 4), "\x1b[31mabc…\x1b[0m"},
		{fit(red.paint("abc"), 5), "\x1b[31mabc\x1b[0m  "},
		{spread("left", "right", 12), "left   right"},
		{spread("a long left", "right", 12), "a lon… right"},
		{spread("left", "a very long right", 8), "a very …"},
		{center("ab", 5), " ab  "},
		{center("abcdef", 3), "ab…"},
		{cell("abcdef", 5), "abc… "},
		{cell("abcdef", 1), " "},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
	if got := page([]string{"a", "b", "c"}, 14, 2); !slices.Equal(got, []string{"a             ", " ▾ 2 more lines"[:0] + " ▾ 2 more lin…"}) {
		t.Errorf("page: %q", got)
	}
}
