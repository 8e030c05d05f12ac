package xlsx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"calibrate/internal/xlsx"
)

var properties = xlsx.Properties{Creator: "calibrate", Created: time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)}

// sheet is a sheet with a column for each cell of its first row.
func sheet(name string, rows ...[]any) xlsx.Table {
	s := xlsx.Table{Name: name, Rows: rows}
	for i := range rows[0] {
		s.Columns = append(s.Columns, xlsx.Column{Title: fmt.Sprintf("Column %d", i+1), Width: 12.5})
	}
	return s
}

func written(t testing.TB, sheets ...xlsx.Table) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := xlsx.Write(&b, properties, sheets); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func partOf(t testing.TB, book []byte, name string) string {
	t.Helper()
	packed, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := fs.ReadFile(packed, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// writtenSheet is a sheet as it stands in the file.
type writtenSheet struct {
	Dimension struct {
		Ref string `xml:"ref,attr"`
	} `xml:"dimension"`
	Filter struct {
		Ref string `xml:"ref,attr"`
	} `xml:"autoFilter"`
	Rows []struct {
		R     int           `xml:"r,attr"`
		Cells []writtenCell `xml:"c"`
	} `xml:"sheetData>row"`
}

type writtenCell struct {
	R string `xml:"r,attr"`
	S int    `xml:"s,attr"`
	T string `xml:"t,attr"`
	V string `xml:"v"`
}

func parsed(t testing.TB, text string, into any) {
	t.Helper()
	if err := xml.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v in %.200s", err, text)
	}
}

// What is written of each value: its look, its type, and what it is.
func TestCells(t *testing.T) {
	berlin := time.FixedZone("", 3600)
	for _, tt := range []struct {
		value any
		want  writtenCell // a shared string is put in the place of its number
	}{
		{"Ada", writtenCell{"A2", 2, "s", "Ada"}},
		{"0042", writtenCell{"A2", 2, "s", "0042"}},
		{"=1+1", writtenCell{"A2", 2, "s", "=1+1"}},
		{"", writtenCell{"A2", 2, "", ""}},
		{42, writtenCell{"A2", 5, "", "42"}},
		{-3, writtenCell{"A2", 5, "", "-3"}},
		{0.8533893009224456, writtenCell{"A2", 4, "", "0.8533893009224456"}},
		{0.0, writtenCell{"A2", 4, "", "0"}},
		{1e300, writtenCell{"A2", 4, "", "1e+300"}},
		{math.NaN(), writtenCell{"A2", 2, "s", "NaN"}},
		{math.Inf(-1), writtenCell{"A2", 2, "s", "-Inf"}},
		{time.Date(2024, 3, 5, 13, 30, 0, 0, berlin), writtenCell{"A2", 3, "", "45356.520833333336"}},
		{time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC), writtenCell{"A2", 3, "", "61"}},
		{time.Date(1900, 2, 28, 23, 59, 0, 0, time.UTC), writtenCell{"A2", 2, "s", "1900-02-28 23:59"}},
		{time.Date(1815, 12, 10, 0, 0, 0, 0, time.UTC), writtenCell{"A2", 2, "s", "1815-12-10 00:00"}},
		{time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), writtenCell{"A2", 3, "", "2958465"}},
		{time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), writtenCell{"A2", 2, "s", "10000-01-01 00:00"}},
	} {
		book := written(t, sheet("Sheet", []any{tt.value}))
		var s writtenSheet
		parsed(t, partOf(t, book, "xl/worksheets/sheet1.xml"), &s)
		got := s.Rows[1].Cells[0]
		if got.T == "s" {
			if got.V != "1" {
				t.Errorf("%v is the shared string %s, and not the one behind the head", tt.value, got.V)
			}
			got.V = shared(t, book)[1].Text
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%v: (-want +got)\n%s", tt.value, diff)
		}
	}
}

type sharedString struct {
	Text  string `xml:",chardata"`
	Space string `xml:"http://www.w3.org/XML/1998/namespace space,attr"`
}

func shared(t testing.TB, book []byte) []sharedString {
	var sst struct {
		Count  int            `xml:"count,attr"`
		Unique int            `xml:"uniqueCount,attr"`
		Texts  []sharedString `xml:"si>t"`
	}
	parsed(t, partOf(t, book, "xl/sharedStrings.xml"), &sst)
	if len(sst.Texts) != sst.Count || sst.Count != sst.Unique {
		t.Errorf("there are %d shared strings; said to be %d, %d of them once", len(sst.Texts), sst.Count, sst.Unique)
	}
	return sst.Texts
}

