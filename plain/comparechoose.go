package plain

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"calibrate/calibration"
)

// filterField is one thing that decisions are chosen by.
type filterField struct {
	name, does string // of its command
	get        func(calibration.Filter) []string
	set        func(*calibration.Filter, []string)
	values     func(v *comparing) []string // what can be chosen
	called     func(v *comparing, value string) string
}

func filterFields() []filterField {
	itself := func(_ *comparing, value string) string { return orNone(value) }
	return []filterField{
		{"session", "one session, or what was made outside any",
			func(f calibration.Filter) []string { return f.Sessions }, func(f *calibration.Filter, v []string) { f.Sessions = v },
			sessionIDs, func(v *comparing, id string) string { return v.parts[0].SessionName(id) }},
		{"dimension", "one dimension",
			func(f calibration.Filter) []string { return f.Dimensions }, func(f *calibration.Filter, v []string) { f.Dimensions = v },
			dimensionsOf, itself},
		{"reviewer", "what these reviewers made",
			func(f calibration.Filter) []string { return f.Reviewers }, func(f *calibration.Filter, v []string) { f.Reviewers = v },
			func(v *comparing) []string { return v.read.reviewers }, itself},
		{"team", "people of these teams",
			func(f calibration.Filter) []string { return f.Teams }, func(f *calibration.Filter, v []string) { f.Teams = v },
			peopleField(func(p calibration.Person) string { return p.Team }), itself},
		{"manager", "people with these managers",
			func(f calibration.Filter) []string { return f.Managers }, func(f *calibration.Filter, v []string) { f.Managers = v },
			peopleField(func(p calibration.Person) string { return p.Manager }), itself},
		{"person", "these people",
			func(f calibration.Filter) []string { return f.People }, func(f *calibration.Filter, v []string) { f.People = v },
			peopleField(func(p calibration.Person) string { return p.ID }), (*comparing).personCalled},
		{"stage", "drafts, panel votes or final decisions", stagesOf,
			func(f *calibration.Filter, v []string) {
				f.Stages = nil
				for _, stage := range v {
					f.Stages = append(f.Stages, calibration.Stage(stage))
				}
			},
			func(*comparing) []string { return stagesOf(calibration.Filter{Stages: calibration.Stages()}) }, itself},
	}
}

func stagesOf(f calibration.Filter) (names []string) {
	for _, stage := range f.Stages {
		names = append(names, string(stage))
	}
	return names
}

// dimensionsOf are those of all rubrics.
func dimensionsOf(v *comparing) (all []string) {
	for _, r := range v.read.all.Rubrics() {
		for _, dimension := range r.Dimensions {
			if !slices.Contains(all, dimension) {
				all = append(all, dimension)
			}
		}
	}
	return all
}

func sessionIDs(v *comparing) (ids []string) {
	for _, s := range slices.Backward(v.read.basis.Sessions) {
		ids = append(ids, s.ID)
	}
	return append(ids, "")
}

// personCalled is a person's name, with the id where others share it.
func (v *comparing) personCalled(id string) string {
	name, namesakes := id, 0
	for _, p := range v.read.basis.People {
		if p.ID == id {
			name = p.Name
		}
	}
	for _, p := range v.read.basis.People {
		if p.Name == name {
			namesakes++
		}
	}
	if namesakes > 1 {
		return name + ", id " + id
	}
	return name
}

// peopleField is what people have in a field.
func peopleField(of func(calibration.Person) string) func(*comparing) []string {
	return func(v *comparing) []string {
		var all []string
		for _, p := range v.read.basis.People {
			if !slices.Contains(all, of(p)) {
				all = append(all, of(p))
			}
		}
		return all
	}
}

// chooseFilter compares only what has one of the values; “all” has any.
func (d *dialogue) chooseFilter(f filterField, which string) error {
	v := d.views
	values := f.values(v)
	var names []string
	for _, value := range values {
		names = append(names, f.called(v, value))
	}
	var chosen []string
	take := func(answer string) (err error) {
		chosen, err = chosenOf(f.name, names, values, answer)
		return err
	}
	var err error
	if which == "" {
		for i, name := range names {
			d.out.item(fmt.Sprintf("%d. ", i+1), name)
		}
		err = d.askFor("Which? Numbers or names, with commas between them, or “all”.", take)
	} else {
		err = take(which)
	}
	if err != nil {
		return err
	}
	filter := v.filter
	f.set(&filter, chosen)
	return d.choosing(filter)
}

