package main

import (
	"math"
	"testing"
	"time"
)

func TestQuantileLiesBetweenNeighbours(t *testing.T) {
	s := sample{40, 10, 30, 20, 50}
	for p, want := range map[float64]time.Duration{0: 10, 0.5: 30, 0.625: 35, 1: 50} {
		if got := s.quantile(p); got != want {
			t.Errorf("quantile %v is %d, want %d", p, got, want)
		}
	}
}

func TestExponentOfPowers(t *testing.T) {
	n := []int{1_000, 10_000, 100_000, 1_000_000}
	for _, power := range []float64{0, 0.5, 1, 2} {
		var y []float64
		for _, x := range n {
			y = append(y, 3*math.Pow(float64(x), power))
		}
		if got := exponent(n, y); math.Abs(got-power) > 1e-9 {
			t.Errorf("the exponent of n^%v is %v", power, got)
		}
	}
}

func TestInterleaveTakesTurnsAndLeavesTheFirstRoundOut(t *testing.T) {
	order := ""
	took := func(name string, d time.Duration) timed {
		return func() (time.Duration, error) {
			order += name
			return d, nil
		}
	}
	samples, err := interleave(2, took("a", 4), took("b", 2))
	if err != nil || order != "ababab" || len(samples[0]) != 2 || samples[0].over(samples[1]) != 2 {
		t.Errorf("order %s, samples %v, error %v", order, samples, err)
	}
}
