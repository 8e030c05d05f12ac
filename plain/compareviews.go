package plain

import (
	"context"
	"fmt"
	"strings"

	"calibrate/calibration"
)

// spreadLines say where reviewers placed each person, by dimension, the furthest apart
// first. A number leads to everybody's reasons.
func (d *dialogue) spreadLines() (lines []leadText) {
	v := d.views
	all := v.now.Spread()
	if len(all.People) == 0 {
		return nothingHere()
	}
	lines = append(lines, leadText{"", capital(all.Words) + "."})
	for _, dimension := range v.now.Rubric().Dimensions {
		for i, p := range all.On(dimension) {
			if i == 0 {
				lines = append(lines, leadText{"", dimension + ":"})
			}
			row, who := p.Rows[0], v.who(p.Person, p.Session)
			v.entry(&lines, fmt.Sprintf("%s: %s. Placed: %s.", who, row.Words, strings.Join(placedWords(row), ", ")), func() error {
				return d.readReasons(who+", "+dimension+". "+capital(row.Words), reasonsOf(p.Person.ID, row))
			})
		}
	}
	return lines
}

func nothingHere() []leadText {
	return []leadText{{"", "Nobody was placed here. “everything” compares all there is."}}
}

// shiftLines say who moved, from where to where, and what the moves come to.
func (d *dialogue) shiftLines() (lines []leadText) {
	v := d.views
	ends := v.shift()
	var shift calibration.Shift
	switch before, present := v.twoSessions(); {
	case ends.from != "":
		shift = v.now.StageShift(ends.from, ends.to)
	case before == "":
		return []leadText{{"", "There is no session before this one."}}
	default:
		shift = v.everySession().SessionShift(before, present)
	}
	lines = append(lines, leadText{"", fmt.Sprintf("From %s to %s: %s.", shift.From, shift.To, shift.Words)})
	for _, dimension := range v.now.Rubric().Dimensions {
		begun := false
		for _, row := range shift.Rows {
			if row.Dimension != dimension || row.Change == 0 {
				continue
			}
			if !begun {
				begun, lines = true, append(lines, leadText{"", dimension + ", who moved:"})
			}
			who := v.who(row.Person, row.Session)
			v.entry(&lines, fmt.Sprintf("%s: %s to %s, %s.", who, row.From.Position, row.To.Position, movedWords(row.Change)), func() error {
				var wanted []reason
				for _, id := range append(append([]string{}, row.From.Decisions...), row.To.Decisions...) {
					wanted = append(wanted, reason{row.Person.ID, id})
				}
				return d.readReasons(who+", "+dimension+". "+row.From.Position+" to "+row.To.Position, wanted)
			})
		}
	}
	lines = append(lines, moveLines(shift.Levels)...)
	lines = append(lines, driftLines("By team:", shift.ByTeam)...)
	lines = append(lines, driftLines("By reviewer, from their own placement:", shift.ByReviewer)...)
	if shift.OnlyFrom+shift.OnlyTo > 0 {
		lines = append(lines, leadText{"", fmt.Sprintf("Placed only before: %d. Placed only after: %d.", shift.OnlyFrom, shift.OnlyTo)})
	}
	return lines
}

func movedWords(by int) string {
	if by < 0 {
		return fmt.Sprintf("%d down", -by)
	}
	return fmt.Sprintf("%d up", by)
}

// moveLines count the moves from one level to another.
func moveLines(m calibration.Matrix) (lines []leadText) {
	for i, counts := range m.Counts {
		for j, n := range counts {
			if n > 0 && i != j {
				lines = append(lines, leadText{"- ", fmt.Sprintf("From level %s to level %s: %s.", m.Names[i], m.Names[j], count(n, "move", "moves"))})
			}
		}
	}
	if len(lines) == 0 {
		return []leadText{{"", "Nobody moved to another level."}}
	}
	return append([]leadText{{"", "Moves to another level:"}}, lines...)
}

