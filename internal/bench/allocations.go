//go:build linux

package main

import (
	"fmt"
	"os/exec"
	"regexp"
	"strings"
)

// allocation is what one benchmark allocates an operation.
type allocation struct{ Name, Allocations, Bytes string }

// benchmarks are those that stand for their package, by package.
var benchmarks = []struct{ pkg, match string }{
	{"./tui", "^(BenchmarkWalkView|BenchmarkPeopleView)$"},
	{"./calibration", "^(BenchmarkSummarise|BenchmarkReadRatings)$"},
	{"./store", "^(BenchmarkPlace|BenchmarkReading)$"},
	{"./rubric", "^BenchmarkParse$"},
}

// What go test -bench prints: the name without the number of processors, and the last two
// figures of -benchmem.
var benchmarkLine = regexp.MustCompile(`(?m)^Benchmark(\S+?)(?:-\d+)?\s.*?(\d+) B/op\s+(\d+) allocs/op`)

func (b *bench) allocations() (all []allocation, err error) {
	for _, of := range benchmarks {
		out, err := exec.Command("go", "test", of.pkg, "-run", "^$", "-bench", of.match, "-benchmem", "-benchtime", "20x").CombinedOutput()
		if err != nil {
			return nil, fmt.Errorf("go test %s: %w\n%s", of.pkg, err, out)
		}
		all = append(all, readAllocations(strings.TrimPrefix(of.pkg, "./"), string(out))...)
	}
	return all, nil
}

func readAllocations(pkg, printed string) (all []allocation) {
	for _, m := range benchmarkLine.FindAllStringSubmatch(printed, -1) {
		all = append(all, allocation{Name: pkg + " " + m[1], Bytes: m[2], Allocations: m[3]})
	}
	return all
}
