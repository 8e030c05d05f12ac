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

	"calibrate/calibration"
	"calibrate/rubric"
)

// parsed is a batch that has been read and checked as far as that goes without a
// file. Each list is free of repetitions.
type parsed struct {
	decisions []*parsedDecision // by origin, then seq: the order in which chains grow
	people    []parsedRecord
	sessions  []parsedRecord
	events    []parsedEvent
	rubrics   map[string]*rubric.Rubric // by hash
	wrong     []Wrong

	tombstones []parsedTombstone
}

type parsedDecision struct {
	calibration.Decision
	id, origin ulid.ULID
	hash       digest // of the payload
	payload    []byte
	at         int  // place in the batch, from 1
	other      bool // the file has one with this id that says something else
}

func (d *parsedDecision) link() link {
	return link{seq: d.Seq, id: d.id, hash: d.hash, prev: parseDigest(d.Prev)}
}

func (d *parsedDecision) tomb(purge string) tombstone {
	return tombstone{ID: d.ID, Origin: d.Origin, Seq: d.Seq, Hash: d.hash.String(), Prev: d.Prev, Purge: purge}
}

// parsedRecord is a person or a session. Of two with one key the one of the higher rank
// is kept, and of two with one rank the greater bytes: any rule will do, so long as
// every file follows the same one.
type parsedRecord struct {
	key     string
	version string // ULID
	rank    string // the version, and what goes before it
	payload []byte
	at      int // place in the batch, from 1

	rubrics []calibration.PersonRubric // of a session
}

type parsedEvent struct {
	calibration.Event
	key, payload []byte
	at           int // place in the batch, from 1
}

func (p *parsed) refuse(record string, why error) {
	p.wrong = append(p.wrong, Wrong{Record: record, Why: why.Error()})
}

func parseBatch(b Batch, work long) (*parsed, error) {
	p := &parsed{rubrics: map[string]*rubric.Rubric{}}
	for i, payload := range b.Rubrics {
		r, err := parseRubric(payload)
		if err == nil {
			err = canonical(r, payload)
		}
		if err != nil {
			p.refuse(fmt.Sprintf("rubric %d", i+1), err)
			continue
		}
		p.rubrics[r.Hash()] = r
	}
	p.people = parseRecords(p, "person", b.People, func(v calibration.Person) (parsedRecord, error) {
		return parsedRecord{key: v.ID, version: v.Version, rank: v.Version}, v.Validate()
	})
	p.sessions = parseRecords(p, "session", b.Sessions, func(v calibration.Session) (parsedRecord, error) {
		return parsedRecord{key: v.ID, version: v.Version, rank: sessionRank(v), rubrics: v.Rubrics}, validSession(v)
	})
	p.parseEvents(b.Events)
	err := p.parseDecisions(b.Decisions, work)
	p.parseTombstones(b.Tombstones)
	return p, err
}

// canonical proves that the payload is the one way of writing the rubric, over which
// its hash is taken.
func canonical(r *rubric.Rubric, payload []byte) error {
	written, err := r.MarshalJSON()
	if err == nil && !bytes.Equal(written, payload) {
		err = errors.New("it is not written in the canonical form")
	}
	return err
}

func parseRecords[T any](p *parsed, what string, payloads [][]byte, read func(T) (parsedRecord, error)) []parsedRecord {
	latest := map[string]parsedRecord{}
	for i, payload := range payloads {
		r, err := parseRecord(payload, read)
		if err != nil {
			p.refuse(fmt.Sprintf("%s %d", what, i+1), err)
			continue
		}
		r.at = i + 1
		if before, ok := latest[r.key]; !ok || r.wins(before) {
			latest[r.key] = r
		}
	}
	var records []parsedRecord
	for _, r := range latest {
		records = append(records, r)
	}
	slices.SortFunc(records, func(a, b parsedRecord) int { return cmp.Compare(a.key, b.key) })
	return records
}

func parseRecord[T any](payload []byte, read func(T) (parsedRecord, error)) (r parsedRecord, err error) {
	var v T
	if err := decode(payload, &v); err != nil {
		return r, err
	}
	if r, err = read(v); err != nil {
		return r, err
	}
	r.payload = payload
	if r.key == "" {
		return r, errors.New("it has no id")
	}
	if _, err := parseID(r.version); err != nil {
		return r, fmt.Errorf("its version: %w", err)
	}
	return r, nil
}

func (r parsedRecord) wins(over parsedRecord) bool {
	return cmp.Or(cmp.Compare(r.rank, over.rank), bytes.Compare(r.payload, over.payload)) > 0
}

