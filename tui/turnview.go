package tui

import (
	"fmt"
	"slices"
	"strings"

	"calibrate/calibration"
	"calibrate/rubric"
)

// turnTop is the rows above: who and how much time, and a rule.
const turnTop = 2

func (s *turn) View(w, h int) string {
	t, now := s.env.theme, s.turn()
	clocks, nth := s.env.clocks(s.room, now, w/2)+" ", t.faint.paint(fmt.Sprintf(" · %d of %d", s.at+1, len(s.room.Turns)))
	who := s.env.who(personOf(now.Person)) + nth
	if width(who)+1+width(clocks) > w { // the team is told on the agenda too
		who = s.env.who(calibration.Person{ID: now.Person.ID, Name: now.Person.Name}) + nth
	}
	under := ""
	if s.room.Mixed() {
		under = line(s.room.RubricName(now.Rubric))
	}
	rows := []string{spread(who, clocks, w)}
	if now.Blind {
		rows = append(rows, t.rule(t.title.paint("Blind"), t.faint.paint(strings.TrimPrefix(fmt.Sprintf("%s · %d of %d placed", under, len(now.Placed), len(now.Voters)), " · ")), w))
		return joinRows(append(rows, page(s.blindRows(w), w, h-turnTop)...))
	}
	rows = append(rows, t.rule(s.tabs(), t.faint.paint(under), w))
	var columns [][]string
	for _, c := range s.columns(w) {
		columns = append(columns, windowAt(s.from, len(c.lines), h-turnTop).draw(t, c.lines, 3, c.w))
	}
	return joinRows(append(rows, beside("", t.faint.paint(markSide), "", columns...)...))
}

// clocks are the time left for the person and for the agenda, in at most w cells.
func (e *env) clocks(room *calibration.Room, now calibration.Turn, w int) string {
	if room.Session.State != calibration.Open {
		return e.theme.faint.paint("finalised · " + calibration.Clock(now.Spent) + " spent")
	}
	if now.Blind {
		return e.theme.faint.paint("the clock starts with the reveal")
	}
	mine, budget := e.spent(room, now), room.Session.Budget()
	if budget == 0 {
		return e.theme.faint.paint(calibration.Clock(mine) + " spent")
	}
	both := e.countDown(mine, budget, "") + e.theme.faint.paint(" · agenda ") + e.agendaClock(room)
	if width(both) > w {
		return e.countDown(mine, budget, "")
	}
	return both
}

// blindTop is the rows of blindRows above those of the panellists.
const blindTop = 3

// blindRows say who has placed the person and who has not, and nothing of where.
func (s *turn) blindRows(w int) []string {
	t, now := s.env.theme, s.turn()
	rows := []string{"", " Nobody's placement is shown before all have placed.", ""}
	name := 10
	for _, v := range now.Voters {
		name = max(name, width(line(v))+2)
	}
	for _, r := range now.Recusals {
		name = max(name, width(line(r.Reviewer))+2)
	}
	name = min(name, w/2)
	for i, v := range now.Voters {
		lead, look := t.lead(i == s.cursor)
		state := t.faint.paint("not yet")
		switch done := now.On[v]; {
		case slices.Contains(now.Placed, v):
			state = t.good.paint(markSeen + " has placed")
		case len(done) > 0:
			state = t.warn.paint(fmt.Sprintf("%s %d of %d dimensions", markNote, len(done), len(s.dims())))
		}
		rows = append(rows, lead+look.paint(cell(v, name))+state)
	}
	for _, r := range now.Recusals {
		rows = append(rows, "   "+t.faint.paint(cell(r.Reviewer, name)+"does not vote: "+line(r.Why)))
	}
	return append(rows, "", "   "+t.key.paint(fit("enter", 7))+"hands the laptop over; nobody else looks",
		"   "+t.key.paint(fit("R", 7))+"reveals now, for a reason that is recorded")
}

