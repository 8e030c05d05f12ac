package store

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"calibrate/calibration"
	"calibrate/rubric"
)

// A file with much to forget: Ada, whose id and name nobody else has, in a session that
// is finalised and in one that is open, and Alan, who stays.
type remembered struct {
	*Store
	rubric    *rubric.Rubric
	done, now calibration.Session
	ada, alan []calibration.Decision
}

const (
	adaID, adaName = "EMP-77041", "Ada Byron-Lovelace"
	adaReason      = "because she wrote the first program of all"
	adaNote        = "her mother was against it"
)

func newRemembered(t testing.TB, seed byte) *remembered {
	t.Helper()
	r := &remembered{Store: openTest(t, filepath.Join(t.TempDir(), "calibrate.db"), options(seed)), rubric: testRubric(t, "well")}
	r.db.NoSync, r.db.NoGrowSync = true, true
	must[[]calibration.Person](t)(r.PutPeople(
		calibration.Person{ID: adaID, Name: adaName, Team: "Engines"},
		calibration.Person{ID: "EMP-2", Name: "Alan"},
	))
	setUp := calibration.Session{
		Rubric: r.rubric.Hash(), People: []string{"EMP-2", adaID}, Panel: []calibration.Panellist{{Reviewer: "grace"}, {Reviewer: "countess", Person: adaID}},
		Recusals: []calibration.Recusal{{Reviewer: "grace", Person: adaID, Why: "is her sister"}},
	}
	for i, into := range []*calibration.Session{&r.done, &r.now} {
		setUp.Name = []string{"Spring", "Autumn"}[i]
		*into = must[calibration.Session](t)(r.PutSession(setUp))
		for _, person := range []string{adaID, "EMP-2"} {
			d := decision(person, "grace")
			d.Session, d.Rationale = into.ID, "as "+person
			if person == adaID {
				d.Rationale, d.Evidence[0].Note = adaReason, adaNote
				r.ada = append(r.ada, mustPlace(t, r.Store, d, r.rubric), mustPlace(t, r.Store, d, r.rubric))
			} else {
				r.alan = append(r.alan, mustPlace(t, r.Store, d, r.rubric))
			}
			must[calibration.Event](t)(r.Record(note(into.ID, person, "said of "+person+": "+adaNote[:3])))
		}
		w := calibration.NewWalk(r.rubric, adaID, "grace", into.ID).Write(calibration.Form{Rationale: adaReason})
		if err := r.SaveWalk(w, r.rubric); err != nil {
			t.Fatal(err)
		}
	}
	r.done = must[calibration.Session](t)(r.Finalise(r.done.ID, "grace"))
	r.alan = append(r.alan, mustPlace(t, r.Store, decision("EMP-2", "countess"), r.rubric))
	return r
}

func purge(t testing.TB, s *Store, of Selection) Purge {
	t.Helper()
	return must[Purge](t)(s.Purge(must[Plan](t)(s.PurgePlan(of)), "asked to", "grace"))
}

func person(id string) Selection { return Selection{People: []string{id}} }

// What is purged is gone from every byte of the file, and what stays is as it was.
func TestPurgedTextIsGone(t *testing.T) {
	r := newRemembered(t, 1)
	secrets := []string{adaID, adaName, "Engines", adaReason, adaNote, "is her sister", "said of EMP-77"}
	for _, secret := range secrets {
		if !bytes.Contains(readFile(t, r.Path()), []byte(secret)) {
			t.Fatalf("%q is not in the file before", secret)
		}
	}
	purge(t, r.Store, person(adaID))
	for range 2 { // also after somebody has gone on working with it
		for _, secret := range secrets {
			if bytes.Contains(readFile(t, r.Path()), []byte(secret)) {
				t.Errorf("%q is in the file still", secret)
			}
		}
		mustPlace(t, r.Store, decision("EMP-2", "grace"), r.rubric)
	}
	wantNoTemporaries(t, filepath.Dir(r.Path()))
}

