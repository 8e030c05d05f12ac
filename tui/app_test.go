package tui

import (
	"errors"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

var errDiskFull = errors.New("no space left on device")

func TestErrorsStayUntilDismissed(t *testing.T) {
	d := drive(t).press("enter", "enter", "ctrl+s").sees("the rationale is empty", "esc dismisses")
	d.write("ab").sees("the rationale is empty", "┃ ab")
	d.press("tab", "tab").sees("the rationale is empty")
	d.press("esc").seesNot("the rationale is empty").sees("Rationale")
	d.press("esc").sees("suggestion")
}

func TestInformationGoesWithTheNextKey(t *testing.T) {
	d := drive(t).press("enter", "u").sees("nothing to undo")
	d.press("down").seesNot("nothing to undo").sees("? help")
}

func TestInformationDoesNotHideAnError(t *testing.T) {
	d := drive(t).press("enter", "space")
	d.store.Fail = errDiskFull
	d.tick().sees("could not be kept")
	d.press("left").sees("could not be kept").seesNot("lowest band")
}

func TestErrorsWaitForEachOther(t *testing.T) {
	d := drive(t).press("enter", "space", "enter", "ctrl+s").sees("the rationale is empty", "esc dismisses")
	d.store.Fail = errDiskFull
	d.tick().sees("the rationale is empty", "esc: 1 more")
	d.press("tab", "x").tick().sees("esc: 1 more") // the same one waits once
	d.press("esc").sees("could not be kept", "esc dismisses")
	d.store.Fail = nil
	d.press("tab", "right").tick().seesNot("could not be kept") // settled: it was kept

	d = drive(t).press("enter", "space", "enter", "ctrl+s")
	d.store.Fail = errDiskFull
	d.tick().sees("esc: 1 more")
	d.store.Fail = nil
	d.write("Seen.").tick().sees("the rationale is empty", "esc dismisses") // what waits is settled too
	d.press("ctrl+s").sees("saved 1-low").seesNot(" ! ")
}

func TestLongErrorTakesTheRowsItNeeds(t *testing.T) {
	d := drive(t).press("enter", "space")
	d.store.Fail = errors.New("write /home/ada/.local/share/calibrate/calibrate.db: no space left on device, and so it goes on")
	d.tick().says("calibrate.db: no space left on device, and so it goes on")
	d.fitsTerminal()
	d.store.Fail = errors.New(strings.Repeat("on and on ", 60))
	d.press("space").tick().sees(ellipsis + " ")
	d.fitsTerminal()
}

func TestSavingSettlesTheErrorBefore(t *testing.T) {
	d := drive(t).press("enter", "enter", "ctrl+s").sees("the rationale is empty")
	d.write("Seen.").press("ctrl+s").sees("saved 1-low · Individual").seesNot("the rationale is empty")
}

func TestKeysThatArriveTogetherActOneByOne(t *testing.T) {
	drive(t).press("enter").joined("ll").sees("1 Unsatisfactory · High")
	drive(t).press("enter").joined("3lh]").sees("4 Leading · Low")
	drive(t).press("enter").joined("  ").sees("▸✗")
	// Each key meets the screen that the one before it opened.
	d := drive(t, nobody).joined("nAda Lovelace").press("enter").sees("Ada Lovelace is in the list")
	d.press("enter").joined("3l").press("enter").joined("In one go.").press("ctrl+s").sees("saved 3-mid · Individual")
}

func TestKeysTypedAheadWaitForTheScreen(t *testing.T) {
	d := drive(t)
	_, load := d.app.Update(keyNamed(t, "enter"))
	for _, k := range []string{"3", "l", "a"} {
		if _, cmd := d.app.Update(keyNamed(t, k)); cmd != nil {
			t.Fatalf("%s acted on a walk that is not there yet", k)
		}
	}
	d.sees("Opening Ada Lovelace")
	d.run(load)
	d.sees("3 Consistently Delivers · High")
}

func TestEscAndAKeyInOneReadAreTwoKeys(t *testing.T) {
	d := drive(t).press("enter")
	d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'n'}, Alt: true}).sees("New person")
	d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'q'}, Alt: true})
	if d.quit {
		t.Error("alt+q in a text field quit")
	}
}