func driftLines(title string, drifts []calibration.Drift) []leadText {
	if len(drifts) == 0 {
		return nil
	}
	lines := []leadText{{"", title}}
	for _, drift := range drifts {
		lines = append(lines, leadText{"- ", orNone(drift.Name) + ": " + drift.Words() + "."})
	}
	return lines
}

// distributionLines say how many are placed where, for all and group by group.
func (d *dialogue) distributionLines() (lines []leadText) {
	v := d.views
	dist := v.now.Distribution(v.group, d.Guideline.For(v.now.Rubric()))
	if dist.All.Placements == 0 {
		return nothingHere()
	}
	lines = append(lines, leadText{"", fmt.Sprintf("By %s. “by” chooses another grouping, “positions” counts by position. Each person counts once per dimension, where the furthest stage has placed them.", v.group)})
	dist.All.Name = "All"
	for i, h := range append([]calibration.Histogram{dist.All}, dist.Groups...) {
		name := orNone(h.Name)
		if v.group == calibration.BySession && i > 0 {
			name = v.now.SessionName(h.Name)
		}
		lines = append(lines, leadText{"", fmt.Sprintf("%s: %s of %s, the middle one at %s.", name, count(h.Placements, "placement", "placements"), count(h.People, "person", "people"), orNone(h.Median))})
		if v.positions {
			lines = append(lines, positionLines(h)...)
		} else {
			lines = append(lines, levelLines(h)...)
		}
		if h.Note != "" {
			lines = append(lines, leadText{"", capital(h.Note) + "."})
		}
	}
	return lines
}

// levelLines say how many are at each level, and what the guideline says.
func levelLines(h calibration.Histogram) (lines []leadText) {
	for _, level := range h.Levels {
		text := fmt.Sprintf("Level %d, %s: %s", level.Level, level.Name, shareWords(level.Count, level.Percent))
		if level.Guideline != nil {
			text += fmt.Sprintf("; guideline %.0f percent", *level.Guideline)
		}
		lines = append(lines, leadText{"- ", text + "."})
	}
	return lines
}

// positionLines say how many are at each position where anybody is.
func positionLines(h calibration.Histogram) (lines []leadText) {
	for _, p := range h.Positions {
		if p.Count > 0 {
			lines = append(lines, leadText{"- ", fmt.Sprintf("%s: %s.", p.Position, shareWords(p.Count, p.Percent))})
		}
	}
	return lines
}

func shareWords(n int, percent float64) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprintf("%d, %.0f percent", n, percent)
}

