package calibration

import (
	"cmp"
	"fmt"
	"slices"
)

// Shift is what changed from one stage to another, or from one session to another.
type Shift struct {
	From        string     `json:"from"` // the stage, or the session's name
	To          string     `json:"to"`
	Rows        []ShiftRow `json:"rows"`      // those that moved furthest first
	Positions   Matrix     `json:"positions"` // rows counted by position
	Levels      Matrix     `json:"levels"`    // and by level
	Total       Drift      `json:"total"`
	ByTeam      []Drift    `json:"by_team"`
	ByManager   []Drift    `json:"by_manager"`
	ByDimension []Drift    `json:"by_dimension"`
	ByReviewer  []Drift    `json:"by_reviewer"` // of their own placements, see StageShift and SessionShift
	OnlyFrom    int        `json:"only_from"`   // placed before and not, or not yet, after; not among Rows
	OnlyTo      int        `json:"only_to"`     // placed after and not before
	Words       string     `json:"words"`
}

// ShiftRow is one person's move on one dimension.
type ShiftRow struct {
	Person    PersonRef  `json:"person"`
	Session   SessionRef `json:"session"` // of To
	Dimension string     `json:"dimension"`
	From      Stand      `json:"from"`
	To        Stand      `json:"to"`
	Change    int        `json:"change"` // positions up; negative: down
	Levels    int        `json:"levels"` // levels up
}

// Matrix counts moves: Counts[i][j] from Names[i] to Names[j], lowest first.
type Matrix struct {
	Names  []string `json:"names"` // keys of positions, or numbers of levels
	Counts [][]int  `json:"counts"`
}

// StageShift compares two stages within each session, such as drafts with finals. What
// a stage came to is its [Stand]: of several drafts the one by the person's manager, or
// else the latest. A reviewer's drift is from each placement of their own in the first
// stage to where the second stage stands, also of drafts that are not the one above.
func (c *Comparison) StageShift(from, to Stage) Shift {
	m := c.newMoves(string(from), string(to))
	for u := range c.units() {
		before, hasBefore := c.standIn(u, from)
		after, hasAfter := c.standIn(u, to)
		m.add(before, hasBefore, after, hasAfter)
		if hasAfter {
			for _, own := range latestEach(u.in(from)) {
				m.reviewers.add(c.reviewers[own.reviewer], c.change(own, after.at))
			}
		}
	}
	return m.shift()
}

// latestEach is the latest record of each reviewer in a stage.
func latestEach(stage unit) unit {
	var latest unit
	for _, r := range stage {
		last := len(latest) - 1
		switch {
		case last < 0 || latest[last].reviewer != r.reviewer:
			latest = append(latest, r)
		case r.seq > latest[last].seq:
			latest[last] = r
		}
	}
	return latest
}

// SessionShift compares what two sessions, by their ids, came to: of each the [Stand]
// of the furthest stage. A reviewer's drift is from what they thought of a person in
// the one session to what they thought in the other, by their vote or else their draft.
func (c *Comparison) SessionShift(from, to string) Shift {
	one, other := c.sessionIndex(from), c.sessionIndex(to)
	m := c.newMoves(c.SessionName(from), c.SessionName(to))
	type key struct{ person, dimension uint32 }
	earlier := map[key]unit{}
	for u := range c.units() {
		if int(u[0].session) == one {
			earlier[key{u[0].person, u[0].dimension}] = u
		}
	}
	for u := range c.units() {
		if int(u[0].session) != other {
			continue
		}
		at := key{u[0].person, u[0].dimension}
		before, ok := earlier[at]
		delete(earlier, at)
		if !ok {
			m.add(standing{}, false, c.outcome(u), true)
			continue
		}
		m.add(c.outcome(before), true, c.outcome(u), true)
		m.addOwn(before.own(nil), u.own(nil))
	}
	m.only[0] = len(earlier)
	return m.shift()
}

func (c *Comparison) sessionIndex(id string) int {
	return slices.IndexFunc(c.sessions, func(s SessionRef) bool { return s.ID == id })
}

// SessionName is what a session is called in a sentence: its name, or “outside any
// session”.
func (c *Comparison) SessionName(id string) string { return sessionRef(c.known, id).String() }

// moved is by how much somebody was placed elsewhere.
type moved struct{ positions, levels int }

func (c *Comparison) change(from, to record) moved {
	return moved{int(to.ordinal) - int(from.ordinal), c.levelAt(to.ordinal) - c.levelAt(from.ordinal)}
}

// moves gathers what a Shift counts.
type moves struct {
	of                                     *Comparison
	made                                   Shift
	teams, managers, dimensions, reviewers drifts
	only                                   [2]int
}

func (c *Comparison) newMoves(from, to string) *moves {
	m := &moves{of: c, made: Shift{From: from, To: to, Rows: []ShiftRow{}}}
	for _, p := range c.rubric.Positions() {
		m.made.Positions.Names = append(m.made.Positions.Names, p.Key)
	}
	for _, l := range c.rubric.Levels {
		m.made.Levels.Names = append(m.made.Levels.Names, fmt.Sprint(l.Number))
	}
	m.made.Positions.clear()
	m.made.Levels.clear()
	return m
}

func (m *Matrix) clear() {
	for range m.Names {
		m.Counts = append(m.Counts, make([]int, len(m.Names)))
	}
}

func (m *moves) add(before standing, hasBefore bool, after standing, hasAfter bool) {
	switch {
	case !hasBefore && !hasAfter:
		return
	case !hasAfter:
		m.only[0]++
		return
	case !hasBefore:
		m.only[1]++
		return
	}
	c, from, to := m.of, before.at, after.at
	change := c.change(from, to)
	row := ShiftRow{
		Person: c.people[to.person], Session: c.sessions[to.session], Dimension: c.dimensions[to.dimension],
		From: c.stand(before), To: c.stand(after), Change: change.positions, Levels: change.levels,
	}
	m.made.Rows = append(m.made.Rows, row)
	m.made.Positions.Counts[from.ordinal-1][to.ordinal-1]++
	m.made.Levels.Counts[c.levelAt(from.ordinal)][c.levelAt(to.ordinal)]++
	m.made.Total.add(change)
	m.teams.add(row.Person.Team, change)
	m.managers.add(row.Person.Manager, change)
	m.dimensions.add(row.Dimension, change)
}

// addOwn adds the drift of reviewers who placed the person both times.
func (m *moves) addOwn(before, after []record) {
	for _, b := range before {
		for _, a := range after {
			if a.reviewer == b.reviewer {
				m.reviewers.add(m.of.reviewers[a.reviewer], m.of.change(b, a))
			}
		}
	}
}

func (m *moves) shift() Shift {
	s := m.made
	slices.SortStableFunc(s.Rows, func(a, b ShiftRow) int {
		return cmp.Compare(max(b.Change, -b.Change), max(a.Change, -a.Change))
	})
	s.OnlyFrom, s.OnlyTo = m.only[0], m.only[1]
	s.Total = s.Total.averaged()
	s.ByTeam, s.ByManager, s.ByReviewer = m.teams.sorted(), m.managers.sorted(), m.reviewers.sorted()
	s.ByDimension = m.dimensions.inOrder(m.of.dimensions)
	s.Words = s.Total.Words()
	return s
}
