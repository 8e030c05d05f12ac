package tui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"

	"calibrate/calibration"
)

func TestPlacingRecordsWhatTheScreenSays(t *testing.T) {
	d := drive(t).press("enter", "3", "right", "space", "m").write("in May").press("enter", "down", "space", "space", "J", "J", "space", "enter")
	d.sees("Position    3-mid  3 Consistently Delivers · Mid", "1 seen · 1 not seen · 1 dampener applies")
	d.size(120, 40).sees("✓ 3-mid impact 1  Owns", "✎ in May", "✗ 3-mid impact 2  Shapes", "▿ 3-mid dampeners 1  Operating")
	d.write("  Leads it.\nNot higher yet. ").press("ctrl+s").sees("✓ saved 3-mid · Individual at 14:03:00", "draft · confidence medium · by grace")
	want := calibration.Decision{
		Person: "0042", Reviewer: "grace", Dimension: "Individual", Position: "3-mid", Stage: calibration.Draft, Confidence: calibration.Medium,
		Rationale: "Leads it.\nNot higher yet.",
		Evidence: []calibration.Evidence{
			{Statement: "3-mid/individual/impact/1", Seen: true, Note: "in May"}, {Statement: "3-mid/individual/impact/2"}},
		Dampeners: []calibration.Dampener{{Statement: "3-mid/individual/dampeners/1"}},
		ID:        d.store.Held.Decisions[0].ID, Rubric: builtIn(t).Hash(), DecidedAt: fixedNow(),
	}
	if diff := cmp.Diff([]calibration.Decision{want}, d.store.Held.Decisions); diff != "" {
		t.Errorf("recorded (-want +got):\n%s", diff)
	}
}

func TestRationaleIsRequired(t *testing.T) {
	d := drive(t).press("enter", "enter").write(" \n ").press("ctrl+s").sees("the rationale is empty", "Rationale")
	if len(d.store.Held.Decisions) != 0 {
		t.Error("placed without a reason")
	}
	d.press("esc", "tab", "ctrl+s", "esc").write("Seen.").press("ctrl+s").sees("saved 1-low")
}

func TestFieldsOfAPlacement(t *testing.T) {
	d := drive(t).press("enter", "3", "enter", "tab").sees("▸ Position  ‹ 3-low")
	d.press("right", "l", "k", "up").sees("‹ 4-mid").press("left", "h", "j").sees("‹ 3-mid", "[M]")
	d.press("tab").sees("▸ Confidence").press("right", "right").sees("[high]").press("left", "left", "left").sees("[low]")
	d.press("shift+tab", "shift+tab").sees("▸ Rationale").press("shift+tab").sees("▸ Evidence").press("enter").sees("▸ Rationale")
	d.write("h and l are letters here").press("tab", "enter").sees("▸ Rationale")
	d.press("ctrl+s").sees("saved 3-mid", "confidence low")
}

func TestPositionStopsAtTheEndsOfTheScale(t *testing.T) {
	d := drive(t).press("enter", "enter", "tab", "left", "left").sees("‹ 1-low")
	for range 20 {
		d.press("right")
	}
	d.sees("‹ 5-high")
}

func TestWhatIsTypedStays(t *testing.T) {
	d := drive(t).press("enter", "enter").write("Half a thought").press("tab", "tab", "right", "esc").sees("no suggestion yet")
	d.press("right", "enter").sees("┃ Half a thought", "[high]", "Position    1-mid") // place here means where one stands
	d.press("esc", "tab", "enter").seesNot("Half a thought").press("esc", "esc").again()
	d.press("enter", "tab", "enter").sees("┃ Half a thought")
}

func TestCorrectingSupersedes(t *testing.T) {
	d := drive(t).press("enter", "3", "enter").write("Leads.").press("tab", "tab", "right", "ctrl+s").sees("saved 3-low")
	d.press("esc").sees("○ 3-low saved", "[Individual ○]")
	d.press("right", "enter").sees("┃ Leads.", "[high]").write(" And more.").press("ctrl+s").sees("saved 3-mid")
	first, second := d.store.Held.Decisions[0], d.store.Held.Decisions[1]
	if second.Supersedes != first.ID || second.Rationale != "Leads. And more." || first.Rationale != "Leads." {
		t.Errorf("first %+v\nsecond %+v", first, second)
	}
	d.press("esc").sees("○ 3-mid saved").press("esc").sees("○ 3-mid").press("p").sees("2 decisions", "corrected")
}

