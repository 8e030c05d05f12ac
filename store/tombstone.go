package store

import (
	"errors"
	"fmt"

	"github.com/oklog/ulid/v2"

	"calibrate/calibration"
)

// tombstone is what is left of a decision that was purged: its place in its chain, so
// that the chain can be proved without it. It does not say what was decided, about whom,
// by whom or why.
//
// One with a Purge was made in this file, and keeps the decision out of it for good. One
// without came with a packet, out of a file in which the decision was purged: it takes
// nothing away and keeps nothing out, but holds the place until the decision itself
// arrives, if ever. So nobody can delete what others have by sending them something.
//
// Of an event that was purged only its id and the purge are left: events form no chain.
type tombstone struct {
	ID     string `json:"id"`
	Origin string `json:"origin,omitempty"` // empty: of an event
	Seq    uint64 `json:"seq,omitempty"`
	Hash   string `json:"hash,omitempty"` // of the decision that was here
	Prev   string `json:"prev,omitempty"`
	Purge  string `json:"purge,omitempty"` // id of the purge, where it happened here
}

func tombOf(d calibration.Decision, payload []byte, purge string) tombstone {
	return tombstone{ID: d.ID, Origin: d.Origin, Seq: d.Seq, Hash: hashPayload(payload), Prev: d.Prev, Purge: purge}
}

func (t tombstone) valid() error {
	if _, err := parseID(t.ID); err != nil {
		return err
	}
	if _, err := parseID(t.Purge); t.Purge != "" && err != nil {
		return fmt.Errorf("its purge: %w", err)
	}
	if t.Origin == "" {
		if t != (tombstone{ID: t.ID, Purge: t.Purge}) || t.Purge == "" {
			return errors.New("it has no place in a chain")
		}
		return nil
	}
	if _, err := parseID(t.Origin); err != nil {
		return fmt.Errorf("its origin: %w", err)
	}
	if !isHash(t.Hash) {
		return errors.New("it has no SHA-256 of what was here")
	}
	return validPlace(t.Seq, t.Prev)
}

// samePlace reports whether both are of one decision with one content.
func (t tombstone) samePlace(o tombstone) bool {
	t.Purge, o.Purge = "", ""
	return t == o
}

func (t tombstone) link(id ulid.ULID) link {
	return link{seq: t.Seq, id: id, hash: parseDigest(t.Hash), prev: parseDigest(t.Prev)}
}

// tombAt returns what is left of a decision or an event, and whether it was purged.
func tombAt(tx *transaction, id ulid.ULID) (t tombstone, found bool, err error) {
	found, err = getRecord(tx, bucketPurged, id[:], kindTomb, &t)
	return t, found, err
}

// linkAt is the place in its chain of a decision that is here or was purged.
func linkAt(tx *transaction, id ulid.ULID) (l link, found bool, err error) {
	if value := tx.Bucket([]byte(bucketDecisions)).Get(id[:]); value != nil {
		l, err = linkOf(id, value)
		return l, err == nil, err
	}
	t, found, err := tombAt(tx, id)
	return t.link(id), found && t.Origin != "", err
}

// entomb puts a tombstone in the place of a decision. The chain does not change: the
// place stays, and the index leads to it.
func entomb(tx *transaction, id ulid.ULID, purge string) error {
	d, payload, err := getDecision(tx, id)
	if err != nil {
		return err
	}
	if payload == nil {
		return &calibration.UnknownError{What: "decision", Name: id.String()}
	}
	origin, err := parseID(d.Origin)
	if err != nil {
		return err
	}
	t := tombOf(d, payload, purge)
	for _, e := range indexKeys(d, origin, id) {
		if e.bucket == bucketByOrigin {
			continue
		}
		if err := tx.Bucket([]byte(e.bucket)).Delete(e.key); err != nil {
			return err
		}
	}
	if err := tx.Bucket([]byte(bucketDecisions)).Delete(id[:]); err != nil {
		return err
	}
	return putRecord(tx, bucketPurged, id[:], kindTomb, t)
}

// parseTombstones reads those of a batch. Of one that comes twice the first is kept.
func (p *parsed) parseTombstones(payloads [][]byte) {
	seen := map[string]tombstone{}
	for i, payload := range payloads {
		var t tombstone
		err := decode(payload, &t)
		if err == nil {
			t.Purge = "" // what others purged is not purged here
			err = t.valid()
		}
		first, known := seen[t.ID]
		if err == nil && known && first != t {
			err = errTombstone
		}
		if err != nil {
			p.refuse(fmt.Sprintf("tombstone %d", i+1), err)
			continue
		}
		if !known {
			seen[t.ID] = t
			p.tombstones = append(p.tombstones, parsedTombstone{t, i + 1})
		}
	}
}

type parsedTombstone struct {
	tombstone
	at int // place in the batch, from 1
}

var errTombstone = errors.New("another record tells its place in the chain differently; one of them was tampered with")

// placeless returns the tombstones of a batch whose decisions neither batch nor file
// has, and refuses those that contradict what is known. late are decisions of the batch
// that stay out.
func placeless(tx *transaction, p *parsed, late []tombstone) (fresh []tombstone, err error) {
	if len(p.tombstones) == 0 {
		return nil, nil
	}
	inBatch := map[string]tombstone{}
	for _, t := range late {
		inBatch[t.ID] = t
	}
	for _, d := range p.decisions {
		inBatch[d.ID] = d.tomb("")
	}
	for _, t := range p.tombstones {
		known, found := inBatch[t.ID]
		if !found {
			id, err := parseID(t.ID)
			if err != nil {
				return nil, err
			}
			l, there, err := linkAt(tx, id)
			if err != nil {
				return nil, err
			}
			if found = there; there {
				known = tombstone{ID: t.ID, Origin: t.Origin, Seq: l.seq, Hash: l.hash.String(), Prev: l.prev.String()}
			}
		}
		switch {
		case !found:
			fresh = append(fresh, t.tombstone)
		case !known.samePlace(t.tombstone):
			p.refuse(fmt.Sprintf("tombstone %d (%s)", t.at, t.ID), errTombstone)
		}
	}
	return fresh, nil
}

// travelling are the tombstones as others get them: without the purge, which is a
// matter of this file.
func travelling(tx *transaction) (all []keyed, err error) {
	tombs, err := allRecords[tombstone](tx, bucketPurged, kindTomb)
	for _, t := range tombs {
		if t.Origin == "" {
			continue
		}
		t.Purge = ""
		payload, err := encode(t)
		if err != nil {
			return nil, err
		}
		all = append(all, keyed{key: idKey(t.ID), payload: payload})
	}
	return all, err
}
