package store

import (
	"bytes"
	"context"
	"testing"
)

// Whatever a record says under a checksum that holds, and whatever lies around it,
// finding it neither panics nor takes what it is not.
func FuzzSalvage(f *testing.F) {
	whole, _ := wholeFile(f)
	for value := range everWritten(whole) {
		f.Add(value[4], []byte(value[frameHeader:]), []byte("calb"))
	}
	f.Add(byte('d'), []byte(`{"id":"01J"}`), []byte("calbd\x05\x00\x00\x00abcd{}"))
	f.Add(byte('c'), []byte(`{"origin":"01KA8D7W00DBK7GFTFQQMHPVNR","tips":null,"gaps":[[5,1]]}`), []byte{})
	f.Add(byte('z'), []byte("{}"), []byte("\x00"))
	f.Fuzz(func(t *testing.T, k byte, payload, around []byte) {
		record, err := encodeFrame(kind(k), payload)
		if err != nil {
			return
		}
		file := bytes.Join([][]byte{around, record, around, record}, nil)
		found, err := findRecords(context.Background(), bytes.NewReader(file), int64(len(file)), func(Step, int, int) {})
		if err != nil {
			t.Fatal(err)
		}
		for k, records := range found.records {
			for key, at := range records {
				if key == "" {
					t.Errorf("a %s without a key", k)
				}
				if _, err := found.scan.again(at.at, at.size, k, at.sum); err != nil {
					t.Errorf("the %s %q: %v", k, key, err)
				}
			}
		}
		for i, d := range found.decisions {
			if payload := must[[]byte](t)(found.scan.again(d.at, int(d.size), kindDecision, d.sum)); must[parsedDecision](t)(parseDecision(payload)).id != d.id {
				t.Errorf("decision %d is another one", i)
			}
			if i > 0 && found.decisions[i-1].id == d.id && found.decisions[i-1].seq == d.seq {
				t.Errorf("decision %d is there twice", i)
			}
		}
		found.damaged()
		found.lost()
	})
}
