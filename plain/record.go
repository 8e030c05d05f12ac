package plain

import (
	"errors"
	"fmt"
	"strings"

	"calibrate/calibration"
)

// record puts something about the person whose turn it is on record, and says so only
// after the store has returned. What could not be is there for “again”.
func (d *dialogue) record(e calibration.Event) error {
	s := d.seance
	e.Session, e.Person, e.By = s.session().ID, s.turn().Person.ID, d.Reviewer
	return d.putOnRecord(e)
}

func (d *dialogue) putOnRecord(e calibration.Event) error {
	if err := e.Validate(); err != nil {
		return fmt.Errorf("not recorded: %w", err)
	}
	kept, err := d.Store.Record(e)
	if err != nil {
		d.seance.failed = append(d.seance.failed, e)
		return fmt.Errorf("not recorded: %w. “again” tries once more with the same words", err)
	}
	if err := d.readRoom(); err != nil {
		return err
	}
	if words, ok := kept.Words(); ok {
		d.out.item("Recorded: ", words)
	}
	return nil
}

// recordAgain tries once more what failed.
func (d *dialogue) recordAgain(string) error {
	failed := d.seance.failed
	if len(failed) == 0 {
		return errors.New("everything is on record; there is nothing to try again")
	}
	d.seance.failed = nil
	var err error
	for i, e := range failed {
		if err = d.putOnRecord(e); err != nil {
			d.seance.failed = failed[i:]
			break
		}
	}
	return err
}

// askText asks for words that are required, unless they were given already.
func (d *dialogue) askText(question, given string) (text string, err error) {
	if given != "" {
		return given, fits(given)
	}
	return text, d.askFor(question, func(answer string) error {
		text = answer
		if text == "" {
			return errors.New("it needs its words")
		}
		return fits(text)
	})
}

func fits(text string) error {
	if len(text) > calibration.MaxNote {
		return fmt.Errorf("that is %d bytes long; at most %d are kept, so it was not taken", len(text), calibration.MaxNote)
	}
	return nil
}

// reveal shows what there is although not all have placed the person.
func (d *dialogue) reveal(why string) error {
	t := d.seance.turn()
	name := t.Person.Name
	d.out.say("Not placed yet by %s. What has been placed is shown from now on, and nobody can vote on %s any more.", strings.Join(t.Missing(), ", "), name)
	why, err := d.askText("Why? The reason is recorded.", why)
	if err != nil {
		return err
	}
	if err := d.record(calibration.Event{Kind: calibration.Reveal, Text: why}); err != nil {
		return err
	}
	return d.goTurnAgain()
}

func (d *dialogue) takeNote(text string) error {
	text, err := d.askText("What was said, and matters a year from now?", text)
	if err != nil {
		return err
	}
	return d.record(calibration.Event{Kind: calibration.Noted, Text: text})
}

// askReadiness asks what no position answers.
func (d *dialogue) askReadiness(string) error {
	d.out.say("Ready for the next role? It is asked on its own: it changes no position, and no position answers it.")
	answers := []string{calibration.Ready, calibration.NotYet, calibration.NotReady}
	i, err := d.pickOne("answer", answers)
	if err != nil {
		return err
	}
	text := ""
	err = d.askFor("What shows it, or what is missing? Enter leaves it empty.", func(answer string) error {
		text = answer
		return fits(text)
	})
	if err != nil {
		return err
	}
	return d.record(calibration.Event{Kind: calibration.Readiness, Answer: answers[i], Text: text})
}

func (d *dialogue) askDissent(who string) error {
	who, err := d.askText("Who does not agree with the decision on "+d.seance.dimension+"? A name.", who)
	if err != nil {
		return err
	}
	text, err := d.askText("Why not?", "")
	if err != nil {
		return err
	}
	return d.record(calibration.Event{Kind: calibration.Dissent, Who: who, Text: text, Dimension: d.seance.dimension})
}

func (d *dialogue) askFollowUp(text string) error {
	text, err := d.askText("What is to be done?", text)
	if err != nil {
		return err
	}
	e := calibration.Event{Kind: calibration.FollowUp, Text: text}
	if e.Who, err = d.askText("Who does it?", ""); err != nil {
		return err
	}
	err = d.askFor("Until when? A date, such as 2026-03-31. Enter leaves it open.", func(answer string) error {
		e.Due = answer
		probe := e
		probe.Session, probe.Person, probe.By = "-", "-", "-"
		return probe.Validate()
	})
	if err != nil {
		return err
	}
	return d.record(e)
}

// lookOver reads what to look at again before the end, who stands at the same position,
// and how all are distributed. People have the numbers of the agenda.
func (d *dialogue) lookOver(string) error {
	if err := d.readRoom(); err != nil {
		return err
	}
	found := d.seance.room.Sweep(d.Guideline)
	d.out.blank()
	var lines []leadText
	if len(found.Checks) == 0 {
		lines = append(lines, leadText{"", "Nothing stands out."})
	} else {
		lines = append(lines, leadText{"", fmt.Sprintf("%s to look at again. A number goes to that person's turn.", count(len(found.Checks), "thing", "things"))})
	}
	for _, c := range found.Checks {
		text := c.Person.Name + ": " + string(c.Kind)
		if c.Dimension != "" {
			text += " on " + c.Dimension
		}
		lines = append(lines, leadText{d.numberOf(c.Person.ID), text + "; " + c.Words + "."})
	}
	for _, under := range found.Scales {
		lines = append(lines, d.scaleLines(under, len(found.Scales) > 1)...)
	}
	d.readLines(lines)
	return nil
}

