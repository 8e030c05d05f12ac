package calibration_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/rubric"
)

// roomOf is a session of three people on whom grace and edsger vote, under a rubric of
// two levels of two bands.
func roomOf(t rapid.TB, decisions []calibration.Decision, events []calibration.Event) *calibration.Room {
	t.Helper()
	r := fourPositions(t)
	people := []calibration.Person{
		{ID: "1", Name: "Ada", Team: "Platform", Manager: "grace"}, {ID: "2", Name: "Alan", Team: "Platform"}, {ID: "3", Name: "Barbara", Team: "Languages"},
	}
	s := calibration.Session{
		ID: "s", Name: "Spring", Rubric: r.Hash(), State: calibration.Open, People: []string{"1", "2", "3"}, Minutes: 30,
		Panel: []calibration.Panellist{{Reviewer: "grace"}, {Reviewer: "edsger"}},
	}
	for i := range decisions {
		decisions[i].ID, decisions[i].Rubric = fmt.Sprintf("%03d", i), r.Hash()
		if decisions[i].Session == "" && decisions[i].Stage != calibration.Draft {
			decisions[i].Session = "s"
		}
	}
	b := calibration.Basis{Rubric: r, People: people, Sessions: []calibration.Session{s}}
	return calibration.NewRoom(b, s, decisions, events)
}

