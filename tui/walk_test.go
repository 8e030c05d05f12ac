package tui

import (
	"fmt"
	"strings"
	"testing"

	"calibrate/calibration"
	"calibrate/internal/memorystore"
	"calibrate/rubric"
)

func TestWalkKeysMove(t *testing.T) {
	for _, test := range []struct{ keys, want string }{
		{"", "1 Unsatisfactory · Low"},
		{"right", "1 Unsatisfactory · Mid"},
		{"l l", "1 Unsatisfactory · High"},
		{"right right right", "2 Development Needed · Low"},
		{"right left", "1 Unsatisfactory · Low"},
		{"l h", "1 Unsatisfactory · Low"},
		{"left", "1 Unsatisfactory · Low"},
		{"]", "2 Development Needed · Low"},
		{"right ] ]", "3 Consistently Delivers · Mid"},
		{"right ] ] [", "2 Development Needed · Mid"},
		{"[", "1 Unsatisfactory · Low"},
		{"4", "4 Leading · Low"},
		{"right right 5", "5 Transformative · High"},
		{"5 right right right", "5 Transformative · High"},
		{"w", "3 Consistently Delivers · Mid"},
		{"a", "1 Unsatisfactory · Mid"},
		{"3 b", "2 Development Needed · High"},
		{"3 f", "3 Consistently Delivers · Low"},
	} {
		d := drive(t).press("enter").press(strings.Fields(test.keys)...)
		if title := d.row(" ── "); !strings.Contains(title, test.want) {
			t.Errorf("%q leads to %q, want %s", test.keys, title, test.want)
		}
	}
}

func TestWalkSaysWhyItStays(t *testing.T) {
	for keys, want := range map[string]string{
		"left": "this is the lowest band", "5 right right right": "this is the highest band",
		"[": "this is the lowest level", "5 ]": "this is the highest level",
		"7": "the rubric has no level 7",
	} {
		drive(t).press("enter").press(strings.Fields(keys)...).sees(want)
	}
	one := small(t, 2, 1, 1)
	driveWith(t, one, asciiProfile).press("enter", "tab").sees("the rubric has no other dimension")
}

func TestDimensionsAreWalkedEachOnItsOwn(t *testing.T) {
	d := drive(t).press("enter", "3", "space", "tab").sees("[Business Impact]", "1 Unsatisfactory · Low")
	d.press("right", "shift+tab").sees("[Individual]", "3 Consistently Delivers · Low", "▸✓")
	d.press("shift+tab").sees("[Business Impact]", "1 Unsatisfactory · Mid")
}

func TestTickingGoesRound(t *testing.T) {
	d := drive(t).press("enter")
	for _, want := range []string{"▸✓ Fails", "▸✗ Fails", "▸· Fails", "▸✓ Fails"} {
		d.press("space").sees(want)
	}
}

func TestCursorGoesThroughTheBandInReadingOrder(t *testing.T) {
	d := drive(t).press("enter", "3", "right").size(200, 60)
	under := func() string {
		row := d.row(markCursor)
		_, text, _ := strings.Cut(row, markCursor+markBlank+" ")
		return strings.Join(strings.Fields(text)[:2], " ")
	}
	for i, want := range []string{"Owns the", "Shapes the", "Represents platform", "Defined the", "Presented cloud", "Operating well", "Begins influencing", "Begins influencing"} {
		if got := under(); got != want {
			t.Errorf("statement %d is %q, want %q", i+1, got, want)
		}
		d.press("down")
	}
	d.press("K")
	if got := under(); got != "Operating well" {
		t.Errorf("K leads to %q", got)
	}
	d.press("K", "K", "J")
	if got := under(); got != "Defined the" {
		t.Errorf("K K J leads to %q", got)
	}
	d.press("up", "k")
	if got := under(); got != "Shapes the" {
		t.Errorf("up from Examples leads to %q", got)
	}
	d.press("right", "left")
	if got := under(); got != "Owns the" {
		t.Errorf("a band that is entered begins at %q", got)
	}
}

