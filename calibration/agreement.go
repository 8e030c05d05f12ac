package calibration

// ExactAgreement is the share of all pairs of ratings of one unit by two raters
// that are in the same category, from 0 to 1; the pairs of all units and raters
// are pooled. It is not defined if no unit has two ratings.
func ExactAgreement(r Ratings) Figure { return agreementWithin(r, 0) }

// AdjacentAgreement is the share of those pairs that are at most one place apart
// on the scale, exact agreement included. For agreement to a level rather than a
// band, make the ratings on a scale of levels.
func AdjacentAgreement(r Ratings) Figure { return agreementWithin(r, 1) }

func agreementWithin(r Ratings, places int) Figure {
	if reason := r.unpaired(); reason != "" {
		return notDefined(reason)
	}
	c := r.coincide(pairEqually)
	near := c.sum(func(row, column int) float64 {
		if distance(row, column) <= places {
			return 1
		}
		return 0
	})
	return r.figure(near/c.sum(func(int, int) float64 { return 1 }), 2)
}

// distance counts the places from one category to another.
func distance(k, l int) int { return max(k-l, l-k) }
