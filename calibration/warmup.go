package calibration

import (
	"fmt"
	"slices"
	"strings"

	"calibrate/rubric"
)

// Warmup is a round of frame-of-reference training: everybody places the same
// examples of the rubric without being told where the rubric has them, and then all
// is laid open. It is no part of anybody's record: a guess is no [Decision], and
// nothing of a warm-up is ever written to a data file.
//
// While it is played it is blind by construction. [Warmup.Item] has no position, a
// guess can be read back for one participant at a time, and [Warmup.Score], which
// says where the rubric has an item, refuses until everybody has placed everything.
//
// A Warmup is a value: Place returns the changed copy.
type Warmup struct {
	rubric       *rubric.Rubric
	items        []rubric.Statement
	participants []string
	guesses      []int // ordinals by participant, then item; 0: not placed yet
}

// WarmupItem is what may be seen of an item before the end.
type WarmupItem struct{ Text, Dimension string }

// MaxParticipants is how many people one warm-up may have.
const MaxParticipants = 20

// NewWarmup begins a warm-up on statements of the rubric, as [WarmupDraw] draws
// them. It is an error if there is no statement or no participant, if there are more
// than [MaxParticipants], if a name is empty or longer than [MaxNameBytes], or if two
// are the same but for case and spaces around them.
func NewWarmup(r *rubric.Rubric, items []rubric.Statement, participants ...string) (Warmup, error) {
	w := Warmup{rubric: r, items: slices.Clone(items)}
	if len(items) == 0 {
		return Warmup{}, fmt.Errorf("a warm-up needs an example to place")
	}
	if len(participants) == 0 {
		return Warmup{}, fmt.Errorf("nobody takes part in the warm-up; give a name")
	}
	if len(participants) > MaxParticipants {
		return Warmup{}, fmt.Errorf("%d people are too many for one warm-up; at most %d can take part", len(participants), MaxParticipants)
	}
	for i, name := range participants {
		name = strings.TrimSpace(name)
		switch {
		case name == "":
			return Warmup{}, fmt.Errorf("participant %d has no name", i+1)
		case len(name) > MaxNameBytes:
			return Warmup{}, fmt.Errorf("the name of participant %d is %d bytes long; at most %d are possible", i+1, len(name), MaxNameBytes)
		case slices.ContainsFunc(w.participants, func(other string) bool { return strings.EqualFold(other, name) }):
			return Warmup{}, fmt.Errorf("two participants are called %q; tell them apart", shown(name))
		}
		w.participants = append(w.participants, name)
	}
	w.guesses = make([]int, len(w.participants)*len(items))
	return w, nil
}

// Len is the number of items.
func (w Warmup) Len() int { return len(w.items) }

// Item returns what may be seen of an item, counted from 0.
func (w Warmup) Item(item int) WarmupItem {
	return WarmupItem{w.items[item].Text, w.items[item].Dimension}
}

// Participants lists who takes part, in the order in which they place.
func (w Warmup) Participants() []string { return slices.Clone(w.participants) }

// Guess returns where a participant placed an item, both counted from 0; ok is false
// if they have not yet.
func (w Warmup) Guess(participant, item int) (p rubric.Position, ok bool) {
	ordinal := w.guesses[w.cell(participant, item)]
	return w.rubric.At(ordinal), ordinal > 0
}

// Place puts a participant's guess down, instead of an earlier one.
func (w Warmup) Place(participant, item int, at rubric.Position) Warmup {
	w.guesses = slices.Clone(w.guesses)
	w.guesses[w.cell(participant, item)] = at.Ordinal
	return w
}

// Placed counts the items that a participant has placed.
func (w Warmup) Placed(participant int) int {
	n := 0
	for i := range w.items {
		if w.guesses[w.cell(participant, i)] > 0 {
			n++
		}
	}
	return n
}

// Unplaced is the next item, round from the one after the given, that a participant
// has not placed; ok is false if there is none.
func (w Warmup) Unplaced(participant, after int) (item int, ok bool) {
	for by := 1; by <= len(w.items); by++ {
		item = (after + by) % len(w.items)
		if w.guesses[w.cell(participant, item)] == 0 {
			return item, true
		}
	}
	return after, false
}

func (w Warmup) cell(participant, item int) int { return participant*len(w.items) + item }
