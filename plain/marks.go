package plain

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"calibrate/calibration"
	"calibrate/rubric"
)

// marks makes the command that gives statements a mark, or takes it away.
func marks(sight calibration.Sight) func(*dialogue, string) error {
	return func(d *dialogue, which string) error {
		if sight == calibration.NotSeen { // “not seen 2” is what one says
			which = strings.TrimSpace(strings.TrimPrefix(which, "seen "))
		}
		chosen, err := d.chosen(which)
		if err != nil {
			return err
		}
		before := d.desk.walk()
		w := before
		for _, c := range chosen {
			for w.Tick(c.ID).Sight != sight { // three marks in a ring: two turns at most
				w = w.Toggle(c.ID)
			}
		}
		if same(before, w, chosen) {
			return fmt.Errorf("nothing to change: that is how %s marked already", isAre(len(chosen)))
		}
		d.desk.change(w)
		for _, c := range chosen {
			word := "no mark"
			if prefix := markPrefix(c.Section, sight); prefix != "" {
				word = strings.Trim(prefix, "() ")
			}
			d.out.brief(fmt.Sprintf("%d, %s: ", c.number, word), c.Text)
		}
		d.readHint(before)
		return nil
	}
}

func isAre(n int) string {
	if n == 1 {
		return "it is"
	}
	return "they are"
}

func same(a, b calibration.Walk, chosen []numbered) bool {
	return !slices.ContainsFunc(chosen, func(c numbered) bool { return a.Tick(c.ID) != b.Tick(c.ID) })
}

// numbered is a statement with its number in the band.
type numbered struct {
	rubric.Statement
	number int
}

// chosen are the statements of this band that numbers stand for.
func (d *dialogue) chosen(which string) ([]numbered, error) {
	all := d.statements(d.at())
	if len(all) == 0 {
		return nil, errors.New("this band has no statements here to mark")
	}
	if which == "" {
		return nil, fmt.Errorf("which statements? This band has %s: “seen 1”, “not 1,3-4”, “clear all”", span(len(all)))
	}
	numbers, err := parseNumbers(which, len(all))
	if err != nil {
		return nil, err
	}
	var chosen []numbered
	for _, n := range numbers {
		chosen = append(chosen, numbered{all[n-1], n})
	}
	return chosen, nil
}

// parseNumbers reads "2", "1,3-4", "1 and 3" and "all", of numbers from 1 to most.
// Each number is returned once, in rising order.
func parseNumbers(text string, most int) ([]int, error) {
	wanted := make([]bool, most+1)
	number := func(s string) (int, error) {
		n, err := strconv.Atoi(s)
		if err != nil {
			return 0, fmt.Errorf("“%s” is no number of a statement; this band has %s", s, span(most))
		}
		if n < 1 || n > most {
			return 0, fmt.Errorf("there is no statement %s; this band has %s", s, span(most))
		}
		return n, nil
	}
	text = strings.NewReplacer(" - ", "-", "–", "-", ",", " ", ";", " ").Replace(text)
	for _, part := range strings.Fields(strings.ToLower(text)) {
		if part == "and" {
			continue
		}
		if part == "all" {
			part = fmt.Sprintf("1-%d", most)
		}
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		first, err := number(from)
		if err != nil {
			return nil, err
		}
		last, err := number(to)
		if err != nil {
			return nil, err
		}
		if last < first {
			return nil, fmt.Errorf("“%s” runs backwards; write it %d-%d", part, last, first)
		}
		for n := first; n <= last; n++ {
			wanted[n] = true
		}
	}
	var numbers []int
	for n, ok := range wanted {
		if ok {
			numbers = append(numbers, n)
		}
	}
	if len(numbers) == 0 {
		return nil, fmt.Errorf("which statements? This band has %s", span(most))
	}
	return numbers, nil
}

// note writes, replaces or takes away the note on a statement.
func (d *dialogue) note(args string) error {
	number, text := splitCommand(args)
	chosen, err := d.chosen(number)
	if err != nil {
		return err
	}
	if len(chosen) != 1 {
		return errors.New("a note is on one statement: “note 2 seen in May”")
	}
	st, before := chosen[0], d.desk.walk()
	if text == "" {
		if now := before.Tick(st.ID).Note; now != "" {
			d.out.item("Note so far: ", now)
		}
		d.out.say("Note on statement %d, in one line; Enter leaves it as it is:", st.number)
		if text, err = d.ask(); err != nil {
			return err
		}
		if text = strings.TrimSpace(text); text == "" {
			return errBack
		}
	}
	if text == "-" {
		text = ""
	}
	if len(text) > calibration.MaxNote {
		return fmt.Errorf("the note is %d bytes long; at most %d are kept, so it was not taken", len(text), calibration.MaxNote)
	}
	d.desk.change(before.Note(st.ID, text))
	if text == "" {
		d.out.brief(fmt.Sprintf("%d, no note: ", st.number), st.Text)
		return nil
	}
	d.out.item(fmt.Sprintf("%d, note: ", st.number), text)
	if before.Tick(st.ID).Sight == "" {
		d.out.say("It is recorded once the statement is marked: “seen %d” or “not %d”.", st.number, st.number)
	}
	return nil
}

// undo takes the last change back and reads what that changed.
func (d *dialogue) undo(string) error {
	before, at := d.desk.walk(), d.at()
	if !d.desk.undo() {
		return errors.New("there is nothing to undo")
	}
	now := d.desk.walk()
	d.out.say("Undone.")
	for _, dimension := range d.rubric().Dimensions {
		a, b := before, now
		a.Dimension, b.Dimension = dimension, dimension
		for _, l := range d.undone(a, b) {
			d.out.brief("", l)
		}
	}
	if d.at() != at || now.Dimension != before.Dimension {
		d.readBand()
	}
	return nil
}

// undone lists where two walks differ along one dimension, as the later one has it.
func (d *dialogue) undone(was, now calibration.Walk) []string {
	var lines []string
	for _, st := range d.rubric().AllStatements() {
		a, b := was.Tick(st.ID), now.Tick(st.ID)
		if a == b || st.Dimension != now.Dimension {
			continue
		}
		words := "no mark"
		if prefix := markPrefix(st.Section, b.Sight); prefix != "" {
			words = strings.Trim(prefix, "() ")
		}
		if a.Note != b.Note && b.Note == "" {
			words += ", no note"
		} else if b.Note != "" {
			words += ", note “" + b.Note + "”"
		}
		lines = append(lines, fmt.Sprintf("%s, %s %d is again: %s. %s", st.Position.Key, st.Section.Title(), st.Number, words, st.Text))
	}
	for _, p := range d.rubric().Positions() {
		if a, b := was.Verdict(p), now.Verdict(p); a != b && b == "" {
			lines = append(lines, p.Key+": nothing is said of it any more.")
		} else if a != b {
			lines = append(lines, p.Key+": again, "+verdictWords(b)+".")
		}
	}
	return lines
}
