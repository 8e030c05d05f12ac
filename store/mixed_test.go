package store

import (
	"fmt"
	"testing"

	"calibrate/calibration"
	"calibrate/rubric"
)

// otherScale is a rubric of another role, with another scale and other dimensions.
func otherScale(t testing.TB) *rubric.Rubric {
	t.Helper()
	band := func(n int) []rubric.Band {
		return []rubric.Band{{Dimensions: map[string]rubric.Content{"People": {Impact: []string{fmt.Sprint("hires ", n)}}, "Delivery": {Impact: []string{fmt.Sprint("ships ", n)}}}}}
	}
	r, err := rubric.New("Manager", []string{"People", "Delivery"}, []rubric.Level{
		{Number: 1, Name: "New", Bands: band(1)}, {Number: 2, Name: "Able", Bands: band(2)}, {Number: 3, Name: "Great", Bands: band(3)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// newMixed is a parlour that places alan under the rubric of managers.
func newMixed(t testing.TB, s *Store) (p *parlour, other *rubric.Rubric) {
	p, other = newParlour(t, s, testRubric(t, "well")), otherScale(t)
	for _, r := range []*rubric.Rubric{p.rubric, other} {
		if err := s.PutRubric(r); err != nil {
			t.Fatal(err)
		}
	}
	p.session.Rubrics = []calibration.PersonRubric{{Person: "alan", Rubric: other.Hash()}}
	p.session = must[calibration.Session](t)(s.PutSession(p.session))
	return p, other
}

func managed(p *parlour, reviewer, dimension string, stage calibration.Stage) calibration.Decision {
	d := p.decision("alan", reviewer, dimension, stage)
	d.Position = "2"
	return d
}

// Who is placed under a rubric of their own is blind until all have placed them on every
// dimension of that, and nothing else is.
func TestBlindUnderTwoRubrics(t *testing.T) {
	p, other := newMixed(t, newStore(t))
	v := p.store.Veiled()
	for _, reviewer := range panel {
		must[calibration.Decision](t)(v.Place(managed(p, reviewer, "People", calibration.Panel), other))
		wantSame(t, all(0), p.seen("alan"))
	}
	p.vote("ada", "grace")
	p.vote("ada", "edsger")
	wantSame(t, all(4), p.seen("ada"))
	wantSame(t, all(0), p.seen("alan"))
	if _, err := v.Place(managed(p, "grace", "People", calibration.Final), other); err == nil {
		t.Error("he was decided before all had placed him")
	}
	for _, reviewer := range panel {
		must[calibration.Decision](t)(v.Place(managed(p, reviewer, "Delivery", calibration.Panel), other))
	}
	wantSame(t, all(6), p.seen("alan"))

	// On the scale of another role nobody is placed here.
	_, err := v.Place(p.decision("alan", "grace", "Individual", calibration.Final), p.rubric)
	contains(t, fmt.Sprint(err), "under another rubric, Manager")
	room := must[*calibration.Room](t)(p.store.Room(p.session.ID, p.rubric))
	if !room.Mixed() || room.RubricOf("alan").Hash() != other.Hash() || room.RubricOf("ada").Hash() != p.rubric.Hash() {
		t.Errorf("the room has %v", room.Rubrics())
	}
	if len(room.Compared) != 2 || room.Compared.Under(other.Hash()).Overview().Votes != 6 || room.Compared.Under(p.rubric.Hash()).Overview().Votes != 4 {
		t.Errorf("compared: %+v", room.Compared.Overview())
	}
}

// A change of somebody's rubric after which something could be seen is refused.
func TestAnotherRubricShowsNothing(t *testing.T) {
	p, other := newMixed(t, newStore(t))
	v := p.store.Veiled()
	for _, reviewer := range panel {
		for _, dimension := range p.rubric.Dimensions { // under the rubric that the session does not place him under
			d := p.decision("alan", reviewer, dimension, calibration.Panel)
			must[calibration.Decision](t)(p.store.Place(d, p.rubric))
		}
	}
	wantSame(t, all(0), p.seen("alan"))
	changed := p.session
	changed.Rubrics = nil
	_, err := v.PutSession(changed)
	if shows := wantError[*calibration.ShowsError](t, err); len(shows.People) != 1 || shows.People[0] != "alan" {
		t.Errorf("it would show %v", shows.People)
	}
	wantSame(t, other.Hash(), must[[]calibration.Session](t)(p.store.Sessions())[0].RubricOf("alan"))
}

// Whatever is exported of a session has the rubrics that it is held under, and nobody can
// be placed under one that is not in the file.
func TestRubricsTravelWithTheirSession(t *testing.T) {
	p, other := newMixed(t, newStore(t))
	p.vote("ada", "grace")
	some := must[Batch](t)(p.store.Export(&Wanted{Decision: func(d calibration.Decision) bool { return d.Person == "ada" }}))
	if len(some.Sessions) != 1 || len(some.Rubrics) != 2 {
		t.Fatalf("%d sessions, %d rubrics", len(some.Sessions), len(some.Rubrics))
	}
	mine := newStore(t)
	must[Merged](t)(mine.Merge(some))
	wantClean(t, mine)
	must[*calibration.Room](t)(mine.Room(p.session.ID, p.rubric))

	third := newStore(t)
	without := some
	without.Rubrics = nil
	for _, payload := range some.Rubrics {
		if r, err := parseRubric(payload); err == nil && r.Hash() != other.Hash() {
			without.Rubrics = append(without.Rubrics, payload)
		}
	}
	_, err := third.Merge(without)
	contains(t, wantError[*RefusedError](t, err).Error(), "under a rubric that is not here")
	_, err = third.PutSession(calibration.Session{Name: "Autumn", Rubric: p.rubric.Hash(), People: []string{"ada"}, Rubrics: []calibration.PersonRubric{{Person: "ada", Rubric: other.Hash()}}})
	contains(t, fmt.Sprint(err), "the file holds no copy")
}
