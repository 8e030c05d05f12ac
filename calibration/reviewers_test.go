package calibration_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

// Offsets are what plain loops over what reviewers think find: each person once, with
// the mean over their dimensions and sessions.
func TestOffsets(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	rapid.Check(t, func(t *rapid.T) {
		all := anyDecisions(t, r)
		type offsets map[string][]float64 // by person
		whole, sessions := map[string]offsets{}, map[string]offsets{}
		add := func(to map[string]offsets, key, person string, by float64) {
			if to[key] == nil {
				to[key] = offsets{}
			}
			to[key][person] = append(to[key][person], by)
		}
		for at, unit := range thatCount(b, calibration.Filter{}, all) {
			own := thought(unit)
			for reviewer, d := range own {
				sum := 0.0
				for other, o := range own {
					if other != reviewer {
						sum += float64(position(t, r, o.Position).Ordinal)
					}
				}
				if len(own) > 1 {
					by := float64(position(t, r, d.Position).Ordinal) - sum/float64(len(own)-1)
					add(whole, reviewer, at.person, by)
					add(sessions, reviewer+" in "+at.session, at.person, by)
				}
			}
		}
		said := func(of offsets) string {
			var means []float64
			placements, sum := 0, 0.0
			for _, one := range of {
				total := 0.0
				for _, by := range one {
					total += by
				}
				means, placements = append(means, total/float64(len(one))), placements+len(one)
				sum += total / float64(len(one))
			}
			return fmt.Sprintf("%d of %d people: %.6f", placements, len(means), sum/float64(len(means))+0)
		}
		want, got := map[string]string{}, map[string]string{}
		for reviewer, of := range whole {
			want[reviewer] = said(of)
		}
		for key, of := range sessions {
			want[key] = said(of)[strings.Index(said(of), " of ")+4:]
		}
		for _, v := range compare(b, calibration.Filter{}, all).Reviewers() {
			if v.Placements > 0 {
				got[v.Reviewer] = fmt.Sprintf("%d of %d people: %.6f", v.Placements, v.People, v.Offset.Mean)
			}
			for _, s := range v.Sessions {
				got[v.Reviewer+" in "+s.Session.ID] = fmt.Sprintf("%d people: %.6f", s.Offset.Count, s.Offset.Mean)
			}
		}
		for _, all := range []map[string]string{want, got} {
			for key := range all {
				all[key] = strings.ReplaceAll(all[key], "-0.000000", "0.000000")
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got)\n%s", diff)
		}
	})
}

// Halo counts, of each person in a session, who placed them on all dimensions that
// anybody did, and who equally.
func TestHaloCounts(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	rapid.Check(t, func(t *rapid.T) {
		all := anyDecisions(t, r)
		at := map[[2]string]map[string][]string{} // by person and session, by reviewer: positions
		dimensions := map[[2]string]int{}
		for unit, decisions := range thatCount(b, calibration.Filter{}, all) {
			turn := [2]string{unit.person, unit.session}
			if at[turn] == nil {
				at[turn] = map[string][]string{}
			}
			own := thought(decisions)
			if len(own) > 0 {
				dimensions[turn]++
			}
			for reviewer, d := range own {
				at[turn][reviewer] = append(at[turn][reviewer], d.Position)
			}
		}
		want := map[string]calibration.Halo{}
		for turn, reviewers := range at {
			whole := map[string]int{} // reviewers of all dimensions: 1 if equally
			for reviewer, positions := range reviewers {
				if dimensions[turn] == 2 && len(positions) == 2 {
					whole[reviewer] = 0
					if positions[0] == positions[1] {
						whole[reviewer] = 1
					}
				}
			}
			for reviewer, same := range whole {
				for other, otherSame := range whole {
					if other == reviewer {
						continue
					}
					h := want[reviewer]
					h.OthersOf, h.OthersSame = h.OthersOf+1, h.OthersSame+otherSame
					want[reviewer] = h
				}
				if len(whole) > 1 {
					h := want[reviewer]
					h.Of, h.Same = h.Of+1, h.Same+same
					want[reviewer] = h
				}
			}
		}
		for _, v := range compare(b, calibration.Filter{}, all).Reviewers() {
			if v.Halo != want[v.Reviewer] {
				t.Fatalf("%s: %+v, want %+v", v.Reviewer, v.Halo, want[v.Reviewer])
			}
			if v.Range.Count != v.Placements || v.Range.SD < 0 || (v.Range.From == "") != (v.Placements == 0) {
				t.Fatalf("%s of %d placements: %+v", v.Reviewer, v.Placements, v.Range)
			}
		}
	})
}