// scaleLines say who stands at the same position under a rubric, and how all of them are
// distributed.
func (d *dialogue) scaleLines(under calibration.SweptScale, named bool) (lines []leadText) {
	of := ""
	if named {
		of = " under " + d.seance.room.RubricName(under.Rubric)
	}
	for _, cell := range under.Cells {
		lines = append(lines, leadText{"", fmt.Sprintf("At %s on %s%s, %s. Would you say the same of each?", cell.Position, cell.Dimension, of, count(len(cell.People), "person", "people"))})
		for _, p := range cell.People {
			seen, not := 0, 0
			for _, tick := range p.Ticks {
				seen, not = seen+tick.Seen, not+tick.NotSeen
			}
			lines = append(lines, leadText{d.numberOf(p.Person.ID), p.Person.Name + ": " + orWords(tally(seen, not, 0), "no statement marked") + "."})
		}
	}
	if under.Distribution.All.Placements == 0 {
		return lines
	}
	for _, g := range under.Distribution.Groups {
		lines = append(lines, leadText{"", fmt.Sprintf("Final decisions on %s%s:", g.Name, of)})
		lines = append(lines, levelLines(g)...)
	}
	return lines
}

// numberOf is the lead of an entry: a person's number on the agenda.
func (d *dialogue) numberOf(person string) string {
	for i, t := range d.seance.room.Turns {
		if t.Person.ID == person {
			return fmt.Sprintf("%d. ", i+1)
		}
	}
	return "- "
}

// leadText is an entry of a list that is read.
type leadText struct{ lead, text string }

// readLines reads a list, some at once; “more” goes on.
func (d *dialogue) readLines(lines []leadText) {
	d.list(len(lines), func(i int) { d.out.item(lines[i].lead, lines[i].text) })
}

func orWords(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// readAirtime reads how long the session spoke about whom, the longest first.
func (d *dialogue) readAirtime(string) error {
	if err := d.readRoom(); err != nil {
		return err
	}
	a := d.seance.room.Airtime()
	d.out.blank()
	if a.Total == 0 {
		d.out.say("No time was spent on anybody yet. It is counted while the turn of a person who was revealed is open.")
		return nil
	}
	lines := []leadText{{"", fmt.Sprintf("Airtime, the longest first. %s spent in all, %s on the one in the middle.", calibration.Clock(a.Total), calibration.Clock(a.Median))}}
	var none []string
	for _, p := range a.People {
		if p.Spent == 0 {
			none = append(none, p.Person.Name)
			continue
		}
		text := p.Person.Name + ": " + calibration.Clock(p.Spent)
		if p.Quick {
			text += ", under a third of the middle"
		}
		lines = append(lines, leadText{fmt.Sprintf("%d. ", p.Place), text + "."})
	}
	if len(none) > 0 {
		lines = append(lines, leadText{"", "No time yet: " + strings.Join(none, ", ") + "."})
	}
	by := ""
	for _, g := range a.Groups {
		if g.By != by {
			by = g.By
			lines = append(lines, leadText{"", "Per person, by " + by + ":"})
		}
		lines = append(lines, leadText{"- ", fmt.Sprintf("%s, %s: %s.", orNone(g.Name), count(g.People, "person", "people"), calibration.Clock(g.Mean))})
	}
	d.readLines(lines)
	return nil
}

// finalise says what the session came to, and locks it after a yes.
func (d *dialogue) finalise(string) error {
	if err := d.readRoom(); err != nil {
		return err
	}
	s := d.seance
	n := s.room.Totals()
	d.out.say("%s: %s, %s, %d of them changed from the draft. %s spent.", s.session().Name, count(n.People, "person", "people"),
		count(n.Finals, "final decision", "final decisions"), n.Changed, calibration.Clock(n.Spent))
	var again []string
	for _, c := range s.room.Sweep(nil).Counts() {
		again = append(again, fmt.Sprintf("%s %s", c.Kind, count(c.Checks, "time", "times")))
	}
	if len(again) > 0 {
		d.out.say("Look again first: %s. “back”, then “over” lists them.", strings.Join(again, ", "))
	}
	d.out.say("Afterwards nothing of it can be changed unless it is reopened, for a reason. A backup is written beside the file.")
	if err := d.needsYes("Finalise it?"); err != nil {
		return err
	}
	if _, err := d.Store.Finalise(s.session().ID, d.Reviewer); err != nil {
		return fmt.Errorf("not finalised: %w", err)
	}
	backup := d.Store.Path() + ".finalised-" + d.Now().UTC().Format("20060102T150405Z") + ".bak"
	if err := d.Store.Backup(backup); err != nil {
		d.out.say("Finalised. But the backup was not written: %v.", err)
	} else {
		d.out.say("Finalised. A backup is at %s.", backup)
	}
	return d.goAgenda()
}

// reopen lets the session take decisions again.
func (d *dialogue) reopen(why string) error {
	d.out.say("What was decided stays; what is decided from now on supersedes it. That the session was reopened, by whom and why, stays on record.")
	why, err := d.askText("Why?", why)
	if err != nil {
		return err
	}
	if _, err := d.Store.Reopen(d.seance.session().ID, d.Reviewer, why); err != nil {
		return fmt.Errorf("not reopened: %w", err)
	}
	d.out.say("Reopened.")
	return d.goAgenda()
}