func TestPurgeOfAPerson(t *testing.T) {
	r := newRemembered(t, 1)
	r.alan = append(r.alan, mustPlace(t, r.Store, decision("EMP-2", adaName), r.rubric))
	must[[]calibration.Person](t)(r.PutPeople(calibration.Person{ID: "EMP-2", Name: "Alan", Manager: adaName}))
	plan := must[Plan](t)(r.PurgePlan(person(adaID)))
	want := Plan{
		Selection: person(adaID), Decisions: 4, Events: 2, Walks: 2,
		First: r.ada[0].DecidedAt, Last: r.ada[3].DecidedAt,
		About: []PlannedPerson{{ID: adaID, Name: adaName, Decisions: 4, Whole: true}},
		Sessions: []PlannedSession{
			{ID: r.done.ID, Name: "Spring", State: calibration.Finalised, Decisions: 2, Agenda: true},
			{ID: r.now.ID, Name: "Autumn", State: calibration.Open, Decisions: 2, Agenda: true},
		},
		Left: Left{AsReviewer: 1, AsManager: 1},
	}
	plan.decisions, plan.events, plan.walks = nil, nil, nil
	if !reflect.DeepEqual(want, plan) {
		t.Errorf("want %+v\ngot  %+v", want, plan)
	}

	done := purge(t, r.Store, person(adaID))
	wantSame(t, []Purge{done}, must[[]Purge](t)(r.Purges()))
	if done.Kind != "people" || done.Decisions != 4 || done.Events != 2 || done.Walks != 2 || done.People != 1 || done.Sessions != 2 ||
		done.By != "grace" || done.Why != "asked to" || done.At.IsZero() {
		t.Errorf("not on record: %+v", done)
	}
	report := wantClean(t, r.Store)
	if report.Purged != 4 || report.Decisions != 4 || report.Events != 3 || report.Walks != 0 || report.People != 1 || len(chainFindings(report)) > 0 {
		t.Errorf("want 4 of 8 decisions purged:\n%s", report)
	}
	contains(t, report.String(), ", 4 purged\n")
	for _, d := range r.ada {
		if _, err := r.Decision(d.ID); err == nil {
			t.Errorf("%s is there still", d.ID)
		}
	}
	for _, d := range r.alan {
		wantSame(t, d, must[calibration.Decision](t)(r.Decision(d.ID)))
	}
	for i, session := range must[[]calibration.Session](t)(r.Sessions()) {
		before := []calibration.Session{r.done, r.now}[i]
		wantSame(t, []string{"EMP-2"}, session.People)
		wantSame(t, []calibration.Panellist{{Reviewer: "grace"}, {Reviewer: "countess"}}, session.Panel)
		if len(session.Recusals) > 0 || session.State != before.State || session.Version <= before.Version {
			t.Errorf("not taken off: %+v", session)
		}
	}
	path := r.Path()
	next := mustPlace(t, r.Store, decision("EMP-2", "edsger"), r.rubric)
	if next.Seq != 9 {
		t.Errorf("the chain goes on with %d", next.Seq)
	}
	after := everything(t, r.Store)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	again := openTest(t, path, options(2))
	wantSame(t, after, everything(t, again))
	wantClean(t, again)
}

