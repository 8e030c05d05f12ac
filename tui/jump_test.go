package tui

import "testing"

func TestJumpingBack(t *testing.T) {
	d := drive(t).press("ctrl+o").sees("nowhere to go back to").press("enter", "ctrl+o").sees("nowhere to go back to")
	d.press("right", "right").sees("1 Unsatisfactory · High").press("4").sees("4 Leading").press("tab", "2").sees("[Business Impact]", "2 ")
	d.press("ctrl+o").sees("[Business Impact]", "1 Unsatisfactory · ").press("ctrl+o").sees("[Individual]", "4 Leading")
	d.press("ctrl+o").sees("1 Unsatisfactory · High").press("ctrl+o").sees("nowhere to go back to")
	// A statement that was searched for, and another screen above.
	d.press("/").write("enterprise cloud security").press("enter").seesNot("1 Unsatisfactory ·").press("v", "ctrl+o").sees("space seen")
	d.press("ctrl+o").sees("1 Unsatisfactory · High")
	// Another person, whose walk is written down before this one is read.
	d.press("space", "esc", "down", "enter", "3").sees("Grace Hopper · ", "3 Consistently")
	d.press("ctrl+o").sees("Grace Hopper · ", "1 Unsatisfactory · Low").press("ctrl+o").sees("Ada Lovelace · ", "1 Unsatisfactory · High", "▸✓")
	d.press("esc").sees("People").press("ctrl+o").sees("Ada Lovelace · ", "1 Unsatisfactory · High")
	d.press("esc", "c", "3").sees("[3 Distribution]").press("esc", "p").sees("Decisions").press("ctrl+o").sees("[3 Distribution]").press("ctrl+o").sees("[1 Spread]")
}

// Where ctrl+o has led to is written down like where any other key has.
func TestJumpingBackIsKept(t *testing.T) {
	d := drive(t).press("enter", "4", "1", "esc", "down", "enter", "3").sees("Grace Hopper · ")
	d.press("ctrl+o").sees("Grace Hopper · ", "1 Unsatisfactory").press("ctrl+o").sees("Ada Lovelace · ", "1 Unsatisfactory").press("ctrl+o").sees("Ada Lovelace · ", "4 Leading")
	if err := d.app.flush(); err != nil {
		t.Fatal(err)
	}
	w, _, err := d.store.Walk("0042", "grace", "")
	if at := w.Tracks[w.Dimension].At; at != "4-low" || err != nil {
		t.Errorf("on disk the walk is at %q, %v", at, err)
	}

	d = drive(t).press("enter", "4", "1", "esc", "down", "enter", "3", "esc").sees("People")
	d.press("ctrl+o").sees("Grace Hopper · ").press("ctrl+o", "ctrl+o").sees("Ada Lovelace · ", "1 Unsatisfactory")
	d.press("ctrl+o").sees("Ada Lovelace · ", "4 Leading").press("esc").sees("People")
	if w, _, err := d.store.Walk("0042", "grace", ""); w.Tracks[w.Dimension].At != "4-low" || err != nil {
		t.Errorf("on disk the walk is at %q, %v", w.Tracks[w.Dimension].At, err)
	}
}

// Out of a person's turn nothing leads but the keys that leave it, and back into a blind
// walk nothing does.
func TestJumpingBackStaysInTheTurn(t *testing.T) {
	s := newSeance(t)
	s.press("s", "enter", "enter", "enter", "enter", "4", "1").write("").sees("1 Unsatisfactory")
	s.press("ctrl+o").sees("4 Leading").press("ctrl+o").sees("1 Unsatisfactory").press("ctrl+o").sees("nowhere to go back to")
	s.press("4", "esc", "ctrl+o").sees("nowhere to go back to", "Blind")
	s.press("esc", "esc", "esc").sees("People").press("ctrl+o").sees("nowhere to go back to")

	r := revealedSeance(t)
	r.press("enter", "4", "esc", "s", "enter", "p").sees("Ada").press("ctrl+o").sees("nowhere to go back to")
}