func fourPositions(t rapid.TB) *rubric.Rubric {
	t.Helper()
	band := func(name string, n int) rubric.Band {
		return rubric.Band{Name: name, Dimensions: map[string]rubric.Content{"Individual": {
			Impact: []string{fmt.Sprint("helps ", n), fmt.Sprint("leads ", n)}, Dampeners: []string{fmt.Sprint("had no time ", n)},
		}}}
	}
	r, err := rubric.New("Tester", []string{"Individual"}, []rubric.Level{
		{Number: 1, Name: "Starting", Bands: []rubric.Band{band("Low", 1), band("High", 2)}},
		{Number: 2, Name: "Arrived", Bands: []rubric.Band{band("Low", 3), band("High", 4)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func placed(person, by string, stage calibration.Stage, position string, ticks ...calibration.Evidence) calibration.Decision {
	return calibration.Decision{Person: person, Reviewer: by, Stage: stage, Position: position, Dimension: "Individual",
		Confidence: calibration.Medium, Rationale: "so it is", Evidence: ticks}
}

func tick(position string, n int, seen bool) calibration.Evidence {
	return calibration.Evidence{Statement: fmt.Sprintf("%s/individual/impact/%d", position, n), Seen: seen}
}

const (
	draft = calibration.Draft
	panel = calibration.Panel
	final = calibration.Final
)

func TestRevealTellsEndsAndDifferences(t *testing.T) {
	room := roomOf(t, []calibration.Decision{
		placed("1", "grace", draft, "1-low", tick("1-low", 1, true), tick("1-high", 1, false), tick("1-high", 2, true)),
		placed("1", "edsger", panel, "2-low", tick("1-low", 1, true), tick("1-high", 1, true)),
		placed("2", "grace", panel, "1-low"),
	}, nil)
	revealed := room.Reveal("1")
	if len(revealed) != 1 {
		t.Fatalf("want one dimension, got %+v", revealed)
	}
	if diff := cmp.Diff([]string{"grace", "edsger"}, revealed[0].First); diff != "" {
		t.Error("who speaks first (-want +got)", diff)
	}
	if s := revealed[0].Spread; s.Triage != calibration.Discuss || s.Apart != 2 || !s.CrossesLevel {
		t.Errorf("wrongly measured: %+v", s)
	}
	got := map[string][3][]string{}
	for _, d := range revealed[0].Differences {
		got[d.Statement.ID] = [3][]string{d.Seen, d.NotSeen, d.Blank}
	}
	want := map[string][3][]string{
		"1-high/individual/impact/1": {{"edsger"}, {"grace"}, nil},
		"1-high/individual/impact/2": {{"grace"}, nil, {"edsger"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("differences (-want +got)", diff)
	}
	if !revealed[0].Differences[0].Contested() || revealed[0].Differences[1].Contested() {
		t.Error("what was contested does not come first")
	}
	if blind := room.Reveal("2"); blind != nil {
		t.Errorf("who is blind was revealed: %+v", blind)
	}
}

func TestNothingToDiscussNeedsNobodyToSpeakFirst(t *testing.T) {
	room := roomOf(t, []calibration.Decision{placed("1", "grace", panel, "1-low"), placed("1", "edsger", panel, "1-low")}, nil)
	if r := room.Reveal("1"); len(r) != 1 || r[0].First != nil || r[0].Spread.Triage != calibration.NothingToDiscuss {
		t.Errorf("got %+v", r)
	}
}

func TestJointWalkStartsFromTheMajority(t *testing.T) {
	room := roomOf(t, []calibration.Decision{
		placed("1", "grace", panel, "1-low", tick("1-low", 1, true), tick("1-low", 2, false)),
		placed("1", "edsger", panel, "2-high", tick("1-low", 1, true), tick("2-high", 1, true)),
		placed("1", "ada", draft, "1-high", tick("1-low", 1, true), tick("1-low", 2, false), tick("2-high", 1, true)),
	}, nil)
	w := room.Joint("1", "barbara")
	if at := w.At(room.Rubric()).Key; at != "1-high" {
		t.Errorf("it starts at %s, not in the middle", at)
	}
	want := map[string]calibration.Tick{
		"1-low/individual/impact/1": {Sight: calibration.Seen}, "1-low/individual/impact/2": {Sight: calibration.NotSeen}, "2-high/individual/impact/1": {Sight: calibration.Seen},
	}
	if diff := cmp.Diff(want, w.Track().Ticks); diff != "" {
		t.Error("(-want +got)", diff)
	}
	if w.Session != "s" || w.Reviewer != "barbara" {
		t.Errorf("it is not the session's own: %+v", w)
	}
}

func TestManagersDraftIsTheOneThatCounts(t *testing.T) {
	room := roomOf(t, []calibration.Decision{
		placed("1", "Grace ", draft, "1-low"), placed("1", "edsger", draft, "2-low"),
		placed("1", "grace", panel, "1-high"), placed("1", "edsger", panel, "1-high"),
		placed("2", "grace", draft, "1-low"), placed("2", "edsger", draft, "2-low"),
	}, nil)
	for person, want := range map[string]string{"1": "1-low", "2": "2-low"} {
		turn, _ := room.Turn(person)
		if got := turn.Drafts["Individual"].Position; got != want {
			t.Errorf("%s: the draft is %s, not %s", person, got, want)
		}
	}
}

func TestResume(t *testing.T) {
	arrived := func(person string) calibration.Event {
		return calibration.Event{Kind: calibration.Arrived, Person: person}
	}
	decided := func(people ...string) (all []calibration.Decision) {
		for _, p := range people {
			all = append(all, placed(p, "barbara", final, "1-low"))
		}
		return all
	}
	for name, test := range map[string]struct {
		decisions []calibration.Decision
		events    []calibration.Event
		want      int
	}{
		"at the beginning":            {nil, nil, 0},
		"where it was left":           {nil, []calibration.Event{arrived("1"), arrived("2")}, 1},
		"after who was decided":       {decided("2"), []calibration.Event{arrived("2")}, 2},
		"round the agenda":            {decided("3"), []calibration.Event{arrived("3")}, 0},
		"with whom was skipped":       {decided("3", "1"), []calibration.Event{arrived("3")}, 1},
		"nowhere, if all are decided": {decided("1", "2", "3"), []calibration.Event{arrived("3")}, 0},
		"at who is no longer a part":  {nil, []calibration.Event{arrived("9")}, 0},
	} {
		if got := roomOf(t, test.decisions, test.events).Resume(); got != test.want {
			t.Errorf("%s: at %d, not %d", name, got, test.want)
		}
	}
}

func TestAirtimeShowsWhoWasPassedOver(t *testing.T) {
	spent := func(person string, seconds ...int) (all []calibration.Event) {
		for _, s := range seconds {
			all = append(all, calibration.Event{Kind: calibration.Spent, Person: person, Seconds: s})
		}
		return all
	}
	events := append(append(spent("1", 300, 300), spent("2", 20)...), spent("3", 90)...)
	room := roomOf(t, []calibration.Decision{placed("1", "b", final, "1-low"), placed("2", "b", final, "1-low")}, events)
	a := room.Airtime()
	if a.Total != 710*time.Second || a.Median != 90*time.Second {
		t.Errorf("total %v, median %v", a.Total, a.Median)
	}
	var got []string
	for _, p := range a.People {
		got = append(got, fmt.Sprint(p.Place, " ", p.Person.Name, " ", calibration.Clock(p.Spent), " ", p.Quick))
	}
	if diff := cmp.Diff([]string{"1 Ada 10:00 false", "3 Barbara 1:30 false", "2 Alan 0:20 true"}, got); diff != "" {
		t.Error("(-want +got)", diff)
	}
	var groups []string
	for _, g := range a.Groups {
		groups = append(groups, fmt.Sprint(g.By, " ", g.Name, " ", g.People, " ", calibration.Clock(g.Mean)))
	}
	want := []string{"agenda first third 1 10:00", "agenda middle third 1 0:20", "agenda last third 1 1:30",
		"team Platform 2 5:10", "team Languages 1 1:30", "position 1-low 2 5:10", "position  1 1:30"}
	if diff := cmp.Diff(want, groups); diff != "" {
		t.Error("(-want +got)", diff)
	}
}

func TestClock(t *testing.T) {
	for d, want := range map[time.Duration]string{0: "0:00", 65 * time.Second: "1:05", time.Hour + 2*time.Second: "1:00:02", -90 * time.Second: "−1:30"} {
		if got := calibration.Clock(d); got != want {
			t.Errorf("%v is written %s, not %s", d, got, want)
		}
	}
}

func TestSweepFindsWhatToLookAtAgain(t *testing.T) {
	seen := tick("1-low", 1, true)
	decisions := []calibration.Decision{
		placed("1", "grace", draft, "2-low"),
		placed("1", "barbara", final, "1-low", seen),
		placed("3", "barbara", final, "1-low"),
	}
	events := []calibration.Event{
		{Kind: calibration.Spent, Person: "1", Seconds: 600}, {Kind: calibration.Spent, Person: "3", Seconds: 20}, {Kind: calibration.Spent, Person: "2", Seconds: 300},
	}
	room := roomOf(t, decisions, events)
	var got []string
	for _, c := range room.Sweep(nil).Checks {
		got = append(got, fmt.Sprint(c.Kind, ": ", c.Person.Name, " ", c.Dimension))
	}
	want := []string{"still blind: Alan ", "no reason for the change: Ada Individual", "no evidence ticked: Barbara Individual", "decided quickly: Barbara "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("(-want +got)", diff)
	}
	if cells := room.Sweep(nil).Scales[0].Cells; len(cells) != 1 || len(cells[0].People) != 2 {
		t.Errorf("Ada and Barbara are in one cell: %+v", cells)
	}
}

// What the room compares never holds anything of who is blind.
func TestRoomComparesNobodyWhoIsBlind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var decisions []calibration.Decision
		for range rapid.IntRange(0, 12).Draw(t, "decisions") {
			decisions = append(decisions, placed(rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "person"), rapid.SampledFrom([]string{"grace", "edsger", "x"}).Draw(t, "by"),
				rapid.SampledFrom([]calibration.Stage{draft, panel}).Draw(t, "stage"), rapid.SampledFrom([]string{"1-low", "2-high"}).Draw(t, "position")))
		}
		room := roomOf(t, decisions, nil)
		compared := map[string]bool{}
		for _, p := range room.Compared[0].Spread().People {
			compared[p.Person.ID] = true
		}
		for _, turn := range room.Turns {
			counted := 0
			for _, d := range decisions {
				if d.Person == turn.Person.ID {
					counted++
				}
			}
			if turn.Blind != (len(turn.Missing()) > 0) || compared[turn.Person.ID] != (!turn.Blind && counted > 0) {
				t.Fatalf("%s: blind %t, missing %v, compared %t", turn.Person.Name, turn.Blind, turn.Missing(), compared[turn.Person.ID])
			}
		}
	})
}
