package calibration

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// gathering is a table of ratings while it is put together.
type gathering struct {
	units, raters names
	words         names // of ratings
	entries       []entry
}

// entry is a rating that was gathered: indexes of its names, and where it stands.
type entry struct {
	unit, rater, word int32
	line              int32 // of the file; 0: none
}

// add takes a rating in, or only its names if it is missing. A line of 0 means
// that it comes from no file.
func (g *gathering) add(given Rating, line int) error {
	unit, err := g.units.index("unit", given.Unit)
	if err != nil {
		return err
	}
	rater, err := g.raters.index("rater", given.Rater)
	if err != nil {
		return err
	}
	if len(g.raters.list) > MaxRaters {
		return fmt.Errorf("there are more than %d raters, the most that are possible; are units taken for raters?", MaxRaters)
	}
	word := strings.TrimSpace(given.Word)
	if isMissing(word) {
		return nil
	}
	if len(g.entries) == MaxRatings {
		return fmt.Errorf("there are more than %d ratings, the most that one table may have", MaxRatings)
	}
	g.entries = append(g.entries, entry{unit: int32(unit), rater: int32(rater), word: int32(g.words.known(word)), line: int32(line)})
	return nil
}

// twice finds the first rating that a rater gave a unit that they had rated already. It
// is looked for when all is gathered, because to keep in mind who rated whom costs more
// than all the rest.
func (g *gathering) twice() error {
	starts, order := g.byUnit()
	seen := make([]int32, len(g.raters.list)) // by rater: the entry + 1, if it is of this unit
	first, second := int32(0), int32(len(g.entries))
	for u := range g.units.list {
		for _, at := range order[starts[u]:starts[u+1]] {
			e := g.entries[at]
			before := seen[e.rater] - 1
			if before < 0 || g.entries[before].unit != e.unit {
				seen[e.rater] = at + 1
			} else if at < second {
				first, second = before, at
			}
		}
	}
	if int(second) == len(g.entries) {
		return nil
	}
	e := g.entries[second]
	said := fmt.Sprintf("unit %s is rated by %s twice", plain(g.units.list[e.unit]), plain(g.raters.list[e.rater]))
	if e.line > 0 {
		said = fmt.Sprintf("line %d: %s, first on line %d", e.line, said, g.entries[first].line)
	}
	return fmt.Errorf("%s; keep one of the ratings", said)
}

// byUnit lists the entries unit by unit, each unit's in the order in which they came:
// unit u's are order[starts[u]:starts[u+1]].
func (g *gathering) byUnit() (starts []int, order []int32) {
	starts, order = make([]int, len(g.units.list)+1), make([]int32, len(g.entries))
	for _, e := range g.entries {
		starts[e.unit+1]++
	}
	for u := range g.units.list {
		starts[u+1] += starts[u]
	}
	next := slices.Clone(starts)
	for at, e := range g.entries {
		order[next[e.unit]] = int32(at)
		next[e.unit]++
	}
	return starts, order
}

// table sorts what was gathered into a table.
func (g *gathering) table(scale Scale) (Ratings, error) {
	categories := make([]int, len(g.words.list))
	for i, word := range g.words.list {
		category, ok := scale.Find(word)
		if !ok {
			return Ratings{}, g.offScale(scale, g.first(i))
		}
		categories[i] = category
	}
	starts, order := g.byUnit()
	r := Ratings{scale: scale, units: g.units.list, raters: g.raters.list, cells: make([]cell, len(order)), starts: starts}
	for i, at := range order {
		e := g.entries[at]
		r.cells[i] = cell{rater: int(e.rater), category: categories[e.word]}
	}
	for u := range r.units {
		slices.SortFunc(r.unit(u), func(a, b cell) int { return cmp.Compare(a.rater, b.rater) })
	}
	return r, nil
}

// first is the first rating with a word.
func (g *gathering) first(word int) entry {
	return g.entries[slices.IndexFunc(g.entries, func(e entry) bool { return int(e.word) == word })]
}

func (g *gathering) offScale(scale Scale, e entry) error {
	said := fmt.Sprintf("%s is not on the scale %s", g.about(e), scale)
	if near := scale.nearest(g.words.list[e.word]); near != "" {
		said += "; the nearest is " + plain(near)
	}
	return errors.New(said)
}

// about begins an error about a rating.
func (g *gathering) about(e entry) string {
	said := fmt.Sprintf("rating %q of unit %s by %s", shown(g.words.list[e.word]), plain(g.units.list[e.unit]), plain(g.raters.list[e.rater]))
	if e.line > 0 {
		said = fmt.Sprintf("line %d: %s", e.line, said)
	}
	return said
}

// names gives each name the index at which it was first met.
type names struct {
	list []string
	at   map[string]int
	last int // of the name that was asked for last, which often comes again
}

// index is known for a name that says something.
func (n *names) index(what, name string) (int, error) {
	switch {
	case name == "":
		return 0, fmt.Errorf("a %s has no name; give it one", what)
	case len(name) > MaxNameBytes:
		return 0, fmt.Errorf("the name of %s %q is %d bytes long; at most %d are kept", what, shown(name), len(name), MaxNameBytes)
	}
	return n.known(name), nil
}

func (n *names) known(name string) int {
	if n.last < len(n.list) && n.list[n.last] == name {
		return n.last
	}
	i, ok := n.at[name]
	if !ok {
		if n.at == nil {
			n.at = map[string]int{}
		}
		name = strings.Clone(name) // not the whole line that it is a part of
		i = len(n.list)
		n.at[name], n.list = i, append(n.list, name)
	}
	n.last = i
	return i
}

// plain is a name for a sentence: as it is, or quoted if it holds what does not
// print.
func plain(name string) string {
	if quoted := strconv.Quote(name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}

// shown cuts what an error quotes from outside to what a line has room for.
func shown(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