// By age, nothing of an open session goes, unless somebody of it is named.
func TestPurgeByAge(t *testing.T) {
	r := newRemembered(t, 1)
	later := r.alan[2].DecidedAt.Add(time.Hour)
	plan := must[Plan](t)(r.PurgePlan(Selection{Before: later}))
	if plan.Decisions != 4 || plan.Events != 2 || plan.Walks != 1 || plan.Left.Open != 3 || !slices.Equal(plan.Left.OpenIn, []string{"Autumn"}) {
		t.Errorf("want the open session to be left alone: %+v", plan)
	}
	plan = must[Plan](t)(r.PurgePlan(Selection{Before: r.alan[0].DecidedAt}))
	if plan.Decisions != 2 || plan.Last.After(r.alan[0].DecidedAt) || plan.Events != 1 || plan.Walks != 0 {
		t.Errorf("want what is older: %+v", plan)
	}
	plan = must[Plan](t)(r.PurgePlan(Selection{People: []string{adaID}, Before: later}))
	if plan.Decisions != 4 || plan.Left.Open != 0 || len(plan.whole()) > 0 || plan.agendas() > 0 || len(plan.Sessions) != 2 {
		t.Errorf("want what is about Ada, and not herself: %+v", plan)
	}
	done := purge(t, r.Store, Selection{People: []string{adaID}, Before: later})
	if done.Kind != "people and age" || !done.Before.Equal(later) {
		t.Errorf("not on record: %+v", done)
	}
	if people := must[[]calibration.Person](t)(r.People()); len(people) != 2 {
		t.Errorf("the person went too: %+v", people)
	}
	mustPlace(t, r.Store, decision(adaID, "grace"), r.rubric) // she can be placed again
	wantClean(t, r.Store)
}

// A decision that corrects one which stays would let that one stand again.
func TestPurgeLeavesCorrections(t *testing.T) {
	s, r := quickStore(t, t.TempDir(), 1), testRubric(t, "well")
	defer s.Close()
	first := mustPlace(t, s, decision("ada", "grace"), r)
	s.now = func() time.Time { return start.AddDate(-1, 0, 0) } // the clock was set back
	var old []calibration.Decision
	for range 3 {
		old = append(old, mustPlace(t, s, decision("ada", "grace"), r))
	}
	other := mustPlace(t, s, decision("alan", "grace"), r)
	if old[0].Supersedes != first.ID {
		t.Fatal("it corrects nothing")
	}
	plan := must[Plan](t)(s.PurgePlan(Selection{Before: start}))
	if plan.Decisions != 1 || plan.Left.Correcting != 3 {
		t.Errorf("want all but one to stay: %+v", plan)
	}
	purge(t, s, Selection{Before: start})
	wantSame(t, []calibration.Decision{old[2]}, calibration.Current(must[[]calibration.Decision](t)(s.DecisionsOf("ada"))))
	if _, err := s.Decision(other.ID); err == nil {
		t.Error("nothing was purged")
	}
}

// What follows a purged decision still says so, and that is no problem.
func TestPurgedDecisionMayBeSuperseded(t *testing.T) {
	s, r := quickStore(t, t.TempDir(), 1), testRubric(t, "well")
	defer s.Close()
	first := mustPlace(t, s, decision("ada", "grace"), r)
	second := mustPlace(t, s, decision("ada", "grace"), r)
	must[[]calibration.Person](t)(s.PutPeople(calibration.Person{ID: "ada", Name: "Ada"}))
	purge(t, s, Selection{Before: second.DecidedAt})
	wantSame(t, []calibration.Decision{second}, must[[]calibration.Decision](t)(s.DecisionsOf("ada")))
	third := mustPlace(t, s, decision("ada", "grace"), r)
	if third.Supersedes != second.ID || second.Supersedes != first.ID {
		t.Errorf("the corrections lead elsewhere: %+v", third)
	}
	if report := wantClean(t, s); len(report.Findings) > 0 {
		t.Errorf("there is something to say:\n%s", report)
	}
}

