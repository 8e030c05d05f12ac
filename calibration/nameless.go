package calibration

import "slices"

// nameless is what a reviewer is called to whom a reader may not give a name.
const nameless = "another reviewer"

// ForManagers is the comparison as the managers of its people may read it: who reviewed
// and manages none of them has no name in it.
func (c *Comparison) ForManagers() *Comparison {
	own := *c
	own.reviewers = slices.Clone(c.reviewers)
	for i := range own.reviewers {
		if !slices.Contains(c.managers, c.spellings[i]) {
			own.reviewers[i] = nameless
		}
	}
	return &own
}
