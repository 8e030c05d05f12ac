package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"slices"
)

// scanner finds records in raw bytes: wherever the magic of a frame stands it looks
// whether what follows proves itself. It trusts no page, so it also finds what lies in
// free pages: copies of records that were moved, and older versions of those that
// change.
type scanner struct {
	r    io.ReaderAt
	size int64
	buf  []byte // the payload that was read last

	found  func(frame)      // an intact record; its payload is dead when found returns
	broken func(brokenHead) // something that begins like a record and does not go on like one
	blind  int64            // bytes that the disk does not give
}

// frame is an intact record and where it lies.
type frame struct {
	at      int64
	kind    kind
	payload []byte
	sum     uint32
}

// brokenHead is the beginning of what may have been a record.
type brokenHead struct {
	at    int64
	kind  kind
	start []byte // of its payload
}

const (
	scanWindow  = 1 << 20
	scanPiece   = 64 << 10 // of a payload that is read at once
	sectorSize  = 512      // what is skipped where the disk fails
	brokenStart = 256      // how much of a broken record is handed out
)

// run looks through all bytes. The error is the context's.
func (s *scanner) run(ctx context.Context, progress func(done int64)) error {
	window := make([]byte, scanWindow)
	for at := int64(0); at < s.size; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, failed := s.read(window[:min(scanWindow, s.size-at)], at)
		next := s.window(window[:n], at)
		switch {
		case failed && next == at:
			next += sectorSize
			s.blind += min(sectorSize, s.size-at)
		case next == at: // the last bytes are too few for a magic
			next = s.size
		}
		at = next
		progress(min(at, s.size))
	}
	return nil
}

// window looks through bytes that lie at an offset, and says where to go on.
func (s *scanner) window(b []byte, at int64) int64 {
	end := at + int64(len(b))
	for from := at; ; {
		i := bytes.Index(b[from-at:], []byte(frameMagic))
		if i < 0 {
			// The magic may stand astride the edge.
			return max(from, end-int64(len(frameMagic)-1), at)
		}
		from += int64(i)
		length, intact := s.frame(from)
		if !intact {
			from++
			continue
		}
		if from += length; from >= end {
			return from
		}
	}
}

// frame proves what begins at an offset, and hands it out.
func (s *scanner) frame(at int64) (length int64, intact bool) {
	var header [frameHeader]byte
	if n, _ := s.read(header[:], at); n < frameHeader {
		return 0, false
	}
	k, size := kind(header[4]), int64(binary.LittleEndian.Uint32(header[5:9]))
	if size > maxPayload {
		return 0, false
	}
	payload := s.payload(at+frameHeader, size)
	sum := binary.LittleEndian.Uint32(header[9:13])
	if int64(len(payload)) == size && frameChecksum(header[:], payload) == sum {
		s.found(frame{at: at, kind: k, payload: payload, sum: sum})
		return frameHeader + size, true
	}
	if len(payload) > 0 {
		s.broken(brokenHead{at: at, kind: k, start: payload[:min(brokenStart, len(payload))]})
	}
	return 0, false
}

// payload reads what may be a payload, as far as it looks like one. It ends at the
// first byte that no JSON holds. The header of the next record has such bytes, so
// nothing is read more than twice, however many records claim to be long.
func (s *scanner) payload(at, size int64) []byte {
	s.buf = s.buf[:0]
	for most := int64(brokenStart); int64(len(s.buf)) < size; most = scanPiece { // little at first: most that is none ends soon
		done := len(s.buf)
		piece := int(min(most, size-int64(done)))
		s.buf = slices.Grow(s.buf, piece)[:done+piece]
		n, _ := s.read(s.buf[done:], at+int64(done))
		s.buf = s.buf[:done+n]
		for i, c := range s.buf[done:] {
			if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
				return s.buf[:done+i]
			}
		}
		if n < piece || s.buf[0] != '{' {
			break
		}
	}
	return s.buf
}

// again reads a record that was found before. The error says that it is gone.
func (s *scanner) again(at int64, size int, k kind, sum uint32) ([]byte, error) {
	b := make([]byte, frameHeader+size)
	if n, _ := s.read(b, at); n < len(b) || string(b[:4]) != frameMagic || kind(b[4]) != k ||
		binary.LittleEndian.Uint32(b[9:13]) != sum || frameChecksum(b, b[frameHeader:]) != sum {
		return nil, errors.New("the file changed while it was read")
	}
	return b[frameHeader:], nil
}

// read fills p as far as the file and the disk allow, and says whether the disk failed.
func (s *scanner) read(p []byte, at int64) (n int, failed bool) {
	n, err := s.r.ReadAt(p, at)
	return n, err != nil && !errors.Is(err, io.EOF)
}
