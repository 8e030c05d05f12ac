package clean

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"pgregory.net/rapid"
)

func TestLineMakesHostileTextVisible(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"clear the screen", "Ada\x1b[2J", "Ada␛[2J"},
		{"set the clipboard", "\x1b]52;c;cm0gLXJm\a", "␛]52;c;cm0gLXJm␇"},
		{"every C0 control and DEL", "\x00\x01\x1f\x7f", "␀␁␟␡"},
		{"C1 as UTF-8", "a\u009b31m", "a‹9b›31m"},
		{"C1 as a raw byte", "a\x9b31m", "a\uFFFD31m"},
		{"overwrite from the left", "3-high\r1-low ", "3-high␍1-low "},
		{"backspace", "3-high\b\b\b\blow", "3-high␈␈␈␈low"},
		{"line breaks and tab", "a\nb\r\nc\td", "a␊b␊c d"},
		{"Unicode line breaks", "a\u2028b\u2029c\u0085d", "a␊b␊c‹85›d"},
		{"bidirectional override", "\u202e3-high\u202c", "‹202e›3-high‹202c›"},
		{"bidirectional isolate", "\u2066a\u2069", "‹2066›a‹2069›"},
		{"bidirectional marks", "a\u200eb\u200fc\u061cd", "a‹200e›b‹200f›c‹61c›d"},
		{"zero width", "A\u200bd\u200da\u200c \u2060\ufeff", "A‹200b›d‹200d›a‹200c› ‹2060›‹feff›"},
		{"a run is counted", "a" + strings.Repeat("\u200b", 40), "a‹200b*40›"},
		{"soft hyphen, invisible operators", "co\u00adop\u2062", "co‹ad›op‹2062›"},
		{"fillers", "\u115f\u3164\u034f", "‹115f›‹3164›‹34f›"},
		{"smuggled words in tags", "hi\U000E0068\U000E0069", "hi‹e0068›‹e0069›"},
		{"tags that are no flag", "🏴\U000E0067\U000E007F", "🏴‹e0067›‹e007f›"},
		{"flag without an end", "🏴\U000E0067\U000E0062\U000E0065", "🏴‹e0067›‹e0062›‹e0065›"},
		{"variation selectors on signs", "~\U000E0100∩\ufe00", "~‹e0100›∩\ufe00"},
		{"variation selectors without need", "a\ufe0f❤\ufe0f\ufe0f1\ufe0f", "a‹fe0f›❤\ufe0f‹fe0f›1‹fe0f›"},
		{"bytes as variation selectors", "👍\U000E0158\U000E0159", "👍‹e0158›‹e0159›"},
		{"combining flood", "Z" + strings.Repeat("\u0301", 100) + "a", "Z" + strings.Repeat("\u0301", 6) + "‹+94›a"},
		{"mark without a base", "\u0301a", "◌\u0301a"},
		{"joined without end", strings.Repeat("👩\u200d", 20) + "👩", strings.Repeat("👩\u200d", 7) + "👩‹+26›"},
		{"leading consonants without end", strings.Repeat("ᄀ", 40), strings.Repeat("ᄀ", 15) + "‹+25›"},
		{"skin tones without end", "👍" + strings.Repeat("🏽", 40), "👍" + strings.Repeat("🏽", 14) + "‹+26›"},
		{"noncharacter", "a\uffff\ufdd0", "a‹ffff›‹fdd0›"},
		{"not UTF-8", "a\xff\xc3(\xed\xa0\x80", "a\uFFFD\uFFFD(\uFFFD\uFFFD\uFFFD"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Line(tt.in); got != tt.want {
				t.Errorf("Line(%+q)\n got %q\nwant %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestTextKeepsLineBreaks(t *testing.T) {
	tests := []struct{ in, want string }{
		{"a\nb", "a\nb"},
		{"a\r\nb\u2028c\u2029d", "a\nb\nc\nd"},
		{"a\rb", "a␍b"},
		{"\tx", "    x"},
		{"a\n\u0301b", "a\n◌\u0301b"},
		{"a\r\n\u0301b", "a\n◌\u0301b"},
		{"a\n\x1b[A", "a\n␛[A"},
	}
	for _, tt := range tests {
		if got := Text(tt.in); got != tt.want {
			t.Errorf("Text(%+q)\n got %q\nwant %q", tt.in, got, tt.want)
		}
	}
}

// ordinary is what people write, in the scripts that have something to lose.
var ordinary = map[string]string{
	"English":            "Owns the internal developer platform strategy — “golden paths”, 85 % of …",
	"decomposed accents": "Zoe\u0308 Nguye\u0302\u0303n",
	"Arabic":             "أُوَافِقُ عَلَى القَرَارِ ﷺ",
	"Arabic number sign": "\u0600١٢",
	"Persian":            "می\u200cخواهم کتاب\u200cها",
	"Hebrew, pointed":    "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים",
	"Devanagari":         "राष्ट्रीय क्\u200dष क्\u200cष हिन्दी",
	"Malayalam chillu":   "അവന്\u200d",
	"Sinhala":            "ශ්\u200dරී ලංකා",
	"Tamil":              "தமிழ் ஸ்ரீ",
	"Thai":               "ที่นี่ น้ำ ปฏิรูป",
	"Khmer":              "សូម\u200bស្វាគមន៍",
	"Burmese":            "ကျွှို့ မြန်မာ",
	"Tibetan":            "བོད་སྐད་",
	"Mongolian":          "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ ᠠ\u180b",
	"Korean":             "한국어 각 ㄱㄴㄷ",
	"Korean, decomposed": "\u1112\u1161\u11ab\u1100\u116e\u11a8",
	"Chinese variant":    "葛\U000E0100城 漢字",
	"Japanese":           "ガギグ ｶﾞｷﾞ 「評価」",
	"emoji family":       "👨\u200d👩\u200d👧\u200d👦",
	"the longest kiss":   "👩🏽\u200d❤\ufe0f\u200d💋\u200d👨🏻",
	"profession":         "🧑🏿\u200d🚒 🧑\u200d⚕\ufe0f",
	"flags":              "🇨🇭🇺🇦 🏳\ufe0f\u200d🌈 🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F",
	"keycap":             "1\ufe0f⃣ #\ufe0f⃣",
	"as text":            "☎\ufe0e ❤\ufe0f",
	"private use":        "\ue0b0 \U000F0001",
	"our own signs":      "␛[2J ‹200b*40› ◌\u0301",
}

func TestOrdinaryTextStays(t *testing.T) {
	for name, s := range ordinary {
		t.Run(name, func(t *testing.T) {
			if got := Line(s); got != s {
				t.Errorf("Line\n got %+q\nwant %+q", got, s)
			}
			if got := Text(s + "\n" + s); got != s+"\n"+s {
				t.Errorf("Text\n got %+q\nwant it unchanged", got)
			}
		})
	}
}

func TestCleanTextIsNotCopied(t *testing.T) {
	for _, s := range []string{"Owns the platform strategy", "Zoë Ångström — “naïve” …", "Ĉu vi? Да!"} {
		if n := testing.AllocsPerRun(10, func() { Line(s); Text(s) }); n != 0 {
			t.Errorf("Line(%q): %v allocations", s, n)
		}
	}
}

// TestHostileTextIsClean mixes what is dangerous with what those things attach to.
func TestHostileTextIsClean(t *testing.T) {
	parts := []string{
		"a", "1", " ", "\n", "\r", "\t", "\x1b", "\u009b", "\xff", "\u0301", "\u20e3", "\u05b0", "ب", "\u064b", "क", "\u094d",
		"ន", "ท", "\u0e33", "\u0e34", "\u1100", "\u1161", "\u0d4e", "\u0600", "ᠠ", "\u180b", "漢", "\U000E0100", "\ufe0f", "\u200b", "\u200c",
		"\u200d", "\u2028", "\u202e", "👩", "🏽", "❤", "🇨", "🏴", "\U000E0067\U000E0062\U000E0065", "\U000E007F", "\u115f", "\uffff",
	}
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(0, 12).Draw(t, "runs") {
			b.WriteString(strings.Repeat(rapid.SampledFrom(parts).Draw(t, "part"), rapid.SampledFrom([]int{1, 1, 1, 2, 7, 20}).Draw(t, "times")))
		}
		mustBeClean(t, b.String())
	})
}

