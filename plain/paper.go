package plain

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"calibrate/internal/alias"
	"calibrate/internal/clean"
)

// lineWidth is how many cells a printed line has at most. What is repeated of the
// input is as long as it was typed.
const lineWidth = 78

// paper is what the dialogue is printed on. All text passes through it, and what
// came from outside is cleaned here. It is printed at each prompt, in one piece: a
// screen reader that is handed crumbs begins its sentence anew at each.
type paper struct {
	w     *bufio.Writer
	names alias.Names // that people go by in what is printed
}

func newPaper(w io.Writer) *paper { return &paper{w: bufio.NewWriterSize(w, 16<<10)} }

// say prints a sentence. Whatever the arguments hold, it stays one paragraph.
func (p *paper) say(format string, args ...any) {
	p.item("", clean.Line(fmt.Sprintf(format, args...)))
}

// item prints a text behind a lead, "1. " or some spaces. Its further lines are
// indented as far. Line breaks in the text stay.
func (p *paper) item(lead, text string) {
	indent := strings.Repeat(" ", ansi.StringWidth(lead))
	for _, l := range wrap(clean.Text(p.names.InText(text)), lineWidth-len(indent)) {
		fmt.Fprintln(p.w, strings.TrimRight(lead+l, " "))
		lead = indent
	}
}

// block prints a text of several lines under a heading.
func (p *paper) block(indent, heading, text string) {
	p.item(indent, heading)
	p.item(indent+"  ", text)
}

// brief prints as much of a text behind a lead as one line holds.
func (p *paper) brief(lead, text string) {
	fmt.Fprintln(p.w, ansi.Truncate(clean.Line(lead+p.names.InText(text)), lineWidth, "…"))
}

// blank prints an empty line, which sets apart what follows.
func (p *paper) blank() { fmt.Fprintln(p.w) }

// sentence prints an error as people write sentences.
func (p *paper) sentence(err error) {
	text := strings.ReplaceAll(err.Error(), "\n", "; ")
	first, size := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[size:]
	if !strings.HasSuffix(text, "?") && !strings.HasSuffix(text, ".") {
		text += "."
	}
	p.say("%s", text)
}

// prompt prints everything so far and the sign that it is the reader's turn.
func (p *paper) prompt() error {
	fmt.Fprint(p.w, "> ")
	return p.w.Flush()
}

// echo prints what was read behind the prompt.
func (p *paper) echo(line string) { fmt.Fprintln(p.w, clean.Line(line)) }

func (p *paper) flush() error { return p.w.Flush() }

// wrap breaks a clean text at its spaces, and at no hyphen: "3-mid" is one word,
// and is typed as one. A word wider than a line is broken where it must.
func wrap(text string, width int) []string {
	var lines []string
	for _, l := range strings.Split(text, "\n") {
		lines = append(lines, wrapLine(l, width)...)
	}
	return lines
}

// wrapLine wraps one line. Where it is indented, all lines made of it are.
func wrapLine(text string, width int) []string {
	words := strings.TrimLeft(text, " ")
	lead := text[:min(len(text)-len(words), width/2)]
	width -= len(lead)
	var lines []string
	line, used := "", 0
	for _, word := range strings.Split(words, " ") {
		n := ansi.StringWidth(word)
		switch {
		case word == "":
			continue
		case line == "":
			line, used = word, n
		case used+1+n <= width:
			line, used = line+" "+word, used+1+n
		default:
			lines = append(lines, lead+line)
			line, used = word, n
		}
		if used > width {
			parts := strings.Split(ansi.Hardwrap(line, width, true), "\n")
			for _, part := range parts[:len(parts)-1] {
				lines = append(lines, lead+part)
			}
			line = parts[len(parts)-1]
			used = ansi.StringWidth(line)
		}
	}
	return append(lines, lead+line)
}
