package tui

import (
	"slices"
	"strings"
	"testing"

	"github.com/muesli/termenv"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/rubric"
)

func TestWarmupFromTheNamesToTheScore(t *testing.T) {
	d := drive(t).press("w").sees("Warm-up", "Name 1     grace", "of 45").says("Nothing of it is recorded")
	d.press("enter").write("Ada").press("tab", "left", "left", "left", "left", "left", "left").sees("‹ 2 ›  of 45")
	d.press("enter").sees("grace, it is your turn").seesNot("example 1")
	d.press("enter").sees("Where does this stand?", "not placed yet", "[M]", "example 1 of 2")
	d.press("1", "left").sees("[L]").press("left").sees("[L]").press("]", "right").sees("2-mid", "[M]").press("[").sees("1-mid")
	d.press("9").sees("there is no level 9").press("5", "l", "h").sees("5-mid")
	d.press("n").sees("example 2 of 2", "3-mid").press("p").sees("example 1 of 2", "3-mid") // what was not placed is not kept
	d.press("2", "enter").sees("example 2 of 2", "1 placed").press("p").sees("○ placed at 2-mid", "2-mid")
	d.press("n", "enter").sees("All is placed", "1  2-mid", "2  3-mid", "ends your turn")
	d.press("p").sees("example 2 of 2", "○ placed at 3-mid").press("right", "enter").sees("2  3-high")
	d.press("enter").sees("Ada, it is your turn", "grace is done").seesNot("2-mid", "3-high")
	d.press("enter").sees("example 1 of 2", "0 placed", "not placed yet").press("4", "enter", "4", "enter").sees("lays open where the rubric has them")
	d.press("enter").sees("laid open", "example 1 of 2", "◆ the rubric", "grace", "Ada", "What tells it apart", "below", "above")
	d.press("enter").sees("example 2 of 2").press("p").sees("example 1 of 2").press("n", "n").sees("How far off", "everybody", "kappa", "of 2")
	d.press("pgdown").says("calibrate warmup --items 2 --seed").press("p").sees("example 2 of 2").press("s").sees("How far off")
	d.press("esc").sees("Name 2     Ada", "‹ 2 ›").press("esc").sees("People")
	for _, call := range []string{"Place", "SaveWalk", "PutPeople"} {
		if slices.Contains(d.store.Calls, call) {
			t.Errorf("the warm-up called %s: it is no part of anybody's record", call)
		}
	}
}

func TestWarmupOfOneNeedsNoHandingOver(t *testing.T) {
	drive(t).press("w", "enter", "enter").sees("Warm-up · grace", "example 1 of 8")
}

func TestWarmupAsksBeforeItIsGivenUp(t *testing.T) {
	d := drive(t).press("w", "tab", "left", "left", "left", "left", "left", "left", "left", "enter")
	for _, k := range []string{"esc", "q"} {
		d.press("right", k).sees("Leave the warm-up?").press(k).sees("Where does this stand?")
		if d.quit {
			t.Fatalf("%s twice quits", k)
		}
	}
	d.press("enter", "q", "n").sees("All is placed").press("enter").sees("laid open")
	d.press("esc").sees("Leave the warm-up?").press("x").sees("example 1 of 1")
	d.press("enter").sees("How far off").press("esc").sees("Name 1") // there is nothing left to lose
	d.press("enter", "esc", "y").sees("Name 1").press("esc").sees("People")
	d.press("w", "enter", "enter", "ctrl+c")
	if !d.quit {
		t.Error("ctrl+c does not end the app")
	}
}

func TestWarmupThatCannotBegin(t *testing.T) {
	d := drive(t).press("w", "enter").write("GRACE").press("tab", "enter").says(`two participants are called "GRACE"; tell them apart`)
	d.press("esc", "shift+tab", "ctrl+u").write("Ada").press("tab", "enter").sees("grace, it is your turn").seesNot("tell them apart")
	drive(t).press("w", "ctrl+u", "enter").says("nobody takes part")
	driveWith(t, written(t, "impact only"), termenv.Ascii, threePeople).press("w", "tab", "right", "left").sees("‹ 1 ›  of 1")
	d = drive(t).press("w")
	for range calibration.MaxParticipants - 1 {
		d.press("enter").write("x").paste(strings.Repeat("y", len(d.app.top().(*warmupSetup).names)))
	}
	d.press("enter").says("20 people are as many as one warm-up can have")
	d.fitsTerminal()
}

