package store

import "slices"

// A list is read in pieces of twice as many records each time, within limits: one that grew
// would be copied again and again.
const leastPiece, mostPiece = 16, 1024

// piecesIn reads a whole bucket in the order of its keys, in pieces.
func piecesIn[T any](t *paged, bucket string, k kind) (pieces [][]T, err error) {
	by := decoder{known: map[string]string{}}
	var keys order
	size := leastPiece
	err = t.forEach(func(key, value []byte) error {
		if err := keys.meets(bucket, key); err != nil {
			return err
		}
		payload, err := decodeFrame(bucket, key, value, k)
		if err != nil {
			return err
		}
		last := len(pieces) - 1
		if last < 0 || len(pieces[last]) == cap(pieces[last]) {
			pieces, last = append(pieces, make([]T, 0, size)), last+1
			size = min(2*size, mostPiece)
		}
		piece := pieces[last][:len(pieces[last])+1]
		pieces[last] = piece
		return by.record(bucket, key, payload, &piece[len(piece)-1])
	})
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
