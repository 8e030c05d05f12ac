package calibration_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

// Neighbours stand where the furthest stage of their session has placed them, with what
// was ticked by those who placed them there, and by nobody else.
func TestCells(t *testing.T) {
	c := compareTold(t, `
		Grace ada 1-low @spring +1-low/impact/1
		Tony ada 1-low @spring panel -1-low/impact/1 +1-low/examples/1
		Edsger ada 1-low @spring panel +1-low/impact/1
		Barbara ada 1-mid @spring panel +1-mid/impact/1
		Grace bob 1-high @spring
		Grace bob 1-low @spring final +1-low/impact/2
		Grace bob 1-low @autumn
		Edsger cyd 3-high @spring business`)
	got := []string{}
	for _, cell := range c.Cells() {
		for _, p := range cell.People {
			line := fmt.Sprintf("%s %s: %s %s, %s by %s", cell.Dimension, cell.Position, p.Person.ID, p.Session.ID, p.Stand.Stage, strings.Join(p.Stand.Reviewers, " "))
			for _, tick := range p.Ticks {
				line += fmt.Sprintf(", %s %d/%d", tick.Statement, tick.Seen, tick.NotSeen)
			}
			got = append(got, line)
		}
	}
	want := []string{
		"Individual 1-low: ada spring, panel by Edsger Tony, 1-low/individual/impact/1 1/1, 1-low/individual/examples/1 1/0",
		"Individual 1-low: bob spring, final by Grace, 1-low/individual/impact/2 1/0",
		"Individual 1-low: bob autumn, draft by Grace",
		"Business Impact 3-high: cyd spring, draft by Edsger",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Everybody is in the cell where the distribution counts them, once a session and
// dimension.
func TestCellsAreTheDistribution(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	rapid.Check(t, func(t *rapid.T) {
		c := compare(b, calibration.Filter{}, anyDecisions(t, r))
		want, got := map[string]int{}, map[string]int{}
		for _, h := range c.Distribution(calibration.ByDimension, nil).Groups {
			for _, p := range h.Positions {
				if p.Count > 0 {
					want[h.Name+" "+p.Position] = p.Count
				}
			}
		}
		for _, cell := range c.Cells() {
			got[cell.Dimension+" "+cell.Position] = len(cell.People)
			for _, p := range cell.People {
				if p.Stand.Position != cell.Position || len(p.Own) == 0 || len(p.Own) != len(p.Stand.Decisions) {
					t.Fatalf("%s stands at %s in the cell %s by %d decisions of %d", p.Person.ID, p.Stand.Position, cell.Position, len(p.Own), len(p.Stand.Decisions))
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-distribution +cells)\n%s", diff)
		}
	})
}

// The panel stands at the median of its votes, of two in the middle at the lower: as
// many votes are not above it as are not below, or one more.
func TestThePanelStandsAtTheMedian(t *testing.T) {
	r := scale(t, 3, 3)
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.SliceOfN(rapid.IntRange(1, 9), 1, 7).Draw(t, "votes")
		var lines strings.Builder
		for i, ordinal := range at {
			fmt.Fprintf(&lines, "r%d ada %s panel @spring\n", i, r.At(ordinal).Key)
		}
		stand := compare(company(r), calibration.Filter{}, told(t, r, lines.String())).Stands(calibration.Panel)[0].Stand
		below, above, equal := 0, 0, 0
		for _, ordinal := range at {
			switch {
			case ordinal < stand.Ordinal:
				below++
			case ordinal > stand.Ordinal:
				above++
			default:
				equal++
			}
		}
		if 2*below >= len(at) || 2*above > len(at) || equal != len(stand.Reviewers) || stand.Of != len(at) {
			t.Fatalf("of %v it stands at %d by %v of %d", at, stand.Ordinal, stand.Reviewers, stand.Of)
		}
	})
}

func TestStands(t *testing.T) {
	c := compareTold(t, `
		Tony ada 1-low @spring
		Grace ada 1-mid
		Grace ada 1-high @spring
		Edsger ada 2-low @spring
		Edsger bob 2-low @spring
		Tony bob 2-mid @spring
		Tony ada 3-low @spring final
		Grace ada 3-mid @spring final`)
	got := []string{}
	for _, stage := range calibration.Stages() {
		for _, s := range c.Stands(stage) {
			got = append(got, fmt.Sprintf("%s %s %s: %s by %s of %d", s.Person.ID, s.Session.ID, stage, s.Stand.Position, strings.Join(s.Stand.Reviewers, " "), s.Stand.Of))
		}
	}
	want := []string{
		"ada spring draft: 1-high by Grace of 4", // the manager's latest, made for the session or in it
		"bob spring draft: 2-mid by Tony of 2",   // without the manager's the latest
		"ada spring final: 3-mid by Grace of 2",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
