package calibration

import (
	"cmp"
	"math"
	"slices"
)

// ReviewerView is how one reviewer's placements lie beside those of the others on the
// same people. What it finds is put as questions: numbers cannot tell a harsh reviewer
// from one who was given the harder cases or who knows more.
type ReviewerView struct {
	Reviewer   string            `json:"reviewer"`
	People     int               `json:"people"`     // whom others placed as well
	Placements int               `json:"placements"` // that others can be set beside
	Offset     Estimate          `json:"offset"`     // positions above the others; negative: below
	Halo       Halo              `json:"halo"`
	Range      ReviewerRange     `json:"range"`
	Sessions   []ReviewerSession `json:"sessions"` // in their order
	Questions  []string          `json:"questions"`
}

// Estimate is a mean with its 95% interval, or the reason why there is none.
type Estimate struct {
	Mean   float64     `json:"mean"`
	CI95   *[2]float64 `json:"ci95"` // null if it is not defined
	Count  int         `json:"count"`
	Reason string      `json:"reason"` // why there is no interval; often empty
}

// ReviewerSession is the offset in one session.
type ReviewerSession struct {
	Session SessionRef `json:"session"`
	Offset  Estimate   `json:"offset"`
}

// fewestPeople is how many people a reviewer must have placed beside others before
// anything is asked.
const fewestPeople = 5

// Reviewers sets each reviewer beside the others, by name.
//
// An offset is a placement's ordinal less the mean of the other reviewers' on the same
// person, session and dimension. People are the units of the interval: a person's
// offsets are averaged first, for those on two dimensions know of each other. The
// interval is Student's. Of eight reviewers without any difference about one in three
// tables still asks one question too many; that is what questions are for.
func (c *Comparison) Reviewers() []ReviewerView {
	found := make([]findings, len(c.reviewers))
	var own []record
	for turn := range c.turns() {
		for u := range unitsOf(turn) {
			own = u.own(own[:0])
			besideOthers(own, func(r record, others float64) {
				f := &found[r.reviewer]
				f.offsets = append(f.offsets, offset{r.person, r.session, float64(r.ordinal), others})
			})
		}
		c.sameOnAll(turn, found)
	}
	views := []ReviewerView{}
	for i, rates := range c.rating() {
		if rates {
			views = append(views, c.reviewerView(c.reviewers[i], &found[i]))
		}
	}
	return views
}

// findings is what is gathered of one reviewer.
type findings struct {
	offsets []offset
	halo    Halo
}

// offset is one placement beside the mean of the others.
type offset struct {
	person, session uint32
	own, others     float64
}

// besideOthers sets each of a unit's placements, one a reviewer, beside the mean of the
// others' ordinals, where there are others.
func besideOthers(own []record, each func(r record, others float64)) {
	if len(own) < 2 {
		return
	}
	sum := 0
	for _, r := range own {
		sum += int(r.ordinal)
	}
	for _, r := range own {
		each(r, float64(sum-int(r.ordinal))/float64(len(own)-1))
	}
}

// byPerson averages each person's offsets; the offsets come person by person.
func byPerson(offsets []offset) []offset {
	return averaged(offsets, func(a, b offset) bool { return a.person == b.person })
}

// byTurn averages each person's offsets in each session.
func byTurn(offsets []offset) []offset {
	return averaged(offsets, func(a, b offset) bool { return a.person == b.person && a.session == b.session })
}

func averaged(offsets []offset, together func(a, b offset) bool) []offset {
	var means []offset
	for some := range chunk(offsets, together) {
		mean, n := some[0], float64(len(some))
		for _, o := range some[1:] {
			mean.own, mean.others = mean.own+o.own, mean.others+o.others
		}
		mean.own, mean.others = mean.own/n, mean.others/n
		means = append(means, mean)
	}
	return means
}

// above is by how much each placement is above the others'.
func above(offsets []offset) sample {
	var s sample
	for _, o := range offsets {
		s = append(s, swept(o.own-o.others))
	}
	return s
}

// swept is 0 for what adding up thirds leaves of it, which would be written as -0.00.
func swept(x float64) float64 {
	const dust = 1e-9
	if math.Abs(x) < dust {
		return 0
	}
	return x
}

// estimate is the mean of a sample with Student's interval.
func estimate(s sample) Estimate {
	e := Estimate{Count: len(s)}
	switch len(s) {
	case 0:
		e.Reason = "nobody else placed the same people"
		return e
	case 1:
		e.Mean, e.Reason = s[0], "one person makes no interval"
		return e
	}
	e.Mean = swept(s.mean())
	half := studentT(float64(len(s)-1)) * math.Sqrt(s.variance()/float64(len(s)))
	e.CI95 = &[2]float64{e.Mean - half, e.Mean + half}
	return e
}

// differs reports whether the interval leaves zero out, and the mean is not so near it
// that it would be written as 0.0.
func (e Estimate) differs() bool {
	return e.CI95 != nil && (e.CI95[0] > 0 || e.CI95[1] < 0) && inWords(e.Mean) != inWords(0)
}

func (c *Comparison) reviewerView(name string, f *findings) ReviewerView {
	people := byPerson(f.offsets)
	v := ReviewerView{
		Reviewer: name, People: len(people), Placements: len(f.offsets), Offset: estimate(above(people)),
		Halo: f.halo, Range: c.rangeOf(f.offsets), Sessions: []ReviewerSession{}, Questions: []string{},
	}
	slices.SortStableFunc(f.offsets, func(a, b offset) int { return cmp.Compare(a.session, b.session) })
	for in := range chunk(f.offsets, func(a, b offset) bool { return a.session == b.session }) {
		v.Sessions = append(v.Sessions, ReviewerSession{c.sessions[in[0].session], estimate(above(byPerson(in)))})
	}
	for _, ask := range []string{v.askOffset(), v.Halo.ask(name), v.Range.ask(name), v.askDrift()} {
		if ask != "" {
			v.Questions = append(v.Questions, ask)
		}
	}
	return v
}
