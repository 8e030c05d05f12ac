package tui

import "calibrate/rubric"

// evidenceLine lays out one ticked statement: its mark, its id, its text and the
// note on it. A statement that the rubric does not have is shown by its id alone.
func (e *env) evidenceLine(r *rubric.Rubric, mark, id, note string, w int) []string {
	t := e.theme
	text := ""
	if r != nil {
		if st, err := r.Statement(id); err == nil {
			text = st.Text
		}
	}
	lines := []string{"   " + mark + " " + t.faint.paint(cut(line(id), w-6))}
	if text != "" {
		for _, l := range e.wrapper.wrap(text, w-6) {
			lines = append(lines, "     "+l)
		}
	}
	if note != "" {
		lead := "     " + t.warn.paint(markNote) + " "
		for _, l := range e.wrapper.wrap(note, w-8) {
			lines = append(lines, lead+l)
			lead = "       "
		}
	}
	return lines
}
