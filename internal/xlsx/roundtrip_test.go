package xlsx_test

import (
	"bytes"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/internal/numfmt"
	"calibrate/internal/xlsx"
)

// What was written is read as it is to be shown.
func TestWhatIsWrittenIsRead(t *testing.T) {
	figure, err := numfmt.Parse("0.000")
	if err != nil {
		t.Fatal(err)
	}
	shown := func(v any) string {
		switch v := v.(type) {
		case string:
			return valid(v)
		case int:
			return strconv.Itoa(v)
		case float64:
			return figure.Number(v, false)
		case time.Time:
			return v.UTC().Format("2006-01-02 15:04")
		}
		return ""
	}
	rapid.Check(t, func(t *rapid.T) {
		tables := drawSheets(t)
		var data bytes.Buffer
		if err := xlsx.Write(&data, properties, tables); err != nil {
			t.Fatal(err)
		}
		book, err := xlsx.Open(data.Bytes(), 1<<30)
		if err != nil {
			t.Fatal(err)
		}
		var got, want []map[int][]string
		for i, table := range tables {
			if book.Sheets[i].Name != table.Name || book.Sheets[i].Hidden {
				t.Fatalf("%q is read as %+v", table.Name, book.Sheets[i])
			}
			var head []any
			for _, c := range table.Columns {
				head = append(head, c.Title)
			}
			written, read := map[int][]string{}, map[int][]string{}
			for i, row := range append([][]any{head}, table.Rows...) {
				var cells []string
				for _, v := range row {
					cells = append(cells, shown(v))
				}
				for len(cells) > 0 && cells[len(cells)-1] == "" {
					cells = cells[:len(cells)-1]
				}
				if len(cells) > 0 {
					written[i+1] = cells
				}
			}
			for row, err := range book.Rows(book.Sheets[i]) {
				if err != nil {
					t.Fatal(err)
				}
				read[row.Line] = row.Cells
			}
			got, want = append(got, read), append(want, written)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got)\n%s", diff)
		}
	})
}