func FuzzClean(f *testing.F) {
	for _, s := range ordinary {
		f.Add(s)
	}
	f.Add("\x1b[31m\u009b\x00\r\n\u2028\t\x7f")
	f.Add("\u202e\u2066\u200e\u061c\ufeff\u00ad\u2064\U000E0041")
	f.Add("Z" + strings.Repeat("\u0301\u0489", 60))
	f.Add(strings.Repeat("\u0d4e", 30) + "\u200b" + strings.Repeat("ᄀ", 30))
	f.Fuzz(func(t *testing.T, s string) { mustBeClean(t, s) })
}

// mustBeClean holds both forms to the package's promises, by rules written
// without the cleaner's own tables.
func mustBeClean(t interface{ Fatalf(string, ...any) }, s string) {
	for name, f := range map[string]func(string) string{"Line": Line, "Text": Text} {
		got := f(s)
		if !utf8.ValidString(got) {
			t.Fatalf("%s(%+q) = %+q: not UTF-8", name, s, got)
		}
		if i := strings.IndexFunc(got, func(r rune) bool { return forbidden(r) && (r != '\n' || name == "Line") }); i >= 0 {
			t.Fatalf("%s(%+q) = %+q: holds %+q", name, s, got, got[i:])
		}
		if again := f(got); again != got {
			t.Fatalf("%s(%+q) = %+q, and cleaned again %+q", name, s, got, again)
		}
		for c := graphemes.FromString(got); c.Next(); {
			if utf8.RuneCountInString(c.Value()) > 16 {
				t.Fatalf("%s(%+q) = %+q: one character of %d runes", name, s, got, utf8.RuneCountInString(c.Value()))
			}
		}
		for _, pair := range []string{"\u200d\u200d", "\u200b\u200b", "\u200c\u200d", "\ufe0f\ufe0f"} {
			if strings.Contains(got, pair) {
				t.Fatalf("%s(%+q) = %+q: holds %+q", name, s, got, pair)
			}
		}
	}
}

