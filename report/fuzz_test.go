package report_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	page "golang.org/x/net/html"

	"calibrate/internal/clean"
	"calibrate/internal/hostiletext"
	"calibrate/report"
)

// markdown reads Markdown as widely as any reader does: with tables, struck-out text and
// HTML.
var markdown = goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))

// Whatever a text is, in whatever place of a report, it is read as that text, in HTML, in
// Markdown and in tables: nothing of it is markup, a formula or a command.
func FuzzReport(f *testing.F) {
	for _, h := range hostiletext.All() {
		f.Add(h.Text)
	}
	for _, text := range []string{
		"1. a", "- a", "+ a", "> a", "    code", "a\n===", "a\n---", "```\na", "~~~", "<!-- a", "<a\nb>", "[a]: b", "[^1]", "a  \nb", "a\\", "\\", "&amp;", "&#27;[2J", "a@example.org", "https://example.org", "www.example.org", "|a|b|\n|-|-|",
		"***", "_a_", "a_b_c", ":-:", "- [ ] a", "1)", "$a$", "a\t- b", "\u00a0- a", "é*b*é", "]]>", "=", "'",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc := everywhere(text)
		html := string(written(t, doc.HTML))
		if wrong := hostiletext.InPage(html); wrong != "" {
			t.Error(wrong)
		}
		want := squeezed(clean.Text(text))
		holds(t, "HTML", seen(html), want, 9)

		source := written(t, doc.Markdown)
		if wrong := hostiletext.OnTerminal(string(source)); wrong != "" {
			t.Error(wrong)
		}
		var rendered bytes.Buffer
		if err := markdown.Convert(source, &rendered); err != nil {
			t.Fatal(err)
		}
		tags(t, rendered.String())
		holds(t, "Markdown", seen(rendered.String()), squeezed(clean.Line(text)), 5)

		if wrong := hostiletext.OnTerminal(string(written(t, doc.Text))); wrong != "" {
			t.Error(wrong)
		}
		in := csv.NewReader(bytes.NewReader(written(t, doc.CSV)))
		in.FieldsPerRecord = -1
		records, err := in.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range records {
			for _, cell := range record {
				if wrong := hostiletext.InCell(cell); wrong != "" {
					t.Error(wrong)
				}
			}
		}
	})
}

// everywhere is a document with the text in every place that there is.
func everywhere(text string) report.Document {
	return report.Document{Title: text, Subtitle: text, Blocks: []report.Block{
		report.Heading{Level: 2, Text: text}, report.Text{Text: text}, report.Text{Text: text, Note: true}, report.List{Items: []string{text, "b", text}},
		report.Table{Head: []string{text, "b"}, Rows: [][]string{{text, text}, {"a", text}}, Number: []bool{false, true}},
		report.Break{}, report.Bars{Caption: text, Bars: []report.Bar{{Label: text, Count: 1, Percent: 50, Mark: -1}}},
		report.Rulers{Caption: text, Positions: []string{text, "2"}, Bands: []string{text, ""}, Levels: []int{1, 2},
			Rows: []report.Ruler{{Label: text, Note: text, Dots: []report.Dot{{Ordinal: 1, Mark: report.Panel, Who: text}}}}},
	}}
}

// seen is what a reader sees of a page, without spaces.
func seen(source string) string {
	var b strings.Builder
	for z := page.NewTokenizer(strings.NewReader(source)); ; {
		switch z.Next() {
		case page.ErrorToken:
			return squeezed(b.String())
		case page.TextToken:
			b.WriteString(string(z.Text()))
		}
	}
}

// squeezed is a text without the white space and the line breaks that layout moves, and
// without what a mark stands on where a line begins.
func squeezed(text string) string {
	return strings.NewReplacer("␊", "", "◌", "", "\u00a0", "", "\u3000", "").Replace(strings.Join(strings.Fields(text), ""))
}

func holds(t *testing.T, what, all, want string, times int) {
	t.Helper()
	if want == "" {
		return
	}
	if n := strings.Count(all, want); n < times {
		t.Errorf("%s: %q is there %d times, not %d: %.400q", what, want, n, times, all)
	}
}

// tags fails if Markdown became anything that a report does not use. A link can only be
// an address that is written out, which some readers make one: the text of any other
// would be missed.
func tags(t *testing.T, source string) {
	t.Helper()
	const used = " a h1 h2 h3 p em strong ul li table thead tbody tr th td hr br "
	for z := page.NewTokenizer(strings.NewReader(source)); ; {
		switch kind := z.Next(); kind {
		case page.ErrorToken:
			return
		case page.StartTagToken, page.SelfClosingTagToken, page.CommentToken:
			if token := z.Token(); kind == page.CommentToken || !strings.Contains(used, " "+token.Data+" ") {
				t.Errorf("Markdown became %.80q in %.300q", token, source)
			}
		}
	}
}
