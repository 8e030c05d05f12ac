package store

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/internal/hostiletext"
)

// samePlainly holds that what is read plainly is what encoding/json reads, whatever was
// read before it. It returns whether it was read plainly.
func samePlainly[T any](t rapid.TB, payload []byte) bool {
	t.Helper()
	alone := samePlainlyBy[T](t, nil, payload)
	by := &decoder{known: map[string]string{"a": "a"}}
	for _, before := range []string{`{"team":"b","added_at":"2026-03-02T14:03:00Z"}`, `{"manager":"a","added_at":"none"}`} {
		_ = by.decode([]byte(before), new(calibration.Person))
		for range 2 {
			if samePlainlyBy[T](t, by, payload) != alone {
				t.Errorf("%q is read plainly or not by what was read before", payload)
			}
		}
	}
	return alone
}

func samePlainlyBy[T any](t rapid.TB, by *decoder, payload []byte) bool {
	t.Helper()
	var got, want T
	if !utf8.Valid(payload) || !by.plainly(payload, &got) {
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q was not read, and left %+v", payload, got)
		}
		return false
	}
	if err := json.Unmarshal(payload, &want); err != nil {
		t.Errorf("%q was read; encoding/json says %v", payload, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q was read as %+v, want %+v", payload, got, want)
	}
	if d, ok := any(&want).(*calibration.Decision); ok {
		d.Evidence, d.Dampeners = nil, nil
		if seen := new(calibration.Decision); !glance(payload, seen) || !reflect.DeepEqual(seen, d) {
			t.Errorf("%q is %+v at a glance, want %+v", payload, seen, d)
		}
	}
	return true
}

// sampleText is texts with whatever JSON writes in another way.
func sampleText() *rapid.Generator[string] {
	return rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "ada", `"`, `\`, `\"]}`, "a\nb", "数据", "\u2028", `<&>`, "]", "},{"}))
}

// Whatever encode writes is read plainly, and as encoding/json reads it.
func TestPlainlyReadsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := func(label string) string { return sampleText().Draw(t, label) }
		texts := rapid.SliceOfN(sampleText(), 0, 3)
		at := time.UnixMilli(rapid.Int64Range(0, maxIDTime).Draw(t, "at")).UTC()
		d := calibration.Decision{
			ID: text("id"), Person: text("person"), Reviewer: text("reviewer"), Session: text("session"), Dimension: text("dimension"),
			Position: text("position"), Stage: calibration.Stage(text("stage")), Confidence: calibration.Confidence(text("confidence")),
			Rationale: text("rationale"), Change: calibration.Change(text("change")), Rubric: text("rubric"), DecidedAt: at,
			Supersedes: text("supersedes"), Origin: text("origin"), Seq: rapid.Uint64().Draw(t, "seq"), Prev: text("prev"),
		}
		p := calibration.Person{
			ID: text("id"), Name: text("name"), Email: text("email"), Team: text("team"), Manager: text("manager"), Role: text("role"),
			Extra: rapid.MapOfN(sampleText(), sampleText(), 0, 3).Draw(t, "extra"), AddedAt: at, Version: text("version"),
		}
		s := calibration.Session{
			ID: text("id"), Name: text("name"), Rubric: text("rubric"), State: calibration.State(text("state")), People: texts.Draw(t, "people"),
			Facilitator: text("facilitator"), Order: calibration.Order(text("order")), Seed: rapid.Uint64().Draw(t, "seed"),
			Minutes: rapid.IntRange(0, 10_000).Draw(t, "minutes"), OpenedAt: at, FinalisedAt: at, Round: rapid.IntRange(0, 9).Draw(t, "round"), Version: text("version"),
		}
		for _, word := range texts.Draw(t, "marks") {
			d.Evidence = append(d.Evidence, calibration.Evidence{Statement: word, Seen: word == "", Note: text("note")})
			d.Dampeners = append(d.Dampeners, calibration.Dampener{Statement: word, Note: text("note")})
			s.Panel = append(s.Panel, calibration.Panellist{Reviewer: word, Person: text("panellist")})
			s.Recusals = append(s.Recusals, calibration.Recusal{Reviewer: word, Person: text("recused"), Why: text("why")})
			s.Rubrics = append(s.Rubrics, calibration.PersonRubric{Person: word, Rubric: text("hash")})
		}
		wrote := func(v any) []byte { return must[[]byte](t)(encode(v)) }
		if !samePlainly[calibration.Decision](t, wrote(d)) || !samePlainly[calibration.Person](t, wrote(p)) || !samePlainly[calibration.Session](t, wrote(s)) {
			t.Errorf("a record as encode writes it was not read plainly")
		}
	})
}

