package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"calibrate/calibration"
	"calibrate/rubric"
)

// forge makes a decision's payload of a sound one and a change.
func forge(t testing.TB, d calibration.Decision, change func(*calibration.Decision)) []byte {
	t.Helper()
	change(&d)
	return must[[]byte](t)(encode(d))
}

// someone is a file of somebody else with two decisions about ada, the second
// correcting the first, a person and a session.
func someone(t testing.TB, seed byte) (s *Store, r *rubric.Rubric, made []calibration.Decision) {
	t.Helper()
	s, r = quickStore(t, t.TempDir(), seed), testRubric(t, "well")
	t.Cleanup(func() { s.Close() })
	must[[]calibration.Person](t)(s.PutPeople(calibration.Person{ID: "ada", Name: "Ada"}))
	must[calibration.Session](t)(s.PutSession(calibration.Session{ID: "spring", Name: "Spring", Rubric: r.Hash()}))
	for range 2 {
		made = append(made, mustPlace(t, s, decision("ada", "grace"), r))
	}
	return s, r, made
}

func export(t testing.TB, s *Store) Batch {
	t.Helper()
	return must[Batch](t)(s.Export(nil))
}

func TestMergeTellsWhatIsNew(t *testing.T) {
	theirs, r, made := someone(t, 2)
	mine := quickStore(t, t.TempDir(), 1)
	defer mine.Close()
	own := mustPlace(t, mine, decision("ada", "grace"), r)
	b := export(t, theirs)
	b.Decisions = append(b.Decisions, b.Decisions...)
	m := must[Merged](t)(mine.Merge(b))
	wantSame(t, []string{made[0].ID, made[1].ID}, m.New)
	if m.Known != 0 || m.People != 1 || m.Sessions != 1 || m.Rubrics != 0 {
		t.Errorf("counted wrongly: %+v", m)
	}
	wantSame(t, []Conflict{{New: made[1], Other: own}}, m.Conflicts) // the first is superseded

	third := mustPlace(t, theirs, decision("alan", "grace"), r)
	m = must[Merged](t)(mine.Merge(export(t, theirs)))
	wantSame(t, Merged{New: []string{third.ID}, Known: 2}, m)
	if report := wantClean(t, mine); report.Decisions != 4 || report.Origins != 2 {
		t.Errorf("want 4 decisions from 2 files:\n%s", report)
	}
}

func TestLaterVersionStays(t *testing.T) {
	mine, theirs := quickStore(t, t.TempDir(), 1), quickStore(t, t.TempDir(), 2)
	defer mine.Close()
	defer theirs.Close()
	put := func(s *Store, team string) {
		must[[]calibration.Person](t)(s.PutPeople(calibration.Person{ID: "ada", Name: "Ada", Team: team}))
	}
	team := func(s *Store) string { return must[[]calibration.Person](t)(s.People())[0].Team }

	put(mine, "A")
	early := export(t, mine)
	must[Merged](t)(theirs.Merge(early))
	put(theirs, "B")
	must[Merged](t)(mine.Merge(export(t, theirs)))
	if got := team(mine); got != "B" {
		t.Errorf("the later version did not arrive: team %s", got)
	}
	if m := must[Merged](t)(mine.Merge(early)); m.People != 0 || team(mine) != "B" {
		t.Errorf("an earlier version took its place: team %s", team(mine))
	}
	put(mine, "C") // wins over a version that came from elsewhere, whatever the clock says
	must[Merged](t)(theirs.Merge(export(t, mine)))
	if got := team(theirs); got != "C" {
		t.Errorf("the latest version did not arrive: team %s", got)
	}
}

