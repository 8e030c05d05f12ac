//go:build linux

package main

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"text/template"
	"time"
)

//go:embed performance.md.tmpl
var layout string

// measuredRow is a row with what came of it.
type measuredRow struct {
	row
	result
}

// Verdict is the last column.
func (m measuredRow) Verdict() string {
	if m.holds() {
		return "ok"
	}
	return "**missed**"
}

func (m measuredRow) What() string     { return m.what }
func (m measuredRow) Baseline() string { return m.baseline }
func (m measuredRow) Target() string   { return m.target }
func (m measuredRow) Figures() string  { return m.figures() }
func (m measuredRow) Note() string     { return m.note }

// document is what the page is made of.
type document struct {
	Rows        []measuredRow
	Grown       []grown
	Sizes       []int
	Allocations []allocation
	Machine     string
	Short       bool
}

// machine says what kind of machine it is, and nothing that tells it from others.
func machine() string {
	return fmt.Sprintf("%d processors, %s/%s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
}

// write writes the page and, beside it, the picture of the growth.
func (d document) write(path string) error {
	page, err := template.New("page").Funcs(template.FuncMap{"cell": cell, "tens": tens}).Parse(layout)
	if err != nil {
		return err
	}
	var b strings.Builder
	if err := page.Execute(&b, d); err != nil {
		return err
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(filepath.Dir(path), "growth.svg"), []byte(d.picture()), 0o644)
}

// cell writes a text so that it stays in its cell.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

// tens writes a power of ten.
func tens(n int) string {
	digits := map[rune]rune{'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹'}
	power := 0
	for ; n >= 10; n /= 10 {
		power++
	}
	return "10" + strings.Map(func(r rune) rune { return digits[r] }, fmt.Sprint(power))
}

func (g grown) Name() string { return g.name }
func (g grown) What() string { return g.what }

// Cells are time and memory at each size.
func (g grown) Cells() (cells []string) {
	for _, p := range g.points {
		cells = append(cells, showTime(p.took)+", "+showBytes(p.peak))
	}
	return cells
}

// Exponents of time and memory, as a cell.
func (g grown) Exponents() string {
	took, peak := g.exponents()
	return fmt.Sprintf("%.2f, %.2f", took, peak)
}

// Last is the exponents of the last step, which what is the same for every file hides
// least.
func (g grown) Last() string { return g.lastStep().Exponents() }

func (g grown) lastStep() grown {
	g.points = g.points[max(0, len(g.points)-2):]
	return g
}

// steep is where growth is more than linear, and not by what the machine does meanwhile.
const steep = 1.1

// reason is why targets are out of reach.
type reason struct{ What, Why string }

// Missed says of rows that were missed why they are out of reach, where that is known.
func (d document) Missed() (reasons []reason) {
	for _, m := range d.Rows {
		why := whyMissed(m.name)
		switch last := len(reasons) - 1; {
		case m.holds() || why == "":
		case last >= 0 && reasons[last].Why == why:
			reasons[last].What += "; " + m.what
		default:
			reasons = append(reasons, reason{m.what, why})
		}
	}
	return reasons
}

// WhySteep says of what is steep why, where that is known.
func (d document) WhySteep() (reasons []reason) {
	for _, name := range d.Steep() {
		if why := whySteep(name); why != "" {
			reasons = append(reasons, reason{name, why})
		}
	}
	return reasons
}

// Steep lists what grows faster than its file.
func (d document) Steep() (names []string) {
	for _, g := range d.Grown {
		if took, peak := g.lastStep().exponents(); took > steep || peak > steep {
			names = append(names, g.name)
		}
	}
	return names
}

func (d document) picture() string {
	times := panel{title: "Time", unit: func(v float64) string { return showTime(time.Duration(v * float64(time.Second))) }}
	memory := panel{title: "Peak memory", unit: func(v float64) string { return fmt.Sprintf("%.0f MB", v/1e6) }}
	for _, g := range d.Grown {
		t, m := curve{name: g.name}, curve{name: g.name}
		for _, p := range g.points {
			t.x, t.y = append(t.x, float64(p.decisions)), append(t.y, p.took.Seconds())
			m.x, m.y = append(m.x, float64(p.decisions)), append(m.y, float64(p.peak))
		}
		times.curves, memory.curves = append(times.curves, t), append(memory.curves, m)
	}
	return drawSVG(times, memory)
}
