// Package memorystore is a store that forgets, for tests of what people see: it answers as
// a veiled store on a file does, and fails on demand. Ids count up, so that pictures and
// transcripts stay the same.
//
// What a store must keep is tested in package store, on files. Here belongs only what
// tests of screens and dialogues lean on.
package memorystore

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"calibrate/calibration"
	"calibrate/rubric"
)

// Store is a store in memory. What tests lay into it, and look at afterwards, is Held.
type Store struct {
	Held Held

	Unveiled  bool     // decisions about who is blind are shown too: there is more to draw then
	Fail      error    // what every writing call answers
	FailReads error    // what calls that read lists and decisions answer
	Calls     []string // names of the calls, in their order
	Panics    string   // the name of a call that panics

	Reading func(n int) // is called before DecisionsFor hands out the n-th; nil: it is not

	mu   sync.Mutex
	path string
	now  func() time.Time
	ids  int
}

// Held is what a store holds.
type Held struct {
	People    []calibration.Person
	Sessions  []calibration.Session
	Decisions []calibration.Decision
	Events    []calibration.Event
	Backups   []string                    // where copies were written to
	Walks     map[string]calibration.Walk // by WalkKey
	Rubrics   map[string]*rubric.Rubric   // by hash
}

// New is an empty store which says that it is the file at a path. What it records is as
// old as now says.
func New(path string, now func() time.Time) *Store {
	return &Store{path: path, now: now, Held: Held{Walks: map[string]calibration.Walk{}, Rubrics: map[string]*rubric.Rubric{}}}
}

// WalkKey is what a walk is held under.
func WalkKey(person, reviewer, session string) string {
	return person + "\x00" + reviewer + "\x00" + session
}

// FailWith has every writing call answer err, from now on, while others use the store.
func (m *Store) FailWith(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Fail = err
}

// called notes a call and takes the lock. The function it returns gives it back.
func (m *Store) called(name string) func() {
	m.mu.Lock()
	m.Calls = append(m.Calls, name)
	if m.Panics == name {
		m.mu.Unlock()
		panic("a bug in " + name)
	}
	return m.mu.Unlock
}

// NextID is the id of what comes next.
func (m *Store) NextID() string {
	m.ids++
	return fmt.Sprintf("01J%023d", m.ids)
}

func (m *Store) Path() string { return m.path }

func (m *Store) People() ([]calibration.Person, error) {
	defer m.called("People")()
	if m.FailReads != nil {
		return nil, m.FailReads
	}
	byName := func(a, b calibration.Person) int { return strings.Compare(a.Name+a.ID, b.Name+b.ID) }
	if !slices.IsSortedFunc(m.Held.People, byName) {
		m.Held.People = slices.SortedFunc(slices.Values(m.Held.People), byName)
	}
	return slices.Clip(m.Held.People), nil // shared, as by a file: who changes it is found out
}

func (m *Store) PutPeople(people ...calibration.Person) ([]calibration.Person, error) {
	defer m.called("PutPeople")()
	if m.Fail != nil {
		return nil, m.Fail
	}
	for i, p := range people {
		if p.ID == "" {
			people[i].ID = m.NextID()
		}
		m.Held.People = append(m.Held.People, people[i])
	}
	return people, nil
}

func (m *Store) Sessions() ([]calibration.Session, error) {
	defer m.called("Sessions")()
	return slices.Clone(m.Held.Sessions), m.FailReads
}

// records is the store without its veil.
type records struct{ *Store }

func (r records) DecisionsOf(person string) (of []calibration.Decision, _ error) {
	for _, d := range r.Held.Decisions {
		if d.Person == person {
			of = append(of, d)
		}
	}
	return of, nil
}

func (r records) Events(session string) (of []calibration.Event, _ error) {
	for _, e := range r.Held.Events {
		if e.Session == session {
			of = append(of, e)
		}
	}
	return of, nil
}

