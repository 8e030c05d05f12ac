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

// Past compares the session with the id, and up to three that were opened before it and
// placed anybody. The present one need not have placed anybody yet; what was made
// outside any session is no session.
//
// Each person's rows are those dimensions on which the present session, or an earlier
// one, placed them. A team's mean is of the ordinals at which its people stand; a
// reviewer's of the offsets from the other reviewers on the same people, each person's
// averaged first, as in [Comparison.Reviewers].
func (c *Comparison) Past(present string) Past {
	columns := c.pastSessions(present)
	p := Past{Sessions: []SessionRef{}, People: []PersonPast{}}
	for i, s := range columns {
		p.Sessions = append(p.Sessions, sessionRef(c.known, present))
		if i > 0 {
			p.Sessions[i] = c.sessions[s]
		}
	}
	teams, reviewers := meansOver(len(columns)), meansOver(len(columns))
	for person := range chunk(c.records, func(a, b record) bool { return a.person == b.person }) {
		stands := make([][]*Stand, len(c.dimensions))
		for turn := range turnsOf(person) {
			column := slices.Index(columns, int(turn[0].session))
			if column < 0 {
				continue
			}
			for u := range unitsOf(turn) {
				at, d := c.outcome(u), u[0].dimension
				if stands[d] == nil {
					stands[d] = make([]*Stand, len(columns))
				}
				stand := c.stand(at)
				stands[d][column] = &stand
				teams.add(c.people[u[0].person].Team, column, float64(at.at.ordinal))
			}
			c.addOffsets(turn, column, reviewers)
		}
		for d, row := range stands {
			if row != nil {
				p.People = append(p.People, PersonPast{c.people[person[0].person], c.dimensions[d], row, lastChange(row)})
			}
		}
	}
	p.Teams, p.Reviewers = teams.sorted(), reviewers.sorted()
	return p
}

// pastSessions are the indexes of the session with the id, −1 if it placed nobody, and
// then of those before it that placed anybody, the latest first. There are none if
// nothing is known of the session.
func (c *Comparison) pastSessions(present string) []int {
	placed := make([]bool, len(c.sessions))
	for _, r := range c.records {
		placed[r.session] = true
	}
	at := c.sessionIndex(present)
	if at >= 0 && !placed[at] {
		at = -1
	}
	if _, known := c.known[present]; present == "" || at < 0 && !known {
		return nil
	}
	columns := []int{at}
	for i := len(c.sessions) - 1; i >= 0 && len(columns) <= maxEarlier; i-- {
		if id := c.sessions[i].ID; id != "" && placed[i] && compareSessions(c.known, id, present) < 0 {
			columns = append(columns, i)
		}
	}
	return columns
}

// addOffsets adds, for one person in one session, each reviewer's mean offset from the
// others over the dimensions.
func (c *Comparison) addOffsets(turn []record, column int, to *means) {
	offsets := map[uint32][]offset{}
	var own []record
	for u := range unitsOf(turn) {
		own = u.own(own[:0])
		besideOthers(own, func(r record, others float64) {
			offsets[r.reviewer] = append(offsets[r.reviewer], offset{r.person, r.session, float64(r.ordinal), others})
		})
	}
	for reviewer, all := range offsets {
		to.add(c.reviewers[reviewer], column, above(byPerson(all)).mean())
	}
}

// lastChange is by how much the first of the stands, the present one, is above the next
// that there is.
func lastChange(stands []*Stand) *int {
	for _, before := range stands[1:] {
		if before != nil && stands[0] != nil {
			change := stands[0].Ordinal - before.Ordinal
			return &change
		}
	}
	return nil
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
				g.Means[column] = &Mean{swept(sum.Mean / float64(sum.Count)), sum.Count}
			}
		}
		all = append(all, g)
	}
	return all
}