// chosenOf are the values that an answer names; nil: any.
func chosenOf(what string, names, values []string, answer string) (chosen []string, err error) {
	if strings.EqualFold(answer, "all") || strings.EqualFold(answer, "any") {
		return nil, nil
	}
	if i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, answer) }); i >= 0 { // a name may have commas
		return values[i : i+1 : i+1], nil
	}
	for part := range strings.SplitSeq(answer, ",") {
		i, err := oneOf(what, names, strings.TrimSpace(part))
		if err != nil {
			return nil, fmt.Errorf("%w. “all” takes any", err)
		}
		if !slices.Contains(chosen, values[i]) {
			chosen = append(chosen, values[i])
		}
	}
	return chosen, nil
}

// choosing compares what passes a filter, and reads the view of it.
func (d *dialogue) choosing(f calibration.Filter) error {
	before := d.views.filter
	d.views.filter, d.views.told = f, map[string]bool{d.views.view: true}
	if err := d.compareAnew(); err != nil {
		d.views.filter = before
		return err
	}
	return d.readView(d.views.view)
}

// chooseSince compares only what was decided on a day or later.
func (d *dialogue) chooseSince(day string) error {
	filter := d.views.filter
	if strings.EqualFold(day, "all") {
		filter.Since = time.Time{}
		return d.choosing(filter)
	}
	at, err := time.ParseInLocation(time.DateOnly, day, d.Now().Location())
	if err != nil {
		return errors.New("“since” needs a date, such as “since 2026-03-01”, or “since all”")
	}
	filter.Since = at
	return d.choosing(filter)
}

// shiftEnds is what a shift is measured between: two stages, or the session before and the
// present one.
type shiftEnds struct{ from, to calibration.Stage }

// shifts lists what a shift can be measured between; the one without stages is between
// sessions.
func shifts() []shiftEnds {
	return []shiftEnds{{calibration.Draft, calibration.Final}, {calibration.Draft, calibration.Panel}, {calibration.Panel, calibration.Final}, {}}
}

func (s shiftEnds) String() string {
	if s.from == "" {
		return "the session before and this one"
	}
	return string(s.from) + " and " + string(s.to)
}

func (v *comparing) shift() shiftEnds { return shifts()[v.between] }

// ends are the two ends by name or id, for writing the view to a file.
func (v *comparing) ends(s shiftEnds) (from, to string) {
	if s.from != "" {
		return string(s.from), string(s.to)
	}
	return v.twoSessions()
}

// twoSessions are the session before the present one, and the present one, by id.
func (v *comparing) twoSessions() (before, present string) { return v.read.basis.TwoSessions(v.filter) }

// everySession is what is chosen, of all sessions, under the rubric of the part that is
// read.
func (v *comparing) everySession() *calibration.Comparison {
	f := v.filter
	f.Sessions = nil
	return v.read.all.Under(v.now.Rubric().Hash()).Where(f)
}

func (d *dialogue) chooseBetween(which string) error {
	var names []string
	for _, s := range shifts() {
		names = append(names, s.String())
	}
	i, err := d.pickOrTake("pair", names, which)
	if err != nil {
		return err
	}
	d.views.between = i
	return d.readView("shift")
}

func (d *dialogue) chooseGroup(which string) error {
	var names []string
	for _, g := range calibration.Groupings() {
		names = append(names, string(g))
	}
	i, err := d.pickOrTake("grouping", names, which)
	if err != nil {
		return err
	}
	d.views.group = calibration.Groupings()[i]
	return d.readView("distribution")
}

// pickOrTake takes the choice that was typed behind a command, or asks for one.
func (d *dialogue) pickOrTake(what string, names []string, which string) (int, error) {
	if which == "" {
		return d.pickOne(what, names)
	}
	return oneOf(what, names, which)
}

func (d *dialogue) turnPositions(string) error {
	d.views.positions = !d.views.positions
	return d.readView("distribution")
}
