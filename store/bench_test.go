package store

import (
	"bytes"
	"encoding/binary"
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

// keysAndValues are the records of the decisions of a batch as they are kept.
func keysAndValues(b *testing.B, batch Batch) (keys, values [][]byte) {
	b.Helper()
	for _, payload := range batch.Decisions {
		d := must[parsedDecision](b)(parseDecision(payload))
		keys = append(keys, d.id[:])
		values = append(values, must[[]byte](b)(encodeFrame(kindDecision, payload)))
	}
	return keys, values
}

// packed is what a file with n decisions exports.
func packed(b testing.TB, n int) Batch {
	b.Helper()
	s := must[*Store](b)(Open(filled(b, n), options(2)))
	defer s.Close()
	return must[Batch](b)(s.Export(nil))
}

func many() int {
	if testing.Short() {
		return 10_000
	}
	return 100_000
}

// Taking decisions in, and placing them, beside bare puts of the same bytes, a thousand in a
// transaction.
func BenchmarkImport(b *testing.B) {
	n := many()
	batch := packed(b, n)
	keys, values := keysAndValues(b, batch)
	b.Run("bare", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			b.ReportMetric(float64(barely(b, keys, values, 1000))/float64(n), "bytes/decision")
		}
	})
	into := func(b *testing.B, put func(*Store)) {
		b.ReportAllocs()
		for b.Loop() {
			path := filepath.Join(b.TempDir(), "new.db")
			s := must[*Store](b)(Open(path, options(3)))
			put(s)
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(must[os.FileInfo](b)(os.Stat(path)).Size())/float64(n), "bytes/decision")
		}
	}
	b.Run("merge", func(b *testing.B) { into(b, func(s *Store) { must[Merged](b)(s.Merge(batch)) }) })
	ds, r := drafts(n), testRubric(b, "well")
	b.Run("place", func(b *testing.B) {
		into(b, func(s *Store) { must[[]calibration.Decision](b)(s.PlaceAll(r, ds...)) })
	})
}

// Taking a packet into a file that has much already, and looking what one would bring that
// is known.
func BenchmarkMergeInto(b *testing.B) {
	const coming = 10_000
	batch := packed(b, coming)
	for _, n := range []int{10_000, many()} {
		full := filledBy(b, n, 7)
		b.Run(fmt.Sprint("new/decisions=", n), func(b *testing.B) {
			s := openTest(b, full, options(5))
			b.ReportAllocs()
			for b.Loop() {
				must[Merged](b)(s.Preview(batch))
			}
		})
	}
	s := openTest(b, filled(b, coming), options(5))
	b.Run("known", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			must[Merged](b)(s.Preview(batch))
		}
	})
}

// Saving one decision, synced, beside one bare update with the same bytes in a file with
// as many.
func BenchmarkPlace(b *testing.B) {
	n := many()
	path := filled(b, n)
	s, r := openTest(b, path, options(3)), testRubric(b, "well")
	keys, values := keysAndValues(b, must[Batch](b)(s.Export(nil)))
	bare := filepath.Join(b.TempDir(), "bare.db")
	db := must[*bbolt.DB](b)(bbolt.Open(bare, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType}))
	defer db.Close()
	put := func(i int, key []byte) {
		if err := db.Update(func(tx *bbolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists([]byte("records"))
			if err != nil {
				return err
			}
			return bucket.Put(key, values[i%len(values)])
		}); err != nil {
			b.Fatal(err)
		}
	}
	db.NoSync = true
	for i, key := range keys[:min(1000, n)] {
		put(i, key)
	}
	db.NoSync = false
	i := 0
	b.Run("bare", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			i++
			put(i, binary.BigEndian.AppendUint64(bytes.Repeat([]byte{0xff}, 8), uint64(i)))
		}
	})
	b.Run("place", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			i++
			mustPlace(b, s, decision(fmt.Sprint("person ", i%(n/10)), fmt.Sprint("reviewer ", i%50)), r)
		}
	})
}

// What screens and commands read, of a file with many decisions and of one with few.
func BenchmarkReading(b *testing.B) {
	for _, n := range []int{1000, many()} {
		held, session := held(b, n/100)
		s, company := openTest(b, filled(b, n), Options{ReadOnly: true}), openTest(b, held, Options{ReadOnly: true}).Veiled()
		each := func(name string, read func() error) {
			b.Run(fmt.Sprintf("%s/decisions=%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := read(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		each("People", func() error {
			company.people.of = nil // as after a change, or it would not be read again
			_, err := company.People()
			return err
		})
		each("Sessions", func() error {
			company.sessions.of = nil
			_, err := company.Sessions()
			return err
		})
		each("DecisionsOf", func() error { _, err := s.DecisionsOf("person 7"); return err })
		one := calibration.Filter{Sessions: []string{session}}
		ignore := func(calibration.Decision) error { return nil }
		each("DecisionsFor", func() error { return company.DecisionsFor(one, ignore) })
		each("Decisions", func() error { return company.Decisions(ignore) })
	}
}

// Proving a file, and salvaging it, beside reading its bytes.
func BenchmarkDoctor(b *testing.B) {
	path := filled(b, many())
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			must[[]byte](b)(os.ReadFile(path))
		}
	})
	s := openTest(b, path, Options{ReadOnly: true})
	b.Run("check", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			must[Report](b)(s.Check())
		}
	})
	b.Run("salvage", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			out := filepath.Join(b.TempDir(), "saved.db")
			must[Salvaged](b)(Salvage(b.Context(), path, out, salvageOptions()))
			os.Remove(out)
		}
	})
}
