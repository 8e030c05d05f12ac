package calibration

import (
	"cmp"
	"fmt"
	"slices"
)

// Triage is what facilitators make of how far the reviewers are apart.
type Triage string

// The triages.
const (
	Discuss          Triage = "discuss"            // two positions apart or more, or across a level
	TwoMinutes       Triage = "two minutes"        // one apart
	NothingToDiscuss Triage = "nothing to discuss" // all at the same position
	TooFew           Triage = "too few placements" // fewer than two reviewers have placed
)

// Triages lists the triages, the most pressing first.
func Triages() []Triage { return []Triage{Discuss, TwoMinutes, NothingToDiscuss, TooFew} }

// Spread is where reviewers placed the same person, those who are furthest apart first.
type Spread struct {
	People []PersonSpread `json:"people"`
	Counts SpreadCounts   `json:"counts"` // of People, by triage
	Words  string         `json:"words"`
}

// SpreadCounts counts by triage.
type SpreadCounts struct {
	Discuss          int `json:"discuss"`
	TwoMinutes       int `json:"two_minutes"`
	NothingToDiscuss int `json:"nothing_to_discuss"`
	TooFew           int `json:"too_few"`
}

// PersonSpread is the placements of one person in one session. Its triage and distance
// are those of the dimension that is furthest apart; it crosses a level if any of them
// does.
type PersonSpread struct {
	Person       PersonRef   `json:"person"`
	Session      SessionRef  `json:"session"`
	Triage       Triage      `json:"triage"`
	Apart        int         `json:"positions_apart"`
	CrossesLevel bool        `json:"crosses_level"`
	Rows         []SpreadRow `json:"dimensions"` // in the rubric's order
}

// SpreadRow is the placements of one person in one session on one dimension.
type SpreadRow struct {
	Dimension    string      `json:"dimension"`
	Placements   []Placement `json:"placements"` // by stage, then from the lowest up
	Final        *Placement  `json:"final"`      // the latest; null if there is none
	Lowest       *SpreadEnd  `json:"lowest"`     // null if nobody has drafted or voted
	Highest      *SpreadEnd  `json:"highest"`
	Apart        int         `json:"positions_apart"`
	CrossesLevel bool        `json:"crosses_level"`
	Triage       Triage      `json:"triage"`
	Words        string      `json:"words"`
}

// SpreadEnd is the lowest or highest position that somebody was placed at, and by whom:
// the two ends are those who should speak first.
type SpreadEnd struct {
	Position  string   `json:"position"`
	Ordinal   int      `json:"ordinal"`
	Level     int      `json:"level"`
	Reviewers []string `json:"reviewers"`
}

// Spread measures how far reviewers are apart, per person, session and dimension:
// placements of two sessions are never set against each other.
//
// Each reviewer is measured once, by what they think last: a panel vote takes the place
// of their own draft, and of several drafts the latest counts. Finals are shown but not
// measured: they are what the session made of the disagreement, not part of it. The
// triage is the facilitators' rule, see [Triage].
func (c *Comparison) Spread() Spread {
	s := Spread{People: []PersonSpread{}}
	for turn := range c.turns() {
		s.People = append(s.People, c.personSpread(turn))
	}
	slices.SortStableFunc(s.People, furthestFirst)
	for _, p := range s.People {
		s.Counts.add(p.Triage)
	}
	n := s.Counts
	s.Words = fmt.Sprintf("%d to discuss, %d for two minutes, %d with nothing to discuss", n.Discuss, n.TwoMinutes, n.NothingToDiscuss)
	if n.TooFew > 0 {
		s.Words += fmt.Sprintf(", %d placed by fewer than two", n.TooFew)
	}
	return s
}

// furthestFirst puts people before others who are less far apart.
func furthestFirst(a, b PersonSpread) int {
	return cmp.Or(cmp.Compare(b.Apart, a.Apart), cmp.Compare(boolRank(b.CrossesLevel), boolRank(a.CrossesLevel)),
		cmp.Compare(boolRank(a.Triage == TooFew), boolRank(b.Triage == TooFew)), cmp.Compare(b.total(), a.total()))
}

// On is the spread on one dimension alone, those first who are furthest apart on it.
// Each of the people has that one row.
func (s Spread) On(dimension string) []PersonSpread {
	var on []PersonSpread
	for _, p := range s.People {
		for _, row := range p.Rows {
			if row.Dimension == dimension {
				p.Triage, p.Apart, p.CrossesLevel, p.Rows = row.Triage, row.Apart, row.CrossesLevel, []SpreadRow{row}
				on = append(on, p)
				break
			}
		}
	}
	slices.SortStableFunc(on, furthestFirst)
	return on
}

