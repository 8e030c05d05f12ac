package lines_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"calibrate/internal/lines"
)

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		text string
		w    int
		want []string
	}{
		{"their multi-account platform at 3-mid", 12, []string{"their multi-", "account", "platform at", "3-mid"}},
		{"from 3-low to 3-high.", 15, []string{"from 3-low to", "3-high."}},
		{"数据平台的工程师、负责（核心）系统。", 12, []string{"数据平台的工", "程师、负责", "（核心）系", "统。"}},
		{"a\n\n  b", 12, []string{"a", "", "  b"}},
		{"", 12, []string{""}},
	} {
		if got := lines.Wrap(tt.text, tt.w); !slices.Equal(got, tt.want) {
			t.Errorf("%q in %d cells: %q, want %q", tt.text, tt.w, got, tt.want)
		}
	}
}

// The spans follow each other through the whole text, and nothing but spaces stands
// out over the width.
func TestBreakCoversTheText(t *testing.T) {
	letters := rapid.StringOf(rapid.SampledFrom([]rune("ab-/ \n.,数李、（）é👩ل3")))
	rapid.Check(t, func(t *rapid.T) {
		text, w := letters.Draw(t, "text"), rapid.IntRange(2, 20).Draw(t, "width")
		at := 0
		for _, l := range lines.Break(text, w) {
			if l.Start < at || strings.Trim(text[at:l.Start], "\n") != "" || l.End < l.Start {
				t.Fatalf("%q: the span %+v after %d", text, l, at)
			}
			if line := strings.TrimRight(text[l.Start:l.End], " "); lines.Width(line) > w {
				t.Fatalf("%q: %q is wider than %d", text, line, w)
			}
			at = l.End
		}
		if at != len(text) {
			t.Fatalf("%q: the spans end at %d", text, at)
		}
	})
}
