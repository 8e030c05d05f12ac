package tui

import (
	"testing"

	"github.com/muesli/termenv"
	"pgregory.net/rapid"
)

// Whatever sizes a terminal goes through, once it is as large as before it shows what it
// showed before: cursor, scrolling and what was typed.
func TestResizingLosesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := rapid.SampledFrom([]func() *driver{
			func() *driver { return drive(t, demoData) },
			func() *driver { return driveWith(t, hostile(t), termenv.Ascii, oddPast, oddSession) },
			func() *driver { return revealedSeance(t).driver.press("s", "enter", "enter") },
			func() *driver { return drive(t, threePeople, twoSessions).press("enter", "3", "enter") },
		}).Draw(rt, "on")()
		h := newHands(rt, d)
		w, height := rapid.IntRange(minWidth, 220).Draw(rt, "w"), rapid.IntRange(minHeight, 70).Draw(rt, "h")
		d.size(w, height)
		for range rapid.IntRange(0, 25).Draw(rt, "keys") {
			d.send(keyNamed(t, rapid.SampledFrom(h.names).Draw(rt, "key")))
			if d.quit {
				d.again()
			}
			before := d.screen()
			for range rapid.IntRange(1, 3).Draw(rt, "sizes") {
				d.size(rapid.IntRange(1, 250).Draw(rt, "columns"), rapid.IntRange(1, 80).Draw(rt, "rows"))
				h.drawn()
			}
			if after := d.size(w, height).screen(); after != before {
				rt.Fatalf("before:\n%s\nafter:\n%s", before, after)
			}
		}
	})
}
