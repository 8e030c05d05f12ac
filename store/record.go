package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"calibrate/calibration"
)

// encode writes a record's payload: compact JSON, without the escapes that only HTML
// needs, so that it can be read by eye.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("writing a record as JSON: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// decode reads a payload into a zero record.
func decode(payload []byte, v any) error { return (*decoder)(nil).decode(payload, v) }

// decoder reads records that have much in common, which it remembers. A nil decoder reads
// each by itself.
type decoder struct {
	known map[string]string // texts, by themselves
	kept  texts
	said  string // the time that was read last, as it is written; may be empty
	at    time.Time
}

// decode reads a payload into a zero record. It must be text, or what is read would not
// be what is kept.
func (d *decoder) decode(payload []byte, v any) error {
	if d.plainly(payload, v) {
		return nil
	}
	if !utf8.Valid(payload) {
		return errors.New("it is not valid UTF-8")
	}
	if err := json.Unmarshal(payload, v); err != nil {
		return fmt.Errorf("it is not the JSON of such a record: %w", err)
	}
	return nil
}

// asKept is a record as it will be read again. JSON keeps text only, so that other
// bytes become a replacement character, which is longer.
func asKept[T any](v T) (kept T, err error) {
	payload, err := encode(v)
	if err == nil {
		err = decode(payload, &kept)
	}
	return kept, err
}

// text is a text that other records may have too.
func (d *decoder) text(text []byte) string {
	if d == nil {
		return string(text)
	}
	known, ok := d.known[string(text)]
	if !ok {
		known = d.kept.keep(text)
		d.known[known] = known
	}
	return known
}

// time reads a time that the record before may have too, as after an import.
func (d *decoder) time(text []byte, to *time.Time) error {
	switch {
	case d == nil:
		return to.UnmarshalText(text)
	case d.said == "" || d.said != string(text):
		if err := d.at.UnmarshalText(text); err != nil {
			d.said = ""
			return err
		}
		d.said = string(text)
	}
	*to = d.at
	return nil
}

func putFrame(tx *transaction, bucket string, key []byte, k kind, payload []byte) error {
	value, err := encodeFrame(k, payload)
	if err != nil {
		return err
	}
	return tx.Bucket([]byte(bucket)).Put(key, value)
}

func putRecord(tx *transaction, bucket string, key []byte, k kind, v any) error {
	payload, err := encode(v)
	if err != nil {
		return err
	}
	return putFrame(tx, bucket, key, k, payload)
}

// getFrame returns the payload at the key, nil if there is none. It is dead once the
// transaction has ended.
func getFrame(tx *transaction, bucket string, key []byte, k kind) ([]byte, error) {
	value := tx.Bucket([]byte(bucket)).Get(key)
	if value == nil {
		return nil, nil
	}
	return decodeFrame(bucket, key, value, k)
}

// recordIn is getRecord from a tree.
func recordIn(t *paged, bucket string, key []byte, k kind, v any) (bool, error) {
	value, err := t.get(key)
	if value == nil || err != nil {
		return false, err
	}
	payload, err := decodeFrame(bucket, key, value, k)
	if err != nil {
		return false, err
	}
	return true, decodeRecord(bucket, key, payload, v)
}

// getRecord reads the record at the key into v and reports whether there is one.
func getRecord(tx *transaction, bucket string, key []byte, k kind, v any) (bool, error) {
	payload, err := getFrame(tx, bucket, key, k)
	if payload == nil || err != nil {
		return false, err
	}
	return true, decodeRecord(bucket, key, payload, v)
}

// decodeRecord reads a payload and proves that it belongs to its key, which no
// checksum covers.
func decodeRecord(bucket string, key, payload []byte, v any) error {
	return (*decoder)(nil).record(bucket, key, payload, v)
}

// record is decodeRecord.
func (d *decoder) record(bucket string, key, payload []byte, v any) error {
	err := d.decode(payload, v)
	if err == nil && !hasKey(v, key) {
		err = fmt.Errorf("it says that its key is %s", showKey(ownKey(v)))
	}
	if v, ok := v.(interface{ valid() error }); ok && err == nil {
		err = v.valid()
	}
	if err != nil {
		return &RecordError{Bucket: bucket, Key: showKey(key), Offset: frameHeader, What: err.Error()}
	}
	return nil
}

// hasKey reports whether a record names the key.
func hasKey(record any, key []byte) bool {
	switch v := record.(type) { // those of which lists are read
	case *calibration.Person:
		return v.ID == string(key)
	case *calibration.Session:
		return v.ID == string(key)
	}
	return bytes.Equal(ownKey(record), key)
}

// ownKey is the key that a record names. A rubric's is its hash; see readRubric.
func ownKey(record any) []byte {
	switch v := record.(type) {
	case *calibration.Decision:
		return idKey(v.ID)
	case *chain:
		return idKey(v.Origin)
	case *calibration.Person:
		return []byte(v.ID)
	case *calibration.Session:
		return []byte(v.ID)
	case *calibration.Event:
		id, err := parseID(v.ID)
		if err != nil {
			return nil
		}
		return indexKey(v.Session, id)
	case *calibration.Walk:
		return walkKey(v.Reviewer, v.Person, v.Session)
	case *tombstone:
		return idKey(v.ID)
	case *Purge:
		return idKey(v.ID)
	case *mark:
		return []byte(v.Key)
	case *meta:
		return []byte(metaKey)
	}
	panic(fmt.Sprintf("a record of type %T has no key", record))
}

// idKey is nil for text that is no id.
func idKey(text string) []byte {
	id, err := parseID(text)
	if err != nil {
		return nil
	}
	return id[:]
}

// order proves that a cursor meets the keys of a bucket in their order: damage can make
// it meet some twice. Its zero value has met none.
type order struct {
	last   []byte
	before []byte // no key is less: else damage could lead from each piece back to the one before
}

func (o *order) meets(bucket string, key []byte) error {
	if o.last != nil && bytes.Compare(o.last, key) >= 0 || bytes.Compare(key, o.before) < 0 {
		return &RecordError{Bucket: bucket, Key: showKey(key), What: "it is not where it belongs in the order of the file"}
	}
	o.last = append(o.last[:0], key...)
	return nil
}

// allRecords reads a whole bucket, in the order of its keys.
func allRecords[T any](tx *transaction, bucket string, k kind) ([]T, error) {
	return recordsOf[T](tx.Bucket([]byte(bucket)).ForEach, bucket, k)
}

// recordsOf reads all that forEach hands out of a bucket.
func recordsOf[T any](forEach func(func(key, value []byte) error) error, bucket string, k kind) ([]T, error) {
	var all []T
	var keys order
	err := forEach(func(key, value []byte) error {
		if err := keys.meets(bucket, key); err != nil {
			return err
		}
		payload, err := decodeFrame(bucket, key, value, k)
		if err != nil {
			return err
		}
		var none T
		all = append(all, none)
		return decodeRecord(bucket, key, payload, &all[len(all)-1])
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}
