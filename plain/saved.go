package plain

import (
	"errors"
	"slices"
	"time"

	"calibrate/calibration"
	"calibrate/internal/clean"
)

// savedRoom is where a decision was just recorded: what comes next.
func savedRoom() room {
	return room{
		name: "Saved",
		commands: []command{
			{[]string{"dimension", "d"}, "", "walk the next dimension that the person is not placed on", (*dialogue).walkNextDimension},
			{[]string{"next", "n"}, "", "walk the rubric for the next person in the list", (*dialogue).walkNextPerson},
			{[]string{"back", "walk"}, "", "back to this walk; another save there corrects this one", func(d *dialogue, _ string) error { d.goWalk(); return nil }},
			{[]string{"people"}, "", "back to the list of people", func(d *dialogue, _ string) error { return d.leaveForPeople() }},
			{[]string{"decisions"}, "", "read all decisions ever made about this person", func(d *dialogue, _ string) error { return d.readDecisions(d.desk.person) }},
		},
	}
}

// enterSaved says what is on disk now, and offers what comes next.
func (d *dialogue) enterSaved(made calibration.Decision) {
	d.room, d.more = savedRoom(), nil
	d.readSaved(made)
	offer := ""
	if name, ok := d.nextDimension(); ok {
		offer = "“dimension” walks " + clean.Line(name) + " for " + clean.Line(d.desk.person.Name) + "; "
	} else {
		d.out.say("%s is placed on every dimension.", clean.Line(d.desk.person.Name))
	}
	if p, ok := d.nextPerson(); ok {
		offer += "“next” walks the rubric for " + clean.Line(p.Name) + "; "
	}
	d.room.hint = offer + "“back” returns to this walk, “people” to the list; “quit” leaves"
	d.out.say("%s.", d.room.hint)
}

// readSaved says what is on disk.
func (d *dialogue) readSaved(made calibration.Decision) {
	d.out.blank()
	d.out.say("saved %s · %s at %s", made.Position, clean.Line(made.Dimension), d.when(made, time.TimeOnly))
	d.out.say("Id %s: %s, %s, confidence %s, by %s.", made.ID, clean.Line(d.desk.person.Name), made.Stage, made.Confidence, clean.Line(made.Reviewer))
	if made.Supersedes != "" {
		d.out.say("It corrects %s.", made.Supersedes)
	}
}

// nextDimension is the next one that this walk has not been placed on yet.
func (d *dialogue) nextDimension() (string, bool) {
	return d.desk.sitting.Next(d.rubric().Dimensions, d.desk.walk().Dimension, func(dimension string) bool {
		_, done := d.desk.saved(dimension)
		return done
	})
}

func (d *dialogue) walkNextDimension(string) error {
	name, ok := d.nextDimension()
	if !ok {
		return errors.New("every dimension is placed; “next” walks the rubric for the next person")
	}
	w := d.desk.walk()
	w.Dimension = name
	d.desk.look(w)
	d.goWalk()
	return nil
}

// nextPerson is the one who comes after this one in the list.
func (d *dialogue) nextPerson() (calibration.Person, bool) {
	i := 1 + slices.IndexFunc(d.people, func(p calibration.Person) bool { return p.ID == d.desk.person.ID })
	if i >= len(d.people) {
		return calibration.Person{}, false
	}
	return d.people[i], true
}

func (d *dialogue) walkNextPerson(string) error {
	p, ok := d.nextPerson()
	if !ok {
		return errors.New("that was the last person in the list; “people” goes back to it")
	}
	return d.enterWalk(p, d.drafting(p))
}
