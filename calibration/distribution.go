package calibration

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Grouping says what a distribution is drawn for, one by one.
type Grouping string

// The groupings.
const (
	ByTeam      Grouping = "team"
	ByManager   Grouping = "manager"
	ByReviewer  Grouping = "reviewer"
	ByStage     Grouping = "stage"
	ByDimension Grouping = "dimension"
	BySession   Grouping = "session"
)

// Groupings lists the groupings.
func Groupings() []Grouping {
	return []Grouping{ByTeam, ByManager, ByReviewer, ByStage, ByDimension, BySession}
}

// Distribution is how many are placed where.
type Distribution struct {
	By        Grouping    `json:"by"`
	All       Histogram   `json:"all"`
	Groups    []Histogram `json:"groups"`
	Guideline Guideline   `json:"guideline"` // null if there is none
}

// Histogram counts placements by position and by level, lowest first.
type Histogram struct {
	Name       string        `json:"name"`       // empty for people without a team or manager
	People     int           `json:"people"`     // different ones
	Placements int           `json:"placements"` // what is counted below
	Mean       float64       `json:"mean"`       // of the ordinals; 0 if there are none
	Median     string        `json:"median"`     // key of the position in the middle, of two the lower; empty if there is none
	Positions  []PositionBar `json:"positions"`
	Levels     []LevelBar    `json:"levels"`
	Note       string        `json:"note"` // why its percentages say little; often empty
}

// PositionBar is one bar of a histogram.
type PositionBar struct {
	Position string  `json:"position"` // key
	Count    int     `json:"count"`
	Percent  float64 `json:"percent"`
}

// LevelBar is one bar of a histogram by level, beside the guideline.
type LevelBar struct {
	Level     int      `json:"level"` // its number in the rubric
	Name      string   `json:"name"`
	Count     int      `json:"count"`
	Percent   float64  `json:"percent"`
	Guideline *float64 `json:"guideline"` // percent; null if there is none
	Expected  *float64 `json:"expected"`  // the guideline's share of the placements
}

// Distribution counts each person once per session and dimension:
//
//   - by stage, where the stage placed them, see [Stand]
//   - by reviewer, where the reviewer did, by vote or else draft; finals are nobody's own
//   - by anything else, and in All, where the furthest stage has placed them so far
//
// To see the drafts of a team, filter by stage. The guideline must fit the rubric, see
// [Guideline.Check]; one that does not is left out.
func (c *Comparison) Distribution(by Grouping, g Guideline) Distribution {
	if len(g) != len(c.rubric.Levels) {
		g = nil
	}
	all, groups := newBars(c), map[string]*bars{}
	add := func(name string, r record) {
		if groups[name] == nil {
			groups[name] = newBars(c)
		}
		groups[name].add(r)
	}
	for u := range c.units() {
		all.add(c.outcome(u).at)
		c.counted(u, by, add)
	}
	d := Distribution{By: by, All: all.histogram("all", g), Groups: []Histogram{}, Guideline: g}
	for _, name := range c.groupNames(by, groups) {
		d.Groups = append(d.Groups, groups[name].histogram(name, g))
	}
	return d
}

// counted says which records of a unit count for which groups.
func (c *Comparison) counted(u unit, by Grouping, add func(name string, r record)) {
	switch by {
	case ByStage:
		for _, stage := range Stages() {
			if s, ok := c.standIn(u, stage); ok {
				add(string(stage), s.at)
			}
		}
	case ByReviewer:
		for _, r := range u.own(nil) {
			add(c.reviewers[r.reviewer], r)
		}
	default:
		at := c.outcome(u).at
		add(c.groupOf(at, by), at)
	}
}

func (c *Comparison) groupOf(r record, by Grouping) string {
	switch by {
	case ByTeam:
		return c.people[r.person].Team
	case ByManager:
		return c.people[r.person].Manager
	case ByDimension:
		return c.dimensions[r.dimension]
	case BySession:
		return c.sessions[r.session].ID
	}
	return ""
}

// groupNames lists the groups that there are: stages, dimensions and sessions in their
// own order, others by name.
func (c *Comparison) groupNames(by Grouping, groups map[string]*bars) []string {
	var names []string
	for name := range groups {
		names = append(names, name)
	}
	var order []string
	switch by {
	case ByStage:
		for _, s := range Stages() {
			order = append(order, string(s))
		}
	case ByDimension:
		order = c.dimensions
	case BySession:
		for _, s := range c.sessions {
			order = append(order, s.ID)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a), slices.Index(order, b)), cmp.Compare(a, b))
	})
	return names
}

// bars counts while records are added, those of one person after the other's.
type bars struct {
	of     *Comparison
	counts []int // by ordinal − 1
	people int
	last   uint32 // person, from 1
}

func newBars(c *Comparison) *bars {
	return &bars{of: c, counts: make([]int, len(c.rubric.Positions()))}
}

func (b *bars) add(r record) {
	b.counts[r.ordinal-1]++
	if b.last != r.person+1 {
		b.people, b.last = b.people+1, r.person+1
	}
}

func (b *bars) histogram(name string, g Guideline) Histogram {
	r := b.of.rubric
	h := Histogram{Name: name, People: b.people}
	sum := 0
	for i, n := range b.counts {
		h.Placements += n
		sum += n * (i + 1)
	}
	for _, l := range r.Levels {
		h.Levels = append(h.Levels, LevelBar{Level: l.Number, Name: l.Name})
	}
	below := 0
	for i, p := range r.Positions() {
		n := b.counts[i]
		h.Positions = append(h.Positions, PositionBar{Position: p.Key, Count: n, Percent: percent(n, h.Placements)})
		h.Levels[p.LevelAt].Count += n
		if middle := (h.Placements + 1) / 2; n > 0 && below < middle && below+n >= middle {
			h.Median = p.Key
		}
		below += n
	}
	if h.Placements > 0 {
		h.Mean = float64(sum) / float64(h.Placements)
	}
	for i := range h.Levels {
		level := &h.Levels[i]
		level.Percent = percent(level.Count, h.Placements)
		if g != nil {
			share, expected := g[i], g[i]*float64(h.Placements)/100
			level.Guideline, level.Expected = &share, &expected
		}
	}
	h.Note = h.note(g)
	return h
}

func percent(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return 100 * float64(n) / float64(of)
}

// fewPeople is the number below which one person is more than 5% of a group, as much as
// a whole level of the usual guidelines.
const fewPeople = 20

// note says why the percentages of a group say little: if it has fewer than 20 people,
// or if the guideline's share of a level is less than one of them. The latter is the
// least that an expected count must be for any comparison of counts with expectations:
// W. G. Cochran, Some methods for strengthening the common χ² tests, Biometrics 10
// (1954), 417–451. People count, not placements: two dimensions of one person are no
// two people.
func (h Histogram) note(g Guideline) string {
	if h.People == 0 {
		return "nobody is placed here"
	}
	var parts []string
	if h.People < fewPeople {
		parts = append(parts, fmt.Sprintf("of %s each is %.0f%%: too few for percentages to mean much", countPeople(h.People), percent(1, h.People)))
	}
	var rare []string
	for i, share := range g {
		if expected := share * float64(h.People) / 100; share > 0 && expected < 1 {
			rare = append(rare, fmt.Sprint(h.Levels[i].Level))
		}
	}
	if len(rare) > 0 {
		level := "level"
		if len(rare) > 1 {
			level = "levels"
		}
		parts = append(parts, fmt.Sprintf("at %s %s the guideline means less than one person", level, listed(rare)))
	}
	return strings.Join(parts, "; ")
}