func TestRange(t *testing.T) {
	c := compareTold(t, `
		Grace ada 1-low
		Tony ada 1-high
		Edsger ada 2-low
		Grace bob 2-low
		Tony bob 3-high
		Grace cyd 2-mid
		Tony cyd 2-mid
		Grace dee 3-low
		Tony dee 3-low
		Grace eve 3-high`) // eve only by Grace: no part of it
	got := c.Reviewers()[1].Range
	// Grace's ordinals are 1, 4, 5, 7, the others' means 3½, 9, 5, 7.
	want := calibration.ReviewerRange{From: "1-high", To: "2-high", OthersFrom: "2-mid", OthersTo: "3-mid", SD: 2.5, OthersSD: 2.3936, Count: 4}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(calibration.ReviewerRange{}), cmpopts.EquateApprox(0, 1e-4)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestOffsetIntervals(t *testing.T) {
	tests := []struct{ name, decisions, want string }{
		{"alone", "Grace ada 1-low", "0 people, no interval: nobody else placed the same people"},
		{"one person", "Grace ada 1-low\nTony ada 1-mid", "1 people, no interval: one person makes no interval"},
		{"one person on two dimensions is one", "Grace ada 1-low\nTony ada 1-mid\nGrace ada 1-low business\nTony ada 1-mid business",
			"1 people, no interval: one person makes no interval"},
		{"two people", "Grace ada 1-low\nTony ada 1-mid\nGrace bob 1-low\nTony bob 1-low", "2 people, -0.50 from -6.85 to 5.85"}, // ½ ± 12.706 × ½
		{"no variance", "Grace ada 1-low\nTony ada 1-mid\nGrace bob 1-low\nTony bob 1-mid", "2 people, -1.00 from -1.00 to -1.00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := compareTold(t, test.decisions).Reviewers()[0].Offset
			got := fmt.Sprintf("%d people, no interval: %s", e.Count, e.Reason)
			if e.CI95 != nil {
				got = fmt.Sprintf("%d people, %.2f from %.2f to %.2f", e.Count, e.Mean, e.CI95[0], e.CI95[1])
			}
			if got != test.want {
				t.Errorf("%s\nwant %s", got, test.want)
			}
		})
	}
}

// What thirds leave of each other is 0 itself, which prints without a sign.
func TestOffsetsLeaveNoDust(t *testing.T) {
	type placed = map[string][2]int
	c := compareTold(t, placedEach("@spring", 6, func(p int) placed {
		if p%2 == 0 {
			return placed{"Grace": {5, 5}, "Tony": {4, 4}, "Edsger": {5, 5}, "Barbara": {5, 5}}
		}
		return placed{"Grace": {1, 1}, "Tony": {1, 1}, "Edsger": {1, 1}, "Barbara": {2, 2}}
	}))
	for _, v := range c.Reviewers() {
		if v.Reviewer == "Grace" && fmt.Sprintf("%+.2f", v.Offset.Mean) != "+0.00" {
			t.Errorf("the offset is %v", v.Offset.Mean)
		}
	}
	for _, g := range c.Past("spring").Reviewers {
		if m := g.Means[0]; g.Name == "Grace" && fmt.Sprintf("%+.2f", m.Mean) != "+0.00" {
			t.Errorf("the past offset is %v", m.Mean)
		}
	}
}

// placedEach is a line for each reviewer, person and dimension, at ordinals that of
// makes of the number of the person.
func placedEach(session string, people int, of func(person int) map[string][2]int) string {
	keys := []string{"1-low", "1-mid", "1-high", "2-low", "2-mid", "2-high", "3-low", "3-mid", "3-high"}
	var lines strings.Builder
	for p := range people {
		for reviewer, at := range of(p) {
			fmt.Fprintf(&lines, "%s p%02d %s panel %s\n", reviewer, p, keys[at[0]-1], session)
			fmt.Fprintf(&lines, "%s p%02d %s panel %s business\n", reviewer, p, keys[at[1]-1], session)
		}
	}
	return lines.String()
}

