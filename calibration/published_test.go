package calibration_test

import (
	"encoding/json"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"calibrate/calibration"
)

// published is a table of ratings with the figures that a paper or an established
// package prints for it.
type published struct {
	Ratings        [][]*float64 // a row a rater
	Scale          []float64
	Expected       map[string]float64
	Recomputed     map[string]float64
	Tolerance      float64
	ToleranceByKey map[string]float64 `json:"tolerance_by_key"`
}

func (p published) table(t *testing.T) table {
	t.Helper()
	read := table{categories: len(p.Scale)}
	for u := range p.Ratings[0] {
		var unit []int
		for _, rater := range p.Ratings {
			c := none
			if rater[u] != nil {
				if c = slices.Index(p.Scale, *rater[u]); c < 0 {
					t.Fatalf("%v is not on the scale", *rater[u])
				}
			}
			unit = append(unit, c)
		}
		read.units = append(read.units, unit)
	}
	return read
}

// fileTable is a published table in both of its forms.
type fileTable struct {
	plain   table
	ratings calibration.Ratings
	words   []string
}

// value is the number that a figure must have.
func value(t *testing.T, f calibration.Figure) float64 {
	t.Helper()
	v, ok := f.Value()
	if !ok {
		t.Fatalf("not defined: %s", f.Reason())
	}
	return v
}

// only is the table of these raters, on its whole scale or on the categories that
// they use.
func (f fileTable) only(t *testing.T, dropEmpty bool, raters ...int) calibration.Ratings {
	t.Helper()
	picked := f.plain.columns(raters...)
	used := make([]bool, picked.categories)
	for _, unit := range picked.units {
		for _, c := range unit {
			used[c] = true
		}
	}
	var words []string
	place := make([]int, picked.categories)
	for c := range place {
		if place[c] = len(words); used[c] || !dropEmpty {
			words = append(words, f.words[c])
		}
	}
	for u, unit := range picked.units {
		for i, c := range unit {
			picked.units[u][i] = place[c]
		}
	}
	picked.categories = len(words)
	return picked.ratingsOn(t, words...)
}

// compute is how a published figure is computed.
type compute func(*testing.T, fileTable) float64

func figureOf(figure func(calibration.Ratings) calibration.Figure) compute {
	return func(t *testing.T, f fileTable) float64 { return value(t, figure(f.ratings)) }
}

func cohen(w calibration.Weights) compute {
	return func(t *testing.T, f fileTable) float64 { return value(t, calibration.CohenKappa(f.ratings, w)) }
}

func cohenOfLastTwo(w calibration.Weights, dropEmpty bool) compute {
	return func(t *testing.T, f fileTable) float64 {
		return value(t, calibration.CohenKappa(f.only(t, dropEmpty, 1, 2), w))
	}
}

func alpha(m calibration.Metric) compute {
	return func(t *testing.T, f fileTable) float64 { return value(t, calibration.KrippendorffAlpha(f.ratings, m)) }
}

func ac(w calibration.Weights) compute {
	return func(t *testing.T, f fileTable) float64 { return value(t, calibration.GwetAC(f.ratings, w)) }
}

func icc(pick func(calibration.ICC) calibration.Figure) compute {
	return func(t *testing.T, f fileTable) float64 {
		return value(t, pick(calibration.IntraclassCorrelations(f.ratings)))
	}
}

