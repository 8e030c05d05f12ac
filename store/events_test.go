package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"calibrate/calibration"
)

func note(session, person, text string) calibration.Event {
	return calibration.Event{Session: session, Kind: calibration.Noted, Person: person, By: "grace", Text: text}
}

func TestEventsComeBackInTheOrderOfTime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "calibrate.db")
	s := openTest(t, path, options(1))
	spring := newSession(t, s)
	autumn := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Autumn"}))
	var want []calibration.Event
	for i := range 5 {
		kept := must[calibration.Event](t)(s.Record(note(spring.ID, "ada", fmt.Sprint("said ", i))))
		if kept.ID == "" || kept.At.IsZero() {
			t.Errorf("not filled in: %+v", kept)
		}
		want = append(want, kept)
		must[calibration.Event](t)(s.Record(note(autumn.ID, "ada", "elsewhere")))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openTest(t, path, Options{ReadOnly: true})
	wantSame(t, want, must[[]calibration.Event](t)(s.Events(spring.ID)))
	if none := must[[]calibration.Event](t)(s.Events("winter")); len(none) > 0 {
		t.Errorf("a session that does not exist has events: %+v", none)
	}
	if report := wantClean(t, s); report.Events != 10 {
		t.Errorf("want 10 events:\n%s", report)
	}
}

func TestRecordRefuses(t *testing.T) {
	s := newStore(t)
	spring := newSession(t, s)
	shut := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Autumn"}))
	must[calibration.Session](t)(s.Finalise(shut.ID, "grace"))
	event := func(change func(*calibration.Event)) calibration.Event {
		e := note(spring.ID, "ada", "said so")
		change(&e)
		return e
	}
	before := dump(t, s)
	for _, test := range []struct {
		event calibration.Event
		says  string
	}{
		{event(func(e *calibration.Event) { e.Session = "winter" }), `no session is called "winter"`},
		{event(func(e *calibration.Event) { e.Session = shut.ID }), "finalised"},
		{event(func(e *calibration.Event) { e.Kind = "gossip" }), `"gossip" is no kind of event`},
		{event(func(e *calibration.Event) { e.Kind = calibration.Finalise }), "the session's own record"},
		{event(func(e *calibration.Event) { e.Kind = calibration.Reopen }), "the session's own record"},
		{event(func(e *calibration.Event) { e.Text = " " }), "needs its words"},
		{event(func(e *calibration.Event) { e.Text = strings.Repeat("x", calibration.MaxRationale+1) }), "bytes long"},
		{event(func(e *calibration.Event) { e.Person = "" }), "names none"},
		{event(func(e *calibration.Event) { e.By = "" }), "who recorded it"},
		{event(func(e *calibration.Event) { e.By = "gr\xffce" }), "UTF-8"},
		{event(func(e *calibration.Event) { e.Kind = calibration.Dissent }), "needs a name"},
		{event(func(e *calibration.Event) { e.Kind, e.Answer = calibration.Readiness, "perhaps" }), `"perhaps"`},
		{event(func(e *calibration.Event) { e.Kind, e.Seconds = calibration.Spent, 0 }), "0 seconds"},
		{event(func(e *calibration.Event) { e.Due = "soon" }), "2026-03-01"},
	} {
		if _, err := s.Record(test.event); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("want it to say %q, got %v", test.says, err)
		}
	}
	wantSame(t, before, dump(t, s))
}

func TestSessionIsFinalisedAndReopenedOnRecord(t *testing.T) {
	s, r := newStore(t), testRubric(t, "well")
	spring := newSession(t, s)
	done := must[calibration.Session](t)(s.Finalise(spring.ID, "grace"))
	if done.State != calibration.Finalised || done.FinalisedAt.IsZero() || done.Version <= spring.Version {
		t.Errorf("not finalised: %+v", done)
	}
	done.Minutes = 90
	_, changed := s.PutSession(done)
	_, twice := s.Finalise(spring.ID, "grace")
	_, placed := s.Place(func() calibration.Decision { d := decision("ada", "grace"); d.Session = spring.ID; return d }(), r)
	for _, err := range []error{changed, twice, placed} {
		wantSame(t, &FinalisedError{ID: spring.ID, Name: spring.Name}, wantError[*FinalisedError](t, err))
	}
	if _, err := s.Reopen(spring.ID, "grace", " "); err == nil {
		t.Error("reopened without a reason")
	}
	again := must[calibration.Session](t)(s.Reopen(spring.ID, "grace", "Ada was forgotten"))
	if again.State != calibration.Open || !again.FinalisedAt.IsZero() {
		t.Errorf("not open: %+v", again)
	}
	if _, err := s.Reopen(spring.ID, "grace", "again"); err == nil {
		t.Error("reopened while open")
	}
	if _, err := s.Finalise("winter", "grace"); err == nil {
		t.Error("a session that does not exist was finalised")
	}
	events := must[[]calibration.Event](t)(s.Events(spring.ID))
	if len(events) != 2 || events[0].Kind != calibration.Finalise || events[1].Kind != calibration.Reopen || events[1].Text != "Ada was forgotten" {
		t.Errorf("not on record: %+v", events)
	}
	wantClean(t, s)
}

