package report_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
	"calibrate/internal/charset"
	"calibrate/internal/clean"
	"calibrate/internal/hostiletext"
	"calibrate/report"
)

func TestCellsAreNoFormulas(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "Ada": "Ada", "3-mid": "3-mid", "-5": "-5", "-1.5": "-1.5", "a=b": "a=b", "O'Neil": "O'Neil", " Ada": " Ada", "0042": "0042",
		"=1+1": "'=1+1", "+49 30": "'+49 30", "-SUM(A1)": "'-SUM(A1)", "- a point": "'- a point", "@x": "'@x", "\tx": "    x", "\t=x": "'    =x", "\rx": "␍x",
		"a\x1b[2J\u202eb": "a␛[2J‹202e›b", "a\r\nb": "a\nb", "a;=1": "a;'=1", "a; \"@x": "a; \"'@x", "a\n+1": "a\n'+1", "a\n- b": "a\n- b", "a;b-c": "a;b-c",
		"a;-cmd|' /C calc'!A0": "a;'-cmd|' /C calc'!A0", "a\n-SUM(1)": "a\n'-SUM(1)", "=1;=2": "'=1;'=2",
		" =1": "' =1", "\u00a0=1": "'\u00a0=1", "\u1680@": "'\u1680@", "\u2003=1": "'\u2003=1", "a;\u2003=1": "a;\u2003'=1", "＝1": "'＝1", "-": "'-", "|cmd": "'|cmd", "%0A": "'%0A", "'=1": "'=1",
	} {
		if got := report.Cell(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	without := func(text string) string { return strings.ReplaceAll(text, "'", "") }
	texts := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("=+-@|%\t\r\n;, \"'a1(\x1b\u202e\u00a0＝"))))
	rapid.Check(t, func(t *rapid.T) {
		text := texts.Draw(t, "text")
		once := report.Cell(text)
		if report.Cell(once) != once {
			t.Fatalf("%q becomes %q and then %q", text, once, report.Cell(once))
		}
		if without(once) != without(clean.Text(text)) {
			t.Fatalf("%q became %q", text, once)
		}
		if wrong := hostiletext.InCell(once); wrong != "" {
			t.Fatalf("%q became %q: %s", text, once, wrong)
		}
	})
}

