package calibration_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"calibrate/calibration"
)

// rapidOrTest is what a check needs to complain.
type rapidOrTest interface {
	Errorf(format string, args ...any)
}

// allFigures computes every figure of agreement, by name.
func allFigures(r calibration.Ratings) map[string]calibration.Figure {
	icc := calibration.IntraclassCorrelations(r)
	all := map[string]calibration.Figure{
		"exact": calibration.ExactAgreement(r), "adjacent": calibration.AdjacentAgreement(r),
		"fleiss": calibration.FleissKappa(r), "kendall": calibration.KendallW(r),
		"icc 1,1": icc.Single1, "icc 2,1": icc.Single2, "icc 3,1": icc.Single3,
		"icc 1,k": icc.Mean1, "icc 2,k": icc.Mean2, "icc 3,k": icc.Mean3,
	}
	for _, w := range []calibration.Weights{
		calibration.Unweighted, calibration.LinearWeights, calibration.QuadraticWeights, calibration.OrdinalWeights,
	} {
		all["cohen "+w.String()] = calibration.CohenKappa(r, w)
		all["gwet "+w.String()] = calibration.GwetAC(r, w)
	}
	for _, m := range []calibration.Metric{calibration.NominalMetric, calibration.OrdinalMetric, calibration.IntervalMetric} {
		all["alpha "+m.String()] = calibration.KrippendorffAlpha(r, m)
	}
	return all
}

// checkFinite checks that a figure is a number or has a reason, not both.
func checkFinite(t rapidOrTest, name string, f calibration.Figure) {
	v, ok := f.Value()
	switch {
	case ok && (math.IsNaN(v) || math.IsInf(v, 0)):
		t.Errorf("%s is %v", name, v)
	case ok == (f.Reason() != ""):
		t.Errorf("%s is defined: %v, with the reason %q", name, ok, f.Reason())
	}
}

// sameNumber checks a figure against a number that is NaN or infinite where the
// figure must not be defined.
func sameNumber(t rapidOrTest, name string, f calibration.Figure, want float64) {
	got, ok := f.Value()
	defined := !math.IsNaN(want) && !math.IsInf(want, 0)
	switch {
	case ok != defined:
		t.Errorf("%s: defined is %v (%s), naively %v", name, ok, f.Reason(), want)
	case ok && math.Abs(got-want) > 1e-9*max(1, math.Abs(want)):
		t.Errorf("%s is %v, naively %v", name, got, want)
	}
}

// Each figure equals the plainest version of its definition, on tables with and
// without missing ratings.
func TestFiguresEqualNaiveOnes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := anyTable(t)
		r := drawn.ratings(t)
		sameNumber(t, "exact", calibration.ExactAgreement(r), drawn.within(0))
		sameNumber(t, "adjacent", calibration.AdjacentAgreement(r), drawn.within(1))
		sameNumber(t, "alpha nominal", calibration.KrippendorffAlpha(r, calibration.NominalMetric), drawn.alpha(nominal))
		sameNumber(t, "alpha ordinal", calibration.KrippendorffAlpha(r, calibration.OrdinalMetric), drawn.alpha(drawn.ordinal()))
		sameNumber(t, "alpha interval", calibration.KrippendorffAlpha(r, calibration.IntervalMetric), drawn.alpha(interval))
		for w, naive := range map[calibration.Weights]weights{
			calibration.Unweighted: identity, calibration.LinearWeights: linear,
			calibration.QuadraticWeights: quadratic, calibration.OrdinalWeights: gwetOrdinal,
		} {
			cohen, ok := drawn.cohen(naive)
			if !ok {
				cohen = math.NaN()
			}
			sameNumber(t, "cohen "+w.String(), calibration.CohenKappa(r, w), cohen)
			if drawn.categories > 1 {
				sameNumber(t, "gwet "+w.String(), calibration.GwetAC(r, w), drawn.ac(naive))
			}
		}
		if len(drawn.used()) > 1 {
			sameNumber(t, "fleiss", calibration.FleissKappa(r), drawn.fleiss(identity))
		}
		if drawn.complete() && drawn.raters() > 1 && len(drawn.units) > 1 {
			sameNumber(t, "kendall", calibration.KendallW(r), drawn.kendall(true))
			icc := calibration.IntraclassCorrelations(r)
			for name, f := range map[string]calibration.Figure{
				"1,1": icc.Single1, "2,1": icc.Single2, "3,1": icc.Single3, "1,k": icc.Mean1, "2,k": icc.Mean2, "3,k": icc.Mean3,
			} {
				if _, ok := f.Value(); ok || len(drawn.used()) > 1 {
					sameNumber(t, "icc "+name, f, drawn.icc(name))
				}
			}
		}
	})
}

