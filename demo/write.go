package demo

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"calibrate/calibration"
	"calibrate/rubric"
	"calibrate/store"
)

// Write makes a data file at the path, and its folder if that is missing, with
// invented people who are rated under r. The open session is under way at the time
// now. The same seed, rubric and time give the same records, ids and all.
//
// The file appears whole or not at all. One that is there already is left as it is,
// and the error wraps [fs.ErrExist].
func Write(path string, r *rubric.Rubric, seed uint64, now time.Time) error {
	if err := write(path, r, seed, now); err != nil {
		return fmt.Errorf("writing the demo to %s: %w", path, err)
	}
	return nil
}

func write(path string, r *rubric.Rubric, seed uint64, now time.Time) (err error) {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%w; choose another name", fs.ErrExist)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	// What is half done is nobody's data file, so it lies in a folder of its own.
	dir, err := os.MkdirTemp(filepath.Dir(path), ".demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	p := newPlot(r, seed, now)
	clock := &clock{}
	clock.set(p.calendar.at(0, openingDay, 8*time.Hour))
	s, err := store.Open(filepath.Join(dir, "demo.db"), store.Options{Now: clock.now, Entropy: entropy(seed)})
	if err != nil {
		return err
	}
	err = p.perform(s, clock)
	if err == nil {
		err = s.Backup(path)
	}
	return errors.Join(err, s.Close())
}

// perform writes the plot down. All decisions go into the file at once, which is why the
// sessions are finalised only then: waiting for the disk is what takes the time.
func (p *plot) perform(s *store.Store, clock *clock) error {
	var people []calibration.Person
	for _, m := range p.members {
		people = append(people, m.Person)
	}
	if _, err := s.PutPeople(people...); err != nil {
		return err
	}
	h, err := p.hold(s, clock)
	if err != nil {
		return err
	}
	if err := place(s, clock, p.r, h.moments); err != nil {
		return err
	}
	if err := record(s, clock, h.happenings); err != nil {
		return err
	}
	for i, session := range h.sessions[:openSession] {
		clock.set(p.calendar.at(i, finaliseDay, 16*time.Hour+30*time.Minute))
		if _, err := s.Finalise(session.ID, reviewers[facilitator].name); err != nil {
			return err
		}
	}
	return s.SaveWalk(p.walk(h.sessions[openSession].ID), p.r)
}

// held is the sessions and all that happens in them.
type held struct {
	sessions   []calibration.Session
	moments    []moment
	happenings []happening
}

// hold opens the sessions and makes up what happens in them.
func (p *plot) hold(s *store.Store, clock *clock) (h held, err error) {
	for i := range sessions {
		agenda := p.agenda(i)
		moments := p.tell(i, "", agenda)
		clock.set(p.calendar.at(i, openingDay, 9*time.Hour))
		session, err := s.PutSession(p.setUp(i, agenda))
		if err != nil {
			return h, err
		}
		happenings := p.happen(i, agenda, moments)
		for j := range moments {
			moments[j].decision.Session = session.ID
		}
		for j := range happenings {
			happenings[j].event.Session = session.ID
		}
		h.sessions, h.moments, h.happenings = append(h.sessions, session), append(h.moments, moments...), append(h.happenings, happenings...)
	}
	return h, nil
}

func record(s *store.Store, clock *clock, happenings []happening) error {
	var times []time.Time
	var events []calibration.Event
	for _, h := range happenings {
		times, events = append(times, h.at), append(events, h.event)
	}
	clock.set(times...)
	_, err := s.RecordAll(events...)
	return err
}

func place(s *store.Store, clock *clock, r *rubric.Rubric, moments []moment) error {
	var times []time.Time
	var decisions []calibration.Decision
	for _, m := range moments {
		times, decisions = append(times, m.at), append(decisions, m.decision)
	}
	clock.set(times...)
	_, err := s.PlaceAll(r, decisions...)
	return err
}

func ids(agenda []*member) []string {
	var ids []string
	for _, m := range agenda {
		ids = append(ids, m.ID)
	}
	return ids
}

// clock tells the store the times of the story in the place of the time of day.
type clock struct {
	times []time.Time // the last is told for ever
}

func (c *clock) set(times ...time.Time) { c.times = times }

func (c *clock) now() time.Time {
	now := c.times[0]
	if len(c.times) > 1 {
		c.times = c.times[1:]
	}
	return now
}

// entropy is where ids take their random part from.
func entropy(seed uint64) *rand.ChaCha8 {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	return rand.NewChaCha8(key)
}
