package calibration

import (
	"fmt"
	"slices"
	"time"

	"calibrate/rubric"
)

// Check is something that a facilitator should look at before a session is finalised,
// and whom it is about.
type Check struct {
	Kind      CheckKind
	Person    PersonRef
	Dimension string // empty: the person as a whole
	Words     string
}

// CheckKind says what kind of thing it is.
type CheckKind string

// The kinds of checks, the most pressing first.
const (
	CheckBlind       CheckKind = "still blind"
	CheckUndecided   CheckKind = "not decided"
	CheckUnexplained CheckKind = "no reason for the change"
	CheckNoEvidence  CheckKind = "no evidence ticked"
	CheckQuick       CheckKind = "decided quickly"
)

// Sweep is the look over all decisions before the end: is the same said of the same?
type Sweep struct {
	Checks []Check      // by kind, then in the agenda's order
	Scales []SweptScale // by rubric: there is one, or where people are under several one each
}

// SweptScale is what is the same, of the people under one rubric.
type SweptScale struct {
	Rubric       *rubric.Rubric
	Cells        []Cell // who stands at the same position, with the evidence of each
	Distribution Distribution
}

// CheckCount is how many checks there are of a kind.
type CheckCount struct {
	Kind   CheckKind
	Checks int
}

// Counts sums the checks up by kind, the most pressing first.
func (s Sweep) Counts() []CheckCount {
	var counts []CheckCount
	for _, c := range s.Checks {
		if last := len(counts) - 1; last >= 0 && counts[last].Kind == c.Kind {
			counts[last].Checks++
		} else {
			counts = append(counts, CheckCount{c.Kind, 1})
		}
	}
	return counts
}

// Totals is what a session came to.
type Totals struct {
	People  int // on the agenda
	Decided int // of them, on every dimension
	Finals  int // decisions that stand
	Changed int // of them, those that are not as drafted
	Spent   time.Duration
}

// Totals counts what the session came to.
func (room *Room) Totals() Totals {
	n := Totals{People: len(room.Turns), Decided: len(room.Turns) - room.Undecided(), Spent: room.Spent()}
	for _, t := range room.Turns {
		for dimension, final := range t.Finals {
			n.Finals++
			if draft, ok := t.Drafts[dimension]; ok && draft.Position != final.Position {
				n.Changed++
			}
		}
	}
	return n
}

// Sweep looks over the room. The guideline is for those rubrics that have as many levels.
func (room *Room) Sweep(g Guideline) Sweep {
	var s Sweep
	for _, finals := range room.Compared.Where(Filter{Stages: []Stage{Final}}) {
		s.Scales = append(s.Scales, SweptScale{finals.rubric, finals.Cells(), finals.Distribution(ByDimension, g.For(finals.rubric))})
	}
	for _, kind := range []func(*Room, Turn) []Check{(*Room).checkBlind, (*Room).checkUndecided, (*Room).checkUnexplained,
		(*Room).checkNoEvidence, (*Room).checkQuick} {
		for _, t := range room.Turns {
			s.Checks = append(s.Checks, kind(room, t)...)
		}
	}
	return s
}

func (room *Room) checkBlind(t Turn) []Check {
	if !t.Blind {
		return nil
	}
	return []Check{{CheckBlind, t.Person, "", "not placed yet by " + listed(t.Missing())}}
}

func (room *Room) checkUndecided(t Turn) []Check {
	var checks []Check
	for _, d := range t.Rubric.Dimensions {
		if !t.Blind && t.Finals[d].ID == "" {
			checks = append(checks, Check{CheckUndecided, t.Person, d, "no final decision"})
		}
	}
	return checks
}

func (room *Room) checkUnexplained(t Turn) []Check {
	return room.eachFinal(t, func(d Decision) (Check, bool) {
		draft := t.Drafts[d.Dimension]
		words := fmt.Sprintf("the draft was %s, the decision is %s", draft.Position, d.Position)
		return Check{Kind: CheckUnexplained, Words: words}, draft.ID != "" && draft.Position != d.Position && d.Change == ""
	})
}

func (room *Room) checkNoEvidence(t Turn) []Check {
	return room.eachFinal(t, func(d Decision) (Check, bool) {
		ticked := slices.ContainsFunc(d.Evidence, func(e Evidence) bool { return e.Seen })
		return Check{Kind: CheckNoEvidence, Words: "decided at " + d.Position + " with no statement seen"}, !ticked
	})
}

func (room *Room) eachFinal(t Turn, check func(Decision) (Check, bool)) []Check {
	var checks []Check
	for _, dimension := range t.Rubric.Dimensions {
		final, ok := t.Finals[dimension]
		if !ok {
			continue
		}
		if c, found := check(final); found {
			c.Person, c.Dimension = t.Person, dimension
			checks = append(checks, c)
		}
	}
	return checks
}

// checkQuick finds who was decided in less than a third of the median time.
func (room *Room) checkQuick(t Turn) []Check {
	median := room.medianSpent()
	if !room.Decided(t) || median < time.Minute || 3*t.Spent >= median {
		return nil
	}
	return []Check{{CheckQuick, t.Person, "", fmt.Sprintf("%s, where the median is %s", Clock(t.Spent), Clock(median))}}
}
