package store

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"calibrate/calibration"
	"calibrate/internal/hostiletext"
)

// Whatever a payload is, it is refused with words, or is a record that is written and
// read again as the same, is checked without a panic, and is its own key's and no
// other's.
func FuzzDecodeRecord(f *testing.F) {
	theirs, r, _ := someone(f, 2)
	b := export(f, theirs)
	for i, part := range [][][]byte{b.Decisions, b.People, b.Sessions, b.Events, b.Rubrics} {
		for _, payload := range part {
			f.Add(byte(i), payload)
		}
	}
	f.Add(byte(3), must[[]byte](f)(encode(calibration.Event{ID: "01J00000000000000000000000", Session: "s", Kind: calibration.Noted, Person: "ada", By: "grace", Text: "x", At: time.Unix(1e9, 0)})))
	f.Add(byte(5), must[[]byte](f)(encode(calibration.NewWalk(r, "ada", "grace", ""))))
	f.Add(byte(6), must[[]byte](f)(encode(chain{Origin: "01J00000000000000000000000", Tips: []tip{{1, "00"}}})))
	f.Add(byte(7), must[[]byte](f)(encode(meta{Schema: 1, ID: "01J00000000000000000000000"})))
	f.Add(byte(1), bytes.Repeat([]byte(`{"id":`), 20_000))
	f.Add(byte(2), append(bytes.Repeat([]byte(`[`), 20_000), bytes.Repeat([]byte(`]`), 20_000)...))
	for _, h := range hostiletext.All() {
		f.Add(byte(1), must[[]byte](f)(encode(calibration.Person{ID: h.Text, Name: h.Text, Extra: map[string]string{h.Text: h.Text}})))
	}
	f.Fuzz(func(t *testing.T, which byte, payload []byte) {
		switch which % 8 {
		case 0:
			decodesTo(t, bucketDecisions, payload, func(d calibration.Decision) error {
				_, err := parseDecision(payload)
				return firstError(err, d.Validate(r))
			})
		case 1:
			decodesTo(t, bucketPeople, payload, calibration.Person.Validate)
		case 2:
			decodesTo(t, bucketSessions, payload, validSession)
		case 3:
			decodesTo(t, bucketEvents, payload, validEvent)
		case 4:
			if r, err := parseRubric(payload); err == nil && canonical(r, payload) == nil {
				again := must[[]byte](t)(r.MarshalJSON())
				if !bytes.Equal(again, payload) {
					t.Errorf("%q became %q", payload, again)
				}
			}
		case 5:
			decodesTo(t, bucketWalks, payload, func(calibration.Walk) error { return nil })
		case 6:
			decodesTo(t, bucketChains, payload, func(c chain) error { return c.valid() })
		case 7:
			decodesTo(t, bucketMeta, payload, func(meta) error { return nil })
		}
	})
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// decodesTo reads a payload under the key that it names, and under another.
func decodesTo[T any](t *testing.T, bucket string, payload []byte, valid func(T) error) {
	t.Helper()
	var v T
	if err := decode(payload, &v); err != nil {
		if err.Error() == "" {
			t.Error("an error without words")
		}
		return
	}
	if err := valid(v); err != nil && err.Error() == "" {
		t.Error("an error without words")
	}
	kept := must[T](t)(asKept(v))
	once, twice := must[[]byte](t)(json.Marshal(v)), must[[]byte](t)(json.Marshal(kept))
	if !bytes.Equal(once, twice) {
		t.Errorf("%q is kept as %q", once, twice)
	}
	key := ownKey(&v)
	if err := decodeRecord(bucket, append(bytes.Clone(key), 'x'), payload, new(T)); err == nil {
		t.Errorf("%q is read under another key than its own", payload)
	}
	if err := decodeRecord(bucket, key, payload, new(T)); err != nil && valid(v) == nil {
		t.Errorf("%q is sound, and yet: %v", payload, err)
	}
}
