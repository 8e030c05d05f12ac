package store

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
)

// Whatever one record of a packet is, the packet is refused whole, or all of it can be
// read, checked, given on and worked with.
func FuzzMerge(f *testing.F) {
	theirs, r, _ := someone(f, 2)
	good := export(f, theirs)
	parts := func(b *Batch) []*[][]byte { return []*[][]byte{&b.Decisions, &b.People, &b.Sessions, &b.Rubrics} }
	for i, part := range parts(&good) {
		for _, payload := range *part {
			f.Add(byte(i), payload)
		}
	}
	mine, third := emptyFile(f, 1), emptyFile(f, 3)
	f.Fuzz(func(t *testing.T, which byte, payload []byte) {
		s := quickOpen(t, filepath.Join(t.TempDir(), "mine.db"), mine, 1)
		defer s.Close()
		b := good
		part := parts(&b)[int(which)%4]
		*part = append(slices.Clone(*part), payload)
		before := dump(t, s)
		if _, err := s.Merge(b); err != nil {
			var refused *RefusedError
			if !errors.As(err, &refused) && len(payload) < maxPayload {
				t.Errorf("it was not refused with words: %v", err)
			}
			wantSame(t, before, dump(t, s))
			return
		}
		if _, err := s.Check(); err != nil {
			t.Fatal(err)
		}
		for _, read := range []func() error{
			func() error { _, err := s.People(); return err },
			func() error { _, err := s.Sessions(); return err },
			func() error { _, err := s.DecisionsOf("ada"); return err },
		} {
			if err := read(); err != nil {
				t.Error(err)
			}
		}
		other := quickOpen(t, filepath.Join(t.TempDir(), "third.db"), third, 3)
		defer other.Close()
		must[Merged](t)(other.Merge(export(t, s)))
		wantSame(t, dump(t, s), dump(t, other))
		mustPlace(t, s, decision("ada", "grace"), r)
		mustPlace(t, other, decision("ada", "grace"), r)
	})
}
