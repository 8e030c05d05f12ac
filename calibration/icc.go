package calibration

// ICC is the intraclass correlations of Shrout and Fleiss, at most 1. The model
// is 1 if each unit was rated by other raters, 2 if by the same raters, who
// stand for all raters, 3 if these raters are the only ones of interest; k is
// the reliability of the mean of the k raters rather than of one.
type ICC struct {
	Single1 Figure `json:"1_1"` // ICC(1,1)
	Single2 Figure `json:"2_1"` // ICC(2,1)
	Single3 Figure `json:"3_1"` // ICC(3,1)
	Mean1   Figure `json:"1_k"` // ICC(1,k)
	Mean2   Figure `json:"2_k"` // ICC(2,k)
	Mean3   Figure `json:"3_k"` // ICC(3,k)
}

// IntraclassCorrelations computes all six from the values of the categories.
//
// None is defined if ratings are missing, with fewer than two raters or units,
// or if all ratings are the same. One of them alone is not defined where the
// variance that it divides by is estimated as zero or less, which happens if the
// raters disagree more than the units differ.
//
// P. E. Shrout and J. L. Fleiss, Intraclass correlations: uses in assessing
// rater reliability, Psychological Bulletin 86 (1979), 420–428, tables 1 to 4
// and the sections on the three cases and on the reliability of the mean.
func IntraclassCorrelations(r Ratings) ICC {
	if reason := r.incomplete(); reason != "" {
		return iccNotDefined(reason)
	}
	if reason := r.unvaried(1); reason != "" {
		return iccNotDefined(reason)
	}
	n, k := float64(len(r.units)), float64(len(r.raters))
	s := r.meanSquares()
	ratio := func(above, below float64) Figure {
		if below <= negligible*(s.bms+s.wms) {
			return notDefined("the units differ too little: the variance to divide by is not above 0")
		}
		return r.figure(above/below, 1)
	}
	return ICC{
		Single1: ratio(s.bms-s.wms, s.bms+(k-1)*s.wms),
		Single2: ratio(s.bms-s.ems, s.bms+(k-1)*s.ems+k*(s.jms-s.ems)/n),
		Single3: ratio(s.bms-s.ems, s.bms+(k-1)*s.ems),
		Mean1:   ratio(s.bms-s.wms, s.bms),
		Mean2:   ratio(s.bms-s.ems, s.bms+(s.jms-s.ems)/n),
		Mean3:   ratio(s.bms-s.ems, s.bms),
	}
}

// negligible is what part of the mean squares rounding may leave of a variance
// that is zero.
const negligible = 1e-12

func iccNotDefined(reason string) ICC {
	f := notDefined(reason)
	return ICC{f, f, f, f, f, f}
}

// meanSquares is the analysis of variance in Shrout and Fleiss's names: between
// targets, within target, between judges, and residual.
type meanSquares struct{ bms, wms, jms, ems float64 }

// meanSquares analyses a complete table. The values are moved and stretched to
// run from 0 to 1, which no ratio of mean squares notices.
func (r Ratings) meanSquares() meanSquares {
	x, n, k := r.matrix(), float64(len(r.units)), float64(len(r.raters))
	targets, judges, grand := make([]float64, len(r.units)), make([]float64, len(r.raters)), 0.0
	for i := range x {
		for j := range x[i] {
			targets[i] += x[i][j] / k
			judges[j] += x[i][j] / n
		}
		grand += targets[i] / n
	}
	var s meanSquares
	for i := range x {
		s.bms += k * square(targets[i]-grand) / (n - 1)
		for j := range x[i] {
			s.wms += square(x[i][j]-targets[i]) / (n * (k - 1))
			s.ems += square(x[i][j]-targets[i]-judges[j]+grand) / ((n - 1) * (k - 1))
		}
	}
	for j := range judges {
		s.jms += n * square(judges[j]-grand) / (k - 1)
	}
	return s
}

// matrix is a complete table's values, units × raters, from 0 to 1.
func (r Ratings) matrix() [][]float64 {
	occurs := make([]float64, r.scale.Len())
	for _, c := range r.cells {
		occurs[c.category]++
	}
	values := unitRange(r.scale.values, occurs)
	all := make([]float64, len(r.cells))
	for i, c := range r.cells {
		all[i] = values[c.category]
	}
	x := make([][]float64, len(r.units))
	for u := range x {
		x[u] = all[r.starts[u]:r.starts[u+1]]
	}
	return x
}
