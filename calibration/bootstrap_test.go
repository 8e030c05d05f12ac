package calibration_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"calibrate/calibration"
)

func hayesKrippendorff(t *testing.T) calibration.Ratings {
	t.Helper()
	_, f := readPublished(t, "testdata/agreement/alpha_hayes_krippendorff2007.json")
	return f.ratings
}

// The pair bootstrap gives what Hayes and Krippendorff print, 0.7078 to 0.8078,
// the unit bootstrap what others find on their data, about 0.63 to 0.84.
func TestIntervalsOnPublishedData(t *testing.T) {
	for _, test := range []struct {
		method    calibration.Method
		low, high float64
		tolerance float64
	}{
		{calibration.PairBootstrap, 0.7078, 0.8078, 0.002},
		{calibration.UnitBootstrap, 0.63, 0.84, 0.015},
	} {
		for seed := range uint64(3) {
			b := calibration.Bootstrap{Method: test.method, Resamples: 10_000, Seed: seed}
			got := interval95(t, b, hayesKrippendorff(t))
			if math.Abs(got[0]-test.low) > test.tolerance || math.Abs(got[1]-test.high) > test.tolerance {
				t.Errorf("%s, seed %d: %.4f, want %v to %v", test.method, seed, got, test.low, test.high)
			}
		}
	}
}

// Of samples from a population, the interval holds the population's alpha about
// as often as it promises; percentile intervals of few units promise a little too
// much.
func TestIntervalCovers(t *testing.T) {
	_, f := readPublished(t, "testdata/agreement/alpha_hayes_krippendorff2007.json")
	population := value(t, calibration.KrippendorffAlpha(f.ratings, calibration.OrdinalMetric))
	covered, times := 0, 200
	for i := range times {
		sample := table{categories: f.plain.categories}
		random := rand.New(rand.NewPCG(1, uint64(i)))
		for range f.plain.units {
			sample.units = append(sample.units, f.plain.units[random.IntN(len(f.plain.units))])
		}
		got := interval95(t, calibration.Bootstrap{Method: calibration.UnitBootstrap, Resamples: 200, Seed: 1}, sample.ratings(t))
		if got[0] <= population && population <= got[1] {
			covered++
		}
	}
	if share := float64(covered) / float64(times); share < 0.85 {
		t.Errorf("%v of the intervals hold alpha", share)
	}
}

// However many processors share the work, a seed gives one interval, and another
// seed another.
func TestIntervalDependsOnTheSeedAlone(t *testing.T) {
	r := hayesKrippendorff(t)
	for _, method := range []calibration.Method{calibration.UnitBootstrap, calibration.PairBootstrap} {
		b := calibration.Bootstrap{Method: method, Resamples: 500, Seed: 42}
		want := interval95(t, b, r)
		for _, processors := range []int{1, 2, 3, 16} {
			before := runtime.GOMAXPROCS(processors)
			got := interval95(t, b, r)
			runtime.GOMAXPROCS(before)
			if got != want {
				t.Errorf("%s on %d processors: %v, want %v", method, processors, got, want)
			}
		}
		if b.Seed++; interval95(t, b, r) == want {
			t.Errorf("%s: two seeds give one interval", method)
		}
	}
}

// The same interval in a year: the numbers themselves are part of what a report
// can be checked against.
func TestIntervalStaysWhatItWas(t *testing.T) {
	i, err := calibration.DefaultBootstrap().Interval(context.Background(), hayesKrippendorff(t), calibration.OrdinalMetric)
	if err != nil {
		t.Fatal(err)
	}
	low, high, ok := i.Bounds()
	if !ok || math.Abs(low-0.636164810164) > 1e-11 || math.Abs(high-0.844142889035) > 1e-11 {
		t.Errorf("%.12f to %.12f", low, high)
	}
	if want := "unit bootstrap, 1000 resamples, seed 1"; i.Method() != want {
		t.Errorf("method %q, want %q", i.Method(), want)
	}
}

// Two ratings of the same people that say the same twice know nothing more than one does:
// drawn by person the interval stays as wide as that of one, drawn one by one it would be
// narrower by the root of two.
func TestUnitsThatBelongTogetherAreDrawnTogether(t *testing.T) {
	_, f := readPublished(t, "testdata/agreement/alpha_hayes_krippendorff2007.json")
	twice := table{categories: f.plain.categories, units: slices.Concat(f.plain.units, f.plain.units)}
	b := calibration.Bootstrap{Method: calibration.UnitBootstrap, Resamples: 4_000, Seed: 1}
	width := func(r calibration.Ratings) float64 {
		i := interval95(t, b, r)
		return i[1] - i[0]
	}
	once, each := width(f.ratings), width(twice.ratings(t))
	together := width(twice.ratings(t).By("person", func(unit int) int { return unit % len(f.plain.units) }))
	if math.Abs(together/once-1) > 0.02 || math.Abs(each/once-math.Sqrt(0.5)) > 0.05 {
		t.Errorf("the interval is %.4f wide for one rating, %.4f for two drawn together and %.4f drawn each", once, together, each)
	}
}