func TestPurgeRefuses(t *testing.T) {
	r := newRemembered(t, 1)
	before := readFile(t, r.Path())
	for _, of := range []Selection{{}, person("nobody"), {People: []string{adaID, "nobody"}}, person(adaName)} {
		if _, err := r.PurgePlan(of); err == nil {
			t.Errorf("%+v: it was planned", of)
		}
	}
	plan := must[Plan](t)(r.PurgePlan(person(adaID)))
	for _, test := range []struct{ why, by, says string }{
		{" ", "grace", "does not say why"},
		{"asked to", "", "who did it"},
		{strings.Repeat("x", calibration.MaxNote+1), "grace", "bytes long"},
		{"asked to\xff", "grace", "UTF-8"},
		{"on request of ada byron-lovelace", "grace", "the reason names Ada Byron-Lovelace"},
		{"on request of (EMP-77041)", "grace", "the reason names"},
	} {
		_, err := r.Purge(plan, test.why, test.by)
		if err == nil || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), "nothing was purged") {
			t.Errorf("want it to say %q, got %v", test.says, err)
		}
	}
	empty := must[Plan](t)(r.PurgePlan(Selection{Before: start.AddDate(-1, 0, 0)}))
	if _, err := r.Purge(empty, "asked to", "grace"); err == nil || !empty.Empty() {
		t.Error("nothing was purged, and that is no error")
	}
	if !bytes.Equal(before, readFile(t, r.Path())) {
		t.Error("the file was changed")
	}
	mustPlace(t, r.Store, decision(adaID, "edsger"), r.rubric)
	_, err := r.Purge(plan, "asked to", "grace")
	contains(t, err.Error(), "the file has changed")
	r.Close()
	reader := openTest(t, r.Path(), Options{ReadOnly: true})
	_, err = reader.Purge(must[Plan](t)(reader.PurgePlan(person(adaID))), "asked to", "grace")
	contains(t, err.Error(), "reading only")
}

func TestMentions(t *testing.T) {
	for _, test := range []struct {
		text, name string
		want       bool
	}{
		{"on request of Ada", "ada", true},
		{"on request of ADA.", "Ada", true},
		{"Canada closed, and so did Ada", "Ada", true},
		{"Canada closed", "Ada", false},
		{"Adaptation", "Ada", false},
		{"id 0042", "0042", true},
		{"order 10042", "0042", false},
		{"应李娜的要求", "李娜", true},
		{"", "Ada", false},
	} {
		if got := mentions(test.text, test.name); got != test.want {
			t.Errorf("%q in %q: %t", test.name, test.text, got)
		}
	}
}

