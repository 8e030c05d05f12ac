package report

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"calibrate/internal/clean"
)

// Markdown writes the document as CommonMark with tables. Charts become tables.
func (d Document) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", md(d.Title))
	if d.Subtitle != "" {
		fmt.Fprintf(&b, "\n*%s*\n", md(d.Subtitle))
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
			if caption != "" {
				fmt.Fprintf(&b, "**%s**\n\n", md(caption))
			}
			mdTable(&b, t)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// mdSpecial are the characters that Markdown, or HTML inside it, would obey.
var mdSpecial = regexp.MustCompile("[\\\\`*_{}\\[\\]<>#|~&!]")

// mdStart is what begins a list or a rule at the start of a line.
var mdStart = regexp.MustCompile(`^(\s*)([-+=]|\d+[.)])`)

// md writes a text as one line that means nothing but itself.
func md(text string) string {
	text = mdSpecial.ReplaceAllStringFunc(clean.Line(text), func(c string) string {
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
	return mdStart.ReplaceAllStringFunc(text, func(start string) string {
		return start[:len(start)-1] + `\` + start[len(start)-1:]
	})
}

func mdText(t Text) string {
	lines := strings.Split(clean.Text(t.Text), "\n")
	for i, l := range lines {
		lines[i] = md(l)
		if t.Note && l != "" {
			lines[i] = "*" + lines[i] + "*"
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
