package store

import (
	"slices"
	"strings"
)

// recordsIn reads a whole bucket in the order of its keys.
func recordsIn[T any](t *paged, bucket string, k kind) ([]T, error) {
	about, err := t.about(mostGuessed)
	if err != nil {
		return nil, err
	}
	all := make([]T, 0, about+about/8)
	by := decoder{known: map[string]string{}}
	var keys order
	err = t.forEach(func(key, value []byte) error {
		if err := keys.meets(bucket, key); err != nil {
			return err
		}
		payload, err := decodeFrame(bucket, key, value, k)
		if err != nil {
			return err
		}
		all = append(all, *new(T))
		return by.record(bucket, key, payload, &all[len(all)-1])
	})
	if err != nil {
		return nil, err
	}
	return slices.Clip(all), nil
}

// mostGuessed is for how many records a list has room before they are met.
const mostGuessed = 1 << 16

// sortMoving sorts a list of large records, of which each moves once.
func sortMoving[T any](all []T, compare func(a, b *T) int) {
	by := make([]int32, len(all)) // whose place each one is
	for i := range by {
		by[i] = int32(i)
	}
	slices.SortFunc(by, func(a, b int32) int { return compare(&all[a], &all[b]) })
	for i := range by {
		if by[i] == int32(i) {
			continue
		}
		first, at := all[i], i
		for from := int(by[at]); from != i; from = int(by[at]) {
			all[at], by[at], at = all[from], int32(at), from
		}
		all[at], by[at] = first, int32(at)
	}
}

// texts keeps short texts side by side: one by one they take more time and memory.
type texts struct{ b strings.Builder }

func (t *texts) keep(text []byte) string {
	if t.b.Cap()-t.b.Len() < len(text) {
		t.b = strings.Builder{}
		t.b.Grow(max(textsPiece, len(text)))
	}
	from := t.b.Len()
	t.b.Write(text)
	return t.b.String()[from:]
}

const textsPiece = 16 << 10
