package store

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Many decisions at once make of a chain what they make of it one after the other.
func TestChainsGrowAtOnceAsOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		on := func(what string) digest { return digest{1 + rapid.Byte().Draw(t, what)%2} } // one of two branches
		drawn := func() point { return point{rapid.Uint64Range(1, 12).Draw(t, "seq"), on("branch")} }
		var links [][2]point // a decision, and the one before it
		for range rapid.IntRange(0, 14).Draw(t, "decisions") {
			at := drawn()
			var before point
			if at.seq > 1 {
				before = point{at.seq - 1, on("follows")}
			}
			if !slices.ContainsFunc(links, func(l [2]point) bool { return l[0] == at }) {
				links = append(links, [2]point{at, before})
			}
		}
		first := rapid.IntRange(0, len(links)).Draw(t, "there already")
		var oneByOne, atOnce chain
		var arrivals []arrival
		for i, l := range links {
			has := func(match func([2]point) bool) bool { return slices.ContainsFunc(links[:i], match) }
			a := arrival{
				t: l[0], before: l[1],
				named: has(func(other [2]point) bool { return other[1] == l[0] }),
				known: has(func(other [2]point) bool { return other[0] == l[1] || other[1] == l[1] }),
			}
			oneByOne.add(a.t.tip(), a.before.tip(), a.named, a.known)
			if i < first {
				atOnce.add(a.t.tip(), a.before.tip(), a.named, a.known)
			} else {
				arrivals = append(arrivals, a)
			}
		}
		if len(arrivals) > 0 {
			atOnce.addAll(arrivals)
		}
		for _, c := range []*chain{&oneByOne, &atOnce} { // none is none, however it came about
			c.Tips, c.Awaited, c.Gaps = append([]tip(nil), c.Tips...), append([]tip(nil), c.Awaited...), append([][2]uint64(nil), c.Gaps...)
		}
		if !reflect.DeepEqual(oneByOne, atOnce) {
			t.Fatalf("one by one %+v, at once %+v", oneByOne, atOnce)
		}
		if err := atOnce.valid(); err != nil {
			t.Fatal(err)
		}
	})
}
