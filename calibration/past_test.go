package calibration_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

// pastLines is a Past in short: its sessions, then a line a person and dimension, team
// and reviewer.
func pastLines(p calibration.Past) []string {
	lines := []string{"sessions:"}
	for _, s := range p.Sessions {
		lines[0] += " " + s.ID
	}
	for _, row := range p.People {
		line := row.Person.ID + " " + row.Dimension + ":"
		for _, s := range row.Stands {
			if s == nil {
				line += " –"
			} else {
				line += " " + s.Position
			}
		}
		if row.Change != nil {
			line += fmt.Sprintf(" %+d", *row.Change)
		}
		lines = append(lines, line)
	}
	for _, groups := range [][]calibration.GroupPast{p.Teams, p.Reviewers} {
		for _, g := range groups {
			line := g.Name + ":"
			for _, m := range g.Means {
				if m == nil {
					line += " –"
				} else {
					line += fmt.Sprintf(" %.2f/%d", m.Mean, m.Count)
				}
			}
			lines = append(lines, line)
		}
	}
	return lines
}

func TestPast(t *testing.T) {
	tests := []struct {
		name, present, decisions, want string
	}{
		{"finals beside finals, in the rubric's order of dimensions", "autumn", `
			Grace ada 1-mid business @spring final
			Grace ada 2-low business @autumn final
			Grace ada 1-low @autumn final
			Grace bob 3-mid @spring panel`, `
			sessions: autumn spring
			ada Individual: 1-low –
			ada Business Impact: 2-low 1-mid +2
			bob Individual: – 3-mid
			Red: 2.50/2 5.00/2`},
		{"what came after the present session is not past", "spring", `
			Grace ada 1-mid @spring final
			Grace ada 2-low @autumn final`, `
			sessions: spring
			ada Individual: 1-mid
			Red: 2.00/1`},
		{"the present session need not have placed anybody", "autumn", `
			Grace ada 1-mid @spring final`, `
			sessions: autumn spring
			ada Individual: – 1-mid
			Red: – 2.00/1`},
		{"a reviewer has one offset a person, however many the dimensions", "spring", `
			Grace ada 2-mid @spring panel
			Grace ada 2-mid @spring panel business
			Grace bob 1-low @spring panel
			Tony ada 1-mid @spring panel
			Tony ada 1-low @spring panel business
			Tony bob 1-low @spring panel`, `
			sessions: spring
			ada Individual: 1-mid
			ada Business Impact: 1-low
			bob Individual: 1-low
			Red: 1.33/3
			Grace: 1.75/2
			Tony: -1.75/2`},
		{"outside any session there is none", "", `
			Grace ada 1-mid final`, `
			sessions:`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := strings.Split(strings.ReplaceAll(strings.TrimSpace(test.want), "\t", ""), "\n")
			if diff := cmp.Diff(want, pastLines(compareTold(t, test.decisions).Past(test.present))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestPastHasThreeEarlierSessions(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	var lines []string
	for i := range 6 {
		id := fmt.Sprintf("s%d", i)
		b.Sessions = append(b.Sessions, calibration.Session{ID: id, Name: id, OpenedAt: day(300 + i), FinalisedAt: day(400 + i)})
		if i != 3 { // which placed nobody
			lines = append(lines, "Grace ada 1-mid final @"+id)
		}
	}
	c := compare(b, calibration.Filter{}, told(t, r, strings.Join(lines, "\n")))
	if got, want := pastLines(c.Past("s5"))[0], "sessions: s5 s4 s2 s1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// The same figure is the same in both views that show it.
func TestPastAgreesWithReviewers(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	rapid.Check(t, func(t *rapid.T) {
		c := compare(b, calibration.Filter{}, anyDecisions(t, r))
		want, got := map[string]calibration.Mean{}, map[string]calibration.Mean{}
		past := c.Past("autumn")
		for _, g := range past.Reviewers {
			for i, m := range g.Means {
				if m != nil {
					got[g.Name+" in "+past.Sessions[i].ID] = *m
				}
			}
		}
		for _, v := range c.Reviewers() {
			for _, s := range v.Sessions {
				if s.Session.ID == "spring" || s.Session.ID == "autumn" {
					want[v.Reviewer+" in "+s.Session.ID] = calibration.Mean{Mean: s.Offset.Mean, Count: s.Offset.Count}
				}
			}
		}
		if diff := cmp.Diff(want, got, closeBy); diff != "" {
			t.Fatalf("(-reviewers +past)\n%s", diff)
		}
	})
}
