package rubric

import (
	"maps"
	"slices"
)

// A draft is a rubric before the checks: what a YAML file, a JSON copy, an
// outline or Go code says, with the place of each part. All ways in make a
// draft, so that one set of checks serves them all.
type draft struct {
	role       text
	dimensions list[text]
	levels     list[draftLevel]
}

type draftLevel struct {
	at     place
	number number
	name   text
	bands  list[draftBand]
}

type draftBand struct {
	at         place
	name       text // empty where it is left out
	dimensions []draftDimension
}

type draftDimension struct {
	name     text
	sections [4][]text // in the order of Sections
}

// text is a name or a statement. A broken part was already reported by whoever
// read it, so the checks pass over it.
type text struct {
	value  string
	at     place
	broken bool
}

type number struct {
	value  int
	at     place
	broken bool
}

type list[T any] struct {
	items  []T
	at     place
	broken bool
}

// draftOf makes a draft of Go values, which have no place.
func draftOf(role string, dimensions []string, levels []Level) draft {
	d := draft{role: text{value: role}, dimensions: list[text]{items: texts(dimensions)}}
	for _, level := range levels {
		l := draftLevel{number: number{value: level.Number}, name: text{value: level.Name}}
		for _, band := range level.Bands {
			b := draftBand{name: text{value: band.Name}}
			for _, dimension := range slices.Sorted(maps.Keys(band.Dimensions)) {
				described := draftDimension{name: text{value: dimension}}
				for i, section := range Sections() {
					described.sections[i] = texts(band.Dimensions[dimension].Section(section))
				}
				b.dimensions = append(b.dimensions, described)
			}
			l.bands.items = append(l.bands.items, b)
		}
		d.levels.items = append(d.levels.items, l)
	}
	return d
}

func texts(values []string) []text {
	var out []text
	for _, v := range values {
		out = append(out, text{value: v})
	}
	return out
}
