package tui

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/muesli/termenv"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/internal/memorystore"
	"calibrate/rubric"
	"calibrate/store"
)

// hostile makes a rubric whose names and statements are everything that could
// upset a terminal or a layout, as far as a rubric may hold it.
func hostile(t testing.TB) *rubric.Rubric {
	t.Helper()
	texts := []string{
		"plain \u202eright to left\u202c and back", "数据平台的工程师、负责（核心）系统，并推动全公司的架构演进。", "مهندس منصة أول يقود العمل ويؤثر في الآخرين",
		"👩‍💻👨‍👩‍👧‍👦🇩🇪 team \u200b\u200b\u200bhidden", strings.Repeat("Donaudampfschifffahrtsgesellschaft", 8), "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 accents",
	}
	n := 0
	say := func(texts []string) (said []string) { // no two bands may say the same
		for _, text := range texts {
			n++
			said = append(said, fmt.Sprintf("%s %d", text, n))
		}
		return said
	}
	dimensions := []string{"Individual \u202e", "影响力" + strings.Repeat("很长", 20), "تأثير"}
	var levels []rubric.Level
	for i, name := range []string{"Low \u200b1", "数据", strings.Repeat("A very long level name ", 4)} {
		level := rubric.Level{Number: 7 * (i + 1), Name: name}
		for _, band := range []string{"低", "👩‍💻 Mid", "High \u202e", "ارتفاع"} {
			described := map[string]rubric.Content{}
			for _, d := range dimensions[:i+1] {
				described[d] = rubric.Content{Impact: say(texts), Examples: say(texts[:2]), Dampeners: say(texts[2:3])}
			}
			level.Bands = append(level.Bands, rubric.Band{Name: band, Dimensions: described})
		}
		levels = append(levels, level)
	}
	r, err := rubric.New("Role \u202e 数据", dimensions, levels)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// oddPeople are people whose records were written by others.
func oddPeople() []calibration.Person {
	return []calibration.Person{
		{ID: "1", Name: "Ada Lovelace", Team: "Platform"},
		{ID: "2", Name: "\x1b[2J\x1b]0;owned\x07 Eve", Team: "\u202eTeam", Manager: "a\nb\tc"},
		{ID: "3", Name: strings.Repeat("Wolfeschlegelsteinhausen ", 10), Team: strings.Repeat("数据平台", 20), Role: "👩‍💻"},
		{ID: "4", Name: "محمد الخوارزمي", Team: "\xff\xfe", Role: "e\u0301"},
		{ID: "5", Name: "\u0600\u0600", Manager: "\U000e0001"},
	}
}

// oddPast gives them decisions and sessions that were written by others too.
func oddPast(m *memorystore.Store, r *rubric.Rubric) {
	m.Held.People = oddPeople()
	m.Held.Sessions = []calibration.Session{{ID: "S1", Name: "\x1b[31mSpring\n" + strings.Repeat("very ", 20)}, {ID: "S2", Name: "数据 👩‍💻"}}
	for i, p := range m.Held.People[:3] {
		for j := range 4 {
			at := r.At(1 + (3*i+j)%len(r.Positions()))
			d := calibration.Decision{
				Person: p.ID, Reviewer: []string{"grace", "\x1b]2;x\x07 linus"}[j/3], Session: []string{"", "S1", "S2", "S9"}[j], Dimension: r.Dimensions[0],
				Position: at.Key, Stage: calibration.Stages()[j%3], Confidence: calibration.Low, Rationale: strings.Repeat("\u202e\x1b[2J 数据 long and hostile\n", 3*j+1), Rubric: r.Hash(),
			}
			for _, st := range r.Statements(at, r.Dimensions[0], rubric.Impact) {
				d.Evidence = append(d.Evidence, calibration.Evidence{Statement: st.ID, Seen: len(d.Evidence) == 0, Note: "\x07note " + strings.Repeat("👩‍💻", 40)})
			}
			if _, err := m.Place(d, r); err != nil {
				panic(err)
			}
		}
	}
}

// hands press keys and use the mouse at random.
type hands struct {
	rt    *rapid.T
	d     *driver
	names []string
	texts *rapid.Generator[string]
}

func newHands(rt *rapid.T, d *driver) hands {
	names := strings.Fields(`enter enter enter esc esc tab shift+tab up down left right space pgup pgdown home end backspace delete
		ctrl+s ctrl+s p ctrl+d ctrl+u ctrl+w ctrl+k ctrl+n ctrl+p ctrl+home ctrl+end alt+left alt+b shift+up shift+down ctrl+o ctrl+o ctrl+_ ctrl+y ctrl+z d
		a f b v m u w n p r g G h j k l J K / ? [ ] 1 2 3 7 9 c c x t 4 5 6 8`)
	return hands{rt, d, names, rapid.OneOf(
		rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("afbvmuwn/?[]13 hjkl"))),
		rapid.SampledFrom([]string{"李娜", "e\u0301", "\u0301", "\u200d", "👩‍💻", "🇩", "\x1b[2J", "a\r\nb\tc", "مهندس", "q", strings.Repeat("long ", 300)}))}
}

