package tui

import (
	"fmt"
	"strings"

	"calibrate/calibration"
	"calibrate/rubric"
)

// evidenceLines lays out the ticked statements of a decision under the rubric that
// it was made under; r may be nil, where that cannot be read.
func (e *env) evidenceLines(r *rubric.Rubric, evidence []calibration.Evidence, w int) []string {
	var lines []string
	for _, ev := range evidence {
		sight := calibration.NotSeen
		if ev.Seen {
			sight = calibration.Seen
		}
		lines = append(lines, e.ticked(r, e.theme.sightMark(sight), ev.Statement, ev.Note, w)...)
	}
	return lines
}

func (e *env) dampenerLines(r *rubric.Rubric, dampeners []calibration.Dampener, w int) []string {
	var lines []string
	for _, d := range dampeners {
		lines = append(lines, e.ticked(r, e.theme.warn.paint(markDampener), d.Statement, d.Note, w)...)
	}
	return lines
}

// ticked lays out one statement: its mark, where it stands, its text, and the note
// on it. One that the rubric does not have is shown by its id alone.
func (e *env) ticked(r *rubric.Rubric, mark, id, note string, w int) []string {
	t := e.theme
	where, text := line(id), ""
	if r != nil {
		if st, err := r.Statement(id); err == nil {
			where = line(fmt.Sprintf("%s %s %d", st.Position.Key, strings.ToLower(st.Section.Title()), st.Number))
			text = "  " + st.Text
		}
	}
	lines := make([]string, 0, 4)
	lead := "   " + mark + " "
	for _, l := range e.wrapper.wrap(where+text, w-6) {
		if rest, ok := strings.CutPrefix(l, where); ok && len(lines) == 0 {
			l = t.faint.paint(where) + rest
		}
		lines = append(lines, lead+l)
		lead = "     "
	}
	if note != "" {
		lead = "     " + t.warn.paint(markNote) + " "
		for _, l := range e.wrapper.wrap(note, w-8) {
			lines = append(lines, lead+t.faint.paint(l))
			lead = "       "
		}
	}
	return lines
}
