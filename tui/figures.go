package tui

import (
	"sync/atomic"

	"calibrate/calibration"
)

// figures are what a comparison says, each worked out when it is first asked for and kept
// for as long as the same decisions are looked at.
type figures struct {
	overview  calibration.Overview
	spread    figure[spreads]
	reviewers figure[[]calibration.ReviewerView]
	contested figure[[]calibration.ContestedStatement]
	cells     figure[[]calibration.Cell]
}

// spreads is the spread over all dimensions, and on each.
type spreads struct {
	calibration.Spread
	on map[string][]calibration.PersonSpread
}

func figuresOf(c *calibration.Comparison) *figures {
	f := &figures{overview: c.Overview()}
	f.spread.find = func() spreads {
		s := spreads{c.Spread(), map[string][]calibration.PersonSpread{}}
		for _, d := range c.Rubric().Dimensions {
			s.on[d] = s.On(d)
		}
		return s
	}
	f.reviewers.find, f.contested.find, f.cells.find = c.Reviewers, c.Contested, c.Cells
	return f
}

// figure is one that takes a while where there are many decisions. It may be worked out
// beside the app, which then asks for nothing that is not found.
type figure[T any] struct {
	find func() T
	kept atomic.Pointer[T]
}

func (f *figure[T]) get() T {
	if kept := f.kept.Load(); kept != nil {
		return *kept
	}
	found := f.find()
	f.kept.Store(&found)
	return found
}

func (f *figure[T]) found() bool { return f.kept.Load() != nil }
func (f *figure[T]) work()       { f.get() }

// worked is a figure of whatever kind.
type worked interface {
	found() bool
	work()
}