// Whatever is wrong with one record, nothing of the batch is taken in, and all that is
// wrong is told at once.
func TestMergeRefuses(t *testing.T) {
	theirs, _, made := someone(t, 2)
	good := export(t, theirs)
	first, second := made[0], made[1]
	decisions := func(change func(*calibration.Decision)) func(*Batch) {
		return func(b *Batch) { b.Decisions[1] = forge(t, second, change) }
	}
	later := testRubric(t, "better")
	tests := []struct {
		name   string
		change func(*Batch)
		record string
		why    string
	}{
		{"no JSON", func(b *Batch) { b.Decisions[1] = []byte("{") }, "decision 2", "not the JSON"},
		{"no UTF-8", func(b *Batch) { b.Decisions[1] = []byte("{\"id\":\"\xff\"}") }, "decision 2", "UTF-8"},
		{"another kind of JSON", func(b *Batch) { b.Decisions[1] = []byte("null") }, "decision 2", "not an id"},
		{"no id", decisions(func(d *calibration.Decision) { d.ID = "" }), "decision 2", "not an id"},
		{"an id in small letters", decisions(func(d *calibration.Decision) { d.ID = strings.ToLower(d.ID) }), "decision 2", "not an id"},
		{"an id from after the end of time", decisions(func(d *calibration.Decision) { d.ID = "7ZZZZZZZZZZZZZZZZZZZZZZZZZ" }), "decision 2", "2199"},
		{"no origin", decisions(func(d *calibration.Decision) { d.Origin = "" }), "decision 2 (" + second.ID + ")", "its origin"},
		{"superseding a word", decisions(func(d *calibration.Decision) { d.Supersedes = "that" }), "decision 2", "what it supersedes"},
		{"no number", decisions(func(d *calibration.Decision) { d.Seq = 0 }), "decision 2", "its number in the chain is 0"},
		{"a number that is too high", decisions(func(d *calibration.Decision) { d.Seq = maxSeq + 1 }), "decision 2", "its number in the chain"},
		{"a first one that follows another", decisions(func(d *calibration.Decision) { d.Seq = 1 }), "decision 2", "first of its chain"},
		{"a hash that is none", decisions(func(d *calibration.Decision) { d.Prev = "xyz" }), "decision 2", "SHA-256"},
		{"a hash in capitals", decisions(func(d *calibration.Decision) { d.Prev = strings.ToUpper(d.Prev) }), "decision 2", "SHA-256"},
		{"no time", decisions(func(d *calibration.Decision) { d.DecidedAt = time.Time{} }), "decision 2", "when it was made"},
		{"no rationale", decisions(func(d *calibration.Decision) { d.Rationale = "" }), "decision 2", "rationale"},
		{"a position that the rubric does not have", decisions(func(d *calibration.Decision) { d.Position = "9-low" }), "decision 2", "9-low"},
		{"a rubric that nobody has", decisions(func(d *calibration.Decision) { d.Rubric = later.Hash() }), "decision 2", "no copy of the rubric"},
		{"two of one id", func(b *Batch) {
			b.Decisions = append(b.Decisions, forge(t, second, func(d *calibration.Decision) { d.Rationale = "no" }))
		}, "decision 3 (" + second.ID + ")", "tampered"},
		{"a person without a name", func(b *Batch) { b.People[0] = []byte(`{"id":"ada","version":"` + first.ID + `"}`) }, "person 1", "name"},
		{"a person without an id", func(b *Batch) { b.People[0] = []byte(`{"name":"Ada","version":"` + first.ID + `"}`) }, "person 1", "no id"},
		{"a person without a version", func(b *Batch) { b.People[0] = []byte(`{"id":"ada","name":"Ada"}`) }, "person 1", "its version"},
		{"a session without a state", func(b *Batch) { b.Sessions[0] = []byte(`{"id":"s","name":"S","version":"` + first.ID + `"}`) }, "session 1", "state"},
		{"no rubric", func(b *Batch) { b.Rubrics[0] = []byte(`{"role":"x"}`) }, "rubric 1", "levels"},
		{"a rubric laid out anew", func(b *Batch) { b.Rubrics[0] = append([]byte(" "), b.Rubrics[0]...) }, "rubric 1", "canonical"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			mine := quickStore(t, t.TempDir(), 1)
			defer mine.Close()
			before := dump(t, mine)
			b := Batch{slices.Clone(good.Decisions), slices.Clone(good.People), slices.Clone(good.Sessions), slices.Clone(good.Events), slices.Clone(good.Rubrics), slices.Clone(good.Tombstones)}
			test.change(&b)
			_, err := mine.Merge(b)
			wrong := wantError[*RefusedError](t, err).Wrong
			_, foretold := mine.Preview(b)
			wantSame(t, wrong, wantError[*RefusedError](t, foretold).Wrong)
			if !slices.ContainsFunc(wrong, func(w Wrong) bool {
				return strings.HasPrefix(w.Record, test.record) && strings.Contains(w.Why, test.why)
			}) {
				t.Errorf("want %q to be refused because of %q, got %+v", test.record, test.why, wrong)
			}
			wantSame(t, before, dump(t, mine))
			must[Merged](t)(mine.Merge(good)) // nothing of the refused one is in the way
		})
	}
	t.Run("other content", func(t *testing.T) {
		mine := quickStore(t, t.TempDir(), 1)
		defer mine.Close()
		must[Merged](t)(mine.Merge(good))
		_, err := mine.Merge(Batch{Decisions: [][]byte{forge(t, second, func(d *calibration.Decision) { d.Position = "1-low"; d.Evidence, d.Dampeners = nil, nil })}})
		contains(t, wantError[*RefusedError](t, err).Wrong[0].Why, "this file has it with other content")
	})
	t.Run("everything", func(t *testing.T) {
		mine := quickStore(t, t.TempDir(), 1)
		defer mine.Close()
		bad := []byte("{}")
		_, err := mine.Merge(Batch{[][]byte{bad, bad}, [][]byte{bad}, [][]byte{bad}, [][]byte{bad}, [][]byte{bad}, [][]byte{bad}})
		if wrong := wantError[*RefusedError](t, err).Wrong; len(wrong) != 7 {
			t.Errorf("want all 7 to be told, got %+v", wrong)
		}
		if kind, at := wantError[*RefusedError](t, err).Wrong[5].Place(); kind != "decision" || at != 2 {
			t.Errorf("the last wrong record is %s %d", kind, at)
		}
		contains(t, err.Error(), "nothing was taken in")
		contains(t, err.Error(), "and 4 more")
	})
}

