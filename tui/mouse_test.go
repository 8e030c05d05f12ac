package tui

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/rubric"
)

// cellOf is where on the screen a text begins.
func (d *driver) cellOf(text string) (x, y int) {
	d.t.Helper()
	for y, row := range strings.Split(d.screen(), "\n") {
		if before, _, ok := strings.Cut(row, text); ok {
			return ansi.StringWidth(before), y
		}
	}
	d.t.Fatalf("%q is not on the screen:\n%s", text, d.screen())
	return 0, 0
}

func (d *driver) clickAt(x, y int) *driver {
	d.send(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
	return d.send(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionRelease, Button: tea.MouseButtonLeft})
}

// click clicks at the first place that a text is at.
func (d *driver) click(text string) *driver {
	d.t.Helper()
	x, y := d.cellOf(text)
	return d.clickAt(x, y)
}

func TestClickSelectsAndTheNextOpens(t *testing.T) {
	d := drive(t).click("Grace Hopper").sees("▸  Grace Hopper").click("Grace Hopper").sees("Grace Hopper · Compilers", "1 Unsatisfactory · Low")
	d.press("esc", "/").write("o").click("Ada").sees("▸  Ada").click("Ada").sees("1 Unsatisfactory")

	drive(t, demoData).press("s").click("2025 H2").sees("▸ 2025 H2").click("2025 H2").sees("decided")
	d = drive(t, demoData).press("c").click("3 Distribution").sees("[3 Distribution]")
	view := d.press("1").app.top().(*compare)
	x, y := d.cellOf("▸")
	if d.clickAt(x, y+2); view.cursors[0] != 2 {
		t.Errorf("a click two rows down leads to item %d", view.cursors[0])
	}
	d.clickAt(x, y+2).sees("Side by side")
}

// A click on a key in the footer does what the key does, on whatever screen.
func TestClickOnAKeyPressesIt(t *testing.T) {
	for _, keys := range []string{"", "/", "n", "p", "s", "s n", "w", "enter", "enter m", "enter v", "enter /", "enter enter", "enter enter tab", "enter ?", "s n write:H1 enter enter enter", "s n write:H1 enter enter f"} {
		open := func() *driver { return drive(t).size(120, 24).follow(keys) }
		d := open()
		hints := hintsIn(d.app.hinted(), 120)
		left := 1
		for _, k := range hints {
			name := k.Keys()[0]
			if name == " " {
				name = "space"
			}
			by := open()
			if !strings.Contains(k.Help().Key, ellipsis) {
				by.press(name)
			}
			for _, x := range []int{left, left + hintWidth(k) - 1} {
				clicked := open().clickAt(x, 23)
				if got, want := clicked.screen(), by.screen(); got != want || clicked.quit != by.quit {
					t.Fatalf("after %q, a click on %q comes to\n%s\nand the key to\n%s", keys, k.Help().Key+" "+gist(k), got, want)
				}
			}
			if at := open().clickAt(left+hintWidth(k)+1, 23); at.screen() != d.screen() {
				t.Fatalf("after %q, a click beside %q does something", keys, gist(k))
			}
			left += hintWidth(k) + width(hintGap)
		}
	}
}

// What is said in the footer's place is read with a click, and no key lies below it.
func TestClickOnAStatusPressesNothing(t *testing.T) {
	d := drive(t).press("r").sees("there is no walk to resume")
	d.clickAt(2, 23).sees("▸  Ada Lovelace", "enter walk")
	d.clickAt(2, 23).sees("1 Unsatisfactory")
	d.press("enter", "ctrl+s").sees("the rationale is empty").clickAt(2, 23).seesNot("the rationale is empty").sees("Place")
}

func TestClickInARoom(t *testing.T) {
	s := newSeance(t)
	s.press("s", "enter").click("Hedy Lamarr").sees("▸  3 Hedy Lamarr").click("Hedy Lamarr").sees("Blind")
	s.click("edsger").sees("▸ edsger").click("edsger").sees("The laptop is for edsger now")
}

func TestClickOnTheRulerGoesThere(t *testing.T) {
	d := drive(t).press("enter")
	for o, p := range d.app.env.rubric.Positions() {
		r := d.app.env.walkRuler(d.app.top().(*walk).desk, d.app.env.rubric.At(1))
		for x := range 80 {
			if at, ok := r.ordinalAt(x, 80); ok && at == o+1 {
				d.clickAt(x, 2).sees(p.Title())
				break
			}
		}
	}
	d.press("enter").sees("5-high").clickAt(3, 2).sees("1-low").press("esc").sees("5 Transformative · High")
	d.press("v").clickAt(3, 2).sees("Unsatisfactory")
}