func TestVerdictsShowOnTheRuler(t *testing.T) {
	d := drive(t).press("enter", "3", "a", "f", "right", "b", "3", "space").size(200, 60)
	d.sees("[High]")
	rows := strings.Split(d.screen(), "\n")
	marks := strings.Fields(rows[3])
	if got, want := strings.Join(marks, " "), "· · · · · · ↑ = ↓1 · · · · · ·"; got != want {
		t.Errorf("the ruler says %q, want %q", got, want)
	}
	d.sees("· High  ↓ person is below").press("left").sees("· Mid  = fits").press("left").sees("· Low  ↑ person is above").press("right", "right")
	d.press("b").seesNot("person is below") // the same verdict again takes it back
}

func TestContradictionIsPointedOutNotForbidden(t *testing.T) {
	d := drive(t).press("enter", "4", "a", "3", "b").sees("above at 4-low, yet below at 3-mid; both cannot be right")
	d.press("right", "b").seesNot("both cannot be right")
	d.press("enter").write("All the same.").press("ctrl+s").sees("saved")
}

func TestSuggestionSaysWhyAndPlacesNobody(t *testing.T) {
	d := drive(t).press("enter").sees("no suggestion yet")
	d.press("3", "a", "space", "right", "b")
	d.says("suggests 3-mid: most ticks seen at 3-mid; 3-low judged below the person; 3-high judged above the person")
	d.press("4", "enter").sees("Position    4-mid", "the walk suggests 3-mid")
	if len(d.store.Held.Decisions) != 0 {
		t.Error("somebody was placed")
	}
}

func TestBracketAsksTheMiddleFirst(t *testing.T) {
	d := drive(t).press("enter", "w").sees("bracket · 8/15").press("a").sees("bracket · 12/15").press("b").sees("bracket · 10/15")
	d.press("w").sees("band by band · 10/15")
}

func TestNotes(t *testing.T) {
	d := drive(t).press("enter", "down", "space", "m").sees("✎ note:")
	d.write("seen in May, q and 3").sees("✎ note: seen in May, q and 3", "✎ seen in May, q and 3")
	d.press("enter").seesNot("note:").sees("▸✓ Internal", "✎ seen in May")
	d.press("m").write("!").press("esc").sees("✎ seen in May, q and 3!")
	d.press("u").sees("undone", "✎ seen in May, q and 3").seesNot("and 3!")
	d.press("u").seesNot("✎").sees("▸✓ Internal")
	d.press("m", "enter", "u").sees("▸· Internal") // a note that nothing was written into is no change
	d.press("m").paste("two\nlines").press("enter").sees("✎ two lines")
}

func TestNoteIsKeptWhileItIsWritten(t *testing.T) {
	d := drive(t).press("enter", "m").write("half a no").tick().again()
	d.press("enter").sees("✎ half a no")
}

func TestUndoShowsWhatItTookBack(t *testing.T) {
	d := drive(t).press("enter", "u").sees("nothing to undo")
	d.press("3", "down", "down", "space", "4", "right", "f")
	d.press("u").sees("4 Leading · Mid").seesNot("= fits")
	d.press("u").sees("undone", "3 Consistently Delivers · Low", "▸· Mentors")
	d.press("tab", "space", "tab", "u").sees("undone", "[Business Impact]").seesNot("✓")
	d.press("u").sees("nothing to undo")
}

func TestUndoLeavesTheRationale(t *testing.T) {
	d := drive(t).press("enter", "space", "enter").write("Half written.").press("esc", "u").sees("undone")
	d.press("enter").sees("┃ Half written.")
}

func TestWalkResumesWhereItWas(t *testing.T) {
	d := drive(t).press("enter", "tab", "3", "right", "space", "a", "left", "w", "w", "3").tick().again()
	d.press("enter").sees("[Business Impact]", "3 Consistently Delivers · High", "↑1")
	d.press("esc", "down", "enter").sees("Grace Hopper", "1 Unsatisfactory · Low")
}

