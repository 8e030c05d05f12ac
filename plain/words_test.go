package plain

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"calibrate/calibration"
)

// Within a room each name means one thing, and help tells of every one.
func TestCommandsAreTold(t *testing.T) {
	for _, r := range everyRoom() {
		var out bytes.Buffer
		d := &dialogue{out: newPaper(&out), room: r}
		if err := d.help(""); err != nil {
			t.Fatal(err)
		}
		if err := d.out.flush(); err != nil {
			t.Fatal(err)
		}
		told := strings.Join(strings.Fields(out.String()), " ")
		seen := map[string]bool{}
		for _, c := range r.all() {
			if !strings.Contains(told, c.help()) {
				t.Errorf("%s: help does not tell of %v", r.name, c.names)
			}
			for _, name := range c.names {
				if seen[name] {
					t.Errorf("%s: %q means two things", r.name, name)
				}
				seen[name] = true
				if got, _ := splitCommand(name); got != name {
					t.Errorf("%s: %q cannot be typed", r.name, name)
				}
			}
			if c.run == nil {
				t.Errorf("%s: %q does nothing", r.name, c.names[0])
			}
		}
		if (r.enter != nil) != (r.enters != "") {
			t.Errorf("%s: help does not tell what Enter does", r.name)
		}
		if r.other != nil && !strings.Contains(told, r.other.help()) {
			t.Errorf("%s: help does not tell of %s", r.name, r.other.args)
		}
	}
}

// The letters of the full-screen walk mean the same here.
func TestLettersOfTheApp(t *testing.T) {
	letters := map[string]string{
		"a": "above", "f": "fits", "b": "below", "]": "up", "[": "down", "tab": "dimension", "m": "note", "v": "neighbours",
		"/": "search", "u": "undo", "w": "route", "?": "help", "q": "quit",
	}
	for letter, word := range letters {
		if c, ok := walkRoom(calibration.Sitting{}).find(letter); !ok || c.names[0] != word {
			t.Errorf("%q is %v, want %s", letter, c.names, word)
		}
	}
}

func TestParseNumbers(t *testing.T) {
	tests := []struct {
		in   string
		want []int
	}{
		{"2", []int{2}},
		{"1,3-4", []int{1, 3, 4}},
		{"1 3", []int{1, 3}},
		{"4, 1 and 1", []int{1, 4}},
		{"2 - 3", []int{2, 3}},
		{"2–3;5", []int{2, 3, 5}},
		{"ALL", []int{1, 2, 3, 4, 5}},
		{"3-3", []int{3}},
	}
	for _, test := range tests {
		got, err := parseNumbers(test.in, 5)
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%q is %v (%v), want %v", test.in, got, err, test.want)
		}
	}
	for _, in := range []string{"", "0", "6", "-1", "1-", "-", "4-2", "x", "1-6", "99999999999999999999", "and", ",", "1..3", "+1-+2-3"} {
		if got, err := parseNumbers(in, 5); err == nil {
			t.Errorf("%q is %v, want an error", in, got)
		}
	}
}
