package store

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/oklog/ulid/v2"
	"go.etcd.io/bbolt"

	"calibrate/calibration"
)

// The decisions of one origin form a chain: each names the hash of the one before it.
//
//	seq 1 ←── seq 2 ←── seq 3        seq 5 ←── seq 6
//	                      ↑ tip                  ↑ tip       gap: 4 to 4
//
// The chain's record keeps what the decisions cannot say of each other: the hash of
// every decision that no other names (the tips, so that the last one cannot be
// changed or cut off unnoticed), and what never arrived: numbers (the gaps), and
// hashes that another one names (the awaited). All follow from the set of decisions
// that ever arrived, not from their order, so files with the same decisions have the
// same record.
//
// A file that was copied and continued in both places has two decisions with one
// number, and a tip for each branch.
type chain struct {
	Origin  string      `json:"origin"`
	Tips    []tip       `json:"tips"`              // ascending by seq, then hash
	Gaps    [][2]uint64 `json:"gaps,omitempty"`    // [from, to], both missing; ascending
	Awaited []tip       `json:"awaited,omitempty"` // like tips
}

type tip struct {
	Seq  uint64 `json:"seq"`
	Hash string `json:"hash"`
}

const (
	maxSeq      = 1 << 53 // keeps numbers exact in every reader of JSON
	maxBranches = 50      // that a merge makes of a chain: nobody copies a file so often, and checks stay quick
)

func validSeq(seq uint64) bool { return 1 <= seq && seq <= maxSeq }

// valid reports why the record cannot be that of a chain.
func (c *chain) valid() error {
	last := uint64(0)
	ordered := slices.IsSortedFunc(c.Tips, compareTips) && slices.IsSortedFunc(c.Awaited, compareTips)
	for _, gap := range c.Gaps {
		ordered = ordered && last < gap[0] && gap[0] <= gap[1] && validSeq(gap[1])
		last = gap[1]
	}
	for _, t := range slices.Concat(c.Tips, c.Awaited) {
		ordered = ordered && validSeq(t.Seq)
	}
	if !ordered {
		return errors.New("its numbers are not in order")
	}
	return nil
}

func hashPayload(payload []byte) string {
	sum := sha256.Sum256(payload)
	return hex.EncodeToString(sum[:])
}

func compareTips(a, b tip) int {
	return cmp.Or(cmp.Compare(a.Seq, b.Seq), strings.Compare(a.Hash, b.Hash))
}

// head is the last decision that ever arrived; its zero value says that none did.
func (c *chain) head() tip {
	if len(c.Tips) == 0 {
		return tip{}
	}
	return c.Tips[len(c.Tips)-1]
}

// end is the decision that the next one of this file follows. That is the head, unless
// a packet brought one with the last number of all.
func (c *chain) end() tip {
	for _, t := range slices.Backward(c.Tips) {
		if t.Seq < maxSeq {
			return t
		}
	}
	return tip{}
}

// add takes in a decision that the chain did not have, and that follows another one.
// named says whether a decision that it has names t, and known whether one names
// before, or before itself is there.
func (c *chain) add(t, before tip, named, known bool) {
	c.fill(t.Seq)
	c.Awaited, _ = without(c.Awaited, t)
	var wasTip bool
	c.Tips, wasTip = without(c.Tips, before)
	if before.Seq > 0 && !known && !wasTip {
		c.Awaited = with(c.Awaited, before)
	}
	if !named {
		c.Tips = with(c.Tips, t)
	}
}

// with and without keep a list of tips a sorted set.
func with(tips []tip, t tip) []tip {
	i, found := slices.BinarySearchFunc(tips, t, compareTips)
	if found {
		return tips // it had been taken out, and comes back
	}
	return slices.Insert(tips, i, t)
}

func without(tips []tip, t tip) (rest []tip, found bool) {
	i, found := slices.BinarySearchFunc(tips, t, compareTips)
	if found {
		tips = slices.Delete(tips, i, i+1)
	}
	return tips, found
}

