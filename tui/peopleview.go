package tui

import (
	"fmt"
	"strings"

	"calibrate/calibration"
	"calibrate/rubric"
)

// peopleTop is the number of rows above the people: title, filter, column heads.
const peopleTop = 3

// rows is how many people there is room for in a height.
func (s *people) rows(h int) int { return max(0, h-peopleTop) }

// window is the part of the list that is seen in a height.
func (s *people) window(h int) window {
	return windowOn(s.cursor, s.cursor, 0, len(s.shown), s.rows(h)).counting("person")
}

func (s *people) View(w, h int) string {
	t := s.env.theme
	count := s.count() + " "
	left := " " + t.title.paint("People") + t.faint.paint(s.about(w-8-width(count)))
	rows := []string{spread(left, t.faint.paint(count), w), s.filterRow(w)}
	switch {
	case s.failed:
		rows = append(rows, " The list could not be read.", "", " "+t.key.paint("enter")+"  tries again.")
		return joinRows(page(rows, w, h))
	case !s.loaded:
		return joinRows(page([]string{fit(left, w), "", " Opening …"}, w, h))
	case len(s.all) == 0:
		return joinRows(page(append(rows, s.welcome(w)...), w, h))
	case len(s.shown) == 0:
		rows = append(rows, " Nobody matches “"+s.filter.text+"”; esc shows everybody.")
		return joinRows(page(rows, w, h))
	}
	l := s.layout(w)
	rows = append(rows, t.heading.paint(fit(l.head(s), w)))
	return joinRows(append(rows, s.window(h).drawEach(t, func(i int) string { return s.row(l, i, w) }, 4, w)...))
}

// about is where one is, in w cells: what does not fit whole is left out, the rubric's name
// first.
func (s *people) about(w int) string {
	reviewer, rubric := " · reviewer "+line(s.env.reviewer), " · "+line(s.env.rubric.Role)
	session := ""
	if s.session != "" {
		session = " · " + line(s.session)
	}
	for _, words := range []string{session + rubric + reviewer, session + reviewer, session} {
		if width(words) <= w && words != "" {
			return words
		}
	}
	return reviewer
}

// rowLook is all that the row of somebody depends on, besides the list and how far its
// people are.
type rowLook struct {
	person         int // index into all
	w, names       int
	cursor, ticked bool
}

func (s *people) row(l peopleLayout, i, w int) string {
	at := s.shown[i]
	look := rowLook{at, w, s.env.wrapper.names, i == s.cursor, s.ticked[s.all[at].ID]}
	return s.drawn.of(look, func() string { return fit(l.row(s, i), w) })
}

func (s *people) count() string {
	if n := len(s.ticked); n > 0 {
		return fmt.Sprintf("%d ticked of %s", n, count(len(s.all), "person"))
	}
	if len(s.shown) != len(s.all) {
		return fmt.Sprintf("%d of %s", len(s.shown), count(len(s.all), "person"))
	}
	return count(len(s.all), "person")
}

func (s *people) filterRow(w int) string {
	t := s.env.theme
	switch {
	case s.filtering:
		return " " + t.accent.paint("/") + " " + s.filter.row(t, w-3, true)
	case s.filter.text != "":
		return fit(t.warn.paint(" / "+s.filter.text)+t.faint.paint("  esc shows everybody"), w)
	}
	return spaces(w)
}

// welcomeWords greet whoever has nobody in the list yet, in three lines of 80 columns.
const welcomeWords = "Nobody is here yet. calibrate walks you through a rubric, one band at a time, " +
	"and records where you place each person, on what evidence, and why. Decisions are kept in one file on this disk, and nothing of it leaves this computer."

func (s *people) welcome(w int) []string {
	t := s.env.theme
	var rows []string
	for _, l := range s.env.wrapper.wrap(welcomeWords, min(w-2, maxRationaleWidth)) {
		rows = append(rows, " "+l)
	}
	offer := func(key, text string) { rows = append(rows, " "+t.key.paint(fit(key, 4))+text) }
	rows = append(rows, "")
	offer("n", "adds the first person; enter then walks the rubric")
	if s.env.demo != nil {
		offer("d", "opens the demo: invented people, in a throwaway file")
	}
	offer("?", "explains the screen, its keys and the words")
	offer("q", "quits")
	return append(rows, "", " "+t.faint.paint("The file is "+line(s.env.store.Path())))
}

// peopleLayout is how the columns share the width. A column of no width is not
// shown.
type peopleLayout struct {
	name, team, manager, role int
	standing, dimensions      int // the width of each dimension, and how many are shown
}

// The least and the most that a column of standings gets.
const leastStanding, mostStanding = 10, 18

// mostName is how wide the column of names is at most, or a quarter of the screen, for one
// long name not to push everything else away from the others.
const mostName = 38

// measure notes the widest text of each column.
func (s *people) measure() {
	var name, team, manager, role, dimension widest
	for i := range s.all { // once: thousands of them take their time to come out of memory
		p := &s.all[i]
		name.holds(p.Name)
		team.holds(p.Team)
		manager.holds(s.env.names.Only(p.Manager))
		role.holds(p.Role)
	}
	for _, d := range s.env.rubric.Dimensions {
		dimension.holds(d)
	}
	s.widths = map[string]int{"name": name.w, "team": team.w, "manager": manager.w, "role": role.w, "dimension": dimension.w}
}

