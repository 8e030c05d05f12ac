//go:build linux

package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// curve is one line of a plot.
type curve struct {
	name string
	x, y []float64
}

// panel is one plot on two logarithmic scales.
type panel struct {
	title  string
	unit   func(float64) string // writes a power of ten on the vertical axis
	curves []curve
}

// The measures of a panel, in the picture's units.
const (
	panelWidth, panelHeight = 460, 360
	left, right             = 64, 96
	top, bottom             = 36, 40
)

// The colours are told apart with any kind of sight, and each curve is named at its end.
var colours = []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#7f6000", "#56b4e9", "#444444", "#b00020"}

// drawSVG draws panels side by side.
func drawSVG(panels ...panel) string {
	var b strings.Builder
	w := panelWidth * len(panels)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11" fill="#222">`+"\n", w, panelHeight)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", w, panelHeight)
	for i, p := range panels {
		fmt.Fprintf(&b, `<g transform="translate(%d,0)">`+"\n", i*panelWidth)
		p.draw(&b)
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// decades are the powers of ten around the values.
func decades(values []float64) (low, high int) {
	least, most := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		least, most = min(least, v), max(most, v)
	}
	low, high = int(math.Floor(math.Log10(least))), int(math.Ceil(math.Log10(most)))
	return low, max(high, low+1)
}

func (p panel) draw(b *strings.Builder) {
	var xs, ys []float64
	for _, c := range p.curves {
		xs, ys = append(xs, c.x...), append(ys, c.y...)
	}
	xlow, xhigh := decades(xs)
	ylow, yhigh := decades(ys)
	x := func(v float64) float64 {
		return left + (math.Log10(v)-float64(xlow))/float64(xhigh-xlow)*(panelWidth-left-right)
	}
	y := func(v float64) float64 {
		return panelHeight - bottom - (math.Log10(v)-float64(ylow))/float64(yhigh-ylow)*(panelHeight-top-bottom)
	}
	fmt.Fprintf(b, `<text x="%d" y="20" font-size="13">%s</text>`+"\n", left, html.EscapeString(p.title))
	for d := ylow; d <= yhigh; d++ {
		at := y(math.Pow10(d))
		fmt.Fprintf(b, `<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n",
			left, at, panelWidth-right, left-6, at+4, html.EscapeString(p.unit(math.Pow10(d))))
	}
	for d := xlow; d <= xhigh; d++ {
		at := x(math.Pow10(d))
		fmt.Fprintf(b, `<path d="M%.1f %dV%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">10<tspan dy="-4" font-size="8">%d</tspan></text>`+"\n",
			at, top, panelHeight-bottom, at, panelHeight-bottom+16, d)
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">decisions in the file</text>`+"\n", (left+panelWidth-right)/2, panelHeight-6)
	names := p.spreadNames(y)
	for i, c := range p.curves {
		colour := colours[i%len(colours)]
		var path strings.Builder
		for j := range c.x {
			fmt.Fprintf(&path, "%c%.1f %.1f", "ML"[min(j, 1)], x(c.x[j]), y(c.y[j]))
			fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="2.5" fill="%s"/>`, x(c.x[j]), y(c.y[j]), colour)
		}
		fmt.Fprintf(b, `<path d="%s" fill="none" stroke="%s" stroke-width="1.5"/>`, path.String(), colour)
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" fill="%s">%s</text>`+"\n", x(c.x[len(c.x)-1])+6, names[i]+4, colour, html.EscapeString(c.name))
	}
}

// spreadNames are the heights of the curves' names: beside their ends, and no two on top
// of each other.
func (p panel) spreadNames(y func(float64) float64) []float64 {
	const apart = 12
	at := make([]float64, len(p.curves))
	order := make([]int, 0, len(p.curves))
	for i, c := range p.curves {
		at[i] = y(c.y[len(c.y)-1])
		j := 0
		for j < len(order) && at[order[j]] <= at[i] {
			j++
		}
		order = append(order[:j], append([]int{i}, order[j:]...)...)
	}
	for k := 1; k < len(order); k++ {
		at[order[k]] = max(at[order[k]], at[order[k-1]]+apart)
	}
	// Those that were pushed below the axis push back.
	limit := float64(panelHeight - bottom)
	for k := len(order) - 1; k >= 0; k-- {
		at[order[k]] = min(at[order[k]], limit)
		limit = at[order[k]] - apart
	}
	return at
}