func TestListOpensOnTheWalkWorkedOnLast(t *testing.T) {
	d := drive(t).press("down", "enter", "3", "space", "esc", "up").again()
	d.sees("▸✎ Grace Hopper").press("r").sees("Grace Hopper", "3 Consistently Delivers · Low", "▸✓")
}

func TestWalkSurvivesAnotherRubric(t *testing.T) {
	old := builtIn(t)
	d := drive(t).press("enter", "3", "space", "down", "space", "m").write("seen in May").press("enter").tick()
	levels := builtIn(t).Levels
	low := levels[2].Bands[0].Dimensions["Individual"]
	low.Impact = []string{"Something new.", low.Impact[0], low.Impact[2]}
	levels[2].Bands[0].Dimensions["Individual"] = low
	changed, err := rubric.New(old.Role, old.Dimensions, levels)
	if err != nil {
		t.Fatal(err)
	}
	d.open(changed, theme{}).size(80, 24).press("enter")
	d.sees("the rubric has changed since: 1 mark lost", "3 Consistently Delivers · Low", "✓ Leads the delivery")
	d.press("enter").sees("┃ seen in May (noted on:")
	d.tick().open(old, theme{}).size(80, 24).press("enter").sees("the rubric has changed since; every mark is still there")
}

func TestEarlierDecisionsAreMarked(t *testing.T) {
	d := drive(t, threePeople, twoSessions).press("enter").size(120, 40)
	d.sees("◆ 3-mid Autumn 2025", "■ 2-high Spring 2025")
	rows := strings.Split(d.screen(), "\n")
	if got := strings.Join(strings.Fields(rows[4]), " "); got != "■ ◆" {
		t.Errorf("the ruler marks %q", got)
	}
	d.press("tab").seesNot("Autumn 2025")
}

func TestSearchGoesToAnyStatement(t *testing.T) {
	d := drive(t).press("enter", "/").sees("Search all statements", "185 statements")
	d.write("golden path TEAMS").sees("statements").press("down", "up")
	d.press("ctrl+u").write("divergent deployment").sees("1 statement", "1-low · Business Impact · Examples")
	d.press("enter").sees("[Business Impact]", "1 Unsatisfactory · Low", "▸· Four")
	d.press("/").write("no such words").sees("No statement has").press("enter").sees("nothing to go to")
	d.press("esc").sees("1 Unsatisfactory · Low")
	d.press("tab").sees("[Individual]") // the other dimension is where it was
}

func TestNeighbours(t *testing.T) {
	d := drive(t).press("enter", "3", "right", "v").sees("← 3-low", "3-mid, here", "3-high →")
	d.press("l").sees("← 3-mid", "3-high, here", "4-low →")
	d.press("h", "left", "left").sees("2-high, here")
	d.press("v").sees("2 Development Needed · High", "▸")
	d.press("1", "v").sees("1-high, here")
	d.press("left", "left").sees("Nothing below: this is", "the lowest band.", "1-low, here").press("left").sees("this is the lowest band")
	d.press("tab").sees("[Business Impact]").press("shift+tab").sees("[Individual]")
	d.press("esc").sees("1 Unsatisfactory · Low", "▸· Fails")
	d.press("v", "enter").sees("Rationale").press("esc").sees("no suggestion yet")
}

func TestNeighboursScrollTogetherAndStop(t *testing.T) {
	d := drive(t).press("enter", "3", "right", "v").sees("▾ ").seesNot("▴")
	d.press("down", "down").sees("▴ 3 lines above")
	d.press("pgdown", "pgdown", "pgdown", "pgdown", "pgdown").sees("Progression signal").press("up").sees("▾ 2 more lines")
	d.press("right").seesNot("▴")
}

func TestLongStatementScrolls(t *testing.T) {
	long := strings.Repeat("words that go on ", 60) + "to the end"
	r := written(t, long, "a short one")
	d := driveWith(t, r, asciiProfile).press("enter").sees("▸· words that", "▾ ").seesNot("to the end", "▴")
	for range 20 {
		d.press("pgdown")
	}
	d.says("to the").sees("▴ ")
	d.press("pgup").sees("┃").press("down").sees("▸· a short one")
	d.press("up").sees("▸· words that")
}

