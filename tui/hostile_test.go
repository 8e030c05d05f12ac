package tui

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"calibrate/calibration"
	"calibrate/internal/hostiletext"
	"calibrate/internal/memorystore"
	"calibrate/report"
	"calibrate/rubric"
)

var eachAlone = flag.Bool("each-alone", false, "show every hostile text alone, which takes minutes, not several at once")

// Whatever people, rubrics, sessions, decisions and events say, and whatever is pasted
// into a field, no screen hands a terminal anything that it would obey or hide.
func TestHostileTextOnEveryScreen(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	texts := hostiletext.Together(calibration.MaxNameBytes - 10)
	if *eachAlone {
		texts = hostiletext.All()
	}
	seen := map[string]bool{}
	for _, h := range texts {
		if hostiletext.OnTerminal(h.Text) == "" && !*eachAlone {
			continue // it is hostile elsewhere
		}
		x := explorer{t: t, text: h, rubric: small(t, 3, 2, 2)}
		if h.Rubric {
			var err error
			if x.rubric, err = hostiletext.Rubric(h.Text); err != nil {
				t.Fatal(err)
			}
		}
		x.explore()
		maps.Copy(seen, x.screens)
	}
	for _, screen := range screensThatThereAre(t) {
		if !seen[screen] {
			t.Errorf("the screen %s was never looked at", screen)
		}
	}
}

// screensThatThereAre are the types that are a page of the app, as the sources have them.
func screensThatThereAre(t *testing.T) (names []string) {
	t.Helper()
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), source, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv == nil || f.Name.Name != "Title" {
				continue
			}
			if star, ok := f.Recv.List[0].Type.(*ast.StarExpr); ok {
				names = append(names, "*tui."+star.X.(*ast.Ident).Name)
			}
		}
	}
	return names
}

// explorer goes wherever the keys that the screens offer lead.
type explorer struct {
	t       *testing.T
	text    hostiletext.Text
	rubric  *rubric.Rubric
	screens map[string]bool // types
	states  map[string]bool // types, with what can be pressed there
	paths   []path
}

// path is the keys that lead somewhere from the start, and how many more may follow.
type path struct {
	keys []string
	left int
}

// paste stands among keys for the text, pasted.
const paste = "paste"

func (x *explorer) explore() {
	x.screens, x.states = map[string]bool{}, map[string]bool{}
	x.paths = []path{{nil, 9}, {strings.Fields("w tab" + strings.Repeat(" left", 20) + " enter enter enter"), 3}} // a warm-up of one example
	for ; len(x.paths) > 0; x.paths = x.paths[1:] {
		p := x.paths[0]
		d := x.at(p)
		here := x.state(d, "")
		for _, k := range x.offered(d) {
			x.follow(d, p, k)
			if d.quit || x.state(d, k) != here {
				d = x.at(p)
			}
		}
	}
	loading := &decision{env: x.open().app.env, person: calibration.Person{Name: x.text.Text}, dimension: x.text.Text} // makes way at once
	x.judge(loading.View, "decide", 80, 24)
	x.screens["*tui.decision"] = true
}

// at is the app with the keys pressed.
func (x *explorer) at(p path) *driver {
	d := x.open()
	for _, k := range p.keys {
		x.do(d, k)
	}
	return d
}

// offered are the keys that do something now, and what can be typed.
func (x *explorer) offered(d *driver) []string {
	if d.app.top().Typing() {
		return []string{"down", paste, "tab", "enter", "ctrl+s", "esc"}
	}
	keys := []string{"?"}
	for _, k := range d.app.top().Keys() {
		if name := strings.ReplaceAll(k.Keys()[0], " ", "space"); name != "q" && k.Enabled() {
			keys = append(keys, name)
		}
	}
	return keys
}

// follow presses one key more, and remembers where it led if nobody was there before.
func (x *explorer) follow(d *driver, p path, k string) {
	x.do(d, k)
	keys := append(slices.Clone(p.keys), k)
	draw := func(w, h int) string { d.size(w, h); return d.app.View() }
	x.judge(draw, strings.Join(keys, " "), 80, 24)
	if state := x.state(d, k); !d.quit && !x.states[state] && p.left > 0 {
		x.states[state] = true
		x.paths = append(x.paths, path{keys, p.left - 1})
		x.judge(draw, strings.Join(keys, " "), 200, 60)
		d.size(80, 24)
	}
}

// state tells places apart that look and can do something else.
func (x *explorer) state(d *driver, last string) string {
	top := d.app.top()
	x.screens[fmt.Sprintf("%T", top)] = true
	state := fmt.Sprintf("%T %v %v", top, top.Typing(), d.app.help != nil)
	for _, k := range top.Keys() {
		state += " " + k.Help().Key + k.Help().Desc
	}
	if f, ok := top.(*form); ok {
		state += fmt.Sprintf(" %d", f.at)
	}
	if last == paste && d.app.top().Typing() {
		state += " pasted"
	}
	return state
}

