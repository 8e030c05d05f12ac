package plain

import (
	"errors"
	"slices"
	"strings"

	"calibrate/calibration"
	"calibrate/internal/alias"
)

// This file is for who comes by: people go by aliases in what is printed, and what was
// printed goes out of sight.

// turnNames has people go by aliases, or by their names again.
func (d *dialogue) turnNames(string) error {
	if d.Store == nil {
		return errors.New("nobody is spoken of here; who takes part goes by the name that was typed")
	}
	if d.out.names.On() {
		d.out.names = alias.Names{}
		d.out.say("Everybody goes by their name again.")
	} else {
		if err := d.alias(); err != nil {
			return err
		}
		d.out.say("Everybody goes by an alias now, and can be chosen by it. What you type is not changed. “aliases” goes back to names.")
	}
	return d.renamed()
}

// alias gives everybody in the list an alias, which stays the same within a session.
func (d *dialogue) alias() error {
	people, err := d.Store.People()
	if err != nil {
		return err
	}
	session := d.Session
	if d.seance != nil {
		session = d.seance.session().ID
	}
	d.out.names = alias.For(session, people)
	return nil
}

// renamed has what was read before go by what people are called now.
func (d *dialogue) renamed() error {
	people, err := d.Store.People()
	if err != nil {
		return err
	}
	d.people = d.shown(people)
	if d.seance != nil {
		err = d.readRoom()
	}
	for _, k := range d.desks {
		for _, p := range d.people {
			if p.ID == k.person.ID {
				k.person.Name = p.Name
			}
		}
	}
	return err
}

// shown is people as they are printed and chosen: the list that is kept has their names.
func (d *dialogue) shown(people []calibration.Person) []calibration.Person {
	shown := make([]calibration.Person, len(people))
	for i, p := range people {
		p.Manager = d.out.names.Only(p.Manager)
		shown[i] = d.out.names.Person(p)
	}
	if d.out.names.On() { // the order of their names would tell something of them
		slices.SortStableFunc(shown, func(a, b calibration.Person) int { return strings.Compare(a.Name, b.Name) })
	}
	return shown
}

// cover pushes what was printed out of sight, and says afterwards where one is.
func (d *dialogue) cover(string) error {
	if err := d.coverUp(); err != nil {
		return err
	}
	d.out.say("%s. %s.", d.room.name, d.room.hint)
	return nil
}

// coverUp pushes what was printed out of sight until a line is typed, which does nothing
// else. No time is counted meanwhile.
func (d *dialogue) coverUp() error {
	if d.watch.Running() {
		d.watch.Pause(d.Now())
		defer func() { d.watch.Resume(d.Now()) }()
	}
	d.pushAway()
	d.out.say("Covered. Enter goes on. What was printed may still be found by scrolling back.")
	_, err := d.ask()
	return err
}
