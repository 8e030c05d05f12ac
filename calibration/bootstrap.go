package calibration

import (
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Method names how an interval is resampled.
type Method string

// The methods. UnitBootstrap draws the units anew, each with all its ratings and with the
// units that belong to it (see [Ratings.By]); it is the one to use. PairBootstrap draws single pairs of ratings and keeps the
// expected disagreement, as if a unit's pairs knew nothing of each other: its
// interval is too narrow, and it is here to be compared with what was published.
const (
	UnitBootstrap Method = "unit bootstrap"
	PairBootstrap Method = "pair bootstrap"
)

// Bootstrap says how the interval of Krippendorff's alpha is found.
type Bootstrap struct {
	Method    Method
	Resamples int // from 100 to 100,000; 0: no interval
	Seed      uint64
	// Progress, if not nil, is told after each resample how many are done, from
	// the goroutine that asked for the interval.
	Progress func(done, of int)
}

// DefaultBootstrap resamples units 1,000 times from seed 1.
func DefaultBootstrap() Bootstrap {
	return Bootstrap{Method: UnitBootstrap, Resamples: 1_000, Seed: 1}
}

// Interval is a 95% interval, or the reason why there is none. The zero Interval
// has none.
type Interval struct {
	low, high      float64
	method, reason string
}

// Bounds returns the ends; ok is false if they are not defined.
func (i Interval) Bounds() (low, high float64, ok bool) { return i.low, i.high, i.method != "" }

// Method says how the interval was found: "unit bootstrap, 1000 resamples, seed
// 1", or "unit bootstrap by person, …". It is empty if there is none.
func (i Interval) Method() string { return i.method }

// Reason says in words why there is no interval; it is empty if there is one.
func (i Interval) Reason() string {
	if i.method == "" && i.reason == "" {
		return "not computed"
	}
	return i.reason
}

// MarshalJSON writes [low, high], or null.
func (i Interval) MarshalJSON() ([]byte, error) {
	if i.method == "" {
		return []byte("null"), nil
	}
	return json.Marshal([2]float64{i.low, i.high})
}

// Interval finds the 95% percentile interval of Krippendorff's alpha. The same
// ratings, method, number and seed always give the same interval, whatever the
// order of units and raters and however many processors share the work.
//
// It is not defined where alpha is not, with fewer than two units that have two
// ratings and do not belong together, or if more than 5% of the resamples do not vary: as many are left out
// as the ends leave out, so that the ends would say nothing. Fewer are left out
// and said.
//
// The error is the context's if it is cancelled, or says which setting is out of
// its range.
//
// B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993),
// chapter 13. Pairs: A. F. Hayes and K. Krippendorff, Answering the call for a
// standard reliability measure for coding data, Communication Methods and
// Measures 1 (2007), 77–89.
func (b Bootstrap) Interval(ctx context.Context, r Ratings, m Metric) (Interval, error) {
	if err := b.validate(); err != nil {
		return Interval{}, err
	}
	if b.Resamples == 0 {
		return Interval{reason: "left out, as was asked for"}, nil
	}
	if reason := KrippendorffAlpha(r, m).Reason(); reason != "" {
		return Interval{reason: reason}, nil
	}
	from := r.lots()
	if from.count() < 2 {
		return Interval{reason: "one " + cmp.Or(r.belonging, "unit with two ratings") + " cannot be resampled"}, nil
	}
	method, draw := b.Method, resampleUnits(r, m, from)
	switch {
	case method == PairBootstrap:
		draw = resamplePairs(r, m)
	case r.belonging != "":
		method += Method(" by " + r.belonging)
	}
	drawn, err := b.run(ctx, draw)
	if err != nil {
		return Interval{}, err
	}
	return b.percentiles(method, drawn), nil
}

func (b Bootstrap) validate() error {
	if b.Method != UnitBootstrap && b.Method != PairBootstrap {
		return fmt.Errorf("method %q is not one of %s, %s", b.Method, UnitBootstrap, PairBootstrap)
	}
	const fewest, most = 100, 100_000
	if b.Resamples != 0 && (b.Resamples < fewest || b.Resamples > most) {
		return fmt.Errorf("%d resamples cannot be drawn; from %d to %d are possible, and 0 for no interval", b.Resamples, fewest, most)
	}
	return nil
}

// resampled is alpha in one resample; not defined if that does not vary.
type resampled struct {
	alpha   float64
	defined bool
}

// resampling draws one resample and computes its alpha. It belongs to one
// goroutine.
type resampling func(random *rand.ChaCha8) resampled

// run draws all resamples on all processors. Each has random numbers of its own,
// from the seed and its number, so that it does not matter who draws it.
func (b Bootstrap) run(ctx context.Context, newResampling func() resampling) ([]resampled, error) {
	drawn := make([]resampled, b.Resamples)
	finished := make(chan struct{}, b.Resamples)
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), b.Resamples) {
		workers.Go(func() {
			resample := newResampling()
			for i := next.Add(1) - 1; i < int64(b.Resamples) && ctx.Err() == nil; i = next.Add(1) - 1 {
				drawn[i] = resample(b.random(uint64(i)))
				finished <- struct{}{}
			}
		})
	}
	go func() {
		workers.Wait()
		close(finished)
	}()
	done := 0
	for range finished {
		done++
		if b.Progress != nil {
			b.Progress(done, b.Resamples)
		}
	}
	if done < b.Resamples {
		return nil, ctx.Err()
	}
	return drawn, nil
}

func (b Bootstrap) random(resample uint64) *rand.ChaCha8 {
	var seed [32]byte
	binary.LittleEndian.PutUint64(seed[:], b.Seed)
	binary.LittleEndian.PutUint64(seed[8:], resample)
	return rand.NewChaCha8(seed)
}

// below draws a number from 0 to n−1. The bias of the multiplication, n/2⁶⁴, is
// far below anything that a thousand resamples can see.
func below(random *rand.ChaCha8, n int) int {
	high, _ := bits.Mul64(random.Uint64(), uint64(n))
	return int(high)
}

// percentiles are the interval's ends: of the sorted alphas those at 2.5% and
// 97.5% of the way, between two neighbours in proportion.
func (b Bootstrap) percentiles(method Method, drawn []resampled) Interval {
	var alphas []float64
	for _, d := range drawn {
		if d.defined {
			alphas = append(alphas, d.alpha)
		}
	}
	left := len(drawn) - len(alphas)
	if left*20 > len(drawn) {
		return Interval{reason: fmt.Sprintf("%d of %d resamples do not vary", left, len(drawn))}
	}
	slices.Sort(alphas)
	said := fmt.Sprintf("%s, %d resamples, seed %d", method, b.Resamples, b.Seed)
	if left > 0 {
		said += fmt.Sprintf(", %d without variation left out", left)
	}
	return Interval{low: quantile(alphas, 0.025), high: quantile(alphas, 0.975), method: said}
}

func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := int(at)
	j := min(i+1, len(sorted)-1)
	return sorted[i] + (at-float64(i))*(sorted[j]-sorted[i])
}
