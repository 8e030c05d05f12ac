package tui

import (
	"fmt"
	"strings"

	"calibrate/calibration"
)

// placeLabel is the room for the names of the form's fields.
const placeLabel = 15

// What a form is drawn into at most; a line longer than that is hard to read.
const maxRationaleWidth, maxRationaleHeight = 100, 12

func (s *place) View(w, h int) string {
	rows := s.env.deskHeader(s.desk, s.position, w)
	if s.saved != nil && s.env.sitting.Blind {
		return joinRows(page(s.placedBlind(w), w, h))
	}
	if s.saved != nil {
		rows = append(rows, s.env.theme.rule(s.env.theme.title.paint("Saved"), "", w), spaces(w))
		lines := s.savedRows(w)
		return joinRows(append(rows, page(lines, w, h-len(rows))...))
	}
	rows = append(rows, s.rule(w), s.positionRow(w), s.confidenceRow(w))
	rows = append(rows, s.changeRows(w)...)
	rows = append(rows, s.label("Rationale", fieldRationale)+s.hint("required: what you saw, and why not one up or down", w))
	evidence := s.evidenceLines(w)
	text, rest := s.share(len(evidence), h-len(rows))
	rows = append(rows, s.rationaleRows(w, text)...)
	rows = append(rows, s.label("Evidence", fieldEvidence)+s.hint(s.evidenceSummary(), w))
	v := windowAt(s.from, len(evidence), rest)
	return joinRows(append(rows, v.draw(s.env.theme, evidence, 5, w)...))
}

// rule says what saving records: a draft, a vote or what the session decides, and whose.
func (s *place) rule(w int) string {
	t := s.env.theme
	whose := string(s.env.sitting.For()) + " · by " + line(s.desk.walk().Reviewer)
	return t.rule(t.title.paint(s.Title()), t.faint.paint(cut(whose, w/2)), w)
}

// formRows is the number of rows of the form above the rationale: a rule, the
// position, the confidence and the rationale's label.
const formRows = 4

// share divides the rows below the rationale's label between the rationale and,
// below a label of its own, so many lines of evidence. The rationale has the
// larger part, and what the evidence leaves over, up to its most. Where there are
// few, the one that has the keys gets enough to be read.
func (s *place) share(evidence, h int) (text, rest int) {
	const enough = 3
	h-- // the evidence's label
	text = min(max(h-evidence, (h+1)/2), maxRationaleHeight)
	if s.field == fieldEvidence {
		text = min(text, max(1, h-enough))
	} else {
		text = max(text, min(enough, h))
	}
	return text, max(0, h-text)
}

// evidenceRoom is the number of lines of evidence, and of rows for them, at a size.
func (s *place) evidenceRoom(w, h int) (lines, room int) {
	lines = len(s.evidenceLines(w))
	_, room = s.share(lines, h-s.formTop(w)-formRows-len(s.changeRows(w)))
	return lines, room
}

// formTop is the rows above the form.
func (s *place) formTop(w int) int { return len(s.env.deskHeader(s.desk, s.position, w)) }

// fieldAt is the field under the pointer, and the row of it below its label.
func (s *place) fieldAt(p pointed) (field placeField, row int, ok bool) {
	y := p.y - s.formTop(p.w) - 1 // below the rule
	change := len(s.changeRows(p.w))
	text, _ := s.share(len(s.evidenceLines(p.w)), p.h-s.formTop(p.w)-formRows-change)
	evidence := formRows - 1 + change + text
	switch {
	case y < 0:
		return 0, 0, false
	case y == 0:
		return fieldPosition, 0, true
	case y == 1:
		return fieldConfidence, 0, true
	case y < 2+change:
		return fieldChange, 0, true
	case y < evidence:
		return fieldRationale, y - 3 - change, true
	}
	return fieldEvidence, y - evidence - 1, true
}

// confidenceAt is the confidence that stands at a column of its row.
func (s *place) confidenceAt(x int) (calibration.Confidence, bool) {
	left := placeLabel - 1
	for _, c := range calibration.Confidences() {
		n := width(string(c)) + 2
		if x >= left && x < left+n {
			return c, true
		}
		left += n + 1
	}
	return "", false
}

func (s *place) label(name string, f placeField) string {
	return s.env.theme.label(name, placeLabel, s.field == f)
}

func (s *place) hint(text string, w int) string {
	return s.env.theme.faint.paint(fit(text, w-placeLabel))
}

func (s *place) positionRow(w int) string {
	t := s.env.theme
	text := line(s.position.Key) + "  " + line(s.position.Title())
	hint := ""
	if sug, ok := s.desk.walk().Suggest(s.desk.rubric); ok && sug.Position != s.position {
		hint = "the walk suggests " + line(sug.Position.Key) + " "
	}
	if s.field == fieldPosition {
		return spread(t.choice("Position", text, placeLabel, placeLabel+width(text)+2), t.warn.paint(hint), w)
	}
	return s.label("Position", fieldPosition) + spread(t.title.paint(text), t.warn.paint(hint), w-placeLabel)
}

func (s *place) confidenceRow(w int) string {
	var words []string // the first one's bracket stands in the label's last cell
	for _, c := range calibration.Confidences() {
		if c == s.sure {
			words = append(words, "["+s.env.theme.title.paint(string(c))+"]")
		} else {
			words = append(words, " "+s.env.theme.faint.paint(string(c))+" ")
		}
	}
	label := s.env.theme.label("Confidence", placeLabel-1, s.field == fieldConfidence)
	return label + fit(strings.Join(words, " "), w-placeLabel+1)
}

