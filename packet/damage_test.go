package packet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
)

// refused fails unless the packet is refused in words that name the file.
func refused(t *testing.T, data []byte, keys Keys, what string, args ...any) {
	t.Helper()
	p, err := Read("drafts.calib", data, keys)
	switch {
	case err == nil:
		t.Fatalf("taken: %s", fmt.Sprintf(what, args...))
	case !strings.HasPrefix(err.Error(), "drafts.calib:"), len(err.Error()) > 300:
		t.Fatalf("%s: %v", fmt.Sprintf(what, args...), err)
	case Counted(p.Batch).all() > 0:
		t.Fatalf("%s: refused, and yet some of it is there", fmt.Sprintf(what, args...))
	}
}

// Nothing can be changed in a packet without its being noticed: no bit, no length, no
// line. That holds inside of age's encryption and without.
func TestDamageIsRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	identity := newIdentity(t)
	keys := Keys{Identities: []age.Identity{identity}}
	for name, good := range map[string][]byte{"plain": written(t, small()), "encrypted": written(t, small(), identity.Recipient())} {
		t.Run(name, func(t *testing.T) {
			for i := range good {
				for bit := range 8 {
					bad := slices.Clone(good)
					bad[i] ^= 1 << bit
					refused(t, bad, keys, "bit %d of byte %d flipped", bit, i)
				}
				refused(t, good[:i], keys, "cut off after %d bytes", i)
				refused(t, slices.Delete(slices.Clone(good), i, i+1), keys, "byte %d taken out", i)
			}
			for _, more := range []string{"\n", " ", "x", "{\"event\":[]}\n", string(good)} {
				refused(t, append(slices.Clone(good), more...), keys, "%q put behind it", more)
				refused(t, append([]byte(more), good...), keys, "%q put before it", more)
			}
		})
	}
	t.Run("lines", func(t *testing.T) {
		lines := bytes.SplitAfter(bytes.TrimSuffix(written(t, small()), []byte("\n")), []byte("\n"))
		lines[len(lines)-1] = append(lines[len(lines)-1], '\n')
		joined := func(lines [][]byte) []byte { return bytes.Join(lines, nil) }
		for i := range lines {
			refused(t, joined(slices.Delete(slices.Clone(lines), i, i+1)), keys, "line %d taken out", i+1)
			refused(t, joined(slices.Insert(slices.Clone(lines), i, lines[i])), keys, "line %d twice", i+1)
			for j := range i {
				swapped := slices.Clone(lines)
				swapped[i], swapped[j] = swapped[j], swapped[i]
				refused(t, joined(swapped), keys, "lines %d and %d swapped", i+1, j+1)
			}
		}
	})
}

// What happened to a packet is told as well as it can be known.
func TestDamageIsTold(t *testing.T) {
	good := string(written(t, small()))
	head, body, _ := strings.Cut(good, "\n")
	for _, test := range []struct{ data, want string }{
		{good[:40], "drafts.calib: it is cut off in its first line; nothing of it was taken in"},
		{good[:len(good)-3], "drafts.calib:8: the packet is cut off in the middle of this line"},
		{good[:len(good)-len("{\"event\":[]}\n")], "it is cut off: it should have 7 records and has 6"},
		{strings.ReplaceAll(good, "\n", "\r\n"), "its line ends were changed on the way"},
		{strings.Replace(good, "0043", "0044", 1), "it was altered after it was written"},
		{strings.Replace(good, `"by":"grace"`, `"by":"alan"`, 1), "it was altered after it was written"},
		{good + "{\"event\":[]}\n", "other records than its first line says"},
		{strings.Replace(good, `{"event":[]}`, `{"verdict":[]}`, 1), "drafts.calib:8: the line is a record of a kind that there is not"},
		{strings.Replace(good, `{"event":[]}`, `{"event":[}`, 1), "drafts.calib:8: the line is no record, for it is not JSON"},
		{strings.Replace(good, `"schema":1`, `"schema":"1"`, 1), "drafts.calib:1: the first line is damaged"},
		{strings.Replace(good, `"schema":1`, `"schema":0`, 1), "drafts.calib:1: the first line is damaged"},
		{strings.TrimSuffix(head, "}") + ` }` + "\n" + body, "drafts.calib:1: the first line does not end with the packet's SHA-256"},
		{`{"calibrate":"packet","schema":1}` + "\n", "drafts.calib:1: the first line is damaged"},
	} {
		_, err := Read("drafts.calib", []byte(test.data), Keys{})
		wantError(t, err, test.want)
	}
}

