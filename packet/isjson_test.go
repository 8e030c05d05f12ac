package packet

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzIsJSON holds the quick answer to the slow one.
func FuzzIsJSON(f *testing.F) {
	for _, text := range []string{
		`{"id":"01J","seq":12,"prev":"","evidence":[{"statement":"3-mid/individual/impact/1","seen":true}],"note":null}`,
		``, ` `, `{}`, ` [] `, `[1,]`, `{"a":}`, `{"a" : -0.5e+10}`, `01`, `-`, `1.`, `1e`, `.5`, `+1`, `"\u00e9\ud83d"`, `"\x"`, `"\u12g4"`, "\"\t\"", "\"a\x00\"",
		`{"a":1}{"b":2}`, `[1 2]`, `tru`, `nul`, `NaN`, `"unclosed`, `{a:1}`, `'a'`, "\ufeff{}", `[[[[[[[[]]]]]]]]`, `{"":{"":[{}]}}`, "[\u2028]", `"\/"`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := isJSON([]byte(text)), json.Valid([]byte(text)); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	})
}

// What is nested as deep as a line is long does not take the program down.
func TestDeepTextIsAnswered(t *testing.T) {
	for _, open := range []string{"[", `{"a":`, `[{"a":`} {
		for _, depth := range []int{9_000, 12_000, 1_000_000} {
			text := strings.Repeat(open, depth)
			if isJSON([]byte(text)) {
				t.Errorf("%d times %s is said to be JSON", depth, open)
			}
		}
	}
	if text := strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000); !isJSON([]byte(text)) {
		t.Error("what is nested 9,000 deep is not JSON")
	}
}