// changeRows ask why a final decision is not the draft, where it is not.
func (s *place) changeRows(w int) []string {
	draft, needed := s.needsChange()
	if !needed {
		return nil
	}
	t := s.env.theme
	text, look := or(string(s.change), "choose why it is not the draft"), t.title
	if s.change == "" {
		look = t.warn
	}
	hint := t.faint.paint(fmt.Sprintf("%s drafted %s ", line(draft.Reviewer), line(draft.Position)))
	if s.field == fieldChange {
		return []string{spread(t.choice("Change", look.paint(text), placeLabel, placeLabel+width(text)+2), hint, w)}
	}
	return []string{s.label("Change", fieldChange) + spread(look.paint(text), hint, w-placeLabel)}
}

// rationaleLead is what stands left of the rationale: a bar, so that the field's
// extent is seen without colour.
const rationaleLead = 5

func (s *place) rationaleWidth(w int) int { return min(w-rationaleLead-1, maxRationaleWidth) }

func (s *place) rationaleRows(w, h int) []string {
	t, focused := s.env.theme, s.field == fieldRationale
	bar := t.faint.paint(markSide)
	if focused {
		bar = t.accent.paint(markBar)
	}
	rows := s.rationale.rows(t, s.rationaleWidth(w), h, focused)
	for i := range rows {
		rows[i] = fit("   "+bar+" "+rows[i], w)
	}
	return rows
}

func (s *place) evidenceSummary() string {
	d := s.decision()
	seen := 0
	for _, e := range d.Evidence {
		if e.Seen {
			seen++
		}
	}
	if len(d.Evidence)+len(d.Dampeners) == 0 {
		return s.noEvidence()
	}
	parts := []string{fmt.Sprintf("%d seen", seen), fmt.Sprintf("%d not seen", len(d.Evidence)-seen)}
	switch n := len(d.Dampeners); n {
	case 0:
	case 1:
		parts = append(parts, "1 dampener applies")
	default:
		parts = append(parts, fmt.Sprintf("%d dampeners apply", n))
	}
	return strings.Join(append(parts, "as it will be recorded"), " · ")
}

func (s *place) noEvidence() string {
	if s.walks() {
		return "none ticked; tab, then w walks the rubric together"
	}
	return "none ticked; statements are ticked in the walk"
}

// evidenceLines lays out the ticked statements as they will be recorded.
func (s *place) evidenceLines(w int) []string {
	d := s.decision()
	w = min(w, maxRationaleWidth+rationaleLead+1)
	lines := s.env.evidenceLines(s.desk.rubric, d.Evidence, w)
	return append(lines, s.env.dampenerLines(s.desk.rubric, d.Dampeners, w)...)
}

// placedBlind says that a vote is on disk, and nothing of what it was.
func (s *place) placedBlind(w int) []string {
	t := s.env.theme
	rows := []string{
		fit(s.env.who(s.desk.person), w), t.rule(t.title.paint("Saved"), "", w), "",
		" " + t.good.paint(markSeen+" "+line(s.saved.Dimension)+" is placed, "+line(s.saved.Reviewer)),
		"   " + t.faint.paint("Nobody sees it before all have placed."), "",
	}
	if next, ok := s.nextDimension(); ok {
		return append(rows, "   "+t.key.paint(fit("enter", 7))+"walk "+line(next))
	}
	return append(rows, "   "+t.key.paint(fit("enter", 7))+"clears the screen; then pass the laptop on")
}

// savedRows say what is on disk now, and offer what comes next.
func (s *place) savedRows(w int) []string {
	t, d := s.env.theme, s.saved
	at := d.DecidedAt.In(s.env.now().Location())
	rows := []string{
		" " + t.good.paint(markSeen+" "+s.savedText()) + t.faint.paint(" at "+at.Format("15:04:05")),
		"   " + t.faint.paint(fmt.Sprintf("%s · confidence %s · by %s", d.Stage, d.Confidence, line(d.Reviewer))),
		"",
	}
	offer := func(key, text string) { rows = append(rows, "   "+t.key.paint(fit(key, 7))+text) }
	next, more := s.nextDimension()
	switch {
	case more && s.env.sitting.Stage == calibration.Final:
		offer("enter", "decide "+line(next)+" for "+line(s.env.names.Called(s.desk.person.ID, s.desk.person.Name)))
	case more:
		offer("enter", "walk "+line(next)+" for "+line(s.env.names.Called(s.desk.person.ID, s.desk.person.Name)))
		if s.env.sitting.Stage == "" {
			offer("n", "the next person")
		}
	case s.env.sitting.Stage != "":
		offer("enter", "back to "+line(s.env.names.Called(s.desk.person.ID, s.desk.person.Name))+"; every dimension is decided")
	default:
		offer("enter", "the next person; every dimension is placed")
	}
	if s.walks() {
		offer("esc", "back; deciding again corrects this")
	} else {
		offer("esc", "back to the walk; saving again corrects this")
	}
	rows = append(rows, "")
	for _, l := range s.env.wrapper.wrap(d.Rationale, min(w-6, maxRationaleWidth)) {
		rows = append(rows, "   "+l)
	}
	return append(rows, "", "   "+t.faint.paint("kept in "+line(s.env.store.Path())))
}
