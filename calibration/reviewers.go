package calibration

import (
	"cmp"
	"fmt"
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

func (v ReviewerView) askOffset() string {
	o := v.Offset
	if o.Count < fewestPeople || !o.differs() {
		return ""
	}
	low, high, way, why := o.CI95[0], o.CI95[1], "higher", "Was more seen than the others saw, or is less asked for?"
	if o.Mean < 0 {
		low, high, way, why = -high, -low, "lower", "Is more asked for, or was less seen than the others saw?"
	}
	least := fmt.Sprintf("%.1f", low)
	if least == "0.0" { // and yet not 0
		least = "less than 0.1"
	}
	return fmt.Sprintf("%s places %s %.1f positions %s than the others do (%s to %.1f). %s",
		v.Reviewer, countPeople(o.Count), math.Abs(o.Mean), way, least, high, why)
}

// askDrift asks if the offset of the latest session differs from that of the first, of
// those with enough people.
func (v ReviewerView) askDrift() string {
	held := slices.DeleteFunc(slices.Clone(v.Sessions), func(s ReviewerSession) bool {
		return s.Session.ID == "" || s.Offset.Count < fewestPeople
	})
	if len(held) < 2 {
		return ""
	}
	first, last := held[0], held[len(held)-1]
	was, is := inWords(first.Offset.Mean), inWords(last.Offset.Mean)
	if was == is || !first.Offset.apartFrom(last.Offset) {
		return ""
	}
	return fmt.Sprintf("%s was %s in %s and %s in %s. Has the standard changed?", v.Reviewer, was, first.Session, is, last.Session)
}

// inWords says where an offset is: "0.7 below the others".
func inWords(offset float64) string {
	switch size := fmt.Sprintf("%.1f", math.Abs(offset)); {
	case size == "0.0":
		return "with the others"
	case offset < 0:
		return size + " below the others"
	default:
		return size + " above the others"
	}
}

// apartFrom reports whether two means differ: Welch's test at 5%.
//
// B. L. Welch, The generalization of ‘Student's’ problem when several different
// population variances are involved, Biometrika 34 (1947), 28–35.
func (e Estimate) apartFrom(o Estimate) bool {
	v, w := e.squaredError(), o.squaredError()
	if v+w == 0 {
		return e.Mean != o.Mean
	}
	df := square(v+w) / (square(v)/float64(e.Count-1) + square(w)/float64(o.Count-1))
	return math.Abs(e.Mean-o.Mean) > studentT(df)*math.Sqrt(v+w)
}

// squaredError is the variance of the mean, read back from the interval.
func (e Estimate) squaredError() float64 {
	return square((e.CI95[1] - e.CI95[0]) / 2 / studentT(float64(e.Count-1)))
}

// Questions lists what there is to ask of all reviewers, the widest offset first.
func Questions(views []ReviewerView) []string {
	sorted := slices.Clone(views)
	slices.SortStableFunc(sorted, func(a, b ReviewerView) int {
		return cmp.Compare(math.Abs(b.Offset.Mean), math.Abs(a.Offset.Mean))
	})
	var all []string
	for _, v := range sorted {
		all = append(all, v.Questions...)
	}
	return all
}
