package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

// A list is the one that is read record by record; and of several damaged records the first
// one in the file is told.
func TestListsAreReadWhole(t *testing.T) {
	s := newStore(t)
	s.db.NoSync = true
	rapid.Check(t, func(t *rapid.T) {
		records := map[string]string{}
		n := rapid.SampledFrom([]int{0, 1, 30, 700, 3000}).Draw(t, "people")
		long := rapid.SampledFrom([]int{1, 20, 200}).Draw(t, "long")
		for i := range n {
			w := calibration.Walk{Reviewer: "ada", Person: fmt.Sprint(i), Dimension: strings.Repeat("x", i%7*long)}
			payload := must[[]byte](t)(encode(w))
			records[string(walkKey(w.Reviewer, w.Person, w.Session))] = string(must[[]byte](t)(encodeFrame(kindWalk, payload)))
		}
		for range rapid.IntRange(0, 3).Draw(t, "damaged") {
			key := string(walkKey("ada", fmt.Sprint(rapid.IntRange(0, max(0, n-1)).Draw(t, "at")), ""))
			if value, ok := records[key]; ok {
				records[key] = value[:len(value)-1] + "!"
			}
		}
		withTree(t, s, records, func(tree *paged, bucket *bbolt.Bucket) {
			got, err := recordsIn[calibration.Walk](tree, bucketWalks, kindWalk)
			want, wantErr := recordsOf[calibration.Walk](bucket.ForEach, bucketWalks, kindWalk)
			var at, wantAt *RecordError
			if errors.As(err, &at) != errors.As(wantErr, &wantAt) || at != nil && *at != *wantAt {
				t.Fatalf("the list: %v; record by record: %v", err, wantErr)
			}
			if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
				t.Fatal(diff)
			}
		})
	})
}

func TestSortMovingSorts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type large struct{ key, was int }
		var all []large
		for i, key := range rapid.SliceOf(rapid.IntRange(0, 50)).Draw(t, "keys") {
			all = append(all, large{key, i})
		}
		compare := func(a, b *large) int {
			if a.key != b.key {
				return a.key - b.key
			}
			return a.was - b.was
		}
		want := slices.Clone(all)
		slices.SortFunc(want, func(a, b large) int { return compare(&a, &b) })
		if sortMoving(all, compare); !slices.Equal(all, want) {
			t.Fatalf("got %v, want %v", all, want)
		}
	})
}

func TestTextsThatAreKeptStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var kept texts
		var got, want []string
		for _, n := range rapid.SliceOfN(rapid.OneOf(rapid.IntRange(0, 40), rapid.IntRange(0, 2*textsPiece)), 0, 30).Draw(t, "lengths") {
			text := []byte(strings.Repeat(string(rune('a'+len(got)%26)), n))
			got, want = append(got, kept.keep(text)), append(want, string(text))
			clear(text) // its memory is used again
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

// People come in the order of their ids, whose pages are filled and not split in halves.
func TestPagesOfPeopleAreFull(t *testing.T) {
	s := newStore(t)
	var people []calibration.Person
	for i := range 2000 {
		people = append(people, calibration.Person{Name: fmt.Sprintf("Person %d", i), Team: "Platform", Manager: "Charles Babbage"})
	}
	for part := range slices.Chunk(people, 500) {
		must[[]calibration.Person](t)(s.PutPeople(part...))
	}
	err := s.db.View(func(tx *bbolt.Tx) error {
		stats := tx.Bucket([]byte(bucketPeople)).Stats()
		if full := float64(stats.LeafInuse) / float64(stats.LeafAlloc); stats.KeyN != len(people) || full < 0.75 {
			t.Errorf("%d people, in pages that are %.0f %% full", stats.KeyN, 100*full)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