func TestFill(t *testing.T) {
	s := source(t, 1)
	person := s.People[1] // Ana, 3-mid on both
	template := "\ufeffEmployee ID;Name;Calibrated Rating;Note\r\n" +
		"00815;\"Nobody; at all\";old;\"keep\"\"this\"\r\n" +
		person.ID + ";Somebody else's spelling;;x\r\n" +
		"\r\n" +
		s.People[0].ID + ";short"
	got, err := report.Fill([]byte(template), s, []string{"calibrated rating=final.individual.level", "Note=final.business-impact.position"}, "")
	if err != nil {
		t.Fatal(err)
	}
	want := "\ufeffEmployee ID;Name;Calibrated Rating;Note\r\n" +
		"00815;\"Nobody; at all\";old;\"keep\"\"this\"\r\n" +
		person.ID + ";Somebody else's spelling;3;3-mid\r\n" +
		"\r\n" +
		s.People[0].ID + ";short;4;4-low"
	if diff := cmp.Diff(want, string(got.Data)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got.Rows != 2 || len(got.Unknown) != 1 || got.Unknown[0] != "line 2: 00815" {
		t.Errorf("%+v", got)
	}
}

func TestFillMatchesBy(t *testing.T) {
	s := source(t, 1)
	ana := &s.People[1]
	ana.Extra, ana.Email = map[string]string{calibration.EmployeeID: "ana@example.org"}, "ana@example.org"
	for _, tt := range []struct{ template, key, want string }{
		{"Email,R\n" + strings.ToUpper(ana.Email) + ",\n", "", strings.ToUpper(ana.Email) + ",3\n"},
		{"Name,R\nAna,\n", "", "Ana,3\n"},
		{"Wer,R\nAna,\n", "wer", "Ana,3\n"},
		{"Wer,R\nana@example.org,\n", "wer", "ana@example.org,3\n"}, // who has the address for an id too
		{"Id,R\n" + ana.ID + ",,,\n", "", ana.ID + ",3,,\n"},
		{"Name,R\nWei Zhang,kept\n", "", "Wei Zhang,kept\n"}, // two people have the name
	} {
		got, err := report.Fill([]byte(tt.template), s, []string{"R=final.individual.level"}, tt.key)
		if err != nil || !strings.HasSuffix(string(got.Data), tt.want) {
			t.Errorf("%q: %q %v", tt.template, got.Data, err)
		}
	}
}

// A table with semicolons is split at commas where tables have those, in a reason too.
func TestFillIsNoFormulaAtAComma(t *testing.T) {
	s := source(t, 1)
	ana := s.People[1]
	for id, d := range s.Decisions {
		d.Rationale = "x,=cmd|' /C calc'!A0, \"@y, -5"
		s.Decisions[id] = d
	}
	for comma, want := range map[string]string{";": `"x,'=cmd|' /C calc'!A0, ""'@y, -5"`, ",": `"x,=cmd|' /C calc'!A0, ""@y, -5"`} {
		got, err := report.Fill([]byte("Id"+comma+"R\n"+ana.ID+comma+"\n"), s, []string{"R=final.individual.rationale"}, "")
		if err != nil || !strings.HasSuffix(string(got.Data), comma+want+"\n") {
			t.Errorf("%q: %q %v", comma, got.Data, err)
		}
	}
}

// Whoever was added by hand has an id of the program's own, and the employer's beside it
// once a roster told it. The employer's is the one that an HR system knows.
func TestEmployersIDIsTheOneThatCounts(t *testing.T) {
	s := source(t, 1)
	ana := &s.People[1]
	ana.Extra = map[string]string{calibration.EmployeeID: "0042"}
	for _, id := range []string{"0042", ana.ID} {
		got, err := report.Fill([]byte("Id,R\n"+id+",\n"), s, []string{"R=final.individual.level"}, "")
		if err != nil || !strings.HasSuffix(string(got.Data), id+",3\n") {
			t.Errorf("%s: %q %v", id, got.Data, err)
		}
	}
	rows := string(written(t, func(w io.Writer) error { return report.WriteRows(w, s, report.ForHR) }))
	if !strings.Contains(rows, "\n0042,"+ana.Email) {
		t.Errorf("the rows do not tell the employer's id:\n%.500s", rows)
	}
	data := written(t, func(w io.Writer) error {
		return report.WriteWorkbook(context.Background(), w, s, report.ForFacilitator)
	})
	book := must[*zip.Reader](t)(zip.NewReader(bytes.NewReader(data), int64(len(data))))
	for number := 1; number <= 4; number++ {
		told := false
		for _, row := range sheetOf(t, book, number).Rows {
			told = told || row.Cells[0].Text == "0042"
			if row.Cells[0].Text == ana.ID {
				t.Errorf("sheet %d tells the program's id of somebody who has one of the employer's", number)
			}
		}
		if !told {
			t.Errorf("sheet %d does not tell the employer's id", number)
		}
	}
}

func TestFillRefuses(t *testing.T) {
	s := source(t, 1)
	for _, tt := range []struct {
		template, mapping, key, says string
	}{
		{"", "R=final.individual.level", "", "the template is empty"},
		{"Id,Rating,Note,rating \n", "Rating=final.individual.level", "", `two columns "Rating", column 2 and column 4; rename the one that is not meant`},
		{"Name,Manager,Rating,Name\n", "Rating=final.individual.level", "", `two columns "Name", column 1 and column 4`},
		{"Name,Id,Rating,Name\n", "Rating=final.individual.level", "Name", `two columns "Name", column 1 and column 4`},
		{"Id,Rating\n", "Raitng=final.individual.level", "", `no column "Raitng"; did you mean "Rating"?`},
		{"Id,Rating\n", "Rating", "", "is not “Column=what”"},
		{"Id,Rating\n", "Rating=final.individual.colour", "", "nothing that a column can be filled with; for example final.individual.position"},
		{"Id,Rating\n", "Rating=final.indvidual.level", "", "did you mean Individual?"},
		{"A,Rating\n", "Rating=final.individual.level", "", "no column says who a row is about; name it with --key; there are A, Rating"},
		{"Id,Rating\n\"a,b\n", "Rating=final.individual.level", "", "line 2: a quotation mark is never closed"},
		{"Id,Rating\n\"a\"b,\n", "Rating=final.individual.level", "", "line 2: something follows a closing quotation mark"},
		{"Id,Name,Rating\nx,y,\n" + s.People[1].ID + ",Lovelace, Ada,\n", "Rating=final.individual.level", "", "line 3: the row has 4 cells and the header 3"},
		{"\xd0\xcf\x11\xe0\x00\x00", "Rating=final.individual.level", "", "no text"},
	} {
		_, err := report.Fill([]byte(tt.template), s, []string{tt.mapping}, tt.key)
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%q %s: %v, want … %s …", tt.template, tt.mapping, err, tt.says)
		}
	}
}

