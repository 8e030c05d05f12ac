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

// memory is a store that forgets. Its ids count up, so that transcripts stay the
// same.
type memory struct {
	mu        sync.Mutex
	now       func() time.Time
	people    []calibration.Person
	sessions  []calibration.Session
	decisions []calibration.Decision
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

func (m *memory) Sessions() ([]calibration.Session, error) { return m.sessions, nil }

func (m *memory) DecisionsOf(person string) ([]calibration.Decision, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var of []calibration.Decision
	for _, d := range m.decisions {
		if d.Person == person {
			of = append(of, d)
		}
	}
	return of, nil
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
	if r, ok := m.rubrics[hash]; ok {
		return r, nil
	}
	return nil, errors.New("the file holds no rubric " + hash)
}