// parseEvents reads events. Of one that comes twice the first is kept; two that say
// different things under one id are refused.
func (p *parsed) parseEvents(payloads [][]byte) {
	seen := map[string][]byte{} // payloads by key
	for i, payload := range payloads {
		e := parsedEvent{payload: payload, at: i + 1}
		err := decode(payload, &e.Event)
		if err == nil {
			err = validEvent(e.Event)
		}
		if err == nil {
			e.key = ownKey(&e.Event)
			if first, ok := seen[string(e.key)]; ok && !bytes.Equal(first, payload) {
				err = errors.New("another has the same id and says something else; one of them was tampered with")
			}
		}
		if err != nil {
			p.refuse(fmt.Sprintf("event %d", i+1), err)
			continue
		}
		if _, ok := seen[string(e.key)]; !ok {
			seen[string(e.key)] = payload
			p.events = append(p.events, e)
		}
	}
}

func (p *parsed) parseDecisions(payloads [][]byte, work long) error {
	read := make([]*parsedDecision, 0, len(payloads))
	wrong := make([]error, len(payloads))
	const atOnce = 1024 // memory that is not written at once is mapped twice: the collector reads it first
	for piece := range slices.Chunk(payloads, atOnce) {
		from := len(read)
		if err := work.told(StepReading, from, len(payloads)); err != nil {
			return err
		}
		room := make([]parsedDecision, len(piece))
		_, _ = inParallel(len(piece), func(i int) error {
			room[i].at = from + i + 1
			wrong[from+i] = room[i].parse(piece[i])
			return nil
		})
		for i := range room {
			read = append(read, &room[i])
		}
	}
	seen := make(map[ulid.ULID]*parsedDecision, len(payloads))
	p.decisions = make([]*parsedDecision, 0, len(payloads))
	for i, payload := range payloads {
		d := read[i]
		if wrong[i] != nil {
			p.refuse(d.String(), wrong[i])
			continue
		}
		if first, ok := seen[d.id]; !ok {
			seen[d.id] = d
			p.decisions = append(p.decisions, d)
		} else if !bytes.Equal(first.payload, payload) {
			p.refuse(d.String(), fmt.Errorf("%s has the same id and says something else; one of them was tampered with", first))
		}
	}
	slices.SortStableFunc(p.decisions, func(a, b *parsedDecision) int {
		return cmp.Or(a.origin.Compare(b.origin), cmp.Compare(a.Seq, b.Seq))
	})
	return nil
}

func (d *parsedDecision) String() string {
	if d.ID == "" {
		return fmt.Sprintf("decision %d", d.at)
	}
	return fmt.Sprintf("decision %d (%s)", d.at, d.ID)
}

// parseDecision reads a decision and checks what the store gave it: id, origin, place
// in the chain, time. What the reviewer said is checked later, under its rubric.
func parseDecision(payload []byte) (d parsedDecision, err error) {
	err = d.parse(payload)
	return d, err
}

// parse is parseDecision into a zero one.
func (d *parsedDecision) parse(payload []byte) (err error) {
	d.payload, d.hash = payload, digestOf(payload)
	if err = decode(payload, &d.Decision); err != nil {
		d.Decision = calibration.Decision{}
		return err
	}
	if d.id, err = parseID(d.ID); err != nil {
		d.ID = ""
		return err
	}
	if d.origin, err = parseID(d.Origin); err != nil {
		return fmt.Errorf("its origin: %w", err)
	}
	if d.Supersedes != "" {
		if _, err := parseID(d.Supersedes); err != nil {
			return fmt.Errorf("what it supersedes: %w", err)
		}
	}
	if err := validPlace(d.Seq, d.Prev); err != nil {
		return err
	}
	if d.DecidedAt.IsZero() {
		return errors.New("it does not say when it was made")
	}
	return nil
}

// validPlace reports what is wrong with a decision's place in its chain.
func validPlace(seq uint64, prev string) error {
	switch {
	case !validSeq(seq):
		return fmt.Errorf("its number in the chain is %d", seq)
	case seq == 1 && prev != "":
		return errors.New("it is the first of its chain and yet names one before it")
	case seq > 1 && !isHash(prev):
		return errors.New("it does not name the one before it by a SHA-256")
	}
	return nil
}

// isHash reports whether the text is a SHA-256 as hashPayload writes it.
func isHash(text string) bool {
	return len(text) == hex.EncodedLen(sha256.Size) && !strings.ContainsFunc(text, func(c rune) bool {
		return (c < '0' || '9' < c) && (c < 'a' || 'f' < c)
	})
}
