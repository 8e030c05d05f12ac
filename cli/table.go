package cli

import (
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"calibrate/internal/clean"
	"calibrate/internal/lines"
)

// table lays rows out in columns that are as wide as their widest cell, counted in
// the terminal's cells. The cells are text from outside.
type table struct {
	rows [][]string
}

func (t *table) add(cells ...string) {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = clean.Line(c)
	}
	t.rows = append(t.rows, row)
}

// write writes the rows, without spaces at their ends.
func (t *table) write(w io.Writer) error {
	var widths []int
	for _, row := range t.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	var b strings.Builder
	for _, row := range t.rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell)
			line.WriteString(strings.Repeat(" ", widths[i]-ansi.StringWidth(cell)+2))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// paragraph wraps text from outside into lines of at most width cells, each begun
// with the indent.
func paragraph(text, indent string, width int) string {
	var b strings.Builder
	for _, line := range lines.Wrap(clean.Text(text), width-ansi.StringWidth(indent)) {
		b.WriteString(strings.TrimRight(indent+line, " ") + "\n")
	}
	return b.String()
}
