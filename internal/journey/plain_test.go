package journey_test

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"calibrate/calibration"
	"calibrate/internal/terminaltest"
)

// pipe runs the program line by line on a pipe.
func (h house) pipe(lines string, args ...string) string {
	h.t.Helper()
	cmd := exec.Command(h.binary, append([]string{"--plain"}, args...)...)
	var out bytes.Buffer
	cmd.Env, cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = h.env(), h.home, strings.NewReader(lines), &out, &out
	if err := cmd.Run(); err != nil {
		h.t.Fatalf("calibrate --plain: %v\n%s", err, out.String())
	}
	if strings.ContainsRune(out.String(), '\x1b') {
		h.t.Errorf("an escape sequence is printed: %q", out.String())
	}
	return out.String()
}

func sees(t *testing.T, out string, texts ...string) {
	t.Helper()
	joined := strings.Join(strings.Fields(out), " ")
	for _, text := range texts {
		if !strings.Contains(joined, text) {
			t.Errorf("%q is not in:\n%s", text, out)
		}
	}
}

// TestSessionLineByLine is a facilitator's session without a screen, from the first
// person to the lock and the comparison, by what is typed alone.
func TestSessionLineByLine(t *testing.T) {
	h := newHouse(t)
	vote := "\n3-mid\nseen 1\nplace\n\nhigh\nSecretvote.\n.\nsave\n\nplace 3-high\n\nSecretvote.\n.\nsave\n\n"
	out := h.pipe("add Ada Lovelace\nPlatform\n\nCharles Babbage\n.\n\nadd Alan Turing\n.\n\n" +
		"sessions\nnew\nSpring\n\ngrace, edsger\n20\n\n\n1\n" +
		"hand edsger\n" + vote)
	sees(t, out, "2 people on the agenda, 0 recusals.", "Blind: 0 of 2 have placed.", "The laptop is for edsger now.", "saved: Individual is placed, edsger.", "Blind: 1 of 2 have placed.", "(end of input) Everything is kept.")

	out = h.pipe("sessions 1\n\ndecisions\nhand\n\n2-low\nplace\n\n\nHalf a\n")
	sees(t, out, "The laptop is for grace now.", "Everything is kept.")
	if strings.Contains(out, "Secretvote") || strings.Contains(out, "3-mid, panel") {
		t.Errorf("the vote of somebody else is told:\n%s", out)
	}
	out = h.pipe("sessions Spring\n\n\n\nplace\n\n\nreason.\n.\nsave\n\nplace 3-high\n\nSecretvote.\n.\nsave\n\n" +
		"\n3-low\n\nWe agreed.\n.\nsave\n\n\n\n\nWe agreed.\n.\nsave\n\nnote It was a good year.\nfollow-up Tell her.\nCharles Babbage\n2026-04-01\n" +
		"next\nreveal\nNobody knows him.\nback\nover\nairtime\nfinalise\nyes\ncompare\nwrite spread.md\n")
	sees(t, out, "grace has begun, and goes on where they were.", "Rationale so far: Half a", "Placed: grace 2-low, edsger 3-mid.", "First to speak: grace, then edsger.",
		"saved 3-low · Individual", "saved 3-high · Business Impact", "Recorded: note by grace: It was a good year.", "until 2026-04-01: Tell her.", "Revealed early by grace: Nobody knows him.",
		"2. Alan Turing: not decided on Individual", "Finalised. A backup is at ", "Compared: session Spring. 6 decisions about 1 person by 2 reviewers.", "spread.md is written.")

	byStage := map[calibration.Stage]int{}
	for _, made := range h.decisions() {
		byStage[made.Stage]++
	}
	if byStage[calibration.Panel] != 4 || byStage[calibration.Final] != 2 {
		t.Errorf("recorded: %v", byStage)
	}
	if backups, _ := filepath.Glob(filepath.Join(h.home, ".local/share/calibrate/*.bak")); len(backups) == 0 {
		t.Error("no backup is there")
	}
	if _, err := exec.Command("grep", "-q", "2-low to 3-mid", filepath.Join(h.home, "spread.md")).CombinedOutput(); err != nil {
		t.Error("the view that was written does not say what was read")
	}
}

// In a terminal the laptop goes round: what one has typed is out of sight when the next
// one looks, and ctrl+c in the middle of a vote leaves nothing on the screen and takes
// nothing along.
func TestLaptopGoesRoundLineByLine(t *testing.T) {
	h := newHouse(t)
	h.mustRun("people", "add", "--name", "Ada Lovelace", "--id", "0042")
	h.mustRun("session", "new", "Spring", "--all", "--panel", "grace", "--panel", "edsger")
	term := h.open("--plain")
	say := func(line, then string) terminaltest.Screen {
		t.Helper()
		term.Type(line + "\r")
		return term.WaitFor(then)
	}
	term.WaitFor("Ada Lovelace")
	say("sessions 1", "Next: 1, Ada Lovelace")
	say("", "Blind: 0 of 2")
	say("", "The laptop is for grace now")
	for _, dimension := range []string{"Individual", "Business Impact"} {
		say("", "Progression signal:")
		say("place 3-high", "How sure are you")
		say("", "Rationale, required")
		say("Secretvote.", "Secretvote.")
		say(".", "As it will be recorded")
		say("save", dimension+" is placed, grace.")
	}
	screen := say("", "Blind: 1 of 2 have placed")
	for _, secret := range []string{"Secretvote", "3-high"} {
		if screen.Contains(secret) {
			t.Errorf("%s is on the screen when the laptop is passed on:\n%s", secret, screen)
		}
	}
	say("", "The laptop is for edsger now")
	say("", "Progression signal:")
	say("place 2-low", "How sure are you")
	say("", "Rationale, required")
	say("Half a secret", "Half a secret")
	say("show", "is now a line of the rationale")
	say("-", "Taken back: show")
	term.Press("ctrl+c")
	screen = term.WaitFor("Everything is kept")
	if screen.Contains("Half a secret") || screen.Contains("2-low") {
		t.Errorf("a vote is left on the screen:\n%s", screen)
	}
	if status := term.WaitExit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	sees(t, h.pipe("sessions 1\n\nhand edsger\n\nplace\n\n\n.\nsave\n"), "edsger has begun", "Rationale so far: Half a secret", "saved: Individual is placed, edsger.")
}