// Somebody who missed the finalising cannot undo it by a change of their own, however
// late; and a reopening wins over the finalising that it undoes.
func TestFinalisingWinsOverALaterChange(t *testing.T) {
	mine, theirs := quickStore(t, t.TempDir(), 1), quickStore(t, t.TempDir(), 2)
	defer mine.Close()
	defer theirs.Close()
	spring := newSession(t, mine)
	must[Merged](t)(theirs.Merge(export(t, mine)))
	must[calibration.Session](t)(mine.Finalise(spring.ID, "grace"))
	for range 3 {
		must[calibration.Session](t)(theirs.PutSession(calibration.Session{ID: spring.ID, Name: "Spring", Minutes: 90}))
	}
	for _, from := range []*Store{theirs, mine} {
		b := export(t, from)
		for _, into := range []*Store{mine, theirs} {
			must[Merged](t)(into.Merge(b))
		}
	}
	for _, s := range []*Store{mine, theirs} {
		if got := must[[]calibration.Session](t)(s.Sessions())[0]; got.State != calibration.Finalised || got.Minutes != 0 {
			t.Errorf("the finalising was undone: %+v", got)
		}
	}
	must[calibration.Session](t)(theirs.Reopen(spring.ID, "alan", "Ada was forgotten"))
	must[Merged](t)(mine.Merge(export(t, theirs)))
	wantSame(t, dump(t, theirs), dump(t, mine))
	if got := must[[]calibration.Session](t)(mine.Sessions())[0]; got.State != calibration.Open {
		t.Errorf("the reopening did not arrive: %+v", got)
	}
}

func TestMergeRefusesAChangedEvent(t *testing.T) {
	theirs, mine := quickStore(t, t.TempDir(), 2), quickStore(t, t.TempDir(), 1)
	defer theirs.Close()
	defer mine.Close()
	spring := newSession(t, theirs)
	must[calibration.Event](t)(theirs.Record(note(spring.ID, "ada", "said nothing")))
	e := must[calibration.Event](t)(theirs.Record(note(spring.ID, "ada", "said so")))
	good := export(t, theirs)
	must[Merged](t)(mine.Merge(good))
	e.Text = "never said so"
	forged := good
	forged.Events = [][]byte{good.Events[0], good.Events[0], must[[]byte](t)(encode(e))}
	_, err := mine.Merge(forged)
	wrong := wantError[*RefusedError](t, err).Wrong[0]
	contains(t, wrong.Why, "other content")
	if kind, at := wrong.Place(); kind != "event" || at != 3 {
		t.Errorf("it is told of %s", wrong.Record)
	}
	wantSame(t, dump(t, theirs), dump(t, mine))
}

func TestExportOfASessionHasItsEvents(t *testing.T) {
	s := newStore(t)
	spring := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Spring", People: []string{"ada"}}))
	other := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Autumn"}))
	must[[]calibration.Person](t)(s.PutPeople(calibration.Person{ID: "ada", Name: "Ada"}, calibration.Person{ID: "alan", Name: "Alan"}))
	must[calibration.Event](t)(s.Record(note(spring.ID, "ada", "said so")))
	must[calibration.Event](t)(s.Record(note(other.ID, "alan", "elsewhere")))
	b := must[Batch](t)(s.Export(&Wanted{
		Event:    func(e calibration.Event) bool { return e.Session == spring.ID },
		Sessions: []string{spring.ID},
	}))
	if len(b.Events) != 1 || len(b.People) != 1 || len(b.Sessions) != 1 {
		t.Errorf("want one event, person and session, got %d, %d, %d", len(b.Events), len(b.People), len(b.Sessions))
	}
}

func TestRecordAllIsAllOrNothing(t *testing.T) {
	s := newStore(t)
	session := must[calibration.Session](t)(s.PutSession(calibration.Session{Name: "Spring", People: []string{"ada"}}))
	event := func(text string) calibration.Event {
		return calibration.Event{Session: session.ID, Kind: calibration.Noted, Person: "ada", By: "grace", Text: text}
	}
	before := dump(t, s)
	_, err := s.RecordAll(event("one"), event(""))
	if err == nil {
		t.Fatal("a note without words was kept")
	}
	contains(t, err.Error(), "no event was saved: event 2, a note: a note needs its words")
	wantSame(t, before, dump(t, s))

	kept := must[[]calibration.Event](t)(s.RecordAll(event("one"), event("two")))
	wantSame(t, kept, must[[]calibration.Event](t)(s.Events(session.ID)))
	if kept[0].ID >= kept[1].ID {
		t.Errorf("the ids are not in the order of the events: %s, %s", kept[0].ID, kept[1].ID)
	}
}
