package tui

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

// memory is a store that forgets: what the screens are tested with. Ids count up,
// so that goldens stay the same.
type memory struct {
	mu        sync.Mutex
	now       func() time.Time
	people    []calibration.Person
	sessions  []calibration.Session
	decisions []calibration.Decision
	events    []calibration.Event
	backups   []string
	walks     map[string]calibration.Walk
	rubrics   map[string]*rubric.Rubric
	fail      error    // what every writing call answers
	failReads error    // what every reading call answers
	calls     []string // names of the calls, in their order
	panics    string   // the name of a call that panics
	ids       int
}

func newMemory(now func() time.Time) *memory {
	return &memory{now: now, walks: map[string]calibration.Walk{}, rubrics: map[string]*rubric.Rubric{}}
}

// called notes a call and takes the lock. The function it returns gives it back.
func (m *memory) called(name string) func() {
	m.mu.Lock()
	m.calls = append(m.calls, name)
	if m.panics == name {
		m.mu.Unlock()
		panic("a bug in " + name)
	}
	return m.mu.Unlock
}

func (m *memory) nextID() string {
	m.ids++
	return fmt.Sprintf("01J%023d", m.ids)
}

func (m *memory) Path() string { return "/home/ada/.local/share/calibrate/calibrate.db" }

func (m *memory) People() ([]calibration.Person, error) {
	defer m.called("People")()
	if m.failReads != nil {
		return nil, m.failReads
	}
	people := slices.Clone(m.people)
	slices.SortFunc(people, func(a, b calibration.Person) int { return strings.Compare(a.Name+a.ID, b.Name+b.ID) })
	return people, nil
}

func (m *memory) PutPeople(people ...calibration.Person) ([]calibration.Person, error) {
	defer m.called("PutPeople")()
	if m.fail != nil {
		return nil, m.fail
	}
	for i, p := range people {
		if p.ID == "" {
			people[i].ID = m.nextID()
		}
		m.people = append(m.people, people[i])
	}
	return people, nil
}

func (m *memory) Sessions() ([]calibration.Session, error) {
	defer m.called("Sessions")()
	return m.sessions, m.failReads
}

func (m *memory) DecisionsOf(person string) ([]calibration.Decision, error) {
	defer m.called("DecisionsOf")()
	if m.failReads != nil {
		return nil, m.failReads
	}
	var of []calibration.Decision
	for _, d := range m.decisions {
		if d.Person == person {
			of = append(of, d)
		}
	}
	return of, nil
}

func (m *memory) Place(d calibration.Decision, r *rubric.Rubric) (calibration.Decision, error) {
	defer m.called("Place")()
	if m.fail != nil {
		return d, m.fail
	}
	if err := d.Validate(r); err != nil {
		return d, err
	}
	d.ID, d.DecidedAt = m.nextID(), m.now()
	d.Supersedes = calibration.Superseded(d, m.decisions)
	m.rubrics[r.Hash()] = r
	m.decisions = append(m.decisions, d)
	return d, nil
}

func (m *memory) Walk(person, reviewer, session string) (calibration.Walk, bool, error) {
	defer m.called("Walk")()
	w, ok := m.walks[person+"\x00"+reviewer+"\x00"+session]
	return w, ok, nil
}

func (m *memory) Walks() ([]calibration.Walk, error) {
	defer m.called("Walks")()
	var walks []calibration.Walk
	for _, w := range m.walks {
		walks = append(walks, w)
	}
	return walks, nil
}

func (m *memory) SaveWalk(w calibration.Walk, r *rubric.Rubric) error {
	defer m.called("SaveWalk")()
	if m.fail != nil {
		return m.fail
	}
	m.rubrics[r.Hash()] = r
	m.walks[w.Person+"\x00"+w.Reviewer+"\x00"+w.Session] = w
	return nil
}

func (m *memory) Rubric(hash string) (*rubric.Rubric, error) {
	defer m.called("Rubric")()
	if r, ok := m.rubrics[hash]; ok {
		return r, nil
	}
	return nil, errors.New("the file holds no rubric " + hash)
}

func (m *memory) DecisionsFor(_ calibration.Filter, yield func(calibration.Decision) error) error {
	m.mu.Lock()
	all := slices.Clone(m.decisions)
	m.mu.Unlock()
	if m.failReads != nil {
		return m.failReads
	}
	for _, d := range all {
		if err := yield(d); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) PutRubric(r *rubric.Rubric) error {
	defer m.called("PutRubric")()
	m.rubrics[r.Hash()] = r
	return m.fail
}

func (m *memory) Room(session string, r *rubric.Rubric) (*calibration.Room, error) {
	defer m.called("Room")()
	if m.failReads != nil {
		return nil, m.failReads
	}
	found, err := calibration.FindSession(m.sessions, session)
	if err != nil {
		return nil, err
	}
	var events []calibration.Event
	for _, e := range m.events {
		if e.Session == session {
			events = append(events, e)
		}
	}
	return calibration.NewRoom(calibration.Basis{Rubric: r, People: slices.Clone(m.people), Sessions: slices.Clone(m.sessions)}, found, slices.Clone(m.decisions), events), nil
}

func (m *memory) PutSession(s calibration.Session) (calibration.Session, error) {
	defer m.called("PutSession")()
	if s.State = calibration.Open; m.fail != nil {
		return s, m.fail
	}
	if err := s.Validate(); err != nil {
		return s, err
	}
	if s.ID == "" {
		s.ID, s.OpenedAt = m.nextID(), m.now()
		m.sessions = append(m.sessions, s)
		return s, nil
	}
	m.sessions[slices.IndexFunc(m.sessions, func(o calibration.Session) bool { return o.ID == s.ID })] = s
	return s, nil
}

func (m *memory) Record(e calibration.Event) (calibration.Event, error) {
	defer m.called("Record")()
	if m.fail != nil {
		return e, m.fail
	}
	e.ID, e.At = m.nextID(), m.now()
	m.events = append(m.events, e)
	return e, e.Validate()
}

func (m *memory) turn(session string, to calibration.State) (calibration.Session, error) {
	if m.fail != nil {
		return calibration.Session{}, m.fail
	}
	s := &m.sessions[slices.IndexFunc(m.sessions, func(o calibration.Session) bool { return o.ID == session })]
	s.State, s.FinalisedAt = to, time.Time{}
	if to == calibration.Finalised {
		s.FinalisedAt = m.now()
	}
	return *s, nil
}

func (m *memory) Finalise(session, _ string) (calibration.Session, error) {
	defer m.called("Finalise")()
	return m.turn(session, calibration.Finalised)
}

func (m *memory) Reopen(session, _, _ string) (calibration.Session, error) {
	defer m.called("Reopen")()
	return m.turn(session, calibration.Open)
}

func (m *memory) Backup(to string) error {
	defer m.called("Backup")()
	m.backups = append(m.backups, to)
	return m.fail
}