func TestOffersAfterSaving(t *testing.T) {
	d := drive(t).press("enter", "enter").write("One.").press("ctrl+s")
	d.sees("enter  walk Business Impact for Ada Lovelace", "n      the next person", "enter the next dimension")
	d.press("x", "space").sees("saved 1-low · Individual")
	d.press("enter").sees("Individual ○ [Business Impact]", "1 Unsatisfactory · Low", "▸·")
	d.press("2", "enter").write("Two.").press("ctrl+s").sees("saved 2-low · Business Impact", "enter  the next person; every dimension is placed").seesNot("walk Individual")
	d.press("enter").sees("Grace Hopper · Compilers", "1 Unsatisfactory · Low")
	d.press("enter").write("Three.").press("ctrl+s", "n").sees("李娜 · 数据平台")
	d.press("enter").write("Four.").press("ctrl+s", "n").sees("that was the last person", "▸  李娜")
}

func TestSavedScreenQuits(t *testing.T) {
	if d := drive(t).press("enter", "enter").write("One.").press("ctrl+s", "q"); !d.quit {
		t.Error("q does not quit after saving")
	}
}

func TestNextPersonFollowsTheFilter(t *testing.T) {
	d := drive(t, crowd(9)).press("/").write("team 1").press("enter", "enter").sees("Person 01").press("enter").write("Seen.")
	d.press("ctrl+s", "n").sees("Person 05 · Team 1")
}

func TestLongRationale(t *testing.T) {
	d := drive(t).press("enter", "enter")
	d.paste(strings.Repeat("word ", 400)).write("end").sees("┃ ▴ ", "end").press("ctrl+home").sees("▾ ", "more lines").seesNot("▴")
	d.press("end", "down", "down", "up").fitsTerminal()
	d.paste(strings.Repeat("much more of it ", 2000)).sees("the rationale is full at 20000 bytes")
	d.press("ctrl+s").sees("saved 1-low")
	if n := len(d.store.Held.Decisions[0].Rationale); n < 19_900 || n > calibration.MaxRationale {
		t.Errorf("%d bytes were recorded", n)
	}
}

func TestEvidenceScrolls(t *testing.T) {
	d := drive(t).press("enter")
	for range 6 {
		d.press("space", "down", "space", "down", "space", "right")
	}
	d.press("enter", "shift+tab").sees("▸ Evidence", "▾ ").seesNot("▴")
	d.press("down", "j").sees("▴ 3 lines above")
	for range 20 {
		d.press("pgdown")
	}
	d.seesNot("▾").press("up").sees("▾ 2 more lines")
}

func TestKeysWaitWhileSaving(t *testing.T) {
	d := drive(t).press("enter", "enter").write("Seen.")
	_, save := d.app.Update(keyNamed(t, "ctrl+s"))
	for _, k := range []string{"ctrl+s", "enter"} {
		d.send(keyNamed(t, k))
	}
	d.seesNot("saved").run(save)
	if len(d.store.Held.Decisions) != 1 {
		t.Errorf("%d decisions", len(d.store.Held.Decisions))
	}
	d.sees("[Business Impact]") // the enter met the offer
}

func TestHostileRationaleIsShownAsText(t *testing.T) {
	d := drive(t, threePeople, twoSessions)
	d.store.Held.Decisions[1].Rationale = "plain \x1b]0;owned\x07\x1b[2J \u202eright to left"
	d.store.Held.Decisions[1].Evidence[0].Note = "\x1b[31mred"
	d.press("p").sees("plain ␛]0;owned␇␛[2J ‹202e›right to left").fitsTerminal()
	d.store.Held.Decisions[1].Reviewer, d.store.Held.Decisions[1].Session = "grace", ""
	d.press("enter", "enter").sees("␛]0;owned").fitsTerminal()
	d.send(tea.WindowSizeMsg{Width: 200, Height: 60})
	d.fitsTerminal()
}
