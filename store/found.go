package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/oklog/ulid/v2"

	"calibrate/calibration"
	"calibrate/internal/lazyregexp"
)

// found is where the records of a damaged file lie.
type found struct {
	scan      *scanner
	schema    int                      // the highest that a header says
	records   map[kind]map[string]spot // all but decisions and chains: by key
	decisions []foundDecision
	chains    map[ulid.ULID]*chain // what the file knew of each origin: the record that knows most
	rubrics   map[string]int       // hash → how many decisions and walks need it
	older     int                  // superseded versions and further copies
	heads     []brokenHead         // that name a record; at most maxHeads
	findings  []Finding
}

// spot is where a record lies, and which of several versions it is.
type spot struct {
	at   int64
	size int
	sum  uint32
	rank string
}

// foundDecision is a decision, or what is left of one that was purged.
type foundDecision struct {
	id, origin ulid.ULID
	seq        uint64
	at         int64
	size, sum  uint32
	is         leftover
}

// leftover says what of a decision lies there. Of several the lowest counts: what was
// purged stays so, and a place is held only until the decision comes.
type leftover uint8

const (
	purgedHere leftover = iota
	whole
	placeOnly
)

func (l leftover) kind() kind {
	if l == whole {
		return kindDecision
	}
	return kindTomb
}

const maxHeads = 1000 // damaged records that are told one by one

func findRecords(ctx context.Context, r io.ReaderAt, size int64, progress func(Step, int, int)) (*found, error) {
	f := &found{records: map[kind]map[string]spot{}, chains: map[ulid.ULID]*chain{}, rubrics: map[string]int{}}
	for _, k := range []kind{kindPerson, kindSession, kindEvent, kindWalk, kindRubric, kindTomb, kindPurge, kindMark} {
		f.records[k] = map[string]spot{}
	}
	f.scan = &scanner{r: r, size: size, found: f.take, broken: f.head}
	const mega = 1_000_000
	err := f.scan.run(ctx, func(done int64) { progress(SalvageReading, int(done/mega), int(size/mega)) })
	f.sort()
	return f, err
}

func (f *found) empty() bool {
	n := len(f.decisions)
	for _, records := range f.records {
		n += len(records)
	}
	return n == 0
}

// take notes a record.
func (f *found) take(r frame) {
	if err := f.note(r); err != nil {
		f.find(Problem, fmt.Sprintf("byte %d", r.at), doCompare, "a %s is whole and cannot be used: %v", r.kind, err)
	}
}

func (f *found) note(r frame) error {
	switch r.kind {
	case kindMeta:
		var m meta
		if err := decode(r.payload, &m); err != nil {
			return err
		}
		f.schema = max(f.schema, m.Schema)
		return nil
	case kindChain:
		return f.noteChain(r.payload)
	case kindDecision:
		return f.noteDecision(r)
	case kindRubric:
		return f.noteRubric(r)
	case kindPerson:
		return noteRecord(f, r, func(v calibration.Person) (key, rank string, err error) {
			return v.ID, v.Version, v.Validate()
		})
	case kindSession:
		return noteRecord(f, r, func(v calibration.Session) (key, rank string, err error) {
			return v.ID, sessionRank(v), validSession(v)
		})
	case kindEvent:
		return noteRecord(f, r, func(v calibration.Event) (key, rank string, err error) {
			return string(ownKey(&v)), "", validEvent(v)
		})
	case kindTomb:
		return f.noteTomb(r)
	case kindPurge:
		return noteRecord(f, r, func(v Purge) (key, rank string, err error) {
			return string(idKey(v.ID)), "", v.valid()
		})
	case kindMark:
		return noteRecord(f, r, func(v mark) (key, rank string, err error) {
			return v.Key, v.Purge + v.Back, v.valid()
		})
	case kindWalk:
		return noteRecord(f, r, func(v calibration.Walk) (key, rank string, err error) {
			return string(ownKey(&v)), v.SavedAt.UTC().Format("2006-01-02T15:04:05.000"), nil
		})
	}
	return fmt.Errorf("this program knows no %s", r.kind)
}

func noteRecord[T any](f *found, r frame, read func(T) (key, rank string, err error)) error {
	var v T
	if err := decode(r.payload, &v); err != nil {
		return err
	}
	key, rank, err := read(v)
	if err == nil && key == "" {
		err = fmt.Errorf("it has no id")
	}
	if err == nil {
		f.put(r, key, rank)
	}
	return err
}

// put keeps the version of the higher rank.
func (f *found) put(r frame, key, rank string) {
	records := f.records[r.kind]
	before, there := records[key]
	if there {
		f.older++
	}
	if !there || rank > before.rank {
		records[key] = spot{at: r.at, size: len(r.payload), sum: r.sum, rank: rank}
	}
}

