package store

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"sync"

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
	old    *before // what the file held, to be read without bbolt; nil: with it
	chains map[ulid.ULID]*chain
	behind map[ulid.ULID][]arrival     // what their chains do not know yet
	heads  map[ulid.ULID]uint64        // the highest number that the file's index has of an origin
	fresh  map[place]*freshLink        // what was added
	added  map[ulid.ULID][][]freshLink // the same by origin, in pieces that stay where they are
	puts   map[string][]entry          // what there is to be written, by bucket
	graves bool                        // the file has tombstones
	near   [4]numbered                 // what was asked of the index last, which nothing is written to before close
}

// place is a decision's number in its origin's chain.
type place struct {
	origin ulid.ULID
	seq    uint64
}

// numbered are the decisions that the file has with one number of a chain.
type numbered struct {
	at  place
	ids []ulid.ULID
}

// freshLink is one that was added, before others with the same number.
type freshLink struct {
	link
	others *freshLink
}

type entry struct{ key, value []byte }

func newLedger(tx *transaction) *ledger {
	return &ledger{
		tx: tx, chains: map[ulid.ULID]*chain{}, behind: map[ulid.ULID][]arrival{}, heads: map[ulid.ULID]uint64{},
		fresh: map[place]*freshLink{}, added: map[ulid.ULID][][]freshLink{}, puts: map[string][]entry{}, graves: !nothingIn(tx, bucketPurged),
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
	if err := l.enter(&d); err != nil {
		return err
	}
	entries, err := entriesOf(&d)
	if err != nil {
		return err
	}
	for i, bucket := range entered() {
		l.put(bucket, entries[i])
	}
	return nil
}

// putAll is what addAs does after entering a decision, for all of them and on all
// processors. It leaves nothing of them, so that they are not in memory beside what is
// made of them.
func (l *ledger) putAll(ds []*parsedDecision) error {
	var made [entryCount][]entry
	for i, bucket := range entered() {
		at := len(l.puts[bucket])
		l.puts[bucket] = slices.Grow(l.puts[bucket], len(ds))[:at+len(ds)]
		made[i] = l.puts[bucket][at:]
	}
	_, err := inParallel(len(ds), func(i int) error {
		entries, err := entriesOf(ds[i])
		for bucket := range made {
			made[bucket][i] = entries[bucket]
		}
		*ds[i] = parsedDecision{}
		return err
	})
	return err
}

// enter takes a decision into its chain.
func (l *ledger) enter(d *parsedDecision) error {
	if l.graves {
		_, held, err := tombAt(l.tx, d.id)
		if err != nil {
			return err
		}
		if held {
			return l.tx.Bucket([]byte(bucketPurged)).Delete(d.id[:])
		}
	}
	return l.grow(d.origin, d.link())
}

// entryCount is how many entries a decision has in a file.
const entryCount = 5 // its own, and one in each index

// entered are the buckets that a decision has an entry in.
func entered() [entryCount]string {
	all := [entryCount]string{bucketDecisions}
	for i, bucket := range indexes() {
		all[i+1] = bucket
	}
	return all
}

// entriesOf is what a file keeps of a decision, in the order of entered.
func entriesOf(d *parsedDecision) (all [entryCount]entry, err error) {
	all[0].key = bytes.Clone(d.id[:])
	all[0].value, err = encodeFrame(kindDecision, d.payload)
	for i, e := range indexKeys(d.Decision, d.origin, d.id) {
		all[i+1].key = e.key
	}
	return all, err
}

func (l *ledger) put(bucket string, e entry) { l.puts[bucket] = append(l.puts[bucket], e) }

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
	l.put(bucketByOrigin, entry{key: originKey(origin, t.Seq, id)})
	l.put(bucketPurged, entry{bytes.Clone(id[:]), value})
	return nil
}

