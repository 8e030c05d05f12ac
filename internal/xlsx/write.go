package xlsx

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"calibrate/internal/lines"
)

// Properties are what a workbook says of itself.
type Properties struct {
	Creator string
	Created time.Time
}

// Table is what a sheet is to show: its head, and the rows below it.
type Table struct {
	Name    string
	Columns []Column
	Rows    [][]any // of string, float64, int, time.Time and nil
}

// Column is the head of a column, and how many digits it is wide.
type Column struct {
	Title string
	Width float64
}

// Write writes a workbook. The head of each sheet is bold, stays while the rows scroll,
// and filters them. A string is text, whatever it looks like, and wrapped; a time is a
// date in UTC, a float64 has three decimals, an int stands as it is, nil is no cell. The
// same tables give the same bytes.
//
// What Excel would not open, names and sizes that it does not allow, is an error before
// anything is written. A text that is longer than a cell holds is cut and ends in “…”;
// what is no number or date to a spreadsheet (NaN, the year 1815) is text.
//
// Texts are shared strings. Inline ones, which stand in their cells, are in the standard
// too and simpler; but Excel writes shared ones only, so those are what every importer
// reads, and Apple's Numbers and previews on phones have shown empty cells for the others.
// The n-th text of all cells is the n-th shared string, whether it was there before or
// not: they are written by going through the rows once more, and nothing is remembered
// that grows with the sheets.
func Write(w io.Writer, p Properties, tables []Table) error {
	if err := checkWritable(tables); err != nil {
		return err
	}
	out := partWriter{zip: zip.NewWriter(w)}
	for _, part := range fixedParts(p, tables) {
		out.part(part[0], func() { out.write(part[1]) })
	}
	for i, s := range tables {
		out.part(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), func() { out.sheet(s, i == 0) })
	}
	out.part("xl/sharedStrings.xml", func() { out.texts(tables) })
	if out.err == nil {
		out.err = out.zip.Close()
	}
	return out.err
}

// partWriter writes the parts of a workbook and remembers the first error.
type partWriter struct {
	zip *zip.Writer
	*bufio.Writer
	count int // of texts in cells
	err   error
}

// part writes a part. It has no time, or the same tables would not give the same bytes.
func (out *partWriter) part(name string, content func()) {
	if out.err != nil {
		return
	}
	w, err := out.zip.Create(name)
	if err == nil {
		out.Writer = bufio.NewWriter(w)
		content()
		err = out.Flush()
	}
	if err != nil {
		out.err = fmt.Errorf("%s: %w", name, err)
	}
}

// write leaves an error to Flush, which tells the first one.
func (out *partWriter) write(pieces ...string) {
	for _, piece := range pieces {
		out.WriteString(piece)
	}
}

// sheet writes a sheet. Excel does not open one whose elements are in another order.
func (out *partWriter) sheet(s Table, active bool) {
	out.write(xmlHead, `<worksheet xmlns="`, spreadsheetML, `"><dimension ref="`, s.area(""), `"/><sheetViews><sheetView`)
	if active {
		out.write(` tabSelected="1"`)
	}
	out.write(` workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	columns := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		columns[i] = columnName(i)
		fmt.Fprintf(out, `<col min="%d" max="%[1]d" width="%g" customWidth="1"/>`, i+1, c.Width)
	}
	out.write(`</cols><sheetData>`)
	look, height := lookHead, ""
	for i := range 1 + len(s.Rows) {
		row, cells := strconv.Itoa(i+1), s.row(i)
		if i > 0 { // the head is not wrapped
			look, height = lookText, s.height(cells)
		}
		out.write(`<row r="`, row, `"`, height, `>`)
		for i, v := range cells {
			out.cell(columns[i], row, look, v)
		}
		out.write(`</row>`)
	}
	out.write(`</sheetData><autoFilter ref="`, s.area(""), `"/></worksheet>`)
}

// row is the head for 0, and then the rows.
func (s Table) row(i int) []any {
	if i > 0 {
		return s.Rows[i-1]
	}
	head := make([]any, len(s.Columns))
	for i, c := range s.Columns {
		head[i] = c.Title
	}
	return head
}

// height is how high a row is whose texts take several lines. Excel finds that out by
// itself, where the font is known that it is shown in; other programs show one line.
func (s Table) height(cells []any) string {
	const line, highest = 15, 409 // in points; Excel's own
	most := 1
	for i, v := range cells {
		if text, ok := v.(string); ok {
			most = max(most, linesOf(text, s.Columns[i].Width))
		}
	}
	if most == 1 {
		return ""
	}
	return fmt.Sprintf(` ht="%d"`, min(most*line, highest))
}

// wrapLoss is how much of a line stays empty where it ends between words.
const wrapLoss = 3

// linesOf is about how many lines a text takes in a column.
func linesOf(text string, width float64) (n int) {
	room := max(int(width)-wrapLoss, 1)
	for line := range strings.SplitSeq(text, "\n") {
		n += max(1, (lines.Width(line)+room-1)/room)
	}
	return n
}

// cell writes a cell. An empty text is an empty cell that looks like one with text.
func (out *partWriter) cell(column, row, look string, v any) {
	switch text, digits, own := writtenAs(v); {
	case text != "":
		out.write(`<c r="`, column, row, `"`, look, ` t="s"><v>`, strconv.Itoa(out.count), `</v></c>`)
		out.count++
	case digits != "":
		out.write(`<c r="`, column, row, `"`, own, `><v>`, digits, `</v></c>`)
	case v != nil:
		out.write(`<c r="`, column, row, `"`, look, `/>`)
	}
}

// texts writes what the cells with texts show, in the order of the cells.
func (out *partWriter) texts(tables []Table) {
	count := strconv.Itoa(out.count)
	out.write(xmlHead, `<sst xmlns="`, spreadsheetML, `" count="`, count, `" uniqueCount="`, count, `">`)
	for _, s := range tables {
		for i := range 1 + len(s.Rows) {
			for _, v := range s.row(i) {
				if text, _, _ := writtenAs(v); text != "" {
					out.text(cutToFit(text))
				}
			}
		}
	}
	out.write(`</sst>`)
}

func (out *partWriter) text(text string) {
	space := ""
	if strings.Trim(text, " \t\n") != text { // which a reader of XML may leave out
		space = ` xml:space="preserve"`
	}
	out.write(`<si><t`, space, `>`, writtenText(text), `</t></si>`)
}