// A text is written in a way that XML can hold and that a spreadsheet reads as that text.
func TestTexts(t *testing.T) {
	for text, want := range map[string]sharedString{
		"a & b < c > d \"e\" 'f'":        {Text: "a & b < c > d \"e\" 'f'"},
		" Ada":                           {" Ada", "preserve"},
		"Ada\n":                          {"Ada\n", "preserve"},
		"\tAda":                          {"\tAda", "preserve"},
		"a\n b  c":                       {Text: "a\n b  c"},
		"a\r\nb":                         {Text: "a_x000D_\nb"},
		"a\x00\x1b[2J":                   {Text: "a_x0000__x001B_[2J"},
		"a\x7f\u0085\u202e\U0010FFFD":    {Text: "a\x7f\u0085\u202e\U0010FFFD"},
		"\ufffe\uffff\ufffd":             {Text: "_xFFFE__xFFFF_\ufffd"},
		"a\xff\xed\xa0\x80z":             {Text: "a\ufffdz"},
		"_x000D_":                        {Text: "_x005F_x000D_"},
		"_x000d_x0041_":                  {Text: "_x005F_x000d_x005F_x0041_"},
		"_x005F_x000D_":                  {Text: "_x005F_x005F_x005F_x000D_"},
		"_x000D\r":                       {Text: "_x005F_x000D_x000D_"},
		"_x00_ _X000D_ x000D_ __ _xyzab": {Text: "_x00_ _X000D_ x000D_ __ _xyzab"},
	} {
		if diff := cmp.Diff(want, shared(t, written(t, sheet("Sheet", []any{text})))[1]); diff != "" {
			t.Errorf("%q: (-want +got)\n%s", text, diff)
		}
	}
}

// A cell holds 32,767 units of UTF-16, and says if it holds less than there was.
func TestLongTextsAreCut(t *testing.T) {
	const most = 32_767
	for _, tt := range []struct{ text, want string }{
		{strings.Repeat("é", most), strings.Repeat("é", most)},
		{strings.Repeat("é", most+1), strings.Repeat("é", most-1) + "…"},
		{strings.Repeat("x", most+1), strings.Repeat("x", most-1) + "…"},
		{strings.Repeat("😀", most/2) + "x", strings.Repeat("😀", most/2) + "x"},
		{strings.Repeat("😀", most/2+1), strings.Repeat("😀", most/2) + "…"},
		{"x" + strings.Repeat("😀", most/2+1), "x" + strings.Repeat("😀", most/2-1) + "…"},
	} {
		if got := shared(t, written(t, sheet("Sheet", []any{tt.text})))[1].Text; got != tt.want {
			t.Errorf("%.8s…, %d bytes, became %d bytes that end in %q; want %d", tt.text, len(tt.text), len(got), got[len(got)-8:], len(tt.want))
		}
	}
}

// Excel opens no file whose elements are in another order than that of the schema
// (ECMA-376 Part 1, annex A.2).
func TestElementsAreInOrder(t *testing.T) {
	book := written(t, sheet("One", []any{"a", 1}), sheet("Two", []any{nil, ""}))
	for name, order := range map[string]string{
		"xl/worksheets/sheet1.xml": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState",
		"xl/worksheets/sheet2.xml": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState",
		"xl/workbook.xml":          "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences definedNames calcPr",
		"xl/styles.xml":            "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors",
		"xl/sharedStrings.xml":     "si",
	} {
		var root struct {
			Children []struct{ XMLName xml.Name } `xml:",any"`
		}
		parsed(t, partOf(t, book, name), &root)
		at, all := 0, strings.Fields(order)
		for _, child := range root.Children {
			next := slices.Index(all, child.XMLName.Local)
			if next < at || child.XMLName.Space != "http://schemas.openxmlformats.org/spreadsheetml/2006/main" {
				t.Errorf("%s: %s is not in its place", name, child.XMLName.Local)
			}
			at = next
		}
	}
}

