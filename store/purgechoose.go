package store

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"time"

	"calibrate/calibration"
)

// choosing goes through a file and chooses what a purge takes away.
type choosing struct {
	Plan
	tx       *transaction
	people   map[string]calibration.Person
	sessions map[string]calibration.Session
	chosen   map[string]calibration.Decision // by id, without their words
	about    map[string]*PlannedPerson
	in       map[string]*PlannedSession
}

func (c *choosing) read() error {
	people, err := allRecords[calibration.Person](c.tx, bucketPeople, kindPerson)
	if err != nil {
		return err
	}
	sessions, err := allRecords[calibration.Session](c.tx, bucketSessions, kindSession)
	if err != nil {
		return err
	}
	c.people, c.sessions = map[string]calibration.Person{}, map[string]calibration.Session{}
	for _, p := range people {
		c.people[p.ID] = p
	}
	for _, s := range sessions {
		c.sessions[s.ID] = s
	}
	return nil
}

// meant reports whether something about a person, of that time, is to go.
func (c *choosing) meant(person string, at time.Time) bool {
	_, named := slices.BinarySearch(c.People, person)
	return (named || len(c.People) == 0) && (c.Before.IsZero() || at.Before(c.Before))
}

// isOpen reports whether a session is left alone: it is under way, and nobody asked for
// one of its people by name.
func (c *choosing) isOpen(session string) bool {
	s, here := c.sessions[session]
	return len(c.People) == 0 && here && s.State == calibration.Open
}

// decisions chooses among them.
func (c *choosing) decisions() error {
	reviewers := map[string]bool{}
	for _, id := range c.whole() {
		if p, listed := c.people[id]; listed {
			reviewers[p.Name] = true
		}
	}
	open := map[string]bool{}
	err := c.tx.Bucket([]byte(bucketDecisions)).ForEach(func(key, value []byte) error {
		payload, err := decodeFrame(bucketDecisions, key, value, kindDecision)
		if err != nil {
			return err
		}
		var d calibration.Decision
		if err := decodeRecord(bucketDecisions, key, payload, &d); err != nil {
			return err
		}
		switch {
		case !c.meant(d.Person, d.DecidedAt):
			if reviewers[d.Reviewer] {
				c.Left.AsReviewer++
			}
		case c.isOpen(d.Session):
			c.Left.Open++
			open[c.sessions[d.Session].Name] = true
		default:
			c.chosen[d.ID] = calibration.Decision{
				ID: d.ID, Person: d.Person, Session: d.Session, Supersedes: d.Supersedes, DecidedAt: d.DecidedAt,
			}
		}
		return nil
	})
	c.Left.OpenIn = slices.Sorted(maps.Keys(open))
	return err
}

// uncorrect leaves the decisions that correct one which stays: without them it would
// stand again. Of people who go altogether nothing stays.
func (c *choosing) uncorrect() error {
	if len(c.whole()) > 0 {
		return nil
	}
	for again := true; again; {
		again = false
		for id, d := range c.chosen {
			if _, goes := c.chosen[d.Supersedes]; d.Supersedes == "" || goes {
				continue
			}
			if corrected := idKey(d.Supersedes); c.tx.Bucket([]byte(bucketDecisions)).Get(corrected) != nil {
				delete(c.chosen, id)
				c.Left.Correcting++
				again = true
			}
		}
	}
	return nil
}

// others chooses among events and walks.
func (c *choosing) others() error {
	events, err := allRecords[calibration.Event](c.tx, bucketEvents, kindEvent)
	if err != nil {
		return err
	}
	for _, e := range events {
		if e.Person != "" && c.meant(e.Person, e.At) && !c.isOpen(e.Session) {
			c.events = append(c.events, ownKey(&e))
			c.person(e.Person)
			c.session(e.Session)
		}
	}
	walks, err := allRecords[calibration.Walk](c.tx, bucketWalks, kindWalk)
	if err != nil {
		return err
	}
	for _, w := range walks {
		if c.meant(w.Person, w.SavedAt) && !c.isOpen(w.Session) {
			c.walks = append(c.walks, ownKey(&w))
			c.person(w.Person)
		}
	}
	return nil
}

// count sums up what was chosen.
func (c *choosing) count() error {
	for _, id := range slices.Sorted(maps.Keys(c.chosen)) {
		d := c.chosen[id]
		c.person(d.Person).Decisions++
		c.session(d.Session).Decisions++
		if c.First.IsZero() || d.DecidedAt.Before(c.First) {
			c.First = d.DecidedAt
		}
		if d.DecidedAt.After(c.Last) {
			c.Last = d.DecidedAt
		}
		key, err := parseID(id)
		if err != nil {
			return err
		}
		c.Plan.decisions = append(c.Plan.decisions, key)
	}
	if err := c.wholePeople(); err != nil {
		return err
	}
	c.Decisions, c.Events, c.Walks = len(c.chosen), len(c.events), len(c.walks)
	slices.SortFunc(c.events, bytes.Compare)
	slices.SortFunc(c.walks, bytes.Compare)
	for _, id := range slices.Sorted(maps.Keys(c.about)) {
		c.About = append(c.About, *c.about[id])
	}
	for _, s := range c.in {
		c.Sessions = append(c.Sessions, *s)
	}
	slices.SortFunc(c.Sessions, func(a, b PlannedSession) int {
		return cmp.Or(c.sessions[a.ID].OpenedAt.Compare(c.sessions[b.ID].OpenedAt), cmp.Compare(a.ID, b.ID))
	})
	return nil
}

// wholePeople adds what only people who go altogether lose. Somebody of whom the file
// knows nothing is a mistake.
func (c *choosing) wholePeople() error {
	whole := c.whole()
	names := map[string]bool{}
	for _, id := range whole {
		p, listed := c.people[id]
		_, known := c.about[id]
		for _, s := range c.sessions {
			if _, on := s.Without(func(person string) bool { return person == id }); on {
				c.session(s.ID).Agenda = true
				known = true
			}
		}
		if !listed && !known {
			return &calibration.UnknownError{What: "person", Name: id}
		}
		c.person(id).Whole = true
		if listed {
			names[p.Name] = true
		}
	}
	for _, p := range c.people {
		if names[p.Manager] && !slices.Contains(whole, p.ID) {
			c.Left.AsManager++
		}
	}
	return nil
}

func (c *choosing) person(id string) *PlannedPerson {
	if c.about[id] == nil {
		c.about[id] = &PlannedPerson{ID: id, Name: c.people[id].Name}
	}
	return c.about[id]
}

func (c *choosing) session(id string) *PlannedSession {
	if c.in[id] == nil {
		s := c.sessions[id]
		c.in[id] = &PlannedSession{ID: id, Name: s.Name, State: s.State}
	}
	return c.in[id]
}
