package store

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"github.com/oklog/ulid/v2"
	"go.etcd.io/bbolt"
)

// What to do about a finding.
const (
	doCompare = "compare with a backup, or with the file of somebody who merged it"
	doRestore = "restore a backup, or calibrate doctor --salvage OUT recovers what is readable"
	doMerge   = "nothing is wrong; a packet that holds them closes the gap"
	doFork    = "nothing is lost; go on in only one of the copies"
)

// chainOf goes before an origin where a finding is about its whole chain.
const chainOf = "chain of file "

// link is a decision's place in its chain.
type link struct {
	seq        uint64
	id         ulid.ULID
	hash, prev string
	unreadable bool // its frame is damaged: told elsewhere, so it is taken as it comes
}

// verify holds the decisions of one origin against its chain's record. links need not
// be in order.
func (c *chain) verify(links []link) []Finding {
	slices.SortFunc(links, func(a, b link) int { return cmp.Or(cmp.Compare(a.seq, b.seq), a.id.Compare(b.id)) })
	v := verifier{chain: c, bySeq: map[uint64][]link{}, attested: map[tip]bool{}}
	for _, l := range links {
		v.bySeq[l.seq] = append(v.bySeq[l.seq], l)
		if v.forked == 0 && len(v.bySeq[l.seq]) > 1 {
			v.forked = l.seq
		}
		if !l.unreadable {
			v.attested[tip{l.seq - 1, l.prev}] = true
		}
	}
	for _, t := range c.Tips {
		v.attested[t] = true
	}
	for t := range v.attested {
		if t.Seq > 0 && !v.here(t) && !v.awaited(t) {
			v.lost = append(v.lost, t)
		}
	}
	if len(links) > 0 && len(c.Tips) == 0 {
		v.find(Problem, doCompare, "the record of the chain is gone, so that nothing can be said of its %s", count(len(links), "decision"))
		return v.findings
	}
	v.missing(links)
	v.lostTips()
	v.forks(links)
	for _, l := range links {
		v.altered(l)
	}
	return v.findings
}

type verifier struct {
	*chain
	bySeq    map[uint64][]link
	attested map[tip]bool // hashes that a successor or a tip vouches for
	lost     []tip        // those of them that arrived and are not here any more, in no order
	forked   uint64       // the first number that two decisions have; 0: none
	findings []Finding
}

func (v *verifier) find(s Severity, do, format string, args ...any) {
	v.findings = append(v.findings, Finding{
		Severity: s, What: fmt.Sprintf(format, args...), Where: chainOf + v.Origin, Do: do,
	})
}

// missing tells the numbers that are not there: those that never arrived, and those
// that did and were taken out.
func (v *verifier) missing(links []link) {
	for _, gap := range v.Gaps {
		v.find(Note, doMerge, "a known gap: %s never arrived here", numbers(gap[0], gap[1]))
	}
	next := uint64(1)
	report := func(upTo uint64) {
		for from := next; from <= upTo; {
			i, inside := v.gapAt(from)
			if inside {
				from = v.Gaps[i][1] + 1
				continue
			}
			to := upTo
			if i < len(v.Gaps) {
				to = min(to, v.Gaps[i][0]-1)
			}
			v.find(Problem, doCompare, "taken out: %s", numbers(from, to))
			from = to + 1
		}
	}
	for _, l := range links {
		report(l.seq - 1)
		next = l.seq + 1
	}
	report(v.head().Seq)
}

// here reports whether a decision is there, or may be one that cannot be read.
func (v *verifier) here(t tip) bool {
	return slices.ContainsFunc(v.bySeq[t.Seq], func(l link) bool { return l.unreadable || l.hash == t.Hash })
}

// awaited reports whether a decision that is named never arrived.
func (v *verifier) awaited(t tip) bool {
	_, found := slices.BinarySearchFunc(v.Awaited, t, compareTips)
	return found
}

