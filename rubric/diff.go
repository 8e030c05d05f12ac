package rubric

import "slices"

// Difference is what changed from one version of a rubric to the next.
type Difference struct {
	Names      []NameChange      // of the role, then dimensions, levels and bands
	Statements []StatementChange // in the reading order of the later version
	Unchanged  int               // statements that say the same in the same place
}

// ChangeKind says what became of a name or a statement.
type ChangeKind string

// The kinds of change. Names are added, removed, renamed or moved; statements are
// never renamed.
const (
	Added         ChangeKind = "added"
	Removed       ChangeKind = "removed"
	Renamed       ChangeKind = "renamed"
	Moved         ChangeKind = "moved" // the same, in another place or order
	Reworded      ChangeKind = "reworded"
	MovedReworded ChangeKind = "moved and reworded"
)

// NameChange is what became of a name: "level", "renamed", "2 Developing",
// "2 Growing". Bands are written by the keys of their positions. From is empty where
// the name was added, To where it was removed.
type NameChange struct {
	What     string // "role", "dimension", "level" or "band"
	Kind     ChangeKind
	From, To string
}

// StatementChange is what became of a statement. From is nil where it was added, To
// where it was removed.
type StatementChange struct {
	Kind     ChangeKind
	From, To *Statement
}

// Diff compares two versions of a rubric, statement by statement. A statement is
// followed by what it says, first within its own place: the band, dimension and
// section that correspond to where it stood, however those are called now. One that
// reads differently counts as reworded where half of the words stayed. A number that
// shifted because something before it was added or removed is no change. There is no
// difference exactly where both have the same [Rubric.Hash].
func Diff(from, to *Rubric) Difference {
	d := differ{from: from, to: to, positions: map[int]int{}}
	if from.Role != to.Role {
		d.name("role", Renamed, from.Role, to.Role)
	}
	d.pairDimensions()
	d.pairLevels()
	d.followStatements()
	return d.Difference
}

// Empty reports whether nothing changed.
func (d Difference) Empty() bool { return len(d.Names)+len(d.Statements) == 0 }

// differ is a comparison in the making.
type differ struct {
	from, to   *Rubric
	positions  map[int]int       // ordinal in from → in to
	dimensions map[string]string // name in from → in to
	Difference
}

func (d *differ) name(what string, kind ChangeKind, from, to string) {
	d.Names = append(d.Names, NameChange{what, kind, from, to})
}

// pair is two parts that correspond: indexes into the lists of from and to, −1 where
// there is none.
type pair struct{ from, to int }

// pairUp pairs what same says is one, then what alike says may be. The order is that
// of from, with what is new at the end.
func pairUp(from, to int, same, alike func(from, to int) bool) []pair {
	partner, taken := slices.Repeat([]int{-1}, from), make([]bool, to)
	for _, test := range []func(int, int) bool{same, alike} {
		for i := range from {
			for j := 0; j < to && partner[i] < 0; j++ {
				if !taken[j] && test(i, j) {
					partner[i], taken[j] = j, true
				}
			}
		}
	}
	var pairs []pair
	for i, j := range partner {
		pairs = append(pairs, pair{i, j})
	}
	for j := range to {
		if !taken[j] {
			pairs = append(pairs, pair{-1, j})
		}
	}
	return pairs
}

// outOfOrder lists those of the numbers, all different, that would have to move for
// the others to rise.
func outOfOrder(numbers []int) map[int]bool {
	length, before := make([]int, len(numbers)), make([]int, len(numbers))
	last := -1
	for i := range numbers {
		length[i], before[i] = 1, -1
		for j := range i {
			if numbers[j] < numbers[i] && length[j] >= length[i] {
				length[i], before[i] = length[j]+1, j
			}
		}
		if last < 0 || length[i] > length[last] {
			last = i
		}
	}
	moved := map[int]bool{}
	for _, n := range numbers {
		moved[n] = true
	}
	for ; last >= 0; last = before[last] {
		delete(moved, numbers[last])
	}
	return moved
}
