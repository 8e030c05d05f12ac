package tui

import (
	"fmt"
	"slices"

	"calibrate/calibration"
	"calibrate/rubric"
)

// This file is how people of several rubrics are compared: each view is laid out for the
// people of one rubric after the other, under a heading, and nothing is ever measured
// over two scales. With one rubric there is one part, and no heading.

// split shows what passes a filter, with a part for each rubric's comparison.
func (c *compare) split(s sifted) reply {
	c.filter, c.overview, c.parts = s.filter, s.overview, nil
	for i, now := range s.now {
		own := *c.env
		own.rubric, own.rubricFor = now.Rubric(), nil
		own.guideline = c.env.guideline.For(own.rubric)
		part := *c
		part.env, part.now, part.figures = &own, now, s.figures[i]
		c.parts = append(c.parts, &part)
	}
	for _, v := range c.views {
		if a, ok := v.(*agreementView); ok {
			a.forget()
		}
	}
	c.relay()
	return c.lookedAt()
}

// filled are the parts that there is something to say of: all, or where some are empty
// the others.
func (c *compare) filled() []*compare {
	filled := slices.DeleteFunc(slices.Clone(c.parts), func(p *compare) bool {
		return p.figures.overview.Decisions+len(p.figures.overview.Apart) == 0
	})
	if len(filled) == 0 {
		return c.parts[:1]
	}
	return filled
}

// layParts lays a view out for each rubric, one below the other.
func (c *compare) layParts(v compareView, w, cursor int) laid {
	if len(c.parts) == 1 {
		c.parts[0].size = c.size
		return v.lay(c.parts[0], w, cursor)
	}
	var all laid
	if s, ok := v.(*agreementView); ok {
		all.text(s.overAll(c, w)...)
	}
	t := c.env.theme
	for _, part := range c.filled() {
		part.size = c.size
		one := v.lay(part, w, cursor-all.items)
		if len(all.rows) > 0 {
			all.text("")
		}
		o := part.figures.overview
		about := fmt.Sprintf(" · %s by %s", count(o.People, "person"), count(o.Reviewers, "reviewer"))
		all.text(t.rule(t.title.paint(c.rubricName(part.now.Rubric()))+t.faint.paint(about), "", w))
		all.text(one.head...)
		for _, span := range one.spans {
			all.spans = append(all.spans, [2]int{span[0] + len(all.rows), span[1] + len(all.rows)})
		}
		for _, r := range one.rows {
			if r.item > 0 {
				r.item += all.items
			}
			all.rows = append(all.rows, r)
		}
		all.items += one.items
		all.follows = all.follows || one.follows
	}
	return all
}

// partAt is the part that an item is of, and which of its items it is.
func (c *compare) partAt(item int) (*compare, int) {
	if len(c.parts) == 1 {
		return c.parts[0], item
	}
	for _, part := range c.filled() {
		n := c.views[c.tab].lay(part, c.size.Width, -1).items
		if item < n {
			return part, item
		}
		item -= n
	}
	return nil, 0
}

// rubricName is the name by which a rubric is told from the others.
func (c *compare) rubricName(r *rubric.Rubric) string {
	return line(calibration.RubricNames(c.read.Rubrics())[r.Hash()])
}

// underWords say which rubric everything is said in, or of how many there are.
func (c *compare) underWords() string {
	if len(c.parts) == 1 {
		return line(c.parts[0].now.Rubric().Role)
	}
	return fmt.Sprintf("%d rubrics, each on its own scale", len(c.parts))
}

// dimensions are those of all rubrics.
func (c *compare) dimensions() []string {
	var all []string
	for _, part := range c.parts {
		for _, d := range part.now.Rubric().Dimensions {
			if !slices.Contains(all, d) {
				all = append(all, d)
			}
		}
	}
	return all
}
