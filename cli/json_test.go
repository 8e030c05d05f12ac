package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"calibrate/internal/clean"
	"calibrate/internal/hostiletext"
	"calibrate/rubric"
)

// Whatever is written as JSON is read back the same, and a terminal obeys none of it.
func TestJSONKeepsEverythingAndCommandsNothing(t *testing.T) {
	strange := []rune{0, 7, 8, '\t', '\n', '\r', 0x1b, 0x7f, 0x80, 0x9b, 0xad, 0x301, 0x34f, 0x200b, 0x200d, 0x202e, 0x2028, 0x2066, 0xfe0f, 0xfeff, 0xfffd, 0xe0061, 0x10ffff, '👩', '李', 'أ', '"', '\\', '<'}
	text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom(strange)))
	rapid.Check(t, func(t *rapid.T) {
		want := text.Draw(t, "text")
		var b bytes.Buffer
		if err := writeRecord(&b, map[string]string{"text": want}); err != nil {
			t.Fatal(err)
		}
		var got map[string]string
		if err := json.Unmarshal(b.Bytes(), &got); err != nil || got["text"] != want {
			t.Fatalf("%q came back as %q: %v", want, got["text"], err)
		}
		line := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
		for rest := line; len(rest) > 0; {
			r, size := utf8.DecodeRune(rest)
			if r < ' ' || !unicode.Is(unicode.M, r) && clean.Line(string(r)) != string(r) {
				t.Fatalf("%q holds %U as it is", line, r)
			}
			rest = rest[size:]
		}
	})
}

// A rubric that is written as YAML is read back as the same one, whatever it says.
func TestYAMLKeepsEverythingAndCommandsNothing(t *testing.T) {
	strange := []rune{0xad, 0x301, 0x34f, 0x115f, 0x1100, 0x200b, 0x200d, 0x202e, 0x2066, 0xfe0f, 0xfeff, 0xfffd, 0xe0061, 0x1f3fd, '👩', '李', 'أ', 'क', '\u094d', '"', '\\', '\'', '#', ':', ' ', 'a', '-'}
	text := rapid.StringOfN(rapid.SampledFrom(strange), 1, 60, -1)
	rapid.Check(t, func(t *rapid.T) {
		say := func(at int) []string {
			return []string{text.Draw(t, "text"), fmt.Sprintf("%s %d", text.Draw(t, "text"), at)}
		}
		level := func(n int) rubric.Level {
			return rubric.Level{Number: n, Name: "a" + text.Draw(t, "name"), Bands: []rubric.Band{{Dimensions: map[string]rubric.Content{"one": {Impact: say(n)}}}}}
		}
		r, err := rubric.New("a"+text.Draw(t, "role"), []string{"one"}, []rubric.Level{level(1), level(2)})
		if err != nil {
			t.Skip(err)
		}
		data := rubricYAML(r)
		read, err := rubric.Parse("r", data)
		if err != nil || read.Hash() != r.Hash() {
			t.Fatalf("%q came back as another: %v", data, err)
		}
		if wrong := hostiletext.OnTerminal(string(data)); wrong != "" {
			t.Fatal(wrong)
		}
	})
}
