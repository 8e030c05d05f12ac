//go:build !race

package tui

import (
	"testing"

	"github.com/muesli/termenv"

	"calibrate/internal/allocations"
)

func TestAllocations(t *testing.T) {
	walk := driveWith(t, builtIn(t), termenv.TrueColor, threePeople, twoSessions).size(200, 60)
	walk.press("enter", "3", "a", "space", "down", "space", "space", "f")
	allocations.AtMost(t, "a View of Walk at 200×60", 270, func() { _ = walk.app.View() })
	people := drive(t, crowd(20_000)).size(200, 60).press("end")
	allocations.AtMost(t, "a View of People with 20,000 rows", 70, func() { _ = people.app.View() })
}