func TestWarmupOfOneDimension(t *testing.T) {
	d := drive(t).press("w", "tab", "tab", "right", "right").sees("‹ Business Impact ›", "of 15").press("left", "left").sees("‹ all ›").press("left")
	d.press("enter").sees("Where does this stand? Business Impact")
}

func TestAnotherRoundIsOfOtherExamples(t *testing.T) {
	d := drive(t).press("w")
	setup := d.app.top().(*warmupSetup)
	setup.draw.Seed = 1
	d.press("enter", "enter", "esc", "y")
	if setup.draw.Seed == 1 {
		t.Error("the same examples would be drawn again")
	}
}

func TestWarmupAlone(t *testing.T) {
	e := &env{rubric: builtIn(t), reviewer: "grace", now: fixedNow, theme: theme{}, wrapper: newWrapper()}
	alone := func(draw calibration.WarmupDraw, names ...string) *driver {
		t.Helper()
		a, err := newWarmupApp(e, WarmupConfig{Draw: draw, Participants: names, Offered: []string{"grace"}})
		if err != nil {
			t.Fatal(err)
		}
		d := &driver{t: t, app: a}
		d.run(a.Init())
		return d.size(80, 24)
	}
	d := alone(calibration.WarmupDraw{Items: 1}).sees("Name 1     grace", "Examples   1  of 45")
	if d.press("esc"); !d.quit {
		t.Error("leaving the only screen does not end the app")
	}
	d = alone(calibration.WarmupDraw{Items: 1, Seed: 7, Dimension: "Individual"}, "Ada", "Grace").sees("Ada, it is your turn")
	d.press("enter", "enter", "enter", "enter", "enter", "enter", "s").says(`calibrate warmup --items 1 --seed 7 --dimension "Individual"`)
	if d.press("q"); !d.quit {
		t.Error("q on the score does not end the app")
	}
	if _, err := newWarmupApp(e, WarmupConfig{Draw: calibration.WarmupDraw{Items: 99}, Offered: []string{"grace"}}); err == nil {
		t.Error("99 of 45 examples can be drawn")
	}
	if _, err := newWarmupApp(e, WarmupConfig{Participants: []string{"Ada", "ada"}}); err == nil {
		t.Error("two people of one name can take part")
	}
}

// turned is a rubric whose examples stand at other positions: the same texts, and for
// all else the same rubric.
func turned(t testing.TB, r *rubric.Rubric) *rubric.Rubric {
	t.Helper()
	n := len(r.Positions())
	var levels []rubric.Level
	for li, l := range r.Levels {
		level := rubric.Level{Number: l.Number, Name: l.Name}
		for bi, b := range l.Bands {
			band := rubric.Band{Name: b.Name, Dimensions: map[string]rubric.Content{}}
			for _, p := range r.Positions() {
				if p.LevelAt != li || p.BandAt != bi {
					continue
				}
				for d, content := range b.Dimensions {
					content.Examples = r.Content(r.At(1+(p.Ordinal+6)%n), d).Examples
					band.Dimensions[d] = content
				}
			}
			level.Bands = append(level.Bands, band)
		}
		levels = append(levels, level)
	}
	other, err := rubric.New(r.Role, r.Dimensions, levels)
	if err != nil {
		t.Fatal(err)
	}
	return other
}

