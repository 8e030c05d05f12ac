package plain

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrap(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"", []string{""}},
		{"one two three four", []string{"one two", "three four"}},
		{"3-mid and 3-high", []string{"3-mid and", "3-high"}},
		{"a\n\n  b c d e f", []string{"a", "", "  b c d e", "  f"}},
		{"abcdefghijklmno", []string{"abcdefghij", "klmno"}},
		{"x abcdefghijklmno y", []string{"x", "abcdefghij", "klmno y"}},
		{"平台工程平台", []string{"平台工程平", "台"}},
		{"        far in", []string{"     far", "     in"}}, // by half a line at most
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, wrap(test.in, 10)); diff != "" {
			t.Errorf("%q:\n%s", test.in, diff)
		}
	}
}
