package demo

import (
	"slices"
	"strings"
	"time"

	"calibrate/calibration"
	"calibrate/rubric"
)

// walk is the one that the demo's reviewer left in the middle of a sentence, on the
// last dimension.
func (p *plot) walk(session string) calibration.Walk {
	m := p.members[slices.IndexFunc(p.members, func(m *member) bool { return m.open == halfWritten })]
	d := len(p.r.Dimensions) - 1
	at := p.truth(m, openSession, d)
	w := calibration.NewWalk(p.r, m.ID, reviewers[m.manager].name, session)
	w.Dimension = p.r.Dimensions[d]
	w = w.GoTo(p.r.At(at - 3))
	for w.At(p.r).Ordinal < at {
		w = p.look(w, calibration.Seen).Judge(p.r, calibration.Above)
	}
	w = p.look(w, calibration.Seen)
	if at < p.top() {
		w = p.look(w.Step(p.r, 1), calibration.NotSeen).Judge(p.r, calibration.Below).GoTo(p.r.At(at))
	}
	v := view{by: m.manager, member: m, dimension: d, stage: calibration.Draft, ordinal: at}
	v.evidence, _ = w.Evidence(p.r)
	w = w.Write(calibration.Form{
		Position: p.r.At(at).Key, Confidence: calibration.Medium,
		Rationale: strings.Join([]string{p.deal(openings[p.third(v)]), p.proof(v), unfinished}, " "),
	})
	w.SavedAt = p.calendar.now.Add(-40 * time.Minute)
	return w
}

// look marks some statements of the position that is shown, and notes something on
// the last of them.
func (p *plot) look(w calibration.Walk, as calibration.Sight) calibration.Walk {
	last := ""
	for _, section := range []rubric.Section{rubric.Impact, rubric.Examples} {
		of := p.r.Statements(w.At(p.r), w.Dimension, section)
		for _, s := range of[:min(2, len(of))] {
			if section == rubric.Examples && p.chance(60) {
				continue
			}
			for w = w.Toggle(s.ID); w.Tick(s.ID).Sight != as; {
				w = w.Toggle(s.ID)
			}
			last = s.ID
		}
	}
	if last != "" && as == calibration.Seen && p.chance(50) {
		w = w.Note(last, p.deal(notesSeen))
	}
	return w
}