func TestQuestions(t *testing.T) {
	type placed = map[string][2]int
	tests := []struct {
		name, decisions string
		want            []string // how each that is asked of Grace begins
	}{
		{"harsh, as far as the interval goes", placedEach("@spring", 6, func(p int) placed {
			return placed{"Grace": {3 + p%3, 4 + p%4}, "Tony": {4 + p%3, 5 + p%4}, "Edsger": {4 + p%3, 5 + p%4}}
		}), []string{
			"Grace places 6 people 1.0 positions lower than the others do (1.0 to 1.0). Is more asked for"}},
		{"lenient", placedEach("@spring", 6, func(p int) placed {
			return placed{"Grace": {5 + p%2, 4 + p%4}, "Tony": {4 + p%3, 3 + p%4}, "Edsger": {4 + p%3, 3 + p%4}}
		}), []string{
			"Grace places 6 people 0.8 positions higher than the others do (0.2 to 1.3). Was more seen"}},
		{"by hardly anything at the least", placedEach("@spring", 6, func(p int) placed {
			return placed{"Grace": {5, 5 + []int{2, 1, 0, 1, 1, 0}[p]}, "Tony": {5, 5}, "Edsger": {5, 5}}
		}), []string{
			"Grace places 6 people 0.4 positions higher than the others do (less than 0.1 to 0.8). Was more seen"}},
		{"four people are too few", placedEach("@spring", 4, func(p int) placed {
			return placed{"Grace": {3 + p%3, 4 + p%4}, "Tony": {4 + p%3, 5 + p%4}, "Edsger": {4 + p%3, 5 + p%4}}
		}), nil},
		{"what two dimensions take back from each other is nothing", placedEach("@spring", 6, func(int) placed {
			return placed{"Grace": {5, 1}, "Tony": {4, 1}, "Edsger": {5, 1}, "Barbara": {5, 2}}
		}), nil},
		{"one impression of all dimensions", placedEach("@spring", 10, func(p int) placed {
			return placed{"Grace": {2 + p%5, 2 + p%5}, "Tony": {2 + p%5, 1 + p%5}, "Edsger": {1 + p%5, 3 + p%5}, "Barbara": {3 + p%5, 2 + p%5}}
		}), []string{
			"Grace placed people equally on all dimensions 10 times of 10, the others the same people 0 times of 100."}},
		{"of which seven people are too few", placedEach("@spring", 7, func(p int) placed {
			return placed{"Grace": {2 + p%5, 2 + p%5}, "Tony": {2 + p%5, 1 + p%5}, "Edsger": {1 + p%5, 3 + p%5}, "Barbara": {3 + p%5, 2 + p%5}}
		}), nil},
		{"two others who know little of a common share", placedEach("@spring", 8, func(p int) placed {
			return placed{"Grace": {4 + p%2, 4 + p%2}, "Tony": {4 + p%2, 4 + p%2 - p%2*(p%4/2)}}
		}), nil},
		{"keeping to the middle", placedEach("@spring", 12, func(p int) placed {
			out := 1 + 2*(p%5)
			return placed{"Grace": {4 + p%3, 5}, "Tony": {out, out}, "Edsger": {out, max(1, out-1)}}
		}), []string{
			"Grace keeps closer together than the others: half of the placements lie from 2-mid to 2-mid, half of the others' means on the same people from 1-mid to 3-low."}},
		{"two dimensions of six people are no twelve people", placedEach("@spring", 6, func(p int) placed {
			out := 1 + 2*(p%5)
			return placed{"Grace": {4 + p%3, 5}, "Tony": {out, out}, "Edsger": {out, max(1, out-1)}}
		}), nil},
		{"a middle that nobody leaves", placedEach("@spring", 12, func(p int) placed {
			return placed{"Grace": {5, 5}, "Tony": {5 + p/11, 5}, "Edsger": {5, 5 + p/11}}
		}), nil},
		{"another standard", placedEach("@spring", 8, func(p int) placed { return placed{"Grace": {3 + p%3, 4 + p%4}, "Tony": {4 + p%3, 5 + p%4}} }) +
			placedEach("@autumn", 8, func(p int) placed { return placed{"Grace": {5 + p%3, 4 + p%4}, "Tony": {4 + p%3, 4 + p%4}} }),
			[]string{
				"Grace places 8 people 0.2 positions lower than the others do (0.2 to 0.2).",
				"Grace was 1.0 below the others in Spring and 0.5 above the others in Autumn. Has the standard changed?"}},
		{"the same standard, to the digits shown", placedEach("@spring", 8, func(p int) placed { return placed{"Grace": {3 + p%3, 3}, "Tony": {3 + p%3, 3}} }) +
			placedEach("@autumn", 8, func(p int) placed { return placed{"Grace": {5 + p%3, 4 + p%4}, "Tony": {5 + p%3, 4 + p%4}} }), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, v := range compareTold(t, test.decisions).Reviewers() {
				if v.Reviewer == "Grace" {
					got = v.Questions
				}
			}
			if len(got) != len(test.want) {
				t.Fatalf("asked %q, want %q", got, test.want)
			}
			for i, want := range test.want {
				if !strings.HasPrefix(got[i], want) {
					t.Errorf("asked %q, want %q …", got[i], want)
				}
			}
		})
	}
}