// fill takes a number out of the gaps, or opens a gap up to it.
func (c *chain) fill(seq uint64) {
	if head := c.head().Seq; seq > head {
		if seq > head+1 {
			c.Gaps = append(c.Gaps, [2]uint64{head + 1, seq - 1})
		}
		return
	}
	i, inside := c.gapAt(seq)
	if !inside {
		return
	}
	var rest [][2]uint64
	if from := c.Gaps[i][0]; from < seq {
		rest = append(rest, [2]uint64{from, seq - 1})
	}
	if to := c.Gaps[i][1]; to > seq {
		rest = append(rest, [2]uint64{seq + 1, to})
	}
	c.Gaps = slices.Replace(c.Gaps, i, i+1, rest...)
}

// gapAt finds the first gap that ends at seq or later, and whether seq is in it.
func (c *chain) gapAt(seq uint64) (int, bool) {
	i, _ := slices.BinarySearchFunc(c.Gaps, seq, func(gap [2]uint64, seq uint64) int {
		if gap[1] < seq {
			return -1
		}
		return 1
	})
	return i, i < len(c.Gaps) && c.Gaps[i][0] <= seq
}

// ledger writes decisions, their index entries and their chains in one transaction.
// Chains are kept in memory until close, so that a large merge stays linear.
type ledger struct {
	tx     *bbolt.Tx
	chains map[ulid.ULID]*chain
}

func newLedger(tx *bbolt.Tx) *ledger {
	return &ledger{tx: tx, chains: map[ulid.ULID]*chain{}}
}

// chain returns what is known of an origin, for changing.
func (l *ledger) chain(origin ulid.ULID) (*chain, error) {
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
// it says.
func (l *ledger) add(d calibration.Decision, payload []byte) error {
	id, err := parseID(d.ID)
	if err != nil {
		return err
	}
	origin, err := parseID(d.Origin)
	if err != nil {
		return err
	}
	_, held, err := tombAt(l.tx, id)
	switch {
	case err != nil:
	case held:
		err = l.tx.Bucket([]byte(bucketPurged)).Delete(id[:])
	default:
		err = l.grow(origin, link{seq: d.Seq, id: id, hash: hashPayload(payload), prev: d.Prev})
	}
	if err != nil {
		return err
	}
	if err := putFrame(l.tx, bucketDecisions, id[:], kindDecision, payload); err != nil {
		return err
	}
	for bucket, key := range indexKeys(d, origin, id) {
		if err := l.tx.Bucket([]byte(bucket)).Put(key, nil); err != nil {
			return fmt.Errorf("indexing decision %s in %s: %w", d.ID, bucket, err)
		}
	}
	return nil
}

// grow takes a decision into its chain that the chain did not have.
func (l *ledger) grow(origin ulid.ULID, k link) error {
	if l.branches(origin, k.seq) >= maxBranches {
		return fmt.Errorf("decision %s: %d others have the number %d in the chain of file %s already", k.id, maxBranches, k.seq, origin)
	}
	c, err := l.chain(origin)
	if err != nil {
		return err
	}
	t, before := tip{k.seq, k.hash}, tip{k.seq - 1, k.prev}
	named, err := l.named(origin, t)
	if err != nil {
		return err
	}
	known, err := l.known(origin, before)
	if err != nil {
		return err
	}
	c.add(t, before, named, known)
	return nil
}

// branches counts the decisions, here or purged, with one number of a chain.
func (l *ledger) branches(origin ulid.ULID, seq uint64) (n int) {
	prefix := originSeqKey(origin, seq)
	c := l.tx.Bucket([]byte(bucketByOrigin)).Cursor()
	for key, _ := c.Seek(prefix); bytes.HasPrefix(key, prefix); key, _ = c.Next() {
		n++
	}
	return n
}

// named reports whether a decision, here or purged, follows t.
func (l *ledger) named(origin ulid.ULID, t tip) (bool, error) {
	next, err := l.links(origin, t.Seq+1)
	return slices.ContainsFunc(next, func(k link) bool { return k.prev == t.Hash }), err
}

// known reports whether t is here, was purged, or is named by one that is or was: then
// the chain has it already among what arrived or what is awaited.
func (l *ledger) known(origin ulid.ULID, t tip) (bool, error) {
	here, err := l.links(origin, t.Seq)
	if err != nil || slices.ContainsFunc(here, func(k link) bool { return k.hash == t.Hash }) {
		return err == nil, err
	}
	return l.named(origin, t)
}

// close writes the chains down.
func (l *ledger) close() error {
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
