package store

import (
	"errors"

	"github.com/oklog/ulid/v2"
)

// tombstones checks what is left of what was purged, and gives it its place in the
// chains.
func (c *checker) tombstones() {
	c.frames(bucketPurged, kindTomb, func(key, payload []byte) error {
		var t tombstone
		if err := decodeRecord(bucketPurged, key, payload, &t); err != nil {
			return err
		}
		if t.Origin == "" {
			return nil
		}
		return c.tombstone(t, ulid.ULID(key))
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
	if c.tx.Bucket([]byte(bucketDecisions)).Get(id[:]) != nil {
		return errors.New("the decision is here, and so is what is left of it when it is purged")
	}
	c.links[origin] = append(c.links[origin], t.link(id))
	key := originKey(origin, t.Seq, id)
	c.entries[bucketByOrigin+"/"+string(key)] = true
	if c.tx.Bucket([]byte(bucketByOrigin)).Get(key) == nil {
		c.problem(bucketPurged+"/"+t.ID, doRestore, "the index %s does not lead to it", bucketByOrigin)
	}
	return nil
}