// tabs names the dimensions with what was decided on each.
func (s *turn) tabs() string {
	t, now := s.env.theme, s.turn()
	var tabs []string
	for i, d := range s.dims() {
		text := line(d)
		if final, ok := now.Finals[d]; ok {
			text += " " + markFinal + " " + line(final.Position)
		}
		if i == s.dimension {
			tabs = append(tabs, "["+t.chosen.paint(text)+"]")
		} else {
			tabs = append(tabs, " "+t.faint.paint(text)+" ")
		}
	}
	return strings.TrimRight(strings.Join(tabs, ""), " ")
}

// turnColumn is a column of what is said of the person, w cells wide. Columns scroll
// together, each as far as it goes.
type turnColumn struct {
	lines []string
	w     int
}

// twoFrom is how wide a terminal is that shows what was ticked differently beside the
// positions, and not below them.
const twoFrom = 160

// columns is everything there is to say of the person on the dimension.
func (s *turn) columns(w int) []turnColumn {
	r, ok := s.revealed()
	differ := ok && len(r.Differences) > 0
	switch {
	case !differ:
		return []turnColumn{fitted(append(s.saidLines(w), s.earlyLines(w)...), w)}
	case w < twoFrom:
		lines := append(s.saidLines(w), spaces(w))
		return []turnColumn{fitted(append(append(lines, s.differentLines(r, w)...), s.earlyLines(w)...), w)}
	}
	left := (w - width(markSide)) / 2
	right := w - width(markSide) - left
	return []turnColumn{fitted(append(s.saidLines(left), s.earlyLines(left)...), left), fitted(s.differentLines(r, right), right)}
}

func fitted(lines []string, w int) turnColumn {
	for i := range lines {
		lines[i] = fit(lines[i], w)
	}
	return turnColumn{lines, w}
}

// lines is how many lines there are to scroll through.
func (s *turn) lines(w int) int {
	n := 0
	for _, c := range s.columns(w) {
		n = max(n, len(c.lines))
	}
	return n
}

// saidLines are the positions, what was decided, and what was put on record.
func (s *turn) saidLines(w int) []string {
	lines := []string{"", " Nobody has placed them on " + line(s.dim()) + "."}
	if r, ok := s.revealed(); ok {
		lines = s.positionLines(r, w)
	}
	return append(append(lines, s.decidedLines(w)...), s.eventLines(w)...)
}

// differentLines are the statements that were ticked differently.
func (s *turn) differentLines(r calibration.Revealed, w int) []string {
	lines := []string{s.differencesHead(r.Differences)}
	for _, d := range r.Differences {
		lines = append(lines, s.differenceLines(d, w)...)
	}
	return lines
}

// earlyLines say why the person was revealed before all had placed them.
func (s *turn) earlyLines(w int) []string {
	var lines []string
	for _, e := range s.turn().Events {
		if e.Kind == calibration.Reveal {
			lines = append(lines, "", " "+s.env.theme.faint.paint(cut("revealed early by "+line(e.By)+": "+line(s.env.names.InText(e.Text)), w-2)))
		}
	}
	return lines
}

// positionLines draw all placements on the ruler, and say who should speak first.
func (s *turn) positionLines(r calibration.Revealed, w int) []string {
	t := s.env.theme
	label := labelCells(w)
	sc := s.under().scaleFor(w, label, 20)
	lines := append([]string{}, sc.head()...)
	for _, p := range r.Spread.Placements {
		if !p.Measured && p.Stage != calibration.Final {
			continue
		}
		lead := "   " + cell(p.Reviewer, label-3)
		look := t.past
		if p.Stage == calibration.Final {
			look = t.good
		}
		lines = append(lines, lead+sc.row(func(o int) mark {
			if o == p.Ordinal {
				return mark{stageMark(p.Stage), look, ""}
			}
			return mark{markBlank, t.faint, ""}
		}, "", 0, 0)+"  "+look.paint(cell(p.Position, 10))+t.faint.paint(string(p.Stage)))
	}
	look := t.plain
	if r.Spread.Triage == calibration.Discuss {
		look = t.warn
	}
	lines = append(lines, "", " "+look.paint(cut(upperFirst(line(r.Spread.Words)), w-2)))
	if len(r.First) > 0 {
		const says = "first to speak:"
		for i, l := range s.env.wrapper.wrap(says+" "+line(strings.Join(r.First, ", then ")), w-2) {
			if i == 0 {
				l = t.faint.paint(says) + strings.TrimPrefix(l, says)
			}
			lines = append(lines, " "+l)
		}
	}
	return lines
}

