package tui

import (
	"strings"
	"testing"

	"calibrate/calibration"
	"calibrate/internal/memorystore"
	"calibrate/rubric"
)

func TestPersonShowsEveryDecision(t *testing.T) {
	d := drive(t, threePeople, twoSessions).press("p").sees("Ada Lovelace · Platform · Senior Platform Engineer · 0042", "2 decisions")
	d.sees("▸ 2025-09-02 ● 3-mid", "Autumn 2025", "3-mid  3 Consistently Delivers · Mid", "Leads the platform work")
	d.says("Individual · final · confidence high · by linus · Autumn 2025 · 2025-09-02 14:03")
	d.press("down").sees("▸ 2025-03-02 ● 2-high", "2 Development Needed · High").press("j", "down").sees("▸ 2025-03-02")
	d.press("k").sees("▸ 2025-09-02")
	d.size(120, 40).sees("Evidence", "✓ 3-mid impact 1", "✎ in every review", "✗ 3-mid impact 2", "Dampeners that apply", "▿ 3-mid dampeners 1", "id 01J")
}

func TestPersonKeepsADraftThatASessionHad(t *testing.T) {
	d := drive(t, threePeople, func(m *memorystore.Store, r *rubric.Rubric) {
		for i := range 3 {
			_, err := m.Place(calibration.Decision{Person: "0042", Reviewer: "grace", Dimension: r.Dimensions[0], Position: r.At(6 + i).Key,
				Stage: calibration.Draft, Confidence: calibration.Low, Rationale: "Because.", Rubric: r.Hash()}, r)
			if err != nil {
				t.Fatal(err)
			}
			m.Held.Decisions[i].DecidedAt = fixedNow().AddDate(0, 3*i-6, 0)
		}
	})
	d.press("p").sees("3-mid ", "3-low   Individual  grace  corrected", "2-high  Individual  grace  corrected").press("esc")
	d.store.Held.Sessions = []calibration.Session{{ID: "S1", Name: "Autumn", People: []string{"0042"}, State: calibration.Finalised, FinalisedAt: fixedNow().AddDate(0, -4, 0)}}
	d.press("p").sees("3-low   Individual  grace  corrected", "2-high  Individual  grace  no session")
}

func TestPersonDetailsScroll(t *testing.T) {
	d := drive(t, threePeople, twoSessions).press("p").sees("▾ ").seesNot("id 01J")
	d.press("h", "l", "left", "right").seesNot("▴") // these move between bands elsewhere, and here nothing
	for range 9 {
		d.press("pgdown")
	}
	d.sees("id 01J", "▴ ").press("ctrl+u", "ctrl+u", "ctrl+u", "ctrl+u").seesNot("▴")
	d.press("pgdown", "down").sees("2 Development Needed · High").seesNot("▴")
}

func TestPersonWithoutDecisions(t *testing.T) {
	d := drive(t).press("p").sees("Nothing has been decided about Ada Lovelace yet", "0 decisions")
	d.press("down", "pgdown", "enter").sees("1 Unsatisfactory · Low").press("enter").write("Seen.").press("ctrl+s", "esc", "esc")
	d.sees("1 decision", "▸ 2026-03-02 ○ 1-low").seesNot("1 decisions")
	d.press("esc").sees("People")
}

func TestPersonSaysUnderWhichRubric(t *testing.T) {
	d := drive(t, threePeople, twoSessions)
	old := builtIn(t)
	d.store.Held.Rubrics[old.Hash()] = old
	other, err := rubric.New("Another role", old.Dimensions, builtIn(t).Levels)
	if err != nil {
		t.Fatal(err)
	}
	d.open(other, theme{}).size(80, 24).press("p").sees("made under the rubric Senior Platform Engineer", "3-mid  3 Consistently Delivers · Mid")
	d.press("enter").sees("◆ (3-mid) Autumn 2025")
	delete(d.store.Held.Rubrics, old.Hash())
	d.press("esc").says("the rubric that it was made under cannot be read: the file holds no rubric").sees("Leads the platform work")
}

func TestManyDecisionsScroll(t *testing.T) {
	d := drive(t, threePeople, func(m *memorystore.Store, r *rubric.Rubric) {
		for range 30 {
			_, err := m.Place(calibration.Decision{Person: "0042", Reviewer: "ken", Dimension: r.Dimensions[0], Position: "2-low",
				Stage: calibration.Panel, Session: "S9", Confidence: calibration.Low, Rationale: "Because.", Rubric: r.Hash()}, r)
			if err != nil {
				t.Fatal(err)
			}
		}
	}).press("p").sees("30 decisions", "▾ 24 more decisions", "corrected · S9")
	for range 40 {
		d.press("down")
	}
	d.sees("▴ ", "▸ ").seesNot("more decisions")
	d.size(120, 40).sees("▸ ")
}

func TestHelpTellsOfEveryKeyOfItsScreen(t *testing.T) {
	screens := map[string][]string{
		"People": {}, "Walk": {"enter"}, "Neighbours": {"enter", "v"}, "Person": {"p"}, "Place": {"enter", "enter", "tab"},
	}
	for name, keys := range screens {
		d := drive(t, threePeople, twoSessions).size(120, 60).press(keys...)
		declared := d.app.top().Keys()
		d.press("?").sees("Help · "+name, "Words and signs")
		for _, k := range declared {
			d.sees(k.Help().Key)
			does := strings.Fields(k.Help().Desc)
			d.sees(strings.Join(does[:min(len(does), 6)], " "))
		}
		d.press("esc").seesNot("Help · ")
	}
}

func TestHelpScrollsAndGoesAtAnyOtherKey(t *testing.T) {
	d := drive(t).press("enter", "?").sees("▾ ").seesNot("▴").press("down", "pgdown").sees("▴ ")
	for range 9 {
		d.press("pgdown")
	}
	d.sees("a dampener that applies").seesNot("▾ 1").press("up").sees("▾ 2 more lines").press("x").sees("1 Unsatisfactory · Low")
	d.press("m", "?").seesNot("Help").sees("note: ?")
}

// The footer tells only of keys that are declared, and a terminal that is narrow
// shows fewer of them, whole.
func TestFooterShowsWhatFits(t *testing.T) {
	d := drive(t).press("enter")
	for w := minWidth; w <= 200; w += 7 {
		d.size(w, 24)
		rows := strings.Split(d.screen(), "\n")
		hints := strings.Split(strings.TrimSpace(rows[len(rows)-1]), " · ")
		if last := hints[len(hints)-1]; last != "? help" {
			t.Errorf("at %d columns the footer ends in %q", w, last)
		}
		hints = hints[:len(hints)-1]
		if n := len(hints) - 1; hints[n] == "esc back" {
			hints = hints[:n] // the way out fills what is left
		}
		for i, k := range d.app.top().Keys()[:len(hints)] {
			if want := k.Help().Key + " " + gist(k); hints[i] != want {
				t.Errorf("at %d columns hint %d is %q, want %q", w, i, hints[i], want)
			}
		}
	}
}
