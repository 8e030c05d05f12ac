package store

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"github.com/oklog/ulid/v2"
	"go.etcd.io/bbolt"

	"calibrate/calibration"
)

// ledger writes decisions, their index entries and their chains in one transaction. Until
// close it keeps them in memory: bbolt splits its pages only when it commits, so that
// entries which come in no order are shifted about in one huge page, which takes as
// long as the square of their number.
type ledger struct {
	tx     *transaction
	chains map[ulid.ULID]*chain
	behind map[ulid.ULID][]arrival // what their chains do not know yet
	heads  map[ulid.ULID]uint64    // the highest number that the file's index has of an origin
	fresh  map[place][]link        // what was added
	puts   map[string][]entry      // what there is to be written, by bucket
}

// place is a decision's number in its origin's chain.
type place struct {
	origin ulid.ULID
	seq    uint64
}

type entry struct{ key, value []byte }

func newLedger(tx *transaction) *ledger {
	return &ledger{
		tx: tx, chains: map[ulid.ULID]*chain{}, behind: map[ulid.ULID][]arrival{}, heads: map[ulid.ULID]uint64{},
		fresh: map[place][]link{}, puts: map[string][]entry{},
	}
}

// chain returns what is known of an origin, with all that was added.
func (l *ledger) chain(origin ulid.ULID) (*chain, error) {
	c, err := l.readChain(origin)
	if added := l.behind[origin]; err == nil && len(added) > 0 {
		c.addAll(added)
		delete(l.behind, origin)
	}
	return c, err
}

func (l *ledger) readChain(origin ulid.ULID) (*chain, error) {
	if c, ok := l.chains[origin]; ok {
		return c, nil
	}
	c := &chain{Origin: origin.String()}
	if _, err := getRecord(l.tx, bucketChains, origin[:], kindChain, c); err != nil {
		return nil, err
	}
	l.chains[origin] = c
	return c, nil
}

// add writes a decision that the file does not have, in place of the tombstone that may
// hold its place. The payload is kept byte for byte, or its hash would change; d is what
// it says. No decision comes twice.
func (l *ledger) add(d calibration.Decision, payload []byte) error {
	id, err := parseID(d.ID)
	if err != nil {
		return err
	}
	origin, err := parseID(d.Origin)
	if err != nil {
		return err
	}
	return l.addAs(parsedDecision{Decision: d, id: id, origin: origin, payload: payload, hash: digestOf(payload)})
}

func (l *ledger) addAs(d parsedDecision) error {
	_, held, err := tombAt(l.tx, d.id)
	switch {
	case err != nil:
	case held:
		err = l.tx.Bucket([]byte(bucketPurged)).Delete(d.id[:])
	default:
		err = l.grow(d.origin, d.link())
	}
	if err != nil {
		return err
	}
	value, err := encodeFrame(kindDecision, d.payload)
	if err != nil {
		return err
	}
	l.put(bucketDecisions, bytes.Clone(d.id[:]), value)
	for _, e := range indexKeys(d.Decision, d.origin, d.id) {
		l.put(e.bucket, e.key, nil)
	}
	return nil
}

func (l *ledger) put(bucket string, key, value []byte) {
	l.puts[bucket] = append(l.puts[bucket], entry{key, value})
}

// bury writes a tombstone of a decision that is not in the file. None comes twice.
func (l *ledger) bury(t tombstone) error {
	id, err := parseID(t.ID)
	if err != nil {
		return err
	}
	origin, err := parseID(t.Origin)
	if err != nil {
		return err
	}
	_, held, err := tombAt(l.tx, id)
	if err == nil && !held {
		err = l.grow(origin, t.link(id))
	}
	if err != nil {
		return err
	}
	payload, err := encode(t)
	if err != nil {
		return err
	}
	value, err := encodeFrame(kindTomb, payload)
	if err != nil {
		return err
	}
	l.put(bucketByOrigin, originKey(origin, t.Seq, id), nil)
	l.put(bucketPurged, bytes.Clone(id[:]), value)
	return nil
}

