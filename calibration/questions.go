package calibration

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

func (v ReviewerView) askOffset() string {
	o := v.Offset
	if o.Count < fewestPeople || !o.differs() {
		return ""
	}
	low, high, way, why := o.CI95[0], o.CI95[1], "higher", "Was more seen than the others saw, or is less asked for?"
	if o.Mean < 0 {
		low, high, way, why = -high, -low, "lower", "Is more asked for, or was less seen than the others saw?"
	}
	least := fmt.Sprintf("%.1f", low)
	if least == "0.0" { // and yet not 0
		least = "less than 0.1"
	}
	return fmt.Sprintf("%s places %s %.1f positions %s than the others do (%s to %.1f). %s",
		v.Reviewer, countPeople(o.Count), math.Abs(o.Mean), way, least, high, why)
}

// askDrift asks if the offset of the latest session differs from that of the first, of
// those with enough people.
func (v ReviewerView) askDrift() string {
	held := slices.DeleteFunc(slices.Clone(v.Sessions), func(s ReviewerSession) bool {
		return s.Session.ID == "" || s.Offset.Count < fewestPeople
	})
	if len(held) < 2 {
		return ""
	}
	first, last := held[0], held[len(held)-1]
	was, is := inWords(first.Offset.Mean), inWords(last.Offset.Mean)
	if was == is || !first.Offset.apartFrom(last.Offset) {
		return ""
	}
	return fmt.Sprintf("%s was %s in %s and %s in %s. Has the standard changed?", v.Reviewer, was, first.Session, is, last.Session)
}

// inWords says where an offset is: "0.7 below the others".
func inWords(offset float64) string {
	switch size := fmt.Sprintf("%.1f", math.Abs(offset)); {
	case size == "0.0":
		return "with the others"
	case offset < 0:
		return size + " below the others"
	default:
		return size + " above the others"
	}
}

// apartFrom reports whether two means differ: Welch's test at 5%.
//
// B. L. Welch, The generalization of ‘Student's’ problem when several different
// population variances are involved, Biometrika 34 (1947), 28–35.
func (e Estimate) apartFrom(o Estimate) bool {
	v, w := e.squaredError(), o.squaredError()
	if v+w == 0 {
		return e.Mean != o.Mean
	}
	df := square(v+w) / (square(v)/float64(e.Count-1) + square(w)/float64(o.Count-1))
	return math.Abs(e.Mean-o.Mean) > studentT(df)*math.Sqrt(v+w)
}

// squaredError is the variance of the mean, read back from the interval.
func (e Estimate) squaredError() float64 {
	return square((e.CI95[1] - e.CI95[0]) / 2 / studentT(float64(e.Count-1)))
}

// Questions lists what there is to ask of all reviewers, the widest offset first.
func Questions(views []ReviewerView) []string {
	sorted := slices.Clone(views)
	slices.SortStableFunc(sorted, func(a, b ReviewerView) int {
		return cmp.Compare(math.Abs(b.Offset.Mean), math.Abs(a.Offset.Mean))
	})
	var all []string
	for _, v := range sorted {
		all = append(all, v.Questions...)
	}
	return all
}
