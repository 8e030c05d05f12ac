package tui

import "calibrate/calibration"

// figures are what a comparison says, each computed when it is first asked for and kept
// for as long as the same decisions are looked at.
type figures struct {
	of        *calibration.Comparison
	overview  calibration.Overview
	spread    *calibration.Spread
	on        map[string][]calibration.PersonSpread // spread, by dimension
	reviewers []calibration.ReviewerView
	contested *[]calibration.ContestedStatement
	cells     *[]calibration.Cell
}

func figuresOf(c *calibration.Comparison) *figures {
	return &figures{of: c, overview: c.Overview(), on: map[string][]calibration.PersonSpread{}}
}

// Spread is the spread over all dimensions.
func (f *figures) Spread() calibration.Spread {
	if f.spread == nil {
		s := f.of.Spread()
		f.spread = &s
		for _, d := range f.of.Rubric().Dimensions {
			f.on[d] = s.On(d)
		}
	}
	return *f.spread
}

// On is the spread on one dimension.
func (f *figures) On(dimension string) []calibration.PersonSpread {
	f.Spread()
	return f.on[dimension]
}

func (f *figures) Reviewers() []calibration.ReviewerView {
	if f.reviewers == nil {
		f.reviewers = f.of.Reviewers()
	}
	return f.reviewers
}

func (f *figures) Contested() []calibration.ContestedStatement {
	if f.contested == nil {
		all := f.of.Contested()
		f.contested = &all
	}
	return *f.contested
}

func (f *figures) Cells() []calibration.Cell {
	if f.cells == nil {
		all := f.of.Cells()
		f.cells = &all
	}
	return *f.cells
}
