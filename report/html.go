package report

import (
	_ "embed"
	"fmt"
	"html"
	"io"
	"strings"

	"calibrate/internal/clean"
)

//go:embed page.css
var pageStyle string

// HTML writes the document as one page that needs nothing beside it: no script, no
// font, no picture and no request to anywhere, which its policy forbids besides.
func (d Document) HTML(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>%s</title>
<style>
%s</style>
</head>
<body>
<header>
<h1>%s</h1>
<p class="subtitle">%s</p>
</header>
<main>
`, esc(d.Title), pageStyle, esc(d.Title), esc(d.Subtitle))
	for _, block := range d.Blocks {
		b.WriteString(htmlBlock(block))
	}
	b.WriteString("</main>\n</body>\n</html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// esc writes a text into the page as nothing but text.
func esc(text string) string { return html.EscapeString(clean.Line(text)) }

// escLines keeps the line breaks of a text.
func escLines(text string) string {
	return strings.ReplaceAll(html.EscapeString(clean.Text(text)), "\n", "<br>\n")
}

func htmlBlock(block Block) string {
	switch block := block.(type) {
	case Heading:
		level := min(block.Level, 6)
		return fmt.Sprintf("<h%d>%s</h%d>\n", level, esc(block.Text), level)
	case Text:
		if block.Note {
			return fmt.Sprintf("<p class=\"note\">%s</p>\n", escLines(block.Text))
		}
		return fmt.Sprintf("<p>%s</p>\n", escLines(block.Text))
	case List:
		var b strings.Builder
		for _, item := range block.Items {
			fmt.Fprintf(&b, "<li>%s</li>\n", escLines(item))
		}
		return "<ul>\n" + b.String() + "</ul>\n"
	case Table:
		return htmlTable(block)
	case Bars:
		return fmt.Sprintf("<figure>\n<figcaption>%s</figcaption>\n%s\n</figure>\n", esc(block.Caption), barsSVG(block))
	case Rulers:
		return fmt.Sprintf("<figure>\n<figcaption>%s <span class=\"legend\">%s draft · %s panel · %s final</span></figcaption>\n%s\n</figure>\n",
			esc(block.Caption), Draft.Sign(), Panel.Sign(), Final.Sign(), rulersSVG(block))
	case Break:
		return "<div class=\"break\"></div>\n"
	}
	return ""
}

func htmlTable(t Table) string {
	var b strings.Builder
	row := func(tag string, cells []string) {
		b.WriteString("<tr>")
		for i, c := range cells {
			class := ""
			if i < len(t.Number) && t.Number[i] {
				class = ` class="number"`
			}
			fmt.Fprintf(&b, "<%s%s>%s</%s>", tag, class, escLines(c), tag)
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("<div class=\"scroll\"><table>\n<thead>\n")
	row("th", t.Head)
	b.WriteString("</thead>\n<tbody>\n")
	for _, cells := range t.Rows {
		row("td", cells)
	}
	b.WriteString("</tbody>\n</table></div>\n")
	return b.String()
}