// The first and the last session of drift are those with people enough to tell.
func TestDriftPassesSmallSessionsOver(t *testing.T) {
	r := scale(t, 3, 3)
	b := company(r)
	b.Sessions = append(b.Sessions, calibration.Session{ID: "trial", Name: "Trial", OpenedAt: day(1), FinalisedAt: day(2)})
	type placed = map[string][2]int
	lines := placedEach("@trial", 2, func(int) placed { return placed{"Grace": {1, 1}, "Tony": {2, 2}} }) +
		placedEach("@spring", 8, func(p int) placed { return placed{"Grace": {3, 4 + p%4}, "Tony": {4, 5 + p%4}} }) +
		placedEach("@autumn", 8, func(p int) placed { return placed{"Grace": {5, 5 + p%4}, "Tony": {4, 4 + p%4}} })
	got := compare(b, calibration.Filter{Reviewers: []string{"Grace", "Tony"}}, told(t, r, lines)).Reviewers()[0].Questions
	want := []string{"Grace was 1.0 below the others in Spring and 1.0 above the others in Autumn. Has the standard changed?"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Reviewers who do not differ are seldom asked: each question about as often as its
// test says, or less.
func TestChanceAsksLittle(t *testing.T) {
	r := scale(t, 5, 3)
	b := calibration.Basis{Rubric: r, Sessions: []calibration.Session{{ID: "first", OpenedAt: day(1)}, {ID: "second", OpenedAt: day(2)}}}
	most := map[string]float64{"positions": 7, "keeps closer": 2.5, "equally on all": 2.5, "standard changed": 7} // of a hundred reviewers
	for _, world := range []struct {
		name                      string
		people, reviewers, placed int // each person by so many of the reviewers
		apart, noise              float64
		equal                     bool // on both dimensions, but for noise
		runs                      int
	}{
		{"a panel", 20, 8, 8, 3, 1, false, 40},
		{"everybody in the middle", 12, 4, 4, 0.2, 0.3, true, 100},
		{"two of four", 12, 4, 2, 2, 1, false, 100},
		{"a pair", 12, 2, 2, 0.3, 0.3, true, 200},
	} {
		random := rand.New(rand.NewPCG(1, 1))
		asked, reviewers := map[string]int{}, 0
		for range world.runs {
			var all []calibration.Decision
			for p := range world.people {
				for _, session := range []string{"first", "second"} {
					at := []float64{8 + random.NormFloat64()*world.apart, 8 + random.NormFloat64()*world.apart}
					if world.equal {
						at[1] = at[0]
					}
					for _, who := range random.Perm(world.reviewers)[:world.placed] {
						for i, dimension := range r.Dimensions {
							ordinal := int(math.Round(at[i] + random.NormFloat64()*world.noise))
							all = append(all, calibration.Decision{
								ID: fmt.Sprintf("%06d", len(all)), Person: fmt.Sprint(p), Reviewer: fmt.Sprint(who), Session: session,
								Dimension: dimension, Stage: calibration.Panel, Position: r.At(ordinal).Key, Rubric: r.Hash(),
							})
						}
					}
				}
			}
			for _, v := range compare(b, calibration.Filter{}, all).Reviewers() {
				reviewers++
				for _, question := range v.Questions {
					for part := range most {
						if strings.Contains(question, part) {
							asked[part]++
							break
						}
					}
				}
			}
		}
		for part, n := range asked {
			if share := 100 * float64(n) / float64(reviewers); share > most[part] {
				t.Errorf("%s: of a hundred reviewers %.1f are asked “… %s …”", world.name, share, part)
			}
		}
	}
}
