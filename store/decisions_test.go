package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/rubric"
)

func TestPlaceFillsInWhatTheFileKnows(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	first := mustPlace(t, s, decision("ada", "grace"), r)

	want := decision("ada", "grace")
	want.ID, want.Rubric, want.Origin, want.Seq = first.ID, r.Hash(), s.ID(), 1
	want.DecidedAt = first.DecidedAt
	wantSame(t, want, first)
	if at := first.DecidedAt; at.Location() != time.UTC || at.Nanosecond()%int(time.Millisecond) != 0 || at.Sub(start).Abs() > time.Minute {
		t.Errorf("decided at %v: want the clock's time in UTC and whole milliseconds", at)
	}

	second := mustPlace(t, s, decision("alan", "grace"), r)
	if second.Seq != 2 || second.ID <= first.ID || len(second.Prev) != 64 {
		t.Errorf("the second decision does not follow the first: %+v", second)
	}
	wantSame(t, first, must[calibration.Decision](t)(s.Decision(first.ID)))
}

func TestDecisionsSurviveReopening(t *testing.T) {
	path, r := filepath.Join(t.TempDir(), "calibrate.db"), testRubric(t, "well")
	s := openTest(t, path, options(1))
	placed := mustPlace(t, s, decision("ada", "grace"), r)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Decision(placed.ID); err == nil {
		t.Error("a closed store answers")
	}
	s = openTest(t, path, Options{ReadOnly: true})
	wantSame(t, []calibration.Decision{placed}, must[[]calibration.Decision](t)(s.DecisionsOf("ada")))
	_, err := s.Place(decision("ada", "grace"), r)
	if err == nil {
		t.Fatal("a file that was opened for reading was written")
	}
	contains(t, err.Error(), "reading only")
}

func TestPlaceRefuses(t *testing.T) {
	r := testRubric(t, "well")
	tests := []struct {
		name   string
		change func(*calibration.Decision)
		says   string
	}{
		{"no rationale", func(d *calibration.Decision) { d.Rationale = " \n" }, "rationale"},
		{"unknown position", func(d *calibration.Decision) { d.Position = "9-low" }, "9-low"},
		{"another rubric", func(d *calibration.Decision) { d.Rubric = "sha256:00" }, "rubric"},
		{"a name that is no text", func(d *calibration.Decision) { d.Person = "a\xff" }, "UTF-8"},
		{"a rationale that grows too long", func(d *calibration.Decision) { d.Rationale = strings.Repeat("\xff", calibration.MaxRationale) }, "rationale is 60000 bytes"},
		{"unknown session", func(d *calibration.Decision) { d.Session = "spring" }, `no session is called "spring"`},
		{"nothing to supersede", func(d *calibration.Decision) { d.Supersedes = "01J00000000000000000000000" }, "no decision is called"},
		{"superseding a word", func(d *calibration.Decision) { d.Supersedes = "that" }, "no decision is called"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newStore(t)
			before := dump(t, s)
			d := decision("ada", "grace")
			test.change(&d)
			_, err := s.Place(d, r)
			if err == nil {
				t.Fatal("it was saved")
			}
			contains(t, err.Error(), "not saved")
			contains(t, err.Error(), test.says)
			wantSame(t, before, dump(t, s))
		})
	}
}

func TestFinalisedSessionTakesNoDecision(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	session := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Spring", Rubric: r.Hash()}))
	d := decision("ada", "grace")
	d.Session = session.ID
	mustPlace(t, s, d, r)

	session = must[calibration.Session](t)(s.Finalise(session.ID, "alan"))
	_, err := s.Place(d, r)
	wantSame(t, &FinalisedError{ID: session.ID, Name: "Spring"}, wantError[*FinalisedError](t, err))

	must[calibration.Session](t)(s.Reopen(session.ID, "alan", "one was missing"))
	mustPlace(t, s, d, r)
}

