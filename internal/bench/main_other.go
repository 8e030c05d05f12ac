//go:build !linux

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "bench: it looks into /proc for processor time and memory, which only Linux has")
	os.Exit(1)
}
