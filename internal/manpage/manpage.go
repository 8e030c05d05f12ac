// Package manpage writes the help of a command as a man page: the words that “--help”
// prints, in the format that man(1) reads. It knows nothing of any one command; what the
// pages say is written beside the commands.
package manpage

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Page is what a page says beside the help of its command.
type Page struct {
	Version string // of the program, with its name, as “calibrate v1.2.3”
	Manual  string // that the page belongs to
	Date    time.Time

	// More follow the description. In their texts, as in a command's help, a line that
	// stands back, by two spaces or a tab, belongs to a table and stays a line.
	More []Section
}

// Section is a part of a page with a heading.
type Section struct{ Title, Text string }

// Name is the name of a command's page: calibrate-session-new.
func Name(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// Write writes the page of a command in section 1. The error is that of the writer.
func (p Page) Write(w io.Writer, cmd *cobra.Command) error {
	out := page{bufio.NewWriter(w)}
	out.request("TH", strings.ToUpper(Name(cmd)), "1", p.Date.Format(time.DateOnly), p.Version, p.Manual)
	out.request("nh") // or names of options would be parted
	out.section("NAME")
	out.text(Name(cmd) + " - " + cmd.Short)
	out.section("SYNOPSIS")
	out.line(`\fB` + escape(cmd.CommandPath()) + `\fP` + escape(strings.TrimPrefix(cmd.UseLine(), cmd.CommandPath())))
	out.section("DESCRIPTION")
	out.text(cmp.Or(cmd.Long, cmd.Short))
	for _, more := range p.More {
		out.section(strings.ToUpper(more.Title))
		out.text(more.Text)
	}
	out.options("OPTIONS", cmd.NonInheritedFlags())
	out.options("OPTIONS OF EVERY COMMAND", cmd.InheritedFlags())
	if cmd.Example != "" {
		out.section("EXAMPLES")
		out.table(strings.Split(cmd.Example, "\n"))
	}
	out.seeAlso(cmd)
	return out.Flush()
}

// page writes roff, the language of man pages.
type page struct{ *bufio.Writer }

func (p page) line(roff string) { fmt.Fprintln(p, roff) }

func (p page) request(name string, args ...string) {
	line := "." + name
	for _, arg := range args {
		line += ` "` + strings.NewReplacer(`\`, `\e`, `"`, `\(dq`).Replace(arg) + `"`
	}
	p.line(line)
}

func (p page) section(title string) { p.request("SH", title) }

// text writes paragraphs and tables.
func (p page) text(text string) {
	first := true
	for _, block := range blocks(text) {
		if !first {
			p.request("PP")
		}
		first = false
		if standsBack(block[0]) {
			p.table(block)
			continue
		}
		for _, line := range block {
			p.line(escape(line))
		}
	}
}

// blocks parts a text where a line is blank and where a table begins or ends. The parts of
// one table stay together.
func blocks(text string) (all [][]string) {
	open, blank := false, false
	for _, line := range strings.Split(text, "\n") {
		if line == "" {
			blank = true
			continue
		}
		last := len(all) - 1
		back := standsBack(line)
		switch goesOn := open && back == standsBack(all[last][0]); {
		case goesOn && blank && back:
			all[last] = append(all[last], "", line)
		case goesOn && !blank:
			all[last] = append(all[last], line)
		default:
			all = append(all, []string{line})
		}
		open, blank = true, false
	}
	return all
}

func standsBack(line string) bool {
	return strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "\t")
}

// table writes lines as they are.
func (p page) table(lines []string) {
	p.request("EX")
	for _, line := range lines {
		p.line(escape(strings.ReplaceAll(line, "\t", "  ")))
	}
	p.request("EE")
}

func (p page) options(title string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	p.section(title)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		p.request("TP")
		value, usage := pflag.UnquoteUsage(f)
		names := `\fB` + escape("--"+f.Name) + `\fP`
		if f.Shorthand != "" {
			names = `\fB` + escape("-"+f.Shorthand) + `\fP, ` + names
		}
		if value != "" {
			names += ` \fI` + escape(value) + `\fP`
		}
		p.line(names)
		if value := usual(f); value != "" {
			usage += "\n(without: " + value + ")"
		}
		for i, line := range strings.Split(usage, "\n") {
			if i > 0 {
				p.request("br")
			}
			p.line(escape(line))
		}
	})
}

// usual is what an option stands at where it is not given, unless that is nothing.
func usual(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "false", "0", "[]":
		return ""
	}
	return f.DefValue
}

func (p page) seeAlso(cmd *cobra.Command) {
	var others []string
	if cmd.HasParent() {
		others = append(others, Name(cmd.Parent()))
	}
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			others = append(others, Name(c))
		}
	}
	if len(others) == 0 {
		return
	}
	p.section("SEE ALSO")
	for i, name := range others {
		comma := ","
		if i == len(others)-1 {
			comma = ""
		}
		p.line(`\fB` + escape(name) + `\fP(1)` + comma)
	}
}

// escape keeps roff from reading text as its own: a backslash, a hyphen that would become
// a typographic one, and a dot or quote that begins a line.
func escape(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}
