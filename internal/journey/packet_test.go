package journey_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"calibrate/internal/terminaltest"
)

// A manager's drafts, locked with a passphrase, are taken in at a real terminal: what is
// typed in secret is never shown, and no is what an empty answer means.
func TestLockedDraftsAreTakenInAtTheTerminal(t *testing.T) {
	manager, facilitator := newHouse(t), newHouse(t)
	manager.mustRun("people", "add", "--name", "Ada Lovelace", "--id", "0042")
	manager.mustRun("place", "--person", "0042", "--dimension", "individual", "--at", "3-mid", "--rationale", rationale)
	manager.mustRun("export", "--to", "drafts.calib", "--mine")
	drafts := filepath.Join(facilitator.home, "drafts.calib")
	lock(t, "correct horse", filepath.Join(manager.home, "drafts.calib"), drafts)

	term := facilitator.open("import", "drafts.calib")
	term.WaitFor("passphrase of drafts.calib:")
	term.Type("battery staple\r")
	term.WaitFor("the passphrase is wrong; once more")
	term.Type("correct horse\r")
	term.WaitFor("decisions  1 new, 0 known already, 0 in conflict")
	screen := term.WaitFor("take this in? [y/N]")
	if screen.Contains("3-mid") || screen.Contains("golden path") {
		t.Errorf("what was decided is shown:\n%s", screen)
	}
	term.Press("enter")
	term.WaitFor("nothing was taken in")
	if raw := term.Raw(); strings.Contains(raw, "horse") || strings.Contains(raw, "staple") {
		t.Errorf("a passphrase was shown: %q", raw)
	}
	if status := term.WaitExit(); status != 0 || len(facilitator.decisions()) != 0 {
		t.Fatalf("exit status %d, %d decisions", status, len(facilitator.decisions()))
	}

	term = facilitator.open("import", "drafts.calib")
	term.WaitFor("passphrase of")
	term.Type("correct horse\r")
	term.WaitFor("take this in?")
	term.Type("y\r")
	term.WaitFor("taken in")
	if status := term.WaitExit(); status != 0 {
		t.Fatalf("exit status %d\n%s", status, term.Screen())
	}
	if all := facilitator.decisions(); len(all) != 1 || all[0].Rationale != rationale {
		t.Errorf("the log has %+v", all)
	}
}

// Whoever leaves while a passphrase is asked for finds the terminal as it was.
func TestLeavingThePassphraseRestoresTheTerminal(t *testing.T) {
	h := newHouse(t)
	h.mustRun("people", "add", "--name", "Ada Lovelace")
	script := `trap : INT; stty -a >before; "$1" export --to x.calib --passphrase; echo status $?; stty -a >after; cmp before after && echo as it was`
	term := terminaltest.Start(t, terminaltest.Options{Env: h.env(), Dir: h.home}, "sh", "-c", script, "sh", h.binary)
	term.WaitFor("passphrase for x.calib:")
	term.Press("ctrl+c")
	term.WaitFor("interrupted; nothing was written")
	term.WaitFor("status 1")
	term.WaitFor("as it was")
	term.WaitExit()
	if _, err := os.Stat(filepath.Join(h.home, "x.calib")); err == nil {
		t.Error("a packet was written")
	}
}

// lock encrypts a file as the age program does, but with little work.
func lock(t *testing.T, passphrase, from, to string) {
	t.Helper()
	plain, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	recipient.SetWorkFactor(2)
	var out bytes.Buffer
	w, err := age.Encrypt(&out, recipient)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