// total tells people apart whose widest dimension is equally wide.
func (p PersonSpread) total() (total int) {
	for _, row := range p.Rows {
		total += row.Apart
	}
	return total
}

func (n *SpreadCounts) add(t Triage) {
	switch t {
	case Discuss:
		n.Discuss++
	case TwoMinutes:
		n.TwoMinutes++
	case NothingToDiscuss:
		n.NothingToDiscuss++
	default:
		n.TooFew++
	}
}

func (c *Comparison) personSpread(turn []record) PersonSpread {
	p := PersonSpread{Person: c.people[turn[0].person], Session: c.sessions[turn[0].session], Triage: TooFew}
	for u := range unitsOf(turn) {
		row := c.spreadRow(u)
		p.Rows = append(p.Rows, row)
		p.Apart, p.CrossesLevel = max(p.Apart, row.Apart), p.CrossesLevel || row.CrossesLevel
		if slices.Index(Triages(), row.Triage) < slices.Index(Triages(), p.Triage) {
			p.Triage = row.Triage
		}
	}
	return p
}

func (c *Comparison) spreadRow(u unit) SpreadRow {
	own := u.own(nil)
	row := SpreadRow{Dimension: c.dimensions[u[0].dimension], Triage: TooFew}
	for _, r := range u {
		p := c.placement(r)
		p.Measured = slices.ContainsFunc(own, func(o record) bool { return o.seq == r.seq })
		row.Placements = append(row.Placements, p)
	}
	slices.SortStableFunc(row.Placements, func(a, b Placement) int {
		return cmp.Or(cmp.Compare(a.Stage.Rank(), b.Stage.Rank()), cmp.Compare(a.Ordinal, b.Ordinal))
	})
	if last, ok := u.in(Final).latest(); ok {
		final := c.placement(last)
		row.Final = &final
	}
	if len(own) > 0 {
		c.measureSpread(&row, own)
	}
	row.Words = row.words(len(own))
	return row
}

func (c *Comparison) measureSpread(row *SpreadRow, own []record) {
	byOrdinal := func(a, b record) int { return cmp.Compare(a.ordinal, b.ordinal) }
	low, high := slices.MinFunc(own, byOrdinal).ordinal, slices.MaxFunc(own, byOrdinal).ordinal
	row.Lowest, row.Highest = c.spreadEnd(own, low), c.spreadEnd(own, high)
	row.Apart, row.CrossesLevel = int(high-low), c.levelAt(low) != c.levelAt(high)
	switch {
	case len(own) < 2:
		row.Triage = TooFew
	case row.Apart >= 2 || row.CrossesLevel:
		row.Triage = Discuss
	case row.Apart == 1:
		row.Triage = TwoMinutes
	default:
		row.Triage = NothingToDiscuss
	}
}

func (c *Comparison) spreadEnd(own []record, ordinal uint16) *SpreadEnd {
	at := c.rubric.At(int(ordinal))
	end := &SpreadEnd{Position: at.Key, Ordinal: at.Ordinal, Level: at.Level}
	for _, r := range own {
		if r.ordinal == ordinal {
			end.Reviewers = append(end.Reviewers, c.reviewers[r.reviewer])
		}
	}
	return end
}

func (row SpreadRow) words(reviewers int) string {
	switch {
	case reviewers == 0:
		return "a final decision, without draft or vote"
	case reviewers == 1:
		return fmt.Sprintf("one placement, at %s by %s: nothing to compare it with", row.Lowest.Position, row.Lowest.Reviewers[0])
	case row.Apart == 0:
		return fmt.Sprintf("all %d at %s: nothing to discuss", reviewers, row.Lowest.Position)
	}
	ends := fmt.Sprintf("%s to %s", row.Lowest.Position, row.Highest.Position)
	switch {
	case row.Apart == 1 && row.CrossesLevel:
		return ends + ", one apart but across a level: discuss"
	case row.Apart == 1:
		return ends + ", one apart: two minutes"
	case row.CrossesLevel:
		return fmt.Sprintf("%s, %d apart and across a level: discuss", ends, row.Apart)
	}
	return fmt.Sprintf("%s, %d apart: discuss", ends, row.Apart)
}

// PeopleByName lists the people by name, then session, for looking somebody up.
func (s Spread) PeopleByName() []PersonSpread {
	people := slices.Clone(s.People)
	slices.SortStableFunc(people, func(a, b PersonSpread) int {
		return cmp.Or(a.Person.compare(b.Person), cmp.Compare(a.Session.Name, b.Session.Name))
	})
	return people
}
