package tui

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"calibrate/calibration"
	"calibrate/rubric"
)

// drawRuler draws a ruler on which nothing was said but what the maps hold, without
// the spaces at the ends of its rows.
func drawRuler(r *rubric.Rubric, at, w int, verdicts map[int]said, past map[int]string) []string {
	rows := ruler{
		rubric: r, at: at, low: 1, high: 0,
		said: func(p rubric.Position) said { return verdicts[p.Ordinal] },
		past: func(p rubric.Position) string { return past[p.Ordinal] },
	}.view(w)
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " ")
	}
	return rows
}

func TestRuler(t *testing.T) {
	said := map[int]said{
		1: {verdict: calibration.Above}, 2: {verdict: calibration.Above, seen: 2}, 3: {seen: 3}, 4: {notSeen: 1}, 5: {seen: 12},
		6: {verdict: calibration.Fits, seen: 12}, 7: {verdict: calibration.Below, notSeen: 2},
	}
	past := map[int]string{2: "◆", 5: "○◆■", 9: "▲"}
	tests := []struct {
		name    string
		r       *rubric.Rubric
		at, w   int
		want    []string
		nothing bool
	}{
		{"names and titles", small(t, 3, 3, 1), 5, 120, []string{
			"       1 Level name 1               2 Level name 2               3 Level name 3",
			"  Band A   Band B   Band C     Band A  [Band B]  Band C     Band A   Band B   Band C",
			"     ↑        ↑2       3          ✗        12       =12        ↓        ·        ·",
			"              ◆                            ○◆■                                   ▲"}, false},
		{"numbers where initials are the same", small(t, 3, 3, 1), 5, 40, []string{
			"     1            2            3",
			"  1  2  3      1 [2] 3      1  2  3",
			"  ↑  ↑2 3      ✗  12 =+     ↓  ·  ·",
			"     ◆            +               ▲"}, false},
		{"tight", small(t, 3, 3, 1), 5, 26, []string{
			"   1      2      3",
			"  1 2 3  1[2]3  1 2 3",
			"  ↑ ↑ 3  ✗ + =  ↓ · ·",
			"    ◆      +        ▲"}, false},
		{"the last of a level", small(t, 3, 3, 1), 6, 26, []string{
			"   1      2      3",
			"  1 2 3  1 2[3] 1 2 3",
			"  · · ·  · · ·  · · ·",
			""}, true},
		{"the last of all", small(t, 3, 3, 1), 9, 26, []string{
			"   1      2      3",
			"  1 2 3  1 2 3  1 2[3]",
			"  · · ·  · · ·  · · ·",
			""}, true},
		{"around where one stands", small(t, 9, 9, 1), 41, 40, []string{
			" ‹  4            5             6    ›",
			" ‹ 7 8 9  1 2 3 4[5]6 7 8 9  1 2 3 4›",
			"   · · ·  · · · · · · · · ·  · · · ·",
			""}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.nothing {
				said, past = nil, nil
			}
			if diff := cmp.Diff(test.want, drawRuler(test.r, test.at, test.w, said, past)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// The present band is on the ruler, in brackets, whatever the rubric and the width.
func TestRulerAlwaysShowsWhereOneStands(t *testing.T) {
	for _, shape := range [][2]int{{2, 1}, {2, 9}, {20, 1}, {5, 3}, {20, 9}} {
		r := small(t, shape[0], shape[1], 1)
		for w := 30; w <= 250; w += 11 {
			for at := 1; at <= len(r.Positions()); at++ {
				rows := ruler{
					rubric: r, at: at, low: 1, high: len(r.Positions()),
					said: func(rubric.Position) said { return said{verdict: calibration.Fits, seen: 99} },
					past: func(rubric.Position) string { return "○◆■▲" },
				}.view(w)
				if n := strings.Count(rows[1], "["); n != 1 || strings.Count(rows[1], "]") != 1 {
					t.Fatalf("%v at %d in %d cells:\n%s", shape, at, w, strings.Join(rows, "\n"))
				}
				for _, row := range rows {
					if width(row) != w {
						t.Fatalf("%v at %d in %d cells, %d wide:\n%s", shape, at, w, width(row), strings.Join(rows, "\n"))
					}
				}
			}
		}
	}
}

func TestRulerDimsWhatIsRuledOut(t *testing.T) {
	r := small(t, 3, 1, 1)
	rows := ruler{
		rubric: r, theme: theme{faint: style{open: "<", close: ">"}}, at: 2, low: 2, high: 2,
		said: func(rubric.Position) said { return said{} }, past: func(rubric.Position) string { return "" },
	}.view(30)
	if got := strings.Join(strings.Fields(rows[1]), " "); !strings.Contains(got, "< 1 >") && strings.Count(got, "<") != 2 {
		t.Errorf("bands are drawn as %q", rows[1])
	}
}
