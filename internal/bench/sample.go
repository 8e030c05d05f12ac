package main

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// sample is the times that one thing took.
type sample []time.Duration

func (s sample) quantile(p float64) time.Duration {
	sorted := slices.Sorted(slices.Values(s))
	at := p * float64(len(sorted)-1)
	i := int(at)
	j := min(i+1, len(sorted)-1)
	return sorted[i] + time.Duration((at-float64(i))*float64(sorted[j]-sorted[i]))
}

func (s sample) median() time.Duration { return s.quantile(0.5) }

// over is the ratio of the medians.
func (s sample) over(baseline sample) float64 {
	return float64(s.median()) / float64(baseline.median())
}

// timed runs something and says how long it took.
type timed func() (time.Duration, error)

// interleave runs each so many times, in turn, so that what the machine does meanwhile
// falls on all of them alike. A first round that fills caches does not count.
func interleave(times int, each ...timed) ([]sample, error) {
	samples := make([]sample, len(each))
	for round := range times + 1 {
		for i, run := range each {
			took, err := run()
			if err != nil {
				return nil, err
			}
			if round > 0 {
				samples[i] = append(samples[i], took)
			}
		}
	}
	return samples, nil
}

// exponent is the slope of a line through the points on two logarithmic scales, by least
// squares: 1 where doubling n doubles y.
func exponent(n []int, y []float64) float64 {
	var sx, sy, sxx, sxy float64
	for i := range n {
		a, b := math.Log(float64(n[i])), math.Log(y[i])
		sx, sy, sxx, sxy = sx+a, sy+b, sxx+a*a, sxy+a*b
	}
	k := float64(len(n))
	return (k*sxy - sx*sy) / (k*sxx - sx*sx)
}

// showTime writes a time with as many digits as it deserves.
func showTime(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d >= time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= 10*time.Millisecond:
		return fmt.Sprintf("%.0f ms", d.Seconds()*1e3)
	case d >= time.Millisecond:
		return fmt.Sprintf("%.1f ms", d.Seconds()*1e3)
	}
	return fmt.Sprintf("%.0f µs", d.Seconds()*1e6)
}

func showBytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