func (x *explorer) do(d *driver, k string) {
	if k == paste {
		d.paste(x.text.Text)
		return
	}
	d.press(k)
}

// judge looks at what is drawn.
func (x *explorer) judge(draw func(w, h int) string, where string, w, h int) {
	x.t.Helper()
	view := draw(w, h)
	problem := hostiletext.OnTerminal(looks.ReplaceAllString(view, ""))
	if problem == "" {
		problem = misfit(view, w, h)
	}
	if problem != "" {
		x.t.Errorf("%s, %s, %d × %d: %s", x.text.Name, where, w, h, problem)
	}
}

// open starts the app on a store in which everything says the text.
func (x *explorer) open() *driver {
	m := memorystore.New(dataFile, fixedNow)
	x.fill(m)
	d := &driver{t: x.t, store: m, data: m, reviewer: "f" + x.text.Text}
	d.open(x.rubric, themeFor(termenv.TrueColor, "dark"))
	d.app.env.save = func(context.Context, report.Written) error { return errors.New(x.text.Text) }
	d.app.crash = func(trace []byte) string { x.t.Errorf("%s: fell over: %s", x.text.Name, trace); return "" }
	return d.size(80, 24)
}

func (x *explorer) fill(m *memorystore.Store) {
	text, r := x.text.Text, x.rubric
	m.Held.Rubrics[r.Hash()] = r
	m.Held.People = []calibration.Person{
		{ID: "1" + text, Name: text, Email: text, Team: text, Manager: "p" + text, Role: text, Extra: map[string]string{text: text}},
		{ID: "2", Name: "2" + text, Team: text, Manager: text}, {ID: "3", Name: "3" + text, Team: text, Manager: "q" + text},
	}
	people := []string{"1" + text, "2", "3"}
	m.Held.Sessions = []calibration.Session{
		{ID: "S1", Name: text, Rubric: r.Hash(), State: calibration.Finalised, People: people, Facilitator: text, OpenedAt: fixedNow(), FinalisedAt: fixedNow()},
		{ID: "S2", Name: "2" + text, Rubric: r.Hash(), State: calibration.Open, People: people, Facilitator: text, Minutes: 30, OpenedAt: fixedNow(),
			Panel:    []calibration.Panellist{{Reviewer: "p" + text}, {Reviewer: "q" + text}},
			Recusals: []calibration.Recusal{{Reviewer: "p" + text, Person: "3", Why: text}}},
	}
	for _, e := range []calibration.Event{
		{Kind: calibration.Noted, Text: text}, {Kind: calibration.Dissent, Who: text, Text: text, Dimension: r.Dimensions[0]},
		{Kind: calibration.FollowUp, Who: text, Text: text, Due: "2026-03-31"}, {Kind: calibration.Readiness, Answer: calibration.NotYet, Text: text}, {Kind: calibration.Spent, Seconds: 90},
	} {
		e.Session, e.Person, e.By = "S2", "1"+text, text
		if _, err := m.Record(e); err != nil {
			x.t.Fatal(err)
		}
	}
	for i, session := range []string{"S1", "S2"} {
		for j, by := range []string{"p" + text, "q" + text} {
			x.place(m, calibration.Decision{Person: "1" + text, Reviewer: by, Session: session, Stage: calibration.Draft}, i+j)
			x.place(m, calibration.Decision{Person: "1" + text, Reviewer: by, Session: session, Stage: calibration.Panel}, i+2*j)
		}
	}
	x.place(m, calibration.Decision{Person: "1" + text, Reviewer: text, Session: "S1", Stage: calibration.Final}, 1)
	x.place(m, calibration.Decision{Person: "2", Reviewer: "f" + text, Stage: calibration.Draft}, 0)
}

// place records a placement on every dimension, on all evidence that there is.
func (x *explorer) place(m *memorystore.Store, d calibration.Decision, at int) {
	x.t.Helper()
	position := x.rubric.Positions()[at]
	d.Position, d.Confidence, d.Rationale, d.Rubric = position.Key, calibration.Low, x.text.Text, x.rubric.Hash()
	if d.Stage == calibration.Final {
		d.Change = calibration.OtherChange
	}
	for _, d.Dimension = range x.rubric.Dimensions {
		d.Evidence, d.Dampeners = nil, nil
		for i, s := range x.rubric.Statements(position, d.Dimension, rubric.Impact) {
			d.Evidence = append(d.Evidence, calibration.Evidence{Statement: s.ID, Seen: i%2 == 0, Note: x.text.Text})
		}
		for _, s := range x.rubric.Statements(position, d.Dimension, rubric.Dampeners) {
			d.Dampeners = append(d.Dampeners, calibration.Dampener{Statement: s.ID, Note: x.text.Text})
		}
		if err := d.Validate(x.rubric); err != nil {
			x.t.Fatal(err)
		}
		d.ID, d.DecidedAt = m.NextID(), fixedNow()
		m.Held.Decisions = append(m.Held.Decisions, d) // drafts and votes alike, whatever was revealed meanwhile
	}
}
