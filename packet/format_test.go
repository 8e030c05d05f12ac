package packet

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/store"
)

var made = time.Date(2026, 3, 2, 14, 3, 5, 0, time.UTC)

func records(texts ...string) [][]byte {
	var all [][]byte
	for _, text := range texts {
		all = append(all, []byte(text))
	}
	return all
}

// small is a batch with something of everything. To a packet a record is any JSON.
func small() store.Batch {
	return store.Batch{
		Rubrics: records(`{"role":"Tester"}`), People: records(`{"id":"0042","name":"Ada"}`, `{"id":"0043","name":"李娜"}`),
		Sessions: records(`{"id":"spring"}`), Decisions: records(`{"id":"1", "rationale":"<why> }\n"}`, `{"id":"2"}`), Events: records(`[]`),
	}
}

func written(t rapid.TB, b store.Batch, to ...age.Recipient) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, b, "grace", made, to...); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t rapid.TB, data []byte, keys Keys) Packet {
	t.Helper()
	p, err := Read("drafts.calib", data, keys)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func newIdentity(t rapid.TB) *age.X25519Identity {
	t.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return identity
}

func TestPacketLooksLikeThis(t *testing.T) {
	data := written(t, small())
	lines := strings.Split(string(data), "\n")
	sum := sha256.Sum256(regexp.MustCompile(`,"sha256":"[0-9a-f]*"`).ReplaceAll(data, nil))
	want := []string{
		`{"calibrate":"packet","schema":1,"made_at":"2026-03-02T14:03:05Z","by":"grace",` +
			`"rubrics":["sha256:f1e105fc669f382002f8d5c7133aa66db2f5f2b20b593d3a86d23d290a55f8c5"],` +
			`"count":{"rubrics":1,"people":2,"sessions":1,"decisions":2,"events":1},"sha256":"` + hex.EncodeToString(sum[:]) + `"}`,
		`{"rubric":{"role":"Tester"}}`,
		`{"person":{"id":"0042","name":"Ada"}}`,
		`{"person":{"id":"0043","name":"李娜"}}`,
		`{"session":{"id":"spring"}}`,
		`{"decision":{"id":"1", "rationale":"<why> }\n"}}`,
		`{"decision":{"id":"2"}}`,
		`{"event":[]}`,
		``,
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
	p := read(t, data, Keys{})
	if p.By != "grace" || !p.MadeAt.Equal(made) || p.Encrypted || p.Count != Counted(small()) {
		t.Errorf("the first line was read as %+v", p.Header)
	}
}

// someJSON draws a record: any JSON on one line, laid out in any way.
func someJSON() *rapid.Generator[[]byte] {
	text := rapid.StringMatching(`[a-z<>&}{" \\/\x{1b}\x{202e}\x{2028}é李-]{0,9}`)
	return rapid.Custom(func(t *rapid.T) []byte {
		space := rapid.SampledFrom([]string{"", " ", "\t", "\r"}).Draw(t, "space")
		return fmt.Appendf(nil, "%s{%s\"id\":%s%q , \"%s\":[%d.50e+1,{}]%s}%s", space, space, space,
			strings.ToValidUTF8(strings.Map(escapable, text.Draw(t, "text")), ""), "a b", rapid.Int().Draw(t, "number"), space, space)
	})
}

// escapable leaves out what Go quotes otherwise than JSON does.
func escapable(r rune) rune {
	if r < ' ' || r == '\u202e' || r == '\u2028' {
		return 'x'
	}
	return r
}

func someBatch() *rapid.Generator[store.Batch] {
	list := rapid.SliceOfN(someJSON(), 0, 4)
	return rapid.Custom(func(t *rapid.T) (b store.Batch) {
		for _, l := range listsOf(&b) {
			if all := list.Draw(t, l.kind); len(all) > 0 {
				*l.records = all
			}
		}
		return b
	})
}

func TestRoundTrip(t *testing.T) {
	identity := newIdentity(t)
	rapid.Check(t, func(t *rapid.T) {
		b, by := someBatch().Draw(t, "batch"), rapid.String().Draw(t, "by")
		var to []age.Recipient
		if rapid.Bool().Draw(t, "encrypted") {
			to = append(to, identity.Recipient())
		}
		var out bytes.Buffer
		if err := Write(&out, b, by, made, to...); err != nil {
			t.Fatal(err)
		}
		p := read(t, out.Bytes(), Keys{Identities: []age.Identity{identity}})
		if diff := cmp.Diff(b, p.Batch); diff != "" {
			t.Fatal(diff)
		}
		if p.By != by || p.Encrypted != (to != nil) {
			t.Fatalf("by %q, encrypted %t", p.By, p.Encrypted)
		}
	})
}

// Where records of several packets stand is told by file and line.
func TestWhere(t *testing.T) {
	a, b := read(t, written(t, small()), Keys{}), read(t, written(t, small()), Keys{})
	b.Name = "other.calib"
	both := []Packet{a, b}
	if got := Counted(Join(both)); got.all() != 14 || got.Decisions != 4 {
		t.Errorf("joined to %+v", got)
	}
	for _, test := range []struct {
		kind string
		at   int
		want string
	}{
		{"rubric", 1, "drafts.calib:2"}, {"person", 2, "drafts.calib:4"}, {"decision", 2, "drafts.calib:7"},
		{"decision", 3, "other.calib:6"}, {"event", 2, "other.calib:8"}, {"event", 3, "a packet"}, {"", 0, "a packet"},
	} {
		if got := Where(both, test.kind, test.at); got != test.want {
			t.Errorf("%s %d: %s, want %s", test.kind, test.at, got, test.want)
		}
	}
}

func TestWriteRefusesWhatNobodyCouldRead(t *testing.T) {
	for _, test := range []struct {
		b      store.Batch
		change func(*limits)
		want   string
	}{
		{store.Batch{Decisions: records("{}", "{\n}")}, nil, "decision 2 cannot be carried: it holds a line break"},
		{store.Batch{People: records("\"\xff\"")}, nil, "person 1 cannot be carried: it is not valid UTF-8"},
		{store.Batch{Events: records(`{}},"x":{`)}, nil, "event 1 cannot be carried: it is not JSON"},
		{small(), func(l *limits) { l.line = 20 }, "rubric 1 cannot be carried: its line would have"},
		{small(), func(l *limits) { l.records = 6 }, "at most 6 records, and these are 7"},
		{small(), func(l *limits) { l.bytes = 300 }, "and 300 are possible"},
		{small(), func(l *limits) { l.header = 100 }, "first line would have"},
	} {
		l := standard()
		if test.change != nil {
			test.change(&l)
		}
		err := l.write(new(bytes.Buffer), test.b, "", made, nil)
		wantError(t, err, test.want)
	}
}

func wantError(t testing.TB, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("want %q, got: %v", want, err)
	}
}
