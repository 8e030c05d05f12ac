package calibration

import (
	"cmp"
	"slices"

	"calibrate/rubric"
)

// Revealed is what is shown of a person on one dimension when everybody has placed
// them: where, how far apart, who should speak first, and what they saw differently.
type Revealed struct {
	Rubric      *rubric.Rubric // that the person is placed under
	Spread      SpreadRow
	First       []string     // the reviewers at the two ends, the lowest first; empty where there is nothing to discuss
	Differences []Difference // of the ticks, those that one saw and another did not first, then in the rubric's order
}

// Difference is a statement that reviewers of a person ticked differently.
type Difference struct {
	Statement rubric.Statement
	Seen      []string // reviewers
	NotSeen   []string
	Blank     []string
}

// Contested reports whether one saw it and another looked for it and did not.
func (d Difference) Contested() bool { return len(d.Seen) > 0 && len(d.NotSeen) > 0 }

// Reveal is what there is to say of a person, by dimension in the rubric's order.
// Dimensions on which nobody placed them are left out; while the person is blind all
// are.
func (room *Room) Reveal(person string) []Revealed {
	t, ok := room.Turn(person)
	if !ok || t.Blind {
		return nil
	}
	var all []Revealed
	for _, p := range room.compared(t).Where(Filter{People: []string{person}}).Spread().People {
		for _, row := range p.Rows {
			r := Revealed{Rubric: t.Rubric, Spread: row, Differences: room.differences(t, row)}
			if row.Triage == Discuss || row.Triage == TwoMinutes {
				r.First = append(slices.Clone(row.Lowest.Reviewers), row.Highest.Reviewers...)
			}
			all = append(all, r)
		}
	}
	return all
}

// Widest is how a person stands on the dimension that there is most to speak about, and
// how many positions apart they were placed at the most. While they are blind it is
// TooFew.
func (room *Room) Widest(person string) (worst Triage, apart int) {
	worst = TooFew
	for _, r := range room.Reveal(person) {
		if slices.Index(Triages(), r.Spread.Triage) < slices.Index(Triages(), worst) {
			worst = r.Spread.Triage
		}
		apart = max(apart, r.Spread.Apart)
	}
	return worst, apart
}

// InQuestion is one of the two bands that a discussion is about.
type InQuestion struct {
	Position  rubric.Position
	Reviewers []string // who placed the person there
	Why       string   // what it is set beside for; empty where somebody placed the person there
}

// InQuestion are the bands at the two ends, the lower first. Where all agree it is theirs
// beside the one above, or below where there is none above: why not one up? Somebody must
// have placed the person.
func (room *Room) InQuestion(r Revealed) [2]InQuestion {
	low, high := r.Spread.Lowest, r.Spread.Highest
	at := func(ordinal int) rubric.Position { return r.Rubric.At(ordinal) }
	one, other := InQuestion{Position: at(low.Ordinal), Reviewers: low.Reviewers}, InQuestion{Position: at(high.Ordinal), Reviewers: high.Reviewers}
	switch {
	case low.Ordinal != high.Ordinal:
	case high.Ordinal < len(r.Rubric.Positions()):
		other = InQuestion{Position: at(high.Ordinal + 1), Why: "why not one up?"}
	default:
		one = InQuestion{Position: at(low.Ordinal - 1), Why: "why not one down?"}
	}
	return [2]InQuestion{one, other}
}

// differences compares the ticks of what each reviewer thinks.
func (room *Room) differences(t Turn, row SpreadRow) []Difference {
	own := room.own(t, row)
	if len(own) < 2 {
		return nil
	}
	var all []Difference
	for _, s := range t.Rubric.AllStatements() {
		if s.Dimension != row.Dimension {
			continue
		}
		d := Difference{Statement: s}
		for _, by := range own {
			switch sightOf(by, s.ID) {
			case Seen:
				d.Seen = append(d.Seen, by.Reviewer)
			case NotSeen:
				d.NotSeen = append(d.NotSeen, by.Reviewer)
			default:
				d.Blank = append(d.Blank, by.Reviewer)
			}
		}
		if max(len(d.Seen), len(d.NotSeen), len(d.Blank)) < len(own) {
			all = append(all, d)
		}
	}
	slices.SortStableFunc(all, func(a, b Difference) int {
		return cmp.Compare(boolRank(b.Contested()), boolRank(a.Contested()))
	})
	return all
}

// own are the decisions that are measured in a row of the spread, from the lowest up.
func (room *Room) own(t Turn, row SpreadRow) []Decision {
	var own []Decision
	fromLowest := slices.SortedStableFunc(slices.Values(row.Placements), func(a, b Placement) int { return cmp.Compare(a.Ordinal, b.Ordinal) })
	for _, p := range fromLowest {
		i := slices.IndexFunc(t.Counting, func(d Decision) bool { return d.ID == p.Decision })
		if p.Measured && i >= 0 {
			own = append(own, t.Counting[i])
		}
	}
	return own
}

// sightOf is what a decision says of a statement of the present rubric; a dampener that
// applies was seen.
func sightOf(d Decision, statement string) Sight {
	for _, e := range d.Evidence {
		if e.Statement == statement && e.Seen {
			return Seen
		} else if e.Statement == statement {
			return NotSeen
		}
	}
	if slices.ContainsFunc(d.Dampeners, func(m Dampener) bool { return m.Statement == statement }) {
		return Seen
	}
	return ""
}

// Joint is where the session's own walk on a person starts from: at the middle of the
// placements, with the ticks that more reviewers set than not. The notes stay with
// those who wrote them.
func (room *Room) Joint(person, reviewer string) Walk {
	r := room.RubricOf(person)
	w := NewWalk(r, person, reviewer, room.Session.ID)
	t, _ := room.Turn(person)
	for _, revealed := range room.Reveal(person) {
		w.Dimension = revealed.Spread.Dimension
		own := room.own(t, revealed.Spread)
		if len(own) == 0 {
			continue
		}
		if p, err := r.Position(own[(len(own)-1)/2].Position); err == nil {
			w = w.GoTo(p)
		}
		w = w.change(func(track *Track) { track.Ticks = majority(r, own, w.Dimension) })
	}
	w.Dimension = r.Dimensions[0]
	return w
}

func majority(r *rubric.Rubric, own []Decision, dimension string) map[string]Tick {
	ticks := map[string]Tick{}
	for _, s := range r.AllStatements() {
		if s.Dimension != dimension {
			continue
		}
		votes := map[Sight]int{}
		for _, d := range own {
			votes[sightOf(d, s.ID)]++
		}
		for _, sight := range []Sight{Seen, NotSeen} {
			if 2*votes[sight] > len(own) {
				ticks[s.ID] = Tick{Sight: sight}
			}
		}
	}
	return ticks
}