func (r records) Rubric(hash string) (*rubric.Rubric, error) {
	if found, ok := r.Held.Rubrics[hash]; ok {
		return found, nil
	}
	return nil, errors.New("the file holds no rubric " + hash)
}

// visible are the decisions that the veil does not hide.
func (m *Store) visible() (shown []calibration.Decision, err error) {
	if m.FailReads != nil {
		return nil, m.FailReads
	}
	veil := calibration.NewVeil(m.Held.Sessions, records{m})
	for _, d := range m.Held.Decisions {
		hidden, err := veil.Hides(d)
		if err != nil {
			return nil, err
		}
		if !hidden || m.Unveiled {
			shown = append(shown, d)
		}
	}
	return shown, nil
}

func (m *Store) DecisionsOf(person string) (of []calibration.Decision, _ error) {
	defer m.called("DecisionsOf")()
	shown, err := m.visible()
	for _, d := range shown {
		if d.Person == person {
			of = append(of, d)
		}
	}
	return of, err
}

// DecisionsFor yields every decision that may be seen: who filters, filters.
func (m *Store) DecisionsFor(_ calibration.Filter, yield func(calibration.Decision) error) error {
	done := m.called("DecisionsFor")
	shown, err := m.visible()
	done() // yield may call the store
	for i, d := range shown {
		if m.Reading != nil {
			m.Reading(i + 1)
		}
		if err := yield(d); err != nil {
			return err
		}
	}
	return err
}

// Made is how many decisions there are, seen or not.
func (m *Store) Made() (int, error) {
	defer m.called("Made")()
	return len(m.Held.Decisions), m.FailReads
}

func (m *Store) PutRubric(r *rubric.Rubric) error {
	defer m.called("PutRubric")()
	m.Held.Rubrics[r.Hash()] = r
	return m.Fail
}

func (m *Store) room(session string, r *rubric.Rubric) (*calibration.Room, error) {
	found, err := calibration.FindSession(m.Held.Sessions, session)
	if err != nil {
		return nil, err
	}
	events, _ := records{m}.Events(found.ID)
	basis := calibration.Basis{Rubric: r, People: slices.Clone(m.Held.People), Sessions: slices.Clone(m.Held.Sessions)}
	if len(found.Rubrics) > 0 {
		basis.RubricFor = func(id string) *rubric.Rubric { return m.Held.Rubrics[found.RubricOf(id)] }
	}
	return calibration.NewRoom(basis, found, slices.Clone(m.Held.Decisions), events), nil
}

func (m *Store) Room(session string, r *rubric.Rubric) (*calibration.Room, error) {
	defer m.called("Room")()
	if m.FailReads != nil {
		return nil, m.FailReads
	}
	return m.room(session, r)
}

func (m *Store) Arrange(s calibration.Session, r *rubric.Rubric) ([]string, error) {
	defer m.called("Arrange")()
	if m.FailReads != nil {
		return nil, m.FailReads
	}
	basis := calibration.Basis{Rubric: r, People: slices.Clone(m.Held.People), Sessions: m.Held.Sessions}
	if len(s.Rubrics) > 0 {
		basis.RubricFor = func(id string) *rubric.Rubric { return m.Held.Rubrics[s.RubricOf(id)] }
	}
	if s.ID == "" {
		s.OpenedAt = m.now()
	}
	return calibration.ArrangeAgenda(basis, s, records{m}.DecisionsOf)
}

