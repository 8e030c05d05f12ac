package tui

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"calibrate/calibration"
	"calibrate/internal/lines"
	"calibrate/rubric"
)

// roomTop is the rows above the agenda: title, who is there, column heads.
const roomTop = 3

// top is roomTop, the row that says what the rubrics are called where the agenda has no
// room for it, and that of the heads which take two.
func (s *room) top(w int) int {
	l := s.layout(w)
	top := roomTop + len(l.head(s)) - 1
	if l.short != nil {
		top++
	}
	return top
}

func (s *room) View(w, h int) string {
	t := s.env.theme
	title := " " + t.title.paint(line(s.session.Name))
	if s.now == nil {
		return joinRows(page([]string{title, "", " Opening …"}, w, h))
	}
	rows := []string{spread(title+t.faint.paint(" · "+s.stateWords()), s.env.agendaClock(s.now)+" ", w), fit(" "+t.faint.paint(cut(s.whoIsThere(w-2), w-2)), w)}
	if len(s.now.Turns) == 0 {
		rows = append(rows, "", " Nobody is on the agenda.")
		if s.open() {
			rows = append(rows, "", " "+t.key.paint("a")+"    adds somebody of the list of people", " "+t.key.paint("esc")+"  leads back")
		}
		return joinRows(page(rows, w, h))
	}
	l := s.layout(w)
	if l.short != nil {
		rows = append(rows, fit(" "+t.faint.paint(cut(s.legend(l), w-2)), w))
	}
	for _, head := range l.head(s) {
		rows = append(rows, t.heading.paint(fit(head, w)))
	}
	lines := make([]string, len(s.now.Turns))
	v := s.window(w, h)
	for i := v.top; i < min(v.top+v.h, len(lines)); i++ {
		lines[i] = fit(l.row(s, i), w)
	}
	return joinRows(append(rows, v.draw(t, lines, 3, w)...))
}

func (s *room) stateWords() string {
	n, undecided := len(s.now.Turns), s.now.Undecided()
	words := fmt.Sprintf("%s · %d of %d decided", s.session.State, n-undecided, n)
	if undecided == 0 && n > 0 && s.open() {
		words += " · f finalises"
	}
	return words
}

func (s *room) whoIsThere(w int) string {
	var parts []string
	if s.session.Facilitator != "" {
		parts = append(parts, "facilitator "+line(s.session.Facilitator))
	}
	if names := s.panelNames(); len(names) > 0 {
		const panel = "panel "
		used := width(strings.Join(append(parts, panel), " · "))
		parts = append(parts, panel+listOf(names, w-used))
	} else {
		parts = append(parts, "no panel: nobody votes, nothing is blind")
	}
	return strings.Join(parts, " · ")
}

// listOf is as many of the names as fit into w cells, whole, and how many more there are.
func listOf(names []string, w int) string {
	all := line(strings.Join(names, ", "))
	for n := len(names) - 1; width(all) > w && n > 0; n-- {
		all = fmt.Sprintf("%s and %d more", line(strings.Join(names[:n], ", ")), len(names)-n)
	}
	return all
}

// agendaClock is the time that is left for everybody, or the time spent where there is no
// limit, or nobody to spend it on any more.
func (e *env) agendaClock(room *calibration.Room) string {
	spent, total := e.spentOnAll(room), time.Duration(room.Session.Minutes)*time.Minute
	switch {
	case total == 0:
		return e.theme.faint.paint(calibration.Clock(spent) + " spent")
	case room.Session.State != calibration.Open:
		return e.theme.faint.paint(calibration.Clock(spent) + " spent of " + calibration.Clock(total))
	}
	return e.countDown(spent, total, " left of "+calibration.Clock(total))
}

// countDown says how much of a time is left: plain, then as a warning, then overdrawn.
// It never stops anybody.
func (e *env) countDown(spent, budget time.Duration, words string) string {
	left := budget - spent
	text := calibration.Clock(left) + words
	switch {
	case left < 0:
		return e.theme.bad.paint("! over " + text)
	case 4*left <= budget:
		return e.theme.warn.paint("~ " + text)
	}
	return e.theme.plain.paint(text)
}

// roomLayout is how the columns share the width.
type roomLayout struct {
	number, name, team, how, standing, dimensions int
	short                                         map[string]string // of rubrics, by hash; nil: their names fit
}

const timeWidth = 7

func (s *room) layout(w int) roomLayout {
	l := roomLayout{number: len(fmt.Sprint(len(s.now.Turns))) + 1, standing: leastStanding, dimensions: len(s.columns())}
	for _, t := range s.now.Turns {
		l.name = max(l.name, width(line(s.called(t, roomLayout{})))+2)
		l.team = max(l.team, width(s.group(t, l))+2)
	}
	room := w - 4 - l.number - timeWidth
	for l.dimensions > 1 && l.dimensions*l.standing > room/3 {
		l.dimensions--
	}
	for _, d := range s.columns() {
		l.standing = max(l.standing, min(width(line(d))+2, room/3/l.dimensions))
	}
	room -= l.dimensions * l.standing
	l.name = min(l.name, max(mostName, w/4), room/2)
	room -= l.name
	if s.now.Mixed() && l.team > room-leastHow {
		l.short, l.team = shortRubrics(s.now.Rubrics()), 0
		for _, name := range l.short {
			l.team = max(l.team, width(name)+2, width(s.groupHead())+2)
		}
	}
	l.how = min(max(leastHow, room-l.team), 34)
	l.team = max(0, min(l.team, room-l.how))
	if l.team < 6 {
		l.team = 0
	}
	return l
}

// leastHow is the room that saying how a person stands has at least.
const leastHow = 22

