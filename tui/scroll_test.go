package tui

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What is announced above and below, and what is seen, are all the lines there are;
// the line asked for is seen; every line can be scrolled to.
func TestWindowsAnnounceWhatTheyDoNotShow(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n, h := rapid.IntRange(1, 40).Draw(rt, "lines"), rapid.IntRange(3, 20).Draw(rt, "rows")
		first := rapid.IntRange(0, n-1).Draw(rt, "first")
		last := rapid.IntRange(first, n-1).Draw(rt, "last")
		lines := make([]string, n)
		for i := range lines {
			lines[i] = fmt.Sprintf("line %02d", i)
		}
		most := mostScroll(first, last, n, h)
		seen := map[int]bool{}
		for by := range most + 1 {
			v := windowOn(first, last, by, n, h)
			rows := v.draw(theme{}, lines, 0, 20)
			if len(rows) != h {
				rt.Fatalf("%d rows, want %d", len(rows), h)
			}
			shown := 0
			for i := range lines {
				if strings.Contains(strings.Join(rows, "\n"), lines[i]) {
					shown++
					seen[i] = true
				}
			}
			if shown+v.above()+v.below() != n {
				rt.Fatalf("%d lines seen, %d above and %d below of %d", shown, v.above(), v.below(), n)
			}
			if above := strings.Contains(rows[0], markMoreUp); above != (v.above() > 0) {
				rt.Fatalf("%d above, in the first row: %q", v.above(), rows[0])
			}
		}
		for i := first; i <= last; i++ {
			if !seen[i] {
				rt.Fatalf("line %d of %d to %d cannot be seen in %d rows", i, first, last, h)
			}
		}
		top := 0
		for range n {
			for i, row := range windowAt(top, n, h).draw(theme{}, lines, 0, 20) {
				if strings.HasPrefix(row, "line") {
					seen[windowAt(top, n, h).top+i] = true
				}
			}
			top, _ = scroll(top, keyNamed(t, "down"), n, h)
		}
		if len(seen) != n {
			rt.Fatalf("scrolling shows %d of %d lines", len(seen), n)
		}
	})
}

func TestScrollingStopsAtTheEnds(t *testing.T) {
	top := 0
	for range 50 {
		top, _ = scroll(top, keyNamed(t, "pgdown"), 30, 10)
	}
	if top != 20 {
		t.Fatalf("the last page begins at %d", top)
	}
	if top, _ = scroll(top, keyNamed(t, "up"), 30, 10); top != 19 {
		t.Errorf("one up from the end is %d", top)
	}
	if _, ok := scroll(0, keyNamed(t, "x"), 30, 10); ok {
		t.Error("x scrolls")
	}
}
