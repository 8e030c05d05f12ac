package packet

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"
	"unicode/utf8"

	"filippo.io/age"
	"github.com/tidwall/gjson"

	"calibrate/store"
)

// Write writes the batch as a packet that was made by somebody at a time. With
// recipients it is encrypted, so that each of them can read it and nobody else; without
// any, everybody who gets it can.
//
// What [Read] would refuse is not written: the error says which limit is in the way, or
// what w said. It may come after a part was written.
func Write(w io.Writer, b store.Batch, by string, at time.Time, to ...age.Recipient) error {
	return standard().write(w, b, by, at, to)
}

func (l limits) write(w io.Writer, b store.Batch, by string, at time.Time, to []age.Recipient) error {
	head, err := l.head(b, by, at)
	if err != nil {
		return err
	}
	closed := func() error { return nil }
	if len(to) > 0 {
		sealed, err := age.Encrypt(w, to...)
		if err != nil {
			return fmt.Errorf("encrypting the packet: %w", err)
		}
		w, closed = sealed, sealed.Close
	}
	buffered := bufio.NewWriter(w)
	if _, err := buffered.Write(head); err != nil {
		return err
	}
	if err := writeBody(buffered, b); err != nil {
		return err
	}
	return errors.Join(buffered.Flush(), closed())
}

// head makes the first line. It goes over the whole body for that.
func (l limits) head(b store.Batch, by string, at time.Time) ([]byte, error) {
	h := Header{Calibrate: word, Schema: schemaOf(b), MadeAt: at.UTC().Truncate(time.Second), By: by, Rubrics: hashes(b), Count: Counted(b)}
	if err := l.fits(b); err != nil {
		return nil, err
	}
	bare, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("writing the packet's first line: %w", err)
	}
	sum := newSum(bare)
	if err := writeBody(sum, b); err != nil {
		return nil, err
	}
	head := fmt.Appendf(bytes.TrimSuffix(bare, []byte("}")), sumMember+"\n", sum.hex())
	if len(head) > l.header {
		return nil, fmt.Errorf("the packet's first line would have %d bytes, and %d are possible; export fewer", len(head), l.header)
	}
	if size := int64(len(head)) + sum.body; size > l.bytes {
		return nil, fmt.Errorf("the packet would have %d bytes, and %d are possible; export one session or person at a time", size, l.bytes)
	}
	return head, nil
}

// sumMember ends the first line; see [newSum].
const sumMember = `,"sha256":"%s"}`

// fits proves that the records can be carried.
func (l limits) fits(b store.Batch) error {
	if n := Counted(b).all(); n > l.records {
		return fmt.Errorf("a packet holds at most %d records, and these are %d; export one session or person at a time", l.records, n)
	}
	for _, list := range listsOf(&b) {
		for i, record := range *list.records {
			err := wellFormed(record)
			if size := len(record) + len(list.kind) + len(`{"":}`+"\n"); err == nil && size > l.line {
				err = fmt.Errorf("its line would have %d bytes, and %d are possible", size, l.line)
			}
			if err != nil {
				return fmt.Errorf("%s %d cannot be carried: %w", list.kind, i+1, err)
			}
		}
	}
	return nil
}

// wellFormed reports what keeps a record from being a part of its line.
func wellFormed(record []byte) error {
	switch {
	case bytes.IndexByte(record, '\n') >= 0:
		return errors.New("it holds a line break")
	case !utf8.Valid(record):
		return errors.New("it is not valid UTF-8")
	case !isJSON(record):
		return errors.New("it is not JSON")
	}
	return nil
}

// isJSON is json.Valid, which is what takes longest of reading a packet, by a quicker
// library. That goes down as deep as the text is nested: what may be nested too deep for
// encoding/json is left to it.
func isJSON(text []byte) bool {
	const deep = 10_000
	if bytes.Count(text, []byte("["))+bytes.Count(text, []byte("{")) > deep {
		return json.Valid(text)
	}
	return gjson.ValidBytes(text)
}

func writeBody(w io.Writer, b store.Batch) error {
	for _, list := range listsOf(&b) {
		before, after := []byte(`{"`+list.kind+`":`), []byte("}\n")
		for _, record := range *list.records {
			for _, part := range [][]byte{before, record, after} {
				if _, err := w.Write(part); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// sum is the SHA-256 of a packet: of its first line without the member that holds the
// sum, and of the lines after it.
type sum struct {
	hash.Hash
	body int64 // bytes
}

func newSum(bareHead []byte) *sum {
	s := &sum{Hash: sha256.New()}
	s.Hash.Write(bareHead)
	s.Hash.Write([]byte("\n"))
	return s
}

func (s *sum) Write(p []byte) (int, error) {
	s.body += int64(len(p))
	return s.Hash.Write(p)
}

func (s *sum) hex() string { return hex.EncodeToString(s.Sum(nil)) }
