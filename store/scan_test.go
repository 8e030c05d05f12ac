package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// scanned is the payloads of the intact records in some bytes.
func scanned(t rapid.TB, r io.ReaderAt, size int) (payloads []string, blind int64) {
	t.Helper()
	s := scanner{r: r, size: int64(size), broken: func(brokenHead) {}, found: func(f frame) { payloads = append(payloads, string(f.payload)) }}
	if err := s.run(context.Background(), func(int64) {}); err != nil {
		t.Fatal(err)
	}
	return payloads, s.blind
}

// A record is found wherever it lies, also astride the edge of what is read at once,
// whatever lies between.
func TestScannerFindsRecordsAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var file []byte
		var want []string
		for range rapid.IntRange(0, 5).Draw(t, "records") {
			noise := rapid.SampledFrom([]string{"", "c", "ca", "cal", "calb", "calbd", "calbd\xff\xff\xff\xff", "\x00\x00", "{}"}).Draw(t, "noise")
			file = append(file, noise...)
			if rapid.IntRange(0, 3).Draw(t, "far") == 0 {
				edge := scanWindow - rapid.IntRange(-5, 40).Draw(t, "before the edge")
				file = append(file, make([]byte, max(0, edge-len(file)))...)
			}
			payload := `{"id":"` + string(bytes.Repeat([]byte("x"), rapid.SampledFrom([]int{0, 1, 300, scanPiece - 9, scanPiece + 1, scanWindow}).Draw(t, "length"))) + `"}`
			want = append(want, payload)
			file = append(file, must[[]byte](t)(encodeFrame(kindPerson, []byte(payload)))...)
		}
		got, _ := scanned(t, bytes.NewReader(file), len(file))
		wantSame(t, want, got)
	})
}

// Many records that claim to be as long as can be take no longer than others.
func TestScannerIsNotHeldUp(t *testing.T) {
	head := make([]byte, frameHeader)
	copy(head, frameMagic+"d")
	binary.LittleEndian.PutUint32(head[5:], 8<<20)
	file := bytes.Repeat(append(head, '{'), 200_000)
	began := time.Now()
	if got, _ := scanned(t, bytes.NewReader(file), len(file)); len(got) > 0 {
		t.Errorf("%d records were found", len(got))
	}
	if took := time.Since(began); took > slowdown*20*time.Second {
		t.Errorf("it took %v", took)
	}
}

// Where the disk fails, what lies before and behind is found all the same.
func TestScannerPassesByBadSectors(t *testing.T) {
	var file []byte
	var want []string
	for i := range 100 {
		payload := fmt.Sprintf(`{"id":"%d"}`, i)
		want = append(want, payload)
		file = append(file, must[[]byte](t)(encodeFrame(kindPerson, []byte(payload)))...)
		file = append(file, make([]byte, 1000-len(file)%1000)...)
	}
	got, blind := scanned(t, badDisk{bytes.NewReader(file), 50_000, 51_200}, len(file))
	wantSame(t, slices.Concat(want[:50], want[52:]), got)
	if blind < 1000 || blind > 2*sectorSize+1200 {
		t.Errorf("%d bytes could not be read", blind)
	}
}

// badDisk cannot read the bytes between from and to.
type badDisk struct {
	*bytes.Reader
	from, to int64
}

func (d badDisk) ReadAt(p []byte, at int64) (int, error) {
	if at+int64(len(p)) <= d.from || at >= d.to {
		return d.Reader.ReadAt(p, at)
	}
	n := max(0, d.from-at)
	d.Reader.ReadAt(p[:n], at)
	return int(n), errors.New("input/output error")
}
