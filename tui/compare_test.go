package tui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"calibrate/calibration"
	"calibrate/demo"
	"calibrate/internal/memorystore"
	"calibrate/report"
	"calibrate/rubric"
	"calibrate/store"
)

// invented is what the demo invents, read once.
var invented = sync.OnceValue(func() (m memorystore.Held) {
	dir, err := os.MkdirTemp("", "demo")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "demo.db")
	data, err := os.ReadFile("../rubric.yaml")
	if err != nil {
		panic(err)
	}
	r, err := rubric.Parse("rubric.yaml", data)
	if err == nil {
		err = demo.Write(path, r, 1, time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC))
	}
	if err != nil {
		panic(err)
	}
	st, err := store.Open(path, store.Options{ReadOnly: true})
	if err != nil {
		panic(err)
	}
	defer st.Close()
	var errs [3]error
	m.People, errs[0] = st.People()
	m.Sessions, errs[1] = st.Sessions()
	errs[2] = st.Decisions(func(d calibration.Decision) error {
		m.Decisions = append(m.Decisions, d)
		return nil
	})
	if err := errors.Join(errs[:]...); err != nil {
		panic(err)
	}
	return m
})

// demoData puts the demo's people, sessions and decisions into the store.
func demoData(m *memorystore.Store, r *rubric.Rubric) {
	d := invented()
	m.Held.People, m.Held.Sessions, m.Held.Decisions = d.People, d.Sessions, d.Decisions
	m.Held.Rubrics[r.Hash()], m.Unveiled = r, true
}

func TestCompareOpensOnEverybodyOrTheTicked(t *testing.T) {
	d := drive(t, demoData).press("c").sees("Compare · Senior Platform Engineer", "634 decisions · 24 people", "[1 Spread]")
	d.press("esc").sees("People · ")
	d.press("space", "down", "space").sees("2 ticked of 24 people")
	d.press("c").sees("2 people", "2 chosen people").press("esc")
	d.press("up", "space").sees("1 ticked")
}

func TestCompareOpensOnTheSessionAtHand(t *testing.T) {
	d := drive(t, demoData)
	d.session = d.store.Held.Sessions[2].ID
	d.again().press("c").sees(" 2026 H2", "124 decisions · 21 people")
}

func TestEveryViewHasItsTab(t *testing.T) {
	d := drive(t, demoData).size(120, 40).press("c")
	for _, tab := range []struct{ key, sees string }{
		{"2", "draft → final: 100 placements, 82 stayed"}, {"3", "placements of 24 people, median"}, {"4", "Reviewers agree"}, {"5", "questions, not verdicts"},
		{"6", "26 of 28"}, {"7", "Would you say the same of each?"}, {"8", "Change"}, {"1", "to discuss"},
	} {
		d.press(tab.key).sees(tab.sees)
	}
	for range 8 {
		d.press("tab")
	}
	d.sees("[1 Spread]").press("shift+tab").sees("[8 Past]")
}

func TestSpreadLeadsToEverybodysReasons(t *testing.T) {
	d := drive(t, demoData).size(200, 60).press("c", "enter").sees("Side by side", "Ana, 2026 H2 · Individual", "2-high to 4-low, 4 apart and across a level: discuss")
	d.sees("Marcus Oyelaran", "draft by Marcus Oyelaran", "Leilani Kahananui").press("right", "down", "esc").sees("[1 Spread]")
}

func TestViewsLeadOn(t *testing.T) {
	d := drive(t, demoData).size(120, 40).press("c", "2", "enter").sees("Side by side").press("esc")
	d.press("7", "enter").sees("would you say the same of each?").press("esc")
	d.press("8", "enter").sees("── Decisions").press("esc").sees("[8 Past]")
	d.press("2", "t").sees("draft → panel").press("t").sees("panel → final").press("t").sees("2026 H1 → 2026 H2").press("t").sees("draft → final")
	d.press("3", "t").sees("by manager").press("p").sees("3-mid")
}

