//go:build linux

package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	mathrand "math/rand/v2"
	"os"
	"time"

	"calibrate/calibration"
	"calibrate/rubric"
	"calibrate/store"
)

// A company's sessions have an agenda of this many people and a panel of this many
// reviewers. Each person gets on each dimension a draft, a vote of each on the panel, and
// a final decision.
const (
	agendaSize  = 200
	panelSize   = 8
	dimensions  = 2 // of the built-in rubric
	perPerson   = dimensions * (panelSize + 2)
	sessionSize = agendaSize * perPerson
)

// company is a data file to be made.
type company struct {
	decisions int
	only      int // the number of the only session; -1: all
	listed    int // how many people there are; 0: as many as so many decisions speak of
}

// people are how many there are: each gets about 200 decisions, which is ten sessions.
func (c company) people() int {
	if c.listed > 0 {
		return c.listed
	}
	return min(max(agendaSize, c.decisions/200), calibration.MaxAgenda)
}

// sessions are how many it takes to make all decisions.
func (c company) sessions() int { return (c.decisions + sessionSize - 1) / sessionSize }

// sessionName is what a session is called, by its number.
func sessionName(number int) string { return fmt.Sprintf("Session %04d", number) }

// write makes the file. It appears under its name when it is whole.
func (c company) write(path string, r *rubric.Rubric) (err error) {
	if err := os.Remove(path + ".new"); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	now := time.Now() // so that no backup is due today
	clock := func() time.Time {
		now = now.Add(time.Millisecond)
		return now
	}
	s, err := store.Open(path+".new", store.Options{Now: clock, Entropy: rand.Reader})
	if err != nil {
		return err
	}
	if err := errors.Join(c.fill(s, r), s.Close()); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func (c company) fill(s *store.Store, r *rubric.Rubric) error {
	var people []calibration.Person
	for i := range c.people() {
		if p := person(i); c.only < 0 || c.attends(i, c.only) {
			people = append(people, p)
		}
	}
	if _, err := s.PutPeople(people...); err != nil {
		return err
	}
	var sessions store.Batch
	left := c.decisions
	for number := range c.sessions() {
		if made := min(left, sessionSize); c.only < 0 || c.only == number {
			session, err := c.hold(s, r, number, made)
			if err != nil {
				return err
			}
			record, err := json.Marshal(session)
			if err != nil {
				return err
			}
			sessions.Sessions = append(sessions.Sessions, record)
		}
		left -= sessionSize
	}
	// All are finalised together, for each would make a backup.
	merged, err := s.Merge(sessions)
	if err == nil && merged.Sessions != len(sessions.Sessions) {
		err = fmt.Errorf("%d of %d sessions were finalised", merged.Sessions, len(sessions.Sessions))
	}
	return err
}

// attends reports whether a person is on the agenda of a session.
func (c company) attends(person, session int) bool {
	return (person-session*agendaSize%c.people()+c.people())%c.people() < agendaSize
}

func person(i int) calibration.Person {
	return calibration.Person{
		ID: fmt.Sprintf("%06d", i), Name: fmt.Sprintf("Person %06d", i), Team: fmt.Sprintf("Team %03d", i/10),
		Manager: reviewer(i/agendaSize, i%panelSize), Role: "Senior Platform Engineer",
	}
}

func reviewer(department, i int) string { return fmt.Sprintf("Reviewer %d of %03d", i, department) }

// hold makes a session and as many decisions in it, and returns it as it is to be
// finalised.
func (c company) hold(s *store.Store, r *rubric.Rubric, number, decisions int) (session calibration.Session, err error) {
	first := number * agendaSize % c.people()
	session = calibration.Session{Name: sessionName(number), Rubric: r.Hash(), State: calibration.Open}
	for i := range agendaSize {
		session.People = append(session.People, person((first+i)%c.people()).ID)
	}
	for i := range panelSize {
		session.Panel = append(session.Panel, calibration.Panellist{Reviewer: reviewer(first/agendaSize, i)})
	}
	if err := s.PutRubric(r); err != nil {
		return session, err
	}
	if session, err = s.PutSession(session); err != nil {
		return session, err
	}
	random := mathrand.New(mathrand.NewPCG(uint64(number), 1))
	var made []calibration.Decision
	for i := 0; len(made) < decisions; i++ {
		made = append(made, about(random, r, person((first+i)%c.people()), session)...)
	}
	_, err = s.PlaceAll(r, made[:decisions]...)
	session.State, session.FinalisedAt, session.Round = calibration.Finalised, session.OpenedAt.Add(time.Hour), session.Round+1
	return session, err
}

// about is all that one session decides about one person.
func about(random *mathrand.Rand, r *rubric.Rubric, p calibration.Person, session calibration.Session) (all []calibration.Decision) {
	for _, dimension := range r.Dimensions {
		d := calibration.Decision{Person: p.ID, Dimension: dimension, Confidence: calibration.Medium, Rubric: r.Hash()}
		middle := 1 + random.IntN(len(r.Positions()))
		place := func(stage calibration.Stage, reviewer, in string) {
			at := r.At(min(max(1, middle+int(math.Round(random.NormFloat64()))), len(r.Positions())))
			d.Stage, d.Reviewer, d.Session, d.Position = stage, reviewer, in, at.Key
			d.Rationale = fmt.Sprintf("What was seen in the half year points to %s: two teams confirmed it, and the work that was cited went beyond what was asked for.", at.Key)
			d.Evidence = nil
			for _, statement := range r.Statements(at, dimension, rubric.Impact) {
				d.Evidence = append(d.Evidence, calibration.Evidence{Statement: statement.ID, Seen: random.IntN(4) > 0})
			}
			all = append(all, d)
		}
		place(calibration.Draft, p.Manager, "")
		for _, member := range session.Panel {
			place(calibration.Panel, member.Reviewer, session.ID)
		}
		d.Change = calibration.NewEvidence
		place(calibration.Final, session.Panel[0].Reviewer, session.ID)
		d.Change = ""
	}
	return all
}