// do does one thing that can happen to the app.
func (h hands) do() {
	switch rapid.IntRange(0, 19).Draw(h.rt, "what") {
	case 0, 1:
		h.d.size(rapid.IntRange(1, 250).Draw(h.rt, "columns"), rapid.IntRange(1, 80).Draw(h.rt, "rows"))
	case 2:
		h.d.size(rapid.SampledFrom([]int{60, 79, 80, 119, 120, 199, 200}).Draw(h.rt, "columns"), rapid.SampledFrom([]int{15, 16, 24, 29, 30, 60}).Draw(h.rt, "rows"))
	case 3, 4:
		h.text(false)
	case 5:
		h.text(true)
	case 6:
		h.d.tick()
	case 9, 10:
		h.d.send(tea.MouseMsg{
			X: rapid.IntRange(0, 200).Draw(h.rt, "x"), Y: rapid.IntRange(0, 60).Draw(h.rt, "y"), Action: tea.MouseActionPress,
			Button: rapid.SampledFrom([]tea.MouseButton{tea.MouseButtonLeft, tea.MouseButtonLeft, tea.MouseButtonWheelUp, tea.MouseButtonWheelDown, tea.MouseButtonRight}).Draw(h.rt, "button"),
		})
	case 7:
		h.d.store.Fail = rapid.SampledFrom([]error{nil, nil, errors.New("write /data: no space left \x1b[2J on device")}).Draw(h.rt, "fails")
	case 8:
		h.d.store.FailReads = rapid.SampledFrom([]error{nil, nil, nil, errors.New("read /data: bad sector")}).Draw(h.rt, "reads fail")
	default:
		h.d.send(keyNamed(h.d.t, rapid.SampledFrom(h.names).Draw(h.rt, "key")))
	}
}

func (h hands) text(paste bool) {
	runes := []rune(h.texts.Draw(h.rt, "text"))
	h.d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: runes, Paste: paste})
}

// drawn fails unless what is on the screen is as it should be, and drawing it again
// gives the same.
func (h hands) drawn() {
	view := h.d.app.View()
	if problem := misfit(view, h.d.app.w, h.d.app.h); problem != "" {
		h.rt.Fatalf("%s, %d × %d:\n%s", problem, h.d.app.w, h.d.app.h, view)
	}
	if h.d.app.View() != view {
		h.rt.Fatalf("drawn twice, the screen differs:\n%s\n%s", view, h.d.app.View())
	}
}

// Whatever is pressed, pasted and resized, and whatever the store answers, the app
// does not fall over, draws what the terminal can show, and leaves whole records.
func TestRandomKeysAndSizes(t *testing.T) {
	rubrics := []*rubric.Rubric{builtIn(t), hostile(t), small(t, 2, 1, 1), small(t, 20, 9, 12), written(t)}
	rapid.Check(t, func(rt *rapid.T) {
		r := rapid.SampledFrom(rubrics).Draw(rt, "rubric")
		d := driveWith(t, r, termenv.TrueColor, oddPast)
		d.app.crash = func(trace []byte) string { rt.Fatalf("fell over: %s", trace); return "" }
		h := newHands(rt, d)
		for range rapid.IntRange(10, 40).Draw(rt, "steps") {
			h.do()
			h.drawn()
			if d.quit {
				d.again()
				d.app.crash = func(trace []byte) string { rt.Fatalf("fell over: %s", trace); return "" }
			}
		}
		for _, made := range d.store.Held.Decisions {
			if err := made.Validate(r); err != nil {
				rt.Fatalf("a decision was recorded that is none: %v", err)
			}
		}
	})
}

// The same on a real data file: it can be read afterwards, and every decision and
// walk that the app said was kept is in it.
func TestRandomKeysLeaveTheFileReadable(t *testing.T) {
	r := builtIn(t)
	files := 0
	rapid.Check(t, func(rt *rapid.T) {
		if files++; files > 12 {
			return // each writes to disk many times
		}
		path := filepath.Join(t.TempDir(), "calibrate.db")
		file := openFile(t, path)
		if _, err := file.PutPeople(oddPeople()[:1]...); err != nil {
			rt.Fatal(err)
		}
		d := &driver{t: t, store: memorystore.New(dataFile, fixedNow), data: file}
		d.open(r, theme{}).size(80, 24).press("enter")
		h := newHands(rt, d)
		for range 60 {
			h.do()
			h.drawn()
		}
		if err := d.app.flush(); err != nil {
			rt.Fatal(err)
		}
		var last calibration.Walk
		for _, s := range d.app.stack {
			if w, ok := s.(*walk); ok && w.desk != nil {
				last = w.desk.walk()
			}
		}
		if err := file.Close(); err != nil {
			rt.Fatal(err)
		}
		file = openFile(t, path)
		defer file.Close()
		report, err := file.Check()
		if err != nil || len(report.Findings) > 0 {
			rt.Fatalf("the file does not check: %v %+v", err, report)
		}
		w, found, err := file.Walk(last.Person, last.Reviewer, last.Session)
		w.SavedAt = last.SavedAt
		if diff := cmp.Diff(last, w, cmpopts.EquateEmpty()); last.Person != "" && (err != nil || found && diff != "") {
			rt.Fatalf("the walk on disk (-want +got): %v\n%s", err, diff)
		}
	})
}

func openFile(t testing.TB, path string) *store.Store {
	t.Helper()
	file, err := store.Open(path, store.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return file
}
