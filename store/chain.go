package store

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strings"
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
	hashes := true
	for _, t := range slices.Concat(c.Tips, c.Awaited) {
		ordered = ordered && validSeq(t.Seq)
		hashes = hashes && isHash(t.Hash)
	}
	switch {
	case !ordered:
		return errors.New("its numbers are not in order")
	case !hashes:
		return errors.New("it names a decision by what is no SHA-256")
	}
	return nil
}

// digest is the SHA-256 of a decision as it is compared; as text it is what others name
// it by. The zero one stands for none.
type digest [sha256.Size]byte

func digestOf(payload []byte) digest { return sha256.Sum256(payload) }

func (d digest) String() string {
	if d == (digest{}) {
		return ""
	}
	return hex.EncodeToString(d[:])
}

// parseDigest undoes String; of text that is no SHA-256 it makes none.
func parseDigest(text string) (d digest) {
	if len(text) == hex.EncodedLen(len(d)) {
		if _, err := hex.Decode(d[:], []byte(text)); err != nil {
			return digest{}
		}
	}
	return d
}

func hashPayload(payload []byte) string { return digestOf(payload).String() }

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

// arrival is what add takes in.
type arrival struct {
	t, before    point
	named, known bool
}

// addAll is add of one after the other, in time in proportion to all there is: of
// decisions that came in no order there are as many tips, and a sorted list of them
// would be moved about for each.
func (c *chain) addAll(arrivals []arrival) {
	if len(arrivals) == 1 {
		a := arrivals[0]
		c.add(a.t.tip(), a.before.tip(), a.named, a.known)
		return
	}
	c.fillAll(arrivals)
	tips, awaited := setOf(c.Tips), setOf(c.Awaited)
	for _, a := range arrivals {
		delete(awaited, a.t)
		wasTip := tips[a.before]
		delete(tips, a.before)
		if a.before.seq > 0 && !a.known && !wasTip {
			awaited[a.before] = true
		}
		if !a.named {
			tips[a.t] = true
		}
	}
	c.Tips, c.Awaited = listOf(tips), listOf(awaited)
}

func setOf(tips []tip) map[point]bool {
	set := make(map[point]bool, len(tips))
	for _, p := range points(tips) {
		set[p] = true
	}
	return set
}

func listOf(set map[point]bool) []tip {
	var tips []tip
	for _, p := range slices.SortedFunc(maps.Keys(set), comparePoints) {
		tips = append(tips, p.tip())
	}
	return tips
}

// fillAll takes the numbers of all arrivals out of the gaps, or opens gaps between them.
func (c *chain) fillAll(arrivals []arrival) {
	seqs := make([]uint64, 0, len(arrivals))
	for _, a := range arrivals {
		seqs = append(seqs, a.t.seq)
	}
	slices.Sort(seqs)
	gaps := c.Gaps
	if head, last := c.head().Seq, seqs[len(seqs)-1]; last > head {
		gaps = append(slices.Clone(gaps), [2]uint64{head + 1, last})
	}
	var left [][2]uint64
	for _, gap := range gaps {
		i, _ := slices.BinarySearch(seqs, gap[0])
		for ; i < len(seqs) && seqs[i] <= gap[1]; i++ {
			if gap[0] < seqs[i] {
				left = append(left, [2]uint64{gap[0], seqs[i] - 1})
			}
			gap[0] = max(gap[0], seqs[i]+1)
		}
		if gap[0] <= gap[1] {
			left = append(left, gap)
		}
	}
	c.Gaps = left
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