// Until all is laid open, nothing that is drawn depends on where the rubric has the
// examples, or on where somebody before placed them. Two warm-ups that differ in nothing
// but that are played by the same keys, and every byte that they draw is compared; then
// they are laid open, and differ.
func TestNothingIsGivenAwayBeforeTheReveal(t *testing.T) {
	here := builtIn(t)
	there := turned(t, here)
	items, err := calibration.WarmupDraw{Items: 5, Seed: 3}.From(here)
	if err != nil {
		t.Fatal(err)
	}
	var moved []rubric.Statement
	for _, item := range items {
		for _, s := range there.AllStatements() {
			if s.Text == item.Text {
				moved = append(moved, s)
			}
		}
	}
	keys := strings.Fields("enter left right h l 1 2 3 4 5 [ ] n p tab up down pgdown pgup ? esc q x")
	rapid.Check(t, func(rt *rapid.T) {
		var worlds [2]*driver
		for i, r := range []*rubric.Rubric{here, there} {
			d := driveWith(t, r, termenv.TrueColor, threePeople)
			round, err := calibration.NewWarmup(r, [][]rubric.Statement{items, moved}[i], "Ada", "Grace")
			if err != nil {
				rt.Fatal(err)
			}
			for item := range items {
				round = round.Place(0, item, r.At(rapid.IntRange(1, 15).Draw(rt, "a guess before")))
			}
			s := newWarmup(d.app.env, round, calibration.WarmupDraw{})
			s.turn = 1
			d.app.open(s)
			worlds[i] = d
		}
		same := func() {
			if a, b := worlds[0].app.View(), worlds[1].app.View(); a != b {
				rt.Fatalf("what is drawn tells where the examples stand, or where Ada placed them:\n%s\n%s", worlds[0].screen(), worlds[1].screen())
			}
		}
		same()
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			k := rapid.SampledFrom(keys).Draw(rt, "key")
			if s, ok := worlds[0].app.top().(*warmup); ok && s.stage == lookingOver && k == "enter" && !s.leave.asked && worlds[0].app.help == nil {
				break // the next key lays all open
			}
			for _, d := range worlds {
				d.press(k)
			}
			same()
		}
		for _, d := range worlds {
			d.press("x", "x")
			s := d.app.top().(*warmup)
			s.stage, s.leave = placing, leaving{}
			for s.stage != lookingOver {
				d.press("enter")
			}
			d.sees("lays open").press("enter").sees("laid open")
		}
		if worlds[0].app.View() == worlds[1].app.View() {
			rt.Fatal("laid open, two different warm-ups look the same: this test could not fail")
		}
	})
}

// Whatever is pressed in a warm-up, at whatever size and of whatever rubric, what is
// drawn fits the terminal, and nothing reaches the store.
func TestRandomKeysInAWarmup(t *testing.T) {
	rubrics := []*rubric.Rubric{builtIn(t), hostile(t), small(t, 2, 1, 1), small(t, 20, 9, 12), written(t), wide(t)}
	names := strings.Fields("enter enter enter enter enter esc q y n p s tab shift+tab left right up down pgdown pgup ? 1 2 3 5 9 [ ] space backspace")
	rapid.Check(t, func(rt *rapid.T) {
		d := driveWith(t, rapid.SampledFrom(rubrics).Draw(rt, "rubric"), termenv.TrueColor, threePeople)
		d.app.crash = func(trace []byte) string { rt.Fatalf("fell over: %s", trace); return "" }
		h := newHands(rt, d)
		h.names = names
		d.press("w")
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			if _, home := d.app.top().(*people); home {
				d.press("w")
			}
			if rapid.IntRange(0, 9).Draw(rt, "what") == 0 {
				d.size(rapid.IntRange(1, 250).Draw(rt, "columns"), rapid.IntRange(1, 80).Draw(rt, "rows"))
			} else if rapid.IntRange(0, 9).Draw(rt, "text") == 0 {
				h.text(rapid.Bool().Draw(rt, "paste"))
			} else {
				d.press(rapid.SampledFrom(names).Draw(rt, "key"))
			}
			h.drawn()
			if d.quit {
				break
			}
		}
		for _, call := range d.store.Calls {
			if call == "Place" || call == "SaveWalk" {
				rt.Fatalf("the warm-up called %s", call)
			}
		}
	})
}

// What guards the looks, with and without colours.
func TestGoldenWarmupLooks(t *testing.T) {
	for name, profile := range map[string]termenv.Profile{"dark": termenv.TrueColor, "none": termenv.Ascii} {
		d := driveWith(t, builtIn(t), profile, threePeople).follow(warmupPlayed)
		d.fitsTerminal()
		compareGolden(t, "looks/warmup-"+name, d.app.View()+"\n")
	}
}

// Of a session that has several rubrics a warm-up alone asks which, whoever takes part.
func TestWarmupAloneAsksForTheRubric(t *testing.T) {
	own := manager(t)
	e := &env{rubric: builtIn(t), now: fixedNow, theme: theme{}, wrapper: newWrapper()}
	a, err := newWarmupApp(e, WarmupConfig{Draw: calibration.WarmupDraw{Items: 1, Seed: 7}, Rubrics: []*rubric.Rubric{e.rubric, own}, Participants: []string{"Ada", "Grace"}})
	if err != nil {
		t.Fatal(err)
	}
	d := &driver{t: t, app: a}
	d.run(a.Init())
	d.size(80, 24).sees("Name 1     Ada", "Name 2     Grace", "Rubric     Senior Platform Engineer")
	d.press("up", "right").sees("‹ Engineering Manager ›").press("enter").sees("Ada, it is your turn").press("enter").seesNot("Individual", "Business Impact")
}
