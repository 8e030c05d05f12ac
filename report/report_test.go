package report_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"calibrate/calibration"
	"calibrate/demo"
	"calibrate/internal/clean"
	"calibrate/internal/hostiletext"
	"calibrate/report"
	"calibrate/rubric"
	"calibrate/store"
)

var update = flag.Bool("update", false, "write the golden files anew")

var now = time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// source is the invented people of the demo, in the session with the index; −1 is all.
func source(t testing.TB, session int, teams ...string) report.Source {
	t.Helper()
	r := must[*rubric.Rubric](t)(rubric.Parse("rubric.yaml", must[[]byte](t)(os.ReadFile("../rubric.yaml"))))
	path := filepath.Join(t.TempDir(), "demo.db")
	if err := demo.Write(path, r, 1, now); err != nil {
		t.Fatal(err)
	}
	st := must[*store.Store](t)(store.Open(path, store.Options{ReadOnly: true}))
	t.Cleanup(func() { st.Close() })
	people, sessions := must[[]calibration.Person](t)(st.People()), must[[]calibration.Session](t)(st.Sessions())
	s := report.Source{
		Rubric: r, People: people, RubricOf: st.Rubric, Bootstrap: calibration.DefaultBootstrap(), Now: now,
		Decisions: map[string]calibration.Decision{}, Guideline: calibration.Guideline{5, 15, 60, 15, 5},
	}
	f := calibration.Filter{Teams: teams}
	if session >= 0 {
		s.Session, f.Sessions = &sessions[session], []string{sessions[session].ID}
	}
	c := calibration.NewComparer(calibration.Basis{Rubric: r, People: people, Sessions: sessions, RubricOf: st.Rubric}, f)
	err := st.Decisions(func(d calibration.Decision) error {
		s.Decisions[d.ID] = d
		c.Add(d)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Comparison = c.Comparison()
	return s
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(must[[]byte](t)(os.ReadFile(path))), string(got)); diff != "" {
		t.Errorf("%s has changed (go test ./report -update accepts it) (-want +got):\n%s", path, diff)
	}
}

func written(t testing.TB, write func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReports(t *testing.T) {
	s := source(t, 1, "Atlas", "Beacon")
	for _, who := range []report.Audience{report.ForFacilitator, report.ForHR, report.ForManager} {
		doc := must[report.Document](t)(report.Session(context.Background(), s, who))
		golden(t, string(who)+".md", written(t, doc.Markdown))
		if who == report.ForFacilitator {
			golden(t, "facilitator.html", written(t, doc.HTML))
		}
	}
	golden(t, "person.md", written(t, report.Person(s, s.People[1].ID).Markdown))
	golden(t, "rows.csv", written(t, func(w io.Writer) error { return report.WriteRows(w, s, report.ForFacilitator) }))
}

func TestViews(t *testing.T) {
	s := source(t, -1, "Atlas")
	between := report.Between{FromStage: calibration.Draft, ToStage: calibration.Final}
	present := ""
	for _, session := range s.Comparison.Overview().Sessions {
		present = session.ID
	}
	for _, v := range report.Views() {
		doc, value, err := s.Of(context.Background(), v.Name, between, calibration.ByManager, present)
		if err != nil {
			t.Fatalf("%s: %v", v.Name, err)
		}
		golden(t, "view-"+v.Name+".txt", written(t, doc.Text))
		if _, err := json.Marshal(value); err != nil {
			t.Errorf("%s is no JSON: %v", v.Name, err)
		}
		for i, line := range strings.Split(string(written(t, doc.CSV)), "\r\n") {
			if strings.HasPrefix(line, "=") || strings.HasPrefix(line, "+") {
				t.Errorf("%s.csv:%d begins a formula: %s", v.Name, i+1, line)
			}
		}
	}
}

// What a reader may not see is nowhere in what is written for them, in any format.
func TestNobodyReadsWhatIsNotForThem(t *testing.T) {
	s := source(t, 1)
	reviewers := map[string]bool{}
	for _, d := range s.Decisions {
		reviewers[d.Reviewer] = true
	}
	person := s.People[1]
	packet := report.Person(s, person.ID)
	all := string(written(t, packet.Markdown)) + string(written(t, packet.HTML)) + string(written(t, packet.Text))
	for name := range reviewers {
		if strings.Contains(all, name) {
			t.Errorf("the packet of %s names the reviewer %s", person.Name, name)
		}
	}
	for _, other := range s.People {
		if other.Name != person.Name && strings.Contains(all, other.Name) {
			t.Errorf("the packet of %s names %s", person.Name, other.Name)
		}
	}
	for _, d := range s.Decisions {
		if strings.Contains(all, d.Rationale) {
			t.Errorf("the packet of %s holds the rationale %q", person.Name, d.Rationale)
		}
		for _, e := range d.Evidence {
			if e.Note != "" && strings.Contains(all, e.Note) {
				t.Errorf("the packet of %s holds the note %q", person.Name, e.Note)
			}
		}
	}

	votes := map[string]bool{}
	for _, d := range s.Decisions {
		if d.Stage == calibration.Panel {
			votes[d.Rationale] = true
		}
	}
	for _, who := range []report.Audience{report.ForHR, report.ForManager} {
		doc := must[report.Document](t)(report.Session(context.Background(), s, who))
		text := string(written(t, doc.Markdown)) + string(written(t, doc.HTML))
		data := must[any](t)(report.Data(context.Background(), s, who)).(report.Whole)
		if who == report.ForManager {
			text += string(must[[]byte](t)(json.Marshal(data.Shift)))
		}
		for name := range reviewers {
			if managers := names(s); !managers[name] && strings.Contains(text, name) {
				t.Errorf("%s reads the reviewer's name %s", who, name)
			}
		}
		for vote := range votes {
			if strings.Contains(text, vote) {
				t.Errorf("%s reads the vote %q", who, vote)
			}
		}
		if data.Spread != nil || data.Agreement != nil || data.Reviewers != nil || data.Contested != nil {
			t.Errorf("%s reads %+v", who, data)
		}
	}
}

func names(s report.Source) map[string]bool {
	managers := map[string]bool{}
	for _, p := range s.People {
		managers[p.Manager] = true
	}
	return managers
}

// hostile puts what nobody should be called into every text of the source.
func hostile(t testing.TB) report.Source {
	return saying(t, "=HYPERLINK(\"http://e\")<script>alert(1)</script><img src=http://e onerror=alert(1)>\x1b[2J\u202e*b* [l](http://e) `c` |\n# h\n- ")
}

// saying is a source in which everybody is called, and says, a text.
func saying(t testing.TB, evil string) report.Source {
	s := source(t, 1)
	for i := range s.People {
		s.People[i].Name, s.People[i].Team, s.People[i].Email = evil, evil, "@"+evil
	}
	sessions := []calibration.Session{*s.Session}
	sessions[0].Name = evil
	s.Session = &sessions[0]
	c := calibration.NewComparer(calibration.Basis{Rubric: s.Rubric, People: s.People, Sessions: sessions}, calibration.Filter{Sessions: []string{sessions[0].ID}})
	for id, d := range s.Decisions {
		d.Reviewer, d.Rationale = evil+d.Reviewer, evil
		for i := range d.Evidence {
			d.Evidence[i].Note = evil
		}
		s.Decisions[id] = d
		c.Add(d)
	}
	s.Comparison = c.Comparison()
	return s
}

func TestHostileTextStaysText(t *testing.T) {
	s := hostile(t)
	doc := must[report.Document](t)(report.Session(context.Background(), s, report.ForFacilitator))

	page := written(t, doc.HTML)
	allowed := []string{"html", "head", "meta", "title", "style", "body", "header", "main", "h1", "h2", "h3", "h4", "p", "br", "ul", "li", "div", "span",
		"table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "svg", "text", "rect", "path", "circle", "g"}
	for z := html.NewTokenizer(bytes.NewReader(page)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		token := z.Token()
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		if !slices.Contains(allowed, token.Data) {
			t.Fatalf("the page has the element %s", token)
		}
		for _, a := range token.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" || a.Key == "style" {
				t.Fatalf("the page has the attribute %s", token)
			}
		}
	}

	markdown := string(written(t, doc.Markdown))
	if bad := regexp.MustCompile("<[a-z/]|(^|[^\\\\])[*`\\[]b|\\n# h|\x1b").FindString(strings.ReplaceAll(markdown, "**", "")); bad != "" {
		t.Errorf("the Markdown holds %q", bad)
	}
	for _, text := range []string{markdown, string(written(t, doc.Text))} {
		if clean.Text(text) != text {
			t.Error("a terminal would obey what was written")
		}
	}

	for _, rows := range [][]byte{
		written(t, func(w io.Writer) error { return report.WriteRows(w, s, report.ForFacilitator) }), written(t, doc.CSV),
	} {
		in := csv.NewReader(bytes.NewReader(rows))
		in.FieldsPerRecord = -1 // each table has a head of its own
		records := must[[][]string](t)(in.ReadAll())
		for _, record := range records {
			for _, cell := range record {
				if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "@") {
					t.Fatalf("a cell begins a formula: %q", cell)
				}
			}
		}
	}
}

