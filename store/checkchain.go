package store

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"github.com/oklog/ulid/v2"
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

// link is a decision's place in its chain. A check holds one of every decision, so it
// is small.
type link struct {
	seq        uint64
	id         ulid.ULID
	hash, prev digest
	unreadable bool // its frame is damaged: told elsewhere, so it is taken as it comes
}

// point is a tip with the hash as links have it.
type point struct {
	seq  uint64
	hash digest
}

func (p point) tip() tip { return tip{p.seq, p.hash.String()} }

func points(tips []tip) []point {
	ps := make([]point, len(tips))
	for i, t := range tips {
		ps[i] = point{t.Seq, parseDigest(t.Hash)}
	}
	return ps
}

func among(sorted []point, p point) bool {
	_, found := slices.BinarySearchFunc(sorted, p, comparePoints)
	return found
}

func comparePoints(a, b point) int {
	return cmp.Or(cmp.Compare(a.seq, b.seq), bytes.Compare(a.hash[:], b.hash[:]))
}

// verify holds the decisions of one origin against its chain's record. links need not
// be in order; they are brought into it.
func (c *chain) verify(links []link) []Finding {
	slices.SortFunc(links, func(a, b link) int { return cmp.Or(cmp.Compare(a.seq, b.seq), a.id.Compare(b.id)) })
	v := verifier{chain: c, links: links, tips: points(c.Tips), awaiting: points(c.Awaited)}
	for i, l := range links {
		if i > 0 && l.seq == links[i-1].seq {
			v.forked = l.seq
			break
		}
	}
	v.findLost()
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
	links          []link  // in order
	tips, awaiting []point // of the chain
	lost           []point // hashes that something vouches for, that arrived and are not here any more; in order
	forked         uint64  // the first number that two decisions have; 0: none
	last           int     // where the links are that were looked for last
	findings       []Finding
}

// at are the decisions with a number. They are mostly asked for in the order of the numbers,
// so it looks near the last ones first.
func (v *verifier) at(seq uint64) []link {
	const near = 4
	from, to := v.last, len(v.links)
	for from > 0 && v.last-from < near && v.links[from-1].seq >= seq {
		from--
	}
	for from < to && from-v.last < near && v.links[from].seq < seq {
		from++
	}
	if from > 0 && v.links[from-1].seq >= seq || from < to && v.links[from].seq < seq {
		from, _ = slices.BinarySearchFunc(v.links, seq, func(l link, seq uint64) int { return cmp.Compare(l.seq, seq) })
	}
	v.last = from
	end := from
	for end < to && v.links[end].seq == seq {
		end++
	}
	return v.links[from:end]
}

// attested reports whether a successor or a tip vouches for a decision's hash.
func (v *verifier) attested(p point) bool {
	return among(v.tips, p) ||
		slices.ContainsFunc(v.at(p.seq+1), func(l link) bool { return !l.unreadable && l.prev == p.hash })
}

func (v *verifier) findLost() {
	lose := func(p point) {
		if p.seq > 0 && !v.here(p) && !v.awaited(p) {
			v.lost = append(v.lost, p)
		}
	}
	for _, l := range v.links {
		if !l.unreadable {
			lose(point{l.seq - 1, l.prev})
		}
	}
	for _, p := range v.tips {
		lose(p)
	}
	slices.SortFunc(v.lost, comparePoints)
}

func (v *verifier) find(s Severity, do, format string, args ...any) {
	v.findings = append(v.findings, Finding{
		Severity: s, What: fmt.Sprintf(format, args...), Where: chainOf + v.Origin, Do: do,
	})
}

// gaps tells the numbers that never arrived.
func (v *verifier) gaps() {
	for _, gap := range v.Gaps {
		v.find(Note, doMerge, "a known gap: %s never arrived here", numbers(gap[0], gap[1]))
	}
}

// missing tells the numbers that are not there: those that never arrived, and those
// that did and were taken out.
func (v *verifier) missing(links []link) {
	v.gaps()
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
func (v *verifier) here(p point) bool {
	return slices.ContainsFunc(v.at(p.seq), func(l link) bool { return l.unreadable || l.hash == p.hash })
}

// awaited reports whether a decision that is named never arrived.
func (v *verifier) awaited(p point) bool { return among(v.awaiting, p) }

// lostTips tells the end of a branch that was taken out where another branch has the
// same number; without one, missing tells it.
func (v *verifier) lostTips() {
	for _, t := range v.tips {
		there := v.at(t.seq)
		altered := slices.ContainsFunc(there, func(l link) bool { return !v.attested(point{l.seq, l.hash}) })
		if len(there) > 0 && !v.here(t) && !altered {
			v.find(Problem, doCompare, "taken out: number %d of one branch of a fork", t.seq)
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
	if !v.attested(point{l.seq, l.hash}) && (v.sought(l.seq) || !v.successorGone(l.seq)) {
		v.find(Problem, doCompare, "altered: decision %s (number %d) is not what it was", l.id, l.seq)
	}
	before := point{l.seq - 1, l.prev}
	there := v.at(before.seq)
	switch {
	case l.seq == 1, len(there) == 0, v.here(before):
		// It is there, or told by missing.
	case v.awaited(before) && v.forked > 0 && v.forked <= l.seq:
		v.find(Note, doFork, "a fork: the decision before %s (number %d) never arrived here", l.id, l.seq)
	case v.awaited(before):
		v.find(Problem, doCompare, "altered, or from a copy of the file: decision %s (number %d) does not follow the one before it", l.id, l.seq)
	case !slices.ContainsFunc(there, func(l link) bool { return !v.attested(point{l.seq, l.hash}) }): // else told as altered
		v.find(Problem, doCompare, "taken out: the decision before %s (number %d)", l.id, l.seq)
	}
}

// sought reports whether a decision with the number arrived that is not here any more.
func (v *verifier) sought(seq uint64) bool {
	i, _ := slices.BinarySearchFunc(v.lost, point{seq: seq}, comparePoints)
	return i < len(v.lost) && v.lost[i].seq == seq
}

// successorGone reports whether the decision that would vouch for one with the number
// may be among those that were taken out or cannot be read.
func (v *verifier) successorGone(seq uint64) bool {
	return slices.ContainsFunc(v.at(seq+1), func(l link) bool { return l.unreadable }) ||
		len(v.lost) > 0 && v.lost[len(v.lost)-1].seq > seq
}

func numbers(from, to uint64) string {
	if from == to {
		return fmt.Sprintf("number %d", from)
	}
	return fmt.Sprintf("numbers %d to %d", from, to)
}
