package plain

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"calibrate/calibration"
	"calibrate/internal/memorystore"
	"calibrate/rubric"
	"calibrate/store"
)

// A half-written rationale that is typed is never lost, whatever comes after it,
// until it is saved, taken back or written anew.
func TestUndoLeavesTheRationale(t *testing.T) {
	m, r := memorystore.New("calibrate.db", fixedNow), builtIn(t)
	threePeople(m, r)
	run(t, m, r, "1\nseen 1\na\nplace 2-low\n\nWritten after the mark.\n.\nback\nu\nu\nu\nd\nu\n")
	w := m.Held.Walks[memorystore.WalkKey("0042", "grace", "")]
	if got := w.Tracks["Individual"].Form.Rationale; got != "Written after the mark." {
		t.Errorf("the rationale is %q", got)
	}
	if len(w.Tracks["Individual"].Ticks)+len(w.Tracks["Individual"].Verdicts) != 0 {
		t.Errorf("not everything was undone: %+v", w.Tracks["Individual"])
	}
}

func run(t *testing.T, s Store, r *rubric.Rubric, input string) string {
	t.Helper()
	var out bytes.Buffer
	c := Config{Store: s, Rubric: r, Reviewer: "grace", Now: fixedNow, In: strings.NewReader(input), Out: &out}
	if err := Run(t.Context(), c); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	return out.String()
}

func wants(t *testing.T, out string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(out, text) {
			t.Errorf("%q is not in:\n%s", text, out)
		}
	}
}

// The whole of it on a real file: place, quit, start again, find it, go on with what
// is half written.
func TestOnARealFile(t *testing.T) {
	path, r := filepath.Join(t.TempDir(), "calibrate.db"), builtIn(t)
	start := func(input string) string {
		t.Helper()
		now := fixedNow()
		s, err := store.Open(path, store.Options{Now: func() time.Time { now = now.Add(time.Second); return now }})
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}()
		return run(t, s, r, input)
	}
	wants(t, start("add Ada Lovelace\nPlatform\n.\n\nada lovelace\n3-mid\nseen 1,2\nnote 1 the golden path\nnot 4\nseen 6\nf\n"+
		"place\n\nhigh\nEvery team takes her path.\n.\nsave\ndimension\n2-high\nplace\n\n\nHalf a\nquit is text here\n"),
		"saved 3-mid · Individual at 14:03:", "(end of input)", "Everything is kept.")
	wants(t, start("r\nplace\n\n\n- and the other half.\n-\nand the other half.\n.\nsave\nquit\n"),
		"1. Ada Lovelace, Platform. Individual: draft 3-mid. Business Impact: nothing\n   yet. Walk begun.",
		"Rationale so far:\n  Half a\n  quit is text here\n", "saved 2-high · Business Impact at 14:03:", "placed on every dimension")
	wants(t, start("decisions 1\n"), "2 decisions", "Rationale:\n     Half a\n     quit is text here\n     and the other half.\n",
		"Seen, 3-mid, Impact 1", "Note: the golden path", "Not seen, 3-mid, Examples 1", "Applies, 3-mid, Dampeners 1")
}

// A signal in the middle of a rationale ends the dialogue at once, with every line
// that was typed.
func TestSignalWhileTyping(t *testing.T) {
	m, r := memorystore.New("calibrate.db", fixedNow), builtIn(t)
	threePeople(m, r)
	in, keyboard := io.Pipe()
	defer keyboard.Close()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	var out bytes.Buffer
	go func() {
		ended <- Run(ctx, Config{Store: m, Rubric: r, Reviewer: "grace", Now: fixedNow, In: in, Out: &out})
	}()
	if _, err := io.WriteString(keyboard, "1\nplace 3-mid\n\nThe first line.\nThe second line.\nnot ended by Enter"); err != nil {
		t.Fatal(err)
	}
	kept := func() string {
		w, _, err := m.Walk("0042", "grace", "")
		if err != nil {
			t.Fatal(err)
		}
		return w.Tracks["Individual"].Form.Rationale
	}
	const want = "The first line.\nThe second line."
	for deadline := time.Now().Add(10 * time.Second); kept() != want; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("kept while typing: %q", kept())
		}
	}
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("Run returned %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("Run does not return")
	}
	if kept() != want {
		t.Errorf("kept at the end: %q", kept())
	}
	wants(t, out.String(), "> (interrupted)\nEverything is kept, up to the last line that you ended with Enter.\n")
}

func TestLongLineIsRefusedInWords(t *testing.T) {
	m, r := memorystore.New("calibrate.db", fixedNow), builtIn(t)
	threePeople(m, r)
	out := run(t, m, r, strings.Repeat("x", 2*maxLine)+"\n1\nplace 3-mid\n\nA reason.\n"+strings.Repeat("y", calibration.MaxRationale)+"\n.\nsave\n")
	wants(t, out, "was longer than 65536 bytes and was not taken", "This line was not taken: with it the rationale is 20010 bytes", "saved 3-mid")
	if got := m.Held.Decisions[0].Rationale; got != "A reason." {
		t.Errorf("the rationale is %.80q", got)
	}
}

// brokenPipe takes some writes and then none.
type brokenPipe struct{ left int }

func (w *brokenPipe) Write(p []byte) (int, error) {
	if w.left--; w.left < 0 {
		return 0, errors.New("broken pipe")
	}
	return len(p), nil
}

// Who cannot be answered is not obeyed any further; what was done is kept.
func TestOutputBreaks(t *testing.T) {
	m, r := memorystore.New("calibrate.db", fixedNow), builtIn(t)
	threePeople(m, r)
	c := Config{Store: m, Rubric: r, Reviewer: "grace", Now: fixedNow, In: strings.NewReader("1\nseen 1\nseen 2\nseen 3\n"), Out: &brokenPipe{left: 2}}
	err := Run(t.Context(), c)
	if err == nil || err.Error() != "writing the output: broken pipe" {
		t.Errorf("Run returned %v", err)
	}
	if w := m.Held.Walks[memorystore.WalkKey("0042", "grace", "")]; len(w.Tracks["Individual"].Ticks) != 1 {
		t.Errorf("kept: %+v", w)
	}
}

func TestInputBreaks(t *testing.T) {
	m, r := memorystore.New("calibrate.db", fixedNow), builtIn(t)
	threePeople(m, r)
	in := io.MultiReader(strings.NewReader("1\nseen 1\n"), &brokenReader{})
	err := Run(t.Context(), Config{Store: m, Rubric: r, Reviewer: "grace", Now: fixedNow, In: in, Out: io.Discard})
	if err == nil || err.Error() != "reading the input: the line went dead" {
		t.Errorf("Run returned %v", err)
	}
	if w := m.Held.Walks[memorystore.WalkKey("0042", "grace", "")]; len(w.Tracks["Individual"].Ticks) != 1 {
		t.Errorf("kept: %+v", w)
	}
}

type brokenReader struct{}

func (*brokenReader) Read([]byte) (int, error) { return 0, errors.New("the line went dead") }
