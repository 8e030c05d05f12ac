package report

import (
	"fmt"
	"strings"
)

// Charts are drawn as SVG inside the page: text stays text, colours come from the
// page's style sheet, so that light, dark and paper are its business, and shapes say
// what colours do. All measures are in the units of the drawing's view box.

const (
	chartWidth = 720
	labelWidth = 200
	rowHeight  = 26
	topHeight  = 34
)

func svgOpen(b *strings.Builder, height int, label string) {
	fmt.Fprintf(b, `<svg viewBox="0 0 %d %d" role="img" aria-label="%s">`, chartWidth, height, esc(label))
	b.WriteByte('\n')
}

// barsSVG draws a histogram, one row a bar.
func barsSVG(bars Bars) string {
	var b strings.Builder
	height := rowHeight*len(bars.Bars) + 6
	svgOpen(&b, height, bars.Caption)
	longest := 1.0
	for _, bar := range bars.Bars {
		longest = max(longest, bar.Percent, bar.Mark)
	}
	room := float64(chartWidth-labelWidth-90) / longest
	for i, bar := range bars.Bars {
		y := i*rowHeight + 4
		fmt.Fprintf(&b, `<text x="%d" y="%d" class="label">%s</text>`, labelWidth-8, y+15, esc(short(bar.Label, 27)))
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%.1f" height="16" class="bar"/>`, labelWidth, y+2, bar.Percent*room)
		if bar.Mark >= 0 {
			x := float64(labelWidth) + bar.Mark*room
			fmt.Fprintf(&b, `<path d="M%.1f %d v20" class="guide"><title>guideline %.0f%%</title></path>`, x, y, bar.Mark)
		}
		end := float64(labelWidth) + max(bar.Percent, bar.Mark)*room + 6
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" class="value">%d · %.0f%%</text>`, end, y+15, bar.Count, bar.Percent)
		b.WriteByte('\n')
	}
	b.WriteString("</svg>")
	return b.String()
}

// rulersSVG draws placements on the scale, one row a person.
func rulersSVG(r Rulers) string {
	var b strings.Builder
	height := topHeight + rowHeight*len(r.Rows) + 4
	svgOpen(&b, height, r.Caption)
	step := float64(chartWidth-labelWidth-10) / float64(len(r.Positions))
	at := func(ordinal int) float64 { return labelWidth + (float64(ordinal)-0.5)*step }
	r.scaleSVG(&b, at, step, height)
	for i, row := range r.Rows {
		y := float64(topHeight + i*rowHeight + rowHeight/2)
		fmt.Fprintf(&b, `<g><title>%s: %s</title>`, esc(row.Label), esc(strings.TrimSpace(row.Note+". "+r.words(row))))
		fmt.Fprintf(&b, `<text x="%d" y="%.1f" class="label">%s</text>`, labelWidth-8, y+4, esc(short(row.Label, 27)))
		row.lineSVG(&b, at, y)
		row.dotsSVG(&b, at, y)
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>")
	return b.String()
}

// scaleSVG draws the levels and their bands at the top, and the boundaries between
// levels.
func (r Rulers) scaleSVG(b *strings.Builder, at func(int) float64, step float64, height int) {
	for from := 0; from < len(r.Levels); {
		to := from
		for to+1 < len(r.Levels) && r.Levels[to+1] == r.Levels[from] {
			to++
		}
		fmt.Fprintf(b, `<text x="%.1f" y="12" class="tick">%d</text>`, (at(from+1)+at(to+1))/2, r.Levels[from])
		if from > 0 {
			fmt.Fprintf(b, `<path d="M%.1f 2 V%d" class="level"/>`, at(from+1)-step/2, height)
		}
		from = to + 1
	}
	for i, band := range r.Bands {
		fmt.Fprintf(b, `<text x="%.1f" y="26" class="tick">%s</text>`, at(i+1), esc(short(band, max(1, int(step/6)))))
	}
	b.WriteByte('\n')
}

// lineSVG joins the ends of a row, or draws its arrow.
func (row Ruler) lineSVG(b *strings.Builder, at func(int) float64, y float64) {
	if row.From > 0 && row.To > 0 {
		from, to := at(row.From), at(row.To)
		back := 8.0
		if to < from {
			back = -8
		}
		fmt.Fprintf(b, `<path d="M%.1f %.1f H%.1f M%.1f %.1f l%.1f -4 v8 z" class="arrow"/>`, from, y, to-back, to-back/2, y, -back)
		return
	}
	low, high := 0, 0
	for _, d := range row.Dots {
		if d.Mark == Final {
			continue
		}
		if low == 0 || d.Ordinal < low {
			low = d.Ordinal
		}
		high = max(high, d.Ordinal)
	}
	if low < high {
		fmt.Fprintf(b, `<path d="M%.1f %.1f H%.1f" class="span"/>`, at(low), y, at(high))
	}
}

// dotsSVG draws the placements; several at one position stand side by side.
func (row Ruler) dotsSVG(b *strings.Builder, at func(int) float64, y float64) {
	count := map[int]int{}
	for _, d := range row.Dots {
		count[d.Ordinal]++
	}
	drawn := map[int]int{}
	for _, d := range row.Dots {
		x := at(d.Ordinal) + 7*(float64(drawn[d.Ordinal])-float64(count[d.Ordinal]-1)/2)
		drawn[d.Ordinal]++
		switch d.Mark {
		case Draft:
			fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="4.5" class="draft"/>`, x, y)
		case Panel:
			fmt.Fprintf(b, `<path d="M%.1f %.1f l5 5 l-5 5 l-5 -5 z" class="panel"/>`, x, y-5)
		case Final:
			fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="5.5" class="final"/>`, x, y)
		}
	}
}

// short cuts a label to about so many letters; the whole of it is in the title.
func short(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return string(runes[:n-1]) + "…"
}
