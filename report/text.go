package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"calibrate/internal/clean"
	"calibrate/internal/lines"
)

// textWidth is how wide paragraphs are on a terminal.
const textWidth = 88

// Text writes the document for a terminal or a pipe: columns line up, nothing is
// coloured. Charts become tables.
func (d Document) Text(w io.Writer) error {
	var b strings.Builder
	b.WriteString(clean.Line(d.Title) + "\n")
	if d.Subtitle != "" {
		b.WriteString(clean.Line(d.Subtitle) + "\n")
	}
	for _, block := range d.Blocks {
		b.WriteByte('\n')
		switch block := block.(type) {
		case Heading:
			text := clean.Line(block.Text)
			b.WriteString(text + "\n")
			if block.Level == 2 {
				b.WriteString(strings.Repeat("=", min(ansi.StringWidth(text), textWidth)) + "\n")
			}
		case Text:
			b.WriteString(wrapped(block.Text, "", textWidth))
		case List:
			for _, item := range block.Items {
				b.WriteString("- " + strings.TrimLeft(wrapped(item, "  ", textWidth), " "))
			}
		case Break:
		case Rulers:
			b.WriteString(clean.Line(block.Caption) + "\n")
			textRulers(&b, block)
		default:
			caption, t := asTable(block)
			if caption != "" {
				b.WriteString(clean.Line(caption) + "\n")
			}
			textTable(&b, t)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// CSV writes the document's tables and charts as one table, each row under the head of
// its own, for a spreadsheet.
func (d Document) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	write := func(cells []string) error {
		safe := make([]string, len(cells))
		for i, c := range cells {
			safe[i] = Cell(c)
		}
		return out.Write(safe)
	}
	about, part := "", ""
	for _, block := range d.Blocks {
		if h, ok := block.(Heading); ok {
			about = h.Text
			if d.Parts && h.Level == 2 {
				part = h.Text + ": "
			}
		}
		caption, t := asTable(block)
		if len(t.Head) == 0 {
			continue
		}
		if caption == "" {
			caption = about
		}
		if err := write(append([]string{"of"}, t.Head...)); err != nil {
			return err
		}
		for _, row := range t.Rows {
			if err := write(append([]string{part + caption}, row...)); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// asTable is a table, or a chart as one; a block that is neither has no head.
func asTable(block Block) (caption string, t Table) {
	switch block := block.(type) {
	case Table:
		return "", block
	case Bars:
		return block.Caption, block.table()
	case Rulers:
		return block.Caption, block.table()
	}
	return "", Table{}
}

func wrapped(text, indent string, width int) string {
	var b strings.Builder
	for _, l := range lines.Wrap(clean.Text(text), width-len(indent)) {
		b.WriteString(strings.TrimRight(indent+l, " ") + "\n")
	}
	return b.String()
}

// textTable lays a table out in columns as wide as their widest cell; a long last one
// is wrapped under itself.
func textTable(b *strings.Builder, t Table) {
	rows := append([][]string{t.Head}, t.Rows...)
	widths := make([]int, len(t.Head))
	for _, row := range rows {
		for i, c := range row {
			if i < len(widths) {
				widths[i] = max(widths[i], widestLine(c))
			}
		}
	}
	last := len(widths) - 1
	before := 0
	for _, n := range widths[:last] {
		before += n + 2
	}
	room := max(30, textWidth+20-before)
	for _, row := range rows {
		var lead strings.Builder
		for i := range last {
			lead.WriteString(padded(row[i], widths[i], i < len(t.Number) && t.Number[i]) + "  ")
		}
		text := row[last]
		if last < len(t.Number) && t.Number[last] {
			text = padded(text, widths[last], true)
		}
		for i, l := range lines.Wrap(clean.Text(text), room) {
			if i > 0 {
				lead.Reset()
				lead.WriteString(strings.Repeat(" ", before))
			}
			b.WriteString(strings.TrimRight(lead.String()+l, " ") + "\n")
		}
	}
}

// The widths of a row of placements as text: the label, and each position.
const textLabel, textRung = 24, 3

// textRulers draws placements on the scale: a sign where one stands, a number where
// several do, the final behind them. A scale that is too long for a line becomes a
// table.
func textRulers(b *strings.Builder, r Rulers) {
	if len(r.Positions)*textRung > textWidth {
		textTable(b, r.table())
		return
	}
	head := ""
	for i := range r.Positions {
		switch {
		case i == 0 || r.Levels[i] != r.Levels[i-1]:
			head += padded(fmt.Sprint(r.Levels[i]), textRung, false)
		default:
			head += strings.Repeat(" ", textRung)
		}
	}
	b.WriteString(strings.TrimRight(strings.Repeat(" ", textLabel+1)+head, " ") + "\n")
	for _, row := range r.Rows {
		line := padded(ansi.Truncate(clean.Line(row.Label), textLabel-1, "…"), textLabel, false) + " "
		for i := range r.Positions {
			line += padded(row.rung(i+1), textRung, false)
		}
		b.WriteString(strings.TrimRight(line+" "+clean.Line(row.Note), " ") + "\n")
	}
}

// rung is what stands at one position: "◇", "3●", "·".
func (row Ruler) rung(ordinal int) string {
	own, sign, final := 0, "", ""
	for _, d := range row.Dots {
		switch {
		case d.Ordinal != ordinal:
		case d.Mark == Final:
			final = Final.Sign()
		default:
			own, sign = own+1, d.Mark.Sign()
		}
	}
	switch {
	case own > 1:
		return fmt.Sprint(own) + final
	case own == 1:
		return sign + final
	case final != "":
		return final
	}
	return "·"
}

func widestLine(text string) (n int) {
	for _, l := range strings.Split(clean.Text(text), "\n") {
		n = max(n, ansi.StringWidth(l))
	}
	return n
}

func padded(text string, width int, right bool) string {
	text = clean.Line(text)
	gap := strings.Repeat(" ", max(0, width-ansi.StringWidth(text)))
	if right {
		return gap + text
	}
	return text + gap
}

// table is the histogram as a table.
func (b Bars) table() Table {
	t := Table{Head: []string{"", "Count", "Share"}, Number: []bool{false, true, true}}
	marked := len(b.Bars) > 0 && b.Bars[0].Mark >= 0
	if marked {
		t.Head, t.Number = append(t.Head, "Guideline"), append(t.Number, true)
	}
	for _, bar := range b.Bars {
		row := []string{bar.Label, fmt.Sprint(bar.Count), fmt.Sprintf("%.0f%%", bar.Percent)}
		if marked {
			row = append(row, fmt.Sprintf("%.0f%%", bar.Mark))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// table is the placements as a table.
func (r Rulers) table() Table {
	t := Table{Head: []string{"Person", "Placements", "In words"}}
	for _, row := range r.Rows {
		t.Rows = append(t.Rows, []string{row.Label, r.words(row), row.Note})
	}
	return t
}
