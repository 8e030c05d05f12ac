package store

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"calibrate/calibration"
)

// drafts are n decisions about n/10 people, as a company makes them.
func drafts(n int) []calibration.Decision {
	ds := make([]calibration.Decision, n)
	for i := range ds {
		ds[i] = decision(fmt.Sprint("person ", i%max(1, n/10)), fmt.Sprint("reviewer ", i%50))
	}
	return ds
}

// barely puts the records of a batch into one bucket of a new file, so many in a
// transaction: the least that keeping them takes.
func barely(b *testing.B, keys, values [][]byte, atOnce int) int64 {
	b.Helper()
	path := filepath.Join(b.TempDir(), "bare.db")
	db := must[*bbolt.DB](b)(bbolt.Open(path, 0o600, nil))
	for at := 0; at < len(keys); at += atOnce {
		if err := db.Update(func(tx *bbolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists([]byte("records"))
			for i := at; i < min(at+atOnce, len(keys)) && err == nil; i++ {
				err = bucket.Put(keys[i], values[i])
			}
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	return must[os.FileInfo](b)(os.Stat(path)).Size()
}

func packed(b testing.TB, n int) Batch {
	s := must[*Store](b)(Open(filled(b, n), options(2)))
	defer s.Close()
	return must[Batch](b)(s.Export(nil))
}

func BenchmarkImport(b *testing.B) {
	n := 100_000
	if testing.Short() {
		n = 10_000
	}
	batch := packed(b, n)
	var keys [][]byte
	for _, payload := range batch.Decisions {
		keys = append(keys, idKey(must[parsedDecision](b)(parseDecision(payload)).ID))
	}
	b.Run("bare", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			barely(b, keys, batch.Decisions, 1000)
		}
	})
	b.Run("merge", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			s := must[*Store](b)(Open(filepath.Join(b.TempDir(), "new.db"), options(3)))
			must[Merged](b)(s.Merge(batch))
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkPlaceAll(b *testing.B) {
	n := 100_000
	if testing.Short() {
		n = 10_000
	}
	ds, r := drafts(n), testRubric(b, "well")
	b.ReportAllocs()
	for b.Loop() {
		s := must[*Store](b)(Open(filepath.Join(b.TempDir(), "new.db"), options(3)))
		must[[]calibration.Decision](b)(s.PlaceAll(r, ds...))
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
