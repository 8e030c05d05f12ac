package store

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"sync"

	"github.com/oklog/ulid/v2"

	"calibrate/calibration"
)

// unbroken looks at the decisions of a chain as they go by, in the order of their
// numbers: whether each follows the one before it, nothing is missing but what never
// arrived, no number was given twice, and every tip is there. Of such a chain, and most
// are such ones, verify would tell the gaps and nothing else, and nothing of it has to be
// kept in memory.
type unbroken struct {
	*chain
	tips, awaiting []point // of the chain
	last           link    // that went by
	gaps, ends     int     // that went by
}

func (c *chain) unbroken() *unbroken {
	return &unbroken{chain: c, tips: points(c.Tips), awaiting: points(c.Awaited)}
}

// goesOn reports whether the chain is not broken by the next decision.
func (u *unbroken) goesOn(l link) bool {
	follows := l.seq == u.last.seq+1 && l.prev == u.last.hash || u.overGap(l)
	u.last = l
	return follows
}

func (u *unbroken) overGap(l link) bool {
	if u.gaps == len(u.Gaps) || u.Gaps[u.gaps] != [2]uint64{u.last.seq + 1, l.seq - 1} {
		return false
	}
	u.gaps++
	return (u.last.seq == 0 || u.ended()) && among(u.awaiting, point{l.seq - 1, l.prev})
}

// ended reports whether the last decision is a tip.
func (u *unbroken) ended() bool {
	u.ends++
	return among(u.tips, point{u.last.seq, u.last.hash})
}

// whole reports whether all went by that should.
func (u *unbroken) whole() bool {
	return (u.last.seq == 0 || u.ended()) && u.ends == len(u.tips) && u.gaps == len(u.Gaps)
}

// findings are what there is to be told of a chain that is not broken.
func (u *unbroken) findings() []Finding {
	v := verifier{chain: u.chain}
	v.gaps()
	return v.findings
}

// checkChains verifies the chains that a ledger has written.
func (l *ledger) checkChains(b before) ([]Finding, error) {
	origins := slices.SortedFunc(maps.Keys(l.chains), ulid.ULID.Compare)
	findings := make([][]Finding, len(origins))
	var group sync.WaitGroup
	defer group.Wait()
	for i, origin := range origins {
		u, fresh := l.chains[origin].unbroken(), l.freshLinks(origin)
		whole, err := l.links(b, origin, fresh, u.goesOn)
		if err != nil {
			return nil, err
		}
		if whole && u.whole() {
			findings[i] = u.findings()
			continue
		}
		var links []link
		if _, err := l.links(b, origin, fresh, func(k link) bool { links = append(links, k); return true }); err != nil {
			return nil, err
		}
		group.Go(func() { findings[i] = l.chains[origin].verify(links) }) // reads nothing of the file
	}
	group.Wait()
	return slices.Concat(findings...), nil
}

func compareLinks(a, b link) int { return cmp.Or(cmp.Compare(a.seq, b.seq), a.id.Compare(b.id)) }

// links hands out the places of an origin's decisions, also of those that were purged,
// once everything is written down: the fresh ones and those that were here before. They
// come in the order of their numbers, unless somebody tampered with the index. all is
// false where visit wanted no more.
func (l *ledger) links(b before, origin ulid.ULID, fresh []*freshLink, visit func(link) bool) (all bool, err error) {
	upTo := func(k link) bool {
		for len(fresh) > 0 && compareLinks(fresh[0].link, k) < 0 {
			if !visit(fresh[0].link) {
				return false
			}
			fresh = fresh[1:]
		}
		return true
	}
	all = true
	old := earlier{l: l}
	read := func() (err error) {
		links, err := old.read()
		for _, k := range links {
			all = all && (k.seq == 0 || upTo(k) && visit(k))
		}
		return err
	}
	err = b.byOrigin.from(origin[:], func(key, _ []byte) (bool, error) {
		of, seq, id, _ := splitOriginKey(key)
		if of != origin {
			return false, nil
		}
		value, err := b.decisions.get(id[:])
		mayBeFresh := value == nil || b.decisions.inline != nil
		if err != nil || mayBeFresh && l.isFresh(place{origin, seq}, id) {
			return err == nil, err
		}
		if old.take(id, value) < linksAtOnce {
			return true, nil
		}
		err = read()
		return all, err
	})
	if err == nil && all {
		err = read()
	}
	return all && upTo(link{seq: maxSeq + 1}), err
}