// Nobody works on a person who was purged by mistake; and who is added again begins
// anew.
func TestPurgedPersonBeginsAnew(t *testing.T) {
	r := newRemembered(t, 1)
	old := export(t, r.Store)
	purge(t, r.Store, person(adaID))
	about := calibration.Session{Name: "Winter", People: []string{adaID}}
	work := map[string]func() error{
		"place":   func() error { _, err := r.Place(decision(adaID, "grace"), r.rubric); return err },
		"record":  func() error { _, err := r.Record(note(r.now.ID, adaID, "said so")); return err },
		"session": func() error { _, err := r.PutSession(about); return err },
		"walk": func() error {
			return r.SaveWalk(calibration.NewWalk(r.rubric, adaID, "grace", ""), r.rubric)
		},
	}
	for name, do := range work {
		if err := do(); err == nil {
			t.Errorf("%s: it worked", name)
		} else {
			wantSame(t, &ForgottenError{Person: adaID}, wantError[*ForgottenError](t, err))
		}
	}
	must[[]calibration.Person](t)(r.PutPeople(calibration.Person{ID: adaID, Name: "Ada King"}))
	for name, do := range work {
		if err := do(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	new := everything(t, r.Store)
	if m := must[Merged](t)(r.Merge(old)); m.Purged != 7 || len(m.New) > 0 {
		t.Errorf("want 4 decisions, 2 events and a person to stay out: %+v", m)
	}
	wantSame(t, new, everything(t, r.Store))
	theirs := quickStore(t, t.TempDir(), 2)
	defer theirs.Close()
	must[Merged](t)(theirs.Merge(export(t, r.Store)))
	made := mustPlace(t, theirs, decision(adaID, "alan"), r.rubric)
	if m := must[Merged](t)(r.Merge(export(t, theirs))); !slices.Equal(m.New, []string{made.ID}) {
		t.Errorf("what was made since does not come in: %+v", m)
	}
	wantClean(t, r.Store)

	purge(t, r.Store, person(adaID)) // and again
	must[Merged](t)(r.Merge(export(t, theirs)))
	if report := wantClean(t, r.Store); report.Purged != 6 || report.People != 1 {
		t.Errorf("not purged again:\n%s", report)
	}
}

// An old packet brings nothing back, and it is told.
func TestPurgedStaysOut(t *testing.T) {
	r := newRemembered(t, 1)
	theirs := quickStore(t, t.TempDir(), 2)
	defer theirs.Close()
	must[Merged](t)(theirs.Merge(export(t, r.Store)))
	old := export(t, theirs)
	purge(t, r.Store, person(adaID))
	after := everything(t, r.Store)
	m := must[Merged](t)(r.Merge(old))
	if m.Purged != 7 || m.Known != 3 || len(m.New) > 0 || m.People != 0 || m.Events != 0 || m.Sessions != 0 {
		t.Errorf("counted wrongly: %+v", m)
	}
	contains(t, fmt.Sprint(m.Findings), "left out, because it was purged from this file: 7 records")
	wantSame(t, after, everything(t, r.Store))

	// They did not know, and went on.
	must[[]calibration.Person](t)(theirs.PutPeople(calibration.Person{ID: adaID, Name: adaName, Team: "Looms"}))
	must[calibration.Session](t)(theirs.PutSession(r.now))
	mustPlace(t, theirs, decision(adaID, "alan"), r.rubric)
	next := mustPlace(t, theirs, decision("EMP-2", "alan"), r.rubric)
	m = must[Merged](t)(r.Merge(export(t, theirs)))
	if !slices.Equal(m.New, []string{next.ID}) || m.Purged != 8 || m.People != 0 {
		t.Errorf("want one to come in: %+v", m)
	}
	if report := wantClean(t, r.Store); report.Purged != 5 || len(chainFindings(report)) > 0 {
		t.Errorf("want the place of the new one to be held:\n%s", report)
	}
	for _, session := range must[[]calibration.Session](t)(r.Sessions()) {
		wantSame(t, []string{"EMP-2"}, session.People)
	}

	// What others get says nothing of her, proves the chain, and takes nothing away.
	packet := export(t, r.Store)
	newcomer := quickStore(t, t.TempDir(), 3)
	defer newcomer.Close()
	if m := must[Merged](t)(newcomer.Merge(packet)); len(m.Findings) > 0 {
		t.Errorf("there is something to say: %+v", m.Findings)
	}
	if report := wantClean(t, newcomer); report.Elsewhere != 5 || report.People != 1 {
		t.Errorf("want 5 places held:\n%s", report)
	}
	must[Merged](t)(theirs.Merge(packet))
	if report := wantClean(t, theirs); report.Decisions != 9 || report.Purged+report.Elsewhere > 0 {
		t.Errorf("somebody else's purge took something away:\n%s", report)
	}
}

// Whoever is killed while purging has the file as it was or as it should be, and
// nothing beside it that was purged.
func TestKilledWhilePurging(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows knows no SIGKILL")
	}
	secret := func(i int) string { return fmt.Sprintf("the secret number %d of the person", i) }
	if path := childFile(); path != "" {
		s, r := openTest(t, path, Options{Now: time.Now}), testRubric(t, "well")
		done := len(must[[]Purge](t)(s.Purges()))
		for i := done; ; i++ {
			d := decision(fmt.Sprint("person ", i), "grace")
			d.Rationale = secret(i)
			mustPlace(t, s, d, r)
			mustPlace(t, s, decision("ada", "grace"), r)
			fmt.Println("purging", i)
			purge(t, s, person(d.Person))
			fmt.Println("purged", i)
		}
	}
	path := filepath.Join(t.TempDir(), "calibrate.db")
	for range 12 {
		c := startChild(t, path)
		c.line()
		time.AfterFunc(rand.N(60*time.Millisecond), c.kill)
		lines, err := c.finish()
		if err == nil {
			t.Fatalf("the child ended by itself: %s", c.stderr.String())
		}
		s := openTest(t, path, Options{Now: time.Now})
		report := wantClean(t, s)
		purges := len(must[[]Purge](t)(s.Purges()))
		s.Close()
		if report.Purged < purges {
			t.Errorf("%d purges, and yet\n%s", purges, report)
		}
		for _, line := range lines {
			var i int
			if n, _ := fmt.Sscanf(line, "purged %d", &i); n == 1 && i >= purges {
				t.Errorf("it said %q, and there are %d purges", line, purges)
			}
		}
		for _, entry := range must[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(path))) {
			content := readFile(t, filepath.Join(filepath.Dir(path), entry.Name()))
			for i := range purges {
				if bytes.Contains(content, []byte(secret(i))) {
					t.Errorf("%s holds what was purged", entry.Name())
				}
			}
		}
	}
}

