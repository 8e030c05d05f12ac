//go:build linux

package main

import (
	"fmt"
	"time"
)

// grown is how one thing grows with the decisions in the file.
type grown struct {
	name, what string
	points     []point
}

type point struct {
	decisions int
	took      time.Duration
	peak      int64
}

// exponents of time and memory.
func (g grown) exponents() (took, peak float64) {
	var n []int
	var t, m []float64
	for _, p := range g.points {
		n, t, m = append(n, p.decisions), append(t, p.took.Seconds()), append(m, float64(p.peak))
	}
	return exponent(n, t), exponent(n, m)
}

// growing are the things whose growth is measured. Each is given a copy of the data file
// where it writes to it.
var growing = []struct {
	name, what string
	measure    func(b *bench, file string, n int) (outcome, error)
}{
	{"open", "the app, to its first complete frame", growOpen},
	{"people", "`people list`", growCommand("people", "list")},
	{"walk", "a person's walk in the app, from the key to its first frame", growWalk},
	{"place", "`place`, one decision", growPlace},
	{"compare", "`compare distribution` of everything", growCommand("compare", "distribution")},
	{"import", "`import` into an empty file", growImport},
	{"doctor", "`doctor`", growCommand("doctor")},
	{"salvage", "`doctor --salvage` of everything", growSalvage},
}

// sizes are the numbers of decisions.
func (b *bench) sizes() []int {
	var all []int
	for n := 1000; n <= b.most; n *= 10 {
		all = append(all, n)
	}
	return all
}

// grow measures all at all sizes. What is done to a small file is done several times, and
// the median counts.
func (b *bench) grow() ([]grown, error) {
	all := make([]grown, len(growing))
	for i, g := range growing {
		all[i].name, all[i].what = g.name, g.what
	}
	for _, n := range b.sizes() {
		file, err := b.files.company(n, -1)
		if err != nil {
			return nil, err
		}
		for i, g := range growing {
			times := 5
			if n >= 100_000 || b.short {
				times = 1
			}
			var took sample
			var peak int64
			for range times {
				o, err := g.measure(b, file, n)
				if err != nil {
					return nil, fmt.Errorf("%s of %d decisions: %w", g.name, n, err)
				}
				took, peak = append(took, o.Took), max(peak, o.Peak)
			}
			all[i].points = append(all[i].points, point{n, took.median(), peak})
			b.say("%s of %d decisions: %s, %s", g.name, n, showTime(took.median()), showBytes(peak))
		}
	}
	return all, nil
}

func growCommand(args ...string) func(*bench, string, int) (outcome, error) {
	return func(b *bench, file string, _ int) (outcome, error) {
		return b.measured(b.calibrateOn(file, args...)...)
	}
}

func growOpen(b *bench, file string, _ int) (o outcome, err error) {
	s, err := shown{cols: 120, rows: 40, env: b.environment()}.start(b.calibrateOn(file), peopleShows...)
	if err != nil {
		return o, err
	}
	defer s.close()
	if o.Took, err = s.opened(); err != nil {
		return o, err
	}
	o.Peak, err = s.peak()
	return o, err
}

func growWalk(b *bench, file string, _ int) (o outcome, err error) {
	if file, err = b.files.copyOf(file); err != nil {
		return o, err
	}
	s, err := b.standing(120, 40, b.calibrateOn(file), peopleShows...)
	if err != nil {
		return o, err
	}
	defer s.close()
	if o.Took, err = s.press("\r", "Progression"); err != nil {
		return o, err
	}
	o.Peak, err = s.peak()
	return o, err
}

func growPlace(b *bench, file string, _ int) (o outcome, err error) {
	if file, err = b.files.copyOf(file); err != nil {
		return o, err
	}
	// The backup of the day is made before; it is not the decision's.
	place := b.calibrateOn(file, "place", "--person", person(0).ID, "--dimension", "individual", "--at", "3-mid", "--rationale", "Seen twice.")
	if _, err := b.measured(place...); err != nil {
		return o, err
	}
	return b.measured(place...)
}

func growImport(b *bench, _ string, n int) (o outcome, err error) {
	packets, err := b.packets(n)
	if err != nil {
		return o, err
	}
	return b.importing(packets)
}

func growSalvage(b *bench, file string, _ int) (o outcome, err error) {
	to, err := b.files.scratch("salvaged.db")
	if err != nil {
		return o, err
	}
	if o, err = b.measured(b.calibrateOn(file, "doctor", "--salvage", to)...); err != nil {
		return o, err
	}
	_, err = b.files.scratch("salvaged.db")
	return o, err
}