// Reordering raters or units changes no figure and no interval.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := anyTable(t)
		shuffled := drawn.columns(rapid.Permutation(upTo(drawn.raters())).Draw(t, "raters")...)
		for to, from := range rapid.Permutation(upTo(len(drawn.units))).Draw(t, "order") {
			if to < from {
				shuffled.units[to], shuffled.units[from] = shuffled.units[from], shuffled.units[to]
			}
		}
		one, other := drawn.ratings(t), shuffled.ratings(t)
		figures := allFigures(other)
		for name, f := range allFigures(one) {
			want, ok := f.Value()
			if !ok {
				want = math.NaN()
			}
			sameNumber(t, name, figures[name], want)
		}
		b := calibration.Bootstrap{Method: calibration.UnitBootstrap, Resamples: 100, Seed: 7}
		if first, second := interval95(t, b, one), interval95(t, b, other); first != second {
			t.Errorf("the interval is %v in one order and %v in another", first, second)
		}
	})
}

// A unit that one rater rated says nothing about agreement: alpha and its interval
// do not see it.
func TestAlphaIgnoresLoneRatings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := anyTable(t)
		longer := table{categories: drawn.categories, units: slices.Clone(drawn.units)}
		for _, c := range rapid.SliceOf(rapid.IntRange(none, drawn.categories-1)).Draw(t, "lone") {
			unit := repeat(none, max(drawn.raters(), 1))
			unit[0] = c
			longer.units = append(longer.units, unit)
		}
		without, with := drawn.ratings(t), longer.ratings(t)
		for _, m := range []calibration.Metric{calibration.NominalMetric, calibration.OrdinalMetric, calibration.IntervalMetric} {
			want, ok := calibration.KrippendorffAlpha(without, m).Value()
			if !ok {
				want = math.NaN()
			}
			sameNumber(t, m.String(), calibration.KrippendorffAlpha(with, m), want)
		}
		b := calibration.Bootstrap{Method: calibration.UnitBootstrap, Resamples: 100, Seed: 7}
		if first, second := interval95(t, b, without), interval95(t, b, with); first != second {
			t.Errorf("the interval is %v without them and %v with them", first, second)
		}
	})
}

func interval95(t rapid.TB, b calibration.Bootstrap, r calibration.Ratings) [2]float64 {
	t.Helper()
	i, err := b.Interval(context.Background(), r, calibration.OrdinalMetric)
	if err != nil {
		t.Fatal(err)
	}
	low, high, _ := i.Bounds()
	return [2]float64{low, high}
}

func upTo(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// Interval alpha and the intraclass correlations know no zero and no unit: a
// shift, a stretch and a turn of the values change none.
func TestShiftAndScaleOfValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := anyTable(t)
		shift := rapid.Float64Range(-100, 100).Draw(t, "shift")
		stretch := rapid.Float64Range(1, 100).Draw(t, "stretch") * rapid.SampledFrom([]float64{-1, 1}).Draw(t, "sign")
		words := make([]string, drawn.categories)
		for c := range words {
			words[c] = fmt.Sprintf("%.17g", shift+stretch*float64(c))
		}
		moved := allFigures(drawn.ratingsOn(t, words...))
		for name, f := range allFigures(drawn.ratings(t)) {
			want, ok := f.Value()
			if !ok {
				want = math.NaN()
			}
			sameNumber(t, name, moved[name], want)
		}
	})
}

// Raters who agree on everything have a figure of 1 wherever units differ.
func TestPerfectAgreementIsOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		categories, raters := rapid.IntRange(2, 6).Draw(t, "categories"), rapid.IntRange(2, 6).Draw(t, "raters")
		drawn := table{categories: categories, units: [][]int{repeat(0, raters), repeat(categories-1, raters)}}
		for _, c := range rapid.SliceOf(rapid.IntRange(0, categories-1)).Draw(t, "more") {
			drawn.units = append(drawn.units, repeat(c, raters))
		}
		for name, f := range allFigures(drawn.ratings(t)) {
			sameNumber(t, name, f, 1)
		}
	})
}