// grow takes a decision into its chain that the chain did not have.
func (l *ledger) grow(origin ulid.ULID, k link) error {
	if l.branches(origin, k.seq) >= maxBranches {
		return fmt.Errorf("decision %s: %d others have the number %d in the chain of file %s already", k.id, maxBranches, k.seq, origin)
	}
	t, before := point{k.seq, k.hash}, point{k.seq - 1, k.prev}
	named, err := l.named(origin, t)
	if err != nil {
		return err
	}
	known, err := l.known(origin, before)
	if err != nil {
		return err
	}
	l.behind[origin] = append(l.behind[origin], arrival{t.tip(), before.tip(), named, known})
	at := place{origin, k.seq}
	l.fresh[at] = append(l.fresh[at], k)
	return nil
}

// branches counts the decisions, here or purged, with one number of a chain.
func (l *ledger) branches(origin ulid.ULID, seq uint64) (n int) {
	for range l.ids(origin, seq) {
		n++
	}
	return n + len(l.fresh[place{origin, seq}])
}

// ids are those of the decisions, here or purged, that the file has with one number of a
// chain.
func (l *ledger) ids(origin ulid.ULID, seq uint64) (ids []ulid.ULID) {
	if seq > l.head(origin) {
		return nil
	}
	prefix := originSeqKey(origin, seq)
	c := l.tx.Bucket([]byte(bucketByOrigin)).Cursor()
	for key, _ := c.Seek(prefix); bytes.HasPrefix(key, prefix); key, _ = c.Next() {
		_, _, id, _ := splitOriginKey(key)
		ids = append(ids, id)
	}
	return ids
}

// head is the highest number that the file has of an origin, 0 if none.
func (l *ledger) head(origin ulid.ULID) uint64 {
	head, known := l.heads[origin]
	if !known {
		key := lastBelow(l.tx, bucketByOrigin, originSeqKey(origin, ^uint64(0)))
		if of, seq, _, _ := splitOriginKey(key); of == origin {
			head = seq
		}
		l.heads[origin] = head
	}
	return head
}

// links are the decisions, here or purged, with one number of a chain.
func (l *ledger) links(origin ulid.ULID, seq uint64) ([]link, error) {
	all := slices.Clone(l.fresh[place{origin, seq}])
	for _, id := range l.ids(origin, seq) {
		found, there, err := linkAt(l.tx, id)
		if err != nil {
			return nil, err
		}
		if there {
			all = append(all, found)
		}
	}
	return all, nil
}

// named reports whether a decision, here or purged, follows t.
func (l *ledger) named(origin ulid.ULID, t point) (bool, error) {
	next, err := l.links(origin, t.seq+1)
	return slices.ContainsFunc(next, func(k link) bool { return k.prev == t.hash }), err
}

// known reports whether t is here, was purged, or is named by one that is or was: then
// the chain has it already among what arrived or what is awaited.
func (l *ledger) known(origin ulid.ULID, t point) (bool, error) {
	here, err := l.links(origin, t.seq)
	if err != nil || slices.ContainsFunc(here, func(k link) bool { return k.hash == t.hash }) {
		return err == nil, err
	}
	return l.named(origin, t)
}

// close writes everything down, in the order of the keys.
func (l *ledger) close() error {
	for _, bucket := range slices.Sorted(maps.Keys(l.puts)) {
		entries := l.puts[bucket]
		slices.SortFunc(entries, func(a, b entry) int { return bytes.Compare(a.key, b.key) })
		b := l.tx.Bucket([]byte(bucket))
		b.FillPercent = fill(bucket, b)
		for _, e := range entries {
			if err := b.Put(e.key, e.value); err != nil {
				return fmt.Errorf("writing %s into %s: %w", showKey(e.key), bucket, err)
			}
		}
	}
	l.puts = nil
	for origin := range l.behind {
		if _, err := l.chain(origin); err != nil {
			return err
		}
	}
	for origin, c := range l.chains {
		if len(c.Tips) == 0 {
			continue // looked at, and nothing came of it
		}
		if err := putRecord(l.tx, bucketChains, origin[:], kindChain, c); err != nil {
			return err
		}
	}
	return nil
}

// fill is how full pages are left when they are split. The ids of decisions rise with
// time, so that their pages are filled once and not touched again. What is indexed comes
// in any order, and full pages would be split by the next entry; but what comes first
// comes in the order of the keys.
func fill(name string, b *bucket) float64 {
	if name == bucketDecisions {
		return 1
	}
	if first, _ := b.Cursor().First(); first == nil {
		return 0.9
	}
	return bbolt.DefaultFillPercent
}
