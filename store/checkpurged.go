package store

import (
	"errors"
	"fmt"

	"github.com/oklog/ulid/v2"

	"calibrate/calibration"
)

// purged checks what is left of what was purged, gives it its place in the chains, and
// proves that nothing of it is here.
func (c *checker) purged() {
	purges := map[string]Purge{}
	c.frames(bucketPurges, kindPurge, func(key, payload []byte) error {
		var p Purge
		if err := decodeRecord(bucketPurges, key, payload, &p); err != nil {
			return err
		}
		purges[p.ID] = p
		return nil
	})
	known := func(purge string) error {
		if _, found := purges[purge]; !found {
			return fmt.Errorf("nothing says who purged it, when and why: the record %s is not here", purge)
		}
		return nil
	}
	decisions, events := map[string]int{}, map[string]int{} // by purge
	c.frames(bucketPurged, kindTomb, func(key, payload []byte) error {
		var t tombstone
		if err := decodeRecord(bucketPurged, key, payload, &t); err != nil {
			return err
		}
		var err error
		if t.Purge != "" {
			err = known(t.Purge)
		}
		if t.Origin == "" {
			events[t.Purge]++
			return err
		}
		decisions[t.Purge]++
		return errors.Join(err, c.tombstone(t, ulid.ULID(key)))
	})
	for id, p := range purges {
		if decisions[id] < p.Decisions || events[id] < p.Events {
			c.problem(bucketPurges+"/"+id, doCompare, "of what it purged, tombstones were taken out")
		}
	}
	c.frames(bucketForgotten, kindMark, func(key, payload []byte) error {
		var m mark
		if err := decodeRecord(bucketForgotten, key, payload, &m); err != nil {
			return err
		}
		return known(m.Purge)
	})
}

// tombstone checks one of a decision.
func (c *checker) tombstone(t tombstone, id ulid.ULID) error {
	origin, err := parseID(t.Origin)
	if err != nil {
		return err
	}
	if t.Purge == "" {
		c.Elsewhere++
	} else {
		c.Purged++
	}
	if here, err := c.beside[bucketDecisions].get(id[:]); err != nil || here != nil {
		return errors.New("the decision is here, and so is what is left of it when it is purged")
	}
	c.links[origin] = append(c.links[origin], t.link(id))
	c.indexed[bucketByOrigin] = c.indexed[bucketByOrigin].with(c.seed, originKey(origin, t.Seq, id))
	return nil
}

// tombOfDecision reads one that can be read.
func tombOfDecision(key, value []byte) (t tombstone, origin ulid.ULID, ok bool) {
	payload, err := decodeFrame(bucketPurged, key, value, kindTomb)
	if err != nil || decodeRecord(bucketPurged, key, payload, &t) != nil || t.Origin == "" {
		return t, origin, false
	}
	origin, err = parseID(t.Origin)
	return t, origin, err == nil
}

// gone proves that what is here about a person was not purged.
func (c *checker) gone(person, id string) error {
	_, out, err := forgets(c.tx, person, id)
	var damaged *RecordError
	if err == nil && out {
		err = fmt.Errorf("it is here, though %q was purged", person)
	} else if errors.As(err, &damaged) {
		err = nil // told for itself
	}
	return err
}

// goneEvent proves the same of an event.
func (c *checker) goneEvent(e calibration.Event) error {
	if id, err := parseID(e.ID); err == nil {
		if t, found, err := tombAt(c.tx, id); err == nil && found && t.Origin == "" {
			return errors.New("it is here, though it was purged")
		}
	}
	return c.gone(e.Person, e.ID)
}
