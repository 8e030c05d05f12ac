package tui

import (
	"fmt"

	"calibrate/calibration"
)

// personLayout is how the list of decisions and the details of one share the room:
// one below the other, or side by side.
type personLayout struct {
	sideBySide             bool
	list, detail           int // widths
	listRows, detailRows   int
	position, dim, by, ses int // widths of the list's columns
}

// measure notes the widest text of each column.
func (s *personScreen) measure() {
	l := personLayout{}
	for _, d := range s.decisions {
		l.position = max(l.position, width(line(d.Position))+2)
		l.dim = max(l.dim, width(line(d.Dimension))+2)
		l.by = max(l.by, width(line(d.Reviewer))+2)
		l.ses = max(l.ses, width(s.where(d))+1)
	}
	s.widest = l
}

// personTop is the title and the rule below it.
const personTop = 2

func (s *personScreen) layout(w, h int) personLayout {
	h -= personTop
	l := personLayout{list: w, detail: w, listRows: min(len(s.decisions), max(3, h/3))}
	l.detailRows = h - l.listRows - 1
	l.position, l.dim, l.by, l.ses = s.widest.position, s.widest.dim, s.widest.by, s.widest.ses
	fixed := 3 + width("2006-01-02 ○ ")
	if w >= flanksFrom {
		l.sideBySide = true
		l.list = min(w*3/5, fixed+l.position+l.dim+l.by+l.ses)
		l.detail, l.listRows, l.detailRows = min(w-l.list-1, maxDetail), h, h
	}
	room := l.list - fixed
	if l.position+l.dim+l.by+l.ses > room {
		l.position = min(l.position, max(7, room/4))
		l.dim = min(l.dim, (room-l.position)*2/5)
		l.by = min(l.by, (room-l.position-l.dim)*2/5)
	}
	l.ses = room - l.position - l.dim - l.by
	return l
}

// maxDetail is how wide the details are at most; longer lines are hard to read.
const maxDetail = 110

func (s *personScreen) View(w, h int) string {
	t := s.env.theme
	who := s.env.who(s.person, s.person.Role, s.env.names.Only(s.person.ID))
	rows := []string{spread(who, t.faint.paint(count(len(s.decisions), "decision")+" "), w), t.rule(t.title.paint("Decisions"), "", w)}
	switch {
	case !s.loaded:
		rows[0] = fit(who, w)
		return joinRows(page(append(rows, " Opening …"), w, h))
	case len(s.decisions) == 0:
		rows = append(rows, "", " Nothing has been decided about "+line(s.env.names.Called(s.person.ID, s.person.Name))+" yet.", "",
			" "+t.key.paint("enter")+"  walks the rubric and places them.")
		return joinRows(page(rows, w, h))
	}
	l := s.layout(w, h)
	lines := s.detailLines(l.detail)
	detail := windowAt(s.from, len(lines), l.detailRows).draw(t, lines, 3, l.detail)
	list := s.list(l)
	if l.sideBySide {
		return joinRows(append(rows, beside("", t.faint.paint(markSide), spaces(w-l.list-1-l.detail), list, detail)...))
	}
	rows = append(append(rows, list...), t.rule(t.title.paint("Details"), "", w))
	return joinRows(append(rows, detail...))
}

// list draws the decisions, scrolled so that the one under the cursor is in sight.
func (s *personScreen) list(l personLayout) []string {
	return s.window(l).drawEach(s.env.theme, func(i int) string { return s.row(i, l) }, 3, l.list)
}

// window is the part of the list that is seen.
func (s *personScreen) window(l personLayout) window {
	return windowOn(s.cursor, s.cursor, 0, len(s.decisions), l.listRows).counting("decision")
}

func (s *personScreen) row(i int, l personLayout) string {
	t, d := s.env.theme, s.decisions[i]
	lead, look := "   ", t.plain
	if i == s.cursor {
		lead, look = " "+t.accent.paint(markCursor)+" ", t.cursor
	}
	text := s.date(d, "2006-01-02") + " " + stageMark(d.Stage) + " " + cell(d.Position, l.position) + cell(d.Dimension, l.dim) + cell(d.Reviewer, l.by)
	if s.corrected[d.ID] {
		look = t.faint
	}
	return lead + look.paint(text+fit(s.where(d), l.ses))
}

// where says in which session a decision was made, and whether it still counts.
func (s *personScreen) where(d calibration.Decision) string {
	if s.corrected[d.ID] {
		return "corrected · " + line(s.session(d))
	}
	return line(s.session(d))
}

func (s *personScreen) date(d calibration.Decision, layout string) string {
	return d.DecidedAt.In(s.env.now().Location()).Format(layout)
}

// detailLines lays out one decision whole.
func (s *personScreen) detailLines(w int) []string {
	t, d, e := s.env.theme, s.decisions[s.cursor], s.env
	under := s.rubrics[d.Rubric]
	title := line(d.Position)
	if under.rubric != nil {
		if p, err := under.rubric.Position(d.Position); err == nil {
			title += "  " + line(p.Title())
		}
	}
	var lines []string
	add := func(look style, indent int, text string) {
		for _, l := range e.wrapper.wrap(text, w-indent-1) {
			lines = append(lines, spaces(indent)+look.paint(l))
		}
	}
	add(t.title, 1, title)
	add(t.faint, 1, fmt.Sprintf("%s · %s · confidence %s · by %s · %s · %s", d.Dimension, d.Stage, d.Confidence, d.Reviewer,
		s.session(d), s.date(d, "2006-01-02 15:04")))
	if d.Change != "" {
		add(t.plain, 1, "not as drafted: "+string(d.Change))
	}
	switch {
	case under.err != nil:
		add(t.bad, 1, "the rubric that it was made under cannot be read: "+under.err.Error())
	case under.rubric != nil && d.Rubric != e.rubric.Hash():
		add(t.warn, 1, "made under "+calibration.OtherRubric(under.rubric, e.rubric)+", shown as it was then")
	}
	if s.corrected[d.ID] {
		add(t.warn, 1, "corrected since by a later decision")
	}
	lines = append(lines, "", " "+t.heading.paint("Rationale"))
	add(t.plain, 3, d.Rationale)
	if len(d.Evidence) > 0 {
		lines = append(append(lines, "", " "+t.heading.paint("Evidence")), e.evidenceLines(under.rubric, d.Evidence, w)...)
	}
	if len(d.Dampeners) > 0 {
		lines = append(append(lines, "", " "+t.heading.paint("Dampeners that apply")), e.dampenerLines(under.rubric, d.Dampeners, w)...)
	}
	lines = append(lines, "", " "+t.faint.paint(cut("id "+line(d.ID), w-2)))
	for i, l := range lines {
		lines[i] = fit(l, w)
	}
	return lines
}