// A rubric list that does not match is a packet that was put together by hand, with a
// sum that is right.
func TestForgedRubricListIsRefused(t *testing.T) {
	good := written(t, small())
	head, body, _ := bytes.Cut(good, []byte("\n"))
	bare := append(slices.Clone(head[:len(head)-len(fmt.Sprintf(sumMember, strings.Repeat("0", 64)))]), '}')
	bare = bytes.Replace(bare, []byte("sha256:f"), []byte("sha256:e"), 1)
	s := newSum(bare)
	s.Write(body)
	forged := fmt.Appendf(bytes.TrimSuffix(bare, []byte("}")), sumMember+"\n%s", s.hex(), body)
	_, err := Read("drafts.calib", forged, Keys{})
	wantError(t, err, "it holds other rubrics than its first line says")
}

func TestNewerPacketIsRefused(t *testing.T) {
	for _, newer := range []string{
		strings.Replace(string(written(t, small())), `"schema":1`, `"schema":3`, 1),
		`{"calibrate":"packet","schema":3,"sum":"by another rule"}` + "\nand other lines\n",
	} {
		_, err := Read("drafts.calib", []byte(newer), Keys{})
		wantError(t, err, "drafts.calib: it was written by a newer calibrate (packet format 3; this program knows formats up to 2); update calibrate to read it")
	}
}

func TestWhatIsNoPacketIsToldWhatItSeems(t *testing.T) {
	bolt := binary.LittleEndian.AppendUint32(make([]byte, 16), 0xED0CDAED)
	good := string(written(t, small()))
	for _, test := range []struct{ data, want string }{
		{"", "it is empty"}, {" \n\n", "it is empty"},
		{"\x1f\x8b\x08\x00", "gzip"}, {"PK\x03\x04rest", "workbook"}, {string(bolt) + "rest", "a data file of calibrate"},
		{"SQLite format 3\x00", "SQLite"}, {"%PDF-1.7", "PDF"}, {"\x00\x01\x02", "binary file"}, {"caf\xe9\n", "binary file"},
		{"<!DOCTYPE html><html>", "web page"}, {"\n <HTML lang=en>", "web page"}, {"<decisions/>", "text of another kind"}, {"{\"id\":\"01J\"}\n", "JSON of another kind"}, {"{\n  \"a\": 1\n}", "JSON of another kind"},
		{"employee_id,name\n0042,Ada\n", "table (CSV)"}, {"Name;Team\n", "table (CSV)"}, {"Dear Ada, see below\n", "text of another kind"},
		{"\xff\xfe{\x00", "UTF-16"}, {"\xef\xbb\xbf" + good, "byte order mark"}, {"-----BEGIN PGP MESSAGE-----\n", "PGP"},
		{"AGE-SECRET-KEY-1ABC\n", "a secret key"}, {"age1abc\n", "a public key"}, {"packet", "text of another kind"},
	} {
		_, err := Read("drafts.calib", []byte(test.data), Keys{})
		wantError(t, err, "drafts.calib: it is no packet of calibrate: ")
		wantError(t, err, test.want)
	}
}

func TestLimits(t *testing.T) {
	good := written(t, small())
	identity := newIdentity(t)
	locked := written(t, small(), identity.Recipient())
	keys := Keys{Identities: []age.Identity{identity}}
	head := bytes.IndexByte(good, '\n')
	for _, test := range []struct {
		name   string
		data   []byte
		change func(*limits)
		want   string
	}{
		{"bytes", good, func(l *limits) { l.bytes = int64(len(good)) - 1 }, fmt.Sprintf("drafts.calib: it is too large for a packet: more than %d bytes", len(good)-1)},
		{"bytes when encrypted", locked, func(l *limits) { l.bytes = int64(len(locked))/2 - 1 }, "drafts.calib: it is too large for a packet"},
		{"bytes once decrypted", locked, func(l *limits) { l.bytes = int64(len(good)) - 1 }, "drafts.calib: what is encrypted in it is too large for a packet"},
		{"the first line", good, func(l *limits) { l.header = head - 1 }, "drafts.calib:1: the first line is longer than the"},
		{"a line", good, func(l *limits) { l.line = 48 }, "drafts.calib:6: the line is longer than the 48 bytes"},
		{"records", good, func(l *limits) { l.records = 6 }, "drafts.calib:8: a packet holds at most 6 records"},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := standard()
			test.change(&l)
			_, err := l.read("drafts.calib", test.data, keys)
			wantError(t, err, test.want)
		})
	}
	t.Run("just within", func(t *testing.T) {
		l := limits{bytes: int64(len(good)), header: head + 1, line: len(`{"decision":{"id":"1", "rationale":"<why> }\n"}}` + "\n"), records: 7}
		if err := l.write(new(bytes.Buffer), small(), "grace", made, nil); err != nil {
			t.Error(err)
		}
		for _, data := range [][]byte{good, locked} {
			if _, err := l.read("drafts.calib", data, keys); err != nil {
				t.Error(err)
			}
		}
	})
}
