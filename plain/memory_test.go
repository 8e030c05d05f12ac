package plain

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

// memory is a store that forgets. It shows and takes what a veiled one does. Its ids
// count up, so that transcripts stay the same.
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
	fail      error // what every writing call answers
	ids       int
}

func newMemory() *memory {
	return &memory{now: fixedNow, walks: map[string]calibration.Walk{}, rubrics: map[string]*rubric.Rubric{}}
}

func (m *memory) nextID() string {
	m.ids++
	return fmt.Sprintf("01J%023d", m.ids)
}

func (m *memory) Path() string { return "calibrate.db" }

func (m *memory) People() ([]calibration.Person, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	people := slices.Clone(m.people)
	slices.SortFunc(people, func(a, b calibration.Person) int { return strings.Compare(a.Name+a.ID, b.Name+b.ID) })
	return people, nil
}

func (m *memory) PutPeople(people ...calibration.Person) ([]calibration.Person, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
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
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.sessions), nil
}

// records is the memory without its veil.
type records struct{ *memory }

func (r records) DecisionsOf(person string) (of []calibration.Decision, _ error) {
	for _, d := range r.decisions {
		if d.Person == person {
			of = append(of, d)
		}
	}
	return of, nil
}

func (r records) Events(session string) (of []calibration.Event, _ error) {
	for _, e := range r.events {
		if e.Session == session {
			of = append(of, e)
		}
	}
	return of, nil
}

func (r records) Rubric(hash string) (*rubric.Rubric, error) {
	if found, ok := r.rubrics[hash]; ok {
		return found, nil
	}
	return nil, errors.New("the file holds no rubric " + hash)
}

func (m *memory) DecisionsOf(person string) ([]calibration.Decision, error) {
	var of []calibration.Decision
	return of, m.DecisionsFor(calibration.Filter{}, func(d calibration.Decision) error {
		if d.Person == person {
			of = append(of, d)
		}
		return nil
	})
}

func (m *memory) DecisionsFor(_ calibration.Filter, yield func(calibration.Decision) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	veil := calibration.NewVeil(m.sessions, records{m})
	for _, d := range m.decisions {
		hidden, err := veil.Hides(d)
		if err == nil && !hidden {
			err = yield(d)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) PutRubric(r *rubric.Rubric) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rubrics[r.Hash()] = r
	return m.fail
}

func (m *memory) room(session string, r *rubric.Rubric) (*calibration.Room, error) {
	found, err := calibration.FindSession(m.sessions, session)
	if err != nil {
		return nil, err
	}
	events, _ := records{m}.Events(found.ID)
	basis := calibration.Basis{Rubric: r, People: slices.Clone(m.people), Sessions: slices.Clone(m.sessions)}
	if len(found.Rubrics) > 0 {
		basis.RubricFor = func(id string) *rubric.Rubric { return m.rubrics[found.RubricOf(id)] }
	}
	return calibration.NewRoom(basis, found, slices.Clone(m.decisions), events), nil
}

func (m *memory) Room(session string, r *rubric.Rubric) (*calibration.Room, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.room(session, r)
}

func (m *memory) PutSession(s calibration.Session) (calibration.Session, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
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
	at := slices.IndexFunc(m.sessions, func(o calibration.Session) bool { return o.ID == s.ID })
	before, after := calibration.NewVeil(m.sessions, records{m}), slices.Clone(m.sessions)
	after[at] = s
	for _, id := range m.sessions[at].People {
		blind, err := before.Blind(s.ID, id)
		if err != nil {
			return s, err
		}
		if still, err := calibration.NewVeil(after, records{m}).Blind(s.ID, id); blind && !still && err == nil {
			return s, &calibration.ShowsError{Session: s.Name, People: []string{id}}
		}
	}
	m.sessions = after
	return s, nil
}

func (m *memory) Record(e calibration.Event) (calibration.Event, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return e, m.fail
	}
	if err := e.Validate(); err != nil {
		return e, err
	}
	e.ID, e.At = m.nextID(), m.now()
	m.events = append(m.events, e)
	return e, nil
}

func (m *memory) turn(session string, to calibration.State) (calibration.Session, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := &m.sessions[slices.IndexFunc(m.sessions, func(o calibration.Session) bool { return o.ID == session })]
	if m.fail != nil {
		return *s, m.fail
	}
	s.State, s.FinalisedAt = to, time.Time{}
	if to == calibration.Finalised {
		s.FinalisedAt = m.now()
	}
	return *s, nil
}

func (m *memory) Finalise(session, _ string) (calibration.Session, error) {
	return m.turn(session, calibration.Finalised)
}

func (m *memory) Reopen(session, _, _ string) (calibration.Session, error) {
	return m.turn(session, calibration.Open)
}

func (m *memory) Backup(to string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.backups = append(m.backups, to)
	return m.fail
}

func (m *memory) Place(d calibration.Decision, r *rubric.Rubric) (calibration.Decision, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return d, m.fail
	}
	if err := d.Validate(r); err != nil {
		return d, err
	}
	if d.Session != "" && slices.ContainsFunc(m.sessions, func(o calibration.Session) bool { return o.ID == d.Session }) {
		room, err := m.room(d.Session, r)
		if err == nil {
			err = room.Takes(d)
		}
		if err != nil {
			return d, err
		}
	}
	d.ID, d.DecidedAt = m.nextID(), m.now()
	d.Supersedes = calibration.Superseded(d, m.decisions)
	m.rubrics[r.Hash()] = r
	m.decisions = append(m.decisions, d)
	return d, nil
}

func (m *memory) Walk(person, reviewer, session string) (calibration.Walk, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	w, ok := m.walks[walkKey(person, reviewer, session)]
	return w, ok, nil
}

func walkKey(person, reviewer, session string) string {
	return person + "\x00" + reviewer + "\x00" + session
}

func (m *memory) Walks() ([]calibration.Walk, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var walks []calibration.Walk
	for _, w := range m.walks {
		walks = append(walks, w)
	}
	return walks, nil
}

func (m *memory) SaveWalk(w calibration.Walk, r *rubric.Rubric) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.fail != nil:
		return m.fail
	case w.Rubric != r.Hash():
		return errors.New("the walk was made under another rubric")
	}
	m.rubrics[r.Hash()] = r
	m.walks[walkKey(w.Person, w.Reviewer, w.Session)] = w
	return nil
}

func (m *memory) Rubric(hash string) (*rubric.Rubric, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return records{m}.Rubric(hash)
}
