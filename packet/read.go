package packet

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Read reads a packet, which may be encrypted; keys open it then. The name is that of
// the file, for the errors: they say what is wrong as “file: what” or “file:line:
// what”. The records share memory with data, unless that is encrypted.
//
// The error wraps [ErrPassphrase] where the passphrase is wrong.
func Read(name string, data []byte, keys Keys) (Packet, error) {
	return standard().read(name, data, keys)
}

func (l limits) read(name string, data []byte, keys Keys) (Packet, error) {
	p := Packet{Name: name}
	if most := l.file(data); int64(len(data)) > most {
		return p, fmt.Errorf("%s: it is too large for a packet: more than %d bytes", name, most)
	}
	if encrypted(data) {
		plain, err := l.open(data, keys)
		if err != nil {
			return p, fmt.Errorf("%s: %w", name, err)
		}
		data, p.Encrypted = plain, true
	}
	r := reader{Packet: p, limits: l, rest: data, lists: map[string]*[][]byte{}}
	r.lines = map[string][]int{}
	for _, list := range listsOf(&r.Batch) {
		r.lists[list.kind] = list.records
	}
	err := r.read()
	var at *lineError
	switch {
	case errors.As(err, &at):
		return p, fmt.Errorf("%s:%d: %w", name, at.line, at.err)
	case err != nil:
		return p, fmt.Errorf("%s: %w", name, err)
	}
	return r.Packet, nil
}

// lineError says on which line a packet is wrong.
type lineError struct {
	line int
	err  error
}

func (e *lineError) Error() string { return fmt.Sprintf("line %d: %s", e.line, e.err) }

// again is what there is to be done about a packet that did not arrive whole.
const again = "; nothing of it was taken in, ask for it again"

// reader goes through the lines of a packet.
type reader struct {
	Packet
	limits
	rest  []byte
	lists map[string]*[][]byte // of Batch, by kind
}

func (r *reader) read() error {
	head, isPacket := r.firstLine()
	if !isPacket {
		return fmt.Errorf("it is no packet of calibrate: %s", seems(r.rest))
	}
	if bytes.HasSuffix(head, []byte("\r")) {
		return errors.New("its line ends were changed on the way, by an editor or a mail program; ask for it again as an attachment, or packed")
	}
	if len(head) > r.header {
		return &lineError{1, fmt.Errorf("the first line is longer than the %d bytes that are possible", r.header)}
	}
	if len(head) == len(r.rest) {
		return errors.New("it is cut off in its first line" + again)
	}
	said, bare, err := r.parseHead(head)
	if err != nil {
		return err
	}
	r.rest = r.rest[len(head)+1:]
	summed := summing(bare, r.rest)
	if err := r.body(); err != nil {
		return err
	}
	return r.prove(said, <-summed)
}

// summing takes the sum of a packet while its lines are looked at.
func summing(bareHead, body []byte) <-chan string {
	summed := make(chan string, 1)
	go func() {
		s := newSum(bareHead)
		_, _ = s.Write(body)
		summed <- s.hex()
	}()
	return summed
}

// firstLine is what stands before the first line break, or everything, and whether it
// begins as a packet does.
func (r *reader) firstLine() (line []byte, isPacket bool) {
	line, _, ended := bytes.Cut(r.rest, []byte("\n"))
	begin := []byte(`{"calibrate":"` + word + `"`)
	return line, bytes.HasPrefix(line, begin) || !ended && len(line) > 0 && bytes.HasPrefix(begin, line)
}

// parseHead reads the first line. It returns the sum that it says, and the line without
// that.
func (r *reader) parseHead(line []byte) (said string, bare []byte, err error) {
	if err := json.Unmarshal(line, &r.Header); err != nil {
		return "", nil, &lineError{1, errors.New("the first line is damaged" + again)}
	}
	if r.Schema > schema {
		return "", nil, fmt.Errorf("it was written by a newer calibrate (packet format %d; this program knows formats up to %d); update calibrate to read it", r.Schema, schema)
	}
	const digits = 64
	at := len(line) - len(fmt.Sprintf(sumMember, strings.Repeat("0", digits)))
	if r.Schema < 1 || at < 0 {
		return "", nil, &lineError{1, errors.New("the first line is damaged" + again)}
	}
	said = string(line[at+len(`,"sha256":"`):][:digits])
	if string(line[at:]) != fmt.Sprintf(sumMember, said) {
		return "", nil, &lineError{1, errors.New("the first line does not end with the packet's SHA-256" + again)}
	}
	return said, append(slices.Clone(line[:at]), '}'), nil
}

// body reads the records.
func (r *reader) body() error {
	var read []record
	var wrong error
	for line := 2; len(r.rest) > 0 && wrong == nil; line++ {
		var one record
		if one, wrong = r.next(line); wrong == nil {
			read = append(read, one)
		}
	}
	if err := eachWellFormed(read); err != nil { // on an earlier line
		return err
	}
	return wrong
}

// record is one that is yet to be looked at.
type record struct {
	line int
	json []byte
}

// next takes a line apart.
func (r *reader) next(line int) (record, error) {
	text, rest, ended := bytes.Cut(r.rest, []byte("\n"))
	wrong := func(format string, args ...any) (record, error) {
		return record{}, &lineError{line, fmt.Errorf(format, args...)}
	}
	switch {
	case len(text) >= r.line:
		return wrong("the line is longer than the %d bytes that are possible", r.line)
	case !ended:
		return wrong("the packet is cut off in the middle of this line" + again)
	case line-1 > r.records:
		return wrong("a packet holds at most %d records", r.records)
	}
	opened, ok := bytes.CutPrefix(text, []byte(`{"`))
	kind, json, found := bytes.Cut(opened, []byte(`":`))
	json, closed := bytes.CutSuffix(json, []byte("}"))
	if !ok || !found || !closed {
		return wrong("the line is no record" + again)
	}
	list := r.lists[string(kind)]
	if list == nil {
		return wrong("the line is a record of a kind that there is not" + again)
	}
	*list = append(*list, json)
	r.lines[string(kind)] = append(r.lines[string(kind)], line)
	r.rest = rest
	return record{line, json}, nil
}

// eachWellFormed proves records on all processors. The error is that of the first line
// that is wrong.
func eachWellFormed(all []record) error {
	wrong := make([]error, runtime.GOMAXPROCS(0))
	piece := len(all)/len(wrong) + 1
	var group sync.WaitGroup
	for i := range wrong {
		group.Go(func() {
			for _, one := range all[min(i*piece, len(all)):min((i+1)*piece, len(all))] {
				if err := wellFormed(one.json); err != nil {
					wrong[i] = &lineError{one.line, fmt.Errorf("the line is no record, for %w"+again, err)}
					return
				}
			}
		})
	}
	group.Wait()
	return cmp.Or(wrong...)
}

// prove holds what was read against what the first line says.
func (r *reader) prove(said, sum string) error {
	got := Counted(r.Batch)
	switch want := r.Count; {
	case got.all() < want.all():
		return fmt.Errorf("it is cut off: it should have %d records and has %d"+again, want.all(), got.all())
	case got != want:
		return errors.New("it has other records than its first line says" + again)
	case sum != said:
		return errors.New("it was altered after it was written, for its SHA-256 is another" + again)
	case !slices.Equal(hashes(r.Batch), r.Rubrics):
		return errors.New("it holds other rubrics than its first line says" + again)
	}
	return nil
}
