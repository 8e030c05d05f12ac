package xlsx_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"calibrate/internal/xlsx"
)

// What another program wrote is read as that program reads it: texts of every kind, truth,
// numbers, dates, gaps, several sheets.
func TestWhatExcelizeWroteIsReadTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		file := excelize.NewFile()
		defer file.Close()
		check := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		formats := []string{"", "@", "00000", `"B-"0000`, "0%", "0.00", "#,##0", "yyyy-mm-dd", "dd.mm.yyyy hh:mm"}
		var styles []int
		for i := range formats {
			style := 0
			if formats[i] != "" {
				var err error
				style, err = file.NewStyle(&excelize.Style{CustomNumFmt: &formats[i]})
				check(err)
			}
			styles = append(styles, style)
		}
		sheets := []string{"Sheet1"}
		if rapid.Bool().Draw(t, "another sheet") {
			sheets = append(sheets, "Leavers & others")
			_, err := file.NewSheet(sheets[1])
			check(err)
		}
		for range rapid.IntRange(0, 40).Draw(t, "cells") {
			at, err := excelize.CoordinatesToCellName(rapid.IntRange(1, 30).Draw(t, "column"), rapid.IntRange(1, 20).Draw(t, "row"))
			check(err)
			sheet := rapid.SampledFrom(sheets).Draw(t, "sheet")
			check(file.SetCellValue(sheet, at, someValue(t)))
			check(file.SetCellStyle(sheet, at, at, rapid.SampledFrom(styles).Draw(t, "style")))
		}
		var data bytes.Buffer
		check(file.Write(&data))
		if got, want := told(data.Bytes()), toldByExcelize(t, file, sheets); got != want {
			t.Fatalf("got\n%s\nwant\n%s", got, want)
		}
	})
}

// someValue is no number below 61, which excelize takes for another day than Excel.
func someValue(t *rapid.T) any {
	return rapid.OneOf(
		rapid.Custom(func(t *rapid.T) any { return rapid.StringMatching(`[ -~äé東😀\n_x0-9D]{0,12}`).Draw(t, "text") }),
		rapid.Custom(func(t *rapid.T) any { return rapid.IntRange(100, 2_000_000).Draw(t, "number") }),
		rapid.Custom(func(t *rapid.T) any { return float64(rapid.IntRange(400, 4000).Draw(t, "quarters")) / 4 }),
		rapid.Custom(func(t *rapid.T) any { return rapid.Bool().Draw(t, "truth") }),
		rapid.Custom(func(t *rapid.T) any {
			return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 1_000_000).Draw(t, "minutes")) * time.Minute)
		}),
	).Draw(t, "value")
}

func toldByExcelize(t *rapid.T, file *excelize.File, sheets []string) string {
	var lines []string
	for _, sheet := range sheets {
		if len(sheets) > 1 {
			lines = append(lines, fmt.Sprintf("[%s hidden=false]", sheet))
		}
		rows, err := file.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, cells := range rows {
			for len(cells) > 0 && cells[len(cells)-1] == "" {
				cells = cells[:len(cells)-1]
			}
			if len(cells) > 0 {
				lines = append(lines, fmt.Sprintf("%d %s", i+1, strings.Join(cells, "|")))
			}
		}
	}
	return strings.Join(lines, "\n")
}

// largeSheet is a company's list as another program writes it.
func largeSheet(b *testing.B) []byte {
	file := excelize.NewFile()
	defer file.Close()
	for i := range 5_000 {
		row := []any{i, fmt.Sprintf("Person %06d", i), fmt.Sprintf("Team %03d", i/10), "Somebody", "Senior Platform Engineer", 0.8, true}
		if err := file.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			b.Fatal(err)
		}
	}
	var data bytes.Buffer
	if err := file.Write(&data); err != nil {
		b.Fatal(err)
	}
	return data.Bytes()
}

func BenchmarkRead(b *testing.B) {
	data := largeSheet(b)
	b.Run("of=ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			book, err := xlsx.Open(data, 1<<30)
			if err != nil {
				b.Fatal(err)
			}
			n := 0
			for _, err := range book.Rows(book.Sheets[0]) {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
			if n != 5_000 {
				b.Fatal(n)
			}
		}
	})
	b.Run("of=excelize", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			file, err := excelize.OpenReader(bytes.NewReader(data))
			if err != nil {
				b.Fatal(err)
			}
			rows, err := file.Rows("Sheet1")
			n := 0
			for err == nil && rows.Next() {
				_, err = rows.Columns()
				n++
			}
			if err != nil || n != 5_000 {
				b.Fatal(n, err)
			}
		}
	})
}
