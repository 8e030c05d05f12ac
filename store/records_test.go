package store

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"calibrate/calibration"
)

func TestPeople(t *testing.T) {
	s := newStore(t)
	added := must[[]calibration.Person](t)(s.PutPeople(
		calibration.Person{Name: "Grace", ID: "42", Extra: map[string]string{"Site": "Rome"}},
		calibration.Person{Name: "Ada"},
		calibration.Person{Name: "Ada"},
	))
	for _, p := range added {
		if p.ID == "" || p.Version == "" || p.AddedAt.IsZero() {
			t.Errorf("not filled in: %+v", p)
		}
	}
	if added[1].ID == added[2].ID {
		t.Error("two people of one name became one")
	}
	listed := must[[]calibration.Person](t)(s.People())
	if len(listed) != 3 || listed[0].Name != "Ada" || listed[0].ID > listed[1].ID || listed[2].Name != "Grace" {
		t.Errorf("not by name, then id: %+v", listed)
	}

	same := calibration.Person{Name: "Grace", ID: "42", Extra: map[string]string{"Site": "Rome"}}
	wantSame(t, added[0], must[[]calibration.Person](t)(s.PutPeople(same))[0])
	same.Team = "Compilers"
	moved := must[[]calibration.Person](t)(s.PutPeople(same))[0]
	if moved.Version <= added[0].Version || !moved.AddedAt.Equal(added[0].AddedAt) {
		t.Errorf("a change needs a later version and keeps the time of adding: %+v", moved)
	}

	before := dump(t, s)
	for _, bad := range []calibration.Person{{Name: ""}, {Name: "x", ID: "a\xff"}, {Name: "x", ID: "a\x00b"}} {
		if _, err := s.PutPeople(calibration.Person{Name: "Alan"}, bad); err == nil {
			t.Errorf("%+v was added", bad)
		}
	}
	wantSame(t, before, dump(t, s))
}

func TestSessions(t *testing.T) {
	s := newStore(t)
	autumn := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Autumn", People: []string{"b", "a"}}))
	spring := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Spring", OpenedAt: start.Add(-time.Hour), ID: "s1"}))
	if autumn.ID == "" || autumn.State != calibration.Open || autumn.OpenedAt.IsZero() || !autumn.FinalisedAt.IsZero() {
		t.Errorf("not filled in: %+v", autumn)
	}
	wantSame(t, []calibration.Session{spring, autumn}, must[[]calibration.Session](t)(s.Sessions()))

	autumn.Minutes = 90
	changed := must[calibration.Session](t)(s.PutSession(autumn))
	if changed.Version <= autumn.Version || !changed.OpenedAt.Equal(autumn.OpenedAt) {
		t.Errorf("a change needs a later version and keeps the time of opening: %+v", changed)
	}
	for _, bad := range []calibration.Session{
		{}, {Name: "a\xff"}, {Name: "x", Minutes: -1}, {Name: "x", Order: "by height"},
		{Name: "x", People: []string{"a", "a"}}, {Name: "x", Panel: []calibration.Panellist{{Reviewer: "a\xff"}}},
	} {
		if _, err := s.PutSession(bad); err == nil {
			t.Errorf("%+v was saved", bad)
		}
	}
}

func TestWalks(t *testing.T) {
	path, r := filepath.Join(t.TempDir(), "calibrate.db"), testRubric(t, "well")
	s := openTest(t, path, options(1))
	if _, found, err := s.Walk("ada", "grace", ""); found || err != nil {
		t.Fatalf("found %t: %v", found, err)
	}
	w := calibration.NewWalk(r, "ada", "grace", "").
		Toggle("1-low/individual/impact/1").
		Judge(r, calibration.Above).
		Write(calibration.Form{Rationale: "half a sent"})
	w.SavedAt = start.UTC().Truncate(time.Millisecond)
	other := calibration.NewWalk(r, "ada", "grace", "spring") // of the same person, elsewhere
	for _, walk := range []calibration.Walk{calibration.NewWalk(r, "ada", "grace", ""), w, other} {
		if err := s.SaveWalk(walk, r); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, path, Options{ReadOnly: true})
	got, found, err := s.Walk("ada", "grace", "")
	if err != nil || !found {
		t.Fatalf("found %t: %v", found, err)
	}
	wantSame(t, w, got)
	if _, err := s.Rubric(w.Rubric); err != nil {
		t.Errorf("its rubric was not kept: %v", err)
	}
	walks := must[[]calibration.Walk](t)(s.Walks())
	if len(walks) != 2 || walks[0].Session != "spring" || walks[0].SavedAt.IsZero() {
		t.Errorf("not the last saved first: %+v", walks)
	}
}

func TestSaveWalkRefuses(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	for name, w := range map[string]calibration.Walk{
		"no person":               calibration.NewWalk(r, "", "grace", ""),
		"no reviewer":             calibration.NewWalk(r, "ada", "", ""),
		"another rubric":          calibration.NewWalk(testRubric(t, "better"), "ada", "grace", ""),
		"a name that is no text":  calibration.NewWalk(r, "ada", "gr\xffce", ""),
		"a name that is too long": calibration.NewWalk(r, "ada", strings.Repeat("g", calibration.MaxNameBytes+1), ""),
	} {
		if err := s.SaveWalk(w, r); err == nil {
			t.Errorf("%s: it was saved", name)
		}
	}
	if err := s.SaveWalk(calibration.NewWalk(r, "ada", "grace", ""), nil); err == nil {
		t.Error("it was saved without a rubric")
	}
	if walks := must[[]calibration.Walk](t)(s.Walks()); len(walks) > 0 {
		t.Errorf("something was saved: %+v", walks)
	}
	wantClean(t, s)
}

// What is returned is what is kept, so that a list which is imported again is known.
func TestPeopleComeBackAsTheyWereKept(t *testing.T) {
	s := newStore(t)
	odd := calibration.Person{Name: "Ren\xe9", ID: "42", Team: "<R&D>\u2028", Extra: map[string]string{"Site\xff": "\xe9"}}
	kept := must[[]calibration.Person](t)(s.PutPeople(odd))
	wantSame(t, kept, must[[]calibration.Person](t)(s.People()))
	wantSame(t, kept, must[[]calibration.Person](t)(s.PutPeople(odd)))
	wantSame(t, kept, must[[]calibration.Person](t)(s.PutPeople(kept...)))
	if kept[0].Name != "Ren\ufffd" {
		t.Errorf("the name became %q", kept[0].Name)
	}
}