// decidedLines say what was decided, and what is missing.
func (s *turn) decidedLines(w int) []string {
	t, now := s.env.theme, s.turn()
	final, ok := now.Finals[s.dim()]
	if !ok {
		if !s.open() {
			return nil
		}
		return []string{"", " " + t.key.paint("enter") + "  decides " + line(s.dim())}
	}
	head := markFinal + " " + line(final.Position) + " decided"
	if draft, drafted := now.Drafts[s.dim()]; drafted && draft.Position != final.Position {
		head += fmt.Sprintf(", drafted %s · %s", line(draft.Position), or(line(string(final.Change)), "no reason given"))
	}
	lines := []string{"", " " + t.good.paint(cut(head, w-2))}
	for _, l := range s.env.wrapper.wrap(final.Rationale, min(w-4, maxRationaleWidth)) {
		lines = append(lines, "   "+l)
	}
	return lines
}

// differencesHead says how many statements were ticked differently, and of how many one has
// seen what another has not.
func (s *turn) differencesHead(all []calibration.Difference) string {
	t, contested := s.env.theme, 0
	for _, d := range all {
		if d.Contested() {
			contested++
		}
	}
	head := " " + t.heading.paint("Ticked differently") + t.faint.paint(" · "+count(len(all), "statement"))
	if contested > 0 {
		head += t.faint.paint(" · ") + t.warn.paint(fmt.Sprintf("! %d contested", contested))
	}
	return head
}

// differenceLines show a statement and who saw it.
func (s *turn) differenceLines(d calibration.Difference, w int) []string {
	t := s.env.theme
	lead := "   "
	if d.Contested() {
		lead = " " + t.warn.paint("!") + " "
	}
	var lines []string
	where := line(statementWords(d.Statement))
	for i, l := range s.env.wrapper.wrap(where+"  "+d.Statement.Text, min(w-4, maxRationaleWidth)) {
		if text, ok := strings.CutPrefix(l, where); ok && i == 0 {
			l = t.faint.paint(where) + text
		}
		lines = append(lines, lead+l)
		lead = "   "
	}
	var who, each []string
	for _, part := range []struct {
		mark  string
		names []string
	}{{t.good.paint(markSeen), d.Seen}, {t.bad.paint(markNotSeen), d.NotSeen}, {t.faint.paint(markBlank), d.Blank}} {
		if len(part.names) == 0 {
			continue
		}
		names, lead := strings.Join(part.names, ", "), part.mark
		who = append(who, part.mark+" "+line(names))
		for _, l := range s.env.wrapper.wrap(names, w-8) {
			each = append(each, "     "+lead+" "+l)
			lead = " "
		}
	}
	if all := strings.Join(who, "   "); width(all) <= w-6 {
		return append(lines, "     "+all)
	}
	return append(lines, each...)
}

// statementWords name a statement by its place, where the dimension is known.
func statementWords(s rubric.Statement) string {
	return fmt.Sprintf("%s %s %d", s.Position.Key, strings.ToLower(s.Section.Title()), s.Number)
}

// eventLines list what was said and agreed besides the positions.
func (s *turn) eventLines(w int) []string {
	var lines []string
	for _, e := range s.turn().Events {
		text, ok := e.Words()
		if !ok {
			continue
		}
		if len(lines) == 0 {
			lines = append(lines, "", " "+s.env.theme.heading.paint("On record"))
		}
		lead := "   "
		for _, l := range s.env.wrapper.wrap(text, min(w-4, maxRationaleWidth)) {
			lines = append(lines, lead+l)
			lead = "     "
		}
	}
	return lines
}
