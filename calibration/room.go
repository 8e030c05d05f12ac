package calibration

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"calibrate/rubric"
)

// Room is a session as it stands: who is to be placed, who has placed them, what was
// decided, and what may be shown of it. It is made anew from the records whenever they
// have changed, and does not change itself.
type Room struct {
	Session  Session
	Turns    []Turn      // in the agenda's order
	Compared Comparisons // what counts in the session, of those who are not blind, by rubric

	rubric  *rubric.Rubric   // of whoever has no other
	rubrics []*rubric.Rubric // see Rubrics
	last    string           // id of the person whom the agenda came to last
}

// Turn is one person's place on the agenda.
type Turn struct {
	Person   PersonRef
	Rubric   *rubric.Rubric // that the person is placed under
	Blind    bool
	Voters   []string            // who vote on the person, in the panel's order
	Placed   []string            // those of them who have placed the person on every dimension
	On       map[string][]string // by reviewer, the dimensions that they have drafted or voted on; no more is told while blind
	Recusals []Recusal           // of panellists who do not vote on the person
	Counting []Decision          // what counts in the session, in the order of time; nothing while blind
	Drafts   map[string]Decision // the manager's, else the latest, by dimension
	Finals   map[string]Decision // the latest, by dimension
	Events   []Event             // about the person, in the order of time
	Spent    time.Duration       // on the person
}

// NewRoom makes the room of a session. decisions are all those about the people on its
// agenda, in the order of their ids, whatever session they were made in, for drafts that
// were made outside any may count in this one; events are the session's. The basis says
// which rubric each person is placed under.
func NewRoom(b Basis, s Session, decisions []Decision, events []Event) *Room {
	room := &Room{Session: s, rubric: b.Rubric}
	byPerson, refs := map[string][]Decision{}, map[string]PersonRef{}
	for _, d := range decisions {
		byPerson[d.Person] = append(byPerson[d.Person], d)
	}
	for _, p := range b.People {
		refs[p.ID] = PersonRef{ID: p.ID, Name: p.Name, Team: p.Team, Manager: p.Manager}
	}
	on := agendasOf(b.Sessions, peopleOf([]Session{s}, func(Session) bool { return true }))
	comparers := NewComparers(b, Filter{Sessions: []string{s.ID}})
	for _, id := range s.People {
		ref, ok := refs[id]
		if !ok {
			ref = PersonRef{ID: id, Name: id}
		}
		comparers.of(id)
		t := room.turn(ref, b.under(id), on.counting(byPerson[id], s.ID), events)
		if !t.Blind {
			for _, d := range byPerson[id] {
				comparers.Add(d)
			}
		}
		room.Turns = append(room.Turns, t)
		room.meet(t.Rubric)
	}
	if len(room.rubrics) == 0 {
		room.meet(b.Rubric)
	}
	room.Compared = comparers.Comparisons()
	for _, e := range events {
		if e.Kind == Arrived {
			room.last = e.Person
		}
	}
	return room
}

// under is the rubric that a person is compared under.
func (b Basis) under(person string) *rubric.Rubric {
	if b.RubricFor == nil {
		return b.Rubric
	}
	return b.RubricFor(person)
}

func (room *Room) meet(r *rubric.Rubric) {
	if !slices.ContainsFunc(room.rubrics, func(o *rubric.Rubric) bool { return o.Hash() == r.Hash() }) {
		room.rubrics = append(room.rubrics, r)
	}
}

func (room *Room) turn(p PersonRef, r *rubric.Rubric, counting []Decision, events []Event) Turn {
	s := room.Session
	t := Turn{Person: p, Rubric: r, Voters: s.Voters(p.ID), Drafts: map[string]Decision{}, Finals: map[string]Decision{}}
	t.Placed = havePlaced(t.Voters, counting, r.Dimensions)
	t.On = placedOn(counting)
	t.Blind = s.blind(p.ID, counting, events, r.Dimensions)
	for _, r := range s.Recusals {
		if r.Person == p.ID {
			t.Recusals = append(t.Recusals, r)
		}
	}
	for _, e := range events {
		if e.Person != p.ID {
			continue
		}
		t.Events = append(t.Events, e)
		if e.Kind == Spent {
			t.Spent += time.Duration(e.Seconds) * time.Second
		}
	}
	if t.Blind {
		return t
	}
	t.Counting = counting
	for _, d := range counting {
		switch d.Stage {
		case Final:
			t.Finals[d.Dimension] = later(t.Finals[d.Dimension], d)
		case Draft:
			t.Drafts[d.Dimension] = betterDraft(t.Drafts[d.Dimension], d, p.Manager)
		}
	}
	return t
}

func placedOn(counting []Decision) map[string][]string {
	on := map[string][]string{}
	for _, d := range counting {
		if d.Stage != Final && !slices.Contains(on[d.Reviewer], d.Dimension) {
			on[d.Reviewer] = append(on[d.Reviewer], d.Dimension)
		}
	}
	return on
}

func later(a, b Decision) Decision {
	if b.ID > a.ID {
		return b
	}
	return a
}

