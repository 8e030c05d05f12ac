// Bench measures how fast the program is and how that grows, each figure beside a
// baseline in the same run, and writes it down:
//
//	go run ./internal/bench -md docs/performance.md
//	go run ./internal/bench -only start,key
//	go run ./internal/bench -short
//
// It builds the program as it is released and drives it in a pseudo-terminal, next to the
// least that a Go and a Bubble Tea program can do and to fzf. Times drift from machine to
// machine and from minute to minute; what is compared with a target is a ratio to
// something that was measured in turn with it.
//
//	main.go, bench.go      what is measured, and in which order
//	programs.go            what is built, and the files that it is tried on
//	company.go, child.go   large files; what needs a process of its own
//	screen.go, sample.go   when a frame was complete; medians
//	rows*.go               the targets
//	growth.go, plot.go     how it grows
//	document.go            docs/performance.md and docs/growth.svg
package main