// A name that is a link stays one, and the file that it leads to is the one that is
// written anew; others cannot read it.
func TestPurgeFollowsLinks(t *testing.T) {
	folder := t.TempDir()
	path, link := filepath.Join(folder, "real.db"), filepath.Join(t.TempDir(), "calibrate.db")
	if err := os.Symlink(path, link); err != nil {
		t.Skip("this system makes no links for everybody")
	}
	openTest(t, path, options(1)).Close()
	s := openTest(t, link, options(1))
	d := decision("ada", "grace")
	d.Rationale = adaReason
	mustPlace(t, s, d, testRubric(t, "well"))
	left := filepath.Join(folder, ".real.db.123.tmp") // of one that was killed
	if err := os.WriteFile(left, []byte("left"), 0o600); err != nil {
		t.Fatal(err)
	}
	purge(t, s, person("ada"))
	if info := must[fs.FileInfo](t)(os.Lstat(link)); info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link is a file now")
	}
	if bytes.Contains(readFile(t, path), []byte(adaReason)) {
		t.Error("the file has it still")
	}
	if runtime.GOOS != "windows" && must[fs.FileInfo](t)(os.Stat(path)).Mode().Perm() != 0o600 {
		t.Error("others may read it")
	}
	wantNoTemporaries(t, folder)
	mustPlace(t, s, decision("alan", "grace"), testRubric(t, "well"))
	if err := s.Backup(filepath.Join(folder, "backup.db")); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if report := wantClean(t, openTest(t, path, options(2))); report.Decisions != 1 || report.Purged != 1 {
		t.Errorf("what came after went elsewhere:\n%s", report)
	}
}

func TestCopiesAreFound(t *testing.T) {
	s := newStore(t)
	folder := filepath.Dir(s.Path())
	for _, name := range []string{"calibrate.db.format-2.bak", "safe.db"} {
		if err := s.Backup(filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{"drafts.calib": "{}", "notes.txt": "a note on calibration", "empty": ""} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, path := range must[[]string](t)(s.Copies()) {
		names = append(names, filepath.Base(path))
	}
	wantSame(t, []string{"calibrate.db.format-2.bak", "drafts.calib", "safe.db"}, names)
}

// A check tells when what is left of a purge was tampered with.
func TestCheckOfPurges(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(*remembered, Purge, *transaction) error
		says  string
	}{
		{"a tombstone taken out", func(r *remembered, _ Purge, tx *transaction) error {
			return tx.Bucket([]byte(bucketPurged)).Delete(idKey(r.ada[1].ID))
		}, "tombstones were taken out"},
		{"a tombstone damaged", func(r *remembered, _ Purge, tx *transaction) error {
			return spoil(tx, bucketPurged, idKey(r.ada[1].ID))
		}, "checksum"},
		{"the purge taken out", func(_ *remembered, p Purge, tx *transaction) error {
			return tx.Bucket([]byte(bucketPurges)).Delete(idKey(p.ID))
		}, "nothing says who purged it"},
		{"a decision back", func(r *remembered, _ Purge, tx *transaction) error {
			return putRecord(tx, bucketDecisions, idKey(r.ada[1].ID), kindDecision, r.ada[1])
		}, "the decision is here"},
		{"the person back", func(r *remembered, p Purge, tx *transaction) error {
			return putRecord(tx, bucketPeople, []byte(adaID), kindPerson, calibration.Person{ID: adaID, Name: adaName, Version: p.ID})
		}, "was purged"},
		{"another hash", func(r *remembered, p Purge, tx *transaction) error {
			t, _, err := tombAt(tx, [16]byte(idKey(r.ada[1].ID)))
			if err != nil {
				return err
			}
			t.Hash = strings.Repeat("ab", 32)
			return putRecord(tx, bucketPurged, idKey(t.ID), kindTomb, t)
		}, "altered"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRemembered(t, 1)
			done := purge(t, r.Store, person(adaID))
			wantClean(t, r.Store)
			edit(t, r.Store, func(tx *transaction) error { return test.spoil(r, done, tx) })
			report := must[Report](t)(r.Check())
			if report.Problems() == 0 || !strings.Contains(report.String(), test.says) {
				t.Errorf("want a problem that says %q:\n%s", test.says, report)
			}
		})
	}
}

