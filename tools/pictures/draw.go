package main

import (
	"fmt"
	"html"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// How a screen is drawn, in pixels. A cell is as wide as those of most fonts are.
const (
	fontSize   = 14
	cellWidth  = 8.4
	cellHeight = 16.8 // freeze's: 1.2 of the font
	padding    = 20
	fonts      = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"
)

// draw has freeze make an SVG of a screen and puts it on the grid of cells: whatever
// font it is read in, columns stay columns.
func draw(work, freeze string, cols, rows int, l look, shown []byte) ([]byte, error) {
	dir, err := os.MkdirTemp(work, "draw-")
	if err != nil {
		return nil, err
	}
	in, out := filepath.Join(dir, "screen.ansi"), filepath.Join(dir, "screen.svg")
	if err := os.WriteFile(in, []byte(plainer(strings.TrimRight(string(shown), "\n"), l)), 0o600); err != nil {
		return nil, err
	}
	err = command(dir, freeze, in, "--language", "ansi", "--output", out, "--background", l.background.hex(),
		"--padding", strconv.Itoa(padding), "--font.size", strconv.Itoa(fontSize), "--border.radius", "8")
	if err != nil {
		return nil, err
	}
	svg, err := os.ReadFile(out)
	if err != nil {
		return nil, err
	}
	return []byte(onGrid(string(svg), cols, rows)), nil
}

var sgr = regexp.MustCompile(`\x1b\[([0-9;]*)m`)

var (
	fontFace = regexp.MustCompile(`(?s)<style>.*?</style>`)
	size     = regexp.MustCompile(`<svg width="([0-9.]+)" height="([0-9.]+)"`)
	blank    = regexp.MustCompile(`<text [^>]*/>`)
	row      = regexp.MustCompile(`(?s)(<text [^>]*>)(.*?)</text>`)
	span     = regexp.MustCompile(`<tspan xml:space="preserve"([^>]*?)(?:/>|>([^<]*)</tspan>)`)
	shift    = regexp.MustCompile(` dx="[^"]*"`)
	ground   = regexp.MustCompile(`(<rect fill="[^"]*") x="([0-9.]+)px" y="([0-9.]+)px" height="[0-9.]+px" width="([0-9.]+)px"`)
)

// onGrid leaves the embedded font out, names fonts that machines have, and gives each
// run of characters its place and width.
func onGrid(svg string, cols, rows int) string {
	svg = fontFace.ReplaceAllString(svg, "")
	was := size.FindStringSubmatch(svg)
	svg = strings.ReplaceAll(svg, `width="`+was[1]+`"`, fmt.Sprintf(`width="%.2f"`, 2*padding+float64(cols)*cellWidth))
	svg = strings.ReplaceAll(svg, `height="`+was[2]+`"`, fmt.Sprintf(`height="%.2f"`, 2*padding+float64(rows)*cellHeight))
	svg = strings.Replace(svg, `font-family="JetBrains Mono"`, `font-family="`+fonts+`"`, 1)
	svg = strings.ReplaceAll(svg, ` clip-path="url(#terminalMask)"`, "")
	svg = blank.ReplaceAllString(svg, "")
	svg = ground.ReplaceAllStringFunc(svg, func(rect string) string {
		parts := ground.FindStringSubmatch(rect)
		return parts[1] + grounded(parts[2], parts[3], parts[4])
	})
	svg = row.ReplaceAllStringFunc(svg, func(line string) string {
		parts := row.FindStringSubmatch(line)
		var runs strings.Builder
		col := 0
		for _, s := range span.FindAllStringSubmatch(parts[2], -1) {
			looks := strings.ReplaceAll(shift.ReplaceAllString(s[1], ""), `font-style="italic"`, `font-weight="bold"`)
			for _, run := range runsOf(html.UnescapeString(s[2])) {
				runs.WriteString(placed(run, looks, col))
				col += ansi.StringWidth(run)
			}
		}
		if runs.Len() == 0 {
			return ""
		}
		return parts[1] + runs.String() + "</text>\n"
	})
	return svg
}

// grounded puts the background of a run on the grid. Freeze's cells are a little
// narrower, and it draws half of one too much.
func grounded(x, y, width string) string {
	const cell = fontSize / 1.68
	left, _ := strconv.ParseFloat(x, 64)
	top, _ := strconv.ParseFloat(y, 64)
	wide, _ := strconv.ParseFloat(width, 64)
	col, row := math.Round((left-padding)/cell), math.Round((top-padding)/cellHeight-0.2)
	return fmt.Sprintf(` x="%.2f" y="%.2f" height="%.2f" width="%.2f"`, padding+col*cellWidth, padding+row*cellHeight+cellHeight*0.2, cellHeight, math.Round(wide/cell-0.5)*cellWidth)
}

// runsOf parts a text where wide characters begin and end.
func runsOf(text string) (runs []string) {
	wide := false
	for state, rest := byte(0), text; rest != ""; {
		seq, w, n, next := ansi.DecodeSequence(rest, state, nil)
		if len(runs) == 0 || (w > 1) != wide {
			runs = append(runs, "")
		}
		wide = w > 1
		runs[len(runs)-1] += seq
		state, rest = next, rest[n:]
	}
	return runs
}

// placed is a run at a column, without the blanks around it.
func placed(run, looks string, col int) string {
	text := strings.TrimLeft(run, " ")
	col += len(run) - len(text)
	text = strings.TrimRight(text, " ")
	if text == "" {
		return ""
	}
	return fmt.Sprintf(`<tspan xml:space="preserve"%s x="%.2f" textLength="%.2f">%s</tspan>`,
		looks, padding+float64(col)*cellWidth, float64(ansi.StringWidth(text))*cellWidth, html.EscapeString(text))
}