func TestPasteGoesIntoAFieldOrNowhere(t *testing.T) {
	d := drive(t).press("enter").paste("lll q ?").sees("pasted text", "1 Unsatisfactory · Low")
	if d.quit {
		t.Fatal("pasted text quit")
	}
	d.press("?").paste("q").sees("Help", "pasted text")
	d.press("esc", "enter").paste("q? said the minutes.\r\n/ and ] too \x1b[31m")
	d.sees("┃ q? said the minutes.", "┃ / and ] too ␛[31m")
	d.press("tab").paste("xyz").sees("pasted text").seesNot("xyz")
}

func TestQuitting(t *testing.T) {
	for _, keys := range [][]string{{"q"}, {"ctrl+c"}, {"enter", "q"}, {"enter", "enter", "ctrl+c"}, {"n", "ctrl+c"}, {"enter", "?", "ctrl+c"}} {
		if d := drive(t).press(keys...); !d.quit {
			t.Errorf("%v does not quit", keys)
		}
	}
	for _, keys := range [][]string{{"n", "q"}, {"/", "q"}, {"enter", "enter", "q"}, {"enter", "/", "q"}, {"enter", "m", "q"}} {
		if d := drive(t).press(keys...); d.quit {
			t.Errorf("%v quits while a text is written", keys)
		}
	}
}

func TestEveryWayOfLeavingKeepsTheWork(t *testing.T) {
	ways := map[string]func(*driver){
		"the timer": func(d *driver) { d.tick() },
		"back":      func(d *driver) { d.press("esc", "esc") },
		"q":         func(d *driver) { d.press("esc", "q") },
		"ctrl+c":    func(d *driver) { d.press("ctrl+c") },
		"a signal": func(d *driver) {
			d.send(ended{})
			if err := d.app.flush(); err != nil {
				d.t.Error(err)
			}
		},
	}
	for name, leave := range ways {
		t.Run(name, func(t *testing.T) {
			d := drive(t).press("enter", "3", "space", "enter").write("half a thought")
			leave(d)
			d.again().press("enter").sees("3 Consistently Delivers · Low", "▸✓").press("enter").sees("┃ half a thought")
		})
	}
}

func TestAutosaveIsDueWithinTwoSeconds(t *testing.T) {
	if autosaveAfter > 2e9-5e8 {
		t.Errorf("autosave after %v leaves no time for writing", autosaveAfter)
	}
	d := drive(t).press("enter")
	if len(d.due) != 0 {
		t.Fatal("a timer runs though nothing changed")
	}
	d.press("space", "a", "f")
	if len(d.due) != 1 {
		t.Fatalf("%d timers run for three changes", len(d.due))
	}
	d.tick()
	if len(d.due) != 0 {
		t.Error("the timer goes on though everything is kept")
	}
}

func TestFailingStoreIsSaidAndNothingIsClaimed(t *testing.T) {
	d := drive(t).press("enter", "enter").write("Seen.")
	d.store.Fail = errDiskFull
	d.press("ctrl+s").sees("not saved: no space left on device", "┃ Seen.").seesNot("saved 1-low")
	d.press("esc").tick().says("the unfinished walk on Ada Lovelace could not be kept: no space left on device")
	d.press("ctrl+c")
	if d.quit {
		t.Fatal("ended though the work could not be kept")
	}
	d.store.Fail = nil
	d.write(" Now").tick().seesNot("could not be kept")
	d.press("ctrl+s").sees("saved 1-low · Individual")
	if got := d.store.Held.Decisions[0].Rationale; got != "Seen. Now" {
		t.Errorf("rationale %q", got)
	}
}

func TestQuittingTwiceEndsWithoutKeeping(t *testing.T) {
	d := drive(t).press("enter", "space")
	d.store.Fail = errDiskFull
	d.press("q").sees("could not be kept")
	if d.quit {
		t.Fatal("ended at the first q")
	}
	d.press("q")
	if !d.quit {
		t.Fatal("a second q does not end it")
	}
	if err := d.app.flush(); !errors.Is(err, errDiskFull) {
		t.Errorf("what was lost is not reported: %v", err)
	}
}