func TestSheetsSayWhatTheyCover(t *testing.T) {
	wide := xlsx.Table{Name: "It's & wide"}
	for range 703 {
		wide.Columns = append(wide.Columns, xlsx.Column{Title: "c", Width: 1})
	}
	wide.Rows = [][]any{make([]any, 703), {1}, nil, {nil, nil, "x"}}
	wide.Rows[0][26], wide.Rows[0][701], wide.Rows[0][702] = 1, 2, 3
	book := written(t, xlsx.Table{Name: "Empty", Columns: []xlsx.Column{{Title: "Id", Width: 14}}}, wide)
	var s writtenSheet
	parsed(t, partOf(t, book, "xl/worksheets/sheet2.xml"), &s)
	got := []string{s.Dimension.Ref, s.Filter.Ref}
	for _, row := range s.Rows[1:] {
		for _, c := range row.Cells {
			got = append(got, c.R)
		}
	}
	if diff := cmp.Diff([]string{"A1:AAA5", "A1:AAA5", "AA2", "ZZ2", "AAA2", "A3", "C5"}, got); diff != "" {
		t.Error(diff)
	}
	for i, want := range []int{1, 0} { // one sheet is chosen, or what is typed goes into all that are
		if got := strings.Count(partOf(t, book, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)), ` tabSelected="1"`); got != want {
			t.Errorf("sheet %d is chosen %d times, want %d", i+1, got, want)
		}
	}
	var workbook struct {
		Names []struct {
			Name   string `xml:"name,attr"`
			Sheet  int    `xml:"localSheetId,attr"`
			Hidden bool   `xml:"hidden,attr"`
			Area   string `xml:",chardata"`
		} `xml:"definedNames>definedName"`
	}
	parsed(t, partOf(t, book, "xl/workbook.xml"), &workbook)
	if got, want := fmt.Sprint(workbook.Names), "[{_xlnm._FilterDatabase 0 true 'Empty'!$A$1:$A$2} {_xlnm._FilterDatabase 1 true 'It''s & wide'!$A$1:$AAA$5}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A workbook says who made it and when, and nobody's name is added when it is saved anew.
func TestWhatAWorkbookSaysOfItself(t *testing.T) {
	var b bytes.Buffer
	made := xlsx.Properties{Creator: "a & b", Created: time.Date(2026, 11, 25, 1, 0, 0, 0, time.FixedZone("", 7200))}
	if err := xlsx.Write(&b, made, []xlsx.Table{sheet("One", []any{1})}); err != nil {
		t.Fatal(err)
	}
	var core struct {
		All []struct {
			XMLName xml.Name
			Text    string `xml:",chardata"`
		} `xml:",any"`
	}
	parsed(t, partOf(t, b.Bytes(), "docProps/core.xml"), &core)
	var got []string
	for _, e := range core.All {
		got = append(got, e.XMLName.Local+" "+e.Text)
	}
	if diff := cmp.Diff([]string{"creator a & b", "created 2026-11-24T23:00:00Z", "modified 2026-11-24T23:00:00Z"}, got); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(partOf(t, b.Bytes(), "xl/workbook.xml"), `<workbookPr filterPrivacy="1"/>`) {
		t.Error("Excel would write the name of whoever saves it anew into it")
	}
}

func TestSameSheetsSameBytes(t *testing.T) {
	sheets := func() []xlsx.Table {
		return []xlsx.Table{sheet("One", []any{"a", 1, properties.Created}), sheet("Two", []any{0.5}, []any{"b"})}
	}
	book := written(t, sheets()...)
	if !bytes.Equal(book, written(t, sheets()...)) {
		t.Error("the second workbook is another one")
	}
	packed, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	if first := packed.File[0].Name; first != "[Content_Types].xml" {
		t.Errorf("the first part is %s, by which nothing knows a workbook", first)
	}
}