func TestCorrectionSupersedes(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	first := mustPlace(t, s, decision("ada", "grace"), r)
	mustPlace(t, s, decision("ada", "alan"), r) // another slot
	second := mustPlace(t, s, decision("ada", "grace"), r)
	third := mustPlace(t, s, decision("ada", "grace"), r)
	if first.Supersedes != "" || second.Supersedes != first.ID || third.Supersedes != second.ID {
		t.Errorf("superseded: %q, %q, %q", first.Supersedes, second.Supersedes, third.Supersedes)
	}
	all := must[[]calibration.Decision](t)(s.DecisionsOf("ada"))
	if len(all) != 4 {
		t.Errorf("of 4 decisions %d are left", len(all))
	}
	wantSame(t, first, all[0])

	other := decision("ada", "facilitator")
	other.Supersedes = first.ID
	if kept := mustPlace(t, s, other, r); kept.Supersedes != first.ID {
		t.Errorf("it supersedes %q, not what was asked for", kept.Supersedes)
	}
	other.Person = "alan"
	if _, err := s.Place(other, r); err == nil {
		t.Error("a decision about one person superseded one about another")
	}
}

func TestIDsRiseEvenWhenTheClockDoesNot(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var last ulid.ULID
		random := entropy(1)
		for range rapid.IntRange(2, 20).Draw(rt, "ids") {
			now := start.Add(time.Duration(rapid.Int64Range(-1e12, 1e12).Draw(rt, "clock")))
			id, err := newID(now, random, last)
			if err != nil {
				rt.Fatal(err)
			}
			if id.Compare(last) <= 0 {
				rt.Fatalf("%s does not follow %s", id, last)
			}
			last = id
		}
	})
	for _, now := range []time.Time{{}, time.Date(1969, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)} {
		if id, err := newID(now, entropy(1), ulid.ULID{}); err == nil {
			t.Errorf("the time %v gave the id %s", now, id)
		}
	}
}

// Ids of people, reviewers and sessions are text from outside. Whatever it is, each
// range holds exactly its own decisions.
func TestRangesDoNotLeak(t *testing.T) {
	r := testRubric(t, "well")
	name := rapid.OneOf(
		rapid.SampledFrom([]string{"a", "a\x00", "a\x00b", "\x00", "ab", "\x01a", strings.Repeat("a", 127), strings.Repeat("a", 128), "é", "日本"}),
		rapid.StringN(1, 20, 60),
	).Filter(func(s string) bool { return strings.TrimSpace(s) != "" })
	rapid.Check(t, func(rt *rapid.T) {
		dir := t.TempDir()
		s, err := Open(filepath.Join(dir, fmt.Sprint(rapid.Uint64().Draw(rt, "file"))), options(1))
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		s.db.NoSync = true
		names := rapid.SliceOfN(name, 1, 6).Draw(rt, "names")
		var all []calibration.Decision
		for range rapid.IntRange(1, 8).Draw(rt, "decisions") {
			d := decision(rapid.SampledFrom(names).Draw(rt, "person"), rapid.SampledFrom(names).Draw(rt, "reviewer"))
			d, err := s.Place(d, r)
			if err != nil {
				rt.Fatal(err)
			}
			all = append(all, d)
		}
		for _, n := range append(names, "nobody", strings.Repeat("n", 100_000)) {
			of, _ := s.DecisionsOf(n)
			by, _ := s.DecisionsBy(n)
			if want := filter(all, func(d calibration.Decision) bool { return d.Person == n }); !sameIDs(want, of) {
				rt.Fatalf("of %q: want %d decisions, got %d", n, len(want), len(of))
			}
			if want := filter(all, func(d calibration.Decision) bool { return d.Reviewer == n }); !sameIDs(want, by) {
				rt.Fatalf("by %q: want %d decisions, got %d", n, len(want), len(by))
			}
		}
		if in, _ := s.DecisionsIn(""); !sameIDs(all, in) {
			rt.Fatal("not all decisions are outside a session")
		}
		if report, err := s.Check(); err != nil || report.Problems() > 0 {
			rt.Fatalf("%v\n%s", err, report)
		}
	})
}

