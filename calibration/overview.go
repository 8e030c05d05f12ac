package calibration

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Overview says what a comparison rests on.
type Overview struct {
	People    int          `json:"people"`
	Reviewers int          `json:"reviewers"`
	Sessions  []SessionRef `json:"sessions"`
	Decisions int          `json:"decisions"` // that count and can be compared
	Drafts    int          `json:"drafts"`
	Votes     int          `json:"votes"`
	Finals    int          `json:"finals"`
	Conflicts []Conflict   `json:"conflicts"`
	Apart     []Apart      `json:"apart"`
	Words     string       `json:"words"`
}

// Overview says what the comparison rests on.
func (c *Comparison) Overview() Overview {
	o := Overview{Decisions: len(c.records), Sessions: []SessionRef{}, Conflicts: c.Conflicts(), Apart: c.Apart()}
	people, reviewers, sessions := make([]bool, len(c.people)), make([]bool, len(c.reviewers)), make([]bool, len(c.sessions))
	for _, r := range c.records {
		people[r.person], reviewers[r.reviewer], sessions[r.session] = true, true, true
		switch c.stage(r) {
		case Draft:
			o.Drafts++
		case Panel:
			o.Votes++
		default:
			o.Finals++
		}
	}
	o.People, o.Reviewers = countTrue(people), countTrue(reviewers)
	for i, is := range sessions {
		if is {
			o.Sessions = append(o.Sessions, c.sessions[i])
		}
	}
	o.Words = o.words()
	return o
}

func (o Overview) words() string {
	parts := []string{fmt.Sprintf("%s about %s by %s", count(o.Decisions, "decision"), countPeople(o.People), count(o.Reviewers, "reviewer"))}
	if n := len(o.Conflicts); n > 0 {
		parts = append(parts, fmt.Sprintf("%s with an earlier one that was made without knowing of it", countVerb(n, "conflicts", "conflict")))
	}
	if n := len(o.Apart); n > 0 {
		parts = append(parts, countVerb(n, "stands", "stand")+" apart")
	}
	return strings.Join(parts, "; ")
}

// Conflict is a decision that counts beside those in its slot that do not, although it
// does not say that it corrects them: they were made in files that did not know of each
// other. The later counts; the reader sees all.
type Conflict struct {
	Person    PersonRef   `json:"person"`
	Session   SessionRef  `json:"session"`
	Dimension string      `json:"dimension"`
	Counts    Placement   `json:"counts"`
	Overruled []Placement `json:"overruled"` // the earliest first
}

// Conflicts lists the decisions that count with those that they conflict with, by
// person.
func (c *Comparison) Conflicts() []Conflict {
	all := []Conflict{}
	if len(c.overruled) == 0 {
		return all
	}
	for _, r := range c.inOrder() {
		over := c.overruled[r.seq]
		if len(over) == 0 {
			continue
		}
		one := Conflict{Person: c.people[r.person], Session: c.sessions[r.session], Dimension: c.dimensions[r.dimension], Counts: c.placement(r)}
		for _, o := range over {
			one.Overruled = append(one.Overruled, c.placement(o))
		}
		all = append(all, one)
	}
	return all
}

// inOrder are all that count, those among them that stand apart.
func (c *Comparison) inOrder() []record {
	if len(c.standing) == 0 {
		return c.records
	}
	all := slices.Concat(c.records, c.standing)
	slices.SortFunc(all, byUnit)
	return all
}

// Apart is a decision that counts but is not compared, because it was made under
// another rubric in which its position does not mean what it means in the present one.
// It means the same if both rubrics have the same positions in the same order, call
// its level by the same name, and say the same of its dimension at this position.
type Apart struct {
	Decision  string     `json:"decision"` // id
	Person    PersonRef  `json:"person"`
	Session   SessionRef `json:"session"`
	Dimension string     `json:"dimension"`
	Reviewer  string     `json:"reviewer"`
	Stage     Stage      `json:"stage"`
	Position  string     `json:"position"` // as it was written then
	DecidedAt time.Time  `json:"decided_at"`
	Rubric    string     `json:"rubric"` // hash of the one it was made under
	Reason    string     `json:"reason"` // in words
}

// Apart lists the decisions that stand apart, by person.
func (c *Comparison) Apart() []Apart {
	all := make([]Apart, len(c.standing))
	for i, r := range c.standing {
		why := c.reasons[r.reason]
		all[i] = Apart{
			Decision: c.id(r), Person: c.people[r.person], Session: c.sessions[r.session], Dimension: c.dimensions[r.dimension],
			Reviewer: c.reviewers[r.reviewer], Stage: c.stage(r), Position: why.position,
			DecidedAt: time.UnixMilli(r.decided).UTC(), Rubric: why.rubric, Reason: why.words,
		}
	}
	return all
}

// ApartReason is why some decisions stand apart.
type ApartReason struct {
	Words     string `json:"words"`
	Decisions int    `json:"decisions"`
}

// ApartReasons counts the decisions that stand apart by their reason, the commonest
// first.
func (c *Comparison) ApartReasons() []ApartReason {
	number := map[string]int{}
	for _, r := range c.standing {
		number[c.reasons[r.reason].words]++
	}
	all := []ApartReason{}
	for words, n := range number {
		all = append(all, ApartReason{words, n})
	}
	slices.SortFunc(all, func(a, b ApartReason) int {
		return cmp.Or(cmp.Compare(b.Decisions, a.Decisions), cmp.Compare(a.Words, b.Words))
	})
	return all
}

func countTrue(list []bool) (n int) {
	for _, is := range list {
		if is {
			n++
		}
	}
	return n
}
