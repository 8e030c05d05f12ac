package journey_test

import (
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"calibrate/internal/terminaltest"
)

// keptWithin is the promise: what was typed longer ago is on disk.
const keptWithin = 2 * time.Second

func TestHalfWrittenRationaleSurvivesAKill(t *testing.T) {
	h := newHouse(t)
	term := h.open()
	addAda(term)
	walkToPlace(term)
	for _, word := range strings.SplitAfter(rationale, " ")[:9] {
		term.Type(word)
	}
	term.WaitFor("every team now takes;")
	<-time.After(keptWithin)
	term.Kill()

	again := h.open()
	backInPlace(again)
	again.WaitFor("Defined the golden path that every team now takes;")
	again.Type(strings.Join(strings.SplitAfter(rationale, " ")[9:], ""))
	again.WaitFor("engineering yet.")
	again.Press("ctrl+s")
	again.WaitFor("saved 3-mid · Individual")
	again.Press("q")
	again.WaitExit()
	adaIsInTheLog(t, h)
}

// backInPlace returns to the unfinished placement after starting again.
func backInPlace(term hands) {
	term.WaitFor("Ada Lovelace")
	term.Press("r")
	term.WaitFor("3 Consistently Delivers · Mid")
	term.Press("enter")
	term.WaitFor("Rationale")
}

func TestEveryWayOfLeavingKeepsTheWork(t *testing.T) {
	ways := map[string]func(*terminaltest.Terminal){
		"q":       func(term *terminaltest.Terminal) { term.Press("esc"); term.WaitFor("above"); term.Press("q") },
		"ctrl+c":  func(term *terminaltest.Terminal) { term.Press("ctrl+c") },
		"SIGTERM": func(term *terminaltest.Terminal) { term.Signal(syscall.SIGTERM) },
		"SIGINT":  func(term *terminaltest.Terminal) { term.Signal(os.Interrupt) },
		"SIGHUP":  func(term *terminaltest.Terminal) { term.Signal(syscall.SIGHUP) },
	}
	for name, leave := range ways {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			term := h.open()
			addAda(term)
			walkToPlace(term)
			term.Type("not a second old")
			term.WaitFor("not a second old")
			leave(term)
			term.WaitExit()
			terminalIsRestored(t, term)

			again := h.open()
			backInPlace(again)
			again.WaitFor("not a second old")
		})
	}
}

func terminalIsRestored(t *testing.T, term *terminaltest.Terminal) {
	t.Helper()
	if s := term.Screen(); s.AltScreen || !s.CursorShown {
		t.Errorf("left full-screen %v, cursor shown %v", s.AltScreen, s.CursorShown)
	}
	for name, mode := range map[string]string{"bracketed paste": "2004", "mouse reports": "1000", "mouse motion": "1002", "all mouse motion": "1003"} {
		on, off := strings.LastIndex(term.Raw(), "\x1b[?"+mode+"h"), strings.LastIndex(term.Raw(), "\x1b[?"+mode+"l")
		if on > off {
			t.Errorf("left %s on", name)
		}
	}
}

func TestClosingTheWindowKeepsTheWork(t *testing.T) {
	h := newHouse(t)
	term := h.open()
	addAda(term)
	walkToPlace(term)
	term.Type("not a second old")
	term.WaitFor("not a second old")
	term.Hangup()
	term.WaitExit()

	again := h.open()
	backInPlace(again)
	again.WaitFor("not a second old")
}
