//go:build race

package rubric

// slowdown is how much longer the race detector takes, about.
const slowdown = 10
