package xlsx_test

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"calibrate/internal/hostiletext"
	"calibrate/internal/xlsx"
)

// What is written is read back by a library that others wrote: every value, what it shows
// and how it looks.
func TestExcelizeReadsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sheets := drawSheets(t)
		var data bytes.Buffer
		if err := xlsx.Write(&data, properties, sheets); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(&data)
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		if book.GetActiveSheetIndex() != 0 || len(book.GetSheetList()) != len(sheets) {
			t.Fatalf("sheet %d of %v is active", book.GetActiveSheetIndex(), book.GetSheetList())
		}
		for i, s := range sheets {
			if name := book.GetSheetName(i); name != s.Name {
				t.Fatalf("sheet %d is called %q, want %q", i, name, s.Name)
			}
			compareSheet(t, book, s)
		}
	})
}

func drawSheets(t *rapid.T) (sheets []xlsx.Table) {
	text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("_x00Df5\r\n\t &<>\"'=\x00\x1f\ufffe"))), rapid.SampledFrom(hostile()))
	for i := range rapid.IntRange(1, 3).Draw(t, "sheets") {
		s := xlsx.Table{Name: fmt.Sprintf("%s %d", rapid.StringMatching(`[a-zé😀 &<"'.=()-]{1,12}`).Draw(t, "name"), i)}
		s.Name = strings.TrimLeft(s.Name, "'")
		for range rapid.IntRange(1, 30).Draw(t, "columns") {
			s.Columns = append(s.Columns, xlsx.Column{Title: text.Draw(t, "title"), Width: float64(rapid.IntRange(1, 510).Draw(t, "width")) / 2})
		}
		cell := rapid.OneOf(
			rapid.Just[any](nil), rapid.Map(text, as), rapid.Map(rapid.Int(), as), rapid.Map(rapid.Float64(), as),
			rapid.Map(rapid.Int64Range(-3_000_000_000, 253_500_000_000), func(s int64) any { return time.Unix(s, 0) }),
		)
		s.Rows = rapid.SliceOfN(rapid.SliceOfN(cell, 0, len(s.Columns)), 0, 10).Draw(t, "rows")
		sheets = append(sheets, s)
	}
	return sheets
}

func as[T any](v T) any { return v }

func hostile() (texts []string) {
	for _, h := range hostiletext.All() {
		texts = append(texts, h.Text)
	}
	return texts
}

func compareSheet(t *rapid.T, book *excelize.File, s xlsx.Table) {
	check := func(what string, got, want any, err error) {
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Fatalf("sheet %q, %s: %v (-want +got)\n%s", s.Name, what, err, diff)
		}
	}
	panes, err := book.GetPanes(s.Name)
	panes.Selection = nil
	check("panes", panes, excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}, err)
	for i, c := range s.Columns {
		name, _ := excelize.ColumnNumberToName(i + 1)
		width, err := book.GetColWidth(s.Name, name)
		check("width of "+name, width, c.Width, err)
		compareCell(t, book, s.Name, name+"1", c.Title, true)
	}
	for i, row := range s.Rows {
		for j, v := range row {
			at, _ := excelize.CoordinatesToCellName(j+1, i+2)
			compareCell(t, book, s.Name, at, v, false)
		}
	}
	last, _ := excelize.CoordinatesToCellName(len(s.Columns), max(2, len(s.Rows)+1))
	dimension, err := book.GetSheetDimension(s.Name)
	check("dimension", dimension, "A1:"+last, err)
}

