package calibration

import (
	"maps"
	"slices"
)

// Cell is everybody who was placed at one position on one dimension: would you say the
// same of each?
type Cell struct {
	Position  string       `json:"position"` // key
	Ordinal   int          `json:"ordinal"`
	Dimension string       `json:"dimension"`
	People    []CellPerson `json:"people"` // by name
}

// CellPerson is one of them, with the evidence of the decisions that placed them there.
type CellPerson struct {
	Person  PersonRef   `json:"person"`
	Session SessionRef  `json:"session"`
	Stand   Stand       `json:"stand"`
	Ticks   []TickedBy  `json:"ticks"` // in the rubric's order
	Own     []Placement `json:"placements"`
}

// TickedBy is a statement that was ticked, and by how many.
type TickedBy struct {
	Statement string `json:"statement"` // id
	Seen      int    `json:"seen"`
	NotSeen   int    `json:"not_seen"`
}

// Cells lists the positions at which somebody stands, by dimension and from the lowest
// up. Somebody stands where the furthest stage of their session has placed them, see
// [Stand]; of several sessions each counts.
func (c *Comparison) Cells() []Cell {
	positions := len(c.rubric.Positions())
	cells := make([]Cell, len(c.dimensions)*positions)
	for u := range c.units() {
		s := c.outcome(u)
		cell := &cells[int(u[0].dimension)*positions+int(s.at.ordinal)-1]
		p := CellPerson{Person: c.people[u[0].person], Session: c.sessions[u[0].session], Stand: c.stand(s), Ticks: c.tickedBy(s.through)}
		for _, r := range s.through {
			p.Own = append(p.Own, c.placement(r))
		}
		cell.People = append(cell.People, p)
	}
	occupied := []Cell{}
	for i, cell := range cells {
		if len(cell.People) > 0 {
			at := c.rubric.At(i%positions + 1)
			cell.Position, cell.Ordinal, cell.Dimension = at.Key, at.Ordinal, c.dimensions[i/positions]
			occupied = append(occupied, cell)
		}
	}
	return occupied
}

func (c *Comparison) tickedBy(through []record) []TickedBy {
	counts := map[int]TickedBy{}
	for _, r := range through {
		for _, t := range c.ticksOf(r) {
			n := counts[t.statement()]
			if t.seen() {
				n.Seen++
			} else {
				n.NotSeen++
			}
			counts[t.statement()] = n
		}
	}
	ticks := make([]TickedBy, 0, len(counts))
	for _, i := range slices.Sorted(maps.Keys(counts)) {
		n := counts[i]
		n.Statement = c.rubric.AllStatements()[i].ID
		ticks = append(ticks, n)
	}
	return ticks
}