func (m *Store) PutSession(s calibration.Session) (calibration.Session, error) {
	defer m.called("PutSession")()
	if s.State = calibration.Open; m.Fail != nil {
		return s, m.Fail
	}
	if err := s.Validate(); err != nil {
		return s, err
	}
	if s.ID == "" {
		s.ID, s.OpenedAt = m.NextID(), m.now()
		m.Held.Sessions = append(m.Held.Sessions, s)
		return s, nil
	}
	at := slices.IndexFunc(m.Held.Sessions, func(o calibration.Session) bool { return o.ID == s.ID })
	before, after := calibration.NewVeil(m.Held.Sessions, records{m}), slices.Clone(m.Held.Sessions)
	after[at] = s
	for _, id := range m.Held.Sessions[at].People {
		blind, err := before.Blind(s.ID, id)
		if err != nil {
			return s, err
		}
		if still, err := calibration.NewVeil(after, records{m}).Blind(s.ID, id); blind && !still && err == nil {
			return s, &calibration.ShowsError{Session: s.Name, People: []string{id}}
		}
	}
	m.Held.Sessions = after
	return s, nil
}

func (m *Store) Record(e calibration.Event) (calibration.Event, error) {
	defer m.called("Record")()
	if m.Fail != nil {
		return e, m.Fail
	}
	if err := e.Validate(); err != nil {
		return e, err
	}
	e.ID, e.At = m.NextID(), m.now()
	m.Held.Events = append(m.Held.Events, e)
	return e, nil
}

func (m *Store) turn(session string, to calibration.State) (calibration.Session, error) {
	s := &m.Held.Sessions[slices.IndexFunc(m.Held.Sessions, func(o calibration.Session) bool { return o.ID == session })]
	if m.Fail != nil {
		return *s, m.Fail
	}
	s.State, s.FinalisedAt = to, time.Time{}
	if to == calibration.Finalised {
		s.FinalisedAt = m.now()
	}
	return *s, nil
}

func (m *Store) Finalise(session, _ string) (calibration.Session, error) {
	defer m.called("Finalise")()
	return m.turn(session, calibration.Finalised)
}

func (m *Store) Reopen(session, _, _ string) (calibration.Session, error) {
	defer m.called("Reopen")()
	return m.turn(session, calibration.Open)
}

func (m *Store) Backup(to string) error {
	defer m.called("Backup")()
	m.Held.Backups = append(m.Held.Backups, to)
	return m.Fail
}

func (m *Store) Place(d calibration.Decision, r *rubric.Rubric) (calibration.Decision, error) {
	defer m.called("Place")()
	if m.Fail != nil {
		return d, m.Fail
	}
	if err := d.Validate(r); err != nil {
		return d, err
	}
	if d.Session != "" && slices.ContainsFunc(m.Held.Sessions, func(o calibration.Session) bool { return o.ID == d.Session }) {
		room, err := m.room(d.Session, r)
		if err == nil {
			err = room.Takes(d)
		}
		if err != nil {
			return d, err
		}
	}
	d.ID, d.DecidedAt = m.NextID(), m.now()
	d.Supersedes = calibration.Superseded(d, m.Held.Decisions)
	m.Held.Rubrics[r.Hash()] = r
	m.Held.Decisions = append(m.Held.Decisions, d)
	return d, nil
}

func (m *Store) Walk(person, reviewer, session string) (calibration.Walk, bool, error) {
	defer m.called("Walk")()
	w, ok := m.Held.Walks[WalkKey(person, reviewer, session)]
	return w, ok, nil
}

func (m *Store) Walks() ([]calibration.Walk, error) {
	defer m.called("Walks")()
	var walks []calibration.Walk
	for _, w := range m.Held.Walks {
		walks = append(walks, w)
	}
	return walks, nil
}

func (m *Store) SaveWalk(w calibration.Walk, r *rubric.Rubric) error {
	defer m.called("SaveWalk")()
	switch {
	case m.Fail != nil:
		return m.Fail
	case w.Rubric != r.Hash():
		return errors.New("the walk was made under another rubric")
	}
	m.Held.Rubrics[r.Hash()] = r
	m.Held.Walks[WalkKey(w.Person, w.Reviewer, w.Session)] = w
	return nil
}

func (m *Store) Rubric(hash string) (*rubric.Rubric, error) {
	defer m.called("Rubric")()
	return records{m}.Rubric(hash)
}