func compareCell(t *rapid.T, book *excelize.File, sheet, at string, v any, head bool) {
	raw, err := book.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	shown, err := book.GetCellValue(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	id, err := book.GetCellStyle(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	style, err := book.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	wrong := func(want any) { t.Fatalf("%s!%s of %#v is %q and shows %q; want %v", sheet, at, v, raw, shown, want) }
	wrapped, format, bold := false, "", false
	if style.Alignment != nil {
		wrapped = style.Alignment.WrapText && style.Alignment.Vertical == "top"
	}
	if style.CustomNumFmt != nil {
		format = *style.CustomNumFmt
	}
	if style.Font != nil {
		bold = style.Font.Bold
	}
	switch v := v.(type) {
	case nil:
		if raw != "" || id != 0 {
			wrong("nothing")
		}
	case string:
		if want := valid(v); raw != want || shown != want || style.NumFmt != 49 || wrapped == head || bold != head {
			wrong(fmt.Sprintf("%q; %+v", want, style))
		}
	case int:
		if raw != strconv.Itoa(v) || style.NumFmt != 0 || style.Alignment == nil || style.Alignment.Vertical != "top" {
			wrong(v)
		}
	case float64:
		number, err := strconv.ParseFloat(raw, 64)
		if want := fmt.Sprintf("%.3f", v); err != nil || number != v || format != "0.000" || math.Abs(v) > 1e-3 && math.Abs(v) < 1e6 && !near(shown, want) {
			wrong(want)
		}
	case time.Time:
		day, err := strconv.ParseFloat(raw, 64)
		if err != nil { // a time that Excel knows no date for
			if want := v.UTC().Format("2006-01-02 15:04"); raw != want || 1900 < v.Year() && v.Year() < 10_000 {
				wrong(want)
			}
			return
		}
		read, err := excelize.ExcelDateToTime(day, false)
		if err != nil || !read.Equal(v) || shown != v.UTC().Format("2006-01-02 15:04") || format != "yyyy-mm-dd hh:mm" {
			wrong(v.UTC())
		}
	}
}

// valid is a text as XML can hold it.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// near reports whether two numbers differ in the last digit of what is shown, where
// halves may be rounded up and down.
func near(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && math.Abs(x-y) < 0.0015
}

func TestExcelizeReadsTheProperties(t *testing.T) {
	book, err := excelize.OpenReader(bytes.NewReader(written(t, sheet("One", []any{1}), sheet("Two", []any{1}))))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	got, err := book.GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	want := &excelize.DocProperties{Creator: "calibrate", Created: "2026-11-25T08:00:00Z", Modified: "2026-11-25T08:00:00Z"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for _, name := range book.GetDefinedName() {
		if name.Name != "_xlnm._FilterDatabase" || name.RefersTo != fmt.Sprintf("'%s'!$A$1:$A$2", name.Scope) {
			t.Errorf("%+v", name)
		}
	}
}

// What it costs beside the library that did it before, of which it has no more than is
// needed: go test -bench Write ./internal/xlsx
func BenchmarkWrite(b *testing.B) {
	var rows [][]any
	for i := range 5_000 {
		rows = append(rows, []any{
			fmt.Sprintf("%06d", i/12), fmt.Sprintf("Person %d", i/12), "Platform", "2026 H1", "Individual", "panel", fmt.Sprintf("Reviewer %d", i%12),
			"3-mid", 3, "medium", properties.Created.Add(time.Duration(i) * time.Minute), fmt.Sprintf("Reason %d: %x.", i, uint64(i)*0x9e3779b97f4a7c15), "",
			float64(i) / 7, fmt.Sprintf("01JDEMO%019d", i),
		})
	}
	s := sheet("Decisions", rows...)
	for name, write := range map[string]func(io.Writer) error{
		"here":     func(w io.Writer) error { return xlsx.Write(w, properties, []xlsx.Table{s}) },
		"excelize": func(w io.Writer) error { return writeByExcelize(w, s) },
	} {
		b.Run(name, func(b *testing.B) {
			var out bytes.Buffer
			b.ReportAllocs()
			for b.Loop() {
				out.Reset()
				if err := write(&out); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(out.Len()), "bytes/file")
		})
	}
}

func writeByExcelize(w io.Writer, s xlsx.Table) error {
	book := excelize.NewFile()
	defer book.Close()
	out, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	look, err := book.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	if err != nil {
		return err
	}
	for i, row := range s.Rows {
		cells := make([]any, len(row))
		for j, v := range row {
			cells[j] = excelize.Cell{StyleID: look, Value: v}
		}
		if err := out.SetRow(fmt.Sprintf("A%d", i+2), cells); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return book.Write(w)
}
