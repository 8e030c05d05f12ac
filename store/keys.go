package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/oklog/ulid/v2"
)

// The buckets. Names and keys are part of the file format.
//
//	meta         "file"                                      → who the file is
//	decisions    │ id, 16 │                                  → decision; ids rise with time
//	by_person    │ length │ person   │ id, 16 │              → nothing
//	by_reviewer  │ length │ reviewer │ id, 16 │              → nothing
//	by_session   │ length │ session  │ id, 16 │              → nothing; an empty session is length 0
//	by_origin    │ origin, 16 │ seq, u64 big-endian │ id, 16 │ → nothing; leads to tombstones too
//	people       person                                      → person
//	sessions     session                                     → session
//	events       │ length │ session │ id, 16 │               → what happened in a session
//	rubrics      "sha256:…"                                  → rubric
//	walks        │ length │ reviewer │ length │ person │ length │ session │ → walk
//	chains       │ origin, 16 │                              → what is known of an origin's chain
//	purged       │ id, 16 │                                  → tombstone of a decision or an event
//	purges       │ id, 16 │                                  → who purged how much, when and why
//	forgotten    hash, see markOf                            → mark of a person who was purged
//
// Ids are the 16 bytes of a ULID. A length is a uvarint: with it no person's range
// can run into another's, whatever bytes their ids hold.
const (
	bucketMeta       = "meta"
	bucketDecisions  = "decisions"
	bucketByPerson   = "by_person"
	bucketByReviewer = "by_reviewer"
	bucketBySession  = "by_session"
	bucketByOrigin   = "by_origin"
	bucketPeople     = "people"
	bucketSessions   = "sessions"
	bucketEvents     = "events" // since format 2
	bucketRubrics    = "rubrics"
	bucketWalks      = "walks"
	bucketChains     = "chains"
	bucketPurged     = "purged"    // since format 3
	bucketPurges     = "purges"    // since format 3
	bucketForgotten  = "forgotten" // since format 3

	metaKey = "file"
)

// buckets lists every bucket of the current schema.
func buckets() []string {
	return []string{
		bucketMeta, bucketDecisions, bucketByPerson, bucketByReviewer, bucketBySession, bucketByOrigin,
		bucketPeople, bucketSessions, bucketEvents, bucketRubrics, bucketWalks, bucketChains,
		bucketPurged, bucketPurges, bucketForgotten,
	}
}

// validNames reports a name that could not be the key that its record says: other bytes
// than text do not come back.
func validNames(names ...string) error {
	for _, name := range names {
		if !utf8.ValidString(name) {
			return fmt.Errorf("the name %q is not valid UTF-8", name)
		}
	}
	return nil
}

const idSize = len(ulid.ULID{})

func appendPart(key []byte, part string) []byte {
	return append(binary.AppendUvarint(key, uint64(len(part))), part...)
}

// partKey begins every index key of one person, reviewer or session.
func partKey(part string) []byte { return appendPart(nil, part) }

func indexKey(part string, id ulid.ULID) []byte {
	key := make([]byte, 0, binary.MaxVarintLen16+len(part)+len(id))
	return append(appendPart(key, part), id[:]...)
}

// splitIndexKey undoes indexKey and reports whether the key has that shape.
func splitIndexKey(key []byte) (part string, id ulid.ULID, ok bool) {
	bare, id, ok := cutIndexKey(key)
	return string(bare), id, ok
}

// cutIndexKey is splitIndexKey without a copy of the part.
func cutIndexKey(key []byte) (part []byte, id ulid.ULID, ok bool) {
	n, used := binary.Uvarint(key)
	if used <= 0 || uint64(len(key)-used) != n+uint64(idSize) {
		return nil, id, false
	}
	rest := key[used:]
	copy(id[:], rest[n:])
	return rest[:n], id, true
}

// originSeqKey begins the index keys of all decisions with one place in an origin's
// chain; there is more than one only where a file was copied and continued twice.
func originSeqKey(origin ulid.ULID, seq uint64) []byte {
	return binary.BigEndian.AppendUint64(append(make([]byte, 0, 2*idSize+8), origin[:]...), seq)
}

func originKey(origin ulid.ULID, seq uint64, id ulid.ULID) []byte {
	return append(originSeqKey(origin, seq), id[:]...)
}

// splitOriginKey undoes originKey and reports whether the key has that shape.
func splitOriginKey(key []byte) (origin ulid.ULID, seq uint64, id ulid.ULID, ok bool) {
	if len(key) != 2*idSize+8 {
		return origin, 0, id, false
	}
	copy(origin[:], key)
	copy(id[:], key[idSize+8:])
	seq = binary.BigEndian.Uint64(key[idSize:])
	return origin, seq, id, validSeq(seq)
}

func walkKey(reviewer, person, session string) []byte {
	return appendPart(appendPart(partKey(reviewer), person), session)
}

// lastBelow is the last key of a bucket that is less than another one, nil if there is
// none. It is dead after the transaction.
func lastBelow(tx *transaction, bucket string, key []byte) []byte {
	c := tx.Bucket([]byte(bucket)).Cursor()
	last, _ := c.Seek(key)
	if last == nil {
		last, _ = c.Last()
	} else {
		last, _ = c.Prev()
	}
	return last
}

// showKey writes a key for people: as text where it is text, as a ULID where it has
// the size of one, in hexadecimal otherwise.
func showKey(key []byte) string {
	if len(key) == idSize {
		return ulid.ULID(key).String()
	}
	if utf8.Valid(key) && bytes.IndexFunc(key, func(c rune) bool { return !unicode.IsPrint(c) }) < 0 {
		return string(key)
	}
	return strconv.QuoteToASCII(string(key))
}
