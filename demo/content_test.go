package demo

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"calibrate/calibration"
)

func TestWhoThereIs(t *testing.T) {
	for seed := range uint64(3) {
		s := written(t, builtIn(t), seed)
		teams, managers, names, ids := map[string]int{}, map[string]bool{}, map[string]int{}, map[string]bool{}
		for _, p := range must[[]calibration.Person](t)(s.People()) {
			teams[p.Team]++
			managers[p.Manager] = true
			names[p.Name]++
			ids[p.ID] = true
			if p.Role != "Senior Platform Engineer" {
				t.Errorf("%s has the role %q", p.Name, p.Role)
			}
		}
		raters := map[string]bool{}
		for _, d := range decisions(t, s) {
			raters[d.Reviewer] = true
		}
		if len(ids) != 24 || len(teams) != 4 || len(managers) != 4 || len(raters) != 6 {
			t.Errorf("%d people in %d teams with %d managers, rated by %d", len(ids), len(teams), len(managers), len(raters))
		}
		for team, n := range teams {
			if n != 6 {
				t.Errorf("%s has %d people", team, n)
			}
		}
		if names["Wei Zhang"] != 2 || !ids["004711"] {
			t.Error("nobody shares a name, or an id lost its zeros")
		}
		for rater := range raters {
			if names[rater] > 0 {
				t.Errorf("%s rates and is rated", rater)
			}
			delete(managers, rater)
		}
		if len(managers) > 0 {
			t.Errorf("managers who rate nobody: %v", managers)
		}
	}
}

func TestThreeSessions(t *testing.T) {
	s := written(t, builtIn(t), 1)
	held := must[[]calibration.Session](t)(s.Sessions())
	var names []string
	for i, session := range held {
		names = append(names, session.Name)
		stages, corrected := map[calibration.Stage]int{}, 0
		for _, d := range must[[]calibration.Decision](t)(s.DecisionsIn(session.ID)) {
			stages[d.Stage]++
			if d.Supersedes != "" {
				corrected++
			}
			if d.DecidedAt.Before(session.OpenedAt) || i < openSession && d.DecidedAt.After(session.FinalisedAt) {
				t.Errorf("%s: decided at %v, outside of the session", session.Name, d.DecidedAt)
			}
		}
		t.Logf("%s: %v, %d of them corrections", session.Name, stages, corrected)
		if corrected == 0 || stages[calibration.Final] == 0 || stages[calibration.Panel] <= stages[calibration.Draft] {
			t.Errorf("%s: %v, %d of them corrections", session.Name, stages, corrected)
		}
		if want := i == openSession; want != (session.State == calibration.Open) {
			t.Errorf("%s is %s", session.Name, session.State)
		}
	}
	if want := []string{"2030 H1", "2030 H2", "2031 H1"}; !slices.Equal(want, names) {
		t.Errorf("want the sessions %v, got %v", want, names)
	}
	if gap := held[1].FinalisedAt.Sub(held[0].FinalisedAt); gap != 26*7*24*time.Hour {
		t.Errorf("finalised %v apart", gap)
	}
}

// The open session shows every state that a person can be in.
func TestOpenSessionIsUnderWay(t *testing.T) {
	s := written(t, builtIn(t), 1)
	open := must[[]calibration.Session](t)(s.Sessions())[openSession]
	states := map[calibration.Stage]int{}
	for _, id := range open.People {
		standings := calibration.Standings(must[[]calibration.Decision](t)(s.DecisionsOf(id)), open.ID)
		for _, dimension := range []string{"Individual", "Business Impact"} {
			states[standings[dimension].Stage]++
		}
	}
	want := map[calibration.Stage]int{"": 2*3 + 1 + 1, calibration.Draft: 2*7 + 1 + 1, calibration.Panel: 2 * (5 + 3), calibration.Final: 2 * 4}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Errorf("people on dimensions by how far they are (-want +got)\n%s", diff)
	}

	walks := must[[]calibration.Walk](t)(s.Walks())
	if len(walks) != 1 {
		t.Fatalf("%d unfinished walks", len(walks))
	}
	w := walks[0]
	if w.Reviewer != Reviewer || w.Session != open.ID || !w.SavedAt.Before(now) {
		t.Errorf("the walk of %s in %s, saved at %v", w.Reviewer, w.Session, w.SavedAt)
	}
	track := w.Track()
	if len(track.Ticks) == 0 || len(track.Verdicts) == 0 || track.Form.Rationale == "" {
		t.Errorf("nothing to go on with: %+v", track)
	}
}
