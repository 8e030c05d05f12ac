//go:build race

package store

// slowdown is how much longer the race detector takes, about.
const slowdown = 10
