package plain

import (
	"fmt"
	"strings"
	"time"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/rubric"
)

// readBand reads the band where the walk stands: its statements by number, then what
// is known of the person's place.
func (d *dialogue) readBand() {
	at, w := d.at(), d.desk.walk()
	d.out.blank()
	d.out.say("%s, position %d of %d: %s. %s.", at.Key, at.Ordinal, len(d.rubric().Positions()), at.Title(), clean.Line(w.Dimension))
	if v := w.Verdict(at); v != "" {
		d.out.say("You said: %s.", verdictWords(v))
	}
	d.readStatements(d.rubric(), w, at, true)
	d.readPast()
	d.readWhereItPoints()
}

// statements lists what the rubric says of a band where the walk is, in reading order.
func (d *dialogue) statements(p rubric.Position) []rubric.Statement {
	return statementsOf(d.rubric(), p, d.desk.walk().Dimension)
}

func statementsOf(r *rubric.Rubric, p rubric.Position, dimension string) []rubric.Statement {
	var all []rubric.Statement
	for _, section := range rubric.Sections() {
		all = append(all, r.Statements(p, dimension, section)...)
	}
	return all
}

// readStatements reads a band section by section, with the marks of a walk. The numbers
// are what commands take, so only the band where the walk stands has them.
func (d *dialogue) readStatements(r *rubric.Rubric, w calibration.Walk, p rubric.Position, numbered bool) {
	if len(statementsOf(r, p, w.Dimension)) == 0 {
		d.out.say("The rubric says nothing about %s here.", clean.Line(w.Dimension))
		return
	}
	n := 0
	for _, section := range rubric.Sections() {
		all := r.Statements(p, w.Dimension, section)
		if len(all) == 0 {
			d.out.say("%s: left out in the rubric.", section.Title())
			continue
		}
		d.out.say("%s:", section.Title())
		for _, st := range all {
			n++
			lead := "- "
			if numbered {
				lead = fmt.Sprintf("%d. ", n)
			}
			tick := w.Tick(st.ID)
			d.out.item(lead, markPrefix(st.Section, tick.Sight)+st.Text)
			if tick.Note != "" {
				d.out.item(strings.Repeat(" ", len(lead))+"Note: ", tick.Note)
			}
		}
	}
}

// markPrefix says how a statement is marked, before its text: "(seen) ".
func markPrefix(section rubric.Section, sight calibration.Sight) string {
	switch {
	case sight == "":
		return ""
	case section == rubric.Dampeners && sight == calibration.Seen:
		return "(applies) "
	}
	return "(" + string(sight) + ") "
}

// readPast reads what was decided before on the dimension that is shown.
func (d *dialogue) readPast() {
	for _, e := range d.desk.earlier() {
		text := fmt.Sprintf("Earlier: %s, %s, in %s, on %s", e.Decision.Position, e.Decision.Stage, e.Session, d.when(e.Decision, time.DateOnly))
		if e.Decision.Rubric != d.rubric().Hash() {
			text += ", under " + d.otherRubric(e.Decision.Rubric)
		}
		d.out.say("%s.", text)
	}
	switch made, ok := d.desk.saved(d.desk.walk().Dimension); {
	case ok && d.desk.sitting.Blind:
		d.out.say("You have placed them here already.")
	case ok:
		d.out.say("Saved: %s, %s, by you, on %s.", made.Position, made.Stage, d.when(made, dayAndTime))
	}
}

// otherRubric names the rubric of a hash that is not the present one.
func (d *dialogue) otherRubric(hash string) string {
	r, err := d.Store.Rubric(hash)
	if err != nil {
		return "a rubric that cannot be read"
	}
	return clean.Line(calibration.OtherRubric(r, d.rubric()))
}

// dayAndTime tells placements of one afternoon apart.
const dayAndTime = "2006-01-02 15:04"

// when is the time of a decision where the reader is.
func (d *dialogue) when(made calibration.Decision, layout string) string {
	return made.DecidedAt.In(d.Now().Location()).Format(layout)
}

// readWhereItPoints reads contradictions, or the suggestion.
func (d *dialogue) readWhereItPoints() {
	for _, l := range d.whereItPoints(d.desk.walk()) {
		d.out.say("%s", l)
	}
}

// maxContradictions is how many are read out; one wrong verdict can clash with all
// others.
const maxContradictions = 3

func (d *dialogue) whereItPoints(w calibration.Walk) []string {
	if wrong := w.Contradictions(d.rubric()); len(wrong) > 0 {
		var lines []string
		for _, c := range wrong[:min(len(wrong), maxContradictions)] {
			lines = append(lines, "Contradiction: "+c.Text+"; both cannot be right.")
		}
		if more := len(wrong) - maxContradictions; more > 0 {
			lines = append(lines, fmt.Sprintf("And %s; “ruler” reads all verdicts.", count(more, "more contradiction", "more contradictions")))
		}
		return lines
	}
	if s, ok := w.Suggest(d.rubric()); ok {
		return []string{fmt.Sprintf("Suggestion: %s. Why: %s.", s.Position.Key, s.Reason)}
	}
	return nil
}

// readHint reads where the walk points to if that has changed from what it was.
func (d *dialogue) readHint(before calibration.Walk) {
	was, now := d.whereItPoints(before), d.whereItPoints(d.desk.walk())
	if strings.Join(was, "\n") == strings.Join(now, "\n") {
		return
	}
	if len(now) == 0 {
		d.out.say("No suggestion any more.")
	}
	d.readWhereItPoints()
}

// readEvidence reads marked statements as a decision records them.
func (d *dialogue) readEvidence(indent string, r *rubric.Rubric, evidence []calibration.Evidence, dampeners []calibration.Dampener) {
	seen := 0
	for _, e := range evidence {
		if e.Seen {
			seen++
		}
	}
	if len(evidence)+len(dampeners) == 0 {
		d.out.item(indent, "Evidence: no statement is marked.")
		return
	}
	d.out.item(indent, "Evidence: "+tally(seen, len(evidence)-seen, len(dampeners))+".")
	for _, e := range evidence {
		word := "Not seen"
		if e.Seen {
			word = "Seen"
		}
		d.readMarked(indent, r, word, e.Statement, e.Note)
	}
	for _, m := range dampeners {
		d.readMarked(indent, r, "Applies", m.Statement, m.Note)
	}
}

// tally counts marks in words, and leaves out what there is none of.
func tally(seen, notSeen, dampeners int) string {
	var parts []string
	if seen > 0 {
		parts = append(parts, fmt.Sprintf("%d seen", seen))
	}
	if notSeen > 0 {
		parts = append(parts, fmt.Sprintf("%d not seen", notSeen))
	}
	if dampeners > 0 {
		parts = append(parts, count(dampeners, "dampener applies", "dampeners apply"))
	}
	return strings.Join(parts, ", ")
}

// readMarked reads one of them. A statement that the rubric does not have is named by
// its id.
func (d *dialogue) readMarked(indent string, r *rubric.Rubric, word, id, note string) {
	text := word + ", " + clean.Line(id) + "."
	if st, err := r.Statement(id); err == nil {
		text = fmt.Sprintf("%s, %s, %s %d: %s", word, st.Position.Key, st.Section.Title(), st.Number, st.Text)
	}
	d.out.item(indent+"- ", text)
	if note != "" {
		d.out.item(indent+"  Note: ", note)
	}
}