// offered says how the program computes each published figure.
var offered = map[string]compute{
	"pct_exact":                    figureOf(calibration.ExactAgreement),
	"pct_exact_pairwise_pooled":    figureOf(calibration.ExactAgreement),
	"pct_adjacent_pairwise_pooled": figureOf(calibration.AdjacentAgreement),

	"cohen_kappa":                                  cohen(calibration.Unweighted),
	"light_kappa":                                  cohen(calibration.Unweighted),
	"cohen_kappa_linear":                           cohen(calibration.LinearWeights),
	"cohen_kappa_quadratic":                        cohen(calibration.QuadraticWeights),
	"cohen_kappa_ordinal":                          cohen(calibration.OrdinalWeights),
	"weighted_kappa_linear":                        cohen(calibration.LinearWeights),
	"weighted_kappa_quadratic":                     cohen(calibration.QuadraticWeights),
	"cohen_kappa_r2_r3":                            cohenOfLastTwo(calibration.Unweighted, false),
	"weighted_kappa_linear_r2_r3_dropempty":        cohenOfLastTwo(calibration.LinearWeights, true),
	"weighted_kappa_linear_r2_r3_fullscale1to6":    cohenOfLastTwo(calibration.LinearWeights, false),
	"weighted_kappa_quadratic_r2_r3_dropempty":     cohenOfLastTwo(calibration.QuadraticWeights, true),
	"weighted_kappa_quadratic_r2_r3_fullscale1to6": cohenOfLastTwo(calibration.QuadraticWeights, false),

	"fleiss_kappa":      figureOf(calibration.FleissKappa),
	"fleiss_kappa_gwet": figureOf(calibration.FleissKappa),
	"scott_pi":          figureOf(calibration.FleissKappa), // for two raters they are one

	"krippendorff_alpha_nominal":  alpha(calibration.NominalMetric),
	"krippendorff_alpha_ordinal":  alpha(calibration.OrdinalMetric),
	"krippendorff_alpha_interval": alpha(calibration.IntervalMetric),
	// With these two weights alpha is Krippendorff's; with others it is not.
	"krippendorff_alpha_gwetweights_identity":  alpha(calibration.NominalMetric),
	"krippendorff_alpha_gwetweights_quadratic": alpha(calibration.IntervalMetric),

	"gwet_ac1":           ac(calibration.Unweighted),
	"gwet_ac2_linear":    ac(calibration.LinearWeights),
	"gwet_ac2_quadratic": ac(calibration.QuadraticWeights),
	"gwet_ac2_ordinal":   ac(calibration.OrdinalWeights),

	"kendall_w_ties": figureOf(calibration.KendallW),
	"kendall_chisq": func(t *testing.T, f fileTable) float64 {
		m, n := float64(len(f.ratings.Raters())), float64(len(f.ratings.Units()))
		return m * (n - 1) * value(t, calibration.KendallW(f.ratings))
	},

	"icc_1_1": icc(func(i calibration.ICC) calibration.Figure { return i.Single1 }),
	"icc_2_1": icc(func(i calibration.ICC) calibration.Figure { return i.Single2 }),
	"icc_3_1": icc(func(i calibration.ICC) calibration.Figure { return i.Single3 }),
	"icc_1_k": icc(func(i calibration.ICC) calibration.Figure { return i.Mean1 }),
	"icc_2_k": icc(func(i calibration.ICC) calibration.Figure { return i.Mean2 }),
	"icc_3_k": icc(func(i calibration.ICC) calibration.Figure { return i.Mean3 }),
	// A ratio F of mean squares stands in its k-average: ICC = 1 − 1/F.
	"F_between_msw": func(t *testing.T, f fileTable) float64 {
		return 1 / (1 - value(t, calibration.IntraclassCorrelations(f.ratings).Mean1))
	},
	"F_between_mse": func(t *testing.T, f fileTable) float64 {
		return 1 / (1 - value(t, calibration.IntraclassCorrelations(f.ratings).Mean3))
	},

	"n_units":     func(_ *testing.T, f fileTable) float64 { return float64(len(f.ratings.Units())) },
	"n_observers": func(_ *testing.T, f fileTable) float64 { return float64(len(f.ratings.Raters())) },
}

func naive(figure func(table) float64) compute {
	return func(_ *testing.T, f fileTable) float64 { return figure(f.plain) }
}

func naiveWeighted(figure func(table, weights) float64, w weights) compute {
	return func(_ *testing.T, f fileTable) float64 { return figure(f.plain, w) }
}

// alphaWithWeights is the statistic that packages in Gwet's line call alpha.
func alphaWithWeights(t table, w weights) float64 {
	return t.alpha(func(c, k int) float64 { return 1 - w(c, k, t.categories) })
}

