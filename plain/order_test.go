package plain

import (
	"slices"
	"testing"
	"time"

	"calibrate/calibration"
	"calibrate/internal/memorystore"
)

// A random order is drawn once, by a seed that is on record; who changes something else of
// the session later finds the agenda as it was.
func TestRandomOrderIsDrawnOnce(t *testing.T) {
	session := func(now time.Time, lines ...string) calibration.Session {
		store, r := memorystore.New("calibrate.db", func() time.Time { return now }), builtIn(t)
		manyPeople(store, r)
		var steps []step
		for _, l := range lines {
			steps = append(steps, step{line: l})
		}
		hold(t, store, Config{Store: store, Rubric: r, Reviewer: "grace", Now: func() time.Time { return now }}, steps)
		return store.Held.Sessions[0]
	}
	made := []string{"sessions", "new", "Spring", "", "", "", "random", ""}
	first := session(fixedNow(), made...)
	if listed := session(fixedNow(), "sessions", "new", "Spring", "", "", "", "listed", ""); first.Seed == 0 || slices.Equal(first.People, listed.People) {
		t.Errorf("the seed is %d, the agenda %v", first.Seed, first.People)
	}
	if other := session(fixedNow().Add(time.Hour), made...); slices.Equal(first.People, other.People) {
		t.Error("an hour later it is the same random order")
	}
	changed := session(fixedNow(), append(made, "change", "", "", "", "90", "")...)
	if changed.Minutes != 90 || changed.Seed != first.Seed || !slices.Equal(first.People, changed.People) {
		t.Errorf("the agenda was %v, drawn by %d; with another time it is %v, by %d", first.People, first.Seed, changed.People, changed.Seed)
	}
}
