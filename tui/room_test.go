package tui

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"calibrate/calibration"
	"calibrate/internal/memorystore"
	"calibrate/rubric"
	"calibrate/store"
)

// seance is a session on three people in a real file, on whom grace, edsger and charles
// vote; charles manages Ada. The app is opened by barbara, who facilitates.
type seance struct {
	*driver
	file    *store.Store
	rubric  *rubric.Rubric
	session calibration.Session
	clock   time.Time
}

func newSeance(t testing.TB) *seance {
	t.Helper()
	s := &seance{rubric: builtIn(t), clock: fixedNow()}
	// The clock of the file stands still, so that pictures stay the same.
	file, err := store.Open(filepath.Join(t.TempDir(), "calibrate.db"), store.Options{Now: func() time.Time { return s.clock }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	s.file = file
	people := []calibration.Person{
		{ID: "1", Name: "Ada Lovelace", Team: "Platform", Manager: "charles"},
		{ID: "2", Name: "Alan Turing", Team: "Cryptography", Manager: "edsger"},
		{ID: "3", Name: "Hedy Lamarr", Team: "Radio", Manager: "louis"},
	}
	check(t)(file.PutPeople(people...))
	if err := file.PutRubric(s.rubric); err != nil {
		t.Fatal(err)
	}
	session := calibration.Session{Name: "Spring 2026", Rubric: s.rubric.Hash(), People: []string{"1", "2", "3"}, Facilitator: "barbara", Minutes: 30,
		Panel: []calibration.Panellist{{Reviewer: "grace"}, {Reviewer: "edsger"}, {Reviewer: "charles"}}}
	session.Recusals = calibration.DefaultRecusals(session.Panel, people, people)
	if s.session, err = file.PutSession(session); err != nil {
		t.Fatal(err)
	}
	s.driver = &driver{t: t, store: memorystore.New(dataFile, fixedNow), data: file.Veiled(), reviewer: "barbara", now: func() time.Time { return s.clock }}
	s.driver.open(s.rubric, themeFor(asciiProfile, "dark")).size(80, 24)
	return s
}

func check(t testing.TB) func(any, error) {
	return func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// place records a placement on a dimension, as if it had come in a packet.
func (s *seance) place(person, by string, stage calibration.Stage, dimension int, at string, seen ...string) {
	d := calibration.Decision{Person: person, Reviewer: by, Stage: stage, Session: s.session.ID, Dimension: s.rubric.Dimensions[dimension], Position: at,
		Confidence: calibration.Medium, Rationale: "Secret reasons of " + by + " at " + at + ".", Rubric: s.rubric.Hash()}
	for _, id := range seen {
		id, not := strings.CutPrefix(id, "!")
		d.Evidence = append(d.Evidence, calibration.Evidence{Statement: id, Seen: !not})
	}
	check(s.t)(s.file.Place(d, s.rubric))
}

func (s *seance) both(person, by string, stage calibration.Stage, at string) {
	s.place(person, by, stage, 0, at)
	s.place(person, by, stage, 1, at)
}

// revealed is a session in which all have placed Ada.
func revealedSeance(t testing.TB) *seance {
	s := newSeance(t)
	s.place("1", "charles", calibration.Draft, 0, "4-low", "4-low/individual/impact/1")
	s.place("1", "charles", calibration.Draft, 1, "3-high")
	s.place("1", "grace", calibration.Panel, 0, "3-mid", "3-mid/individual/impact/1", "!4-low/individual/impact/1")
	s.place("1", "grace", calibration.Panel, 1, "3-high")
	s.place("1", "edsger", calibration.Panel, 0, "3-high", "3-mid/individual/impact/1")
	s.place("1", "edsger", calibration.Panel, 1, "3-high")
	return s
}

func (s *seance) later(d time.Duration) *seance {
	s.clock = s.clock.Add(d)
	s.tick()
	return s
}

func (s *seance) events(kind calibration.EventKind) (found []calibration.Event) {
	all, err := s.file.Events(s.session.ID)
	check(s.t)(nil, err)
	for _, e := range all {
		if e.Kind == kind {
			found = append(found, e)
		}
	}
	return found
}

func TestRoomGoldens(t *testing.T) {
	for name, keys := range map[string]string{
		"room/sessions": "s", "room/agenda": "s enter", "room/revealed": "s enter enter", "room/discuss": "s enter enter d",
		"room/change": "s enter enter enter write:The_golden_path_is_used_by_all. tab tab", "room/decide": "s enter enter enter write:The_golden_path_is_used_by_all. tab right", "room/blind": "s enter down enter", "room/handover": "s enter down enter enter",
		"room/reveal": "s enter down enter R write:Grace_had_to_leave", "room/sweep": "s enter o", "room/airtime": "s enter t", "room/finalise": "s enter f",
		"room/newsession": "s n write:Autumn", "room/followup": "s enter enter u write:Write_it_down tab write:charles", "room/reasons": "s enter enter s",
	} {
		t.Run(name, func(t *testing.T) {
			s := revealedSeance(t)
			s.both("3", "grace", calibration.Panel, "2-mid")
			s.follow(keys)
			for _, size := range goldenSizes {
				s.size(size[0], size[1]).golden(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]))
			}
		})
	}
}

// A whole turn: everybody votes on the one laptop, all is revealed, and the session
// decides, with its reason for not following the draft.
func TestTurnFromBlindToDecided(t *testing.T) {
	s := newSeance(t)
	s.place("1", "charles", calibration.Draft, 0, "4-low")
	s.place("1", "charles", calibration.Draft, 1, "3-high")
	s.press("s", "enter").sees("blind, 0 of 2 placed").press("enter").sees("Blind", "charles", "does not vote: manages the person")
	for _, by := range []string{"grace", "edsger"} {
		s.press("enter").sees("The laptop is for " + by + " now").press("enter").sees("Individual")
		s.press("3", "right").sees("3 Consistently Delivers")
		s.press("enter").write("Owns the path.").press("ctrl+s").sees("Individual is placed, "+by).seesNot("3-mid", "3-high", "Owns the path", "4-low")
		s.press("enter").press("3").press("enter").write("It earns.").press("ctrl+s").sees("clears the screen").seesNot("It earns")
		s.press("enter")
	}
	s.sees("charles", "4-low", "discuss", "first to speak").seesNot("Blind")
	s.later(time.Second).later(90 * time.Second)
	if spent := s.events(calibration.Spent); len(spent) == 0 {
		t.Error("no time was written down")
	}
	s.press("enter").write("Not beyond engineering yet.").press("ctrl+s").says("the draft of charles is 4-low; choose why")
	s.press("esc", "right", "ctrl+s").sees("saved 3-", "decide Business Impact").press("enter").sees("● 3-")
	s.press("tab", "tab").press("enter").sees("── Decide ", "final · by barbara")
	room, err := s.file.Room(s.session.ID, s.rubric)
	check(t)(nil, err)
	turn, _ := room.Turn("1")
	if final := turn.Finals["Individual"]; final.Change != calibration.NewEvidence || final.Reviewer != "barbara" || final.Stage != calibration.Final {
		t.Errorf("decided %+v", final)
	}
}

// While somebody is blind nothing that anybody thinks of them is drawn, on any screen,
// by any keys, except to the one whose turn with the laptop it is.
func TestNothingOfTheBlindIsDrawn(t *testing.T) {
	s := newSeance(t)
	s.both("1", "charles", calibration.Draft, "4-low")
	s.both("1", "grace", calibration.Panel, "2-high")
	forbidden := []string{"4-low", "2-high", "Secret reasons"}
	path := "/ w r i t e esc p esc c 1 2 3 4 5 6 7 8 esc space c esc s enter t esc o enter esc esc c 1 enter esc esc enter ? esc n N esc p esc o down down esc f esc w esc e esc r enter esc esc esc s n esc esc enter esc p esc"
	for _, size := range goldenSizes {
		s.size(size[0], size[1])
		for _, k := range strings.Fields(path) {
			s.press(k).seesNot(forbidden...)
			s.fitsTerminal()
		}
	}
	s.both("1", "edsger", calibration.Panel, "3-mid")
	s.press("esc", "esc", "esc").press("s", "enter", "enter").sees("4-low", "2-high", "3-mid")
}

func TestRevealEarlyNeedsAReason(t *testing.T) {
	s := newSeance(t)
	s.both("1", "grace", calibration.Panel, "2-high")
	s.press("s", "enter", "enter", "R", "enter").says("needs its words").press("esc", "esc").sees("Blind")
	s.press("R").write("Edsger is ill").press("enter").sees("2-high", "revealed early by barbara: Edsger is ill")
	if e := s.events(calibration.Reveal); len(e) != 1 || e[0].Text != "Edsger is ill" {
		t.Errorf("on record: %+v", e)
	}
}

func TestWhatIsPutOnRecord(t *testing.T) {
	s := revealedSeance(t)
	s.press("s", "enter", "enter")
	s.press("m").write("He was on leave.").press("enter").sees("note by barbara: He was on leave.")
	s.press("y", "right", "tab").write("Two quarters in the role").press("enter").sees("ready for promotion: yes · Two quarters")
	s.press("x").write("grace").press("tab").write("It was luck").press("enter").sees("dissent by grace on Individual: It was luck")
	s.press("u").write("Write it down").press("tab").write("charles").press("tab").write("2026-04").press("enter").says("is no date")
	s.write("-01").press("enter").sees("follow-up for charles until 2026-04-01: Write it down")
	if all, err := s.file.Events(s.session.ID); err != nil || len(all) != 5 { // and that the agenda came to Ada
		t.Errorf("%d events, %v", len(all), err)
	}
}

func TestFinaliseAndReopen(t *testing.T) {
	s := revealedSeance(t)
	s.press("s", "enter", "f").sees("2 × still blind", "2 × not decided").press("enter").says("choose “yes, lock it”")
	s.press("esc", "right", "enter").sees("finalised; a backup is at").press("esc").sees("finalised")
	if saved, err := filepath.Glob(s.file.Path() + ".finalised-*.bak"); err != nil || len(saved) != 1 {
		t.Errorf("backups: %v, %v", saved, err)
	}
	s.press("s", "enter", "enter", "enter").says("nothing of it can be changed").press("esc")
	s.press("f").write("Hedy was forgotten").press("enter").sees("open · 0 of 3 decided")
	if e := s.events(calibration.Reopen); len(e) != 1 || e[0].Text != "Hedy was forgotten" {
		t.Errorf("on record: %+v", e)
	}
}

func TestSessionIsResumedWhereItWasLeft(t *testing.T) {
	s := newSeance(t)
	s.press("s", "enter", "down", "enter").sees("Alan Turing")
	s.again()
	s.press("s", "enter")
	if row := s.row("Alan Turing"); !strings.Contains(row, markCursor) {
		t.Errorf("it is not resumed at Alan: %q", row)
	}
}

func TestNewSessionFromTheTickedPeople(t *testing.T) {
	s := newSeance(t)
	s.clock = s.clock.Add(time.Hour)
	s.press("space", "space", "s", "n").sees("2 people who are ticked").write("Autumn").press("tab", "tab").write("charles, grace").press("tab").write("40").press("enter")
	s.sees("Autumn: 2 people on the agenda, 1 recusal", "Autumn")
	s.press("enter").sees("panel charles, grace", "40:00")
}

func TestNewSessionOfEverybody(t *testing.T) {
	s := newSeance(t)
	s.press("s", "n").write("Autumn").press("enter").sees("Autumn: 3 people on the agenda, 0 recusals")
}

// Taking panellists off would show what the others placed; only a reveal does so.
func TestChangeOfASessionShowsNothing(t *testing.T) {
	s := newSeance(t)
	s.both("1", "grace", calibration.Panel, "2-high")
	s.press("s", "enter", "e", "tab", "tab", "ctrl+u").write("grace, charles").press("enter").says("it would show what was said of Ada Lovelace")
	s.press("esc", "ctrl+u").write("grace, edsger, charles, alan").press("enter").sees("grace, edsger, charles, alan")
}

// Presenting shows one person after the other, and nobody besides.
func TestPresentingShowsOnePerson(t *testing.T) {
	s := revealedSeance(t)
	s.press("s", "enter", "p")
	for _, k := range []string{"esc", "tab", "d", "esc", "s", "esc", "esc"} {
		s.press(k).sees("Ada Lovelace").seesNot("Alan", "Hedy", "Spring")
	}
	s.press("n").sees("Alan Turing").seesNot("Ada", "Hedy").press("p").sees("Ada", "Alan", "Hedy")
}

func TestCoverHidesEverything(t *testing.T) {
	s := revealedSeance(t)
	s.press("s", "enter", "enter").sees("Ada Lovelace").press("P").sees("Paused").seesNot("Ada", "Spring", "4-low", "quit")
	s.press("q").sees("Ada Lovelace") // any key, which does nothing else
	s.press("m").write("P").sees("P").press("ctrl+p").sees("Paused").press("x").sees("Note").press("esc")
	s.app.coverAfter = 15 * time.Minute
	s.press("tab")
	s.later(10 * time.Minute).sees("Ada Lovelace")
	s.later(6 * time.Minute).sees("Paused").seesNot("Ada")
}

func TestAliasesHideNamesEverywhere(t *testing.T) {
	s := revealedSeance(t)
	d := calibration.Decision{Person: "1", Reviewer: "louis", Stage: calibration.Draft, Session: s.session.ID, Dimension: "Individual", Position: "3-mid",
		Confidence: calibration.High, Rationale: "Lovelace led; Alan helped Ada’s team.", Rubric: s.rubric.Hash()}
	check(t)(s.file.Place(d, s.rubric))
	s.press("A").sees("Person ").seesNot("Ada", "Alan", "Hedy", "Lovelace", "Turing")
	alias := calibration.Aliases("", []string{"1", "2", "3"})["1"]
	for _, size := range goldenSizes {
		s.size(size[0], size[1])
		for _, k := range strings.Fields("enter esc p esc c 1 enter esc 2 3 4 5 6 7 enter esc 8 esc s enter t esc o esc enter s esc d esc i esc esc esc esc") {
			s.press(k).seesNot("Ada", "Lovelace", "Turing", "Hedy", "Lamarr")
		}
	}
	s.follow("home p").sees(alias + " led;")
	s.press("esc", "A").sees("Ada Lovelace")
}

// A stopwatch runs while somebody is spoken about, is paused with the screen, and goes
// with a crash by less than a minute.
func TestTimeIsWrittenDown(t *testing.T) {
	s := revealedSeance(t)
	s.press("s", "enter", "enter").sees("10:00")
	for range 65 {
		s.later(time.Second)
	}
	s.sees("8:55")
	spent := func() (sum int) {
		for _, e := range s.events(calibration.Spent) {
			sum += e.Seconds
		}
		return sum
	}
	if got := spent(); got != 60 {
		t.Errorf("after 65 seconds %d are written down", got)
	}
	s.press("P")
	s.later(5 * time.Minute).press("x")
	s.later(time.Second).press("esc")
	if got := spent(); got != 66 {
		t.Errorf("%d seconds are written down, not 66", got)
	}
	s.sees("1:06")
	s.press("enter")
	s.later(400 * time.Second).later(time.Second).sees("~ 2:13")
	s.later(150 * time.Second).later(time.Second).sees("! over −0:18")
	s.press("q")
	if !s.quit {
		t.Error("it did not end")
	}
	if got := spent(); got != 66+401+151 {
		t.Errorf("after quitting %d seconds are written down", got)
	}
}

// Two people of one name are told apart by their team, where there is no column for it, and
// what a session without end took is not what is left of it.
func TestAgendaTellsPeopleOfOneNameApart(t *testing.T) {
	s := newSeance(t)
	check(t)(s.file.PutPeople(calibration.Person{ID: "2", Name: "Ada Lovelace", Team: "Ops", Manager: "edsger"},
		calibration.Person{ID: "3", Name: "Hedy Lamarr Kiesler Markey Loder Boies", Team: "Radio", Manager: "louis"}))
	s.press("s", "enter").size(80, 24).sees("1 Ada Lovelace · Platf…", "2 Ada Lovelace · Ops").seesNot("· Radio")
	s.size(200, 60).sees("Team").seesNot("Ada Lovelace · ").sees("30:00 left of 30:00")
	s.press("f", "right", "enter").sees("finalised", "0:00 spent of 30:00")
}