func (f *found) noteRubric(r frame) error {
	for _, have := range f.records[kindRubric] {
		if have.sum == r.sum && have.size == len(r.payload) { // reading one takes long
			f.older++
			return nil
		}
	}
	read, err := parseRubric(r.payload)
	if err == nil {
		err = canonical(read, r.payload)
	}
	if err == nil {
		f.put(r, read.Hash(), "")
	}
	return err
}

func (f *found) noteDecision(r frame) error {
	d, err := parseDecision(r.payload)
	if err != nil {
		return err
	}
	f.decisions = append(f.decisions, foundDecision{
		id: d.id, origin: d.origin, seq: d.Seq, at: r.at, size: uint32(len(r.payload)), sum: r.sum, is: whole,
	})
	return nil
}

// noteTomb notes what is left of a decision or an event.
func (f *found) noteTomb(r frame) error {
	var t tombstone
	err := decode(r.payload, &t)
	if err == nil {
		err = t.valid()
	}
	if err != nil {
		return err
	}
	if t.Origin == "" {
		f.put(r, string(idKey(t.ID)), "")
		return nil
	}
	d := foundDecision{
		id: ulid.ULID(idKey(t.ID)), origin: ulid.ULID(idKey(t.Origin)), seq: t.Seq,
		at: r.at, size: uint32(len(r.payload)), sum: r.sum, is: purgedHere,
	}
	if t.Purge == "" {
		d.is = placeOnly
	}
	f.decisions = append(f.decisions, d)
	return nil
}

// noteChain keeps, of the versions of one origin's record, the one that knows most.
func (f *found) noteChain(payload []byte) error {
	c := new(chain)
	if err := decode(payload, c); err != nil {
		return err
	}
	origin, err := parseID(c.Origin)
	if err == nil {
		err = c.valid()
	}
	if err != nil {
		return err
	}
	before := f.chains[origin]
	if before == nil || cmp.Or(cmp.Compare(c.head().Seq, before.head().Seq), cmp.Compare(before.absent(), c.absent())) > 0 {
		f.chains[origin] = c
	}
	return nil
}

// absent counts what never arrived.
func (c *chain) absent() (n uint64) {
	for _, gap := range c.Gaps {
		n += gap[1] - gap[0] + 1
	}
	return n + uint64(len(c.Awaited))
}

// sort brings the decisions into the order in which chains grow, each once.
func (f *found) sort() {
	slices.SortFunc(f.decisions, func(a, b foundDecision) int {
		return cmp.Or(a.origin.Compare(b.origin), cmp.Compare(a.seq, b.seq), a.id.Compare(b.id), cmp.Compare(a.is, b.is), cmp.Compare(a.at, b.at))
	})
	all := len(f.decisions)
	f.decisions = slices.CompactFunc(f.decisions, func(a, b foundDecision) bool {
		if a.id == b.id && a.is == b.is && (a.sum != b.sum || a.size != b.size) {
			f.find(Problem, bucketDecisions+"/"+a.id.String(), doCompare, "it lies there twice and says two things; the one that lies first was taken")
		}
		return a.id == b.id
	})
	f.older += all - len(f.decisions)
}

// namesRecord finds the id at the beginning of a record's JSON.
var namesRecord = lazyregexp.New(`^\{"id":("(?:[^"\\]|\\.)*")`)

// head notes a damaged record, if enough of it is there to say which it was.
func (f *found) head(h brokenHead) {
	if len(f.heads) < maxHeads && namesRecord().Match(h.start) {
		h.start = slices.Clone(namesRecord().FindSubmatch(h.start)[1])
		f.heads = append(f.heads, h)
	}
}

// damaged tells the records that are there and damaged.
func (f *found) damaged() {
	if len(f.heads) == 0 {
		return
	}
	decisions := map[string]bool{}
	for _, d := range f.decisions {
		decisions[d.id.String()] = true
	}
	told := map[string]bool{}
	for _, h := range f.heads {
		var id string
		if json.Unmarshal(h.start, &id) != nil || decisions[id] || told[string(h.kind)+id] {
			continue
		}
		told[string(h.kind)+id] = true
		where, name := fmt.Sprintf("byte %d", h.at), showKey([]byte(id))
		_, whole := f.records[h.kind][id]
		switch {
		case h.kind != kindDecision && h.kind != kindPerson && h.kind != kindSession:
			// An event's key is more than its id, and walks begin with somebody's name.
		case whole:
			f.find(Note, where, "look at it", "another copy of the %s %s is damaged; if it was the later one, an older version was taken", h.kind, name)
		default:
			f.find(Problem, where, doCompare, "the %s %s is there and damaged", h.kind, name)
		}
	}
}

func (f *found) find(s Severity, where, do, format string, args ...any) {
	f.findings = append(f.findings, Finding{Severity: s, What: fmt.Sprintf(format, args...), Where: where, Do: do})
}
