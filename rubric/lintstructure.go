package rubric

import (
	"fmt"
	"slices"
	"strings"
)

const (
	ruleMissing   = "missing-section"
	reasonMissing = "raters of this band have less to go by than those of its neighbours; fill it in, or take it out everywhere"
	ruleUneven    = "uneven"
	reasonUneven  = "a band with far more or fewer statements than the others is ticked more or less for that alone; describe all as fully"
	ruleForm      = "form"
	reasonForm    = "statements that are not built alike are not compared alike; begin each with what the person does"
)

// structure looks for bands that are described otherwise than their neighbours.
func (l *linter) structure() {
	for _, dimension := range l.rubric.Dimensions {
		for _, section := range Sections() {
			l.missing(dimension, section)
		}
		l.uneven(dimension)
		l.form(dimension)
	}
}

// missing reports the bands without a section that most bands have.
func (l *linter) missing(dimension string, section Section) {
	var without []Position
	for _, p := range l.rubric.Positions() {
		if len(l.rubric.Statements(p, dimension, section)) == 0 {
			without = append(without, p)
		}
	}
	all := len(l.rubric.Positions())
	if 2*len(without) >= all {
		return
	}
	for _, p := range without {
		l.add(l.placeOf(p, dimension), p.Key+"/"+slug(dimension)+"/"+slug(string(section)), ruleMissing, "",
			fmt.Sprintf("nothing here, where %d of %d bands have something: %s", all-len(without), all, reasonMissing))
	}
}

// placeOf is where the band begins to speak of the dimension, or where it begins.
func (l *linter) placeOf(p Position, dimension string) place {
	for _, section := range Sections() {
		for _, st := range l.rubric.Statements(p, dimension, section) {
			return l.places[st.ID]
		}
	}
	return l.places[p.Key]
}

// uneven reports bands with less than half or more than twice as many impact
// statements as the band in the middle has.
func (l *linter) uneven(dimension string) {
	var counts []int
	for _, p := range l.rubric.Positions() {
		if n := len(l.rubric.Statements(p, dimension, Impact)); n > 0 {
			counts = append(counts, n)
		}
	}
	if len(counts) == 0 {
		return
	}
	slices.Sort(counts)
	middle := counts[len(counts)/2]
	for _, p := range l.rubric.Positions() {
		n := len(l.rubric.Statements(p, dimension, Impact))
		if n > 0 && (2*n < middle || n > 2*middle) {
			l.add(l.placeOf(p, dimension), p.Key+"/"+slug(dimension)+"/"+slug(string(Impact)), ruleUneven, "",
				fmt.Sprintf("%d here, %d in the band in the middle: %s", n, middle, reasonUneven))
		}
	}
}

// form reports impact statements that begin with “Doing” where at least three of four
// in the dimension begin with “Does”.
func (l *linter) form(dimension string) {
	var does int
	var doing, all []Statement
	for _, st := range l.rubric.AllStatements() {
		if st.Dimension != dimension || st.Section != Impact {
			continue
		}
		all = append(all, st)
		switch word := firstWord(st.Text); {
		case strings.HasSuffix(word, "ing"):
			doing = append(doing, st)
		case strings.HasSuffix(word, "s"):
			does++
		}
	}
	if 4*does < 3*len(all) {
		return
	}
	for _, st := range doing {
		l.add(l.places[st.ID], st.ID, ruleForm, firstWord(st.Text),
			fmt.Sprintf("%d of %d begin with what the person does: %s", does, len(all), reasonForm))
	}
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return strings.TrimRight(word, ",;:")
}
