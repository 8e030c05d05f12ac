package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/rubric"
)

// testRubric is a rubric of two levels with two bands each; a word of one statement
// makes different rubrics of it.
func testRubric(t testing.TB, word string) *rubric.Rubric {
	t.Helper()
	band := func(name string) rubric.Band {
		return rubric.Band{Name: name, Dimensions: map[string]rubric.Content{
			"Individual": {
				Impact:    []string{name + " does " + word, name + " helps"},
				Dampeners: []string{name + " had no time"},
			},
			"Business Impact": {Impact: []string{name + " earns"}},
		}}
	}
	levels := []rubric.Level{
		{Number: 1, Name: "Starting", Bands: []rubric.Band{band("Low " + word), band("High " + word)}},
		{Number: 2, Name: "<Arrived> & proud", Bands: []rubric.Band{band("Lower " + word), band("Higher " + word)}},
	}
	for i := range levels { // texts must differ, names are the ones that tests speak of
		for j, name := range []string{"Low", "High"} {
			levels[i].Bands[j].Name = name
			for _, c := range levels[i].Bands[j].Dimensions {
				for k := range c.Impact {
					c.Impact[k] += fmt.Sprint(" at ", i+1)
				}
			}
		}
	}
	r, err := rubric.New("Tester", []string{"Individual", "Business Impact"}, levels)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// seeded is an endless source of numbers that are the same in every run.
type seeded struct {
	mu sync.Mutex
	r  *rand.ChaCha8
}

func entropy(seed byte) io.Reader { return &seeded{r: rand.NewChaCha8([32]byte{seed})} }

func (s *seeded) Read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.r.Read(p)
}

// start is when all tests happen; their clocks move a second at a time.
var start = time.Date(2031, 3, 14, 15, 9, 26, 535_897_932, time.FixedZone("UTC+1", 3600))

func clock() func() time.Time {
	var mu sync.Mutex
	now := start
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Second)
		return now
	}
}

func options(seed byte) Options { return Options{Now: clock(), Entropy: entropy(seed)} }

func openTest(t testing.TB, path string, o Options) *Store {
	t.Helper()
	s, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func newStore(t testing.TB) *Store {
	t.Helper()
	return openTest(t, filepath.Join(t.TempDir(), "calibrate.db"), options(1))
}

// decision is a valid one under testRubric.
func decision(person, reviewer string) calibration.Decision {
	return calibration.Decision{
		Person: person, Reviewer: reviewer, Dimension: "Individual", Position: "2-low",
		Stage: calibration.Draft, Confidence: calibration.Medium, Rationale: "because <this> & that",
		Evidence:  []calibration.Evidence{{Statement: "2-low/individual/impact/1", Seen: true, Note: "in March"}},
		Dampeners: []calibration.Dampener{{Statement: "2-low/individual/dampeners/1"}},
	}
}

func mustPlace(t testing.TB, s *Store, d calibration.Decision, r *rubric.Rubric) calibration.Decision {
	t.Helper()
	kept, err := s.Place(d, r)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func must[T any](t rapid.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// wantClean fails unless a check finds no problem.
func wantClean(t rapid.TB, s *Store) Report {
	t.Helper()
	report := must[Report](t)(s.Check())
	if report.Problems() > 0 {
		t.Fatalf("the file should be sound:\n%s", report)
	}
	return report
}

func wantSame(t rapid.TB, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("(-want +got)\n%s", diff)
	}
}

// dump is everything that merging carries, bucket by bucket.
func dump(t rapid.TB, s *Store) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := s.db.View(func(tx *bbolt.Tx) error {
		for _, bucket := range []string{bucketDecisions, bucketByOrigin, bucketByPerson, bucketByReviewer, bucketBySession,
			bucketPeople, bucketSessions, bucketEvents, bucketRubrics, bucketChains, bucketPurged} {
			err := tx.Bucket([]byte(bucket)).ForEach(func(k, v []byte) error {
				if len(v) > frameHeader {
					v = v[frameHeader:]
				}
				all[bucket+"/"+showKey(k)] = string(v)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// edit changes the file behind the store's back.
func edit(t testing.TB, s *Store, change func(*transaction) error) {
	t.Helper()
	s.way.changed()
	if err := s.db.Update(func(tx *bbolt.Tx) error { return change(&transaction{Tx: tx}) }); err != nil {
		t.Fatal(err)
	}
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	return must[[]byte](t)(os.ReadFile(path))
}

func wantError[E error](t testing.TB, err error) E {
	t.Helper()
	var want E
	if !errors.As(err, &want) {
		t.Fatalf("want a %T, got %T: %v", want, err, err)
	}
	return want
}

func contains(t testing.TB, text, part string) {
	t.Helper()
	if !bytes.Contains([]byte(text), []byte(part)) {
		t.Fatalf("%q does not say %q", text, part)
	}
}
