package demo

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"calibrate/calibration"
	"calibrate/rubric"
	"calibrate/store"
)

// now is when the tests' demos happen: a Saturday, in a zone of its own.
var now = time.Date(2031, 3, 15, 10, 9, 26, 535_897_932, time.FixedZone("UTC+5", 5*3600))

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func builtIn(t testing.TB) *rubric.Rubric {
	t.Helper()
	return must[*rubric.Rubric](t)(rubric.Parse("rubric.yaml", must[[]byte](t)(os.ReadFile("../rubric.yaml"))))
}

// written opens a demo that was written for the test.
func written(t testing.TB, r *rubric.Rubric, seed uint64) *store.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "demo.db")
	if err := Write(path, r, seed, now); err != nil {
		t.Fatal(err)
	}
	s := must[*store.Store](t)(store.Open(path, store.Options{ReadOnly: true}))
	t.Cleanup(func() { s.Close() })
	return s
}

func decisions(t testing.TB, s *store.Store) (all []calibration.Decision) {
	t.Helper()
	if err := s.Decisions(func(d calibration.Decision) error { all = append(all, d); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestSameSeedSameRecords(t *testing.T) {
	r := builtIn(t)
	one, again, other := written(t, r, 7), written(t, r, 7), written(t, r, 8)
	export := func(s *store.Store) store.Batch { return must[store.Batch](t)(s.Export(nil)) }
	same := func(a, b [][]byte) bool { return slices.EqualFunc(a, b, bytes.Equal) }
	a, b, c := export(one), export(again), export(other)
	if !same(a.Decisions, b.Decisions) || !same(a.People, b.People) || !same(a.Sessions, b.Sessions) || !same(a.Events, b.Events) || !same(a.Rubrics, b.Rubrics) {
		t.Error("the same seed told another story")
	}
	if one.ID() != again.ID() {
		t.Errorf("the files have the ids %s and %s", one.ID(), again.ID())
	}
	walks := func(s *store.Store) []calibration.Walk { return must[[]calibration.Walk](t)(s.Walks()) }
	if diff := cmp.Diff(walks(one), walks(again)); diff != "" {
		t.Errorf("the same seed left another walk:\n%s", diff)
	}
	if same(a.Decisions, c.Decisions) || same(a.People, c.People) || one.ID() == other.ID() {
		t.Error("another seed told the same story")
	}
}

func TestFileIsSound(t *testing.T) {
	s := written(t, builtIn(t), 1)
	report := must[store.Report](t)(s.Check())
	if len(report.Findings) > 0 {
		t.Errorf("\n%s", report)
	}
	last := calibration.Decision{}
	for _, d := range decisions(t, s) {
		if !d.DecidedAt.After(last.DecidedAt) || !d.DecidedAt.Before(now) {
			t.Fatalf("decided at %v, after one of %v", d.DecidedAt, last.DecidedAt)
		}
		last = d
	}
}

func TestFileThatIsThereIsLeft(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := Write(path, builtIn(t), 1, now)
	if !errors.Is(err, fs.ErrExist) || !bytes.Contains([]byte(err.Error()), []byte(path)) {
		t.Errorf("the error is %v", err)
	}
	if got := must[[]byte](t)(os.ReadFile(path)); string(got) != "mine" {
		t.Errorf("the file now holds %q", got)
	}
	if err := Write(dir, builtIn(t), 1, now); !errors.Is(err, fs.ErrExist) {
		t.Errorf("in the place of a folder: %v", err)
	}
	wantOnly(t, dir, "notes.txt")
}

func TestOneOfTwoWins(t *testing.T) {
	dir, r := t.TempDir(), builtIn(t)
	errs := make([]error, 3)
	var group sync.WaitGroup
	for i := range errs {
		group.Go(func() { errs[i] = Write(filepath.Join(dir, "new", "demo.db"), r, uint64(i), now) })
	}
	group.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, fs.ErrExist):
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d of %d wrote the file", won, len(errs))
	}
	wantOnly(t, filepath.Join(dir, "new"), "demo.db")
}

func TestWhatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(filepath.Join(dir, "file", "demo.db"), builtIn(t), 1, now); err == nil {
		t.Error("it was written below a file")
	}
	if err := Write(filepath.Join(dir, "demo.db"), builtIn(t), 1, time.Time{}); err == nil {
		t.Error("it was written before there was time")
	}
	wantOnly(t, dir, "file")
}

// wantOnly fails where something half done was left behind.
func wantOnly(t *testing.T, dir, name string) {
	t.Helper()
	for _, e := range must[[]os.DirEntry](t)(os.ReadDir(dir)) {
		if e.Name() != name {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	dir, r := b.TempDir(), builtIn(b)
	for b.Loop() {
		path := filepath.Join(dir, "demo.db")
		if err := Write(path, r, 1, now); err != nil {
			b.Fatal(err)
		}
		if err := os.Remove(path); err != nil {
			b.Fatal(err)
		}
	}
}
