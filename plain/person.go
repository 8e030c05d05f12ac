package plain

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/rubric"
)

// personField is one question about a new person.
type personField struct {
	name, hint string
	set        func(*calibration.Person, string)
}

func personFields() []personField {
	return []personField{
		{"Name", "", func(p *calibration.Person, v string) { p.Name = v }},
		{"Team", "", func(p *calibration.Person, v string) { p.Team = v }},
		{"Role", "", func(p *calibration.Person, v string) { p.Role = v }},
		{"Manager", "", func(p *calibration.Person, v string) { p.Manager = v }},
		{"Email", "", func(p *calibration.Person, v string) { p.Email = v }},
		{"Id", " (the employer's, if there is one; else one is made)", func(p *calibration.Person, v string) { p.ID = v }},
	}
}

// addPerson asks for a person and records them.
func (d *dialogue) addPerson(name string) error {
	p, err := d.askPerson(name)
	if err != nil {
		d.out.say("Nobody was added.")
		if errors.Is(err, errBack) {
			return nil
		}
		return err
	}
	added, err := d.Store.PutPeople(p)
	if err != nil {
		return err
	}
	if err := d.enterPeople(); err != nil {
		return err
	}
	n := 1 + slices.IndexFunc(d.people, func(o calibration.Person) bool { return o.ID == added[0].ID })
	d.out.say("%s is in the list, number %d. “%d” walks the rubric for them.", clean.Line(p.Name), n, n)
	return nil
}

// askPerson asks for what there is to know of a person, and for a yes. What cannot be
// recorded is asked for again.
func (d *dialogue) askPerson(name string) (calibration.Person, error) {
	p := calibration.Person{Name: name}
	fields := personFields()
	if name != "" {
		if err := d.checkNew(p); err != nil {
			return p, err
		}
		fields = fields[1:]
	}
	d.out.say("Enter leaves a line empty; a single . leaves the rest empty.")
	for len(fields) > 0 {
		f := fields[0]
		d.out.say("%s%s:", f.name, f.hint)
		line, err := d.ask()
		if err != nil {
			return p, err
		}
		if line = strings.TrimSpace(line); line == "." {
			break
		}
		f.set(&p, line)
		if err := d.checkNew(p); err != nil {
			f.set(&p, "")
			d.out.sentence(err)
			continue
		}
		fields = fields[1:]
	}
	if err := d.checkNew(p); err != nil {
		return p, err
	}
	d.out.say("%s. Add this person? Enter or “yes” adds, “no” does not.", personWords(p))
	return p, d.confirm()
}

// checkNew refuses a person who cannot be recorded or who would replace another.
func (d *dialogue) checkNew(p calibration.Person) error {
	if err := p.Validate(); err != nil {
		return err
	}
	for _, other := range d.people {
		if p.ID != "" && other.ID == p.ID {
			return fmt.Errorf("id %s is %s already; give another id, or none", clean.Line(p.ID), clean.Line(other.Name))
		}
	}
	return nil
}

// confirm waits for a yes; a no is errBack.
func (d *dialogue) confirm() error {
	for {
		line, err := d.ask()
		if err != nil {
			return err
		}
		switch strings.ToLower(strings.TrimSpace(line)) {
		case "", "y", "yes":
			return nil
		case "n", "no", "back":
			return errBack
		}
		d.out.say("“yes” or “no”?")
	}
}

// personWords is a person with what is known of them.
func personWords(p calibration.Person) string {
	text := clean.Line(p.Name)
	for _, f := range [][2]string{{"team", p.Team}, {"role", p.Role}, {"manager", p.Manager}, {"email", p.Email}, {"id", p.ID}} {
		if f[1] != "" {
			text += ", " + f[0] + " " + clean.Line(f[1])
		}
	}
	return text
}

func (d *dialogue) readDecisionsOf(who string) error {
	if who == "" {
		return errors.New("“decisions” needs a number from the list, a name or an id")
	}
	p, err := d.choose(who)
	if err != nil {
		return err
	}
	return d.readDecisions(p)
}

// readDecisions reads every decision ever made about a person, latest first, each
// under the rubric that it was made under.
func (d *dialogue) readDecisions(p calibration.Person) error {
	decisions, err := d.Store.DecisionsOf(p.ID)
	if err != nil {
		return err
	}
	sessions, err := d.Store.Sessions()
	if err != nil {
		return err
	}
	rubrics := map[string]*rubric.Rubric{}
	corrected := calibration.Corrected(decisions, sessions)
	for _, made := range decisions {
		if _, known := rubrics[made.Rubric]; !known {
			if rubrics[made.Rubric], err = d.Store.Rubric(made.Rubric); err != nil {
				return err
			}
		}
	}
	d.out.blank()
	told := p
	told.ID = d.out.names.Only(p.ID)
	d.out.say("%s.", personWords(told))
	if len(decisions) == 0 {
		d.out.say("Nothing has been decided about %s yet.", clean.Line(p.Name))
		return nil
	}
	d.out.say("%s, latest first:", count(len(decisions), "decision", "decisions"))
	d.list(len(decisions), func(i int) {
		made := decisions[len(decisions)-1-i]
		d.readDecision(i+1, p, made, rubrics[made.Rubric], sessions, corrected[made.ID])
	})
	return nil
}

func (d *dialogue) readDecision(n int, p calibration.Person, made calibration.Decision, r *rubric.Rubric, sessions []calibration.Session, corrected bool) {
	where := "no session"
	if made.Session != "" {
		where = "session " + sessionName(sessions, made.Session)
	}
	lead := fmt.Sprintf("%d. ", n)
	indent := strings.Repeat(" ", len(lead))
	text := fmt.Sprintf("%s, %s: %s, %s, confidence %s, by %s, %s.", d.when(made, dayAndTime),
		made.Dimension, positionWords(r, made.Position), made.Stage, made.Confidence, made.Reviewer, where)
	if made.Rubric != d.rubricOf(p).Hash() && r != nil {
		text += " Made under " + clean.Line(calibration.OtherRubric(r, d.rubricOf(p))) + "."
	}
	if corrected {
		text += " Corrected since by a later decision."
	}
	d.out.item(lead, clean.Line(text))
	d.out.block(indent, "Rationale:", made.Rationale)
	d.readEvidence(indent, r, made.Evidence, made.Dampeners)
	d.out.item(indent+"Id: ", clean.Line(made.ID))
}

// positionWords is a position as its rubric names it.
func positionWords(r *rubric.Rubric, key string) string {
	if p, err := r.Position(key); err == nil {
		return p.Key + ", " + p.Title()
	}
	return key
}
