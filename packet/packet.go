package packet

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"calibrate/store"
)

// Packet is one that was read.
type Packet struct {
	Header
	Name      string // of the file, as it was given
	Encrypted bool
	Batch     store.Batch // its records, in the order of the lines

	lines map[string][]int // by kind: the line that each record stands on
}

// Header is the first line of a packet.
type Header struct {
	Calibrate string    `json:"calibrate"` // "packet"
	Schema    int       `json:"schema"`
	MadeAt    time.Time `json:"made_at"`
	By        string    `json:"by"`
	Rubrics   []string  `json:"rubrics"` // hashes of those that it holds, ascending
	Count     Count     `json:"count"`
}

// Count is how many records of each kind there are.
type Count struct {
	Rubrics   int `json:"rubrics"`
	People    int `json:"people"`
	Sessions  int `json:"sessions"`
	Decisions int `json:"decisions"`
	Events    int `json:"events"`

	Tombstones int `json:"tombstones,omitempty"`
}

// Counted counts what a batch holds.
func Counted(b store.Batch) Count {
	return Count{
		Rubrics: len(b.Rubrics), People: len(b.People), Sessions: len(b.Sessions),
		Decisions: len(b.Decisions), Events: len(b.Events), Tombstones: len(b.Tombstones),
	}
}

func (c Count) all() int {
	return c.Rubrics + c.People + c.Sessions + c.Decisions + c.Events + c.Tombstones
}

const (
	word   = "packet"
	schema = 2 // the latest format that is known
)

// schemaOf is the format that a batch is written in: the first that says all of it, so
// that an older program reads whatever it understands, and refuses the rest. In format 2
// a session may place single people under rubrics of their own.
func schemaOf(b store.Batch) int {
	for _, session := range b.Sessions {
		var s struct {
			Rubrics []json.RawMessage `json:"rubrics"`
		}
		if err := json.Unmarshal(session, &s); err == nil && len(s.Rubrics) > 0 {
			return 2
		}
	}
	return 1
}

// list is the records of one kind in a batch. The kinds are called as the store calls
// them where it refuses a record.
type list struct {
	kind    string
	records *[][]byte
}

// listsOf are a batch's lists in the order in which they are written: what others speak
// of goes first.
func listsOf(b *store.Batch) []list {
	return []list{
		{"rubric", &b.Rubrics}, {"person", &b.People}, {"session", &b.Sessions},
		{"decision", &b.Decisions}, {"event", &b.Events}, {"tombstone", &b.Tombstones},
	}
}

// hashes are those of the rubrics of a batch, ascending and once each.
func hashes(b store.Batch) []string {
	all := make([]string, len(b.Rubrics))
	for i, canonical := range b.Rubrics {
		sum := sha256.Sum256(canonical)
		all[i] = "sha256:" + hex.EncodeToString(sum[:])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Join puts packets together, one after the other, so that they are taken in together
// or not at all.
func Join(packets []Packet) store.Batch {
	var all store.Batch
	into := listsOf(&all)
	for _, p := range packets {
		for i, from := range listsOf(&p.Batch) {
			*into[i].records = append(*into[i].records, *from.records...)
		}
	}
	return all
}

// Where says in which file and line a record of the joined packets stands:
// "drafts.calib:17". The kind and the place, from 1, are those of [store.Wrong.Place].
func Where(packets []Packet, kind string, at int) string {
	for _, p := range packets {
		lines := p.lines[kind]
		if 0 < at && at <= len(lines) {
			return fmt.Sprintf("%s:%d", p.Name, lines[at-1])
		}
		at -= len(lines)
	}
	return "a packet"
}