// yardsticks says how the naive versions compute what the program does not offer:
// they must be right themselves before the program is held against them.
var yardsticks = map[string]compute{
	"n_pairs": naive(func(t table) float64 {
		pairs := 0.0
		t.paired(func(_, _, _ int) { pairs += 0.5 })
		return pairs
	}),
	"kendall_w_noties": naive(func(t table) float64 { return t.kendall(false) }),

	"pa":           naiveWeighted(table.pa, identity),
	"pa_linear":    naiveWeighted(table.pa, linear),
	"pa_quadratic": naiveWeighted(table.pa, quadratic),
	"pa_ordinal":   naiveWeighted(table.pa, gwetOrdinal),
	"pa_radical":   naiveWeighted(table.pa, radical),

	"pe_ac":           naiveWeighted(table.peAC, identity),
	"pe_ac_linear":    naiveWeighted(table.peAC, linear),
	"pe_ac_quadratic": naiveWeighted(table.peAC, quadratic),
	"pe_ac_ordinal":   naiveWeighted(table.peAC, gwetOrdinal),
	"pe_ac_radical":   naiveWeighted(table.peAC, radical),

	"gwet_ac2_radical":            naiveWeighted(table.ac, radical),
	"cohen_kappa_radical":         naiveWeighted(table.conger, radical), // for two raters they are one
	"fleiss_kappa_gwet_linear":    naiveWeighted(table.fleiss, linear),
	"fleiss_kappa_gwet_quadratic": naiveWeighted(table.fleiss, quadratic),
	"fleiss_kappa_gwet_ordinal":   naiveWeighted(table.fleiss, gwetOrdinal),
	"fleiss_kappa_gwet_radical":   naiveWeighted(table.fleiss, radical),

	"conger_kappa":           naiveWeighted(table.conger, identity),
	"conger_kappa_linear":    naiveWeighted(table.conger, linear),
	"conger_kappa_quadratic": naiveWeighted(table.conger, quadratic),
	"conger_kappa_ordinal":   naiveWeighted(table.conger, gwetOrdinal),
	"conger_kappa_radical":   naiveWeighted(table.conger, radical),

	"brennan_prediger":           naiveWeighted(table.brennanPrediger, identity),
	"brennan_prediger_linear":    naiveWeighted(table.brennanPrediger, linear),
	"brennan_prediger_quadratic": naiveWeighted(table.brennanPrediger, quadratic),
	"brennan_prediger_ordinal":   naiveWeighted(table.brennanPrediger, gwetOrdinal),
	"brennan_prediger_radical":   naiveWeighted(table.brennanPrediger, radical),

	"krippendorff_alpha_gwetweights_linear":  naiveWeighted(alphaWithWeights, linear),
	"krippendorff_alpha_gwetweights_ordinal": naiveWeighted(alphaWithWeights, gwetOrdinal),
	"krippendorff_alpha_gwetweights_radical": naiveWeighted(alphaWithWeights, radical),
}

// notOffered are published figures that the program does not offer and no test needs:
// standard errors, test statistics, intervals of other figures than alpha, other
// metrics and weights of one's own.
var notOffered = map[string]bool{
	"gwet_ac1_se": true, "gwet_ac1_se_raw_n_minus_1": true,
	"gwet_ac2_linear_se": true, "gwet_ac2_quadratic_se": true, "gwet_ac2_ordinal_se": true, "gwet_ac2_radical_se": true,
	"cohen_kappa_ase": true, "cohen_kappa_ase0": true, "cohen_kappa_ase_fce": true,
	"weighted_kappa_linear_ase": true, "weighted_kappa_linear_ase0": true,
	"fleiss_z": true, "z_unweighted": true, "z_linear": true, "z_quadratic": true,
	"icc_2_1_ci95_low": true, "icc_2_1_ci95_high": true, "icc_2_k_ci95_low": true, "icc_2_k_ci95_high": true,
	"krippendorff_alpha_ratio": true, "kappa_toeplitz_00112_r2_r3": true,
}

// Every figure of every published table, at the tolerance of its print, and the
// same recomputed by others at nearly all digits there are.
func TestPublishedTables(t *testing.T) {
	files, err := filepath.Glob("testdata/agreement/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no published tables: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			p, f := readPublished(t, file)
			for _, key := range slices.Sorted(maps.Keys(p.Expected)) {
				tolerance, ok := p.ToleranceByKey[key]
				if !ok {
					tolerance = p.Tolerance
				}
				checkPublished(t, f, key, p.Expected[key], tolerance)
			}
			for _, key := range slices.Sorted(maps.Keys(p.Recomputed)) {
				checkPublished(t, f, key, p.Recomputed[key], 1e-11*max(1, math.Abs(p.Recomputed[key])))
			}
		})
	}
}

func readPublished(t *testing.T, file string) (published, fileTable) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var p published
	if err := json.Unmarshal(content, &p); err != nil {
		t.Fatal(err)
	}
	f := fileTable{plain: p.table(t)}
	for _, v := range p.Scale {
		f.words = append(f.words, strconv.FormatFloat(v, 'g', -1, 64))
	}
	f.ratings = f.plain.ratingsOn(t, f.words...)
	return p, f
}

func checkPublished(t *testing.T, f fileTable, key string, want, tolerance float64) {
	if notOffered[key] {
		return
	}
	compute := offered[key]
	if compute == nil {
		compute = yardsticks[key]
	}
	if compute == nil {
		t.Errorf("nothing computes %s", key)
		return
	}
	t.Run(key, func(t *testing.T) {
		if got := compute(t, f); math.Abs(got-want) > tolerance {
			t.Errorf("%.12f, published %v ± %v", got, want, tolerance)
		}
	})
}

// counted is a table of how many raters put each unit into each category, as some
// papers print it.
func counted(counts ...[]int) table {
	t := table{categories: len(counts[0])}
	for _, row := range counts {
		var unit []int
		for c, n := range row {
			unit = append(unit, repeat(c, n)...)
		}
		t.units = append(t.units, unit)
	}
	return t
}