// Every hostile text, in every cell of what spreadsheets read, is text that can be seen.
func TestHostileTextInSheets(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	for _, h := range hostiletext.All() {
		s := saying(t, h.Text)
		cells := func(cell string) {
			if wrong := hostiletext.InCell(cell); wrong != "" {
				t.Errorf("%s: %s", h.Name, wrong)
			}
		}
		for _, record := range must[[][]string](t)(csv.NewReader(bytes.NewReader(written(t, func(w io.Writer) error { return report.WriteRows(w, s, report.ForFacilitator) }))).ReadAll()) {
			for _, cell := range record {
				cells(cell)
			}
		}
		data := written(t, func(w io.Writer) error { return report.WriteWorkbook(context.Background(), w, s, report.ForHR) })
		book := must[*zip.Reader](t)(zip.NewReader(bytes.NewReader(data), int64(len(data))))
		for n := 1; n <= 3; n++ {
			for _, row := range sheetOf(t, book, n).Rows {
				for _, c := range row.Cells {
					if cells(c.Text); c.Formula != "" {
						t.Errorf("%s: %s is the formula %q", h.Name, c.Ref, c.Formula)
					}
				}
			}
		}
	}
}

// What a rubric calls a dimension is in the head of a sheet.
func TestHostileHeadsOfSheets(t *testing.T) {
	s := source(t, 1)
	for _, h := range hostiletext.All() {
		if !h.Rubric {
			continue
		}
		s.Rubric = must[*rubric.Rubric](t)(hostiletext.Rubric(h.Text))
		data := written(t, func(w io.Writer) error { return report.WriteWorkbook(context.Background(), w, s, report.ForHR) })
		book := must[*zip.Reader](t)(zip.NewReader(bytes.NewReader(data), int64(len(data))))
		for _, c := range sheetOf(t, book, 2).Rows[0].Cells {
			if wrong := hostiletext.InCell(c.Text); wrong != "" {
				t.Errorf("%s: %s: %s", h.Name, c.Ref, wrong)
			}
		}
	}
}

