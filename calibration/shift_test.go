package calibration_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

// shiftLines is a Shift in short: the moves, the drifts and the words.
func shiftLines(s calibration.Shift) []string {
	lines := []string{}
	for _, row := range s.Rows {
		lines = append(lines, fmt.Sprintf("%s %s %s: %s to %s, %+d, levels %+d", row.Person.ID, row.Session.ID, row.Dimension,
			row.From.Position, row.To.Position, row.Change, row.Levels))
	}
	for _, drifts := range [][]calibration.Drift{s.ByTeam, s.ByManager, s.ByDimension, s.ByReviewer} {
		for _, d := range drifts {
			lines = append(lines, fmt.Sprintf("%s: net %+d of %d", d.Name, d.Net, d.Count))
		}
	}
	return append(lines, s.Words, fmt.Sprintf("only before %d, only after %d", s.OnlyFrom, s.OnlyTo))
}

func TestStageShift(t *testing.T) {
	tests := []struct {
		name, decisions string
		from, to        calibration.Stage
		want            string
	}{
		{"from the manager's draft, not the latest", `
			Grace ada 1-low @spring
			Tony ada 3-high @spring
			Edsger ada 1-high @spring final`, calibration.Draft, calibration.Final, `
			ada spring Individual: 1-low to 1-high, +2, levels +0
			Red: net +2 of 1
			Grace: net +2 of 1
			Individual: net +2 of 1
			Grace: net +2 of 1
			Tony: net -6 of 1
			1 placement, 0 stayed, 1 up, 0 down; on average 2.0 positions up
			only before 0, only after 0`},
		{"the manager's, however the name is written", `
			Grace ada 1-low @spring
			GRACE ada 1-mid @spring
			grace bob 1-low @spring
			Tony ada 3-high @spring
			Tony bob 3-high @spring
			Grace bob 1-low @spring final
			Grace ada 1-high @spring final`, calibration.Draft, calibration.Final, `
			ada spring Individual: 1-mid to 1-high, +1, levels +0
			bob spring Individual: 1-low to 1-low, +0, levels +0
			Red: net +1 of 2
			Grace: net +1 of 2
			Individual: net +1 of 2
			GRACE: net +1 of 1
			Grace: net +2 of 1
			Tony: net -14 of 2
			grace: net +0 of 1
			2 placements, 1 stayed, 1 up, 0 down; on average 0.5 positions up
			only before 0, only after 0`},
		{"without the manager's from the latest", `
			Tony cyd 3-high @spring
			Grace cyd 2-low @spring
			Grace cyd 1-high @spring final`, calibration.Draft, calibration.Final, `
			cyd spring Individual: 2-low to 1-high, -1, levels -1
			Blue: net -1 of 1
			Edsger: net -1 of 1
			Individual: net -1 of 1
			Grace: net -1 of 1
			Tony: net -6 of 1
			1 placement, 0 stayed, 0 up, 1 down; on average 1.0 positions down
			only before 0, only after 0`},
		{"the lower middle of the votes, and the latest final", `
			Grace ada 1-low @spring panel
			Tony ada 2-low @spring panel
			Edsger ada 3-low @spring panel
			Barbara ada 3-high @spring panel
			Grace ada 3-low @spring final
			Tony ada 2-low @spring final`, calibration.Panel, calibration.Final, `
			ada spring Individual: 2-low to 2-low, +0, levels +0
			Red: net +0 of 1
			Grace: net +0 of 1
			Individual: net +0 of 1
			Barbara: net -5 of 1
			Edsger: net -3 of 1
			Grace: net +3 of 1
			Tony: net +0 of 1
			1 placement, 1 stayed, 0 up, 0 down; on average no change
			only before 0, only after 0`},
		{"what has only one of the stages is counted apart", `
			Grace ada 1-low @spring
			Grace bob 1-low @spring final
			Grace cyd 1-low @spring panel`, calibration.Draft, calibration.Final, `
			nothing was placed both before and after
			only before 1, only after 1`},
		{"each session has its own", `
			Grace ada 1-low @spring
			Grace ada 2-low @autumn final`, calibration.Draft, calibration.Final, `
			nothing was placed both before and after
			only before 1, only after 1`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := strings.Split(strings.ReplaceAll(strings.TrimSpace(test.want), "\t", ""), "\n")
			if diff := cmp.Diff(want, shiftLines(compareTold(t, test.decisions).StageShift(test.from, test.to))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestSessionShift(t *testing.T) {
	decisions := `
		Grace ada 1-low @spring
		Tony ada 1-mid @spring panel
		Grace ada 2-low @spring final
		Grace ada 2-high @autumn
		Tony ada 1-low @autumn panel
		Tony bob 1-low @spring
		Tony bob 1-low @spring business
		Tony bob 2-low @autumn business
		Grace cyd 2-low @autumn final`
	tests := []struct{ from, to, want string }{
		{"spring", "autumn", `
			ada autumn Individual: 2-low to 1-low, -3, levels -1
			bob autumn Business Impact: 1-low to 2-low, +3, levels +1
			Red: net +0 of 2
			Grace: net +0 of 2
			Individual: net -3 of 1
			Business Impact: net +3 of 1
			Grace: net +5 of 1
			Tony: net +2 of 2
			2 placements, 0 stayed, 1 up, 1 down; on average no change
			only before 1, only after 1`},
		{"spring", "spring", `
			ada spring Individual: 2-low to 2-low, +0, levels +0
			bob spring Individual: 1-low to 1-low, +0, levels +0
			bob spring Business Impact: 1-low to 1-low, +0, levels +0
			Red: net +0 of 3
			Grace: net +0 of 3
			Individual: net +0 of 2
			Business Impact: net +0 of 1
			Grace: net +0 of 1
			Tony: net +0 of 3
			3 placements, 3 stayed, 0 up, 0 down; on average no change
			only before 0, only after 0`},
		{"spring", "nowhere", `
			nothing was placed both before and after
			only before 3, only after 0`},
		{"", "spring", `
			nothing was placed both before and after
			only before 0, only after 3`},
	}
	for _, test := range tests {
		t.Run(test.from+" to "+test.to, func(t *testing.T) {
			want := strings.Split(strings.ReplaceAll(strings.TrimSpace(test.want), "\t", ""), "\n")
			if diff := cmp.Diff(want, shiftLines(compareTold(t, decisions).SessionShift(test.from, test.to))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestSessionsAreCalledByName(t *testing.T) {
	c := compareTold(t, "Grace ada 1-low @spring")
	for id, want := range map[string]string{"spring": "Spring", "autumn": "Autumn", "": "outside any session", "01J": "01J"} {
		if got := c.SessionName(id); got != want {
			t.Errorf("%q is called %q, want %q", id, got, want)
		}
	}
	if s := c.SessionShift("autumn", ""); s.From != "Autumn" || s.To != "outside any session" {
		t.Errorf("the shift is from %q to %q", s.From, s.To)
	}
}

// All that a shift counts comes to the same: rows, both matrices, and the drifts of every
// section; and there and back again is the same with the signs turned.
func TestShiftsAddUp(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	rapid.Check(t, func(t *rapid.T) {
		c := compare(b, calibration.Filter{}, anyDecisions(t, r))
		for _, s := range []calibration.Shift{c.StageShift(calibration.Draft, calibration.Final), c.SessionShift("spring", "autumn")} {
			net, levels, up := 0, 0, 0
			positions := map[[2]int]int{}
			for i, row := range s.Rows {
				if row.Change != row.To.Ordinal-row.From.Ordinal || row.Levels != row.To.Level-row.From.Level {
					t.Fatalf("row %+v", row)
				}
				if i > 0 && max(row.Change, -row.Change) > max(s.Rows[i-1].Change, -s.Rows[i-1].Change) {
					t.Fatalf("row %d moved further than the one before", i)
				}
				net, levels = net+row.Change, levels+row.Levels
				if row.Change > 0 {
					up++
				}
				positions[[2]int{row.From.Ordinal, row.To.Ordinal}]++
			}
			for from, counts := range s.Positions.Counts {
				for to, n := range counts {
					if n != positions[[2]int{from + 1, to + 1}] {
						t.Fatalf("%d from %s to %s, in rows %d", n, s.Positions.Names[from], s.Positions.Names[to], positions[[2]int{from + 1, to + 1}])
					}
				}
			}
			total := func(m calibration.Matrix) (n int) {
				for _, counts := range m.Counts {
					for _, one := range counts {
						n += one
					}
				}
				return n
			}
			if s.Total.Net != net || s.Total.Levels != levels || s.Total.Up != up || s.Total.Count != len(s.Rows) || total(s.Levels) != len(s.Rows) {
				t.Fatalf("total %+v and %d by level, of %d rows with net %d, levels %d, up %d", s.Total, total(s.Levels), len(s.Rows), net, levels, up)
			}
			for _, drifts := range [][]calibration.Drift{s.ByTeam, s.ByManager, s.ByDimension} {
				sum := calibration.Drift{}
				for _, d := range drifts {
					sum.Count, sum.Net, sum.Up, sum.Same, sum.Down, sum.Levels = sum.Count+d.Count, sum.Net+d.Net, sum.Up+d.Up, sum.Same+d.Same, sum.Down+d.Down, sum.Levels+d.Levels
				}
				if sum.Mean = s.Total.Mean; sum != s.Total {
					t.Fatalf("parts come to %+v, all to %+v", sum, s.Total)
				}
			}
		}
		there, back := c.SessionShift("spring", "autumn"), c.SessionShift("autumn", "spring")
		if there.Total.Net != -back.Total.Net || there.OnlyFrom != back.OnlyTo || len(there.ByReviewer) != len(back.ByReviewer) {
			t.Fatalf("there %+v, back %+v", there.Total, back.Total)
		}
		for i, d := range there.ByReviewer {
			if d.Net != -back.ByReviewer[i].Net || d.Count != back.ByReviewer[i].Count {
				t.Fatalf("there %+v, back %+v", d, back.ByReviewer[i])
			}
		}
	})
}
