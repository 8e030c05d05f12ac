package report

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"calibrate/calibration"
)

// Session lays out what the decisions of a session, or of all, say next to each other.
// Who it is for must be [ForFacilitator], [ForHR] or [ForManager]; the error is the
// context's.
func Session(ctx context.Context, s Source, who Audience) (Document, error) {
	s = s.readBy(who)
	d := Document{Title: "Calibration: " + s.title(), Subtitle: s.subtitle()}
	if s.mixed() {
		err := s.byRubric(&d, func(part Source) (Document, error) { return Session(ctx, part, who) })
		return d, err
	}
	overview := s.Comparison.Overview()
	d.say(upperFirst(overview.Words) + ".")
	s.apart(&d, overview)
	s.results(&d)
	s.spread(&d, who)
	s.shift(&d, who)
	s.distribution(&d, who)
	if who != ForFacilitator {
		s.finals(&d)
	}
	if who == ForHR {
		return d, nil
	}
	v, err := s.agreement(ctx)
	if err != nil {
		return d, err
	}
	s.agreementBlocks(&d, v)
	if who == ForFacilitator {
		s.reviewers(&d)
		s.contested(&d)
		s.rationales(&d)
	}
	return d, nil
}

func (s Source) apart(d *Document, o calibration.Overview) {
	if s.Hidden != "" {
		d.note(s.Hidden + ".")
	}
	for _, reason := range s.Comparison.ApartReasons() {
		d.note(fmt.Sprintf("%s not compared: %s.", countAre(reason.Decisions, "decision"), reason.Words))
	}
	if n := len(o.Conflicts); n > 0 {
		d.note(fmt.Sprintf("%s made in two files that did not know of each other; the later counts, and all are kept.", countAre(n, "decision")))
	}
}

