package demo

import (
	"calibrate/calibration"
	"calibrate/rubric"
)

// luck says of a statement, by its id, how little a person's half-year happened to show
// of it, from 0 to 99. All who look at the person share it, so that those who place
// alike tick alike.
type luck map[string]int

func (p *plot) luckWith(m *member, statement string) int {
	n, known := m.luck[statement]
	if !known {
		n = p.rng.IntN(100)
		m.luck[statement] = n
	}
	return n
}

// How many of a hundred reviewers say something of a statement, by its section and by
// how far its position is from where they place, and how many of those have seen it.
var (
	looked = map[rubric.Section]map[int]int{
		rubric.Impact:            {-2: 20, -1: 45, 0: 85, 1: 40},
		rubric.Examples:          {-1: 20, 0: 45, 1: 12},
		rubric.ProgressionSignal: {0: 22},
	}
	met          = map[int]int{-2: 96, -1: 92, 0: 84, 1: 8}
	metSignal    = 30 // a progression signal speaks of what comes next
	metDampener  = 25
	mostTicked   = 4 // of a section: nobody ticks them all
	noteOnTick   = 9
	noteOnWeight = 35

	trueToReading = 75 // where they read a statement in their own way, they mostly do
)

// tick is what a reviewer ticked on the way to a view, in the rubric's order. One final
// in twelve is written down without, in the haste of the room.
func (p *plot) tick(v view) (evidence []calibration.Evidence, dampeners []calibration.Dampener) {
	if v.stage == calibration.Final && p.chance(8) {
		return nil, nil
	}
	dimension := p.r.Dimensions[v.dimension]
	for from := -2; from <= 1; from++ {
		if v.ordinal+from < 1 || v.ordinal+from > p.top() {
			continue
		}
		for _, section := range rubric.Sections() {
			statements := p.r.Statements(p.r.At(v.ordinal+from), dimension, section)
			for _, s := range statements[:min(mostTicked, len(statements))] {
				if e, said := p.tickOne(v, s, from); said {
					evidence = append(evidence, e)
				}
			}
		}
	}
	for _, s := range p.r.Statements(p.r.At(v.ordinal), dimension, rubric.Dampeners) {
		if len(dampeners) < mostTicked && p.chance(metDampener) {
			dampeners = append(dampeners, calibration.Dampener{Statement: s.ID, Note: p.note(noteOnWeight, notesDampener)})
		}
	}
	return evidence, dampeners
}

// tickOne is what a reviewer says of a statement, if anything.
func (p *plot) tickOne(v view, s rubric.Statement, from int) (e calibration.Evidence, said bool) {
	e.Statement = s.ID
	if !p.chance(looked[s.Section][from]) {
		return e, false
	}
	likely := met[from]
	if s.Section == rubric.ProgressionSignal {
		likely = metSignal
	}
	e.Seen = p.luckWith(v.member, s.ID) < likely
	if own, contested := p.readings[s.ID]; contested && p.chance(trueToReading) {
		e.Seen = own[v.by]
	}
	notes := notesNotSeen
	if e.Seen {
		notes = notesSeen
	}
	e.Note = p.note(noteOnTick, notes)
	return e, true
}

// note is one of the notes in so many of a hundred cases, and otherwise empty.
func (p *plot) note(percent int, of []string) string {
	if !p.chance(percent) {
		return ""
	}
	return p.deal(of)
}

// readDifferently chooses a few statements from the middle of the scale, where most
// people stand, that reviewers understand differently, and says who counts them as
// seen.
func (p *plot) readDifferently() map[string][]bool {
	const many = 5
	var near []rubric.Statement
	for _, s := range p.r.AllStatements() {
		if s.Section == rubric.Impact && s.Number <= mostTicked && distance(s.Position.Ordinal, (p.top()+1)/2) <= 1 {
			near = append(near, s)
		}
	}
	readings := map[string][]bool{}
	for _, i := range p.rng.Perm(len(near))[:min(many, len(near))] {
		counts := make([]bool, len(reviewers))
		for j, by := range p.rng.Perm(len(reviewers)) {
			counts[by] = j%2 == 0
		}
		readings[near[i].ID] = counts
	}
	return readings
}
