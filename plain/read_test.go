package plain

import (
	"errors"
	"io"
	"strings"
	"testing"
)

// Lines come as they come: with what Windows adds, without an end, too long.
func TestReading(t *testing.T) {
	long := strings.Repeat("x", maxLine)
	tests := []struct {
		name, in string
		want     []string
	}{
		{"nothing", "", nil},
		{"a last line without an end", "one\ntwo", []string{"one", "two"}},
		{"Windows", "\uFEFFone\r\ntwo\r\n", []string{"one", "two"}},
		{"no UTF-8", "a\xffb\n", []string{"a\uFFFDb"}},
		{"empty lines", "\n\n", []string{"", ""}},
		{"a long one between", "a\n" + long + long + "\nb\n", []string{"a", errLongLine.Error(), "b"}},
		{"a long one at the end", "a\n" + long + long, []string{"a", errLongLine.Error()}},
		{"as long as may be", long[1:] + "\n", []string{long[1:]}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			done := make(chan struct{})
			defer close(done)
			in := readLines(strings.NewReader(test.in), done)
			var got []string
			for {
				line, err := in.next(t.Context(), 0)
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					line = err.Error()
				}
				got = append(got, line)
			}
			if strings.Join(got, "|") != strings.Join(test.want, "|") || len(got) != len(test.want) {
				t.Errorf("read %.80q, want %.80q", got, test.want)
			}
		})
	}
}
