package journey_test

import (
	"os"
	"strings"
	"testing"

	"calibrate/internal/terminaltest"
)

// Two people warm up on one laptop, from the list of people and back to it, and nothing
// of it is in the record.
func TestTwoPeopleWarmUp(t *testing.T) {
	h := newHouse(t)
	term := h.open()
	addAda(term)
	term.Press("w")
	term.WaitFor("Nothing of it is recorded")
	term.Press("enter")
	term.Type("Charles")
	term.WaitFor("Charles")
	term.Press("tab", "left", "left", "left", "left", "left", "left")
	term.WaitFor("‹ 2 ›")
	placeTwo(term, "grace", "1", "5", "end my turn")
	before := len(term.Raw())
	placeTwo(term, "Charles", "3", "3", "lay open")
	if drawn := term.Raw()[before:]; strings.Contains(drawn, "1-mid") || strings.Contains(drawn, "5-mid") {
		t.Error("what grace placed was drawn in the turn of Charles")
	}
	term.Press("enter")
	term.WaitFor("What tells it apart")
	for _, who := range []string{"the rubric", "grace", "Charles"} {
		term.WaitFor(who)
	}
	term.Press("enter")
	term.WaitFor("example 2 of 2")
	term.Press("enter")
	term.WaitFor("How far off")
	term.WaitFor("everybody")
	term.Press("esc")
	term.WaitFor("Name 2")
	term.Press("esc")
	term.WaitFor("1 person")
	term.Press("q")
	if status := term.WaitExit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	terminalIsRestored(t, term)
	if all := h.decisions(); len(all) != 0 {
		t.Errorf("a warm-up left decisions: %+v", all)
	}
}

// placeTwo is a turn: two examples, placed in two levels, up to the last frame before
// the turn is ended, which says so in its last row.
func placeTwo(term hands, who, first, second, end string) {
	term.Press("enter")
	term.WaitFor(who + ", it is your turn")
	term.Press("enter")
	term.WaitFor("example 1 of 2")
	term.Press(first, "enter")
	term.WaitFor("1 placed")
	term.Press(second, "enter")
	term.WaitFor("enter " + end)
}

// Alone, a warm-up needs no data file and makes none; q asks before it is given up.
func TestWarmupAlone(t *testing.T) {
	h := newHouse(t)
	term := terminaltest.Start(t, terminaltest.Options{Env: append(h.env(), "NO_COLOR=1"), Dir: h.home},
		h.binary, "warmup", "--participants", "Ada", "--items", "1", "--seed", "7")
	term.WaitFor("Where does this stand?")
	term.Press("right", "q")
	term.WaitFor("Leave the warm-up?")
	term.Press("n")
	term.WaitFor("Where does this stand?")
	term.Press("enter")
	term.WaitFor("lays open")
	term.Press("enter")
	term.WaitFor("the rubric")
	term.Press("s")
	term.WaitFor("How far off")
	term.Press("q")
	if status := term.WaitExit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	terminalIsRestored(t, term)
	if strings.Contains(term.Raw(), "\x1b[38;") {
		t.Error("coloured in spite of NO_COLOR")
	}
	left, err := os.ReadDir(h.home)
	if err != nil || len(left) > 0 {
		t.Errorf("it left %v in the home folder (%v)", left, err)
	}
}