// shortRubrics are the first letters of the words of each rubric's name, by its hash, or
// where these are the same, numbers.
func shortRubrics(rubrics []*rubric.Rubric) map[string]string {
	short, taken := map[string]string{}, map[string]bool{}
	for _, r := range rubrics {
		letters := ""
		for _, word := range strings.Fields(line(r.Role)) {
			first, _ := lines.FirstCharacter(word)
			letters += strings.ToUpper(first)
		}
		short[r.Hash()], taken[letters] = letters, true
	}
	if len(taken) == len(rubrics) {
		return short
	}
	for i, r := range rubrics {
		short[r.Hash()] = strconv.Itoa(i + 1)
	}
	return short
}

// legend says which rubrics the short names are of.
func (s *room) legend(l roomLayout) string {
	var parts []string
	for _, r := range s.now.Rubrics() {
		parts = append(parts, l.short[r.Hash()]+" "+line(s.now.RubricName(r)))
	}
	return strings.Join(parts, " · ")
}

// columns are the heads of the columns of positions: the dimensions, or where there are
// several rubrics, that have others, their numbers.
func (s *room) columns() []string {
	if !s.now.Mixed() {
		return s.now.Rubrics()[0].Dimensions
	}
	var heads []string
	for _, r := range s.now.Rubrics() {
		for i, d := range r.Dimensions {
			switch {
			case i == len(heads):
				heads = append(heads, d)
			case heads[i] != d:
				heads[i] = fmt.Sprintf("Dimension %d", i+1)
			}
		}
	}
	return heads
}

// group is what somebody is listed under besides their name: the team, or the rubric
// where there are several.
func (s *room) group(t calibration.Turn, l roomLayout) string {
	if l.short != nil {
		return l.short[t.Rubric.Hash()]
	}
	if s.now.Mixed() {
		return line(s.now.RubricName(t.Rubric))
	}
	return line(t.Person.Team)
}

func (s *room) groupHead() string {
	if s.now.Mixed() {
		return "Rubric"
	}
	return "Team"
}

// head is the heads of the columns: a row, and one above it for the beginning of a
// dimension's name that is wider than its column.
func (l roomLayout) head(s *room) []string {
	var above, row strings.Builder
	row.WriteString(spaces(4+l.number) + cell("Person", l.name) + fit(cut(s.groupHead(), max(0, l.team-1)), l.team) + cell("How it stands", l.how))
	above.WriteString(spaces(4 + l.number + l.name + l.team + l.how))
	two := false
	for _, d := range s.columns()[:l.dimensions] {
		first, rest := "", line(d)
		if w := l.standing - 1; width(rest) > w {
			if words := s.env.wrapper.wrap(rest, w); width(words[0]) <= w {
				first, rest, two = words[0], strings.Join(words[1:], " "), true
			}
		}
		above.WriteString(cell(first, l.standing))
		row.WriteString(cell(rest, l.standing))
	}
	row.WriteString(fit("Time", timeWidth))
	if two {
		return []string{above.String(), row.String()}
	}
	return []string{row.String()}
}

func (l roomLayout) row(s *room, i int) string {
	t, turn := s.env.theme, s.now.Turns[i]
	lead, look := t.lead(i == s.cursor)
	text, how := s.env.howItStands(s.now, turn, l.how-1)
	var b strings.Builder
	b.WriteString(lead + t.faint.paint(fmt.Sprintf("%*d ", l.number, i+1)) + look.paint(cell(s.called(turn, l), l.name)))
	b.WriteString(t.faint.paint(fit(cut(s.group(turn, l), max(0, l.team-1)), l.team)) + how.paint(cell(text, l.how)))
	for i := range l.dimensions {
		text := ""
		if i < len(turn.Rubric.Dimensions) {
			text = s.env.finalCell(turn, turn.Rubric.Dimensions[i], l.standing-1)
		}
		b.WriteString(fit(text, l.standing))
	}
	b.WriteString(t.faint.paint(calibration.Clock(s.env.spent(s.now, turn))))
	return b.String()
}

// called is somebody's name, and their team where that is not shown and another on the
// agenda has the same name.
func (s *room) called(turn calibration.Turn, l roomLayout) string {
	p := turn.Person
	name := s.env.names.Called(p.ID, p.Name)
	if l.team > 0 && !s.now.Mixed() || p.Team == "" || name != p.Name {
		return name
	}
	for _, other := range s.now.Turns {
		if other.Person.ID != p.ID && other.Person.Name == p.Name {
			return name + " · " + p.Team
		}
	}
	return name
}

// finalCell is where a person stands on a dimension: decided, or as the manager drafted.
func (e *env) finalCell(turn calibration.Turn, dimension string, w int) string {
	if final, ok := turn.Finals[dimension]; ok {
		return e.theme.good.paint(cut(markFinal+" "+line(final.Position), w))
	}
	if draft, ok := turn.Drafts[dimension]; ok {
		return cut(markDraft+" "+line(draft.Position), w)
	}
	return e.theme.faint.paint(markBlank)
}

// howItStands says in a few words how far a person is, and how much there is to speak
// about.
func (e *env) howItStands(room *calibration.Room, turn calibration.Turn, w int) (string, style) {
	t := e.theme
	switch {
	case turn.Blind:
		return cut(fmt.Sprintf("blind, %d of %d placed", len(turn.Placed), len(turn.Voters)), w), t.plain
	case room.Decided(turn):
		return "decided", t.good
	}
	worst, apart := room.Widest(turn.Person.ID)
	switch worst {
	case calibration.Discuss:
		return cut(fmt.Sprintf("discuss: %d apart", apart), w), t.warn
	case calibration.TwoMinutes:
		return cut("two minutes: 1 apart", w), t.plain
	case calibration.NothingToDiscuss:
		return cut("agreed: accept", w), t.good
	}
	return cut("too few placements", w), t.faint
}