// The workbook is read back as XML.
func TestWorkbook(t *testing.T) {
	for name, s := range map[string]report.Source{"ordinary": source(t, 1), "hostile": hostile(t)} {
		t.Run(name, func(t *testing.T) {
			data := written(t, func(w io.Writer) error {
				return report.WriteWorkbook(context.Background(), w, s, report.ForFacilitator)
			})
			book := must[*zip.Reader](t)(zip.NewReader(bytes.NewReader(data), int64(len(data))))
			var sheets []string
			var workbook struct {
				Sheets []struct {
					Name string `xml:"name,attr"`
				} `xml:"sheets>sheet"`
			}
			part(t, book, "xl/workbook.xml", &workbook)
			for i, sheet := range workbook.Sheets {
				sheets = append(sheets, sheet.Name)
				readSheet(t, book, i+1)
			}
			if diff := cmp.Diff([]string{"Decisions", "People", "Spread", "Shift", "Agreement"}, sheets); diff != "" {
				t.Error(diff)
			}
		})
	}
}

type sheetXML struct {
	Pane struct {
		State string `xml:"state,attr"`
		YSplt string `xml:"ySplit,attr"`
	} `xml:"sheetViews>sheetView>pane"`
	Filter struct {
		Ref string `xml:"ref,attr"`
	} `xml:"autoFilter"`
	Rows []struct {
		Cells []struct {
			Ref     string `xml:"r,attr"`
			Type    string `xml:"t,attr"`
			Formula string `xml:"f"`
			Value   string `xml:"v"`
			Text    string `xml:"-"` // where the value is the number of a shared string
		} `xml:"c"`
	} `xml:"sheetData>row"`
}

