//go:build linux

package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"time"
)

// ratings writes a table of ratings, a rating a line.
func ratings(units, raters int) string {
	random := rand.New(rand.NewPCG(1, 1))
	var b strings.Builder
	b.WriteString("unit,rater,rating\n")
	for unit := range units {
		middle := 1 + random.IntN(5)
		for rater := range raters {
			fmt.Fprintf(&b, "unit %06d,rater %d,%d\n", unit, rater, min(max(1, middle+random.IntN(3)-1), 5))
		}
	}
	return b.String()
}

func agreementRow(b *bench) (r result, err error) {
	file, err := b.files.made("ratings.csv", func(path string) error {
		return os.WriteFile(path, []byte(ratings(100_000, 5)), 0o600)
	})
	if err != nil {
		return r, err
	}
	samples, err := interleave(b.rounds(10), b.runs(b.calibrate, "agreement", "--resamples", "0", file), func() (time.Duration, error) {
		return readCSV(file)
	})
	if err != nil {
		return r, err
	}
	r.checks = []check{atMost("", samples[0].over(samples[1]), 4)}
	r.note = fmt.Sprintf("%s; reading %s", showTime(samples[0].median()), showTime(samples[1].median()))
	return r, nil
}

// readCSV reads a table as encoding/csv gives it, and keeps nothing.
func readCSV(path string) (time.Duration, error) {
	began := time.Now()
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for reader := csv.NewReader(f); ; {
		if _, err := reader.Read(); err == io.EOF {
			return time.Since(began), nil
		} else if err != nil {
			return 0, err
		}
	}
}
