package report

import (
	"fmt"
	"io"
	"strings"

	"calibrate/internal/clean"
	"calibrate/internal/lazyregexp"
)

// Markdown writes the document as CommonMark with tables. Charts become tables.
func (d Document) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", md(d.Title))
	if subtitle := marked("*", d.Subtitle); subtitle != "" {
		b.WriteString("\n" + subtitle + "\n")
	}
	for _, block := range d.Blocks {
		b.WriteByte('\n')
		switch block := block.(type) {
		case Heading:
			fmt.Fprintf(&b, "%s %s\n", strings.Repeat("#", min(block.Level, 6)), md(block.Text))
		case Text:
			b.WriteString(mdText(block) + "\n")
		case List:
			for _, item := range block.Items {
				fmt.Fprintf(&b, "- %s\n", md(item))
			}
		case Break:
			b.WriteString("---\n")
		default:
			caption, t := asTable(block)
			if caption = marked("**", caption); caption != "" {
				b.WriteString(caption + "\n\n")
			}
			mdTable(&b, t)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// mdSpecial are the characters that Markdown, or HTML inside it, would obey.
var mdSpecial = lazyregexp.New("[\\\\`*_{}\\[\\]<>#|~&!]")

// mdStart is what begins a list or a rule at the start of a line.
var mdStart = lazyregexp.New(`^(\s*)([-+=]|\d+[.)])`)

// mdAddress is where some readers see the address of a page and make a link of it, with
// whatever follows.
var mdAddress = lazyregexp.New(`(?i)://|www\.`)

// marked writes a text between signs of emphasis; nothing is not emphasised.
func marked(sign, text string) string {
	if text = md(text); text == "" {
		return ""
	}
	return sign + text + sign
}

// md writes a text as one line that means nothing but itself. Spaces around it would
// make code of it. A mark that stood on one is given something else to stand on.
func md(text string) string {
	text = clean.Line(strings.TrimSpace(clean.Line(text)))
	text = mdSpecial().ReplaceAllStringFunc(text, func(c string) string {
		switch c {
		case "<":
			return "&lt;"
		case ">":
			return "&gt;"
		case "&":
			return "&amp;"
		}
		return `\` + c
	})
	text = mdAddress().ReplaceAllStringFunc(text, func(address string) string {
		if address[0] == ':' {
			return `\:` + address[1:]
		}
		return address[:3] + `\.`
	})
	return mdStart().ReplaceAllStringFunc(text, func(start string) string {
		return start[:len(start)-1] + `\` + start[len(start)-1:]
	})
}

func mdText(t Text) string {
	lines := strings.Split(clean.Text(t.Text), "\n")
	for i, l := range lines {
		if lines[i] = md(l); t.Note {
			lines[i] = marked("*", l)
		}
	}
	return strings.Join(lines, "  \n")
}

func mdTable(b *strings.Builder, t Table) {
	row := func(cells []string) {
		b.WriteByte('|')
		for _, c := range cells {
			b.WriteString(" " + md(c) + " |")
		}
		b.WriteByte('\n')
	}
	row(t.Head)
	b.WriteByte('|')
	for i := range t.Head {
		if i < len(t.Number) && t.Number[i] {
			b.WriteString(" ---: |")
		} else {
			b.WriteString(" --- |")
		}
	}
	b.WriteByte('\n')
	for _, cells := range t.Rows {
		row(cells)
	}
}

// words writes the dots of a row from the lowest position up: "2-high ○ Ada, 3-mid ◇◇".
func (r Rulers) words(row Ruler) string {
	var parts []string
	for i, key := range r.Positions {
		signs, who := "", []string{}
		for _, dot := range row.Dots {
			if dot.Ordinal == i+1 {
				signs += dot.Mark.Sign()
				if dot.Who != "" {
					who = append(who, dot.Who)
				}
			}
		}
		if signs != "" {
			part := key + " " + signs
			if len(who) > 0 {
				part += " " + strings.Join(who, ", ")
			}
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "; ")
}
