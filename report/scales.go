package report

import (
	"context"
	"fmt"
	"strings"

	"calibrate/calibration"
	"calibrate/rubric"
)

// This file is what becomes of a report on people of several rubrics. Each rubric has a
// part of its own, the same report that it would have alone; nothing is measured over two
// scales.

// scales are the parts of the source, by rubric: itself where there is one rubric.
func (s Source) scales() []Source {
	if len(s.Scales) > 1 {
		return s.Scales
	}
	return []Source{s}
}

func (s Source) mixed() bool { return len(s.Scales) > 1 }

// With is the source with what was compared: a part for each rubric, and of them the
// first as its own. The guideline is for those rubrics that have as many levels.
func (s Source) With(compared calibration.Comparisons) Source {
	all := s
	s.Hidden = "" // said once, before the parts
	var scales []Source
	for _, c := range compared {
		part := s
		part.Comparison, part.Rubric, part.Guideline = c, c.Rubric(), s.Guideline.For(c.Rubric())
		scales = append(scales, part)
	}
	all.Comparison, all.Rubric, all.Guideline = compared[0], compared[0].Rubric(), scales[0].Guideline
	if len(scales) > 1 {
		all.Scales, all.roles = scales, map[string]string{}
		for i, part := range scales {
			for _, p := range part.Comparison.Spread().People {
				all.roles[p.Person.ID] = all.rubricNames()[i]
			}
		}
	}
	return all
}

// under is the part that a person is in.
func (s Source) under(person string) Source {
	for i, name := range s.rubricNames() {
		if s.mixed() && s.roles[person] == name {
			return s.Scales[i]
		}
	}
	return s
}

// comparisons are those of all parts.
func (s Source) comparisons() (all calibration.Comparisons) {
	for _, part := range s.scales() {
		all = append(all, part.Comparison)
	}
	return all
}

// rubricNames are how the rubrics of the parts are called, in their order.
func (s Source) rubricNames() []string {
	var rubrics []*rubric.Rubric
	for _, part := range s.scales() {
		rubrics = append(rubrics, part.Rubric)
	}
	names := calibration.RubricNames(rubrics)
	called := make([]string, len(rubrics))
	for i, r := range rubrics {
		called[i] = names[r.Hash()]
	}
	return called
}

// byRubric lays out a document of parts, one for each rubric, with the headings one step
// further in.
func (s Source) byRubric(d *Document, lay func(Source) (Document, error)) error {
	d.Parts = true
	d.say(upperFirst(s.comparisons().Overview().Words) + ".")
	if s.Hidden != "" {
		d.note(s.Hidden + ".")
	}
	d.note(fmt.Sprintf("People are placed under %d rubrics: %s. Each is told of apart; over all there is no figure of agreement (n/a: %s).",
		len(s.Scales), strings.Join(s.rubricNames(), ", "), calibration.DifferentScales))
	for i, part := range s.Scales {
		one, err := lay(part)
		if err != nil {
			return err
		}
		d.section(s.rubricNames()[i])
		for _, b := range one.Blocks {
			if h, ok := b.(Heading); ok {
				b = Heading{h.Level + 1, h.Text}
			}
			d.add(b)
		}
	}
	return nil
}

// ByRubric is data on people of several rubrics. Field names are promised.
type ByRubric struct {
	Title    string               `json:"title"`
	Overview calibration.Overview `json:"overview"`
	Reason   string               `json:"reason"` // why there are no figures over all
	Rubrics  []OfRubric           `json:"rubrics"`
}

// OfRubric is the part of one rubric: what there would be of it alone.
type OfRubric struct {
	Role string `json:"role"`
	Hash string `json:"hash"`
	Data any    `json:"data"`
}

func (s Source) dataByRubric(of func(Source) (any, error)) (ByRubric, error) {
	data := ByRubric{Title: s.title(), Overview: s.comparisons().Overview(), Reason: calibration.DifferentScales}
	for _, part := range s.Scales {
		one, err := of(part)
		if err != nil {
			return data, err
		}
		data.Rubrics = append(data.Rubrics, OfRubric{part.Rubric.Role, part.Rubric.Hash(), one})
	}
	return data, nil
}

// ofByRubric is [Source.Of] for people of several rubrics.
func (s Source) ofByRubric(ctx context.Context, view string, between Between, by calibration.Grouping, present string) (Document, any, error) {
	d := Document{Title: "Calibration: " + s.title(), Subtitle: s.subtitle()}
	var values []any
	err := s.byRubric(&d, func(part Source) (Document, error) {
		one, value, err := part.Of(ctx, view, between, by, present)
		values = append(values, value)
		return one, err
	})
	if err != nil {
		return d, nil, err
	}
	data, err := s.dataByRubric(func(Source) (any, error) {
		value := values[0]
		values = values[1:]
		return value, nil
	})
	return d, data, err
}

// peopleByName are the people of all parts.
func (s Source) peopleByName() []calibration.PersonSpread {
	var all calibration.Spread
	for _, part := range s.scales() {
		all.People = append(all.People, part.Comparison.Spread().People...)
	}
	return all.PeopleByName()
}

// spreadOfAll is everybody's spread, each part's furthest apart first.
func (s Source) spreadOfAll() (all []calibration.PersonSpread) {
	for _, part := range s.scales() {
		all = append(all, part.Comparison.Spread().People...)
	}
	return all
}

// withRubric adds the column that says under which rubric somebody is placed, where there
// are several.
func (s Source) withRubric(columns []column) []column {
	if !s.mixed() {
		return columns
	}
	return append(columns, column{"Rubric", 26})
}

// underCell is the cell of that column.
func (s Source) underCell(person string) []any {
	if !s.mixed() {
		return nil
	}
	return []any{s.roles[person]}
}
