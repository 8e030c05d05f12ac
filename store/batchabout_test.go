package store

import (
	"strings"
	"testing"
)

func TestAboutCountsPeople(t *testing.T) {
	tests := []struct {
		name    string
		records []string
		want    int // -1: an error
	}{
		{"none", nil, 0},
		{"as the file keeps them", []string{`{"id":"1","person":"ada","reviewer":"grace"}`, `{"id":"2","person":"ada"}`, `{"id":"3","person":"alan"}`}, 2},
		{"in another order, with spaces", []string{`{ "reviewer": "grace", "person": "ada" }`, `{"id":"2","person":"ada"}`}, 1},
		{"escaped", []string{`{"id":"1","person":"\u0061da"}`, `{"id":"2","person":"ada"}`}, 1},
		{"with long names", []string{`{"id":"1","person":"` + strings.Repeat("a", 300) + `"}`, `{"id":"2","person":"` + strings.Repeat("a", 301) + `"}`}, 2},
		{"about nobody", []string{`{"id":"1"}`, `{"id":"2","person":""}`}, 1},
		{"with a rest that is not looked at", []string{`{"id":"1","person":"ada",` + "\x00"}, 1},
		{"no record", []string{`{"id":"1","person":"ada"}`, `["person"]`}, -1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var b Batch
			for _, r := range test.records {
				b.Decisions = append(b.Decisions, []byte(r))
			}
			got, err := b.About()
			if err != nil {
				got = -1
			}
			wantSame(t, test.want, got)
		})
	}
}
