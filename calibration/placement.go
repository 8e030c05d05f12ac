package calibration

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"time"
)

// PersonRef is what a comparison says of somebody who is rated. Somebody who is not in
// the list of people has their id for a name.
type PersonRef struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Team    string `json:"team"`
	Manager string `json:"manager"`
}

func (p PersonRef) compare(o PersonRef) int {
	return cmp.Or(cmp.Compare(p.Name, o.Name), cmp.Compare(p.ID, o.ID))
}

func (c *Comparer) personRef(id string) PersonRef {
	p, met := c.byID[id]
	if !met && len(c.filter.Sessions) > 0 {
		if at := slices.IndexFunc(c.basis.People, func(p Person) bool { return p.ID == id }); at >= 0 {
			p = &c.basis.People[at]
		}
		c.byID[id] = p
	}
	if p == nil {
		return PersonRef{ID: id, Name: id}
	}
	return PersonRef{ID: p.ID, Name: p.Name, Team: p.Team, Manager: p.Manager}
}

// labels tell people apart in a sentence: by name, and by id too where two of all
// share one.
func labels(people []PersonRef, all []Person) []string {
	count := make(map[string]int, len(people)) // of the names that are asked for
	for _, p := range people {
		count[p.Name] = 0
	}
	for _, p := range all {
		if n, asked := count[p.Name]; asked {
			count[p.Name] = n + 1
		}
	}
	list := make([]string, len(people))
	for i, p := range people {
		list[i] = p.Name
		if count[p.Name] > 1 {
			list[i] = fmt.Sprintf("%s (%s)", p.Name, p.ID)
		}
	}
	return list
}

// SessionRef names a session; both fields are empty for what was made outside any.
type SessionRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// String is the session's name for a sentence.
func (s SessionRef) String() string {
	if s.ID == "" {
		return "outside any session"
	}
	return s.Name
}

func sessionRef(known map[string]Session, id string) SessionRef {
	if s, ok := known[id]; ok {
		return SessionRef{ID: id, Name: s.Name}
	}
	return SessionRef{ID: id, Name: id}
}

// compareSessions puts first what was made outside any, then sessions as they were
// opened, then those that nothing is known of.
func compareSessions(known map[string]Session, a, b string) int {
	rank := func(id string) int {
		if _, ok := known[id]; ok || id == "" {
			return boolRank(ok)
		}
		return 2
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), known[a].OpenedAt.Compare(known[b].OpenedAt), cmp.Compare(a, b))
}

// Placement is one decision as a comparison shows it. Rationale, evidence and notes
// are fetched by its Decision.
type Placement struct {
	Decision   string     `json:"decision"` // id
	Reviewer   string     `json:"reviewer"`
	Stage      Stage      `json:"stage"`
	Position   string     `json:"position"` // key
	Ordinal    int        `json:"ordinal"`  // 0 if the decision stands apart
	Level      int        `json:"level"`    // its number in the rubric; 0 if the decision stands apart
	Confidence Confidence `json:"confidence"`
	DecidedAt  time.Time  `json:"decided_at"`
	Measured   bool       `json:"measured"`            // it is what its reviewer thinks, see Spread
	Outside    bool       `json:"outside,omitempty"`   // a draft that was made outside any session, before this one
	Overruled  []string   `json:"overruled,omitempty"` // ids of earlier decisions in its slot that it conflicts with
}

func (c *Comparison) placement(r record) Placement {
	p := Placement{
		Decision: c.id(r), Reviewer: c.reviewers[r.reviewer], Stage: c.stage(r), Position: c.reasons[r.reason].position,
		DecidedAt: time.UnixMilli(r.decided).UTC(), Outside: r.outside,
	}
	if r.confidence > 0 {
		p.Confidence = Confidences()[r.confidence-1]
	}
	if r.reason == 0 {
		at := c.rubric.At(int(r.ordinal))
		p.Position, p.Ordinal, p.Level = at.Key, at.Ordinal, at.Level
	}
	for _, o := range c.overruled[r.seq] {
		p.Overruled = append(p.Overruled, c.id(o))
	}
	return p
}

func (c *Comparison) id(r record) string { return string(c.ids[r.id.from : r.id.from+r.id.n]) }

func (c *Comparison) stage(r record) Stage {
	if r.stage == 0 {
		return ""
	}
	return Stages()[r.stage-1]
}

// levelAt is the index of the level that a position belongs to.
func (c *Comparison) levelAt(ordinal uint16) int { return c.rubric.Positions()[ordinal-1].LevelAt }

// unit is what was decided about one person in one session on one dimension, by stage,
// then reviewer. It has at least one record.
type unit []record

// units hands out the units, by person, session and dimension.
func (c *Comparison) units() iter.Seq[unit] { return unitsOf(c.records) }

// turns hands out the records of one person in one session after the other's.
func (c *Comparison) turns() iter.Seq[[]record] { return turnsOf(c.records) }

// unitsOf cuts some of the records into units.
func unitsOf(records []record) iter.Seq[unit] {
	return func(yield func(unit) bool) {
		chunk(records, func(a, b record) bool {
			return a.person == b.person && a.session == b.session && a.dimension == b.dimension
		})(func(u []record) bool { return yield(u) })
	}
}

// turnsOf cuts some of the records by person and session.
func turnsOf(records []record) iter.Seq[[]record] {
	return chunk(records, func(a, b record) bool { return a.person == b.person && a.session == b.session })
}

// chunk cuts a list where neighbours do not belong together.
func chunk[T any](all []T, together func(a, b T) bool) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		for from := 0; from < len(all); {
			to := from + 1
			for to < len(all) && together(all[from], all[to]) {
				to++
			}
			if !yield(all[from:to:to]) {
				return
			}
			from = to
		}
	}
}

// in is the part of a unit that is of one stage.
func (u unit) in(s Stage) unit {
	from := slices.IndexFunc(u, func(r record) bool { return int(r.stage) >= s.Rank() })
	if from < 0 {
		return nil
	}
	to := from
	for to < len(u) && int(u[to].stage) == s.Rank() {
		to++
	}
	return u[from:to:to]
}

// latest is the record with the highest id; ok is false if there is none.
func (u unit) latest() (last record, ok bool) {
	for i, r := range u {
		if i == 0 || r.seq > last.seq {
			last = r
		}
	}
	return last, len(u) > 0
}

// own appends to the buffer what each reviewer thinks, by reviewer: the vote, or else
// the latest draft. Finals are nobody's own.
func (u unit) own(buffer []record) []record {
	drafts, votes := u.in(Draft), u.in(Panel)
	for len(drafts)+len(votes) > 0 {
		from := &drafts
		if len(drafts) == 0 || len(votes) > 0 && votes[0].reviewer <= drafts[0].reviewer {
			from = &votes
		}
		next := (*from)[0]
		*from = (*from)[1:]
		last := len(buffer) - 1
		switch {
		case last < 0 || buffer[last].reviewer != next.reviewer:
			buffer = append(buffer, next)
		case next.stage == buffer[last].stage && next.seq > buffer[last].seq:
			buffer[last] = next
		}
	}
	return buffer
}
