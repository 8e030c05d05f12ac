package calibration

import (
	"cmp"
	"fmt"
	"slices"
)

// Drift is what the moves of a group come to.
type Drift struct {
	Name   string  `json:"name"`  // empty for people without a team or manager
	Count  int     `json:"count"` // moves, those that stayed among them
	Up     int     `json:"up"`
	Same   int     `json:"same"`
	Down   int     `json:"down"`
	Net    int     `json:"net"`    // positions up, in all
	Mean   float64 `json:"mean"`   // positions up, on average
	Levels int     `json:"levels"` // levels up, in all
}

// drifts is Drift by name.
type drifts map[string]*Drift

func (d *drifts) add(name string, change moved) {
	if *d == nil {
		*d = drifts{}
	}
	if (*d)[name] == nil {
		(*d)[name] = &Drift{Name: name}
	}
	(*d)[name].add(change)
}

func (d *Drift) add(change moved) {
	d.Count++
	d.Net += change.positions
	d.Levels += change.levels
	switch {
	case change.positions > 0:
		d.Up++
	case change.positions < 0:
		d.Down++
	default:
		d.Same++
	}
}

func (d Drift) averaged() Drift {
	if d.Count > 0 {
		d.Mean = float64(d.Net) / float64(d.Count)
	}
	return d
}

func (d drifts) sorted() []Drift {
	all := []Drift{}
	for _, one := range d {
		all = append(all, one.averaged())
	}
	slices.SortFunc(all, func(a, b Drift) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

func (d drifts) inOrder(names []string) []Drift {
	all := []Drift{}
	for _, name := range names {
		if d[name] != nil {
			all = append(all, d[name].averaged())
		}
	}
	return all
}

// Words says what the moves come to: "40 placements, 31 stayed, 6 up, 3 down; on average 0.1
// positions up".
func (d Drift) Words() string {
	if d.Count == 0 {
		return "nothing was placed both before and after"
	}
	return fmt.Sprintf("%s, %d stayed, %d up, %d down; on average %s", count(d.Count, "placement"), d.Same, d.Up, d.Down, inPositions(d.Mean, "up", "down"))
}

// inPositions is a difference in words: "0.3 positions down".
func inPositions(by float64, up, down string) string {
	switch size := fmt.Sprintf("%.1f", max(by, -by)); {
	case size == "0.0":
		return "no change"
	case by < 0:
		return size + " positions " + down
	default:
		return size + " positions " + up
	}
}
