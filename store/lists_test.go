package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

// A list that is read in pieces is the list that is read record by record; and of several
// damaged records the first one in the file is told.
func TestPiecesMakeTheList(t *testing.T) {
	s := newStore(t)
	s.db.NoSync = true
	rapid.Check(t, func(t *rapid.T) {
		records := map[string]string{}
		n := rapid.SampledFrom([]int{0, 1, leastPiece, 30, 700, 3000}).Draw(t, "people")
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
