package rubric

import "fmt"

// pairDimensions finds which dimension became which: by name, else by what they say.
func (d *differ) pairDimensions() {
	said := func(r *Rubric) []map[string]bool {
		all := make([]map[string]bool, len(r.Dimensions))
		for i, dimension := range r.Dimensions {
			all[i] = map[string]bool{}
			for _, level := range r.Levels {
				for _, band := range level.Bands {
					band.Dimensions[dimension].addTo(all[i])
				}
			}
		}
		return all
	}
	before, after := said(d.from), said(d.to)
	d.dimensions = map[string]string{}
	pairs := pairUp(len(before), len(after),
		func(i, j int) bool { return SameName(d.from.Dimensions[i], d.to.Dimensions[j]) },
		func(i, j int) bool { return mostlySame(before[i], after[j]) })
	for _, p := range pairs {
		if p.from >= 0 && p.to >= 0 {
			d.dimensions[d.from.Dimensions[p.from]] = d.to.Dimensions[p.to]
		}
	}
	d.names("dimension", pairs, d.from.Dimensions, d.to.Dimensions, d.from.Dimensions, d.to.Dimensions)
}

// pairLevels finds which level became which: by name, which a level keeps when others
// are put in before it, else by number. The bands follow.
func (d *differ) pairLevels() {
	titles := func(r *Rubric) []string {
		all := make([]string, len(r.Levels))
		for i, l := range r.Levels {
			all[i] = fmt.Sprintf("%d %s", l.Number, l.Name)
		}
		return all
	}
	before, after := titles(d.from), titles(d.to)
	pairs := pairUp(len(d.from.Levels), len(d.to.Levels),
		func(i, j int) bool { return SameName(d.from.Levels[i].Name, d.to.Levels[j].Name) },
		func(i, j int) bool { return d.from.Levels[i].Number == d.to.Levels[j].Number })
	d.names("level", pairs, before, after, before, after)
	for _, p := range pairs {
		if p.from >= 0 && p.to >= 0 {
			d.pairBands(d.bandsOf(d.from, p.from), d.bandsOf(d.to, p.to))
		}
	}
}

func (d *differ) bandsOf(r *Rubric, level int) []Position {
	var bands []Position
	for _, p := range r.Positions() {
		if p.LevelAt == level {
			bands = append(bands, p)
		}
	}
	return bands
}

// pairBands finds which band of a level became which: by name, else by what they say,
// and where there are as many as before, by their place.
func (d *differ) pairBands(from, to []Position) {
	said := func(r *Rubric, p Position) map[string]bool {
		all := map[string]bool{}
		for _, dimension := range r.Dimensions {
			r.Content(p, dimension).addTo(all)
		}
		return all
	}
	pairs := pairUp(len(from), len(to),
		func(i, j int) bool { return SameName(from[i].Band, to[j].Band) },
		func(i, j int) bool {
			return len(from) == len(to) && i == j || mostlySame(said(d.from, from[i]), said(d.to, to[j]))
		})
	for _, p := range pairs {
		if p.from >= 0 && p.to >= 0 {
			d.positions[from[p.from].Ordinal] = to[p.to].Ordinal
		}
	}
	// The key changes with the level's number too, which is said of the level.
	keysBefore, before := keysAndBands(from)
	keysAfter, after := keysAndBands(to)
	d.names("band", pairs, keysBefore, keysAfter, before, after)
}

func keysAndBands(positions []Position) (keys, bands []string) {
	for _, p := range positions {
		keys, bands = append(keys, p.Key), append(bands, p.Band)
	}
	return keys, bands
}

// names says what became of each name. From and to are how it is written in the
// result, before and after what it is.
func (d *differ) names(what string, pairs []pair, from, to, before, after []string) {
	var order []int
	for _, p := range pairs {
		if p.from >= 0 && p.to >= 0 {
			order = append(order, p.to)
		}
	}
	moved := outOfOrder(order)
	for _, p := range pairs {
		switch {
		case p.to < 0:
			d.name(what, Removed, from[p.from], "")
		case p.from < 0:
			d.name(what, Added, "", to[p.to])
		case before[p.from] != after[p.to]:
			d.name(what, Renamed, from[p.from], to[p.to])
		case moved[p.to]:
			d.name(what, Moved, from[p.from], to[p.to])
		}
	}
}

// addTo puts the statements into a set.
func (c Content) addTo(set map[string]bool) {
	for _, section := range Sections() {
		for _, text := range c.Section(section) {
			set[text] = true
		}
	}
}

// mostlySame reports whether two sets share half of the smaller one at least.
func mostlySame(a, b map[string]bool) bool {
	shared := 0
	for text := range a {
		if b[text] {
			shared++
		}
	}
	return shared > 0 && 2*shared >= min(len(a), len(b))
}