// What encode does not write is left to encoding/json, or read as it reads it.
func TestWhatIsNotPlain(t *testing.T) {
	for _, payload := range []string{
		``, `{`, `{}`, `{}x`, `{} `, ` {}`, `[]`, `null`, `{"id":null}`, `{"id":1}`, `{"id":"a"`, `{"id":"a}`, `{"id":"a\"}`, `{"id":"\q"}`, `{"id":"\ud800"}`,
		`{"id":"a","id":"b"}`, `{"ID":"a"}`, `{"Id":"a","person":"b"}`, `{"person":"b","id":"a"}`, `{"id":"a","more":1}`, `{"id":"a",}`, `{,"id":"a"}`, `{"id":"a""person":"b"}`,
		`{"id": "a"}`, "{\"id\":\"a\tb\"}", `{"seq":01}`, `{"seq":1.0}`, `{"seq":-1}`, `{"seq":18446744073709551615}`, `{"seq":18446744073709551616}`, `{"seq":}`, `{"seq":1e3}`,
		`{"decided_at":"2026-03-02T14:03:00Z"}`, `{"decided_at":"2026-03-02T14:03:00+01:00"}`, `{"decided_at":"2026-03-02"}`, `{"decided_at":"2026-03-02T24:03:00Z"}`, `{"decided_at":""}`, `{"added_at":""}`, `{"added_at":"2026-03-02T14:03:00Z"}`, `{"team":"\u0061","manager":"a","role":"b"}`,
		`{"evidence":[]}`, `{"evidence":null}`, `{"evidence":[{}]}`, `{"evidence":[{},{}]}`, `{"evidence":[{}{}]}`, `{"evidence":[{},]}`, `{"evidence":[,{}]}`, `{"evidence":[{"seen":true}]}`,
		`{"evidence":[{"seen":truely}]}`, `{"evidence":[{"seen":1}]}`, `{"evidence":[{"statement":"]"},{"statement":"a"}]}`, `{"evidence":[`, `{"evidence":[{}`, `{"evidence":["a"]}`,
		`{"people":["a","b"],"panel":[{"reviewer":"r"}]}`, `{"people":[]}`, `{"people":["a"`, `{"minutes":2147483648}`, `{"minutes":99999999999}`, `{"round":-1}`, `{"extra":{}}`, `{"extra":{"a":"b","a":"c"}}`,
		`{"extra":{"a":1}}`, `{"extra":{"a"}}`, `{"extra":{"a":"b",}}`, `{"extra":null}`,
	} {
		samePlainly[calibration.Decision](t, []byte(payload))
		samePlainly[calibration.Person](t, []byte(payload))
		samePlainly[calibration.Session](t, []byte(payload))
	}
}

func FuzzPlainly(f *testing.F) {
	theirs, _, _ := someone(f, 2)
	b := export(f, theirs)
	for i, part := range [][][]byte{b.Decisions, b.People, b.Sessions} {
		for _, payload := range part {
			f.Add(byte(i), payload)
		}
	}
	for _, h := range hostiletext.All() {
		f.Add(byte(1), must[[]byte](f)(encode(calibration.Person{ID: h.Text, Extra: map[string]string{h.Text: h.Text}})))
	}
	f.Fuzz(func(t *testing.T, which byte, payload []byte) {
		switch which % 3 {
		case 0:
			samePlainly[calibration.Decision](t, payload)
		case 1:
			samePlainly[calibration.Person](t, payload)
		default:
			samePlainly[calibration.Session](t, payload)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	d := decision("person 00042", "Reviewer 3 of 7")
	d.ID, d.Session, d.Rubric, d.DecidedAt = "01J00000000000000000000000", "01J00000000000000000000001", "sha256:0123456789abcdef", stamp(start)
	people := make([]string, 200)
	for i := range people {
		people[i] = fmt.Sprintf("person %05d", i)
	}
	for _, record := range []any{d, calibration.Person{ID: "0042", Name: "Ada Lovelace", Team: "Platform", Manager: "Charles Babbage"}, calibration.Session{Name: "Spring", People: people}} {
		payload := must[[]byte](b)(encode(record))
		b.Run(reflect.TypeOf(record).Name(), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(payload)))
			for b.Loop() {
				into := reflect.New(reflect.TypeOf(record)).Interface()
				if err := decode(payload, into); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestSimpleTextsAreASCIIWithoutControlsAndBackslashes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(strings.Repeat("~ ", rapid.IntRange(0, 20).Draw(t, "before")))
		text = append(text, rapid.SliceOfN(rapid.OneOf(rapid.ByteRange(' ', '~'), rapid.SampledFrom([]byte{'\\', 0, 0x1f, 0x7f, 0x80, 0xff, ' ', '[', ']'})), 0, 20).Draw(t, "text")...)
		want := true
		for _, c := range text {
			want = want && c >= ' ' && c < 0x80 && c != '\\'
		}
		if got := isSimple(text); got != want {
			t.Fatalf("%q: got %t", text, got)
		}
	})
}