// sheetOf is a sheet with its texts, which stand in a part of their own.
func sheetOf(t *testing.T, book *zip.Reader, number int) sheetXML {
	t.Helper()
	var sheet sheetXML
	part(t, book, fmt.Sprintf("xl/worksheets/sheet%d.xml", number), &sheet)
	var shared struct {
		Texts []string `xml:"si>t"`
	}
	part(t, book, "xl/sharedStrings.xml", &shared)
	for _, row := range sheet.Rows {
		for i, c := range row.Cells {
			if c.Type == "s" {
				row.Cells[i].Text = shared.Texts[must[int](t)(strconv.Atoi(c.Value))]
			}
		}
	}
	return sheet
}

func readSheet(t *testing.T, book *zip.Reader, number int) {
	t.Helper()
	sheet := sheetOf(t, book, number)
	if sheet.Pane.State != "frozen" || sheet.Pane.YSplt != "1" || sheet.Filter.Ref == "" {
		t.Errorf("sheet %d: pane %+v, filter %q", number, sheet.Pane, sheet.Filter.Ref)
	}
	if len(sheet.Rows) < 2 {
		t.Errorf("sheet %d is empty", number)
	}
	for _, row := range sheet.Rows {
		for _, c := range row.Cells {
			if c.Formula != "" || strings.HasPrefix(c.Text, "=") || strings.HasPrefix(c.Text, "@") {
				t.Fatalf("sheet %d, %s: a formula: %q %q", number, c.Ref, c.Formula, c.Text)
			}
			if number <= 4 && strings.HasPrefix(c.Ref, "A") && c.Text == "" {
				t.Fatalf("sheet %d, %s: the id %q is no text", number, c.Ref, c.Value)
			}
		}
	}
}

func part(t *testing.T, book *zip.Reader, name string, into any) {
	t.Helper()
	f := must[io.ReadCloser](t)(func() (io.ReadCloser, error) { return book.Open(name) }())
	defer f.Close()
	if err := xml.NewDecoder(f).Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func TestWorkbookForHRTellsNoVotes(t *testing.T) {
	s := source(t, 1)
	data := written(t, func(w io.Writer) error { return report.WriteWorkbook(context.Background(), w, s, report.ForHR) })
	book := must[*zip.Reader](t)(zip.NewReader(bytes.NewReader(data), int64(len(data))))
	all := ""
	for _, f := range book.File {
		r := must[io.ReadCloser](t)(f.Open())
		all += string(must[[]byte](t)(io.ReadAll(r)))
		r.Close()
	}
	for _, d := range s.Decisions {
		if d.Stage == calibration.Panel && strings.Contains(all, d.ID) {
			t.Fatalf("the vote %s is in it", d.ID)
		}
	}
	if strings.Contains(all, "Spread") || strings.Contains(all, "Agreement") {
		t.Error("it has the sheets that tell of votes")
	}
}
