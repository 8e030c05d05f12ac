package report

import (
	"fmt"

	"calibrate/calibration"
	"calibrate/rubric"
)

// Person lays out one person's packet: where the session placed them, the statements
// that were seen of them there, and, as a page to grow by, what moves somebody on from
// there and what the next position up says. It names nobody else: no reviewer, no vote,
// no rationale, no note.
func Person(s Source, id string) Document {
	s = s.under(id)
	p := s.person(id)
	d := Document{Title: p.Name, Subtitle: s.title() + ", " + s.Rubric.Role}
	finals := s.finalsOf(id)
	if len(finals) == 0 {
		d.say("Nothing was decided yet.")
		return d
	}
	for _, dimension := range s.Rubric.Dimensions {
		final, ok := finals[dimension]
		if !ok {
			continue
		}
		at, err := s.Rubric.Position(final.Position)
		if err != nil {
			continue // the position of another rubric: it stands apart and is no final here
		}
		d.section(dimension)
		d.say(at.Title())
		s.matched(&d, s.Decisions[final.Decision], at)
		s.develop(&d, at, dimension)
	}
	return d
}

// finalsOf are a person's latest finals, by dimension.
func (s Source) finalsOf(id string) map[string]calibration.Placement {
	finals := map[string]calibration.Placement{}
	for _, p := range s.Comparison.Spread().PeopleByName() {
		for _, row := range p.Rows {
			if p.Person.ID == id && row.Final != nil && row.Final.DecidedAt.After(finals[row.Dimension].DecidedAt) {
				finals[row.Dimension] = *row.Final
			}
		}
	}
	return finals
}

// matched is what was seen of the person at their position or above it: what bears the
// placement. What was seen below says only that they are past it.
func (s Source) matched(d *Document, made calibration.Decision, at rubric.Position) {
	var l List
	for _, e := range made.Evidence {
		st, err := s.Rubric.Statement(e.Statement)
		if e.Seen && err == nil && st.Position.Ordinal >= at.Ordinal {
			l.Items = append(l.Items, s.statement(made, e.Statement))
		}
	}
	if len(l.Items) > 0 {
		d.part("What was seen")
		d.add(l)
	}
}

// develop is what moves somebody on: the progression signals of where they stand, and
// what the next position up describes.
func (s Source) develop(d *Document, at rubric.Position, dimension string) {
	if signals := texts(s.Rubric.Statements(at, dimension, rubric.ProgressionSignal)); len(signals) > 0 {
		d.part("What shows that you are moving on")
		d.add(List{signals})
	}
	if at.Ordinal == len(s.Rubric.Positions()) {
		d.note("This is the highest position there is.")
		return
	}
	next := s.Rubric.At(at.Ordinal + 1)
	impact := texts(s.Rubric.Statements(next, dimension, rubric.Impact))
	signals := texts(s.Rubric.Statements(next, dimension, rubric.ProgressionSignal))
	if len(impact)+len(signals) == 0 {
		return
	}
	d.part("The next position: " + next.Title())
	if len(impact) > 0 {
		d.add(List{impact})
	}
	if len(signals) > 0 {
		d.say("And what shows there that somebody is moving on:")
		d.add(List{signals})
	}
}

func texts(statements []rubric.Statement) []string {
	var all []string
	for _, s := range statements {
		all = append(all, s.Text)
	}
	return all
}

// Packets lays out a packet for each person who has a final decision, each beginning a
// page of its own.
func Packets(s Source) Document {
	d := Document{Title: "Packets: " + s.title(), Subtitle: fmt.Sprint(s.subtitle(), "; each is for one person alone")}
	seen := map[string]bool{}
	for _, p := range s.peopleByName() {
		if seen[p.Person.ID] || len(s.under(p.Person.ID).finalsOf(p.Person.ID)) == 0 {
			continue
		}
		seen[p.Person.ID] = true
		one := Person(s, p.Person.ID)
		d.add(Break{}, Heading{2, one.Title})
		d.note(one.Subtitle)
		for _, b := range one.Blocks {
			if h, ok := b.(Heading); ok {
				b = Heading{h.Level + 1, h.Text}
			}
			d.add(b)
		}
	}
	return d
}
