package store

import (
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"calibrate/calibration"
)

// several are decisions of which some correct others.
func several(session string) []calibration.Decision {
	ds := []calibration.Decision{
		decision("ada", "grace"), decision("alan", "grace"), decision("ada", "grace"),
		decision("ada", "alan"), decision("ada", "grace"),
	}
	ds[1].Session = session
	ds[3].Session = session
	return ds
}

// newSession opens a session that takes decisions.
func newSession(t *testing.T, s *Store) calibration.Session {
	t.Helper()
	return must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Spring"}))
}

func TestPlaceAllIsPlacingOneAfterTheOther(t *testing.T) {
	r := testRubric(t, "well")
	one, all := newStore(t), newStore(t)
	var want []calibration.Decision
	for _, d := range several(newSession(t, one).ID) {
		want = append(want, mustPlace(t, one, d, r))
	}
	got := must[[]calibration.Decision](t)(all.PlaceAll(r, several(newSession(t, all).ID)...))
	wantSame(t, want, got)
	wantSame(t, dump(t, one), dump(t, all))
	wantClean(t, all)
	if got[2].Supersedes != got[0].ID || got[4].Supersedes != got[2].ID || got[3].Supersedes != "" {
		t.Errorf("superseded: %q, %q, %q", got[2].Supersedes, got[4].Supersedes, got[3].Supersedes)
	}

	after := mustPlace(t, all, decision("ada", "grace"), r)
	if after.Supersedes != got[4].ID || after.Seq != got[4].Seq+1 {
		t.Errorf("the next decision does not follow the last of all: %+v", after)
	}
}

// commits says how many times the file was written.
func commits(t *testing.T, s *Store) (n int) {
	t.Helper()
	if err := s.db.View(func(tx *bbolt.Tx) error { n = tx.ID(); return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestPlaceAllCommitsOnce(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	before := commits(t, s)
	must[[]calibration.Decision](t)(s.PlaceAll(r, several("")...))
	if n := commits(t, s) - before; n != 1 {
		t.Errorf("it took %d commits", n)
	}
	if kept, err := s.PlaceAll(r); len(kept) > 0 || err != nil {
		t.Errorf("no decisions gave %v, %v", kept, err)
	}
	if n := commits(t, s) - before; n != 1 {
		t.Error("no decisions were written down")
	}
}

func TestPlaceAllIsAllOrNothing(t *testing.T) {
	r := testRubric(t, "well")
	tests := []struct {
		name   string
		change func(*testing.T, *Store, *calibration.Decision)
		says   string
	}{
		{"no rationale", func(_ *testing.T, _ *Store, d *calibration.Decision) { d.Rationale = "" }, "rationale"},
		{"a name that is no text", func(_ *testing.T, _ *Store, d *calibration.Decision) { d.Reviewer = "a\xff" }, "UTF-8"},
		{"unknown session", func(_ *testing.T, _ *Store, d *calibration.Decision) { d.Session = "autumn" }, `no session is called "autumn"`},
		{"nothing to supersede", func(_ *testing.T, _ *Store, d *calibration.Decision) { d.Supersedes = "that" }, "no decision is called"},
		{"finalised session", func(t *testing.T, s *Store, d *calibration.Decision) {
			winter := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Winter"}))
			d.Session = must[calibration.Session](t)(s.Finalise(winter.ID, "grace")).ID
		}, "finalised"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newStore(t)
			mustPlace(t, s, decision("ada", "grace"), r)
			ds := several(newSession(t, s).ID)
			test.change(t, s, &ds[3])
			before := dump(t, s)
			kept, err := s.PlaceAll(r, ds...)
			if err == nil {
				t.Fatalf("saved: %+v", kept)
			}
			contains(t, err.Error(), "no decision was saved: decision 4 of 5 (Individual of \"ada\")")
			contains(t, err.Error(), test.says)
			wantSame(t, before, dump(t, s))
		})
	}
}

func TestPlaceAllNeedsARubricAndAFileToWrite(t *testing.T) {
	path, r := filepath.Join(t.TempDir(), "calibrate.db"), testRubric(t, "well")
	s := openTest(t, path, options(1))
	if _, err := s.PlaceAll(nil, several("")...); err == nil {
		t.Error("decisions were made under no rubric")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, path, Options{ReadOnly: true})
	_, err := s.PlaceAll(r, several("")...)
	if err == nil {
		t.Fatal("a file that was opened for reading was written")
	}
	contains(t, err.Error(), "reading only")
}
