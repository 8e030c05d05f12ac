package store

import (
	"errors"
	"slices"
	"testing"

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

// What a caller does to the sessions that it was given is nobody else's.
func TestSessionsAreTheCallersOwn(t *testing.T) {
	s := newStore(t)
	must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Spring", People: []string{"ada", "alan"}}))
	one := must[[]calibration.Session](t)(s.Sessions())[0]
	one.People[0] = "nobody"
	if again := must[[]calibration.Session](t)(s.Sessions())[0]; again.People[0] != "ada" {
		t.Errorf("the next one got %v", again.People)
	}
}