// Others may go on with the store while something is purged; none of it is lost.
func TestPurgeWhileOthersWork(t *testing.T) {
	r := newRemembered(t, 1)
	var group sync.WaitGroup
	made := make([]calibration.Decision, 40)
	for worker := range 4 {
		group.Go(func() {
			for i := range 10 {
				var err error
				if made[10*worker+i], err = r.Place(decision(fmt.Sprint("person ", worker), "grace"), r.rubric); err != nil {
					t.Error(err)
				}
				if _, err := r.People(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Go(func() {
		for _, id := range []string{adaID, "EMP-2"} {
			for {
				plan, err := r.PurgePlan(person(id))
				if err == nil {
					_, err = r.Purge(plan, "asked to", "grace")
				}
				if err == nil {
					break
				}
				if !strings.Contains(err.Error(), "has changed") {
					t.Error(err)
					return
				}
			}
		}
	})
	group.Wait()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	s := openTest(t, r.Path(), options(2))
	for _, d := range made {
		wantSame(t, d, must[calibration.Decision](t)(s.Decision(d.ID)))
	}
	if report := wantClean(t, s); report.Purged != 7 {
		t.Errorf("want 7 purged:\n%s", report)
	}
}

// Where nothing that is open can be renamed, the file is closed for that moment.
func TestPurgeWhereOpenFilesStay(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	mustPlace(t, s, decision("ada", "grace"), r)
	want := everything(t, s)
	tmp := filepath.Join(t.TempDir(), "new.db")
	if err := s.Backup(tmp); err != nil {
		t.Fatal(err)
	}
	mustPlace(t, s, decision("alan", "grace"), r)
	db, f, err := openBolt(tmp, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if replaced, err := s.goOnWithClosed(db, f.Name(), s.Path()); err != nil || !replaced {
		t.Fatalf("replaced: %t, %v", replaced, err)
	}
	wantSame(t, want, everything(t, s))
	mustPlace(t, s, decision("alan", "grace"), r)

	if db, f, err = openBolt(filepath.Join(filepath.Dir(s.Path()), "calibrate.db"), Options{}); err == nil {
		t.Fatalf("the file is not locked any more: %v, %v", db.Close(), f)
	}
	before := everything(t, s)
	other := openTest(t, filepath.Join(t.TempDir(), "other.db"), options(2))
	if replaced, err := s.goOnWithClosed(other.db, filepath.Join(t.TempDir(), "gone.db"), s.Path()); err == nil || replaced {
		t.Fatalf("replaced by nothing: %t, %v", replaced, err)
	}
	wantSame(t, before, everything(t, s)) // it goes on with what there was
}
