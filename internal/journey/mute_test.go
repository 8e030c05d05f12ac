package journey_test

import (
	"strings"
	"testing"

	"calibrate/internal/terminaltest"
)

// queries are what programs ask terminals, and what a silent one makes them wait for.
var queries = map[string]string{
	"background colour": "\x1b]11;?", "foreground colour": "\x1b]10;?", "palette": "\x1b]4;", "cursor position": "\x1b[6n", "status": "\x1b[5n",
	"device attributes": "\x1b[c", "device attributes, long": "\x1b[0c", "secondary attributes": "\x1b[>c", "version": "\x1b[>0q",
	"keyboard protocol": "\x1b[?u", "a mode": "$p",
}

func TestNothingAsksTheTerminal(t *testing.T) {
	h := newHouse(t)
	h.mustRun("people", "add", "--name", "Ada Lovelace")
	commands := map[string][]string{
		"help": {"--help"}, "log": {"log"}, "people list": {"people", "list"}, "people add": {"people", "add", "--name", "Grace Hopper"},
		"rubric show": {"rubric", "show"}, "rubric new": {"rubric", "new"}, "demo into a file": {"demo", "--db", h.home + "/demo.db"},
		"backup": {"backup", h.home + "/copy.db"}, "session new": {"session", "new", "Spring", "--all"}, "session list": {"session", "list"},
		"place": {"place", "--person", "Ada Lovelace", "--dimension", "individual", "--at", "3-mid", "--rationale", "seen"},
	}
	for name, args := range commands {
		t.Run(name, func(t *testing.T) {
			term := mute(t, h, args...)
			if status := term.WaitExit(); status != 0 {
				t.Errorf("exit status %d:\n%s", status, term.Screen())
			}
			asksNothing(t, term)
			if strings.Contains(term.Raw(), "\x1b[?1049h") {
				t.Error("took the whole screen")
			}
		})
	}
	for name, args := range map[string][]string{"the app": nil, "demo": {"demo"}} {
		t.Run(name, func(t *testing.T) {
			term := mute(t, h, args...)
			term.WaitFor("People")
			asksNothing(t, term)
			term.Press("q")
			term.WaitExit()
		})
	}
}

func mute(t *testing.T, h house, args ...string) *terminaltest.Terminal {
	t.Helper()
	return terminaltest.Start(t, terminaltest.Options{Env: h.env(), Dir: h.home, Mute: true}, append([]string{h.binary}, args...)...)
}

// asksNothing goes by what was written, not by how long it took: a slow machine waits for
// nothing either.
func asksNothing(t *testing.T, term *terminaltest.Terminal) {
	t.Helper()
	for name, query := range queries {
		if strings.Contains(term.Raw(), query) {
			t.Errorf("asked for the %s", name)
		}
	}
}
