//go:build linux

package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"calibrate/calibration"
	"calibrate/rubric"
	"calibrate/store"
)

func builtIn(t *testing.T) *rubric.Rubric {
	t.Helper()
	data, err := os.ReadFile("../../rubric.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := rubric.Parse("rubric.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func read(t *testing.T, path string) (decisions int, sessions []calibration.Session) {
	t.Helper()
	s, err := store.Open(path, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Decisions(func(calibration.Decision) error {
		decisions++
		return nil
	})
	sessions, other := s.Sessions()
	if err := errors.Join(err, other); err != nil {
		t.Fatal(err)
	}
	return decisions, sessions
}

func TestCompanyHasItsDecisionsInFinishedSessions(t *testing.T) {
	r := builtIn(t)
	if len(r.Dimensions) != dimensions {
		t.Fatalf("the built-in rubric has %d dimensions", len(r.Dimensions))
	}
	const n = sessionSize + 100
	path := filepath.Join(t.TempDir(), "company.db")
	if err := (company{decisions: n, only: -1}).write(path, r); err != nil {
		t.Fatal(err)
	}
	decisions, sessions := read(t, path)
	if decisions != n || len(sessions) != 2 {
		t.Errorf("%d decisions in %d sessions", decisions, len(sessions))
	}
	for _, s := range sessions {
		if s.State != calibration.Finalised || len(s.People) != agendaSize || len(s.Panel) != panelSize {
			t.Errorf("session %s is %s, with %d people and a panel of %d", s.Name, s.State, len(s.People), len(s.Panel))
		}
	}
	if err := (company{decisions: n, only: 1}).write(path+".only", r); err != nil {
		t.Fatal(err)
	}
	if decisions, sessions := read(t, path+".only"); decisions != 100 || len(sessions) != 1 || sessions[0].Name != sessionName(1) {
		t.Errorf("alone there are %d decisions in %+v", decisions, sessions)
	}
}

func TestAgendasGoRound(t *testing.T) {
	c := company{decisions: 100_000, only: -1}
	for session := range c.sessions() {
		there := 0
		for p := range c.people() {
			if c.attends(p, session) {
				there++
			}
		}
		if there != agendaSize {
			t.Errorf("%d people attend session %d", there, session)
		}
	}
}

func TestWhatGoTestPrints(t *testing.T) {
	const printed = `goos: linux
BenchmarkWalkView/200x60-2         	      50	    206888 ns/op	   85165 B/op	     231 allocs/op
BenchmarkParse 	      20	  14696978 ns/op	   2.10 MB/s	  907125 B/op	   12680 allocs/op
PASS
`
	got := readAllocations("tui", printed)
	want := []allocation{{"tui WalkView/200x60", "231", "85165"}, {"tui Parse", "12680", "907125"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if ns, err := perOp(printed, "ns/op"); err != nil || ns != 206888 {
		t.Errorf("%v ns, %v", ns, err)
	}
	if _, err := perOp("PASS", "ns/op"); err == nil {
		t.Error("a figure was found where there is none")
	}
}

func someDocument() document {
	return document{
		Rows: []measuredRow{
			{row{what: "a|b", target: "≤ 1 ×"}, result{checks: []check{atMost("", 0.5, 1)}, note: "note"}},
			{row{what: "c"}, result{checks: []check{atMost("median", 2, 1), {"1 ms", true}}}},
			{row{name: "start", what: "a start"}, result{checks: []check{atMost("", 0.8, 0.9)}}},
			{row{name: "version", what: "one"}, result{checks: []check{atMost("", 4, 3)}}},
			{row{name: "help", what: "two"}, result{checks: []check{atMost("", 4, 3)}}},
		},
		Grown: []grown{
			{name: "open", what: "it", points: []point{{1000, 1e6, 2e7}, {1_000_000, 1e6, 2e7}}},
			{name: "doctor", what: "it", points: []point{{1000, 1e6, 2e7}, {1_000_000, 1e12, 2e9}}},
		},
		Sizes: []int{1000, 1_000_000}, Allocations: []allocation{{"tui View", "231", "85165"}}, Machine: "a machine",
	}
}

func TestPageSaysWhatWasMeasured(t *testing.T) {
	path := filepath.Join(t.TempDir(), "performance.md")
	if err := someDocument().write(path); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`| a\|b |  | ≤ 1 × | 0.50 × | ok | note |`, `| median 2.00 ×, 1 ms | **missed** |`,
		"| | 10³ | 10⁶ | exponents | of the last step |", "| doctor: it | 1.0 ms, 20.0 MB | 1000 s, 2000.0 MB | 2.00, 0.67 | 2.00, 0.67 |", "Steeper than linear at the end: doctor.\n\n- doctor: What it keeps", "\n- one; two: A third of a start", "| tui View | 231 | 85165 |",
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
}

// A target that is met needs no excuse.
func TestPageExcusesOnlyWhatWasMissed(t *testing.T) {
	d := someDocument()
	if reasons := d.Missed(); len(reasons) != 1 || reasons[0].What != "one; two" {
		t.Errorf("excused are %v", reasons)
	}
}

func TestPictureIsXMLWithNamesApart(t *testing.T) {
	d := someDocument()
	d.Grown = append(d.Grown, d.Grown...)
	decoder := xml.NewDecoder(strings.NewReader(d.picture()))
	for {
		if _, err := decoder.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	p := panel{curves: []curve{{y: []float64{5}}, {y: []float64{5}}, {y: []float64{5}}}}
	at := p.spreadNames(func(float64) float64 { return panelHeight - bottom })
	slices.Sort(at)
	if at[1]-at[0] < 12 || at[2]-at[1] < 12 || at[2] > panelHeight-bottom {
		t.Errorf("the names are at %v", at)
	}
}

func TestOnlyKnownRowsAreMeasured(t *testing.T) {
	if list, err := chosen("start,key", ""); err != nil || !slices.Equal(list, []string{"start", "key"}) {
		t.Errorf("%v, %v", list, err)
	}
	if _, err := chosen("start,kex", ""); err == nil || !strings.Contains(err.Error(), `"kex"`) {
		t.Errorf("error %v", err)
	}
	if _, err := chosen("start", "page.md"); err == nil {
		t.Error("a page of one row was allowed")
	}
}