// betterDraft is the one of two drafts that the person's manager made, or else the
// later one.
func betterDraft(a, b Decision, manager string) Decision {
	own := cmp.Compare(boolRank(sameName(a.Reviewer, manager)), boolRank(sameName(b.Reviewer, manager)))
	switch {
	case a.ID == "", own < 0:
		return b
	case own > 0:
		return a
	}
	return later(a, b)
}

// Turn finds a person's place on the agenda.
func (room *Room) Turn(person string) (Turn, bool) {
	i := slices.IndexFunc(room.Turns, func(t Turn) bool { return t.Person.ID == person })
	if i < 0 {
		return Turn{}, false
	}
	return room.Turns[i], true
}

// Rubric is the session's own rubric: that of everybody who has no other.
func (room *Room) Rubric() *rubric.Rubric { return room.rubric }

// Rubrics are those that people on the agenda are placed under, in the order in which
// the agenda comes to them; without people it is the session's own.
func (room *Room) Rubrics() []*rubric.Rubric { return room.rubrics }

// RubricName is how a rubric is told from the others in the room.
func (room *Room) RubricName(r *rubric.Rubric) string { return RubricNames(room.rubrics)[r.Hash()] }

// RubricOf is the rubric that a person is placed under.
func (room *Room) RubricOf(person string) *rubric.Rubric {
	if t, ok := room.Turn(person); ok {
		return t.Rubric
	}
	return room.rubric
}

// Mixed reports whether people are placed under more than one rubric.
func (room *Room) Mixed() bool { return len(room.rubrics) > 1 }

// compared is what counts, under the rubric of a turn.
func (room *Room) compared(t Turn) *Comparison { return room.Compared.Under(t.Rubric.Hash()) }

// Missing are the voters who have not placed the person yet.
func (t Turn) Missing() []string {
	var missing []string
	for _, v := range t.Voters {
		if !slices.Contains(t.Placed, v) {
			missing = append(missing, v)
		}
	}
	return missing
}

// Decided reports whether there is a final decision on every dimension.
func (room *Room) Decided(t Turn) bool {
	return !slices.ContainsFunc(t.Rubric.Dimensions, func(d string) bool { return t.Finals[d].ID == "" })
}

// Undecided is the number of people without a final decision on every dimension.
func (room *Room) Undecided() (n int) {
	for _, t := range room.Turns {
		if !room.Decided(t) {
			n++
		}
	}
	return n
}

// Spent is the time that was spent on everybody.
func (room *Room) Spent() (sum time.Duration) {
	for _, t := range room.Turns {
		sum += t.Spent
	}
	return sum
}

// Last is the id of the person whom the agenda came to last, empty before the first.
func (room *Room) Last() string { return room.last }

// Resume is where on the agenda the session goes on: with the person it came to last,
// unless they are decided, and then with the first after them who is not, round the
// agenda. It is 0 where everybody is decided or the agenda is empty.
func (room *Room) Resume() int {
	at := max(0, slices.IndexFunc(room.Turns, func(t Turn) bool { return t.Person.ID == room.last }))
	for i := range room.Turns {
		if next := (at + i) % len(room.Turns); !room.Decided(room.Turns[next]) {
			return next
		}
	}
	return 0
}

// Takes reports why the room does not take a decision; nil if it does. Where there are
// rubrics of single people it must be made under the person's own. Without a panel
// everything else is taken: the rules are those of a session in which people vote.
func (room *Room) Takes(d Decision) error {
	if len(room.Session.Rubrics) > 0 && d.Rubric != room.Session.RubricOf(d.Person) {
		return fmt.Errorf("the session %q places %s under another rubric, %s", room.Session.Name, d.Person, room.RubricOf(d.Person).Role)
	}
	if len(room.Session.Panel) == 0 {
		return nil
	}
	t, ok := room.Turn(d.Person)
	if !ok {
		return fmt.Errorf("%s is not on the agenda of the session %q", d.Person, room.Session.Name)
	}
	switch d.Stage {
	case Panel:
		return room.takesVote(t, d)
	case Final:
		return room.takesFinal(t, d)
	}
	return nil
}

func (room *Room) takesVote(t Turn, d Decision) error {
	if why, recused := room.Session.RecusedFrom(d.Reviewer, d.Person); recused {
		return fmt.Errorf("%s does not vote on %s: %s", d.Reviewer, t.Person.Name, why)
	}
	switch {
	case !slices.Contains(t.Voters, d.Reviewer):
		return fmt.Errorf("%s is not on the panel of the session %q", d.Reviewer, room.Session.Name)
	case !t.Blind:
		return fmt.Errorf("the placements of %s were revealed; a vote would not be blind any more, so make the final decision", t.Person.Name)
	}
	return nil
}

func (room *Room) takesFinal(t Turn, d Decision) error {
	draft, drafted := t.Drafts[d.Dimension]
	switch {
	case t.Blind:
		return fmt.Errorf("%s is still blind, not placed by %s; that comes first, or a reveal with its reason", t.Person.Name, listed(t.Missing()))
	case drafted && draft.Position != d.Position && d.Change == "":
		return fmt.Errorf("the draft of %s placed %s at %s; say why the decision is another one (%s)", draft.Reviewer, t.Person.Name, draft.Position, changeWords())
	}
	return nil
}