// The cell that a ruler draws the brackets in is the one that a click there leads to,
// however roomy it is, and clicks beside it lead nowhere.
func TestRulersKnowWhatStandsWhere(t *testing.T) {
	rubrics := []*rubric.Rubric{builtIn(t), small(t, 2, 1, 1), small(t, 20, 9, 12), small(t, 6, 1, 2), wide(t)}
	rapid.Check(t, func(rt *rapid.T) {
		r := rapid.SampledFrom(rubrics).Draw(rt, "rubric")
		w := rapid.IntRange(40, 220).Draw(rt, "w")
		at := rapid.IntRange(1, len(r.Positions())).Draw(rt, "at")
		ruler := ruler{rubric: r, at: at, said: func(rubric.Position) said { return said{} }, past: func(rubric.Position) string { return "" }}
		row := ruler.view(w)[1]
		before, _, ok := strings.Cut(row, "[")
		if !ok {
			rt.Fatalf("no bracket in %q", row)
		}
		if o, ok := ruler.ordinalAt(ansi.StringWidth(before)+1, w); !ok || o != at {
			rt.Fatalf("a click on the bracket of %d leads to %d, %v:\n%s", at, o, ok, row)
		}
		seen := map[int]bool{}
		last := 0
		for x := range w {
			if o, ok := ruler.ordinalAt(x, w); ok {
				if o < last {
					rt.Fatalf("%d stands right of %d", o, last)
				}
				seen[o], last = true, o
			}
		}
		l := ruler.layout(w)
		if len(seen) != l.last-l.first+1 {
			rt.Fatalf("%d of %d positions can be clicked at", len(seen), l.last-l.first+1)
		}

		e := &env{rubric: r, wrapper: newWrapper()}
		s := e.scaleFor(w, 18, 16)
		drawn := s.row(func(o int) mark {
			if o == at {
				return mark{text: "#"}
			}
			return mark{text: markBlank}
		}, "", 0, 0)
		before, _, _ = strings.Cut(drawn, "#")
		if o, ok := s.ordinalAt(s.label + ansi.StringWidth(before)); !ok || o != at {
			rt.Fatalf("a click on the mark at %d leads to %d, %v", at, o, ok)
		}
	})
}

func TestClickOnTheRulerOfACompare(t *testing.T) {
	d := drive(t, demoData).press("c").sees("Spread")
	view := d.app.top().(*compare)
	cell := view.parts[0].figures.cells.get()[0]
	p, err := d.app.env.rubric.Position(cell.Position)
	if err != nil {
		t.Fatal(err)
	}
	scale := view.shown().ruler
	for x := range 80 {
		if o, ok := scale.ordinalAt(x); ok && o == p.Ordinal {
			d.clickAt(x, compareTop+1).sees("[7 Same cell]", "▸ "+cell.Position)
			return
		}
	}
	t.Error("the ruler has no place for " + cell.Position)
}

func TestClickInAWalkSelectsAndTicks(t *testing.T) {
	d := drive(t).size(80, 40).press("enter", "3", "down")
	d.click("Dampeners").sees("▸")
	sections := []string{"Impact", "Examples", "Dampeners"}
	for i, heading := range sections {
		x, y := d.cellOf(heading)
		if i == 0 { // the tab above has the word too
			_, y = d.cellOf("Examples")
			x = 1
		}
		d.clickAt(x+4, y+1)
		st, _ := d.app.top().(*walk).underCursor()
		if string(st.Section.Title()) != sections[i] || st.Number != 1 {
			t.Fatalf("a click below %s selects %s", heading, st.ID)
		}
		d.clickAt(x+4, y+1)
		if got := d.app.top().(*walk).desk.walk().Tick(st.ID).Sight; got != calibration.Seen {
			t.Errorf("a second click leaves %s %v", st.ID, got)
		}
	}
	d.press("u", "u", "u").sees("3 Consistently").seesNot("✓")
}

func TestWheelScrollsTheColumnUnderThePointer(t *testing.T) {
	d := driveWith(t, hostile(t), termenv.Ascii, threePeople).size(100, 16).press("enter")
	d.press("J") // the cursor goes to the examples; what is scrolled is the impact
	before := d.screen()
	x, y := d.cellOf("Examples")
	over := func(notches int) {
		button := tea.MouseButtonWheelDown
		if notches < 0 {
			button = tea.MouseButtonWheelUp
		}
		d.send(tea.MouseMsg{X: 4, Y: y + 2, Action: tea.MouseActionPress, Button: button})
	}
	halves := func(screen string) (impact, examples string) {
		for _, row := range strings.Split(screen, "\n") {
			impact += ansi.Cut(row, 0, x-1) + "\n"
			examples += ansi.Cut(row, x-1, 100) + "\n"
		}
		return impact, examples
	}
	over(1)
	impactBefore, examplesBefore := halves(before)
	impact, examples := halves(d.screen())
	if impact == impactBefore || examples != examplesBefore {
		t.Fatalf("the wheel over the impact leaves\n%s", d.screen())
	}
	over(-1)
	if d.screen() != before {
		t.Fatalf("back, there is\n%s", d.screen())
	}
	over(9)
	d.sees("▴ ").press("K").sees("▸").seesNot("▴ ") // a key brings its column back to the cursor
	over(9)
	d.press("space").sees("▸✓")
}

