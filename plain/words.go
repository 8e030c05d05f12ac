package plain

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"calibrate/internal/clean"
	"calibrate/rubric"
)

// command declares what can be typed as data: the names it answers to, what follows
// them, and what it does. Lines are obeyed by the same values that help is printed
// from, so help cannot tell of a command that does not work.
type command struct {
	names []string // the first is the word, the others are short for it
	args  string   // what follows; empty: nothing may
	does  string
	run   func(d *dialogue, args string) error
}

// room is where one is: what can be typed there.
type room struct {
	name     string
	commands []command
	other    *command // takes the lines that begin with no command; its args say which
	hint     string   // what is possible, for whoever typed nothing
	mistake  string   // what a line is that means nothing here; empty: just that

	enter  func(d *dialogue, args string) error // takes the empty line; nil: it means nothing here
	enters string                               // what it does then
}

// everywhere can be typed in every room.
func everywhere() []command {
	return []command{
		{[]string{"more"}, "", "go on with a list that was not read to its end", (*dialogue).readOn},
		{[]string{"aliases", "names"}, "", "call people by aliases in all that is read, or by their names again", (*dialogue).turnNames},
		{[]string{"cover"}, "", "push what was printed out of sight, until Enter", (*dialogue).cover},
		{[]string{"help", "?"}, "[COMMAND]", "this list; “help words” explains the words", (*dialogue).help},
		{[]string{"quit", "q", "exit"}, "", "leave; nothing typed is lost", (*dialogue).quit},
	}
}

// all is what can be typed in the room. Its own command goes before one of the same
// name that can be typed everywhere.
func (r room) all() []command {
	all := slices.Clone(r.commands)
	for _, c := range everywhere() {
		if !slices.ContainsFunc(r.commands, func(own command) bool { return own.names[0] == c.names[0] }) {
			all = append(all, c)
		}
	}
	return all
}

// hint tells what is possible here: in full once for each room, and later as short as
// the caller has it. Who listens has to sit through every word.
func (d *dialogue) hint(later string) {
	switch {
	case !d.hinted[d.room.name]:
		d.hinted[d.room.name] = true
		d.out.say("%s.", d.room.hint)
	case later != "":
		d.out.say("%s.", later)
	}
}

// obey does what a line says.
func (d *dialogue) obey(line string) error {
	line = strings.TrimSpace(line)
	if line == "" && d.room.enter != nil {
		return d.room.enter(d, "")
	}
	if line == "" {
		return fmt.Errorf("nothing was typed. %s", d.room.hint)
	}
	name, args := splitCommand(line)
	if c, ok := d.room.find(name); ok {
		if args != "" && c.args == "" {
			return fmt.Errorf("“%s” takes nothing after it, so nothing was done", name)
		}
		if c.names[0] != "quit" {
			d.quitting = false
		}
		return c.run(d, args)
	}
	if d.room.other != nil {
		return d.room.other.run(d, line)
	}
	return d.unknown(line)
}

// splitCommand takes the first word of a line off. “/” needs no space after it.
func splitCommand(line string) (name, args string) {
	if rest, ok := strings.CutPrefix(line, "/"); ok {
		return "/", strings.TrimSpace(rest)
	}
	name, args, _ = strings.Cut(strings.ReplaceAll(line, "\t", " "), " ")
	return strings.ToLower(name), strings.TrimSpace(args)
}

func (r room) find(name string) (command, bool) {
	for _, c := range r.all() {
		if slices.Contains(c.names, name) {
			return c, true
		}
	}
	return command{}, false
}

// unknown says of a line that it means nothing here, and what may have been meant.
func (d *dialogue) unknown(line string) error {
	if strings.ContainsRune(line, '\x1b') {
		return errors.New("arrows and other special keys mean nothing here; type a word and press Enter. “help” lists the words")
	}
	name, _ := splitCommand(line)
	var names []string
	for _, c := range d.room.all() {
		names = append(names, c.names[0])
	}
	ask := ""
	if near := rubric.Nearest(name, names); len(near) > 0 {
		ask = " Did you mean “" + strings.Join(near, "” or “") + "”?"
	}
	mistake := d.room.mistake
	if mistake == "" {
		mistake = "means nothing here"
	}
	return fmt.Errorf("“%s” %s.%s “help” lists what you can type", clean.Line(line), mistake, ask)
}

// help lists the commands of the room, or explains one of them, or the words.
func (d *dialogue) help(what string) error {
	if strings.EqualFold(what, "words") {
		for _, t := range terms() {
			d.out.item("", t[0]+": "+t[1]+".")
		}
		return nil
	}
	if what != "" {
		name, _ := splitCommand(what)
		c, ok := d.room.find(name)
		if !ok {
			return d.unknown(what)
		}
		d.out.item("", c.help())
		return nil
	}
	d.out.say("%s. You can type:", d.room.name)
	if d.room.enter != nil {
		d.out.item("", "Enter alone: "+d.room.enters+".")
	}
	if d.room.other != nil {
		d.out.item("", d.room.other.help())
	}
	for _, c := range d.room.all() {
		d.out.item("", c.help())
	}
	return nil
}

// help is the command's entry in the list: "next, n: the next band".
func (c command) help() string {
	how := strings.TrimSpace(strings.Join(c.names, ", ") + " " + c.args)
	return how + ": " + c.does + "."
}

// terms are the words that a reader meets, as the product uses them.
func terms() [][2]string {
	return [][2]string{
		{"position", "one level and band, a rung of the scale, written 3-mid"},
		{"dimension", "what is rated on its own"},
		{"statement", "one line of the rubric, in one of four sections"},
		{"dampener", "a statement that says how to read the rest with care"},
		{"mark", "what you say of a statement: seen, or looked for and not seen"},
		{"verdict", "what you say of a band: the person is above it, below it, or it fits"},
		{"evidence", "the statements you marked, with your notes"},
		{"rationale", "the reason for a placement, in your words"},
		{"session", "one calibration event: people on an agenda, who vote on them, what is decided"},
		{"panel", "those who vote in a session, each blind"},
		{"blind", "of a person whom not all have placed yet: nobody's placement is shown"},
		{"draft, panel, final", "a proposal, a blind vote in a session, what the session decided"},
	}
}

// readOn goes on with a list.
func (d *dialogue) readOn(string) error {
	if d.more == nil {
		return errors.New("there is nothing more to read")
	}
	d.more()
	return nil
}

// atOnce is how many entries of a list are read before it stops.
const atOnce = 20

// list prints n entries, some at once; “more” goes on.
func (d *dialogue) list(n int, entry func(i int)) { d.listFrom(n, atOnce, entry) }

// listFrom prints the first of n entries, so many; “more” goes on, some at once.
func (d *dialogue) listFrom(n, first int, entry func(i int)) {
	from := 0
	d.more = func() {
		to := min(from+first, n)
		first = atOnce
		for ; from < to; from++ {
			entry(from)
		}
		if from == n {
			d.more = nil
			return
		}
		d.out.say("%d more: “more” reads on.", n-from)
	}
	d.more()
}
