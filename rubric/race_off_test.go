//go:build !race

package rubric

const slowdown = 1
