package journey_test

import (
	"testing"
	"time"

	"calibrate/internal/terminaltest"
)

func TestKeysThatArriveTogetherAllAct(t *testing.T) {
	h := newHouse(t)
	term := h.open()
	addAda(term)
	term.Press("enter")
	term.WaitFor("1 Unsatisfactory · Low")
	term.Type("ll")
	term.WaitFor("1 Unsatisfactory · High")
	term.Type("3lh]")
	term.WaitFor("4 ")
	term.Type("\x1b[D\x1b[D3ll")
	term.WaitFor("3 Consistently Delivers · High")
}

func TestKeysTypedAheadOfAScreenReachIt(t *testing.T) {
	h := newHouse(t)
	term := h.open()
	term.WaitFor("Nobody is here yet")
	term.Type("nAda Lovelace\r")
	term.WaitFor("Ada Lovelace is in the list")
	term.Type("\r3l\rIn one go.\x13")
	term.WaitFor("saved 3-mid · Individual")
}

func TestPastedTextIsNoCommand(t *testing.T) {
	h := newHouse(t)
	term := h.open()
	addAda(term)
	term.Press("enter")
	term.WaitFor("1 Unsatisfactory · Low")
	term.Paste("lll q ?")
	screen := term.WaitFor("pasted text")
	if !screen.Contains("1 Unsatisfactory · Low") {
		t.Errorf("the paste moved the walk:\n%s", screen)
	}

	term.Press("3", "right", "enter")
	term.WaitFor("Rationale")
	term.Paste("q? said the minutes.\n/ and ] too \x1b[31m")
	term.WaitFor("q? said the minutes.")
	term.WaitFor("/ and ] too")
	term.Press("ctrl+s")
	term.WaitFor("saved 3-mid · Individual")
	term.Press("q")
	term.WaitExit()
	if all := h.decisions(); len(all) != 1 || all[0].Position != "3-mid" {
		t.Errorf("the log: %+v", all)
	}
}

func TestSecondInstanceStopsAtOnceAndNamesTheFile(t *testing.T) {
	h := newHouse(t)
	file := h.home + "/team.db"
	first := h.open("--db", file)
	addAda(first)

	start := time.Now()
	second := terminaltest.Start(t, terminaltest.Options{Env: h.env(), Dir: h.home, Cols: 200}, h.binary, "--db", file)
	if status := second.WaitExit(); status != 1 {
		t.Errorf("exit status %d, want 1", status)
	}
	if d := time.Since(start); d > 10*time.Second { // it waits for one, on a machine that is free
		t.Errorf("took %v", d)
	}
	if s := second.Screen(); s.AltScreen || !s.Contains(file) {
		t.Errorf("does not name %s:\n%s", file, s)
	}
	first.Press("q")
	if status := first.WaitExit(); status != 0 {
		t.Errorf("the first ended with status %d", status)
	}
}
