package calibration

import (
	"cmp"
	"slices"

	"calibrate/rubric"
)

// ContestedStatement is a statement of the rubric that reviewers of the same person
// ticked differently: where its wording needs work, or where they saw different things.
type ContestedStatement struct {
	Statement string            `json:"statement"` // id
	Text      string            `json:"text"`
	Position  string            `json:"position"` // key
	Dimension string            `json:"dimension"`
	Section   rubric.Section    `json:"section"`
	Contested int               `json:"contested"` // people in a session of whom one reviewer ticked it seen and another not seen
	Ticked    int               `json:"ticked"`    // people in a session of whom two reviewers or more ticked it
	Percent   float64           `json:"percent"`
	People    []ContestedPerson `json:"people"` // the contested ones
}

// ContestedPerson is somebody on whom a statement was contested.
type ContestedPerson struct {
	Person  PersonRef  `json:"person"`
	Session SessionRef `json:"session"`
	Seen    []string   `json:"seen"` // reviewers
	NotSeen []string   `json:"not_seen"`
	Blank   []string   `json:"blank"` // who placed the person on the dimension under a rubric that has it, and left it blank
}

// Contested lists the statements that were contested at all, those first that were so
// for the most people, and of equals those with the greater share.
//
// A statement that one reviewer ticked and another left blank is not contested: nobody
// ticks everything, and a blank says nothing. Blanks are listed beside. A reviewer's
// ticks are those of what they think, see [Comparison.Spread].
func (c *Comparison) Contested() []ContestedStatement {
	all := make([]ContestedStatement, len(c.rubric.AllStatements()))
	var own []record
	for u := range c.units() {
		if own = u.own(own[:0]); len(own) >= 2 {
			c.contestedIn(own, all)
		}
	}
	for i, s := range c.rubric.AllStatements() {
		st := &all[i]
		st.Statement, st.Text, st.Position, st.Dimension, st.Section = s.ID, s.Text, s.Position.Key, s.Dimension, s.Section
		st.Percent = percent(st.Contested, st.Ticked)
	}
	all = slices.DeleteFunc(all, func(s ContestedStatement) bool { return s.Contested == 0 })
	slices.SortStableFunc(all, func(a, b ContestedStatement) int {
		return cmp.Or(cmp.Compare(b.Contested, a.Contested), cmp.Compare(b.Percent, a.Percent))
	})
	return all
}

// contestedIn counts the ticks of one unit, where the reviewers' placements are those
// given.
func (c *Comparison) contestedIn(own []record, all []ContestedStatement) {
	seen, notSeen := map[int][]string{}, map[int][]string{}
	for _, r := range own {
		for _, t := range c.ticksOf(r) {
			into := notSeen
			if t.seen() {
				into = seen
			}
			into[t.statement()] = append(into[t.statement()], c.reviewers[r.reviewer])
		}
	}
	count := func(statement int) {
		yes, no := seen[statement], notSeen[statement]
		st := &all[statement]
		if len(yes)+len(no) >= 2 {
			st.Ticked++
		}
		if len(yes) > 0 && len(no) > 0 {
			st.Contested++
			st.People = append(st.People, ContestedPerson{
				Person: c.people[own[0].person], Session: c.sessions[own[0].session], Seen: yes, NotSeen: no, Blank: c.blank(statement, own, yes, no),
			})
		}
	}
	for statement := range seen {
		count(statement)
	}
	for statement := range notSeen {
		if _, counted := seen[statement]; !counted {
			count(statement)
		}
	}
}

func (c *Comparison) blank(statement int, own []record, yes, no []string) []string {
	blank := []string{}
	for _, r := range own {
		if says := c.says[r.version]; says != nil && !says[statement] {
			continue
		}
		if name := c.reviewers[r.reviewer]; !slices.Contains(yes, name) && !slices.Contains(no, name) {
			blank = append(blank, name)
		}
	}
	return blank
}

func (c *Comparison) ticksOf(r record) []tick { return c.ticks[r.ticks.from : r.ticks.from+r.ticks.n] }
