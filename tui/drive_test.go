package tui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"github.com/muesli/termenv"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/internal/lines"
	"calibrate/internal/memorystore"
	"calibrate/rubric"
)

// updating reports whether the golden files are to be written anew. The flag is
// declared by what teatest brings along.
func updating() bool { return flag.Lookup("update").Value.String() == "true" }

// driver plays a person at the keyboard of an app without a terminal: keys go in,
// commands run to their end at once, screens come out. Commands that the app starts
// together run last first, because it may not count on any order.
type driver struct {
	t         testing.TB
	app       *app
	session   string // id of the session that the app is opened in
	store     *memorystore.Store
	data      Store  // what the app works on: store, or a real file
	reviewer  string // empty: grace
	now       func() time.Time
	quit      bool
	stops     int // how often it was suspended
	demos     int // how often the demo was opened
	demoFails error
	due       []func(time.Time) tea.Msg // timers that were started
}

const asciiProfile = termenv.Ascii

// dataFile is what the tests' store says its file is.
const dataFile = "/home/ada/.local/share/calibrate/calibrate.db"

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
func drive(t testing.TB, setup ...func(*memorystore.Store, *rubric.Rubric)) *driver {
	t.Helper()
	return driveWith(t, builtIn(t), termenv.Ascii, setup...)
}

func driveWith(t testing.TB, r *rubric.Rubric, profile termenv.Profile, setup ...func(*memorystore.Store, *rubric.Rubric)) *driver {
	t.Helper()
	store := memorystore.New(dataFile, fixedNow)
	if len(setup) == 0 {
		setup = append(setup, threePeople)
	}
	for _, f := range setup {
		f(store, r)
	}
	d := &driver{t: t, store: store, data: store}
	d.open(r, themeFor(profile, "dark"))
	return d.size(80, 24)
}

// open starts an app on the driver's store, as starting the program again does.
func (d *driver) open(r *rubric.Rubric, look theme) *driver {
	d.app = newApp(&env{
		store: d.data, rubric: r, reviewer: or(d.reviewer, "grace"), session: d.session, now: d.clock, theme: look, wrapper: newWrapper(), mouse: true,
	})
	d.app.env.demo = func() error { d.demos++; return d.demoFails }
	d.quit = false
	d.app.after = func(_ time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
		d.due = append(d.due, f)
		return nil
	}
	d.app.execute = func(c tea.ExecCommand, done tea.ExecCallback) tea.Cmd {
		return func() tea.Msg { return done(c.Run()) }
	}
	d.run(d.app.Init())
	return d
}

// clock is what the app takes for the time.
func (d *driver) clock() time.Time {
	if d.now != nil {
		return d.now()
	}
	return fixedNow()
}

// again ends the app as a crash does, and starts it anew at the same size.
func (d *driver) again() *driver {
	w, h := d.app.w, d.app.h
	d.due = nil
	return d.open(d.app.env.rubric, d.app.env.theme).size(w, h)
}

func nobody(*memorystore.Store, *rubric.Rubric) {}

func threePeople(m *memorystore.Store, _ *rubric.Rubric) {
	m.Held.People = []calibration.Person{
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
		for i := len(msg) - 1; i >= 0; i-- {
			d.run(msg[i])
		}
	case tea.QuitMsg:
		d.quit = true
	case tea.SuspendMsg:
		d.stops++
		d.send(tea.ResumeMsg{})
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

// write types a text, each character a key.
func (d *driver) write(text string) *driver {
	for rest := text; rest != ""; {
		var c string
		c, rest = lines.FirstCharacter(rest)
		switch c {
		case " ":
			d.press("space")
		case "\n":
			d.press("enter")
		default:
			d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(c)})
		}
	}
	return d
}

// joined sends a text as one message, as keys that arrive in one read do.
func (d *driver) joined(text string) *driver {
	return d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)})
}

func (d *driver) paste(text string) *driver {
	return d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
}

func keyNamed(t testing.TB, name string) tea.KeyMsg {
	t.Helper()
	if rest, ok := strings.CutPrefix(name, "alt+"); ok {
		k := keyNamed(t, rest)
		k.Alt = true
		return k
	}
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

// says fails unless the text is on the screen, however its lines are broken.
func (d *driver) says(text string) *driver {
	d.t.Helper()
	words := strings.Fields(strings.ReplaceAll(d.screen(), "esc dismisses", ""))
	if !strings.Contains(strings.Join(words, " "), text) {
		d.t.Fatalf("the screen does not say %q:\n%s", text, d.screen())
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

// row is the one row of the screen that holds a text.
func (d *driver) row(text string) string {
	d.t.Helper()
	for _, row := range strings.Split(d.screen(), "\n") {
		if strings.Contains(row, text) {
			return row
		}
	}
	d.t.Fatalf("%q is not on the screen:\n%s", text, d.screen())
	return ""
}

// golden compares the screen with testdata/NAME.golden: the characters alone where
// the terminal shows no colour, so that the file is a picture of it.
func (d *driver) golden(name string) *driver {
	d.t.Helper()
	d.fitsTerminal()
	compareGolden(d.t, name, d.screen()+"\n")
	return d
}

func compareGolden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if updating() {
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

// fitsTerminal fails if a line is wider, or the screen taller, than the terminal, or
// if anything but our own looks could move its cursor.
func (d *driver) fitsTerminal() {
	d.t.Helper()
	if problem := misfit(d.app.View(), d.app.w, d.app.h); problem != "" {
		d.t.Fatalf("%s:\n%s", problem, d.screen())
	}
}

// misfit says what a terminal of w × h cells could not show as it is.
func misfit(view string, w, h int) string {
	rows := strings.Split(view, "\n")
	if len(rows) > h {
		return fmt.Sprintf("%d rows on a terminal of %d", len(rows), h)
	}
	for i, row := range rows {
		if n := ansi.StringWidth(row); n > w {
			return fmt.Sprintf("row %d is %d cells wide on a terminal of %d", i+1, n, w)
		}
		plain := looks.ReplaceAllString(row, "")
		if shown := clean.Line(plain); shown != plain {
			return fmt.Sprintf("row %d would reach the terminal unclean: %q", i+1, row)
		}
	}
	return ""
}

// looks are the escape sequences that a theme writes.
var looks = regexp.MustCompile("\x1b\\[[0-9;]*m")
