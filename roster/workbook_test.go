package roster_test

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"calibrate/roster"
)

// workbook writes sheets cell by cell: sheet → cell → value, and the number format of
// columns.
func workbook(t testing.TB, sheets map[string]map[string]any, formats map[string]string) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, cells := range sheets {
		_, err := book.NewSheet(name)
		check(err)
		for cell, value := range cells {
			check(book.SetCellValue(name, cell, value))
		}
		for column, format := range formats {
			style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
			check(err)
			check(book.SetColStyle(name, column, style))
			for cell := range cells {
				if strings.HasPrefix(cell, column) {
					check(book.SetCellStyle(name, cell, cell, style))
				}
			}
		}
	}
	if _, ok := sheets["Sheet1"]; !ok {
		check(book.DeleteSheet("Sheet1"))
	}
	var b bytes.Buffer
	check(book.Write(&b))
	return b.Bytes()
}

// What a cell shows is what it is: zeros in front, formats of every kind, dates.
func TestWorkbookCellsAreWhatTheyShow(t *testing.T) {
	data := workbook(t, map[string]map[string]any{"Sheet1": {
		"A1": "ID", "B1": "Name", "C1": "Badge", "D1": "Since", "E1": "FTE", "F1": "On leave", "G1": "Phone",
		"A2": 42, "B2": "Ada", "C2": 17, "D2": time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC), "E2": 0.8, "F2": true, "G2": 123456789012,
		"A4": "0043", "B4": "Bo", "H4": "beside the table",
	}}, map[string]string{"A": "00000", "C": `"B-"0000`, "D": "dd.mm.yyyy", "E": "0%"})
	file, err := roster.Read(bytes.NewReader(data), roster.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := "+ 00042/Ada//// map[Badge:B-0017 FTE:80% On leave:TRUE Phone:123456789012 Since:05.03.2024]\n" +
		"+ 0043/Bo//// map[column 8:beside the table]\n"
	if got := told(file.Plan(nil)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if lines := file.Plan(nil).New; lines[1].Line != 4 {
		t.Errorf("Bo is on line %d, want 4, the row in the sheet", lines[1].Line)
	}
}

// Excel keeps 15 digits of a number: the ids of two people may have become one.
func TestIDsThatASpreadsheetRoundedAreRefused(t *testing.T) {
	sound := workbook(t, map[string]map[string]any{"Sheet1": {"A1": "Name", "A2": "Ada"}}, nil)
	data := repacked(t, sound, firstSheet, func(w io.Writer) {
		io.WriteString(w, `<worksheet><sheetData><row><c t="str"><v>ID</v></c><c t="str"><v>Name</v></c></row><row><c><v>4.1111111111111103E+15</v></c><c t="str"><v>Ada</v></c></row></sheetData></worksheet>`)
	})
	file, err := roster.Read(bytes.NewReader(data), roster.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told(file.Plan(nil)), "! 2 the id 4.11111111111111E+15 was rounded by a spreadsheet; format the column as text and export it anew\n"; got != want {
		t.Errorf("got %swant %s", got, want)
	}
}

func TestSheetsAreChosen(t *testing.T) {
	data := workbook(t, map[string]map[string]any{
		"Cover":  {"A1": "Name", "A2": "of this file"},
		"People": {"A1": "ID", "B1": "Name", "A2": "1", "B2": "Ada"},
		"Other":  {"A1": "ID", "A2": "2"},
	}, nil)
	for _, tt := range []struct{ sheet, want string }{
		{"", "People"}, {"other", "Other"}, {"Cover", "Cover"},
	} {
		file, err := roster.Read(bytes.NewReader(data), roster.Options{Sheet: tt.sheet})
		if err != nil || file.Format.Sheet != tt.want || len(file.Format.Others) != 2 {
			t.Errorf("%q: %+v, %v; want %s", tt.sheet, file, err, tt.want)
		}
	}
	for _, tt := range []struct {
		o    roster.Options
		want string
	}{
		{roster.Options{Sheet: "Poeple"}, `there is no sheet "Poeple"; did you mean "People"?`},
		{roster.Options{Sheet: "2024"}, `there is no sheet "2024"; there are `},
		{roster.Options{Delimiter: ';'}, "it is a workbook, which has no delimiter"},
		{roster.Options{Encoding: "utf-8"}, "it is a workbook, whose encoding is known"},
	} {
		if _, err := roster.Read(bytes.NewReader(data), tt.o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: got %v; want %s", tt.o, err, tt.want)
		}
	}
}

// Of sheets that know as much the first is read; which one cannot be read is told; one
// that is damaged may be the one with the people, whatever the others hold.
func TestSheetsThatCompete(t *testing.T) {
	const far = "IW1" // the column after the last that is read
	sheets := func(first, second map[string]any) []byte {
		return workbook(t, map[string]map[string]any{"Sheet1": first, "Then": second}, nil)
	}
	people, wide := map[string]any{"A1": "ID", "A2": "1"}, map[string]any{far: "ID"}
	damaged := repacked(t, sheets(people, people), "xl/worksheets/sheet2.xml", func(w io.Writer) { io.WriteString(w, "<worksheet>") })
	for _, tt := range []struct {
		name  string
		data  []byte
		sheet string
		err   string
	}{
		{"equals", sheets(people, people), "Sheet1", ""},
		{"one that is too wide", sheets(wide, people), "Then", ""},
		{"two that are", sheets(wide, wide), "", `the sheet "Sheet1": line 1: there are more than 256 columns`},
		{"one that is damaged", damaged, "", "the workbook is damaged (xl/worksheets/sheet2.xml: "},
	} {
		file, err := roster.Read(bytes.NewReader(tt.data), roster.Options{})
		switch {
		case tt.err != "" && (err == nil || !strings.HasPrefix(err.Error(), tt.err)):
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.err)
		case tt.err == "" && (err != nil || file.Format.Sheet != tt.sheet):
			t.Errorf("%s: got %+v, %v; want %s", tt.name, file, err, tt.sheet)
		}
	}
	if file, err := roster.Read(bytes.NewReader(damaged), roster.Options{Sheet: "Sheet1"}); err != nil || file.Rows != 1 {
		t.Errorf("the sound one of them: %+v, %v", file, err)
	}
}

// repacked is a workbook in which one part is other.
func repacked(t testing.TB, data []byte, part string, write func(io.Writer)) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		if f.Name != part {
			if err := out.Copy(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	w, err := out.Create(part)
	if err != nil {
		t.Fatal(err)
	}
	write(w)
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const firstSheet = "xl/worksheets/sheet1.xml"

func TestWorkbooksOutOfBounds(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	sound := workbook(t, map[string]map[string]any{"Sheet1": {"A1": "Name", "A2": "Ada"}}, nil)
	sheet := func(inner string) []byte {
		return repacked(t, sound, firstSheet, func(w io.Writer) {
			io.WriteString(w, `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`+inner+`</sheetData></worksheet>`)
		})
	}
	for _, tt := range []struct {
		name string
		data []byte
		want string
	}{
		{"a bomb", repacked(t, sound, "xl/media/x.bin", func(w io.Writer) {
			zeros := make([]byte, 1<<20)
			for range roster.MaxUnpacked>>20 + 1 {
				w.Write(zeros)
			}
		}), "unpacked, the workbook has more than 128 MiB"},
		{"a cell far to the right", sheet(`<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="XFD1" t="str"><v>x</v></c></row>`), "line 1: there are more than 256 columns"},
		{"many rows", sheet(`<row r="1"><c r="A1" t="str"><v>Name</v></c></row>` + strings.Repeat(`<row><c t="str"><v>x</v></c></row>`, roster.MaxRows)), "there are more than 50000 rows"},
		{"an empty sheet", sheet(""), "no sheet of the workbook holds anything"},
		{"a document that is no workbook", repacked(t, emptyZip(t), "content.xml", func(w io.Writer) { io.WriteString(w, "<x/>") }), "packed like a workbook and is no .xlsx"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := roster.Read(bytes.NewReader(tt.data), roster.Options{}); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v; want %s", err, tt.want)
			}
		})
	}
	// A row that is formatted down to the last one is blank, and counts nothing.
	file, err := roster.Read(bytes.NewReader(sheet(`<row r="1"><c r="A1" t="str"><v>Name</v></c></row><row r="2"><c r="A2" t="str"><v>Ada</v></c></row><row r="1048576"><c r="A1048576" s="0"/></row>`)), roster.Options{})
	if err != nil || file.Rows != 1 {
		t.Errorf("%+v, %v", file, err)
	}
}

func emptyZip(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := zip.NewWriter(&b).Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func partOf(t testing.TB, data []byte, part string) string {
	t.Helper()
	packed, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := fs.ReadFile(packed, part)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
