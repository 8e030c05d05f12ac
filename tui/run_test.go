package tui

import (
	"bytes"
	"calibrate/internal/memorystore"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/teatest"
	"github.com/muesli/termenv"
)

// patience is how long a whole program may take for a step, on a busy machine.
const patience = 10 * time.Second

func TestWholeProgramFromStartToASavedDecision(t *testing.T) {
	store := memorystore.New(dataFile, fixedNow)
	app := newApp(&env{
		store: store, rubric: builtIn(t), reviewer: "grace", now: fixedNow, theme: themeFor(termenv.Ascii, ""), wrapper: newWrapper(),
	})
	tm := teatest.NewTestModel(t, app, teatest.WithInitialTermSize(80, 24))
	var seen bytes.Buffer // waiting eats what was written so far
	output := io.TeeReader(tm.Output(), &seen)
	waitFor := func(text string) {
		t.Helper()
		teatest.WaitFor(t, output, func([]byte) bool { return strings.Contains(seen.String(), text) },
			teatest.WithDuration(patience), teatest.WithCheckInterval(5*time.Millisecond))
	}
	press := func(names ...string) {
		for _, name := range names {
			tm.Send(keyNamed(t, name))
		}
	}
	waitFor("Nobody is here yet")
	press("n")
	waitFor("New person")
	tm.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("Ada Lovelace")})
	press("enter")
	waitFor("Ada Lovelace is in the list")
	press("enter", "3", "a", "space", "f", "right", "b", "left", "enter")
	waitFor("Rationale")
	tm.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("Leads it all."), Paste: true})
	press("ctrl+s")
	waitFor("saved 3-mid · Individual")
	press("q")
	tm.WaitFinished(t, teatest.WithFinalTimeout(patience))
	if len(store.Held.Decisions) != 1 || store.Held.Decisions[0].Position != "3-mid" || store.Held.Decisions[0].Rationale != "Leads it all." {
		t.Errorf("recorded %+v", store.Held.Decisions)
	}
}

func TestRunEndsWithItsContextAndKeepsTheWork(t *testing.T) {
	store, keys, done, cancel := runApp(t)
	tickAndLeave(keys, cancel)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if w, found, _ := store.Walk("0042", "grace", ""); !found || len(w.Track().Ticks) != 1 {
		t.Errorf("the walk on disk is %+v", w)
	}
}

func TestRunReportsWhatCouldNotBeKept(t *testing.T) {
	store, keys, done, cancel := runApp(t)
	store.FailWith(errDiskFull)
	tickAndLeave(keys, cancel)
	if err := <-done; !errors.Is(err, errDiskFull) || strings.Contains(err.Error(), "Ada Lovelace") {
		t.Errorf("the error is %v", err)
	}
}

// typist types into an app that runs on a pipe, and is told when a tick is made.
type typist struct {
	io.Writer
	ticked chan struct{}
}

// tickAndLeave ticks a statement and takes the context away at once.
func tickAndLeave(keys typist, cancel context.CancelFunc) {
	keys.Write([]byte("\r3 "))
	for {
		select {
		case <-keys.ticked:
			cancel()
			return
		case <-time.After(time.Millisecond):
			keys.Write([]byte("j")) // so that there is a message after the tick
		}
	}
}

// runApp runs the app on a pipe.
func runApp(t *testing.T) (*memorystore.Store, typist, <-chan error, context.CancelFunc) {
	t.Helper()
	store := memorystore.New(dataFile, fixedNow)
	threePeople(store, nil)
	in, keys := io.Pipe()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	done, ticked := make(chan error, 1), make(chan struct{})
	var once sync.Once
	watch := func(m tea.Model, msg tea.Msg) tea.Msg {
		if w, ok := m.(*drawn).top().(*walk); ok && w.desk != nil && len(w.desk.walk().Track().Ticks) == 1 {
			once.Do(func() { close(ticked) })
		}
		return msg
	}
	nowhere, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { nowhere.Close() })
	config := Config{Out: nowhere, Store: store, Rubric: builtIn(t), Reviewer: "grace", Now: fixedNow, Profile: termenv.Ascii}
	var running sync.WaitGroup
	running.Go(func() {
		done <- Run(ctx, config, tea.WithInput(in), tea.WithFilter(watch))
		in.Close() // nobody reads any more
	})
	t.Cleanup(func() {
		cancel()
		keys.Close()
		running.Wait()
	})
	return store, typist{keys, ticked}, done, cancel
}
