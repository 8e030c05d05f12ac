//go:build race

package cli_test

// slowdown is how much longer the race detector takes, about.
const slowdown = 10
