package demo

import (
	"math"
	"testing"

	"calibrate/calibration"
	"calibrate/rubric"
)

// slot is what several reviewers place: a person on a dimension in a session.
type slot struct{ session, person, dimension string }

// told are the decisions of a story, with what they say about the positions.
type told struct {
	r    *rubric.Rubric
	all  []calibration.Decision
	by   map[slot]map[string]int // ordinals of drafts and votes, by reviewer
	kept map[slot]int            // ordinals of finals
}

// tellAll tells a story without a file.
func tellAll(r *rubric.Rubric, seed uint64) told {
	p := newPlot(r, seed, now)
	s := told{r: r, by: map[slot]map[string]int{}, kept: map[slot]int{}}
	for i := range sessions {
		for _, m := range p.tell(i, p.calendar.name(i), p.agenda(i)) {
			s.all = append(s.all, m.decision)
			s.take(m.decision)
		}
	}
	return s
}

func (s told) take(d calibration.Decision) {
	at := slot{d.Session, d.Person, d.Dimension}
	position, err := s.r.Position(d.Position)
	if err != nil {
		panic(err)
	}
	if d.Stage == calibration.Final {
		s.kept[at] = position.Ordinal
		return
	}
	if s.by[at] == nil {
		s.by[at] = map[string]int{}
	}
	s.by[at][d.Reviewer] = position.Ordinal
}

// offset is how far a reviewer places from the others, on average.
func (s told) offset(reviewer string) float64 {
	sum, n := 0.0, 0.0
	for _, votes := range s.by {
		own, voted := votes[reviewer]
		for other, ordinal := range votes {
			if voted && other != reviewer {
				sum, n = sum+float64(own-ordinal), n+1
			}
		}
	}
	return sum / n
}

// alike is how often a reviewer places a person alike on both dimensions.
func (s told) alike(reviewer string) float64 {
	same, n := 0.0, 0.0
	for at, votes := range s.by {
		one, voted := votes[reviewer]
		if !voted || at.dimension != s.r.Dimensions[0] {
			continue
		}
		at.dimension = s.r.Dimensions[1]
		if two, voted := s.by[at][reviewer]; voted {
			n++
			if one == two {
				same++
			}
		}
	}
	return same / n
}

// width is how much further from the middle of the scale a reviewer places than the
// others do with the same people, on average.
func (s told) width(reviewer string) float64 {
	sum, n := 0.0, 0.0
	for _, votes := range s.by {
		own, voted := votes[reviewer]
		for other, ordinal := range votes {
			if voted && other != reviewer {
				sum, n = sum+float64(distance(own, 8)-distance(ordinal, 8)), n+1
			}
		}
	}
	return sum / n
}

// What comparing is to find must be there, whatever the seed.
func TestReviewersHaveCharacter(t *testing.T) {
	r := builtIn(t)
	for seed := range uint64(15) {
		s := tellAll(r, seed)
		fair, harsh, lenient := s.offset(reviewers[0].name), s.offset(reviewers[1].name), s.offset(reviewers[2].name)
		if harsh > -0.25 || lenient < 0.25 || math.Abs(fair) > 0.25 {
			t.Errorf("seed %d: offsets of the harsh %.2f, the fair %.2f and the lenient %.2f", seed, harsh, fair, lenient)
		}
		halo, narrow := reviewers[4].name, reviewers[5].name
		for _, other := range reviewers {
			if other.name != halo && s.alike(other.name) >= s.alike(halo) {
				t.Errorf("seed %d: %s places both dimensions alike in %.2f of cases, the one with the halo in %.2f",
					seed, other.name, s.alike(other.name), s.alike(halo))
			}
			if other.name != narrow && s.width(other.name) < s.width(narrow)+0.25 {
				t.Errorf("seed %d: %s places %.2f further out than others, the narrow one %.2f",
					seed, other.name, s.width(other.name), s.width(narrow))
			}
		}
	}
}

func TestMostAgreeAndSomeDispute(t *testing.T) {
	r := builtIn(t)
	for seed := range uint64(15) {
		s := tellAll(r, seed)
		near, pairs, disputed := 0, 0, map[string]bool{}
		for at, votes := range s.by {
			for one, a := range votes {
				for other, b := range votes {
					if one >= other {
						continue
					}
					pairs++
					if distance(a, b) <= 1 {
						near++
					}
					if distance(a, b) >= 3 {
						disputed[at.person] = true
					}
				}
			}
		}
		if share := float64(near) / float64(pairs); share < 0.75 || share > 0.97 {
			t.Errorf("seed %d: %.2f of pairs agree within one position", seed, share)
		}
		if n := len(disputed); n < 4 || n > 12 {
			t.Errorf("seed %d: %d people are disputed", seed, n)
		}
	}
}

func TestSomeGrowAndOneFallsBack(t *testing.T) {
	r := builtIn(t)
	for seed := range uint64(15) {
		p := newPlot(r, seed, now)
		risen, fallen := 0, 0
		for _, m := range p.members {
			switch from, to := p.truth(m, 0, 0), p.truth(m, openSession, 0); {
			case to >= from+2:
				risen++
			case to <= from-2:
				fallen++
			}
		}
		if risen != 3 || fallen != 1 {
			t.Errorf("seed %d: %d have risen, %d have fallen", seed, risen, fallen)
		}
	}
}

// A few statements are read differently by many; the others by few.
func TestSomeStatementsAreContested(t *testing.T) {
	s := tellAll(builtIn(t), 1)
	type ticks struct{ seen, not int }
	ticked := map[string]map[slot]ticks{}
	for _, d := range s.all {
		for _, e := range d.Evidence {
			if ticked[e.Statement] == nil {
				ticked[e.Statement] = map[slot]ticks{}
			}
			at := slot{d.Session, d.Person, d.Dimension}
			n := ticked[e.Statement][at]
			if e.Seen {
				n.seen++
			} else {
				n.not++
			}
			ticked[e.Statement][at] = n
		}
	}
	contested := 0
	for _, people := range ticked {
		several, split := 0, 0
		for _, n := range people {
			if n.seen+n.not > 1 {
				several++
				if n.seen > 0 && n.not > 0 {
					split++
				}
			}
		}
		if several >= 10 && split*2 > several {
			contested++
		}
	}
	if contested < 3 || contested > 8 {
		t.Errorf("%d statements are contested over most people", contested)
	}
}