func TestFilterNarrowsEveryView(t *testing.T) {
	d := drive(t, demoData).size(120, 40).press("c", "/").sees("What is compared", "Session", "‹ all ›")
	d.press("right", "down", "right", "enter").sees("2026 H2 · Atlas")
	d.press("5").seesNot("Nobody").press("/", "backspace", "enter").sees("all sessions", "634 decisions")
	d.press("/", "down", "right", "esc").sees("all sessions", "634 decisions")
	d.press("/", "down", "down", "down", "down", "right", "right", "right", "enter").sees("all sessions · final")
	d.press("1").sees("placed by one only")
}

// Past sessions are looked at from a single one too.
func TestPastOfOneSession(t *testing.T) {
	d := drive(t, demoData).size(120, 40)
	d.session = d.store.Held.Sessions[1].ID
	d.again().press("c", "8").sees("2026 H1", "2025 H2").seesNot("2026 H2")
	d.press("2", "t", "t", "t").sees("2025 H2 → 2026 H1")
	d.session = d.store.Held.Sessions[0].ID
	d.again().press("c", "2", "t", "t", "t").sees("There is no session before this one.")
}

func TestViewIsWrittenToAFile(t *testing.T) {
	d := drive(t, demoData)
	d.press("c").press("x").sees("[1 Spread]") // nobody can write: no such key
	var asked []report.Written
	var fail error
	d.app.env.save = func(_ context.Context, w report.Written) error {
		asked = append(asked, w)
		return fail
	}
	d.press("4", "x").sees("Write agreement to a file", "calibrate-agreement-2026-03-02.html")
	fail = errors.New("it exists already")
	d.press("enter").sees("not written: it exists already").press("esc")
	fail = nil
	d.press("ctrl+u").write("team.md").press("enter").sees("team.md is written", "[4 Agreement]")
	if len(asked) != 2 || asked[1].Path != "team.md" || asked[1].View != "agreement" {
		t.Errorf("asked for %+v", asked)
	}
	d.press("x", "esc").sees("[4 Agreement]")
	d.press("x", "ctrl+u", "enter").sees("give the file a name")
}

func TestCompareOfNothing(t *testing.T) {
	d := drive(t, threePeople).press("c").sees("Nobody was placed here.")
	for _, tab := range []string{"2", "3", "4", "5", "6", "7", "8"} {
		d.press(tab, "enter", "down", "pgdown", "end")
	}
	d.fitsTerminal()
}

func TestCompareThatCannotBeRead(t *testing.T) {
	d := drive(t, demoData)
	d.store.FailReads = errDiskFull
	d.press("c").sees("could not be read", "People · ")
	d.press("esc", "esc") // of the comparison, and of the people come back to
	d.store.FailReads = nil
	d.press("c", "enter").sees("Side by side").press("esc")
	d.store.FailReads = errDiskFull
	d.press("enter").sees("could not be read", "[1 Spread]")
}

func TestDecisionsOfAnotherRubricStandApart(t *testing.T) {
	d := drive(t, demoData, func(m *memorystore.Store, r *rubric.Rubric) {
		other := small(t, 5, 3, 2)
		m.Held.Rubrics[other.Hash()] = other
		made := m.Held.Decisions[0]
		made.ID, made.Rubric = "01J00000000000000000000009", other.Hash()
		made.Position, made.Dimension, made.Evidence, made.Dampeners = other.At(3).Key, other.Dimensions[0], nil, nil
		m.Held.Decisions = append([]calibration.Decision{made}, m.Held.Decisions...)
	})
	d.size(120, 40).press("c").sees("1 decision of another rubric is not compared")
	if !strings.Contains(d.screen(), "633 decisions") && !strings.Contains(d.screen(), "634 decisions") {
		t.Errorf("the others are gone:\n%s", d.screen())
	}
}
