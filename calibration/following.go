package calibration

import "calibrate/rubric"

// follow finds the statements that are still there.
func (v *version) follow(now *rubric.Rubric) {
	v.statements = make(map[string]int32, len(v.rubric.AllStatements()))
	at := map[saying]int32{}
	if !v.present {
		each := sayings{}
		for i, s := range now.AllStatements() {
			at[each.next(s, s.Dimension)] = int32(i)
		}
	}
	each := sayings{}
	for i, s := range v.rubric.AllStatements() {
		if v.present {
			v.statements[s.ID] = int32(i)
			continue
		}
		v.statements[s.ID] = -1
		dimension, err := now.Dimension(s.Dimension)
		if same, ok := at[each.next(s, dimension)]; ok && err == nil {
			v.statements[s.ID] = same
		}
	}
}

// saying is what a statement says, and where. Of several that say the same in one place
// it is the n-th.
type saying struct {
	ordinal   int
	dimension string
	section   rubric.Section
	text      string
	n         int
}

// sayings counts those that were met, with an n of 0.
type sayings map[saying]int

func (each sayings) next(s rubric.Statement, dimension string) saying {
	said := saying{ordinal: s.Position.Ordinal, dimension: dimension, section: s.Section, text: oneSpaced(s.Text)}
	each[said]++
	n := each[said]
	said.n = n
	return said
}