// results is what was decided: a row a person.
func (s Source) results(d *Document) {
	d.section("Results")
	head := []string{"Person", "Team"}
	dimensions := s.Rubric.Dimensions
	t := Table{Head: append(head, dimensions...)}
	for _, p := range s.Comparison.Spread().PeopleByName() {
		row := []string{p.Person.Name, p.Person.Team}
		for _, dimension := range dimensions {
			row = append(row, resultWords(p, dimension))
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		d.say("Nothing was decided yet.")
		return
	}
	d.add(t)
}

func resultWords(p calibration.PersonSpread, dimension string) string {
	for _, row := range p.Rows {
		switch {
		case row.Dimension != dimension:
		case row.Final != nil:
			return row.Final.Position
		case len(row.Placements) > 0:
			return "open"
		}
	}
	return "–"
}

func (s Source) spread(d *Document, who Audience) {
	spread := s.Comparison.Spread()
	if len(spread.People) == 0 || who == ForHR {
		return
	}
	d.section("Spread")
	d.say(upperFirst(spread.Words) + ".")
	for _, dimension := range s.Rubric.Dimensions {
		if rulers := s.spreadRulers(spread.On(dimension), dimension, who); len(rulers.Rows) > 0 {
			d.add(rulers)
		}
	}
}

func (s Source) spreadRulers(people []calibration.PersonSpread, dimension string, who Audience) Rulers {
	rulers := s.rulers(dimension)
	for _, p := range people {
		rulers.Rows = append(rulers.Rows, s.spreadRuler(p, p.Rows[0], who))
	}
	return rulers
}

func (s Source) rulers(caption string) Rulers {
	r := Rulers{Caption: caption}
	for _, p := range s.Rubric.Positions() {
		r.Positions, r.Bands, r.Levels = append(r.Positions, p.Key), append(r.Bands, p.Band), append(r.Levels, p.Level)
	}
	return r
}

func (s Source) spreadRuler(p calibration.PersonSpread, row calibration.SpreadRow, who Audience) Ruler {
	r := Ruler{Label: s.labelOf(p.Person, p.Session), Note: row.Words}
	for _, placement := range row.Placements {
		if !placement.Measured && placement.Stage != calibration.Final {
			continue
		}
		dot := Dot{Ordinal: placement.Ordinal, Mark: markOf(placement.Stage)}
		if who == ForFacilitator {
			dot.Who = placement.Reviewer
		}
		r.Dots = append(r.Dots, dot)
	}
	return r
}

// labelOf names a person, with the session where there are several.
func (s Source) labelOf(p calibration.PersonRef, session calibration.SessionRef) string {
	if s.Session != nil || session.ID == "" {
		return p.Name
	}
	return p.Name + ", " + session.Name
}

func markOf(stage calibration.Stage) Mark {
	switch stage {
	case calibration.Panel:
		return Panel
	case calibration.Final:
		return Final
	}
	return Draft
}

func (s Source) shift(d *Document, who Audience) {
	if shift := s.Comparison.StageShift(calibration.Draft, calibration.Final); len(shift.Rows) > 0 {
		s.shiftBlocks(d, shift, who)
	}
}

func (s Source) shiftBlocks(d *Document, shift calibration.Shift, who Audience) {
	d.section(fmt.Sprintf("Shift: %s to %s", shift.From, shift.To))
	d.say(upperFirst(shift.Words) + ".")
	for _, dimension := range s.Rubric.Dimensions {
		rulers := s.rulers(dimension)
		for _, row := range shift.Rows {
			if row.Dimension == dimension && row.Change != 0 {
				rulers.Rows = append(rulers.Rows, Ruler{
					Label: s.labelOf(row.Person, row.Session), Note: fmt.Sprintf("%s to %s", row.From.Position, row.To.Position),
					From: row.From.Ordinal, To: row.To.Ordinal,
					Dots: []Dot{{Ordinal: row.From.Ordinal, Mark: Draft}, {Ordinal: row.To.Ordinal, Mark: Final}},
				})
			}
		}
		if len(rulers.Rows) > 0 {
			d.add(rulers)
		}
	}
	d.part("Moves by level")
	d.add(matrix(shift.Levels))
	d.part("Drift by team")
	d.add(driftTable("Team", shift.ByTeam))
	if who == ForFacilitator {
		d.part("Drift by reviewer")
		d.add(driftTable("Reviewer", shift.ByReviewer))
	}
}

func matrix(m calibration.Matrix) Table {
	t := Table{Head: []string{"from \\ to"}, Number: []bool{false}}
	for _, name := range m.Names {
		t.Head, t.Number = append(t.Head, name), append(t.Number, true)
	}
	for i, counts := range m.Counts {
		row := []string{m.Names[i]}
		for _, n := range counts {
			cell := ""
			if n > 0 {
				cell = fmt.Sprint(n)
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func driftTable(what string, drifts []calibration.Drift) Table {
	t := Table{Head: []string{what, "Moves", "Up", "Same", "Down", "Mean"}, Number: []bool{false, true, true, true, true, true}}
	for _, drift := range drifts {
		t.Rows = append(t.Rows, []string{named(drift.Name), fmt.Sprint(drift.Count), fmt.Sprint(drift.Up), fmt.Sprint(drift.Same),
			fmt.Sprint(drift.Down), fmt.Sprintf("%+.2f", drift.Mean)})
	}
	return t
}

// named is a group's name, or words where it has none.
func named(name string) string {
	if name == "" {
		return "(none)"
	}
	return name
}

func (s Source) distribution(d *Document, who Audience) {
	if dist := s.placedFor(who).Distribution(calibration.ByTeam, s.Guideline); dist.All.Placements > 0 {
		s.distributionBlocks(d, dist)
	}
}

func (s Source) distributionBlocks(d *Document, dist calibration.Distribution) {
	d.section("Distribution")
	d.say("Each person counts once per dimension, where the furthest stage has placed them.")
	d.add(levelBars("By level", dist.All), positionBars("By position", dist.All))
	if dist.All.Note != "" {
		d.note(upperFirst(dist.All.Note) + ".")
	}
	for _, g := range dist.Groups {
		d.add(levelBars(s.groupName(dist.By, g.Name), g))
		if g.Note != "" {
			d.note(upperFirst(g.Note) + ".")
		}
	}
}

// groupName is what a group is called; sessions go by their ids.
func (s Source) groupName(by calibration.Grouping, name string) string {
	if by == calibration.BySession {
		return s.Comparison.SessionName(name)
	}
	return named(name)
}

func levelBars(caption string, h calibration.Histogram) Bars {
	b := Bars{Caption: fmt.Sprintf("%s: %s", caption, counted(h.Placements, "placement"))}
	for _, level := range h.Levels {
		bar := Bar{Label: fmt.Sprintf("%d %s", level.Level, level.Name), Count: level.Count, Percent: level.Percent, Mark: -1}
		if level.Guideline != nil {
			bar.Mark = *level.Guideline
		}
		b.Bars = append(b.Bars, bar)
	}
	return b
}

func positionBars(caption string, h calibration.Histogram) Bars {
	b := Bars{Caption: caption}
	for _, p := range h.Positions {
		b.Bars = append(b.Bars, Bar{Label: p.Position, Count: p.Count, Percent: p.Percent, Mark: -1})
	}
	return b
}

func (s Source) agreementBlocks(d *Document, v calibration.AgreementView) {
	d.section("Agreement")
	d.say(upperFirst(v.All.Words) + ".")
	if v.All.Method != "" {
		alpha := v.All.Alpha
		d.note(fmt.Sprintf("Krippendorff's alpha, ordinal: %s, on %s of person and dimension by %s. The interval is a 95%% %s.",
			alpha, counted(alpha.Units, "pair"), counted(alpha.Raters, "reviewer"), v.All.Method))
	}
	t := Table{Head: []string{"Figure", "Value", "Units", "Reviewers", "Note"}, Number: []bool{false, true, true, true, false}}
	for _, row := range v.All.Figures {
		f := row.Figure
		cells := []string{row.Name, f.String(), fmt.Sprint(f.Units), fmt.Sprint(f.Raters), f.Note}
		if reason := f.Reason(); reason != "" {
			cells = []string{row.Name, f.String(), "", "", reason}
		}
		t.Rows = append(t.Rows, cells)
	}
	d.add(t)
	for _, part := range []struct {
		title string
		parts []calibration.AgreementPart
	}{{"By dimension", v.ByDimension}, {"By team", v.ByTeam}} {
		if len(part.parts) < 2 {
			continue
		}
		d.part(part.title)
		var l List
		for _, p := range part.parts {
			l.Items = append(l.Items, named(p.Name)+": "+p.Words)
		}
		d.add(l)
	}
}

func (s Source) reviewers(d *Document) {
	views := s.Comparison.Reviewers()
	if len(views) == 0 {
		return
	}
	d.section("Reviewers")
	d.say("Each reviewer beside the others on the same people. These are questions to ask, not verdicts: whoever was given the harder cases looks harsher than they are.")
	t := Table{Head: []string{"Reviewer", "People", "Offset", "95 % interval", "Equal on all dimensions"}, Number: []bool{false, true, true, true, true}}
	for _, v := range views {
		interval, equal := "n/a: "+v.Offset.Reason, ""
		if v.Offset.CI95 != nil {
			interval = fmt.Sprintf("%+.2f to %+.2f", v.Offset.CI95[0], v.Offset.CI95[1])
		}
		if v.Halo.Of > 0 {
			equal = fmt.Sprintf("%d of %d", v.Halo.Same, v.Halo.Of)
		}
		t.Rows = append(t.Rows, []string{v.Reviewer, fmt.Sprint(v.People), fmt.Sprintf("%+.2f", v.Offset.Mean), interval, equal})
	}
	d.add(t)
	if questions := calibration.Questions(views); len(questions) > 0 {
		d.add(List{Items: questions})
	} else {
		d.say("Nothing stands out.")
	}
}

func (s Source) contested(d *Document) {
	all := s.Comparison.Contested()
	if len(all) == 0 {
		return
	}
	d.section("Contested statements")
	d.say("Statements that one reviewer ticked as seen and another, of the same person, as not seen: where the rubric's wording needs work.")
	const most = 15
	t := Table{Head: []string{"Contested", "Ticked by two", "Share", "Statement"}, Number: []bool{true, true, true, false}}
	for _, st := range all[:min(most, len(all))] {
		t.Rows = append(t.Rows, []string{fmt.Sprint(st.Contested), fmt.Sprint(st.Ticked), fmt.Sprintf("%.0f%%", st.Percent), st.Statement + ": " + st.Text})
	}
	d.add(t)
	if more := len(all) - most; more > 0 {
		d.note(fmt.Sprintf("and %d more.", more))
	}
}

// finals is what was decided with its reason, and nobody's name but the person's.
func (s Source) finals(d *Document) {
	d.section("Final decisions and reasons")
	for _, p := range s.Comparison.Spread().PeopleByName() {
		begun := false
		for _, row := range p.Rows {
			if row.Final == nil {
				continue
			}
			if !begun {
				d.part(s.labelOf(p.Person, p.Session))
				begun = true
			}
			made := s.Decisions[row.Final.Decision]
			d.say(fmt.Sprintf("%s %s, %s%s\n%s", Final.Sign(), row.Final.Position, row.Dimension, changeWords(made), made.Rationale))
		}
	}
}

// rationales is every decision that counts, with its reason: the record of why.
func (s Source) rationales(d *Document) {
	d.add(Break{})
	d.section("Decisions and reasons")
	for _, p := range s.Comparison.Spread().PeopleByName() {
		d.part(s.labelOf(p.Person, p.Session))
		for _, row := range p.Rows {
			for _, placement := range row.Placements {
				s.rationale(d, row.Dimension, placement)
			}
		}
	}
}

func (s Source) rationale(d *Document, dimension string, p calibration.Placement) {
	made := s.Decisions[p.Decision]
	head := fmt.Sprintf("%s %s, %s, %s by %s, confidence %s", markOf(p.Stage).Sign(), p.Position, dimension, p.Stage, p.Reviewer, p.Confidence)
	d.say(head + changeWords(made) + "\n" + made.Rationale)
	if l := s.evidence(made); len(l.Items) > 0 {
		d.add(l)
	}
}

// changeWords say why a decision is not the draft, if it says so.
func changeWords(made calibration.Decision) string {
	if made.Change == "" {
		return ""
	}
	return ", changed: " + string(made.Change)
}

func (s Source) evidence(made calibration.Decision) List {
	var l List
	note := func(text string) string {
		if text == "" {
			return ""
		}
		return " (" + strings.TrimSpace(text) + ")"
	}
	for _, e := range made.Evidence {
		mark := "not seen"
		if e.Seen {
			mark = "seen"
		}
		l.Items = append(l.Items, fmt.Sprintf("%s: %s%s", mark, s.statement(made, e.Statement), note(e.Note)))
	}
	for _, m := range made.Dampeners {
		l.Items = append(l.Items, fmt.Sprintf("dampener: %s%s", s.statement(made, m.Statement), note(m.Note)))
	}
	return l
}

func upperFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func countAre(n int, what string) string {
	if n == 1 {
		return "1 " + what + " is"
	}
	return fmt.Sprintf("%d %ss are", n, what)
}
