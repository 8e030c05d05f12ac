package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"calibrate/calibration"
)

func TestDecisionsForAComparison(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	spring := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Spring", People: []string{"ada"}}))
	autumn := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Autumn", People: []string{"ada", "alan"}}))
	place := func(person, session string) string {
		d := decision(person, "grace")
		d.Session = session
		return mustPlace(t, s, d, r).ID
	}
	drafted, other := place("ada", ""), place("alan", "")
	inSpring, inAutumn := place("ada", spring.ID), place("alan", autumn.ID)

	for name, test := range map[string]struct {
		sessions []string
		want     []string
	}{
		"all":                   {nil, []string{drafted, other, inSpring, inAutumn}},
		"one session":           {[]string{spring.ID}, []string{drafted, inSpring}},
		"two sessions":          {[]string{spring.ID, autumn.ID}, []string{drafted, other, inSpring, inAutumn}},
		"outside any":           {[]string{""}, []string{drafted, other}},
		"a session and outside": {[]string{spring.ID, ""}, []string{drafted, other, inSpring}},
		"a session of nobody's": {[]string{"01J00000000000000000000000"}, nil},
	} {
		var got []string
		err := s.DecisionsFor(calibration.Filter{Sessions: test.sessions}, func(d calibration.Decision) error {
			got = append(got, d.ID)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
	if made, err := s.Made(); err != nil || made != 4 {
		t.Errorf("%d decisions were made (%v), want 4", made, err)
	}
	stop := errors.New("stop")
	for _, sessions := range [][]string{nil, {spring.ID}} {
		if err := s.DecisionsFor(calibration.Filter{Sessions: sessions}, func(calibration.Decision) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("%v: %v", sessions, err)
		}
	}
}

// However people are drafted, in whatever sessions and by whatever clock, a comparison gets
// all that counts in its sessions, each once, and of what was drafted outside no more.
func TestDecisionsForMissesNothing(t *testing.T) {
	r := testRubric(t, "well")
	rapid.Check(t, func(t *rapid.T) {
		folder, err := os.MkdirTemp("", "calibrate-test-")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(folder)
		now := start
		o := options(1)
		o.Now = func() time.Time { return now }
		s := must[*Store](t)(Open(filepath.Join(folder, "calibrate.db"), o))
		defer s.Close()
		s.db.NoSync = true
		people := []string{"ada", "alan", "ad"}
		var sessions []string
		t.Repeat(map[string]func(*rapid.T){
			"wait": func(t *rapid.T) {
				now = now.Add(time.Duration(rapid.IntRange(-3, 9).Draw(t, "hours")) * time.Hour) // clocks are set, too
			},
			"open": func(t *rapid.T) {
				agenda := rapid.SliceOfNDistinct(rapid.SampledFrom(people), 0, 3, rapid.ID).Draw(t, "agenda")
				sessions = append(sessions, must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Session", People: agenda})).ID)
			},
			"turn": func(t *rapid.T) {
				if len(sessions) == 0 {
					t.Skip("no session")
				}
				id := rapid.SampledFrom(sessions).Draw(t, "session")
				if _, err := s.turn(id, calibration.Event{Kind: calibration.Finalise, By: "grace"}); err != nil {
					must[calibration.Session](t)(s.Reopen(id, "grace", "again"))
				}
			},
			"place": func(t *rapid.T) {
				d := decision(rapid.SampledFrom(people).Draw(t, "person"), "grace")
				d.Stage = rapid.SampledFrom(calibration.Stages()).Draw(t, "stage")
				d.Session = rapid.SampledFrom(append(sessions, "")).Draw(t, "in")
				_, err := s.Place(d, r)
				if finalised := new(FinalisedError); err != nil && !errors.As(err, &finalised) {
					t.Fatal(err)
				}
			},
			"": func(t *rapid.T) {
				if len(sessions) == 0 {
					return
				}
				f := calibration.Filter{Sessions: rapid.SliceOfN(rapid.SampledFrom(append(sessions, "")), 1, 3).Draw(t, "filter")}
				counts := calibration.CountsIn(must[[]calibration.Session](t)(s.Sessions()))
				var got, want []string
				if err := s.Decisions(func(d calibration.Decision) error {
					if slices.Contains(f.Sessions, counts(d)) {
						want = append(want, d.ID)
					}
					return nil
				}); err != nil {
					t.Fatal(err)
				}
				if err := s.DecisionsFor(f, func(d calibration.Decision) error {
					if got = append(got, d.ID); !slices.Contains(f.Sessions, counts(d)) && !slices.Contains(f.Sessions, d.Session) {
						t.Errorf("%s counts elsewhere", d.ID)
					}
					return nil
				}); err != nil {
					t.Fatal(err)
				}
				slices.Sort(got)
				if twice := slices.Compact(slices.Clone(got)); len(twice) < len(got) {
					t.Errorf("%v come twice", got)
				}
				for _, id := range want {
					if !slices.Contains(got, id) {
						t.Errorf("%s is missing of %v", id, want)
					}
				}
			},
		})
	})
}

// What a caller does to the sessions that it was given is nobody else's.
func TestSessionsAreTheCallersOwn(t *testing.T) {
	s := newStore(t)
	spring := calibration.Session{Name: "Spring", Rubric: "sha256:a", People: []string{"ada", "alan"}, Panel: []calibration.Panellist{{Reviewer: "grace"}}}
	must[calibration.Session](t)(s.PutSession(spring))
	one, another := must[[]calibration.Session](t)(s.Sessions())[0], must[calibration.Session](t)(s.Session("Spring"))
	one.People, one.Panel[0].Reviewer = append(one.People, "one"), "one"
	another.People, another.Panel[0].Reviewer = append(another.People, "another"), "another"
	if one.People[2] != "one" || one.Panel[0].Reviewer != "one" {
		t.Errorf("one has %v and %v", one.People, one.Panel)
	}
	if again := must[[]calibration.Session](t)(s.Sessions())[0]; len(again.People) != 2 || again.Panel[0].Reviewer != "grace" {
		t.Errorf("the next one got %v, %v", again.People, again.Panel)
	}
}
