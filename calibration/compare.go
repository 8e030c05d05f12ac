package calibration

import (
	"strings"

	"calibrate/rubric"
)

// Basis is what decisions are compared on.
type Basis struct {
	Rubric   *rubric.Rubric // whose positions and statements everything is said in
	People   []Person       // somebody who is not among them goes by their id
	Sessions []Session
	// RubricFor is the rubric that a person, by id, is compared under, and nil where that
	// is Rubric for everybody. Only [Comparers] ask it.
	RubricFor func(person string) *rubric.Rubric
	// RubricOf returns the copy of the rubric with the hash that decisions were made
	// under, such as the store's Rubric does. It is asked once for each, and may be nil
	// where there is only the one.
	RubricOf func(hash string) (*rubric.Rubric, error)
}

// Comparer takes in decisions, one after the other and in any order, and makes a
// [Comparison] of those that count.
//
// Of a decision it keeps what comparing needs, some sixty bytes, four for each
// statement that was ticked, and its id, by which whoever shows it fetches rationale
// and notes. A file of a million decisions can be read through it.
type Comparer struct {
	basis      Basis
	filter     Filter
	chosen     selection
	byID       map[string]*Person // nil for who is not in the list of people
	agendas    agendas
	people     register // ids
	reviewers  register
	sessions   register            // ids
	dimensions register            // the rubric's, then others as they are met
	versions   map[string]*version // by hash
	rubrics    []*version          // the same, by version.index
	apart      []reason            // [0] is for those that do not stand apart
	corrected  map[correction]struct{}

	records []record
	rising  bool // ids were met in rising order
	ids     []byte
	ticks   []tick
}

// NewComparer starts a comparison of the decisions that the filter lets pass. The
// names in the filter are taken as they are; see [Basis.Resolve].
func NewComparer(b Basis, f Filter) *Comparer {
	c := &Comparer{
		basis: b, filter: f, chosen: f.selection(), byID: map[string]*Person{}, agendas: f.agendas(b.Sessions),
		versions: map[string]*version{}, apart: []reason{{}}, corrected: map[correction]struct{}{}, rising: true,
	}
	for i, p := range b.People {
		if len(f.Sessions) == 0 || len(c.agendas[p.ID]) > 0 { // of sessions, hardly anybody else is asked for
			c.byID[p.ID] = &b.People[i]
		}
	}
	for _, d := range b.Rubric.Dimensions {
		c.dimension(d)
	}
	c.meet(b.Rubric.Hash(), newVersion(b.Rubric, b.Rubric))
	return c
}

// record is what is kept of a decision. It has no pointers, so that a million of them
// cost the collector nothing.
type record struct {
	decided                           int64  // Unix milliseconds
	id, ticks                         span   // in Comparer.ids, Comparer.ticks
	person, reviewer, session, reason uint32 // indexes; reason 0: the decision can be compared
	dimension                         uint32 // index
	seq                               uint32 // place in the order of ids, which is that of time
	ordinal                           uint16 // of the position; 0 if it stands apart
	version                           uint16 // index in Comparer.rubrics
	stage, confidence                 uint8  // ranks
	outside                           bool   // made outside any session, see agendas
}

// correction is the id of a decision that another one supersedes, and the session that
// the other one counts in.
type correction struct {
	of      string
	session uint32
}

// span is a part of a list.
type span struct{ from, n uint32 }

// tick is the index of a statement of the rubric, twice, and 1 more if it was seen, or,
// for a dampener, applies.
type tick uint32

func (t tick) statement() int { return int(t >> 1) }
func (t tick) seen() bool     { return t&1 == 1 }

// register gives each name the index at which it was first met.
type register struct {
	list []string
	at   map[string]uint32
}

func (r *register) index(name string) (i uint32, isNew bool) {
	if i, ok := r.at[name]; ok {
		return i, false
	}
	if r.at == nil {
		r.at = map[string]uint32{}
	}
	i = uint32(len(r.list))
	name = strings.Clone(name) // which may be a part of all that was read with it
	r.at[name] = i
	r.list = append(r.list, name)
	return i, true
}