// widest is how wide a column is for the widest of its texts, with a space on both sides;
// one of nothing has no width, and no heading that would be cut. There may be thousands of
// texts, most of them like the one before or shorter than another.
type widest struct {
	w      int
	before string
}

func (c *widest) holds(text string) {
	if text == c.before {
		return
	}
	if c.before = text; len(text)+2 > c.w || !printableASCII(text) {
		c.w = max(c.w, width(line(text))+2)
	}
}

// printableASCII reports whether a text is as wide as it is long.
func printableASCII(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// layout gives half the room to how far people are and most of the rest to their
// names. Manager and role come in where there is room for them.
func (s *people) layout(w int) peopleLayout {
	n := len(s.env.rubric.Dimensions)
	l := peopleLayout{standing: min(max(leastStanding, s.widths["dimension"]), mostStanding)}
	room := w - 5
	for l.standing > leastStanding && n*l.standing > room/2 {
		l.standing--
	}
	l.dimensions = max(1, min(n, room/2/l.standing))
	room -= l.dimensions * l.standing
	l.team = min(s.widths["team"], room*2/5)
	l.name = min(max(s.widths["name"], 8), room-l.team, max(mostName, w/4))
	room -= l.name + l.team
	for _, column := range []struct {
		name, head string
		width      *int
	}{{"manager", "Manager", &l.manager}, {"role", "Role", &l.role}} {
		if n := min(max(s.widths[column.name], width(column.head)+2), 30); s.widths[column.name] > 2 && n <= room {
			*column.width = n
			room -= n
		}
	}
	return l
}

func (l peopleLayout) head(s *people) string {
	var b strings.Builder
	b.WriteString("    " + cell("Name", l.name) + cell("Team", l.team) + cell("Manager", l.manager) + cell("Role", l.role))
	all := s.env.rubric.Dimensions
	for i, d := range all[:l.dimensions] {
		more := ""
		if i == l.dimensions-1 && l.dimensions < len(all) {
			more = fmt.Sprintf(" +%d", len(all)-l.dimensions)
		}
		b.WriteString(fit(cut(line(d), l.standing-1-len(more))+more, l.standing))
	}
	return b.String()
}

func (l peopleLayout) row(s *people, i int) string {
	t, p := s.env.theme, s.all[s.shown[i]]
	how, known := s.progress[p.ID]
	look, pointer, sign := t.plain, " ", " "
	if i == s.cursor {
		look, pointer = t.cursor, t.accent.paint(markCursor)
	}
	if how.unfinished {
		sign = t.warn.paint(markNote)
	}
	tick := " "
	if s.ticked[p.ID] {
		tick = t.good.paint(markSeen)
	}
	words := seek(s.filter.text)
	var b strings.Builder
	b.WriteString(tick + pointer + sign + " " + words.mark(t, look, cell(p.Name, l.name)))
	b.WriteString(words.mark(t, t.faint, cell(p.Team, l.team)) + words.mark(t, t.faint, cell(s.env.names.Only(p.Manager), l.manager)) + t.faint.paint(cell(p.Role, l.role)))
	if own := s.env.on(p).rubric; own.Hash() != s.env.rubric.Hash() {
		b.WriteString(fit(s.elsewhere(own, how, known, l.dimensions*l.standing-1), l.dimensions*l.standing))
		return b.String()
	}
	for _, d := range s.env.rubric.Dimensions[:l.dimensions] {
		text := ""
		if known {
			text = s.standing(how.standings[d], how.before[d], l.standing-1)
		}
		b.WriteString(fit(text, l.standing))
	}
	return b.String()
}

// elsewhere says how far a person is under another rubric than the columns are of: on
// each of its dimensions, in their order, and which rubric that is.
func (s *people) elsewhere(own *rubric.Rubric, how progress, known bool, w int) string {
	var parts []string
	for _, d := range own.Dimensions {
		if known {
			parts = append(parts, s.standing(how.standings[d], how.before[d], w))
		}
	}
	return cut(strings.Join(append(parts, s.env.theme.faint.paint(line(own.Role))), " "), w)
}

// cell fits a text into a column and leaves a space to the next.
func cell(text string, w int) string { return fit(cut(line(text), w-1), w) }

// standing says how far a person is on a dimension: in the present session, or else
// where the last one left them.
func (s *people) standing(now calibration.Standing, before calibration.Decision, w int) string {
	t := s.env.theme
	look := t.plain
	switch now.Stage {
	case "":
		if before.Position != "" {
			return t.faint.paint(cut(marksPast[0]+" "+line(before.Position), w))
		}
		return t.faint.paint(markBlank)
	case calibration.Final:
		look = t.good
	case calibration.Panel:
		look = t.past
	}
	return look.paint(cut(stageMark(now.Stage)+" "+line(now.Decision.Position), w))
}
