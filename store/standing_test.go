package store

import (
	"testing"

	"pgregory.net/rapid"

	"calibrate/calibration"
)

// Whatever happened to a file before, a decision corrects the latest current one that
// answers its question, as all that the file holds about the person says.
func TestPlaceCorrectsWhatTheFileHolds(t *testing.T) {
	r := testRubric(t, "well")
	rapid.Check(t, func(rt *rapid.T) {
		s := newStore(t)
		other := must[*Store](t)(Open(t.TempDir()+"/other.db", options(2)))
		defer other.Close()
		s.db.NoSync, other.db.NoSync = true, true
		drawn := func() calibration.Decision {
			d := decision(rapid.SampledFrom([]string{"ada", "alan"}).Draw(rt, "person"), rapid.SampledFrom([]string{"grace", "howard"}).Draw(rt, "reviewer"))
			d.Stage = rapid.SampledFrom([]calibration.Stage{calibration.Draft, calibration.Final}).Draw(rt, "stage")
			return d
		}
		place := func(on *Store, d calibration.Decision) calibration.Decision {
			want := calibration.Superseded(d, must[[]calibration.Decision](t)(on.DecisionsOf(d.Person)))
			got := mustPlace(t, on, d, r)
			if d.Supersedes == "" && got.Supersedes != want {
				rt.Fatalf("it corrects %q, not %q", got.Supersedes, want)
			}
			return got
		}
		rt.Repeat(map[string]func(*rapid.T){
			"place":           func(*rapid.T) { place(s, drawn()) },
			"place elsewhere": func(*rapid.T) { place(other, drawn()) },
			"correct another slot": func(*rapid.T) {
				d := drawn()
				earlier := must[[]calibration.Decision](t)(s.DecisionsOf(d.Person))
				if len(earlier) > 0 {
					d.Supersedes = rapid.SampledFrom(earlier).Draw(rt, "corrected").ID
				}
				place(s, d)
			},
			"place all, but the last is refused": func(*rapid.T) {
				bad := drawn()
				bad.Session = "unknown"
				if _, err := s.PlaceAll(r, drawn(), bad); err == nil {
					rt.Fatal("it was saved")
				}
			},
			"place all":  func(*rapid.T) { must[[]calibration.Decision](t)(s.PlaceAll(r, drawn(), drawn())) },
			"preview":    func(*rapid.T) { must[Merged](t)(s.Preview(export(t, other))) },
			"merge":      func(*rapid.T) { must[Merged](t)(s.Merge(export(t, other))) },
			"merge back": func(*rapid.T) { must[Merged](t)(other.Merge(export(t, s))) },
			"purge": func(*rapid.T) {
				all := must[[]calibration.Decision](t)(s.DecisionsOf(drawn().Person))
				if len(all) == 0 {
					return
				}
				plan := must[Plan](t)(s.PurgePlan(Selection{Before: all[len(all)/2].DecidedAt}))
				if !plan.Empty() {
					must[Purge](t)(s.Purge(plan, "too old", "somebody else"))
				}
			},
		})
	})
}
