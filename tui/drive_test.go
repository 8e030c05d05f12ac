package tui

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"github.com/muesli/termenv"

	"calibrate/calibration"
	"calibrate/rubric"
)

var update = flag.Bool("update", false, "write the golden files anew")

// driver plays a person at the keyboard of an app without a terminal: keys go in,
// commands run to their end at once, screens come out.
type driver struct {
	t     testing.TB
	app   *app
	store *memory
	quit  bool
	due   []func(time.Time) tea.Msg // timers that were started
}

func fixedNow() time.Time { return time.Date(2026, 3, 2, 14, 3, 0, 0, time.UTC) }

func builtIn(t testing.TB) *rubric.Rubric {
	t.Helper()
	data, err := os.ReadFile("../rubric.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := rubric.Parse("rubric.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// drive opens the app at 80 × 24 on a store with three people.
func drive(t testing.TB, setup ...func(*memory, *rubric.Rubric)) *driver {
	t.Helper()
	return driveWith(t, builtIn(t), termenv.Ascii, setup...)
}

func driveWith(t testing.TB, r *rubric.Rubric, profile termenv.Profile, setup ...func(*memory, *rubric.Rubric)) *driver {
	t.Helper()
	store := newMemory(fixedNow)
	if len(setup) == 0 {
		setup = append(setup, threePeople)
	}
	for _, f := range setup {
		f(store, r)
	}
	d := &driver{t: t, store: store}
	d.open(r, profile)
	return d
}

// open starts an app on the driver's store, as starting the program again does.
func (d *driver) open(r *rubric.Rubric, profile termenv.Profile) *driver {
	d.app = newApp(&env{
		store: d.store, rubric: r, reviewer: "grace", now: fixedNow,
		theme: themeFor(profile, "dark"), wrapper: newWrapper(),
	})
	d.quit = false
	d.app.after = func(_ time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
		d.due = append(d.due, f)
		return nil
	}
	d.run(d.app.Init())
	return d.size(80, 24)
}

func threePeople(m *memory, _ *rubric.Rubric) {
	m.people = []calibration.Person{
		{ID: "0042", Name: "Ada Lovelace", Team: "Platform", Manager: "Charles Babbage", Role: "Senior Platform Engineer"},
		{ID: "0043", Name: "Grace Hopper", Team: "Compilers", Manager: "Howard Aiken"},
		{ID: "0044", Name: "李娜", Team: "数据平台", Manager: "王伟"},
	}
}

func (d *driver) size(w, h int) *driver { return d.send(tea.WindowSizeMsg{Width: w, Height: h}) }

func (d *driver) send(msg tea.Msg) *driver {
	_, cmd := d.app.Update(msg)
	d.run(cmd)
	return d
}

// run carries a command out, and what comes of it.
func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	case tea.QuitMsg:
		d.quit = true
	default:
		d.send(msg)
	}
}

// tick lets every timer that was started go off.
func (d *driver) tick() *driver {
	due := d.due
	d.due = nil
	for _, f := range due {
		d.send(f(fixedNow()))
	}
	return d
}

// press presses keys by their names: "a", "enter", "ctrl+s", "space".
func (d *driver) press(keys ...string) *driver {
	for _, k := range keys {
		d.send(keyNamed(d.t, k))
	}
	return d
}

// write sends each character of a text as a key.
func (d *driver) write(text string) *driver {
	for _, c := range text {
		d.send(split(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{c, c}})[0])
	}
	return d
}

func keyNamed(t testing.TB, name string) tea.KeyMsg {
	t.Helper()
	if name == "space" {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	for typ := tea.KeyType(-200); typ < 200; typ++ {
		if k := (tea.KeyMsg{Type: typ}); typ != tea.KeyRunes && k.String() == name {
			return k
		}
	}
	if runes := []rune(name); len(runes) == 1 {
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: runes}
	}
	t.Fatalf("no key is called %q", name)
	return tea.KeyMsg{}
}

// screen is what is drawn now, without looks.
func (d *driver) screen() string { return ansi.Strip(d.app.View()) }

// sees fails unless all of the texts are on the screen.
func (d *driver) sees(texts ...string) *driver {
	d.t.Helper()
	for _, text := range texts {
		if !strings.Contains(d.screen(), text) {
			d.t.Fatalf("%q is not on the screen:\n%s", text, d.screen())
		}
	}
	return d
}

func (d *driver) seesNot(texts ...string) *driver {
	d.t.Helper()
	for _, text := range texts {
		if strings.Contains(d.screen(), text) {
			d.t.Fatalf("%q is on the screen:\n%s", text, d.screen())
		}
	}
	return d
}

// golden compares the screen with testdata/NAME.golden.
func (d *driver) golden(name string) *driver {
	d.t.Helper()
	d.fitsTerminal()
	compareGolden(d.t, name, d.app.View()+"\n")
	return d
}

func compareGolden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test ./tui -update writes it", err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s has changed (go test ./tui -update accepts it):\n%s", path, diff)
	}
}

// fitsTerminal fails if a line is wider, or the screen taller, than the terminal.
func (d *driver) fitsTerminal() {
	d.t.Helper()
	rows := strings.Split(d.app.View(), "\n")
	if len(rows) > d.app.h {
		d.t.Fatalf("%d rows on a terminal of %d:\n%s", len(rows), d.app.h, d.screen())
	}
	for i, row := range rows {
		if w := ansi.StringWidth(row); w > d.app.w {
			d.t.Fatalf("row %d is %d cells wide on a terminal of %d:\n%s", i+1, w, d.app.w, d.screen())
		}
	}
}
