package calibration

// KendallW is Kendall's coefficient of concordance W, from 0 to 1, with the
// correction for ties: how far the raters order the units alike, whatever the
// categories that they use for it. Raters who order them at random have a W of
// about 1/m, not 0.
//
// It is not defined if ratings are missing, with fewer than two raters or units,
// or if every rater gives all units the same rating.
//
// M. G. Kendall and B. Babington Smith, The problem of m rankings, Annals of
// Mathematical Statistics 10 (1939), 275–287; M. G. Kendall, Rank Correlation
// Methods (1948), chapter 6: W = 12 S / (m²(n³ − n) − m Σ T_j), where T_j is the
// sum of t³ − t over rater j's groups of t tied units.
func KendallW(r Ratings) Figure {
	if reason := r.incomplete(); reason != "" {
		return notDefined(reason)
	}
	n, m := len(r.units), float64(len(r.raters))
	sums := make([]float64, n) // R_i, of each unit's ranks
	untied := 0.0              // Σ over the raters of n³ − n − T_j
	for _, ratings := range r.byRater() {
		ranks, ties := midranks(ratings, r.scale.Len())
		for _, given := range ratings {
			sums[given.unit] += ranks[given.category]
		}
		untied += float64(n*n*n - n - ties)
	}
	if untied == 0 {
		return notDefined("no rater tells the units apart")
	}
	s := 0.0
	for _, sum := range sums {
		s += square(sum - m*float64(n+1)/2)
	}
	return r.figure(12*s/(m*untied), 1)
}

// midranks gives each category the mean of the ranks that one rater's ratings in
// it take up, and the rater's T.
func midranks(ratings []rated, categories int) (ranks []float64, ties int) {
	count := make([]int, categories)
	for _, given := range ratings {
		count[given.category]++
	}
	ranks = make([]float64, categories)
	below := 0
	for c, t := range count {
		ranks[c] = float64(below) + float64(t+1)/2
		below += t
		ties += t*t*t - t
	}
	return ranks, ties
}

func square(x float64) float64 { return x * x }