// No packet may keep the file from working. These are as if made on purpose.
func TestHostilePackets(t *testing.T) {
	theirs, r, made := someone(t, 2)
	good := export(t, theirs)
	lastID := "06K7MS39ZZZZZZZZZZZZZZZZZZ" // of the last millisecond of 2199
	numbered := func(i, seq int) func(*calibration.Decision) {
		return func(d *calibration.Decision) {
			d.ID, d.Seq, d.Supersedes = fmt.Sprintf("01R6M4MX%018d", i), uint64(seq), ""
			d.Prev = ""
			if seq > 1 {
				d.Prev = strings.Repeat("ab", 32)
			}
		}
	}

	t.Run("an id from the end of time", func(t *testing.T) {
		mine := quickStore(t, t.TempDir(), 1)
		defer mine.Close()
		person := []byte(`{"id":"ada","name":"Ada","added_at":"2031-03-14T15:09:26Z","version":"` + lastID + `"}`)
		last := forge(t, made[0], func(d *calibration.Decision) { d.ID = lastID })
		must[Merged](t)(mine.Merge(Batch{Decisions: [][]byte{last}, People: [][]byte{person}, Rubrics: good.Rubrics}))
		placed := mustPlace(t, mine, decision("ada", "grace"), r)
		if placed.Supersedes != lastID {
			t.Errorf("it supersedes %q", placed.Supersedes)
		}
		must[[]calibration.Person](t)(mine.PutPeople(calibration.Person{ID: "ada", Name: "Ada L."}))
		wantClean(t, mine)
		must[Merged](t)(theirs.Merge(export(t, mine)))
	})
	t.Run("the last number of one's own chain", func(t *testing.T) {
		mine := quickStore(t, t.TempDir(), 1)
		defer mine.Close()
		own := mustPlace(t, mine, decision("ada", "grace"), r)
		foreign := forge(t, made[1], func(d *calibration.Decision) { d.Origin, d.Seq = mine.ID(), maxSeq })
		must[Merged](t)(mine.Merge(Batch{Decisions: [][]byte{foreign}, Rubrics: good.Rubrics}))
		if next := mustPlace(t, mine, decision("ada", "grace"), r); next.Seq != own.Seq+1 {
			t.Errorf("it goes on with number %d", next.Seq)
		}
		wantClean(t, mine)
		must[Merged](t)(quickStore(t, t.TempDir(), 3).Merge(export(t, mine)))
	})
	t.Run("many decisions in one slot", func(t *testing.T) {
		mine := quickStore(t, t.TempDir(), 1)
		defer mine.Close()
		b := Batch{Rubrics: good.Rubrics}
		for i := range 3000 {
			b.Decisions = append(b.Decisions, forge(t, made[0], numbered(i, i+1)))
		}
		m := must[Merged](t)(mine.Merge(b))
		if len(m.New) != 3000 || len(m.Conflicts) != 2999 {
			t.Errorf("%d new, %d conflicts", len(m.New), len(m.Conflicts))
		}
	})
	t.Run("many decisions with one number", func(t *testing.T) {
		mine := quickStore(t, t.TempDir(), 1)
		defer mine.Close()
		b := Batch{Rubrics: good.Rubrics}
		for i := range 3000 {
			b.Decisions = append(b.Decisions, forge(t, made[0], numbered(i, 1)))
		}
		before := dump(t, mine)
		_, err := mine.Merge(b)
		if err == nil {
			t.Fatal("it was taken in")
		}
		contains(t, err.Error(), "number 1")
		wantSame(t, before, dump(t, mine))
	})
}
