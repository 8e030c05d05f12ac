package rubric

import (
	"cmp"
	"slices"
)

// How much of the words has to stay for a statement to count as the same one, in its
// own place and elsewhere, where a wrong guess is likelier.
const (
	reworded          = 0.5
	rewordedElsewhere = 0.75
)

// follower follows the statements of from into to.
type follower struct {
	*differ
	partner []int // per statement of from: index in to, −1 if none
	origin  []int // per statement of to: index in from, −1 if none
	places  []sectionAt
	known   []bool // whether places holds a place of to
}

// followStatements finds what became of every statement.
func (d *differ) followStatements() {
	before, after := d.from.AllStatements(), d.to.AllStatements()
	f := follower{differ: d, partner: slices.Repeat([]int{-1}, len(before)), origin: slices.Repeat([]int{-1}, len(after))}
	for _, s := range before {
		ordinal, hasPosition := d.positions[s.Position.Ordinal]
		dimension, hasDimension := d.dimensions[s.Dimension]
		f.places = append(f.places, sectionAt{ordinal, dimension, s.Section})
		f.known = append(f.known, hasPosition && hasDimension)
	}
	f.sameWords(true)
	f.sameWords(false)
	f.reworded()
	f.rewordedElsewhere()
	f.report()
}

func (f *follower) join(i, j int) { f.partner[i], f.origin[j] = j, i }

func placeOf(s Statement) sectionAt { return sectionAt{s.Position.Ordinal, s.Dimension, s.Section} }

// sameWords joins statements that read the same, in the same place or anywhere. Of
// several the first goes to the first.
func (f *follower) sameWords(here bool) {
	type saying struct {
		at   sectionAt
		text string
	}
	left := map[saying][]int{}
	for j, s := range f.to.AllStatements() {
		if f.origin[j] < 0 {
			said := saying{text: s.Text}
			if here {
				said.at = placeOf(s)
			}
			left[said] = append(left[said], j)
		}
	}
	for i, s := range f.from.AllStatements() {
		said := saying{text: s.Text}
		if here {
			said.at = f.places[i]
		}
		if candidates := left[said]; f.partner[i] < 0 && len(candidates) > 0 && (f.known[i] || !here) {
			f.join(i, candidates[0])
			left[said] = candidates[1:]
		}
	}
}

// reworded joins the statements of one place that share the most words.
func (f *follower) reworded() {
	left := map[sectionAt][]int{}
	for j, s := range f.to.AllStatements() {
		if f.origin[j] < 0 {
			left[placeOf(s)] = append(left[placeOf(s)], j)
		}
	}
	var near []nearness
	for i := range f.partner {
		if f.partner[i] < 0 && f.known[i] {
			near = append(near, f.nearTo(i, left[f.places[i]], reworded)...)
		}
	}
	f.joinNearest(near)
}

// rewordedElsewhere joins statements that share nearly all words, wherever they are.
// Only those with three words in a row in common are looked at.
func (f *follower) rewordedElsewhere() {
	const common = 50 // what more statements than that say tells none of them apart
	rows := map[string][]int{}
	for j, s := range f.to.AllStatements() {
		if f.origin[j] < 0 {
			for row := range threes(s.Text) {
				rows[row] = append(rows[row], j)
			}
		}
	}
	var near []nearness
	for i, s := range f.from.AllStatements() {
		if f.partner[i] >= 0 {
			continue
		}
		candidates := map[int]bool{}
		for row := range threes(s.Text) {
			for _, j := range rows[row][:min(len(rows[row]), common)] {
				candidates[j] = true
			}
		}
		var list []int
		for j := range candidates {
			list = append(list, j)
		}
		near = append(near, f.nearTo(i, list, rewordedElsewhere)...)
	}
	f.joinNearest(near)
}

// nearness is how near two statements are, from 0 to 1.
type nearness struct {
	from, to int
	share    float64
}

func (f *follower) nearTo(i int, candidates []int, least float64) []nearness {
	var near []nearness
	for _, j := range candidates {
		if share := sharedWords(f.from.AllStatements()[i].Text, f.to.AllStatements()[j].Text); share >= least {
			near = append(near, nearness{i, j, share})
		}
	}
	return near
}

func (f *follower) joinNearest(near []nearness) {
	slices.SortFunc(near, func(a, b nearness) int {
		return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	for _, n := range near {
		if f.partner[n.from] < 0 && f.origin[n.to] < 0 {
			f.join(n.from, n.to)
		}
	}
}

// report lists what changed, in the order of to; what is gone stands where it was.
func (f *follower) report() {
	type ordered struct {
		at     [4]int
		change StatementChange
	}
	var all []ordered
	moved := f.movedWithin()
	for i := range f.from.AllStatements() {
		s, j := &f.from.AllStatements()[i], f.partner[i]
		if j < 0 {
			all = append(all, ordered{f.order(i, s), StatementChange{Removed, s, nil}})
			continue
		}
		now := &f.to.AllStatements()[j]
		stayed := f.known[i] && f.places[i] == placeOf(*now) && !moved[i]
		c := StatementChange{From: s, To: now}
		switch {
		case stayed && s.Text == now.Text:
			f.Unchanged++
			continue
		case stayed:
			c.Kind = Reworded
		case s.Text == now.Text:
			c.Kind = Moved
		default:
			c.Kind = MovedReworded
		}
		all = append(all, ordered{f.orderOf(f.to, now, placeOf(*now)), c})
	}
	for j, i := range f.origin {
		if now := &f.to.AllStatements()[j]; i < 0 {
			all = append(all, ordered{f.orderOf(f.to, now, placeOf(*now)), StatementChange{Added, nil, now}})
		}
	}
	slices.SortStableFunc(all, func(a, b ordered) int { return slices.Compare(a.at[:], b.at[:]) })
	for _, o := range all {
		f.Statements = append(f.Statements, o.change)
	}
}

// movedWithin is the statements, by index in from, that changed their order within
// their place.
func (f *follower) movedWithin() map[int]bool {
	within := map[sectionAt][]int{}
	for j, i := range f.origin { // in the order of to
		if at := placeOf(f.to.AllStatements()[j]); i >= 0 && f.known[i] && f.places[i] == at {
			within[at] = append(within[at], i)
		}
	}
	all := map[int]bool{}
	for _, order := range within {
		for i := range outOfOrder(order) {
			all[i] = true
		}
	}
	return all
}

// order is where a statement that is gone would stand now.
func (f *follower) order(i int, s *Statement) [4]int {
	if f.known[i] {
		return f.orderOf(f.to, s, f.places[i])
	}
	return f.orderOf(f.from, s, placeOf(*s))
}

func (f *follower) orderOf(r *Rubric, s *Statement, at sectionAt) [4]int {
	sections := Sections()
	return [4]int{at.ordinal, slices.Index(r.Dimensions, at.dimension), slices.Index(sections[:], at.section), s.Number}
}