func filter(ds []calibration.Decision, keep func(calibration.Decision) bool) []calibration.Decision {
	return slices.DeleteFunc(slices.Clone(ds), func(d calibration.Decision) bool { return !keep(d) })
}

func sameIDs(a, b []calibration.Decision) bool {
	return slices.EqualFunc(a, b, func(a, b calibration.Decision) bool { return a.ID == b.ID })
}

func TestDecisionsInChunks(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	s.db.NoSync = true
	var want []string
	for i := range 2*decisionsAtOnce + 1 {
		want = append(want, mustPlace(t, s, decision(fmt.Sprint("person ", i), "grace"), r).ID)
	}
	var got []string
	late := decision("late", "grace")
	err := s.Decisions(func(d calibration.Decision) error {
		got = append(got, d.ID)
		if len(got) == 1 { // the store may be used, even written, meanwhile
			want = append(want, mustPlace(t, s, late, r).ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, want, got)

	stop := errors.New("stop")
	seen := 0
	err = s.Decisions(func(calibration.Decision) error { seen++; return stop })
	if !errors.Is(err, stop) || seen != 1 {
		t.Errorf("after %d decisions: %v", seen, err)
	}
	if err := newStore(t).Decisions(func(calibration.Decision) error { return stop }); err != nil {
		t.Errorf("an empty file: %v", err)
	}
}

func TestConcurrentPlacing(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			reviewer := fmt.Sprint("reviewer ", worker)
			for i := range 10 {
				if _, err := s.Place(decision(fmt.Sprint("person ", i), reviewer), r); err != nil {
					t.Error(err)
				}
				w := calibration.NewWalk(r, "ada", reviewer, "")
				if err := s.SaveWalk(w, r); err != nil {
					t.Error(err)
				}
				if _, err := s.DecisionsBy(reviewer); err != nil {
					t.Error(err)
				}
				if _, err := s.Rubric(r.Hash()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if report := wantClean(t, s); report.Decisions != 80 || report.Walks != 8 {
		t.Errorf("80 decisions and 8 walks were saved:\n%s", report)
	}
}

func TestRubricIsFrozen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "calibrate.db")
	s := openTest(t, path, options(1))
	old, edited := testRubric(t, "well"), testRubric(t, "better")
	first := mustPlace(t, s, decision("ada", "grace"), old)
	second := mustPlace(t, s, decision("ada", "grace"), edited)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, path, Options{ReadOnly: true})
	for hash, want := range map[string]*rubric.Rubric{first.Rubric: old, second.Rubric: edited} {
		got := must[*rubric.Rubric](t)(s.Rubric(hash))
		if got.Hash() != want.Hash() || got.AllStatements()[0].Text != want.AllStatements()[0].Text {
			t.Errorf("the copy of %s reads %q", hash, got.AllStatements()[0].Text)
		}
		if again := must[*rubric.Rubric](t)(s.Rubric(hash)); again != got {
			t.Error("the rubric was read twice")
		}
	}
	if _, err := s.Rubric("sha256:00"); err == nil {
		t.Error("a rubric came from nowhere")
	}
	var all []string
	for _, r := range must[[]*rubric.Rubric](t)(s.Rubrics()) {
		all = append(all, r.Hash())
	}
	want := []string{old.Hash(), edited.Hash()}
	slices.Sort(want)
	if !slices.Equal(all, want) {
		t.Errorf("the file lists %q, not %q", all, want)
	}
}

// The next decision brings the rubric along again.
func TestDamagedRubricIsMended(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	mustPlace(t, s, decision("ada", "grace"), r)
	edit(t, s, func(tx *transaction) error { return spoil(tx, bucketRubrics, []byte(r.Hash())) })
	mustPlace(t, s, decision("ada", "grace"), r)
	wantClean(t, s)
}