// agreementLines say how far reviewers agree, over all and part by part. A number leads
// to all figures of a part.
func (d *dialogue) agreementLines() (lines []leadText, err error) {
	v := d.views
	found, measured := v.measured[v.now.Rubric().Hash()]
	if !measured {
		err := d.working(func(ctx context.Context) (err error) {
			found, err = v.now.Agreement(ctx, calibration.DefaultBootstrap())
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("measuring agreement: %w", err)
		}
		v.measured[v.now.Rubric().Hash()] = found
	}
	all := found.All
	lines = append(lines, leadText{"", capital(all.Words) + "."})
	if all.Method != "" {
		lines = append(lines, leadText{"", fmt.Sprintf("The figure is Krippendorff's alpha, ordinal: %s, where 1 is full agreement and 0 what chance would give. It rests on %s of person and dimension by %s. The two numbers are a 95 percent interval, %s.",
			all.Alpha, count(all.Alpha.Units, "pair", "pairs"), count(all.Alpha.Raters, "reviewer", "reviewers"), all.Method)})
	}
	lines = append(lines, leadText{"", "A number reads all figures of a part."})
	v.entry(&lines, "All: "+all.Words+".", func() error { return d.readFigures(all) })
	for _, group := range []struct {
		title string
		parts []calibration.AgreementPart
	}{{"By dimension:", found.ByDimension}, {"By team:", found.ByTeam}, {"By manager:", found.ByManager}} {
		if len(group.parts) < 2 {
			continue
		}
		lines = append(lines, leadText{"", group.title})
		for _, part := range group.parts {
			v.entry(&lines, orNone(part.Name)+": "+part.Words+".", func() error { return d.readFigures(part) })
		}
	}
	return lines, nil
}

// readFigures reads every figure of a part with what it means.
func (d *dialogue) readFigures(part calibration.AgreementPart) error {
	d.out.blank()
	d.out.say("All figures: %s.", orNone(part.Name))
	said := map[string]bool{}
	d.list(len(part.Figures), func(i int) {
		f := part.Figures[i]
		text := f.Name + ": "
		if why := f.Figure.Reason(); why != "" {
			text += "none, because " + why
		} else {
			text += fmt.Sprintf("%s, on %s by %s", f.Figure, count(f.Figure.Units, "unit", "units"), count(f.Figure.Raters, "reviewer", "reviewers"))
		}
		if f.Figure.Note != "" {
			text += "; " + f.Figure.Note
		}
		text += "."
		if meaning := f.Meaning(); meaning != "" && !said[meaning] {
			said[meaning] = true
			text += " " + capital(meaning) + "."
		}
		d.out.item("- ", text)
	})
	return nil
}

// reviewerLines set each reviewer beside the others. A number leads to the rest of what
// there is to say of one.
func (d *dialogue) reviewerLines() (lines []leadText) {
	v := d.views
	all := v.now.Reviewers()
	if len(all) == 0 {
		return []leadText{{"", "Nobody has drafted or voted here."}}
	}
	lines = append(lines, leadText{"", "These are questions to ask, not verdicts: whoever was given the harder cases looks harsher than they are."})
	for _, r := range all {
		text := fmt.Sprintf("%s: %s that others placed too; %s.", r.Reviewer, count(r.People, "person", "people"), offsetWords(r.Offset))
		for _, q := range r.Questions {
			text += " " + q
		}
		v.entry(&lines, text, func() error { d.readReviewer(r); return nil })
	}
	return lines
}

// offsetWords say by how much a reviewer places people higher or lower than the others.
func offsetWords(o calibration.Estimate) string {
	if o.CI95 == nil {
		return "how far from the others cannot be said, because " + o.Reason
	}
	return fmt.Sprintf("%s, with 95 percent certainty between %+.1f and %+.1f positions", besideOthers(o.Mean), o.CI95[0], o.CI95[1])
}

func besideOthers(mean float64) string {
	switch size := fmt.Sprintf("%.1f", max(mean, -mean)); {
	case size == "0.0":
		return "with the others"
	case mean < 0:
		return size + " positions below the others"
	default:
		return size + " positions above the others"
	}
}

func (d *dialogue) readReviewer(r calibration.ReviewerView) {
	d.out.blank()
	d.out.say("%s.", r.Reviewer)
	if len(r.Questions) == 0 {
		d.out.say("Nothing stands out.")
	}
	for _, q := range r.Questions {
		d.out.item("- ", q)
	}
	if h := r.Halo; h.Of > 0 {
		d.out.say("Placed equally on all dimensions: %d of %d people; by the others, %d of %d.", h.Same, h.Of, h.OthersSame, h.OthersOf)
	}
	if m := r.Range; m.Count > 0 {
		d.out.say("The middle half of the placements: %s to %s; of the others' means: %s to %s.", m.From, m.To, m.OthersFrom, m.OthersTo)
	}
	for _, s := range r.Sessions {
		d.out.say("In %s, on %s: %s.", s.Session, count(s.Offset.Count, "person", "people"), offsetWords(s.Offset))
	}
}

// contestedLines say which statements reviewers of the same person marked differently. A
// number leads to who did.
func (d *dialogue) contestedLines() (lines []leadText) {
	v := d.views
	all := v.now.Contested()
	if len(all) == 0 {
		return []leadText{{"", "No statement was marked as seen by one and as not seen by another."}}
	}
	lines = append(lines, leadText{"", "Marked as seen by one reviewer, and as not seen by another, of the same person: where the rubric's wording needs work."})
	for _, s := range all {
		text := fmt.Sprintf("%s, %s, %s: %s", s.Position, s.Dimension, s.Section.Title(), s.Text)
		v.entry(&lines, fmt.Sprintf("Contested on %d of %s whom two or more marked, %.0f percent. %s", s.Contested, count(s.Ticked, "person", "people"), s.Percent, text), func() error {
			d.out.blank()
			d.out.item("", text)
			for _, p := range s.People {
				words := v.who(p.Person, p.Session) + ": seen by " + strings.Join(p.Seen, ", ") + "; not seen by " + strings.Join(p.NotSeen, ", ")
				if len(p.Blank) > 0 {
					words += "; no mark by " + strings.Join(p.Blank, ", ")
				}
				d.out.item("- ", words+".")
			}
			return nil
		})
	}
	return lines
}

// cellLines say who stands at the same position. A number leads to why.
func (d *dialogue) cellLines() (lines []leadText) {
	v := d.views
	cells := v.now.Cells()
	if len(cells) == 0 {
		return nothingHere()
	}
	lines = append(lines, leadText{"", "Would you say the same of each?"})
	dimension := ""
	for _, cell := range cells {
		if cell.Dimension != dimension {
			dimension = cell.Dimension
			lines = append(lines, leadText{"", dimension + ":"})
		}
		var names []string
		var wanted []reason
		for _, p := range cell.People {
			names = append(names, fmt.Sprintf("%s, %s", v.who(p.Person, p.Session), p.Stand.Stage))
			for _, id := range p.Stand.Decisions {
				wanted = append(wanted, reason{p.Person.ID, id})
			}
		}
		v.entry(&lines, fmt.Sprintf("%s, %s: %s.", cell.Position, count(len(cell.People), "person", "people"), strings.Join(names, "; ")), func() error {
			return d.readReasons(fmt.Sprintf("At %s on %s: would you say the same of each", cell.Position, cell.Dimension), wanted)
		})
	}
	return lines
}

// pastLines set earlier sessions beside the present one. A number leads to all decisions
// about the person.
func (d *dialogue) pastLines() (lines []leadText) {
	v := d.views
	_, present := v.twoSessions()
	past := v.everySession().Past(present)
	if len(past.Sessions) == 0 {
		return []leadText{{"", "No session was held yet."}}
	}
	for _, dimension := range v.now.Rubric().Dimensions {
		begun := false
		for _, p := range past.People {
			if p.Dimension != dimension {
				continue
			}
			if !begun {
				begun, lines = true, append(lines, leadText{"", dimension + ":"})
			}
			var stands []string
			for i, stand := range p.Stands {
				if stand != nil {
					stands = append(stands, fmt.Sprintf("%s %s in %s", stand.Stage, stand.Position, past.Sessions[i]))
				}
			}
			text := p.Person.Name + ": " + strings.Join(stands, ", ") + "."
			if p.Change != nil && *p.Change != 0 {
				text += " " + capital(movedWords(*p.Change)) + "."
			}
			v.entry(&lines, text, func() error { return d.readDecisions(personOf(p.Person)) })
		}
	}
	lines = append(lines, pastGroups("Teams, their mean position counted from the lowest:", past, past.Teams, func(m float64) string { return fmt.Sprintf("%.1f", m) })...)
	return append(lines, pastGroups("Reviewers, beside the others:", past, past.Reviewers, besideOthers)...)
}

func pastGroups(title string, past calibration.Past, groups []calibration.GroupPast, words func(float64) string) []leadText {
	if len(groups) == 0 {
		return nil
	}
	lines := []leadText{{"", title}}
	for _, g := range groups {
		var means []string
		for i, m := range g.Means {
			if m != nil {
				means = append(means, words(m.Mean)+" in "+past.Sessions[i].String())
			}
		}
		lines = append(lines, leadText{"- ", orNone(g.Name) + ": " + strings.Join(means, ", ") + "."})
	}
	return lines
}