// linksAtOnce is how many decisions are read side by side.
const linksAtOnce = 1024

// earlier are some decisions that were here before, to be read together.
type earlier struct {
	l    *ledger
	raw  []element // without a value where there is a tombstone
	room arena
	out  []link
}

// take returns how many there are.
func (e *earlier) take(id ulid.ULID, value []byte) int {
	one := element{key: e.room.keep(id[:])}
	if value != nil {
		one.value = e.room.keep(value)
	}
	e.raw = append(e.raw, one)
	return len(e.raw)
}

// read says where they stand in their chain; the number of what is not there is 0. What it
// returns is dead when it reads again.
func (e *earlier) read() ([]link, error) {
	e.out = slices.Grow(e.out[:0], len(e.raw))[:len(e.raw)]
	_, err := inParallel(len(e.raw), func(i int) (err error) {
		if e.raw[i].value != nil {
			e.out[i], err = linkOf(ulid.ULID(e.raw[i].key), e.raw[i].value)
		}
		return err
	})
	for i, r := range e.raw {
		if r.value == nil && err == nil { // a tombstone, or what has come in its place
			e.out[i], _, err = linkAt(e.l.tx, ulid.ULID(r.key))
		}
	}
	e.raw, e.room = e.raw[:0], e.room[:0]
	return e.out, err
}

// isFresh reports whether a decision was added in its place.
func (l *ledger) isFresh(at place, id ulid.ULID) bool {
	k := l.fresh[at]
	for k != nil && k.id != id {
		k = k.others
	}
	return k != nil
}

// linkOf is the place in its chain of a decision that is kept as value.
func linkOf(id ulid.ULID, value []byte) (link, error) {
	payload, err := decodeFrame(bucketDecisions, id[:], value, kindDecision)
	if err != nil {
		return link{}, err
	}
	k := link{id: id, hash: digestOf(payload)}
	if !k.stands(payload) {
		var d calibration.Decision
		_, err = glanceAt(id, value, &d)
		k.seq, k.prev = d.Seq, parseDigest(d.Prev)
	}
	return k, err
}

// stands reads the ends of a payload that is written the way encode writes it, and
// reports whether it could: whose it is, and where it stands in its chain. Most of it is
// between them. Who broke that has changed the hash.
func (k *link) stands(payload []byte) bool {
	const begin, number, before, end = `{"id":"`, `,"seq":`, `,"prev":"`, `"}`
	var id [ulid.EncodedSize]byte
	rest, begins := bytes.CutPrefix(payload, []byte(begin))
	if err := k.id.MarshalTextTo(id[:]); err != nil || !begins || !bytes.HasPrefix(rest, id[:]) {
		return false
	}
	at := bytes.LastIndex(rest, []byte(number))
	if at < len(id)+1 || rest[len(id)] != '"' {
		return false
	}
	digits, prev, follows := bytes.Cut(rest[at+len(number):], []byte(before))
	if !follows {
		k.seq = 1
		return string(digits) == "1}"
	}
	seq, err := strconv.ParseUint(string(digits), 10, 64)
	hash, ends := bytes.CutSuffix(prev, []byte(end))
	if err != nil || !ends || len(hash) != hex.EncodedLen(len(k.prev)) {
		return false
	}
	k.seq = seq
	_, err = hex.Decode(k.prev[:], hash)
	return err == nil
}

// arena keeps bytes that are dead soon, as many as possible in one piece of memory.
type arena []byte

func (a *arena) keep(b []byte) []byte {
	const least, most = 4 << 10, 256 << 10
	if len(b) > cap(*a)-len(*a) { // those before stay in the piece before
		*a = make([]byte, 0, max(least, min(2*cap(*a), most), len(b)))
	}
	from := len(*a)
	*a = append(*a, b...)
	return (*a)[from:len(*a):len(*a)]
}