func forbidden(r rune) bool {
	switch {
	case unicode.Is(unicode.Bidi_Control, r), unicode.IsControl(r), r == '\u2028', r == '\u2029':
		return true
	case r == '\u00ad', r == '\ufeff', '\u2060' <= r && r <= '\u206f', r == '\u3164', r == '\uffff':
		return true
	}
	return false
}

func TestFloodsStayInProportion(t *testing.T) {
	const size = 1 << 20
	for _, unit := range []string{"a", "\x1b", "\u200b", "e\u0301", "\u0301", "👩\u200d", "ᄀ", "\xff", "\U000E0067", "漢", "\u200b\u200c"} {
		s := strings.Repeat(unit, size/len(unit))
		if got := Line(s); len(got) > 12*len(s) {
			t.Errorf("%+q: %d bytes became %d", unit, len(s), len(got))
		}
	}
}

func BenchmarkLine(b *testing.B) {
	for name, unit := range map[string]string{
		"ascii":   "Owns the internal developer platform strategy. ",
		"typical": "Owns the platform — “golden paths”, naïve … ",
		"chinese": "负责内部开发者平台战略",
		"hostile": "a\x1b[2J\u202e\u0301\u0301",
		"joined":  "👩\u200d",
	} {
		s := strings.Repeat(unit, 10<<20/len(unit))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				Line(s)
			}
		})
	}
}
