package tui

import (
	"fmt"
	"strings"

	"calibrate/calibration"
)

// peopleChrome is the number of rows that are not people: title, column heads,
// and the footer.
const peopleChrome = 4

func (s *people) View(w, h int) string {
	t := s.env.theme
	left := " " + t.title.paint("People") + t.faint.paint(" · "+line(s.env.rubric.Role)+" · reviewer "+line(s.env.reviewer))
	rows := []string{spread(left, t.faint.paint(s.count()+" "), w), s.filterRow(w)}
	switch {
	case !s.loaded:
		return joinRows(page(append(rows, " Opening …"), w, h))
	case len(s.all) == 0:
		return joinRows(page(append(rows, s.welcome()...), w, h))
	}
	layout := s.layout(w)
	rows = append(rows, t.heading.paint(layout.head(s)))
	room := h - len(rows)
	for i := s.top; i < min(s.top+room, len(s.shown)); i++ {
		rows = append(rows, layout.row(s, i))
	}
	if len(s.shown) == 0 {
		rows = append(rows, " Nobody matches “"+line(s.filter.Value())+"”; esc clears the filter.")
	}
	return joinRows(page(rows, w, h))
}

func (s *people) filterRow(w int) string {
	t := s.env.theme
	switch {
	case s.filtering:
		s.filter.Width = w - 12
		return fit(" / "+s.filter.View(), w)
	case s.filter.Value() != "":
		return fit(t.warn.paint(" / "+line(s.filter.Value()))+t.faint.paint("  esc shows everybody"), w)
	}
	return spaces(w)
}

func (s *people) welcome() []string {
	t := s.env.theme
	return []string{
		" Nobody is here yet.",
		"",
		" " + t.key.paint("n") + "   adds the first person to rate.",
		"     " + t.faint.paint("Then enter walks the rubric for them, band by band."),
		" " + t.key.paint("?") + "   explains the keys and the words, on every screen.",
		" " + t.key.paint("q") + "   quits. To look around first: calibrate demo",
		"",
		" " + t.faint.paint("Everything stays in "+line(s.env.store.Path())),
	}
}

// peopleLayout is how the columns share the width.
type peopleLayout struct{ name, team, standing, manager int }

func (s *people) layout(w int) peopleLayout {
	dims := len(s.env.rubric.Dimensions)
	l := peopleLayout{standing: 14}
	rest := w - 4
	for l.standing > 9 && dims*l.standing > rest/2 {
		l.standing--
	}
	rest -= dims * l.standing
	if rest > 60 {
		l.manager = 20
		rest -= l.manager
	}
	l.team = min(24, rest*2/5)
	l.name = max(12, min(40, rest-l.team))
	return l
}

// dimensions is how many dimensions fit beside the names.
func (l peopleLayout) dimensions(s *people) int {
	room := s.size.Width - 4 - l.name - l.team - l.manager
	return max(0, min(len(s.env.rubric.Dimensions), room/l.standing))
}

func (l peopleLayout) head(s *people) string {
	var b strings.Builder
	b.WriteString("   " + fit("Name", l.name) + fit("Team", l.team))
	if l.manager > 0 {
		b.WriteString(fit("Manager", l.manager))
	}
	n := l.dimensions(s)
	for i, d := range s.env.rubric.Dimensions[:n] {
		name := line(d)
		if i == n-1 && n < len(s.env.rubric.Dimensions) {
			name = fmt.Sprintf("%s +%d", name, len(s.env.rubric.Dimensions)-n)
		}
		b.WriteString(fit(fit(name, l.standing-1), l.standing))
	}
	return fit(b.String(), s.size.Width)
}

func (l peopleLayout) row(s *people, i int) string {
	t, p := s.env.theme, s.all[s.shown[i]]
	lead, look := "   ", t.plain
	if i == s.cursor {
		lead, look = " "+t.accent.paint(markCursor)+" ", t.cursor
	}
	if _, unfinished := s.walks[p.ID]; unfinished && i != s.cursor {
		lead = " " + t.warn.paint(markNote) + " "
	} else if unfinished {
		lead = t.accent.paint(markCursor) + t.warn.paint(markNote) + " "
	}
	var b strings.Builder
	b.WriteString(lead + look.paint(cell(p.Name, l.name)) + t.faint.paint(cell(p.Team, l.team)))
	if l.manager > 0 {
		b.WriteString(t.faint.paint(cell(p.Manager, l.manager)))
	}
	for _, d := range s.env.rubric.Dimensions[:l.dimensions(s)] {
		b.WriteString(fit(s.standing(s.standings[p.ID][d]), l.standing))
	}
	return fit(b.String(), s.size.Width)
}

// cell fits a text into a column and leaves a space to the next.
func cell(text string, w int) string { return fit(fit(line(text), w-1), w) }

// standing says how far a person is on a dimension.
func (s *people) standing(st calibration.Standing) string {
	t := s.env.theme
	look := t.faint
	switch st.Stage {
	case "":
		return t.faint.paint(markBlank)
	case calibration.Final:
		look = t.good
	case calibration.Panel:
		look = t.past
	}
	text := stageMark(st.Stage) + " " + line(st.Decision.Position)
	return look.paint(text)
}
