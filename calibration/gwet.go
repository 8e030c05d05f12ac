package calibration

// GwetAC is Gwet's AC1 for [Unweighted] and AC2 for any other weights, at most
// 1. Ratings may be missing: agreement p_a is the mean over the units with two
// ratings or more, the prevalence π_k of the categories the mean over the units
// with any. How many categories the scale has matters, also of those that never
// occur.
//
// It is not defined if no unit has two ratings, or on a scale of one category.
// Ratings that never vary on a scale of more have an AC of 1: a chance agreement
// of 0 is what it was made for.
//
// K. L. Gwet, Computing inter-rater reliability and its variance in the presence
// of high agreement, British Journal of Mathematical and Statistical Psychology
// 61 (2008), 29–48: AC1. Handbook of Inter-Rater Reliability, 4th ed. (2014),
// chapters 2 and 3: missing ratings and weights,
// p_e = T_w / (q(q−1)) Σ π_k (1−π_k), where T_w = Σ w_kl.
func GwetAC(r Ratings, w Weights) Figure {
	if reason := r.unpaired(); reason != "" {
		return notDefined(reason)
	}
	q := r.scale.Len()
	if q == 1 {
		return notDefined("the scale has one category")
	}
	greatest := float64(w.disagreement(0, q-1))
	total := 0.0 // T_w
	for k := range q {
		for l := range q {
			total += 1 - float64(w.disagreement(k, l))/greatest
		}
	}
	p, _ := r.prevalence()
	byChance := total / float64(q*(q-1)) * spread(p)
	apart := r.disagreementPerUnit(w) / greatest // 1 − p_a
	return r.figure(1-apart/(1-byChance), 1)
}