func TestWheelOverANeighbour(t *testing.T) {
	d := driveWith(t, hostile(t), termenv.Ascii, threePeople).size(130, 20).press("enter", "right")
	before := d.screen()
	d.send(tea.MouseMsg{X: 3, Y: 12, Action: tea.MouseActionPress, Button: tea.MouseButtonWheelDown})
	if d.screen() == before {
		t.Error("the neighbour at the left does not scroll")
	}
	d.press("right", "left")
	if d.screen() != before {
		t.Errorf("another band begins scrolled:\n%s", d.screen())
	}
}

func TestMouseOnAPlacement(t *testing.T) {
	d := drive(t).press("enter", "3", "enter").click("high ").sees("[high]").click("low   ").sees("[low]")
	d.click("Evidence").sees("▸ Evidence").click("Position").sees("▸ Position").click("required: what you saw").sees("▸ Rationale")
	d.write("Seen.").clickAt(3, 2).sees("▸ Rationale", "1-low").press("ctrl+s").sees("saved 1-low")
	d.clickAt(3, 2).sees("saved 1-low")
}

func TestMouseOnForms(t *testing.T) {
	drive(t).press("n").click("Team").write("Bletchley").click("Name").write("Alan").press("enter").sees("Alan", "Bletchley")
	drive(t, demoData).press("c", "/").click("Team").sees("▸ Team").click("Team").seesNot("‹ any ›").click("Manager").sees("▸ Manager")
	d := drive(t).press("w").click("Dimension").sees("‹ all ›").click("Dimension").sees("‹ Individual ›").click("Name 1").write("x")
	d.sees("gracex")
}

// A click is aimed at what is seen: it does nothing while that is about to change, and on
// the blank screen it does what any key does.
func TestMouseWhereThereIsNothingToPointAt(t *testing.T) {
	d := drive(t)
	_, load := d.app.Update(keyNamed(t, "enter"))
	d.clickAt(5, 4).sees("Opening Ada Lovelace")
	d.run(load)
	d.sees("1 Unsatisfactory · Low", "▸·")
	d.press("P").sees("Paused").clickAt(30, 2).sees("1 Unsatisfactory · Low")
	d.press("esc", "?").sees("Help").clickAt(5, 5).sees("Help").press("x").sees("People")
	d.press("enter", "space")
	d.store.Fail = errDiskFull
	d.tick().sees("could not be kept").clickAt(3, 23).seesNot("could not be kept")
	d.size(30, 10).clickAt(3, 3)
	d.fitsTerminal()
}

// Reports of the mouse come whole, however they are read; all else comes as it came.
func TestReportsOfTheMouseAreNotSplit(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var sent strings.Builder
		for range rapid.IntRange(1, 120).Draw(rt, "events") {
			switch rapid.IntRange(0, 4).Draw(rt, "what") {
			case 0:
				sent.WriteString(rapid.SampledFrom([]string{"a", "\x1b", "\x1b[A", "李", "\x1b[200~x\x1b[201~"}).Draw(rt, "keys"))
			default:
				fmt.Fprintf(&sent, "\x1b[<%d;%d;%dM", rapid.IntRange(0, 65).Draw(rt, "b"), rapid.IntRange(1, 400).Draw(rt, "x"), rapid.IntRange(1, 200).Draw(rt, "y"))
			}
		}
		sent.WriteString(rapid.SampledFrom([]string{"", "\x1b", "\x1b[<", "\x1b[<65;1"}).Draw(rt, "end"))
		from, to, err := os.Pipe()
		if err != nil {
			rt.Fatal(err)
		}
		defer from.Close()
		go func() {
			_, _ = to.WriteString(sent.String()) // what is read is compared
			_ = to.Close()
		}()
		r := &wholeReports{File: from}
		var got strings.Builder
		for {
			var buf [256]byte
			n, err := r.Read(buf[:])
			got.Write(buf[:n])
			if err == io.EOF {
				break
			}
			if err != nil {
				rt.Fatal(err)
			}
			if at := unfinished(buf[:n]); at < n && got.Len() < sent.Len() {
				rt.Fatalf("a report is split: %q", buf[at:n])
			}
		}
		if got.String() != sent.String() {
			rt.Fatalf("read %q of %q", got.String(), sent.String())
		}
	})
}
