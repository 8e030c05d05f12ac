package main

import (
	"fmt"
	"html"
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
	background = "#0d1117"
	fonts      = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"
)

// draw has freeze make an SVG of a screen and puts it on the grid of cells: whatever
// font it is read in, columns stay columns.
func draw(work, freeze string, p picture, shown []byte) ([]byte, error) {
	in, out := filepath.Join(work, "screen.ansi"), filepath.Join(work, "screen.svg")
	if err := os.WriteFile(in, []byte(plainer(strings.TrimRight(string(shown), "\n"))), 0o600); err != nil {
		return nil, err
	}
	err := command(work, freeze, in, "--language", "ansi", "--output", out, "--background", background,
		"--padding", strconv.Itoa(padding), "--font.size", strconv.Itoa(fontSize), "--border.radius", "8")
	if err != nil {
		return nil, err
	}
	svg, err := os.ReadFile(out)
	if err != nil {
		return nil, err
	}
	return []byte(onGrid(string(svg), p)), nil
}

var sgr = regexp.MustCompile(`\x1b\[([0-9;]*)m`)

// plainer rewrites what tmux captured for freeze, which does not know that colours end
// without everything ending, and draws nothing bold. Each change of looks says all of
// them, and italic, which the program does not use, stands for bold.
func plainer(shown string) string {
	var out strings.Builder
	var bold, underlined bool
	var colour string
	rest := shown
	for {
		at := sgr.FindStringSubmatchIndex(rest)
		if at == nil {
			return out.String() + rest
		}
		out.WriteString(rest[:at[0]])
		codes := strings.Split(rest[at[2]:at[3]], ";")
		rest = rest[at[1]:]
		for i := 0; i < len(codes); i++ {
			switch codes[i] {
			case "", "0":
				bold, underlined, colour = false, false, ""
			case "1":
				bold = true
			case "4":
				underlined = true
			case "39":
				colour = ""
			case "38":
				n := map[string]int{"2": 5, "5": 3}[codes[i+1]]
				colour = ";" + strings.Join(codes[i:i+n], ";")
				i += n - 1
			}
		}
		looks := "0"
		if bold {
			looks += ";3"
		}
		if underlined {
			looks += ";4"
		}
		out.WriteString("\x1b[" + looks + colour + "m")
	}
}

var (
	fontFace = regexp.MustCompile(`(?s)<style>.*?</style>`)
	size     = regexp.MustCompile(`<svg width="([0-9.]+)" height="([0-9.]+)"`)
	blank    = regexp.MustCompile(`<text [^>]*/>`)
	row      = regexp.MustCompile(`(?s)(<text [^>]*>)(.*?)</text>`)
	span     = regexp.MustCompile(`<tspan xml:space="preserve"([^>]*?)(?:/>|>([^<]*)</tspan>)`)
	shift    = regexp.MustCompile(` dx="[^"]*"`)
)

// onGrid leaves the embedded font out, names fonts that machines have, and gives each
// run of characters its place and width.
func onGrid(svg string, p picture) string {
	svg = fontFace.ReplaceAllString(svg, "")
	was := size.FindStringSubmatch(svg)
	svg = strings.ReplaceAll(svg, `width="`+was[1]+`"`, fmt.Sprintf(`width="%.2f"`, 2*padding+float64(p.cols)*cellWidth))
	svg = strings.ReplaceAll(svg, `height="`+was[2]+`"`, fmt.Sprintf(`height="%.2f"`, 2*padding+float64(p.rows)*cellHeight))
	svg = strings.Replace(svg, `font-family="JetBrains Mono"`, `font-family="`+fonts+`"`, 1)
	svg = strings.ReplaceAll(svg, ` clip-path="url(#terminalMask)"`, "")
	svg = blank.ReplaceAllString(svg, "")
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
