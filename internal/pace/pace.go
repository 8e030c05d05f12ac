// Package pace says how far long work has come, how fast it goes and how long it will
// take, in the words that commands and screens share.
package pace

import (
	"fmt"
	"time"
)

// Work shorter than After shows nothing, and what is shown changes every Every at most.
const (
	After = 500 * time.Millisecond
	Every = 100 * time.Millisecond
)

// Line is the line about work that has done so many of so many in a time. of is 0 where
// nobody knows how many there are.
func Line(what string, done, of int, took time.Duration) string {
	rate := float64(done) / max(took.Seconds(), 1e-9)
	if of <= 0 {
		return fmt.Sprintf("%s: %d, %.0f a second", what, done, rate)
	}
	left := time.Duration(float64(max(0, of-done)) / max(rate, 1e-9) * float64(time.Second))
	return fmt.Sprintf("%s: %d of %d, %.0f a second, %s left", what, done, of, rate, left.Round(time.Second))
}