// What is not filled stays to the byte, in whatever way the table is written.
func TestFillKeepsTheRest(t *testing.T) {
	s := source(t, 1)
	rapid.Check(t, func(t *rapid.T) {
		comma := rapid.SampledFrom([]string{",", ";", "\t"}).Draw(t, "comma")
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end")
		as := rapid.SampledFrom([]charset.Charset{charset.UTF8, charset.UTF8BOM, charset.UTF16LE, charset.Windows1252}).Draw(t, "charset")
		cell := rapid.OneOf(rapid.StringMatching(`[a-zé ']*`), rapid.StringMatching(`"([a-z;,é\n]|"")*"`))
		text := strings.Join([]string{"Id", "Rating", "Kept"}, comma) + end
		for range rapid.IntRange(0, 5).Draw(t, "rows") {
			text += strings.Join([]string{"x" + rapid.StringMatching(`[0-9]*`).Draw(t, "id"), cell.Draw(t, "a"), cell.Draw(t, "b")}, comma) + end
		}
		data, err := as.Encode(text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := report.Fill(data, s, []string{"Rating=final.individual.level"}, "")
		if err != nil {
			t.Fatal(err)
		}
		if string(got.Data) != string(data) {
			t.Fatalf("%q became %q", data, got.Data)
		}
	})
}

func FuzzFill(f *testing.F) {
	s := source(f, 1, "Atlas")
	f.Add([]byte("Id,Rating\n1,2\n"))
	f.Add([]byte("\xff\xfeI\x00d\x00,\x00R\x00a\x00t\x00i\x00n\x00g\x00"))
	f.Add([]byte("\xef\xbb\xbfEmail;Rating\r\n\"a\"\"b\";\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := report.Fill(data, s, []string{"Rating=final.individual.level"}, "")
		if err == nil && got.Rows == 0 && string(got.Data) != string(data) {
			t.Fatalf("nothing was filled, and yet %q became %q", data, got.Data)
		}
	})
}

// A template is held to its limits while it is read, and errors about it stay short.
func TestTemplatesHaveLimits(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	s := source(t, 1)
	long := strings.Repeat("x", 10<<20)
	for says, template := range map[string]string{
		"more than 32 MiB": strings.Repeat("x", report.MaxTemplate+1), "line 1: the table has more than 4000000 cells": strings.Repeat(",", report.MaxTemplateCells+10),
		"line 2: the table has more than 4000000 cells": "id\n" + strings.Repeat(",", report.MaxTemplateCells+10), "no column says who": long + ",y," + strings.Repeat("w,", 1000),
		"the template has no column": long + ",id", "two columns": long + ",y," + long,
	} {
		mapping, key := "y=final.individual.level", ""
		switch says {
		case "the template has no column":
			mapping = "z=final.individual.level"
		case "two columns":
			key = long
		}
		_, err := report.Fill([]byte(template), s, []string{mapping}, key)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %.300v, want … %s …", err, says)
		} else if len(err.Error()) > 2000 {
			t.Errorf("%s: an error of %d bytes", says, len(err.Error()))
		}
	}
	filled, err := report.Fill([]byte("id,r\n"+long+",\n"), s, []string{"r=final.individual.level"}, "")
	if err != nil || len(filled.Unknown) != 1 || len(filled.Unknown[0]) > 100 {
		t.Errorf("%v, %d unknown", err, len(filled.Unknown))
	}
}