// Leaving a walk and opening it again at once must not read what was there before
// the leaving was written.
func TestReadingComesAfterTheWritingBefore(t *testing.T) {
	d := drive(t).press("enter", "space")
	d.store.Calls = nil
	d.joined("3")
	d.send(keyNamed(t, "esc"))
	d.press("enter").sees("3 Consistently Delivers · Low")
	saved, read := slices.Index(d.store.Calls, "SaveWalk"), slices.Index(d.store.Calls, "Walk")
	if saved < 0 || read < saved {
		t.Errorf("calls in the order %v", d.store.Calls)
	}
	if listed := slices.Index(d.store.Calls, "Walks"); listed < saved {
		t.Errorf("the list was read before the walk was written: %v", d.store.Calls)
	}
}

func TestOlderStateNeverOverwritesNewer(t *testing.T) {
	d := drive(t).press("enter", "space")
	desk := d.app.desks[0]
	old, edits := desk.snapshot(fixedNow()), desk.edits
	d.press("down", "space")
	if err := d.app.flush(); err != nil {
		t.Fatal(err)
	}
	if err := desk.write(d.store, old, edits); err != nil {
		t.Fatal(err)
	}
	w, _, _ := d.store.Walk("0042", "grace", "")
	if n := len(w.Track().Ticks); n != 2 {
		t.Errorf("the walk on disk has %d ticks, want 2", n)
	}
}

func TestPanicIsReportedAndNothingIsLost(t *testing.T) {
	d := drive(t).press("enter", "enter").write("Seen.")
	var trace string
	d.app.crash = func(b []byte) string { trace = string(b); return "the trace is in crash.txt" }

	d.store.Panics = "Place"
	d.press("ctrl+s").says("something went wrong inside calibrate; the trace is in crash.txt").seesNot("saved 1-low")
	if !strings.Contains(trace, "a bug in Place") || !strings.Contains(trace, "memorystore.go") {
		t.Errorf("the trace does not say where:\n%s", trace)
	}
	d.store.Panics = ""
	d.press("esc", "enter").sees("┃ Seen.").press("ctrl+s").sees("saved 1-low")

	d.store.Panics = "Walk"
	d.press("esc", "esc", "enter").sees("something went wrong", "People")
	d.store.Panics = ""
	d.press("esc", "enter").sees("1 Unsatisfactory · Low")
}

// bug is a screen that falls over at a key.
type bug struct{ *neighbours }

func (bug) Update(msg tea.Msg) reply {
	if _, ok := msg.(tea.KeyMsg); ok {
		panic("a bug in a screen")
	}
	return reply{}
}

func TestPanicInAScreenLeavesTheAppRunning(t *testing.T) {
	d := drive(t).press("enter", "space")
	d.app.open(bug{newNeighbours(d.app.env, d.app.desks[0])})
	d.joined("xq").sees("something went wrong")
	if d.quit {
		t.Error("the keys behind it were not dropped")
	}
	d.press("ctrl+c")
	if !d.quit {
		t.Fatal("ctrl+c does not end it")
	}
	if w, _, _ := d.store.Walk("0042", "grace", ""); len(w.Track().Ticks) != 1 {
		t.Error("the work was not kept")
	}
}

func TestPanicInTheFirstListCanBeTriedAgain(t *testing.T) {
	d := drive(t)
	d.store.Panics = "People"
	d.again().sees("something went wrong", "The list could not be read")
	d.store.Panics = ""
	d.press("esc", "enter").sees("Ada Lovelace")
}

func TestTooSmallTerminalSaysWhatIsNeeded(t *testing.T) {
	d := drive(t).press("enter")
	d.size(59, 20).sees("calibrate needs 60 columns and 15 rows", "This terminal has 59 and 20")
	d.size(100, 14).sees("calibrate needs 60 columns and 15 rows")
	d.size(1, 1)
	d.fitsTerminal()
	d.size(60, 15).sees("1 Unsatisfactory · Low")
}

func TestResultsOfAScreenThatIsGoneAreDropped(t *testing.T) {
	d := drive(t)
	gone := newWalk(d.app.env, calibration.Person{ID: "0042"})
	d.app.jobs = append(d.app.jobs, job{to: gone})
	d.send(finished{job: job{to: gone}, msg: opened{}}).sees("People")
}
