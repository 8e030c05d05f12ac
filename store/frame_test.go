package store

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"
	"pgregory.net/rapid"
)

var kinds = []kind{kindChain, kindDecision, kindMeta, kindPerson, kindRubric, kindSession, kindWalk}

func drawFrame(t *rapid.T) (kind, []byte, []byte) {
	k, payload := rapid.SampledFrom(kinds).Draw(t, "kind"), rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "payload")
	frame, err := encodeFrame(k, payload)
	if err != nil {
		t.Fatal(err)
	}
	return k, payload, frame
}

func TestFramesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k, payload, frame := drawFrame(t)
		got, err := decodeFrame("people", []byte("ada"), frame, k)
		if err != nil || !bytes.Equal(payload, got) {
			t.Fatalf("%q came back as %q: %v", payload, got, err)
		}
	})
}

func TestAnyChangeOfAFrameIsNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k, payload, frame := drawFrame(t)
		switch rapid.SampledFrom([]string{"flip", "cut", "append"}).Draw(t, "change") {
		case "flip":
			bit := rapid.IntRange(0, 8*len(frame)-1).Draw(t, "bit")
			frame[bit/8] ^= 1 << (bit % 8)
		case "cut":
			frame = frame[:rapid.IntRange(0, len(frame)-1).Draw(t, "length")]
		case "append":
			frame = append(frame, rapid.SliceOfN(rapid.Byte(), 1, 20).Draw(t, "more")...)
		}
		if got, err := decodeFrame("people", []byte("ada"), frame, k); err == nil {
			t.Fatalf("%q came back as %q", payload, got)
		}
	})
}

// The bytes are part of the file format: files of years ago must be read.
func TestFrameFormat(t *testing.T) {
	frame := must[[]byte](t)(encodeFrame(kindPerson, []byte(`{"name":"Ada"}`)))
	wantSame(t, "63616c62"+"70"+"0e000000"+"ecf7b02b"+hex.EncodeToString([]byte(`{"name":"Ada"}`)), hex.EncodeToString(frame))
}

func TestFrameErrorsSayWhereAndWhat(t *testing.T) {
	frame := func(change func(f []byte) []byte) []byte {
		return change(must[[]byte](t)(encodeFrame(kindPerson, []byte(`{"name":"Ada"}`))))
	}
	tests := []struct {
		name   string
		value  []byte
		offset int
		says   string
	}{
		{"nothing", nil, 0, "too few"},
		{"a header cut short", frame(func(f []byte) []byte { return f[:frameHeader-1] }), 0, "too few"},
		{"another magic", frame(func(f []byte) []byte { f[0] = 'C'; return f }), 0, "does not begin"},
		{"another kind", frame(func(f []byte) []byte { f[4] = 's'; return f }), 4, "session, not person"},
		{"no kind", frame(func(f []byte) []byte { f[4] = 0x1b; return f }), 4, `unknown kind '\x1b'`},
		{"another length", frame(func(f []byte) []byte { return f[:len(f)-1] }), 5, "should be 14 bytes long and is 13"},
		{"a damaged length", frame(func(f []byte) []byte { f[8] = 0xFF; return f }), 5, "should be"},
		{"a damaged checksum", frame(func(f []byte) []byte { f[9]++; return f }), 9, "checksum"},
		{"a damaged payload", frame(func(f []byte) []byte { f[20]++; return f }), 9, "checksum"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := decodeFrame("people", []byte("a\x1b[31mda"), test.value, kindPerson)
			e := wantError[*RecordError](t, err)
			if e.Bucket != "people" || e.Offset != test.offset {
				t.Errorf("want people at byte %d, got %s at byte %d", test.offset, e.Bucket, e.Offset)
			}
			contains(t, e.What, test.says)
			if strings.ContainsRune(err.Error(), 0x1b) {
				t.Errorf("a control character is told as it is: %q", err)
			}
		})
	}
}

func TestFramesHaveALimit(t *testing.T) {
	payload := make([]byte, maxPayload+1)
	if _, err := encodeFrame(kindRubric, payload); err == nil {
		t.Error("a frame was made that is too large to be read")
	} else {
		contains(t, err.Error(), "rubric")
	}
	frame := must[[]byte](t)(encodeFrame(kindRubric, payload[1:]))
	if _, err := decodeFrame("rubrics", nil, frame, kindRubric); err != nil {
		t.Errorf("the largest frame cannot be read: %v", err)
	}
	frame = append(frame, 0)
	binary.LittleEndian.PutUint32(frame[5:], maxPayload+1)
	binary.LittleEndian.PutUint32(frame[9:], frameChecksum(frame, frame[frameHeader:]))
	if _, err := decodeFrame("rubrics", nil, frame, kindRubric); err == nil {
		t.Error("a frame was read that is too large")
	}
}

// Whatever the bytes, they are refused with words or are what encodeFrame makes.
func FuzzDecodeFrame(f *testing.F) {
	for _, k := range kinds {
		frame, err := encodeFrame(k, []byte(`{"id":"01J00000000000000000000000"}`))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(byte(k), frame)
	}
	f.Add(byte(kindPerson), []byte("calbp\xff\xff\xff\xff____"))
	f.Fuzz(func(t *testing.T, k byte, value []byte) {
		payload, err := decodeFrame("people", []byte("ada"), value, kind(k))
		if err != nil {
			wantError[*RecordError](t, err)
			return
		}
		if again := must[[]byte](t)(encodeFrame(kind(k), payload)); !bytes.Equal(value, again) {
			t.Errorf("%q was taken for %q", value, again)
		}
	})
}

func TestKeysComeApartAsTheyWerePut(t *testing.T) {
	id := rapid.Custom(func(t *rapid.T) ulid.ULID {
		return ulid.ULID(rapid.SliceOfN(rapid.Byte(), idSize, idSize).Draw(t, "id"))
	})
	seq := rapid.Uint64Range(1, maxSeq)
	rapid.Check(t, func(t *rapid.T) {
		part, a, b := rapid.String().Draw(t, "part"), id.Draw(t, "a"), id.Draw(t, "b")
		if gotPart, gotID, ok := splitIndexKey(indexKey(part, a)); !ok || gotPart != part || gotID != a {
			t.Fatalf("%q, %s became %q, %s, %t", part, a, gotPart, gotID, ok)
		}
		n, m := seq.Draw(t, "n"), seq.Draw(t, "m")
		if origin, gotSeq, gotID, ok := splitOriginKey(originKey(a, n, b)); !ok || origin != a || gotSeq != n || gotID != b {
			t.Fatalf("%s, %d, %s became %s, %d, %s, %t", a, n, b, origin, gotSeq, gotID, ok)
		}
		if n < m != (bytes.Compare(originKey(a, n, b), originKey(a, m, a)) < 0) && n != m {
			t.Fatalf("%d and %d are not in their order", n, m)
		}
		junk := rapid.SliceOf(rapid.Byte()).Draw(t, "junk")
		if part, id, ok := splitIndexKey(junk); ok && !bytes.Equal(indexKey(part, id), junk) && len(junk) < 100 {
			t.Fatalf("%q was taken for the key of %q, %s", junk, part, id)
		}
	})
}
