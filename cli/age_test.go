package cli

import (
	"strings"
	"testing"
	"time"
)

func TestAges(t *testing.T) {
	zone := time.FixedZone("UTC+2", 2*3600)
	for _, test := range []struct{ now, age, want string }{
		{"2026-03-02", "2y", "2024-03-02"},
		{"2026-03-02", "18mo", "2024-09-02"},
		{"2026-03-02", "90d", "2025-12-02"},
		{"2026-03-02", "1d", "2026-03-01"},
		{"2024-02-29", "1y", "2023-02-28"}, // not 1 March, which is less than a year
		{"2024-02-29", "4y", "2020-02-29"},
		{"2026-03-31", "1mo", "2026-02-28"},
		{"2026-01-31", "2mo", "2025-11-30"},
		{"2026-01-15", "25mo", "2023-12-15"},
		{"2026-03-02", "200y", "1826-03-02"},
	} {
		now, err := time.ParseInLocation(time.DateOnly, test.now, zone)
		if err != nil {
			t.Fatal(err)
		}
		a, err := parseAge(test.age)
		if err != nil {
			t.Errorf("%s: %v", test.age, err)
			continue
		}
		if got := a.before(now.Add(14 * time.Hour)); got.Format(time.DateOnly+" 15:04 -0700") != test.want+" 00:00 +0200" {
			t.Errorf("%s before %s is %s, not %s", test.age, test.now, got, test.want)
		}
	}
	for text, says := range map[string]string{
		"": "no age", "2": "no age", "y": "no age", "2 y": "no age", "-2y": "no age", "2Y": "no age", "2w": "no age", "1.5y": "no age",
		"99999999999999999999y": "no age", "6m": "write 6mo", "0d": "the least is 1d", "201y": "longer than 200 years",
	} {
		if _, err := parseAge(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: want it to say %q, got %v", text, says, err)
		}
	}
}
