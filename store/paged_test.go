package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

// withTree puts records into a bucket and reads it, once by a tree and once by bbolt.
func withTree(t rapid.TB, s *Store, records map[string]string, read func(*paged, *bbolt.Bucket)) {
	t.Helper()
	if err := s.update(func(tx *transaction) error {
		if err := tx.DeleteBucket([]byte(bucketWalks)); err != nil {
			return err
		}
		b, err := tx.CreateBucket([]byte(bucketWalks))
		for key, value := range records {
			err = errors.Join(err, b.Put([]byte(key), []byte(value)))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.look(func(tx *transaction) error {
		trees, err := s.trees(tx, bucketWalks)
		if err == nil {
			read(trees[0], tx.Tx.Bucket([]byte(bucketWalks)))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// What a tree finds, and from where on, is what bbolt finds: of buckets without a page of
// their own, of one page, and of several levels with values longer than a page.
func TestTreeReadsWhatBoltReads(t *testing.T) {
	s := newStore(t)
	s.db.NoSync = true
	rapid.Check(t, func(t *rapid.T) {
		records := map[string]string{}
		keys := rapid.StringMatching(`[a-c]{1,6}`)
		for range rapid.SampledFrom([]int{0, 3, 40, 1500}).Draw(t, "records") {
			key := keys.Draw(t, "key") + fmt.Sprint(len(records)%7)
			records[key] = strings.Repeat(key, rapid.SampledFrom([]int{0, 1, 90, 3000}).Draw(t, "size"))
		}
		withTree(t, s, records, func(got *paged, want *bbolt.Bucket) {
			for range 20 {
				key := []byte(keys.Draw(t, "sought") + rapid.SampledFrom([]string{"", "0", "6"}).Draw(t, "digit"))
				if value, err := got.get(key); err != nil || !bytes.Equal(value, want.Get(key)) || (value == nil) != (want.Get(key) == nil) {
					t.Fatalf("%s: %.20q (%v), want %.20q", key, value, err, want.Get(key))
				}
				c := want.Cursor()
				k, v := c.Seek(key)
				most := 1 + rapid.IntRange(0, 300).Draw(t, "most")
				if err := got.from(key, func(key, value []byte) (bool, error) {
					if !bytes.Equal(key, k) || !bytes.Equal(value, v) {
						t.Fatalf("%s comes where bbolt has %s", key, k)
					}
					k, v = c.Next()
					most--
					return most > 0, nil
				}); err != nil {
					t.Fatal(err)
				}
				if most > 0 && k != nil {
					t.Fatalf("from %s the tree ends before %s", key, k)
				}
			}
		})
	})
}

// A branch that leads in a circle, or to what is no page of the tree, is an error.
func TestTreeOfDamagedPages(t *testing.T) {
	records := map[string]string{}
	for i := range 1000 {
		records[fmt.Sprintf("%05d", i)] = strings.Repeat("x", 100)
	}
	for name, lead := range map[string]func(root uint64) uint64{
		"to itself":    func(root uint64) uint64 { return root },
		"to a header":  func(uint64) uint64 { return 1 },
		"out of file":  func(uint64) uint64 { return 1 << 40 },
		"to free room": func(root uint64) uint64 { return root + 1_000_000 },
	} {
		s := openTest(t, filepath.Join(t.TempDir(), "calibrate.db"), options(1))
		withTree(t, s, records, func(read *paged, b *bbolt.Bucket) {
			root := uint64(b.Root())
			at, err := read.trunk(root, 0)
			if err != nil || at.flags != flagBranch {
				t.Fatalf("the root is no branch (%v)", err)
			}
			page := slices.Clone(at.bytes)
			for i := range at.elements {
				binary.NativeEndian.PutUint64(page[pageHeader+i*elementSize+8:], lead(root))
			}
			read.pages.r = pageInstead{read.pages.r, page, int64(root) * read.pages.meta.pageSize}
			clear(read.branches)
			var damaged *DamagedError
			if _, err := read.get([]byte("00500")); !errors.As(err, &damaged) {
				t.Errorf("%s: get says %v", name, err)
			}
			if err := read.forEach(func(_, _ []byte) error { return nil }); !errors.As(err, &damaged) {
				t.Errorf("%s: forEach says %v", name, err)
			}
		})
	}
}

// pageInstead is a file with another page in one place.
type pageInstead struct {
	r interface {
		ReadAt([]byte, int64) (int, error)
	}
	page []byte
	at   int64
}

func (p pageInstead) ReadAt(b []byte, at int64) (int, error) {
	if at == p.at {
		return copy(b, p.page), nil
	}
	return p.r.ReadAt(b, at)
}

// What screens and commands read does not go through bbolt.
func TestReadingGoesThroughThePages(t *testing.T) {
	s := openTest(t, filled(t, 300), options(2))
	for name, read := range map[string]func() error{
		"people":       func() error { _, err := s.People(); return err },
		"decisions of": func() error { _, err := s.Veiled().DecisionsOf("person 1"); return err },
		"decisions":    func() error { return s.Decisions(func(calibration.Decision) error { return nil }) },
		"sessions":     func() error { _, err := s.Sessions(); return err },
		"walks":        func() error { _, err := s.Walks(); return err },
		"rubrics":      func() error { _, err := s.Rubrics(); return err },
		"events":       func() error { _, err := s.Events("x"); return err },
	} {
		if err := read(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if s.way.steps > 0 {
			t.Errorf("%s: bbolt was asked, and the way proved for it", name)
		}
	}
}