func repeat(c, n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = c
	}
	return list
}

// Raters who throw dice agree as chance has it: every figure that is corrected
// for chance is about 0, W about 1/m.
func TestIndependentRatingsAreAboutZero(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	dice := table{categories: 5}
	for range 4_000 {
		unit := make([]int, 5)
		for i := range unit {
			unit[i] = random.IntN(dice.categories)
		}
		dice.units = append(dice.units, unit)
	}
	figures := allFigures(dice.ratings(t))
	delete(figures, "exact")
	delete(figures, "adjacent")
	for name, f := range figures {
		want := 0.0
		if name == "kendall" {
			want = 1.0 / 5
		}
		if got, ok := f.Value(); !ok || math.Abs(got-want) > 0.05 {
			t.Errorf("%s of dice is %v, want about %v", name, f, want)
		}
	}
}

// Any table at all gives numbers or reasons, also with values that squares would
// carry out of the numbers there are.
func TestFiguresAreFinite(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := anyTable(t)
		values := rapid.SliceOfNDistinct(rapid.Float64Range(-1e150, 1e150), drawn.categories, drawn.categories, rapid.ID[float64]).
			Draw(t, "values")
		var words []string
		for _, v := range slices.Sorted(slices.Values(values)) {
			words = append(words, fmt.Sprintf("%.17g", v))
		}
		r := drawn.ratingsOn(t, words...)
		for name, f := range allFigures(r) {
			checkFinite(t, name, f)
		}
	})
}