// The statement under the cursor is in sight whatever the size.
func TestCursorIsAlwaysInSight(t *testing.T) {
	d := drive(t).press("enter", "3", "right")
	for _, size := range [][2]int{{60, 15}, {79, 20}, {80, 15}, {80, 24}, {119, 30}, {120, 40}, {200, 60}} {
		d.size(size[0], size[1])
		for range 3 {
			for range 7 {
				d.sees(markCursor)
				d.press("down")
			}
			for range 7 {
				d.press("up")
			}
			d.press("]")
		}
		d.press("3")
	}
}

func TestEmptyBandSaysSo(t *testing.T) {
	r := written(t)
	d := driveWith(t, r, asciiProfile).press("enter").sees("not described")
	d.press("space").sees("no statement to tick here").press("m").sees("no statement to note on here").press("down", "J")
}

// written makes a rubric of two levels with the statements as the impact of each
// band, and nothing else.
func written(t testing.TB, impact ...string) *rubric.Rubric {
	t.Helper()
	band := func() []rubric.Band {
		return []rubric.Band{{Name: "Low", Dimensions: map[string]rubric.Content{"Individual": {Impact: impact}}}}
	}
	if len(impact) == 0 {
		band = func() []rubric.Band { return []rubric.Band{{Name: "Low"}} }
	}
	other := band()
	other[0].Dimensions = map[string]rubric.Content{"Individual": {Examples: []string{"another"}}}
	r, err := rubric.New("Role", []string{"Individual"}, []rubric.Level{{Number: 1, Name: "First", Bands: band()}, {Number: 2, Name: "Second", Bands: other}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// small makes a rubric of so many levels, bands and dimensions, with a statement
// in each section.
func small(t testing.TB, levels, bands, dimensions int) *rubric.Rubric {
	t.Helper()
	var names []string
	for i := range dimensions {
		names = append(names, fmt.Sprintf("Dimension %c", 'A'+i))
	}
	var all []rubric.Level
	for l := 1; l <= levels; l++ {
		level := rubric.Level{Number: l, Name: fmt.Sprintf("Level name %d", l)}
		for b := range bands {
			band := rubric.Band{Name: fmt.Sprintf("Band %c", 'A'+b), Dimensions: map[string]rubric.Content{}}
			for _, name := range names {
				say := func(what string) []string {
					return []string{fmt.Sprintf("%s at %d, %s, for %s", what, l, band.Name, name)}
				}
				band.Dimensions[name] = rubric.Content{Impact: say("impact"), Examples: say("example"), Dampeners: say("dampener"), ProgressionSignal: say("signal")}
			}
			level.Bands = append(level.Bands, band)
		}
		all = append(all, level)
	}
	r, err := rubric.New("Role", names, all)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// twoSessions gives Ada a past in two sessions.
func twoSessions(m *memorystore.Store, r *rubric.Rubric) {
	m.Held.Sessions = []calibration.Session{{ID: "S1", Name: "Spring 2025"}, {ID: "S2", Name: "Autumn 2025"}}
	for i, at := range []string{"2-high", "3-mid"} {
		d := calibration.Decision{
			Person: "0042", Reviewer: "linus", Session: m.Held.Sessions[i].ID, Dimension: r.Dimensions[0], Position: at, Stage: calibration.Final,
			Confidence: calibration.High, Rationale: "Leads the platform work, and others follow.", Rubric: r.Hash(),
			Evidence:  []calibration.Evidence{{Statement: at + "/individual/impact/1", Seen: true, Note: "in every review"}, {Statement: at + "/individual/impact/2"}},
			Dampeners: []calibration.Dampener{{Statement: at + "/individual/dampeners/1"}},
		}
		if _, err := m.Place(d, r); err != nil {
			panic(err)
		}
		m.Held.Decisions[i].DecidedAt = fixedNow().AddDate(0, 6*i-12, 0)
	}
}