// Neither the order of the units nor the numbers of what they belong to matter; and a unit
// that belongs to nothing else is drawn as if nothing had been said.
func TestIntervalOfGroupsDependsOnTheGroupsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 12).Draw(t, "units")
		units := make([][]int, n)
		groups := make([]int, n)
		for u := range units {
			units[u] = rapid.SliceOfN(rapid.IntRange(0, 3), 2, 4).Draw(t, "unit")
			groups[u] = rapid.IntRange(0, 4).Draw(t, "group")
		}
		interval := func(order []int, number func(group int) int) calibration.Interval {
			shuffled := table{categories: 4}
			for _, u := range order {
				shuffled.units = append(shuffled.units, units[u])
			}
			r := shuffled.ratings(t).By("person", func(at int) int { return number(groups[order[at]]) })
			i, err := calibration.Bootstrap{Method: calibration.UnitBootstrap, Resamples: 100, Seed: 7}.Interval(context.Background(), r, calibration.OrdinalMetric)
			if err != nil {
				t.Fatal(err)
			}
			return i
		}
		straight := make([]int, n)
		for i := range straight {
			straight[i] = i
		}
		want := interval(straight, func(group int) int { return group })
		if got := interval(rapid.Permutation(straight).Draw(t, "order"), func(group int) int { return 40 - 3*group }); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	})
	r := hayesKrippendorff(t)
	b := calibration.Bootstrap{Method: calibration.UnitBootstrap, Resamples: 500, Seed: 1}
	if got, want := interval95(t, b, r.By("person", func(unit int) int { return 1000 - unit })), interval95(t, b, r); got != want {
		t.Errorf("groups of one: %v, want %v", got, want)
	}
}

func TestIntervalSaysWhatItIsDrawnBy(t *testing.T) {
	r := hayesKrippendorff(t)
	for _, test := range []struct {
		method       calibration.Method
		groups       int
		said, reason string
	}{
		{calibration.UnitBootstrap, 5, "unit bootstrap by person, 200 resamples, seed 3", ""},
		{calibration.PairBootstrap, 5, "pair bootstrap, 200 resamples, seed 3", ""},
		{calibration.UnitBootstrap, 1, "", "one person cannot be resampled"},
	} {
		b := calibration.Bootstrap{Method: test.method, Resamples: 200, Seed: 3}
		i, err := b.Interval(context.Background(), r.By("person", func(unit int) int { return unit % test.groups }), calibration.OrdinalMetric)
		if err != nil || i.Method() != test.said || i.Reason() != test.reason {
			t.Errorf("%s by %d groups: %q, %q, %v", test.method, test.groups, i.Method(), i.Reason(), err)
		}
	}
}

func TestIntervalSaysWhatIsLeftOut(t *testing.T) {
	rare := table{categories: 2, units: [][]int{{0, 0}, {0, 0}, {0, 0}, {0, 1}, {1, 1}, {0, 1}}}
	i, err := calibration.DefaultBootstrap().Interval(context.Background(), rare.ratings(t), calibration.NominalMetric)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(i.Method(), " without variation left out") {
		t.Errorf("method %q", i.Method())
	}
}

func TestProgress(t *testing.T) {
	var seen []int
	b := calibration.DefaultBootstrap()
	b.Progress = func(done, of int) {
		if of != b.Resamples {
			t.Errorf("%d of %d", done, of)
		}
		seen = append(seen, done)
	}
	interval95(t, b, hayesKrippendorff(t))
	for i, done := range seen {
		if done != i+1 {
			t.Fatalf("told %d after %d", done, i)
		}
	}
	if len(seen) != b.Resamples {
		t.Errorf("told %d times, want %d", len(seen), b.Resamples)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	b := calibration.Bootstrap{Method: calibration.UnitBootstrap, Resamples: 100_000, Seed: 1}
	last := 0
	b.Progress = func(done, _ int) {
		cancel()
		last = done
	}
	_, err := calibration.Summarise(ctx, hayesKrippendorff(t), b)
	if !errors.Is(err, context.Canceled) || last == b.Resamples {
		t.Errorf("error %v after %d resamples", err, last)
	}
}

func TestBootstrapRefuses(t *testing.T) {
	for _, test := range []struct {
		bootstrap calibration.Bootstrap
		want      string
	}{
		{calibration.Bootstrap{}, `method "" is not one of unit bootstrap, pair bootstrap`},
		{calibration.Bootstrap{Method: calibration.UnitBootstrap, Resamples: -1}, "-1 resamples cannot be drawn; from 100 to 100000 are possible, and 0 for no interval"},
		{calibration.Bootstrap{Method: calibration.PairBootstrap, Resamples: 100_001}, "100001 resamples cannot be drawn; from 100 to 100000 are possible, and 0 for no interval"},
	} {
		_, err := test.bootstrap.Interval(context.Background(), hayesKrippendorff(t), calibration.OrdinalMetric)
		if err == nil || err.Error() != test.want {
			t.Errorf("error %v, want %s", err, test.want)
		}
	}
}

// manyRatings is a large table of raters who agree somewhat.
func manyRatings(b *testing.B, units, raters, categories int) calibration.Ratings {
	b.Helper()
	random := rand.New(rand.NewPCG(1, 1))
	large := table{categories: categories}
	for range units {
		truth := random.IntN(categories)
		unit := make([]int, raters)
		for i := range unit {
			unit[i] = min(max(truth+random.IntN(3)-1, 0), categories-1)
			if random.IntN(20) == 0 {
				unit[i] = none
			}
		}
		large.units = append(large.units, unit)
	}
	return large.ratings(b)
}

func BenchmarkAlpha(b *testing.B) {
	r := manyRatings(b, 100_000, 5, 15)
	b.ReportAllocs()
	for b.Loop() {
		calibration.KrippendorffAlpha(r, calibration.OrdinalMetric)
	}
}

func BenchmarkBootstrap(b *testing.B) {
	r := manyRatings(b, 100_000, 5, 15)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := calibration.DefaultBootstrap().Interval(context.Background(), r, calibration.OrdinalMetric); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAllFigures(b *testing.B) {
	r := manyRatings(b, 100_000, 5, 15)
	b.ReportAllocs()
	for b.Loop() {
		allFigures(r)
	}
}