func TestWhatExcelWouldNotOpen(t *testing.T) {
	fine := sheet("Fine", []any{1})
	named := func(name string) []xlsx.Table { return []xlsx.Table{fine, sheet(name, []any{1})} }
	of := func(change func(*xlsx.Table)) []xlsx.Table {
		s := sheet("Wrong", []any{1})
		change(&s)
		return []xlsx.Table{fine, s}
	}
	for _, tt := range []struct {
		sheets []xlsx.Table
		says   string
	}{
		{nil, "a workbook has at least one sheet"},
		{named(""), `sheet "": it has no name`},
		{named(strings.Repeat("x", 32)), "a name has at most 31 characters"},
		{named(strings.Repeat("😀", 16)), "a name has at most 31 characters"},
		{named("2026/27"), `sheet "2026/27": a name has none of []:*?/\`},
		{named("a\nb"), `sheet "a\nb": a name has none of []:*?/\ and no control character`},
		{named("'a"), "a name neither begins nor ends with an apostrophe"},
		{named("history"), "its name is one that Excel keeps to itself"},
		{named("FINE"), `sheet "FINE": another sheet has that name`},
		{of(func(s *xlsx.Table) { s.Columns, s.Rows = nil, nil }), `sheet "Wrong": it has 0 columns; 1 to 16384 are possible`},
		{of(func(s *xlsx.Table) { s.Columns = make([]xlsx.Column, 1<<14+1) }), "it has 16385 columns"},
		{of(func(s *xlsx.Table) { s.Rows = make([][]any, 1<<20) }), "it has 1048576 rows; 1048575 are possible below the head"},
		{of(func(s *xlsx.Table) { s.Rows = [][]any{{1}, {1, 2}} }), "row 3 has 2 cells for 1 columns"},
		{of(func(s *xlsx.Table) { s.Rows = [][]any{{[]byte("x")}} }), "A2: a cell cannot hold a value of the type []uint8"},
	} {
		var out bytes.Buffer
		if err := xlsx.Write(&out, properties, tt.sheets); err == nil || !strings.Contains(err.Error(), tt.says) || out.Len() > 0 {
			t.Errorf("got %v and %d bytes; want … %s …", err, out.Len(), tt.says)
		}
	}
	for _, name := range []string{strings.Repeat("x", 31), strings.Repeat("😀", 15) + "x", "It's", "Ünïcode & <co>", "_x000D_"} {
		written(t, fine, sheet(name, []any{1}))
	}
}

var errFull = errors.New("no space left")

// full is a disk with room for so many bytes.
type full int

func (f *full) Write(p []byte) (int, error) {
	if len(p) > int(*f) {
		n := int(*f)
		*f = 0
		return n, errFull
	}
	*f -= full(len(p))
	return len(p), nil
}

// A disk that is full is told of, wherever it gets full.
func TestWriterFails(t *testing.T) {
	var rows [][]any
	for i := range 500 {
		rows = append(rows, []any{fmt.Sprintf("%x", i*i*i), i, float64(i) / 3})
	}
	sheets := []xlsx.Table{sheet("One", rows...), sheet("Two", rows...)}
	size := len(written(t, sheets...))
	for room := 0; room < size; room += 1 + size/100 {
		disk := full(room)
		if err := xlsx.Write(&disk, properties, sheets); !errors.Is(err, errFull) {
			t.Fatalf("with room for %d of %d bytes: %v", room, size, err)
		}
	}
}

// live is what is in memory while a workbook is written, at the most.
type live struct {
	every, written int
	most           uint64
}

func (l *live) Write(p []byte) (int, error) {
	if l.written += len(p); l.written > l.every {
		l.most, l.written = max(l.most, inMemory()), 0
	}
	return len(p), nil
}

func inMemory() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Beyond the rows that it is handed, Write holds nothing that grows with them.
func TestMemoryDoesNotGrowWithTheRows(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	beyond := func(n int) int64 {
		var rows [][]any
		for i := range n {
			rows = append(rows, []any{fmt.Sprintf("%d, said once", i), i})
		}
		s := sheet("Sheet", rows...)
		before := inMemory()
		out := live{every: 2 * n}
		if err := xlsx.Write(&out, properties, []xlsx.Table{s}); err != nil {
			t.Fatal(err)
		}
		runtime.KeepAlive(rows)
		return int64(out.most) - int64(before)
	}
	if few, many := beyond(10_000), beyond(200_000); many > few+2<<20 { // a compressor has 1 MiB
		t.Errorf("200,000 rows take %d KiB more than 10,000", (many-few)>>10)
	}
}

// A row is as high as its longest text is long, within what Excel allows; one that fits
// into a line says nothing of its height, and the head is not wrapped.
func TestRowsAreHighEnough(t *testing.T) {
	table := xlsx.Table{Name: "S", Columns: []xlsx.Column{{Title: strings.Repeat("long ", 20), Width: 23}, {Title: "B", Width: 103}}, Rows: [][]any{
		{"short", "short"}, {strings.Repeat("word ", 8), strings.Repeat("x", 90)}, {"a\nb\n\nc", 1}, {"short", strings.Repeat("x", 301)},
		{strings.Repeat("word ", 1000)}, {12345678901234567, 0.1},
	}}
	book := written(t, table)
	var got []string
	for _, row := range regexp.MustCompile(`<row r="\d+"(?: ht="(\d+)")?>`).FindAllStringSubmatch(partOf(t, book, "xl/worksheets/sheet1.xml"), -1) {
		got = append(got, row[1])
	}
	if diff := cmp.Diff([]string{"", "", "30", "60", "60", "409", ""}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
