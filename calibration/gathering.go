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
	entries       []entry
	lines         map[[2]int]int // by unit and rater: where the rating stands
}

// entry is a rating that was gathered.
type entry struct {
	unit, rater int
	word        string
	line        int // of the file; 0: none
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
	at := [2]int{unit, rater}
	if first, ok := g.lines[at]; ok {
		return ratedTwice(given, first)
	}
	if g.lines == nil {
		g.lines = map[[2]int]int{}
	}
	g.lines[at] = line
	g.entries = append(g.entries, entry{unit: unit, rater: rater, word: word, line: line})
	return nil
}

func ratedTwice(given Rating, line int) error {
	said := fmt.Sprintf("unit %s is rated by %s twice", plain(given.Unit), plain(given.Rater))
	if line > 0 {
		said += fmt.Sprintf(", first on line %d", line)
	}
	return fmt.Errorf("%s; keep one of the ratings", said)
}

// table sorts what was gathered into a table.
func (g *gathering) table(scale Scale) (Ratings, error) {
	r := Ratings{scale: scale, units: g.units.list, raters: g.raters.list,
		cells: make([]cell, len(g.entries)), starts: make([]int, len(g.units.list)+1)}
	for _, e := range g.entries {
		r.starts[e.unit+1]++
	}
	for u := range r.units {
		r.starts[u+1] += r.starts[u]
	}
	next := slices.Clone(r.starts)
	for _, e := range g.entries {
		category, ok := scale.Find(e.word)
		if !ok {
			return Ratings{}, g.offScale(scale, e)
		}
		r.cells[next[e.unit]] = cell{rater: e.rater, category: category}
		next[e.unit]++
	}
	for u := range r.units {
		slices.SortFunc(r.unit(u), func(a, b cell) int { return cmp.Compare(a.rater, b.rater) })
	}
	return r, nil
}

func (g *gathering) offScale(scale Scale, e entry) error {
	said := fmt.Sprintf("%s is not on the scale %s", g.about(e), scale)
	if near := scale.nearest(e.word); near != "" {
		said += "; the nearest is " + plain(near)
	}
	return errors.New(said)
}

// about begins an error about a rating.
func (g *gathering) about(e entry) string {
	said := fmt.Sprintf("rating %q of unit %s by %s", shown(e.word), plain(g.units.list[e.unit]), plain(g.raters.list[e.rater]))
	if e.line > 0 {
		said = fmt.Sprintf("line %d: %s", e.line, said)
	}
	return said
}

// names gives each name the index at which it was first met.
type names struct {
	list []string
	at   map[string]int
}

func (n *names) index(what, name string) (int, error) {
	if i, ok := n.at[name]; ok {
		return i, nil
	}
	if name == "" {
		return 0, fmt.Errorf("a %s has no name; give it one", what)
	}
	if len(name) > MaxNameBytes {
		return 0, fmt.Errorf("the name of %s %q is %d bytes long; at most %d are kept", what, shown(name), len(name), MaxNameBytes)
	}
	if n.at == nil {
		n.at = map[string]int{}
	}
	n.at[name] = len(n.list)
	n.list = append(n.list, name)
	return n.at[name], nil
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
