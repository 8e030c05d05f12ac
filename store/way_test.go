package store

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"calibrate/calibration"
)

// Looking something up, and the first change, read as much of a large file as of a small
// one: a page more for each level of its trees. This is held by counting, not by time,
// which is another one on each machine.
func TestFirstUseReadsNoMoreOfALargeFile(t *testing.T) {
	r := testRubric(t, "well")
	uses := map[string]func(*Store) error{
		"people":       func(s *Store) error { _, err := s.People(); return err },
		"a person":     func(s *Store) error { _, err := s.DecisionsOf("person 7"); return err },
		"a session":    func(s *Store) error { _, err := s.DecisionsIn("spring"); return err },
		"what is last": func(s *Store) error { _, err := s.Events("spring"); return err },
		"a change":     func(s *Store) error { _, err := s.Place(decision("person 7", "grace"), r); return err },
	}
	reads := map[string][]int{}
	free := []int{}
	for _, n := range []int{500, 10_000} {
		path := filled(t, n)
		free = append(free, len(must[[]uint64](t)(bytesOf(t, readFile(t, path)).freelist())))
		for name, use := range uses {
			s := openTest(t, path, options(2))
			counted := &countingReader{file: readFile(t, path)}
			s.way.r = counted
			if err := use(s); err != nil {
				t.Fatal(err)
			}
			if s.way.whole.Load() {
				t.Errorf("%s of %d: everything was proved", name, n)
			}
			reads[name] = append(reads[name], counted.reads)
			s.Close()
		}
	}
	for name, n := range reads {
		if name == "a change" { // looks for each free page in each bucket too
			n[1] -= free[1] * len(buckets())
		}
		if n[1] > 2*n[0]+20 {
			t.Errorf("%s: %d pieces of a small file are read, and %d of a large one (free pages: %v)", name, n[0], n[1], free)
		}
	}
}

// A file that is looked through is proved as a whole, and what is found does not depend
// on how it was proved.
func TestProvedOnTheWayOrAtOnce(t *testing.T) {
	path := filled(t, 3000)
	var found [2][]calibration.Decision
	for i, patience := range []int{0, 1 << 30} {
		s := openTest(t, path, options(2))
		s.way.patience = patience
		if err := s.view(func(tx *transaction) error { // as changes read; others go through the pages by themselves
			for p := range 300 {
				of, err := indexed(tx, bucketByPerson, fmt.Sprint("person ", p))
				if err != nil {
					return err
				}
				found[i] = append(found[i], of...)
			}
			all, err := allRecords[calibration.Decision](tx, bucketDecisions, kindDecision)
			found[i] = append(found[i], all...)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if s.way.whole.Load() != (patience == 0) {
			t.Errorf("with the patience %d everything is proved: %v", patience, s.way.whole.Load())
		}
		for p := range 40 {
			mustPlace(t, s, decision(fmt.Sprint("person ", p), "grace"), testRubric(t, "well"))
		}
		wantClean(t, s)
		s.Close()
		if i == 0 {
			if err := os.Rename(path, filepath.Join(t.TempDir(), "done.db")); err != nil {
				t.Fatal(err)
			}
			path = filled(t, 3000)
		}
	}
	wantSame(t, len(found[0]), len(found[1]))
}
