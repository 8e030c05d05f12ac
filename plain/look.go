package plain

import (
	"errors"
	"fmt"
	"strings"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/rubric"
)

// neighbours reads the band below, this one and the one above: why not one up, why
// not one down.
func (d *dialogue) neighbours(string) error {
	at := d.at()
	for by, name := range []string{"The band below", "This band", "The band above"} {
		d.out.blank()
		switch o := at.Ordinal - 1 + by; {
		case o < 1:
			d.out.say("There is no band below: this is the lowest.")
		case o > len(d.rubric().Positions()):
			d.out.say("There is no band above: this is the highest.")
		default:
			p := d.rubric().At(o)
			d.out.say("%s: %s, %s.", name, p.Key, p.Title())
			if v := d.desk.walk().Verdict(p); v != "" {
				d.out.say("You said: %s.", verdictWords(v))
			}
			d.readStatements(d.rubric(), d.desk.walk(), p, o == at.Ordinal)
		}
	}
	d.out.blank()
	d.out.say("You are still at %s.", at.Key)
	return nil
}

// search finds the statements that hold every word, in reading order.
func (d *dialogue) search(text string) error {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		return errors.New("“search” needs words to look for, such as “search golden path”")
	}
	var found []rubric.Statement
	for _, st := range d.rubric().AllStatements() {
		if containsAll(strings.ToLower(st.Text+" "+st.ID), words) {
			found = append(found, st)
		}
	}
	d.desk.found = found
	if len(found) == 0 {
		return fmt.Errorf("no statement has “%s” in it", clean.Line(text))
	}
	d.out.say("%s with “%s”. “go 1” goes to the first of them.", count(len(found), "statement", "statements"), clean.Line(text))
	d.list(len(found), func(i int) {
		st := found[i]
		d.out.item(fmt.Sprintf("%d. ", i+1), fmt.Sprintf("%s, %s, %s: %s", st.Position.Key, clean.Line(st.Dimension), st.Section.Title(), st.Text))
	})
	return nil
}

// ruler reads all positions, lowest first, with what was said of each. Neighbours of
// which nothing was said are read as one.
func (d *dialogue) ruler(string) error {
	w := d.desk.walk()
	d.out.say("All positions on %s, lowest first:", clean.Line(w.Dimension))
	var silent []rubric.Position
	quiet := func() {
		switch n := len(silent); {
		case n == 1:
			d.out.say("%s: nothing yet.", silent[0].Key)
		case n > 1:
			d.out.say("%s to %s: nothing yet.", silent[0].Key, silent[n-1].Key)
		}
		silent = nil
	}
	for _, p := range d.rubric().Positions() {
		said := d.saidOf(p)
		if len(said) == 0 {
			silent = append(silent, p)
			continue
		}
		quiet()
		d.out.say("%s: %s.", p.Key, strings.Join(said, "; "))
	}
	quiet()
	d.readWhereItPoints()
	return nil
}

// saidOf lists what is known of one position.
func (d *dialogue) saidOf(p rubric.Position) []string {
	w := d.desk.walk()
	var said []string
	if p == d.at() {
		said = append(said, "you are here")
	}
	if v := w.Verdict(p); v != "" {
		said = append(said, verdictWords(v))
	}
	seen, notSeen := w.Ticks(d.rubric(), p)
	if marked := tally(seen, notSeen, d.applying(p)); marked != "" {
		said = append(said, marked)
	}
	if made, ok := d.desk.saved(w.Dimension); ok && made.Position == p.Key && !d.desk.sitting.Blind {
		said = append(said, fmt.Sprintf("saved by you, %s", made.Stage))
	}
	for _, e := range d.desk.earlier() {
		if e.Decision.Position == p.Key && e.Decision.Rubric == d.rubric().Hash() {
			said = append(said, fmt.Sprintf("earlier, %s in %s", e.Decision.Stage, clean.Line(e.Session)))
		}
	}
	return said
}

// applying counts the dampeners of a position that were found to apply.
func (d *dialogue) applying(p rubric.Position) int {
	n, w := 0, d.desk.walk()
	for _, st := range d.rubric().Statements(p, w.Dimension, rubric.Dampeners) {
		if w.Tick(st.ID).Sight == calibration.Seen {
			n++
		}
	}
	return n
}
