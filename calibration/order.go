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

// Ordered is the session once it is changed to now, and whether its agenda is to be put in
// order. A random order is drawn once, by the seed: who changes something else finds the
// agenda as it was, and whoever comes onto it later stands at its end.
func (s Session) Ordered(now Session, seed uint64) (_ Session, arrange bool) {
	switch now.Order {
	case "", AsListed:
		return now, false
	case RandomOrder:
		if s.Order == RandomOrder {
			return now, false
		}
		now.Seed = seed
		return now, true
	}
	now.Seed = 0
	return now, true
}

// Arrange puts the ids of an agenda in order. Disagreement and extremes go by where
// people were placed so far in the comparisons, which hold the decisions that count for
// the session; who was not placed comes last, and equals keep their order. Under several
// rubrics each person is measured by the length of their own ruler.
func Arrange(people []string, by Order, seed uint64, of Comparisons) []string {
	ordered := slices.Clone(people)
	switch by {
	case RandomOrder:
		random := rand.New(rand.NewPCG(seed, 0))
		random.Shuffle(len(ordered), func(i, j int) { ordered[i], ordered[j] = ordered[j], ordered[i] })
	case ByDisagreement:
		apart := of.apart()
		slices.SortStableFunc(ordered, func(a, b string) int { return cmp.Compare(apart[b], apart[a]) })
	case ByExtremes:
		off := map[string]float64{}
		for _, c := range of {
			c.fromMiddle(off)
		}
		slices.SortStableFunc(ordered, func(a, b string) int { return cmp.Compare(off[b], off[a]) })
	}
	return ordered
}

// ArrangeAgenda is the agenda of a session in the order that it asks for, by what counts
// in the session under the rubrics of the basis, which need not know the session yet.
// decisionsOf are all that were made about a person.
func ArrangeAgenda(b Basis, session Session, decisionsOf func(person string) ([]Decision, error)) ([]string, error) {
	if session.ID == "" {
		session.ID = "not in the file yet"
	}
	b.Sessions = slices.DeleteFunc(slices.Clone(b.Sessions), func(other Session) bool { return other.ID == session.ID })
	b.Sessions = append(b.Sessions, session)
	comparers := NewComparers(b, Filter{Sessions: []string{session.ID}})
	for _, id := range session.People {
		of, err := decisionsOf(id)
		if err != nil {
			return nil, err
		}
		for _, d := range of {
			comparers.Add(d)
		}
	}
	return Arrange(session.People, session.Order, session.Seed, comparers.Comparisons()), nil
}

// apart is a number by person that is higher the further apart their reviewers are; the
// distance is taken as a share of the ruler's length, so that under one rubric the order
// is that of the spread.
func (cs Comparisons) apart() map[string]int {
	type onRuler struct {
		PersonSpread
		steps int
	}
	var all []onRuler
	for _, c := range cs {
		for _, p := range c.Spread().People {
			all = append(all, onRuler{p, len(c.rubric.Positions())})
		}
	}
	slices.SortStableFunc(all, func(a, b onRuler) int {
		return cmp.Or(cmp.Compare(b.Apart*a.steps, a.Apart*b.steps), furthestFirst(a.PersonSpread, b.PersonSpread))
	})
	apart := map[string]int{}
	for i, p := range all { // the furthest apart come first
		apart[p.Person.ID] = len(all) - i
	}
	return apart
}

// fromMiddle puts down how far each person's placements, on average, are from the middle
// of the scale, as a share of its length, and a little where they are not far at all.
func (c *Comparison) fromMiddle(off map[string]float64) {
	sum, n := map[string]int{}, map[string]int{}
	middle := len(c.rubric.Positions()) + 1
	for u := range c.units() {
		id := c.people[u[0].person].ID
		for _, r := range u.own(nil) {
			sum[id] += 2 * int(r.ordinal)
			n[id]++
		}
	}
	for id := range n {
		mean := sum[id] * 100 / n[id]
		off[id] = float64(1+max(mean-100*middle, 100*middle-mean)) / float64(middle)
	}
}

// Aliases gives each person another name, the same throughout a session and telling
// nothing of the person: a number that the session's id and theirs lead to. Somebody who
// joins later changes nobody else's, unless by chance both lead to one number.
func Aliases(session string, people []string) map[string]string {
	numbers := uint64(900)
	for uint64(len(people)) > numbers/3 { // or most would lead to one that is taken
		numbers *= 100
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