// grow takes a decision into its chain that the chain did not have.
func (l *ledger) grow(origin ulid.ULID, k link) error {
	branches, err := l.branches(origin, k.seq)
	if err != nil {
		return err
	}
	if branches >= maxBranches {
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
	l.behind[origin] = append(l.behind[origin], arrival{t, before, named, known})
	at := place{origin, k.seq}
	l.fresh[at] = l.keep(origin, freshLink{link: k, others: l.fresh[at]})
	return nil
}

func (l *ledger) keep(origin ulid.ULID, k freshLink) *freshLink {
	pieces := l.added[origin]
	last := len(pieces) - 1
	if last < 0 || len(pieces[last]) == cap(pieces[last]) {
		last++
		pieces = append(pieces, make([]freshLink, 0, 1<<min(last, 10)))
		l.added[origin] = pieces
	}
	pieces[last] = append(pieces[last], k)
	return &pieces[last][len(pieces[last])-1]
}

// freshLinks are the places of what was added of an origin, in order.
func (l *ledger) freshLinks(origin ulid.ULID) (links []*freshLink) {
	for _, piece := range l.added[origin] {
		for i := range piece {
			links = append(links, &piece[i])
		}
	}
	slices.SortFunc(links, func(a, b *freshLink) int { return compareLinks(a.link, b.link) })
	return links
}

// branches counts the decisions, here or purged, with one number of a chain.
func (l *ledger) branches(origin ulid.ULID, seq uint64) (n int, err error) {
	ids, err := l.ids(origin, seq)
	n = len(ids)
	for k := l.fresh[place{origin, seq}]; k != nil; k = k.others {
		n++
	}
	return n, err
}

// ids are those of the decisions, here or purged, that the file has with one number of a
// chain.
func (l *ledger) ids(origin ulid.ULID, seq uint64) (ids []ulid.ULID, err error) {
	if seq > l.head(origin) {
		return nil, nil
	}
	near, at := &l.near[seq%uint64(len(l.near))], place{origin, seq}
	if near.at == at {
		return near.ids, nil
	}
	defer func() {
		if err == nil {
			near.at, near.ids = at, ids
		}
	}()
	prefix := originSeqKey(origin, seq)
	visit := func(key, _ []byte) (more bool, err error) {
		if more = bytes.HasPrefix(key, prefix); more {
			_, _, id, _ := splitOriginKey(key)
			ids = append(ids, id)
		}
		return more, nil
	}
	if l.old != nil {
		err = l.old.byOrigin.from(prefix, visit)
	} else {
		err = from(l.tx.Bucket([]byte(bucketByOrigin)).Cursor(), prefix, visit)
	}
	return ids, err
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

// has reports whether there is a decision, here or purged, with one number of a chain that
// is wanted.
func (l *ledger) has(origin ulid.ULID, seq uint64, wanted func(link) bool) (bool, error) {
	for k := l.fresh[place{origin, seq}]; k != nil; k = k.others {
		if wanted(k.link) {
			return true, nil
		}
	}
	ids, err := l.ids(origin, seq)
	if err != nil {
		return false, err
	}
	for _, id := range ids {
		found, there, err := l.linkAt(id)
		if err != nil || there && wanted(found) {
			return err == nil, err
		}
	}
	return false, nil
}

// linkAt is the place in its chain of a decision that is here or was purged.
func (l *ledger) linkAt(id ulid.ULID) (k link, found bool, err error) {
	if l.old != nil {
		value, err := l.old.decisions.get(id[:])
		if err != nil {
			return k, false, err
		}
		if value != nil {
			k, err = linkOf(id, value)
			return k, err == nil, err
		}
	}
	return linkAt(l.tx, id)
}

// named reports whether a decision, here or purged, follows t.
func (l *ledger) named(origin ulid.ULID, t point) (bool, error) {
	return l.has(origin, t.seq+1, func(k link) bool { return k.prev == t.hash })
}

// known reports whether t is here, was purged, or is named by one that is or was: then
// the chain has it already among what arrived or what is awaited.
func (l *ledger) known(origin ulid.ULID, t point) (bool, error) {
	here, err := l.has(origin, t.seq, func(k link) bool { return k.hash == t.hash })
	if here || err != nil {
		return here, err
	}
	return l.named(origin, t)
}

// close writes everything down, in the order of the keys.
func (l *ledger) close() error {
	l.sort()
	writes := 0
	for _, entries := range l.puts {
		writes += len(entries)
	}
	l.tx.expects(writes)
	for _, bucket := range slices.Sorted(maps.Keys(l.puts)) {
		entries := l.puts[bucket]
		b := l.tx.Bucket([]byte(bucket))
		if first, _ := b.Cursor().First(); first == nil {
			b.FillPercent = max(b.FillPercent, wellFull)
		}
		for _, e := range entries {
			if err := b.Put(e.key, e.value); err != nil {
				return fmt.Errorf("writing %s into %s: %w", showKey(e.key), bucket, err)
			}
		}
		delete(l.puts, bucket)
	}
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

// sort brings what there is to be written into the order of the keys, in each bucket.
func (l *ledger) sort() {
	byKey := func(a, b entry) int { return bytes.Compare(a.key, b.key) }
	var group sync.WaitGroup
	for _, entries := range l.puts {
		if !slices.IsSortedFunc(entries, byKey) {
			group.Go(func() { slices.SortFunc(entries, byKey) })
		}
	}
	group.Wait()
}

// fill is how full pages are left when they are split. Ids rise with time: pages are filled
// once, and those of decisions not touched again, where people and sessions change and may
// grow. What is indexed comes in any order, and full pages would be split by the next entry.
func fill(name string) float64 {
	switch name {
	case bucketDecisions:
		return 1
	case bucketPeople, bucketSessions:
		return wellFull
	}
	return bbolt.DefaultFillPercent
}

// wellFull is how full pages are left of what comes in the order of the keys; some room is
// for what comes in between.
const wellFull = 0.9

// from hands out what there is from a key on, in its order, for as long as visit wants
// more.
func from(c *cursor, key []byte, visit func(key, value []byte) (more bool, err error)) error {
	for k, v := c.Seek(key); k != nil; k, v = c.Next() {
		if more, err := visit(k, v); !more || err != nil {
			return err
		}
	}
	return nil
}