// Add takes in a decision. Those that another one supersedes may come before or after
// it; a decision that comes twice counts once.
func (c *Comparer) Add(d Decision) {
	v := c.version(d.Rubric)
	r := record{decided: d.DecidedAt.UnixMilli(), version: v.index, stage: uint8(d.Stage.Rank()), confidence: d.Confidence.rank()}
	r.person, r.reviewer = c.person(d.Person), c.reviewer(d.Reviewer)
	r.dimension = c.dimensionIn(v, d.Dimension)
	session := c.agendas.sessionOf(d)
	r.session, r.outside = c.session(session), session != d.Session
	if d.Supersedes != "" {
		c.corrected[correction{strings.Clone(d.Supersedes), r.session}] = struct{}{} // without the rest of the decision
	}
	if !c.chosen.passes(r) {
		return
	}
	r.ordinal, r.reason = c.place(v, d)
	r.id = c.keepID(d.ID)
	if r.reason == 0 && c.chosen.recent(r) { // of what is too old only the slot matters
		r.ticks = c.keepTicks(v, d)
	}
	c.records = append(c.records, r)
}

func (c Confidence) rank() uint8 {
	for i, known := range Confidences() {
		if c == known {
			return uint8(i + 1)
		}
	}
	return 0
}

func (c *Comparer) person(id string) uint32 {
	i, isNew := c.people.index(id)
	if isNew {
		c.chosen.people = append(c.chosen.people, c.filter.passesPerson(c.personRef(id)))
	}
	return i
}

func (c *Comparer) reviewer(name string) uint32 {
	i, isNew := c.reviewers.index(name)
	if isNew {
		c.chosen.reviewers = append(c.chosen.reviewers, passes(c.filter.Reviewers, name))
	}
	return i
}

func (c *Comparer) session(id string) uint32 {
	i, isNew := c.sessions.index(id)
	if isNew {
		c.chosen.sessions = append(c.chosen.sessions, passes(c.filter.Sessions, id))
	}
	return i
}

func (c *Comparer) dimension(name string) uint32 {
	i, isNew := c.dimensions.index(name)
	if isNew {
		c.chosen.dimensions = append(c.chosen.dimensions, passes(c.filter.Dimensions, name))
	}
	return i
}

// dimensionIn is the dimension that a rubric's name stands for in the present one, or,
// where it has none, the name itself.
func (c *Comparer) dimensionIn(v *version, name string) uint32 {
	if now, ok := v.dimensions[name]; ok {
		return now
	}
	now := name
	if found, err := c.basis.Rubric.Dimension(name); err == nil {
		now = found
	}
	v.dimensions[name] = c.dimension(now)
	return v.dimensions[name]
}

func (c *Comparer) keepID(id string) span {
	if n := len(c.records); c.rising && n > 0 && string(c.idOf(c.records[n-1])) >= id {
		c.rising = false
	}
	s := span{from: uint32(len(c.ids)), n: uint32(len(id))}
	c.ids = append(c.ids, id...)
	return s
}

func (c *Comparer) idOf(r record) []byte { return c.ids[r.id.from : r.id.from+r.id.n] }

func (c *Comparer) keepTicks(v *version, d Decision) span {
	from := len(c.ticks)
	keep := func(id string, seen tick) {
		if i, ok := v.statement(c.basis.Rubric, id); ok {
			c.ticks = append(c.ticks, tick(i)<<1|seen)
		}
	}
	for _, e := range d.Evidence {
		if e.Seen {
			keep(e.Statement, 1)
		} else {
			keep(e.Statement, 0)
		}
	}
	for _, m := range d.Dampeners {
		keep(m.Statement, 1)
	}
	return span{from: uint32(from), n: uint32(len(c.ticks) - from)}
}
