package rubric

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Finding is a piece of advice: wording that makes two raters who saw the same place a
// person differently. It is never certain; whoever knows the role may know better.
type Finding struct {
	File         string
	Line, Column int    // from 1
	Where        string // the statement's id, or as much of it as there is: "1-low/craft/dampeners"
	Rule         string // one of [LintRules]
	Words        string // what it is about, as it stands there; may be empty
	Reason       string // why it is unreliable, and what to do
}

// String is "file:line:column: where: “words”: reason (rule)".
func (f Finding) String() string {
	text := fmt.Sprintf("%s:%d:%d: %s: ", f.File, f.Line, f.Column, f.Where)
	if f.Words != "" {
		text += "“" + f.Words + "”: "
	}
	return text + f.Reason + " (" + f.Rule + ")"
}

// LintRule is a kind of wording that Lint looks for.
type LintRule struct {
	Name   string
	Reason string
}

// LintRules lists what [Lint] looks for.
func LintRules() []LintRule {
	rules := []LintRule{{ruleRepeat, reasonRepeat}, {ruleNearRepeat, reasonNearRepeat}}
	for _, w := range wordings {
		rules = append(rules, LintRule{w.rule, w.reason})
	}
	return append(rules, LintRule{ruleMissing, reasonMissing}, LintRule{ruleUneven, reasonUneven}, LintRule{ruleForm, reasonForm})
}

// Lint points at wording of a rubric that makes ratings unreliable, in the order of
// the file. What is told by words knows English only. The arguments and the error are
// those of [Parse].
func Lint(file string, data []byte) ([]Finding, error) {
	r, d, err := parse(file, data)
	if err != nil {
		return nil, err
	}
	l := linter{rubric: r, file: file, places: placesIn(r, d)}
	l.repeats()
	l.wording()
	l.structure()
	slices.SortStableFunc(l.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return l.found, nil
}

type linter struct {
	rubric *Rubric
	file   string
	places map[string]place // by statement id, or position key
	found  []Finding
}

func (l *linter) add(at place, where, rule, words, reason string) {
	l.found = append(l.found, Finding{l.file, at.line, at.column, where, rule, words, reason})
}

// placesIn finds where each statement and each band of the rubric stands in the file.
func placesIn(r *Rubric, d draft) map[string]place {
	places := map[string]place{}
	for _, p := range r.Positions() {
		band := d.levels.items[p.LevelAt].bands.items[p.BandAt]
		places[p.Key] = band.at
		for _, described := range band.dimensions {
			for i, section := range Sections() {
				for n, st := range r.Statements(p, trim(described.name.value), section) {
					places[st.ID] = described.sections[i][n].at
				}
			}
		}
	}
	return places
}

const (
	ruleRepeat       = "repeat"
	reasonRepeat     = "a statement that stands in two bands does not tell them apart; say what sets this band apart"
	ruleNearRepeat   = "near-repeat"
	reasonNearRepeat = "two bands that differ in one word are told apart by how each rater reads that word; say what one would see"
)

// maxNearRepeat is how many words a statement may have for near repeats to be looked
// for.
const maxNearRepeat = 100

// repeats looks for statements that stand in two bands, in one dimension and section,
// the same or, where people are measured by them, but for one word. A number is a good
// word to differ in.
func (l *linter) repeats() {
	type saying struct {
		dimension string
		section   Section
		words     string
	}
	said, nearly := map[saying]Statement{}, map[saying]Statement{}
	for _, st := range l.rubric.AllStatements() {
		words := wordsOf(st.Text)
		whole := saying{st.Dimension, st.Section, strings.Join(words, " ")}
		if before, repeated := said[whole]; repeated {
			if before.Position != st.Position {
				l.add(l.places[st.ID], st.ID, ruleRepeat, "", "the same as "+before.ID+": "+reasonRepeat)
			}
			continue
		}
		said[whole] = st
		if len(words) < 4 || len(words) > maxNearRepeat || !slices.Contains(yardsticks, st.Section) {
			continue
		}
		// Two statements differ in one word if leaving out one of each, or of one
		// of them, makes them the same.
		variants := []saying{whole}
		for i := range words {
			variants = append(variants, saying{st.Dimension, st.Section, strings.Join(slices.Concat(words[:i], words[i+1:]), " ")})
		}
		for _, v := range variants {
			if before, near := nearly[v]; near && before.Position != st.Position && !differInNumber(wordsOf(before.Text), words) {
				l.add(l.places[st.ID], st.ID, ruleNearRepeat, "", "one word from "+before.ID+": "+reasonNearRepeat)
				break
			}
		}
		for _, v := range variants {
			nearly[v] = st
		}
	}
}

// differInNumber reports whether a word that only one of the texts has is a number.
func differInNumber(a, b []string) bool {
	number := func(words, others []string) bool {
		return slices.ContainsFunc(words, func(w string) bool {
			return !slices.Contains(others, w) && (w[0] >= '0' && w[0] <= '9' || slices.Contains(numbers, w))
		})
	}
	return number(a, b) || number(b, a)
}

var numbers = strings.Fields("no one two three four five six seven eight nine ten eleven twelve once twice half first second third")

// wording looks for words that raters read differently.
func (l *linter) wording() {
	for _, st := range l.rubric.AllStatements() {
		for _, w := range wordings {
			if !slices.Contains(w.sections, st.Section) {
				continue
			}
			if words := w.find(st.Text); len(words) > 0 {
				l.add(l.places[st.ID], st.ID, w.rule, strings.Join(words, "”, “"), w.reason)
			}
		}
	}
}
