//go:build !race

package tui

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/muesli/termenv"

	"calibrate/calibration"
	"calibrate/internal/memorystore"
	"calibrate/rubric"
)

// drawnScreens are the screens with something on them, and how many allocations there may
// be from a key to its frame, at 80 × 24 and at 200 × 60: what was measured and a little
// more. Walk's is a promise: 500.
var drawnScreens = []struct {
	name  string
	setup []func(*memorystore.Store, *rubric.Rubric)
	keys  []string // that lead there
	there string   // a key that changes what is drawn
	back  string   // and one that changes it back
	most  [2]float64
}{
	{"people", list(crowd(2000)), []string{"end"}, "up", "down", [2]float64{130, 140}},
	{"walk, the cursor", list(threePeople, twoSessions), []string{"enter", "3", "a", "space"}, "down", "up", [2]float64{220, 330}},
	{"walk, the band", list(threePeople, twoSessions), []string{"enter", "3", "a", "space"}, "right", "left", [2]float64{370, 500}},
	{"neighbours", list(threePeople, twoSessions), []string{"enter", "3", "v"}, "right", "left", [2]float64{580, 560}},
	{"search", list(threePeople, twoSessions), []string{"enter", "/"}, "down", "up", [2]float64{200, 460}},
	{"place", list(threePeople, twoSessions), []string{"enter", "3", "space", "enter"}, "right", "left", [2]float64{280, 350}},
	{"person", list(threePeople, twoSessions), []string{"p"}, "down", "up", [2]float64{280, 330}},
	{"compare", list(threePeople, twoSessions), []string{"c"}, "down", "up", [2]float64{180, 240}},
	{"same cell", list(threePeople, twoSessions), []string{"c", "7"}, "down", "up", [2]float64{155, 220}},
}

func BenchmarkViews(b *testing.B) {
	for _, screen := range drawnScreens {
		for _, size := range [][2]int{{80, 24}, {200, 60}} {
			b.Run(fmt.Sprintf("%s/%dx%d", screen.name, size[0], size[1]), func(b *testing.B) {
				d := driveWith(b, builtIn(b), termenv.TrueColor, screen.setup...).size(size[0], size[1]).press(screen.keys...)
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					d.press([]string{screen.there, screen.back}[i%2])
					_ = d.app.View()
				}
			})
		}
	}
}

func TestFramesAllocateLittle(t *testing.T) {
	for _, screen := range drawnScreens {
		for i, size := range [][2]int{{80, 24}, {200, 60}} {
			d := driveWith(t, builtIn(t), termenv.TrueColor, screen.setup...).size(size[0], size[1]).press(screen.keys...)
			if got := allocsOfFrame(d, screen.there, screen.back); got > screen.most[i] {
				t.Errorf("%s at %d × %d: %.0f allocations from a key to its frame, at most %.0f", screen.name, size[0], size[1], got, screen.most[i])
			}
		}
	}
}

// allocsOfFrame is how many allocations there are from a key to its frame, of two keys by
// turns.
func allocsOfFrame(d *driver, there, back string) float64 {
	keys, i := [2]string{there, back}, 0
	return testing.AllocsPerRun(20, func() {
		d.press(keys[i%2])
		_ = d.app.View()
		i++
	})
}

// bytesOfFrame is how many bytes are allocated from a key to its frame.
func bytesOfFrame(d *driver, there, back string) uint64 {
	const runs = 20
	_, before := d.press(there, back).app.View(), new(runtime.MemStats)
	after := new(runtime.MemStats)
	runtime.ReadMemStats(before)
	for range runs / 2 {
		_ = d.press(there).app.View()
		_ = d.press(back).app.View()
	}
	runtime.ReadMemStats(after)
	return (after.TotalAlloc - before.TotalAlloc) / runs
}

// A frame of a list costs what is seen of it, however much there is.
func TestFramesOfLongLists(t *testing.T) {
	decided := func(n int) func(*memorystore.Store, *rubric.Rubric) {
		return func(m *memorystore.Store, r *rubric.Rubric) {
			threePeople(m, r)
			m.Held.Sessions = []calibration.Session{{ID: "S1", Name: "Spring 2025"}}
			for i := range n {
				m.Held.Decisions = append(m.Held.Decisions, calibration.Decision{
					ID: m.NextID(), Person: "0042", Reviewer: fmt.Sprintf("reviewer %06d", i), Session: "S1", Dimension: r.Dimensions[0], Position: "3-mid", Stage: calibration.Panel,
					Confidence: calibration.High, Rationale: "Leads the platform work, and others follow.", Rubric: r.Hash(), DecidedAt: fixedNow(),
				})
			}
		}
	}
	placed := func(n int) func(*memorystore.Store, *rubric.Rubric) {
		return func(m *memorystore.Store, r *rubric.Rubric) {
			crowd(n)(m, r)
			for _, p := range m.Held.People {
				m.Held.Decisions = append(m.Held.Decisions, calibration.Decision{
					ID: m.NextID(), Person: p.ID, Reviewer: "linus", Dimension: r.Dimensions[0], Position: "3-mid", Stage: calibration.Draft,
					Confidence: calibration.High, Rationale: "Leads the platform work.", Rubric: r.Hash(), DecidedAt: fixedNow(),
				})
			}
		}
	}
	for _, list := range []struct {
		name  string
		of    func(n int) func(*memorystore.Store, *rubric.Rubric)
		keys  []string
		there string
		back  string
	}{
		{"people", crowd, []string{"end", "up"}, "up", "down"},
		{"people, by pages", crowd, []string{"end", "up"}, "pgup", "pgdown"},
		{"person", decided, []string{"p", "end", "up"}, "up", "down"},
		{"compare", placed, []string{"c", "end", "up"}, "up", "down"},
	} {
		few := bytesOfFrame(drive(t, list.of(20)).size(80, 18).press(list.keys...), list.there, list.back)
		many := bytesOfFrame(drive(t, list.of(4000)).size(80, 18).press(list.keys...), list.there, list.back)
		if many > few*6/5 {
			t.Errorf("%s: %d bytes are allocated for a frame of 20, %d for one of 4,000", list.name, few, many)
		}
	}
}
