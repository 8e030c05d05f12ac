package tui

import (
	"fmt"
	"strings"

	"calibrate/calibration"
)

// labelWidth is the room for the names of the form's fields.
const labelWidth = 13

func (s *place) View(w, h int) string {
	rows := s.env.deskHeader(s.desk, w)
	rows = append(rows, spaces(w))
	if s.saved != nil {
		return joinRows(append(rows, page(s.savedRows(w), w, h-len(rows))...))
	}
	rows = append(rows, s.positionRow(w), s.confidenceRow(w), s.label("Rationale", fieldRationale)+
		fit(s.env.theme.faint.paint("required: what you saw, and why not one up or one down"), w-labelWidth))
	evidence := s.evidenceLines(w - 2)
	rest := h - len(rows)
	room := min(max(3, rest-2-len(evidence)), max(3, rest*3/5))
	if room = min(room, rest-2); room > 0 {
		rows = append(rows, s.rationaleRows(w, room)...)
	}
	rows = append(rows, s.label("Evidence", fieldEvidence)+fit(s.env.theme.faint.paint(s.evidenceSummary()), w-labelWidth))
	return joinRows(append(rows, s.evidenceRows(evidence, w, h-len(rows))...))
}

func (s *place) label(name string, f placeField) string {
	if s.field == f {
		return " " + s.env.theme.accent.paint(markCursor+" "+fit(name, labelWidth-3))
	}
	return "   " + s.env.theme.heading.paint(fit(name, labelWidth-3))
}

func (s *place) positionRow(w int) string {
	t := s.env.theme
	text := s.position.Key + "  " + line(s.position.Title())
	if s.field == fieldPosition {
		text = "‹ " + text + " ›"
	}
	hint := ""
	if sug, ok := s.desk.walk().Suggest(s.desk.rubric); ok && sug.Position != s.position {
		hint = "the walk suggests " + sug.Position.Key + " "
	}
	return s.label("Position", fieldPosition) + spread(t.title.paint(text), t.warn.paint(hint), w-labelWidth)
}

func (s *place) confidenceRow(w int) string {
	var words []string
	for _, c := range calibration.Confidences() {
		if c == s.sure {
			words = append(words, "["+s.env.theme.title.paint(string(c))+"]")
		} else {
			words = append(words, " "+s.env.theme.faint.paint(string(c))+" ")
		}
	}
	return s.label("Confidence", fieldConfidence) + fit(strings.Join(words, " "), w-labelWidth)
}

// rationaleRows draws the text field with a rule at its side, so that its extent
// is seen without colour.
func (s *place) rationaleRows(w, h int) []string {
	field := s.rationale
	field.SetWidth(w - 6)
	field.SetHeight(h)
	rule := s.env.theme.faint.paint("│")
	if s.field == fieldRationale {
		rule = s.env.theme.accent.paint("┃")
	}
	rows := strings.Split(field.View(), "\n")
	for i := range rows {
		rows[i] = "   " + rule + " " + rows[i]
	}
	return page(rows, w, h)
}

func (s *place) evidenceSummary() string {
	d := s.decision()
	seen := 0
	for _, e := range d.Evidence {
		if e.Seen {
			seen++
		}
	}
	if seen+len(d.Evidence)+len(d.Dampeners) == 0 {
		return "none ticked; the walk is where statements are ticked"
	}
	text := fmt.Sprintf("%d seen · %d not seen", seen, len(d.Evidence)-seen)
	switch n := len(d.Dampeners); n {
	case 0:
	case 1:
		text += " · 1 dampener applies"
	default:
		text += fmt.Sprintf(" · %d dampeners apply", n)
	}
	return text + " · as it will be recorded"
}

// evidenceLines lays out the ticked statements as they will be recorded.
func (s *place) evidenceLines(w int) []string {
	d := s.decision()
	var lines []string
	for _, e := range d.Evidence {
		mark := s.env.theme.bad.paint(markNotSeen)
		if e.Seen {
			mark = s.env.theme.good.paint(markSeen)
		}
		lines = append(lines, s.env.evidenceLine(s.desk.rubric, mark, e.Statement, e.Note, w)...)
	}
	for _, m := range d.Dampeners {
		lines = append(lines, s.env.evidenceLine(s.desk.rubric, s.env.theme.warn.paint("▿"), m.Statement, m.Note, w)...)
	}
	return lines
}

func (s *place) evidenceRows(lines []string, w, h int) []string {
	from := max(0, min(s.from, len(lines)-h))
	return page(lines[from:], w, h)
}

// savedRows say what is on disk now, and offer what comes next.
func (s *place) savedRows(w int) []string {
	t, d := s.env.theme, s.saved
	at := d.DecidedAt.In(s.env.now().Location())
	rows := []string{
		" " + t.good.paint(fmt.Sprintf("%s saved %s · %s", markSeen, d.Position, line(d.Dimension))) +
			t.faint.paint(" at "+at.Format("15:04:05")),
		"   " + t.faint.paint(fmt.Sprintf("%s, confidence %s, by %s, in %s", d.Stage, d.Confidence, line(d.Reviewer), line(s.env.store.Path()))),
		"",
	}
	for _, l := range s.env.wrapper.wrap(d.Rationale, w-6) {
		rows = append(rows, "   "+l)
	}
	rows = append(rows, "")
	offer := func(key, text string) { rows = append(rows, "   "+t.key.paint(fit(key, 7))+text) }
	if next, ok := s.nextDimension(); ok {
		offer("enter", "walk "+line(next)+" for "+line(s.desk.person.Name))
	} else {
		offer("enter", "the next person; every dimension is placed")
	}
	offer("n", "the next person")
	offer("esc", "back to the walk; another save here corrects this one")
	return rows
}
