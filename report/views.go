package report

import (
	"context"
	"fmt"

	"calibrate/calibration"
)

// View is one way to look at a comparison, by the name that it has on the command line
// and on the screen.
type View struct{ Name, About string }

// Views lists the views, in the order of the screen's tabs.
func Views() []View {
	return []View{
		{"spread", "where reviewers placed each person, the furthest apart first"},
		{"shift", "what changed from drafts to finals, or from one session to another"},
		{"distribution", "how many are placed where, by team"},
		{"agreement", "how far reviewers agree, with its interval"},
		{"reviewers", "each reviewer beside the others, as questions to ask"},
		{"contested", "the rubric's statements that reviewers ticked differently"},
		{"cells", "everybody placed at the same position, next to each other"},
		{"past", "earlier sessions beside the present one"},
	}
}

// Written is a view of the comparison that is to be written to a file, in the format
// that the file's ending names.
type Written struct {
	Path     string
	View     string // "spread"
	Filter   calibration.Filter
	From, To string // of a shift: stages or sessions by id
	Group    calibration.Grouping

	Progress func(what string, done, of int) // nil: nobody looks
}

// Between says what a shift is measured between: two stages, or two sessions by id.
type Between struct {
	FromStage, ToStage     calibration.Stage
	FromSession, ToSession string
}

// Of lays out one view, and returns its value for JSON. by is how the distribution is
// grouped; present is the session, by id, that past ones are set beside.
func (s Source) Of(ctx context.Context, view string, between Between, by calibration.Grouping, present string) (Document, any, error) {
	if s.mixed() {
		return s.ofByRubric(ctx, view, between, by, present)
	}
	d := Document{Title: "Calibration: " + s.title(), Subtitle: s.subtitle()}
	overview := s.Comparison.Overview()
	d.say(upperFirst(overview.Words) + ".")
	s.apart(&d, overview)
	switch view {
	case "spread":
		s.spread(&d, ForFacilitator)
		return d, s.Comparison.Spread(), nil
	case "shift":
		shift := s.shiftBetween(between)
		s.shiftBlocks(&d, shift, ForFacilitator)
		return d, shift, nil
	case "distribution":
		dist := s.Comparison.Distribution(by, s.Guideline)
		s.distributionBlocks(&d, dist)
		return d, dist, nil
	case "agreement":
		v, err := s.agreement(ctx)
		if err == nil {
			s.agreementBlocks(&d, v)
		}
		return d, v, err
	case "reviewers":
		s.reviewers(&d)
		return d, s.Comparison.Reviewers(), nil
	case "contested":
		s.contested(&d)
		return d, s.Comparison.Contested(), nil
	case "cells":
		cells := s.Comparison.Cells()
		s.cells(&d, cells)
		return d, cells, nil
	case "past":
		past := s.Comparison.Past(present)
		s.past(&d, past)
		return d, past, nil
	}
	return d, nil, fmt.Errorf("there is no view %q", view)
}

func (s Source) shiftBetween(b Between) calibration.Shift {
	if b.FromSession != "" || b.ToSession != "" {
		return s.Comparison.SessionShift(b.FromSession, b.ToSession)
	}
	return s.Comparison.StageShift(b.FromStage, b.ToStage)
}

// cells is everybody at one position next to each other, with what was seen of them.
func (s Source) cells(d *Document, cells []calibration.Cell) {
	d.section("In the same position")
	d.say("Would you say the same of each?")
	for _, cell := range cells {
		d.part(fmt.Sprintf("%s · %s: %s", cell.Position, cell.Dimension, people(len(cell.People))))
		t := Table{Head: []string{"Person", "Team", "By", "Evidence"}}
		for _, p := range cell.People {
			t.Rows = append(t.Rows, []string{s.labelOf(p.Person, p.Session), p.Person.Team, string(p.Stand.Stage), s.ticked(p.Ticks)})
		}
		d.add(t)
	}
}

func (s Source) ticked(ticks []calibration.TickedBy) string {
	text := ""
	for _, t := range ticks {
		words := t.Statement
		if st, err := s.Rubric.Statement(t.Statement); err == nil {
			words = st.Text
		}
		if text != "" {
			text += "\n"
		}
		switch {
		case t.Seen == 0:
			text += "not seen: " + words
		case t.NotSeen > 0:
			text += fmt.Sprintf("seen by %d, not by %d: %s", t.Seen, t.NotSeen, words)
		default:
			text += "seen: " + words
		}
	}
	if text == "" {
		return "nothing ticked"
	}
	return text
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// past sets earlier sessions beside the present one, which stands first.
func (s Source) past(d *Document, p calibration.Past) {
	d.section("Past sessions")
	if len(p.Sessions) == 0 {
		d.say("No session was held.")
		return
	}
	t := Table{Head: []string{"Person", "Dimension"}, Number: []bool{false, false}}
	for _, session := range p.Sessions {
		t.Head, t.Number = append(t.Head, session.Name), append(t.Number, false)
	}
	t.Head, t.Number = append(t.Head, "Change"), append(t.Number, true)
	for _, row := range p.People {
		cells := []string{row.Person.Name, row.Dimension}
		for _, stand := range row.Stands {
			cells = append(cells, standWords(stand))
		}
		change := ""
		if row.Change != nil {
			change = fmt.Sprintf("%+d", *row.Change)
		}
		t.Rows = append(t.Rows, append(cells, change))
	}
	d.add(t)
	for _, group := range []struct {
		title, what, format string
		rows                []calibration.GroupPast
	}{
		{"By team: the mean position, counted from the lowest", "Team", "%.1f (%d)", p.Teams},
		{"By reviewer: positions above the others", "Reviewer", "%+.2f (%d)", p.Reviewers},
	} {
		d.part(group.title)
		t := Table{Head: []string{group.what}, Number: []bool{false}}
		for _, session := range p.Sessions {
			t.Head, t.Number = append(t.Head, session.Name), append(t.Number, true)
		}
		for _, g := range group.rows {
			cells := []string{named(g.Name)}
			for _, m := range g.Means {
				cell := ""
				if m != nil {
					cell = fmt.Sprintf(group.format, m.Mean, m.Count)
				}
				cells = append(cells, cell)
			}
			t.Rows = append(t.Rows, cells)
		}
		d.add(t)
	}
}

func standWords(stand *calibration.Stand) string {
	if stand == nil {
		return ""
	}
	return stageMark(stand.Stage) + " " + stand.Position
}

func stageMark(stage calibration.Stage) string { return markOf(stage).Sign() }
