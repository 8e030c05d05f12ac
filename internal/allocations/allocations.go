// Package allocations holds what is done often below limits of what it allocates. Unlike
// times these are the same on every machine, so a test can fail on them.
package allocations

import "testing"

// AtMost fails the test if fn allocates more than limit times a run, on average. The
// first run, which may fill what is kept for the next ones, does not count. A limit
// is a seventh or so above what it takes, and is lowered along with it.
func AtMost(t *testing.T, what string, limit float64, fn func()) {
	t.Helper()
	const runs = 10
	if got := testing.AllocsPerRun(runs, fn); got > limit {
		t.Errorf("%s allocates %.0f times; at most %.0f are allowed", what, got, limit)
	}
}
