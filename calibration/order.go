package calibration

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
)

// Order is how the people of an agenda are put in order.
type Order string

// The orders.
const (
	AsListed       Order = "listed"
	ByDisagreement Order = "disagreement" // the reviewers furthest apart first
	ByExtremes     Order = "extremes"     // the highest and lowest first, the middle last
	RandomOrder    Order = "random"
)

// Orders lists the orders.
func Orders() []Order { return []Order{AsListed, ByDisagreement, ByExtremes, RandomOrder} }

// ParseOrder reads an order; an empty text is as listed.
func ParseOrder(text string) (Order, error) {
	if text == "" {
		return AsListed, nil
	}
	for _, o := range Orders() {
		if strings.EqualFold(text, string(o)) {
			return o, nil
		}
	}
	return "", fmt.Errorf("order %q is not one of listed, disagreement, extremes, random", text)
}

// Arrange puts the ids of an agenda in order. Disagreement and extremes go by where
// people were placed so far in the comparison, which holds the decisions that count for
// the session; who was not placed comes last, and equals keep their order.
func Arrange(people []string, by Order, seed uint64, c *Comparison) []string {
	ordered := slices.Clone(people)
	switch by {
	case RandomOrder:
		random := rand.New(rand.NewPCG(seed, 0))
		random.Shuffle(len(ordered), func(i, j int) { ordered[i], ordered[j] = ordered[j], ordered[i] })
	case ByDisagreement:
		apart := map[string]int{}
		for i, p := range c.Spread().People { // the furthest apart come first
			apart[p.Person.ID] = len(people) + 1 - i
		}
		slices.SortStableFunc(ordered, func(a, b string) int { return cmp.Compare(apart[b], apart[a]) })
	case ByExtremes:
		off := c.fromMiddle()
		slices.SortStableFunc(ordered, func(a, b string) int { return cmp.Compare(off[b], off[a]) })
	}
	return ordered
}

// fromMiddle is how far each person's placements, on average, are from the middle of
// the scale, in half positions and at least 1.
func (c *Comparison) fromMiddle() map[string]int {
	sum, n := map[string]int{}, map[string]int{}
	middle := len(c.rubric.Positions()) + 1
	for u := range c.units() {
		id := c.people[u[0].person].ID
		for _, r := range u.own(nil) {
			sum[id] += 2 * int(r.ordinal)
			n[id]++
		}
	}
	off := map[string]int{}
	for id := range n {
		mean := sum[id] * 100 / n[id]
		off[id] = 1 + max(mean-100*middle, 100*middle-mean)
	}
	return off
}

// Aliases gives each person another name, the same throughout a session and telling
// nothing of the person: a number that the session's id and theirs lead to. Somebody who
// joins later changes nobody else's, unless by chance both lead to one number.
func Aliases(session string, people []string) map[string]string {
	numbers := uint64(900)
	if len(people) > 300 {
		numbers = 90_000
	}
	key := func(id string) uint64 {
		h := fnv.New64a()
		h.Write([]byte(session + "\x00" + id))
		return h.Sum64()
	}
	ordered := slices.Clone(people)
	slices.SortFunc(ordered, func(a, b string) int { return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(a, b)) })
	aliases, taken := map[string]string{}, map[uint64]bool{}
	for _, id := range slices.Compact(ordered) {
		n := key(id) % numbers
		for taken[n] {
			n = (n + 1) % numbers
		}
		taken[n] = true
		aliases[id] = fmt.Sprintf("Person %d", numbers/9+n)
	}
	return aliases
}