func TestNotDefined(t *testing.T) {
	x := none
	tests := []struct {
		name  string
		table table
		want  map[string]string
	}{
		{"no units", table{5, nil}, sameReason("there are no ratings")},
		{"no ratings", table{5, [][]int{{x, x}, {x, x}}}, sameReason("there are no ratings")},
		{"one rater", table{5, [][]int{{0}, {1}}}, sameReason("there is one rater")},
		{"no pair", table{5, [][]int{{0, x}, {x, 1}}}, sameReason("no unit was rated by two raters", "ratings are missing: unit u1, rater r2, and 1 more")},
		{"no variation", table{5, [][]int{{2, 2}, {2, 2}}}, map[string]string{
			"cohen_kappa":        "no two raters' ratings of the same units vary",
			"fleiss_kappa":       "all ratings are 3",
			"krippendorff_alpha": "all ratings that can be paired are 3",
			"kendall_w":          "no rater tells the units apart",
			"icc":                "all ratings are 3",
		}},
		{"one category", table{1, [][]int{{0, 0}, {0, 0}}}, map[string]string{
			"cohen_kappa":        "no two raters' ratings of the same units vary",
			"fleiss_kappa":       "all ratings are 1",
			"krippendorff_alpha": "all ratings that can be paired are 1",
			"gwet_ac":            "the scale has one category",
			"kendall_w":          "no rater tells the units apart",
			"icc":                "all ratings are 1",
		}},
		{"one unit", table{5, [][]int{{2, 3}}}, map[string]string{
			"krippendorff_alpha.ordinal_ci95": "one unit with two ratings cannot be resampled",
			"kendall_w":                       "there is one unit", "icc": "there is one unit",
		}},
		{"one missing", table{5, [][]int{{2, 3}, {0, 0}, {1, 1}, {4, 4}, {0, 1}, {3, 3}, {1, x}}}, map[string]string{
			"kendall_w": "ratings are missing: unit u7, rater r2", "icc": "ratings are missing: unit u7, rater r2",
		}},
		{"resamples that do not vary", table{5, [][]int{{2, 2}, {2, 2}, {2, 2}, {2, 3}}}, map[string]string{
			"krippendorff_alpha.ordinal_ci95": "298 of 1000 resamples do not vary",
		}},
		{"units that do not differ", table{5, [][]int{{0, 1}, {1, 0}, {0, 1}}}, map[string]string{
			"icc.1_k": tooAlike, "icc.2_k": tooAlike, "icc.3_k": tooAlike,
		}},
		{"nothing but disagreement", table{5, [][]int{{0, 1}, {1, 0}}}, map[string]string{
			"icc.1_k": tooAlike, "icc.2_1": tooAlike, "icc.2_k": tooAlike, "icc.3_k": tooAlike,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, summarise(t, test.table.ratings(t)).NotDefined()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

const tooAlike = "the units differ too little: the variance to divide by is not above 0"

// sameReason gives all figures one reason, and those that need a complete table
// another, if there is one.
func sameReason(reason string, complete ...string) map[string]string {
	reasons := map[string]string{}
	for _, name := range []string{"exact", "adjacent", "cohen_kappa", "fleiss_kappa", "krippendorff_alpha", "gwet_ac", "kendall_w", "icc"} {
		reasons[name] = reason
	}
	for _, other := range complete {
		reasons["kendall_w"], reasons["icc"] = other, other
	}
	return reasons
}

func summarise(t *testing.T, r calibration.Ratings) calibration.Agreement {
	t.Helper()
	a, err := calibration.Summarise(context.Background(), r, calibration.DefaultBootstrap())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

var update = flag.Bool("update", false, "write the golden files anew")

// TestAgreementAsJSON holds the shape of the JSON. The numbers are cut to four
// decimals: what another processor makes of the last digits is no difference.
func TestAgreementAsJSON(t *testing.T) {
	_, missing := readPublished(t, "testdata/agreement/alpha_krippendorff2011_C.json")
	_, complete := readPublished(t, "testdata/agreement/icc_shrout_fleiss1979.json")
	for name, r := range map[string]calibration.Ratings{
		"missing": missing.ratings, "complete": complete.ratings, "nothing": {},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := json.MarshalIndent(summarise(t, r), "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			got := regexp.MustCompile(`(\.\d{4})\d+`).ReplaceAllString(string(text), "$1") + "\n"
			path := filepath.Join("testdata", "agreement-"+name+".golden")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What a figure counts and says beside its number.
func TestFiguresCountWhatEnteredThem(t *testing.T) {
	_, c := readPublished(t, "testdata/agreement/alpha_krippendorff2011_C.json")
	two := table{5, [][]int{{0, 0, none}, {1, 2, none}, {none, none, 3}}}.ratings(t)
	tests := []struct {
		name          string
		figure        calibration.Figure
		units, raters int
		note          string
	}{
		{"alpha drops the unit with one rating", calibration.KrippendorffAlpha(c.ratings, calibration.OrdinalMetric), 11, 4, ""},
		{"AC keeps it", calibration.GwetAC(c.ratings, calibration.Unweighted), 12, 4, ""},
		{"Fleiss keeps it", calibration.FleissKappa(c.ratings), 12, 4, "Gwet's form, for units with different numbers of ratings"},
		{"Cohen of four", calibration.CohenKappa(c.ratings, calibration.Unweighted), 11, 4, "mean over 6 pairs of raters"},
		{"Cohen of the pairs there are", calibration.CohenKappa(two, calibration.Unweighted), 2, 2,
			"mean over 1 of 3 pairs of raters; the others share no unit or do not vary"},
	}
	for _, test := range tests {
		if f := test.figure; f.Units != test.units || f.Raters != test.raters || f.Note != test.note {
			t.Errorf("%s: %d units, %d raters, %q", test.name, f.Units, f.Raters, f.Note)
		}
	}
}

// A reason never carries what a terminal would obey.
func TestReasonsQuoteWhatDoesNotPrint(t *testing.T) {
	r, err := calibration.NewRatings(scaleOf(t, "1,2"), []calibration.Rating{
		{Unit: "u\x1b[2J", Rater: "a", Word: "1"}, {Unit: "u\x1b[2J", Rater: "b"}, {Unit: "u2", Rater: "a", Word: "2"}, {Unit: "u2", Rater: "b", Word: "2"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := calibration.KendallW(r).Reason(), `ratings are missing: unit "u\x1b[2J", rater b`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// The zero values say that there is nothing, not that it is 0.
func TestZeroValues(t *testing.T) {
	var f calibration.Figure
	if _, ok := f.Value(); ok || f.Reason() != "not computed" || f.String() != "n/a" {
		t.Errorf("the zero figure is %s: %q", f, f.Reason())
	}
	var i calibration.Interval
	if _, _, ok := i.Bounds(); ok || i.Reason() != "not computed" {
		t.Errorf("the zero interval: %q", i.Reason())
	}
	var r calibration.Ratings
	for name, figure := range allFigures(r) {
		if figure.Reason() != "there are no ratings" {
			t.Errorf("%s of no table: %q", name, figure.Reason())
		}
	}
}
