package store

import (
	"runtime"
	"slices"
	"sync"
)

// pieceSize is how many bytes of a list are read from the file at a time. What takes the
// time is reading the records in them, which goes on on all processors meanwhile.
const pieceSize = 16 << 10

// rawPiece is a run of records as they stand in the file: a key and a value in turn.
type rawPiece struct {
	bytes []byte
	ends  []int // of each key and each value
	by    decoder
}

func newRawPiece() *rawPiece { return &rawPiece{by: decoder{known: map[string]string{}}} }

func (r *rawPiece) add(key, value []byte) {
	if r.bytes == nil {
		r.bytes, r.ends = make([]byte, 0, pieceSize+pieceSize/4), make([]int, 0, pieceSize/64)
	}
	r.bytes = append(append(r.bytes, key...), value...)
	r.ends = append(r.ends, len(r.bytes)-len(value), len(r.bytes))
}

func (r *rawPiece) records() int { return len(r.ends) / 2 }

func (r *rawPiece) reset() { r.bytes, r.ends = r.bytes[:0], r.ends[:0] }

// piece is a part of a list.
type piece[T any] struct {
	records []T
	err     error
}

func (p *piece[T]) read(raw *rawPiece, bucket string, k kind) {
	p.records = make([]T, raw.records())
	at := 0
	for i := range p.records {
		key, value := raw.bytes[at:raw.ends[2*i]], raw.bytes[raw.ends[2*i]:raw.ends[2*i+1]]
		at = raw.ends[2*i+1]
		payload, err := decodeFrame(bucket, key, value, k)
		if err == nil {
			err = raw.by.record(bucket, key, payload, &p.records[i])
		}
		if err != nil {
			p.err = err
			return
		}
	}
}

// piecesIn reads a whole bucket in the order of its keys. The pieces are as they were read:
// to put a company's people together would be a second copy of them.
func piecesIn[T any](t *paged, bucket string, k kind) (pieces [][]T, err error) {
	var keys order
	var read []*piece[T]
	var group sync.WaitGroup
	raw, spare := newRawPiece(), make(chan *rawPiece, runtime.GOMAXPROCS(0))
	for range cap(spare) {
		spare <- newRawPiece()
	}
	next := func() *piece[T] {
		read = append(read, &piece[T]{})
		return read[len(read)-1]
	}
	err = t.forEach(func(key, value []byte) error {
		if err := keys.meets(bucket, key); err != nil {
			return err
		}
		if raw.add(key, value); len(raw.bytes) < pieceSize {
			return nil
		}
		full, into := raw, next()
		raw = <-spare
		group.Go(func() {
			into.read(full, bucket, k)
			full.reset()
			spare <- full
		})
		return nil
	})
	if err == nil {
		next().read(raw, bucket, k)
	}
	group.Wait()
	for _, p := range read {
		if err == nil {
			err = p.err
		}
		pieces = append(pieces, p.records)
	}
	if err != nil {
		return nil, err
	}
	return pieces, nil
}

// recordsIn is allRecords of a tree.
func recordsIn[T any](t *paged, bucket string, k kind) ([]T, error) {
	pieces, err := piecesIn[T](t, bucket, k)
	if len(pieces) == 1 {
		return pieces[0], err
	}
	return slices.Concat(pieces...), err
}
