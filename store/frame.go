package store

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"sync"
)

// Every value of every record bucket is a frame:
//
//	offset  0     4     5           9            13
//	        ┌─────┬─────┬───────────┬────────────┬─────────┐
//	        │calb │kind │length, u32│CRC-32C, u32│payload… │   numbers are little-endian
//	        └─────┴─────┴───────────┴────────────┴─────────┘
//
// The checksum covers kind, length and payload. The magic makes records findable in
// raw bytes, the length says where they end, the checksum proves them.
const (
	frameMagic  = "calb"
	frameHeader = 13
	maxPayload  = 16 << 20 // the largest rubric fits three times, and no damaged length asks for gigabytes
)

// kind says what a frame holds. The letters are readable in a hex dump.
type kind byte

const (
	kindChain    kind = 'c'
	kindDecision kind = 'd'
	kindEvent    kind = 'e'
	kindMark     kind = 'k'
	kindMeta     kind = 'm'
	kindPerson   kind = 'p'
	kindPurge    kind = 'x'
	kindRubric   kind = 'r'
	kindSession  kind = 's'
	kindTomb     kind = 't'
	kindWalk     kind = 'w'
)

func (k kind) String() string {
	switch k {
	case kindChain:
		return "chain"
	case kindDecision:
		return "decision"
	case kindEvent:
		return "event"
	case kindMark:
		return "mark of a purged person"
	case kindMeta:
		return "file header"
	case kindPerson:
		return "person"
	case kindPurge:
		return "purge"
	case kindRubric:
		return "rubric"
	case kindSession:
		return "session"
	case kindTomb:
		return "tombstone"
	case kindWalk:
		return "walk"
	}
	return fmt.Sprintf("unknown kind %q", byte(k))
}

// castagnoli is made when a record is first looked at: most commands print and are done.
var castagnoli = sync.OnceValue(func() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) })

func frameChecksum(header, payload []byte) uint32 {
	return crc32.Update(crc32.Checksum(header[4:9], castagnoli()), castagnoli(), payload)
}

// encodeFrame wraps a payload. The error is for payloads that decodeFrame would
// refuse to read back.
func encodeFrame(k kind, payload []byte) ([]byte, error) {
	if len(payload) > maxPayload {
		return nil, fmt.Errorf("a %s of %d bytes is too large to keep; at most %d", k, len(payload), maxPayload)
	}
	f := make([]byte, frameHeader, frameHeader+len(payload))
	copy(f, frameMagic)
	f[4] = byte(k)
	binary.LittleEndian.PutUint32(f[5:9], uint32(len(payload)))
	binary.LittleEndian.PutUint32(f[9:13], frameChecksum(f, payload))
	return append(f, payload...), nil
}

// decodeFrame checks everything about a value and returns its payload, which shares
// memory with the value. The error is a [*RecordError] naming bucket and key.
func decodeFrame(bucket string, key, value []byte, want kind) ([]byte, error) {
	wrong := func(offset int, format string, args ...any) ([]byte, error) {
		return nil, &RecordError{Bucket: bucket, Key: showKey(key), Offset: offset, What: fmt.Sprintf(format, args...)}
	}
	if len(value) < frameHeader {
		return wrong(0, "%d bytes are too few for a record", len(value))
	}
	if string(value[:4]) != frameMagic {
		return wrong(0, "it does not begin with %q", frameMagic)
	}
	if got := kind(value[4]); got != want {
		return wrong(4, "it is a record of another kind: %s, not %s", got, want)
	}
	payload := value[frameHeader:]
	if length := binary.LittleEndian.Uint32(value[5:9]); uint64(length) != uint64(len(payload)) {
		return wrong(5, "it should be %d bytes long and is %d", length, len(payload))
	}
	if len(payload) > maxPayload {
		return wrong(5, "%d bytes are too many for a record", len(payload))
	}
	if binary.LittleEndian.Uint32(value[9:13]) != frameChecksum(value, payload) {
		return wrong(9, "its checksum does not match its content")
	}
	return payload, nil
}
