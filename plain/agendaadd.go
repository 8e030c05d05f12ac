package plain

import (
	"errors"
	"fmt"
	"slices"

	"calibrate/calibration"
	"calibrate/internal/clean"
)

// addToAgenda puts somebody of the list of people on the agenda of the session.
func (d *dialogue) addToAgenda(who string) error {
	people, err := d.Store.People()
	if err != nil {
		return err
	}
	d.people = d.shown(people)
	before := d.seance.session()
	left := slices.DeleteFunc(slices.Clone(d.people), func(p calibration.Person) bool { return slices.Contains(before.People, p.ID) })
	var p calibration.Person
	switch {
	case len(left) == 0:
		return errors.New("everybody in the list of people is on the agenda")
	case who == "":
		var names []string
		for _, p := range left {
			names = append(names, personName(p))
		}
		at, err := d.pickOne("person", names)
		if err != nil {
			return err
		}
		p = left[at]
	default:
		if p, err = d.choose(who); err != nil {
			return err
		}
	}
	if slices.Contains(before.People, p.ID) {
		return fmt.Errorf("%s is on the agenda already", clean.Line(p.Name))
	}
	now := before
	now.People = append(slices.Clone(before.People), p.ID)
	if _, err := d.putSession(before, now); err != nil {
		return err
	}
	return d.goAgenda()
}
