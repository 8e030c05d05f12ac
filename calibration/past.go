package calibration

import "slices"

// Past sets up to three earlier sessions beside the present one.
type Past struct {
	Sessions  []SessionRef `json:"sessions"` // the present one, then earlier ones, the latest first
	People    []PersonPast `json:"people"`
	Teams     []GroupPast  `json:"teams"`
	Reviewers []GroupPast  `json:"reviewers"` // their offset from the others, in positions
}

// PersonPast is where the sessions placed one person on one dimension: one Stand for
// each of Past.Sessions, null where a session did not place them.
type PersonPast struct {
	Person    PersonRef `json:"person"`
	Dimension string    `json:"dimension"`
	Stands    []*Stand  `json:"stands"`
	Change    *int      `json:"change"` // positions up since the latest earlier session that placed them; null if there is none
}

// GroupPast is what the sessions came to for a team or a reviewer: one mean for each of
// Past.Sessions, null where there is none.
type GroupPast struct {
	Name  string  `json:"name"`
	Means []*Mean `json:"means"`
}

// Mean is the mean of so many numbers.
type Mean struct {
	Mean  float64 `json:"mean"`
	Count int     `json:"count"`
}

// Past compares the session with the id, and up to three that were opened before it.
// Each person's rows are those dimensions on which the present session, or an earlier
// one, placed them. A team's mean is of the ordinals at which its people stand; a
// reviewer's of the offsets from the other reviewers on the same people.
func (c *Comparison) Past(present string) Past {
	columns := c.pastSessions(c.sessionIndex(present))
	p := Past{Sessions: []SessionRef{}, People: []PersonPast{}}
	for _, s := range columns {
		p.Sessions = append(p.Sessions, c.sessions[s])
	}
	teams, reviewers := meansOver(len(columns)), meansOver(len(columns))
	var own []record
	for u := range c.units() {
		column := slices.Index(columns, int(u[0].session))
		if column < 0 {
			continue
		}
		at := c.outcome(u)
		p.stand(c, u, column, c.stand(at))
		teams.add(c.people[u[0].person].Team, column, float64(at.at.ordinal))
		own = u.own(own[:0])
		for _, r := range own {
			var f findings
			if f.besideOthers(r, own); len(f.offsets) > 0 {
				reviewers.add(c.reviewers[r.reviewer], column, f.offsets[0].own-f.offsets[0].others)
			}
		}
	}
	p.Teams, p.Reviewers = teams.sorted(), reviewers.sorted()
	p.changes()
	return p
}

// pastSessions are the indexes of the session and of those before it, the latest first.
// What was made outside any session is none.
func (c *Comparison) pastSessions(present int) []int {
	var columns []int
	for i := present; i >= 0 && len(columns) <= maxEarlier; i-- {
		if c.sessions[i].ID != "" {
			columns = append(columns, i)
		}
	}
	return columns
}

// stand notes where a session placed somebody. Units come by person and session, so
// that a row may have been begun some units ago, but for the same person.
func (p *Past) stand(c *Comparison, u unit, column int, s Stand) {
	person, dimension := c.people[u[0].person], c.dimensions[u[0].dimension]
	row := -1
	for i := len(p.People) - 1; i >= 0 && p.People[i].Person.ID == person.ID; i-- {
		if p.People[i].Dimension == dimension {
			row = i
		}
	}
	if row < 0 {
		row = len(p.People)
		p.People = append(p.People, PersonPast{Person: person, Dimension: dimension, Stands: make([]*Stand, len(p.Sessions))})
	}
	p.People[row].Stands[column] = &s
}

func (p *Past) changes() {
	for i := range p.People {
		stands := p.People[i].Stands
		if stands[0] == nil {
			continue
		}
		for _, before := range stands[1:] {
			if before != nil {
				change := stands[0].Ordinal - before.Ordinal
				p.People[i].Change = &change
				break
			}
		}
	}
}

// means gathers means by name and column.
type means struct {
	columns int
	names   register
	sums    [][]Mean
}

func meansOver(columns int) *means { return &means{columns: columns} }

func (m *means) add(name string, column int, x float64) {
	i, isNew := m.names.index(name)
	if isNew {
		m.sums = append(m.sums, make([]Mean, m.columns))
	}
	m.sums[i][column].Mean += x
	m.sums[i][column].Count++
}

func (m *means) sorted() []GroupPast {
	all := []GroupPast{}
	for _, name := range slices.Sorted(slices.Values(m.names.list)) {
		g := GroupPast{Name: name, Means: make([]*Mean, m.columns)}
		for column, sum := range m.sums[m.names.at[name]] {
			if sum.Count > 0 {
				g.Means[column] = &Mean{sum.Mean / float64(sum.Count), sum.Count}
			}
		}
		all = append(all, g)
	}
	return all
}
