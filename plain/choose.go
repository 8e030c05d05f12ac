package plain

import (
	"fmt"
	"strconv"
	"strings"

	"calibrate/rubric"
)

// oneOf finds the name that a number, the name itself, or the beginning of one alone
// stands for.
func oneOf(what string, names []string, which string) (int, error) {
	if which == "" {
		return 0, fmt.Errorf("which %s? A number or a name", what)
	}
	var begin []int
	for i, name := range names {
		switch {
		case strings.EqualFold(name, which):
			return i, nil
		case len(name) >= len(which) && strings.EqualFold(name[:len(which)], which):
			begin = append(begin, i)
		}
	}
	switch n, err := strconv.Atoi(which); {
	case err == nil && n >= 1 && n <= len(names):
		return n - 1, nil
	case err == nil:
		return 0, fmt.Errorf("there is no number %d; there is %s", n, span(len(names)))
	case len(begin) == 1:
		return begin[0], nil
	case len(begin) > 1:
		return 0, fmt.Errorf("more than one %s begins with “%s”; type more of it, or its number", what, which)
	}
	ask := ""
	if near := rubric.Nearest(which, names); len(near) > 0 {
		ask = ". Did you mean “" + strings.Join(near, "” or “") + "”?"
	}
	return 0, fmt.Errorf("“%s” is no %s%s", which, what, ask)
}

// pickOne reads the names out with their numbers and asks for one of them.
func (d *dialogue) pickOne(what string, names []string) (picked int, err error) {
	if len(names) == 0 {
		return 0, fmt.Errorf("there is no %s to choose", what)
	}
	for i, name := range names {
		d.out.item(fmt.Sprintf("%d. ", i+1), orNone(name))
	}
	return picked, d.askFor("A number or a name:", func(which string) error {
		picked, err = oneOf(what, names, which)
		return err
	})
}

// orNone is a name, or words where it is empty.
func orNone(name string) string {
	if name == "" {
		return "none"
	}
	return name
}

// askFor asks until an answer will do; take may refuse one that is empty.
func (d *dialogue) askFor(text string, take func(string) error) error {
	d.out.say("%s “back” leaves this.", text)
	for {
		answer, err := d.ask()
		if err != nil {
			return err
		}
		switch answer = strings.TrimSpace(answer); strings.ToLower(answer) {
		case "back":
			return errBack
		case "quit", "exit":
			return d.quit("")
		case "?", "help":
			d.out.say("%s “back” leaves this.", text)
			continue
		case "cover":
			if err := d.coverUp(); err != nil {
				return err
			}
			d.out.say("%s “back” leaves this.", text)
			continue
		}
		if err = take(answer); err == nil {
			return nil
		}
		d.out.sentence(err)
	}
}

// needsYes asks for something that cannot be taken back: only a whole yes does it.
func (d *dialogue) needsYes(text string) error {
	return d.askFor(text+" “yes” does it.", func(answer string) error {
		if strings.EqualFold(answer, "yes") {
			return nil
		}
		return fmt.Errorf("type “yes” in full, or “back”")
	})
}

// capital begins a sentence.
func capital(text string) string {
	return strings.ToUpper(firstOf(text)) + text[len(firstOf(text)):]
}

// firstOf is the first letter of a text.
func firstOf(text string) string {
	for i := range text {
		if i > 0 {
			return text[:i]
		}
	}
	return text
}
