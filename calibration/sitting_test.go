package calibration_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"calibrate/calibration"
)

func TestNextDimensionOfASitting(t *testing.T) {
	dims := []string{"Individual", "Business Impact", "Craft"}
	for _, test := range []struct {
		name  string
		at    string
		done  []string
		saved []string
		want  string
	}{
		{name: "round the rubric", at: "Craft", want: "Individual"},
		{name: "past what was saved", at: "Individual", saved: []string{"Business Impact"}, want: "Craft"},
		{name: "past what was placed in an earlier sitting", at: "Individual", done: []string{"Business Impact", "Craft"}, want: ""},
		{name: "not back to where it stands", at: "Individual", saved: []string{"Business Impact", "Craft"}, want: ""},
	} {
		s := calibration.Sitting{Stage: calibration.Panel, Done: test.done}
		next, ok := s.Next(dims, test.at, func(d string) bool {
			for _, name := range test.saved {
				if name == d {
					return true
				}
			}
			return false
		})
		if next != test.want || ok != (test.want != "") {
			t.Errorf("%s: %q, %v", test.name, next, ok)
		}
	}
}

func TestChangeIsNeededWhereADraftIsNotFollowed(t *testing.T) {
	drafts := map[string]calibration.Decision{"Individual": {Position: "3-mid"}}
	for _, test := range []struct {
		stage               calibration.Stage
		dimension, position string
		want                bool
	}{
		{calibration.Final, "Individual", "3-high", true}, {calibration.Final, "Individual", "3-mid", false}, {calibration.Final, "Craft", "1-low", false}, {calibration.Panel, "Individual", "3-high", false},
	} {
		if _, needs := (calibration.Sitting{Stage: test.stage, Drafts: drafts}).NeedsChange(test.dimension, test.position); needs != test.want {
			t.Errorf("%+v: %v", test, needs)
		}
	}
}

func TestStopwatchLosesNothingAndCountsNothingTwice(t *testing.T) {
	var w calibration.Stopwatch
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	later := func(d time.Duration) time.Time { at = at.Add(d); return at }
	w.Start("s", "ada", "grace", 10*time.Second, at)
	w.Tick(later(59 * time.Second))
	if got := w.Take(); got != nil {
		t.Errorf("written down within the minute: %+v", got)
	}
	w.Tick(later(61*time.Second + 500*time.Millisecond))
	w.Start("s", "ada", "grace", 0, at) // it runs already
	if got := w.Spent("s", "ada", 0); got != 10*time.Second+120*time.Second+500*time.Millisecond {
		t.Errorf("spent %v", got)
	}
	w.Pause(later(30*time.Second + 600*time.Millisecond))
	w.Resume(later(time.Hour))
	w.Start("s", "alan", "grace", 0, later(5*time.Second))
	w.Stop(later(2 * time.Second))
	sum := map[string]int{}
	for _, e := range w.Take() {
		sum[e.Person] += e.Seconds
	}
	if diff := cmp.Diff(map[string]int{"ada": 156, "alan": 2}, sum); diff != "" {
		t.Error(diff)
	}
	if w.Running() || w.Take() != nil {
		t.Error("it goes on")
	}
}