// crossed is a table of two raters as it is printed: how many units the first put
// into the row's category and the second into the column's.
func crossed(counts ...[]int) table {
	t := table{categories: len(counts)}
	for row, columns := range counts {
		for column, n := range columns {
			for range n {
				t.units = append(t.units, []int{row, column})
			}
		}
	}
	return t
}

// More tables from print, to the digits printed.
func TestMorePublishedFigures(t *testing.T) {
	psychiatrists := counted( // six of them on 15 patients: irrCAC's manual, distrib.6raters
		[]int{0, 0, 0, 6, 0}, []int{0, 3, 0, 0, 3}, []int{0, 1, 4, 0, 1}, []int{0, 0, 0, 0, 6}, []int{0, 3, 0, 3, 0},
		[]int{2, 0, 4, 0, 0}, []int{0, 0, 4, 0, 2}, []int{2, 0, 3, 1, 0}, []int{2, 0, 0, 4, 0}, []int{0, 0, 0, 0, 6},
		[]int{1, 0, 0, 5, 0}, []int{1, 1, 0, 4, 0}, []int{0, 3, 3, 0, 0}, []int{1, 0, 0, 5, 0}, []int{0, 2, 0, 3, 1})
	fourteen := counted( // 14 raters on 10 units: Wikipedia, Fleiss' kappa
		[]int{0, 0, 0, 0, 14}, []int{0, 2, 6, 4, 2}, []int{0, 0, 3, 5, 6}, []int{0, 3, 9, 2, 0}, []int{2, 2, 8, 1, 1},
		[]int{7, 7, 0, 0, 0}, []int{3, 2, 6, 3, 0}, []int{2, 5, 3, 2, 2}, []int{6, 5, 2, 1, 0}, []int{0, 2, 2, 3, 7})
	grants := crossed([]int{20, 5}, []int{10, 15}) // Wikipedia, Cohen's kappa
	// Landis and Koch (1977), table 1: neurologists of Winnipeg and New Orleans on the patients of each
	winnipeg := crossed([]int{38, 5, 0, 1}, []int{33, 11, 3, 0}, []int{10, 14, 5, 6}, []int{3, 7, 3, 10})
	newOrleans := crossed([]int{5, 3, 0, 0}, []int{3, 11, 4, 0}, []int{2, 13, 3, 4}, []int{1, 2, 4, 14})
	cohen1960 := crossed([]int{88, 14, 18}, []int{10, 40, 10}, []int{2, 6, 12})               // Cohen (1968), table 1
	krippendorffB := table{5, [][]int{{0, 1}, {0, 0}, {1, 1}, {1, 1}, {3, 1}, {2, 2}, {2, 2}, // Krippendorff (2011), B
		{2, 2}, {4, 4}, {3, 3}, {3, 3}, {0, 3}}}
	tests := []struct {
		name      string
		figure    calibration.Figure
		want      float64
		tolerance float64
	}{
		{"AC1, psychiatrists", calibration.GwetAC(psychiatrists.ratings(t), calibration.Unweighted), 0.4448007, 5e-8},
		{"Fleiss, psychiatrists", calibration.FleissKappa(psychiatrists.ratings(t)), 0.4139265, 5e-8},
		{"alpha, psychiatrists", calibration.KrippendorffAlpha(psychiatrists.ratings(t), calibration.NominalMetric), 0.4204384, 5e-8},
		{"exact, psychiatrists", calibration.ExactAgreement(psychiatrists.ratings(t)), 0.5511111, 5e-8},
		{"Fleiss, fourteen", calibration.FleissKappa(fourteen.ratings(t)), 0.210, 5e-4},
		{"Cohen, grants", calibration.CohenKappa(grants.ratings(t), calibration.Unweighted), 0.4, 1e-12},
		{"Cohen 1960", calibration.CohenKappa(cohen1960.ratings(t), calibration.Unweighted), 0.492, 5e-4},
		{"Cohen, Winnipeg", calibration.CohenKappa(winnipeg.ratings(t), calibration.Unweighted), 0.208, 5e-4},
		{"Cohen, New Orleans", calibration.CohenKappa(newOrleans.ratings(t), calibration.Unweighted), 0.297, 5e-4},
		{"Krippendorff B", calibration.KrippendorffAlpha(krippendorffB.ratings(t), calibration.NominalMetric), 0.692, 5e-4},
	}
	for _, test := range tests {
		if got := value(t, test.figure); math.Abs(got-test.want) > test.tolerance {
			t.Errorf("%s: %.7f, published %v", test.name, got, test.want)
		}
	}
}