// lostTips tells the end of a branch that was taken out where another branch has the
// same number; without one, missing tells it.
func (v *verifier) lostTips() {
	for _, t := range v.Tips {
		there := v.bySeq[t.Seq]
		altered := slices.ContainsFunc(there, func(l link) bool { return !v.attested[tip{l.seq, l.hash}] })
		if len(there) > 0 && !v.here(t) && !altered {
			v.find(Problem, doCompare, "taken out: number %d of one branch of a fork", t.Seq)
		}
	}
}

// forks tells where one number was given twice, once for each stretch of numbers.
func (v *verifier) forks(links []link) {
	var from, to uint64
	tell := func() {
		if from > 0 {
			v.find(Note, doFork, "a fork: a copy of the file was continued elsewhere and gave %s again", numbers(from, to))
		}
	}
	for i := 1; i < len(links); i++ {
		switch seq := links[i].seq; {
		case seq != links[i-1].seq || seq == to:
		case seq == to+1:
			to = seq
		default:
			tell()
			from, to = seq, seq
		}
	}
	tell()
}

// altered tells a decision that nothing vouches for though something should, and one
// that follows a decision which is not there in this form.
func (v *verifier) altered(l link) {
	if l.unreadable {
		return
	}
	if !v.attested[tip{l.seq, l.hash}] && (v.sought(l.seq) || !v.successorGone(l.seq)) {
		v.find(Problem, doCompare, "altered: decision %s (number %d) is not what it was", l.id, l.seq)
	}
	before := tip{l.seq - 1, l.prev}
	there, awaited := v.bySeq[before.Seq], v.awaited(before)
	switch {
	case l.seq == 1, v.here(before), len(there) == 0:
		// It is there, or told by missing.
	case awaited && v.forked > 0 && v.forked <= l.seq:
		v.find(Note, doFork, "a fork: the decision before %s (number %d) never arrived here", l.id, l.seq)
	case awaited:
		v.find(Problem, doCompare, "altered, or from a copy of the file: decision %s (number %d) does not follow the one before it", l.id, l.seq)
	case !slices.ContainsFunc(there, func(l link) bool { return !v.attested[tip{l.seq, l.hash}] }): // else told as altered
		v.find(Problem, doCompare, "taken out: the decision before %s (number %d)", l.id, l.seq)
	}
}

// sought reports whether a decision with the number arrived that is not here any more.
func (v *verifier) sought(seq uint64) bool {
	return slices.ContainsFunc(v.lost, func(t tip) bool { return t.Seq == seq })
}

// successorGone reports whether the decision that would vouch for one with the number
// may be among those that were taken out or cannot be read.
func (v *verifier) successorGone(seq uint64) bool {
	return slices.ContainsFunc(v.bySeq[seq+1], func(l link) bool { return l.unreadable }) ||
		slices.ContainsFunc(v.lost, func(t tip) bool { return t.Seq > seq })
}

func numbers(from, to uint64) string {
	if from == to {
		return fmt.Sprintf("number %d", from)
	}
	return fmt.Sprintf("numbers %d to %d", from, to)
}

// checkChains verifies the chains of some origins.
func checkChains(tx *bbolt.Tx, origins []ulid.ULID) ([]Finding, error) {
	slices.SortFunc(origins, ulid.ULID.Compare)
	var findings []Finding
	for _, origin := range origins {
		c := &chain{Origin: origin.String()}
		if _, err := getRecord(tx, bucketChains, origin[:], kindChain, c); err != nil {
			return nil, err
		}
		links, err := linksOf(tx, origin)
		if err != nil {
			return nil, err
		}
		findings = append(findings, c.verify(links)...)
	}
	return findings, nil
}

// linksOf reads the places of an origin's decisions, also of those that were purged,
// through the index.
func linksOf(tx *bbolt.Tx, origin ulid.ULID) ([]link, error) {
	var links []link
	cursor := tx.Bucket([]byte(bucketByOrigin)).Cursor()
	for key, _ := cursor.Seek(origin[:]); bytes.HasPrefix(key, origin[:]); key, _ = cursor.Next() {
		_, _, id, _ := splitOriginKey(key)
		l, found, err := linkAt(tx, id)
		if err != nil {
			return nil, err
		}
		if found {
			links = append(links, l)
		}
	}
	return links, nil
}
