// Torture treats the program worse than the world will, and checks that it keeps its
// promises: the built binary is killed at random moments while it saves, eight of it work
// on one file at once, and files are damaged in every way that a disk knows.
//
//	go run ./internal/torture -kills 5000
//	go run ./internal/torture -minutes 30
//
// It ends at the first broken promise, with status 1 and the folder to look at.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

func main() {
	minutes := flag.Float64("minutes", 0, "go on for so many `MINUTES`, over and over")
	kills := flag.Int("kills", 1000, "how often the program is killed, a round")
	rounds := flag.Int("places", 50, "how many decisions each of eight processes makes, a round")
	damages := flag.Int("damages", 100, "how many files are damaged, a round")
	binary := flag.String("binary", "", "the `FILE` to torture (without: it is built)")
	flag.Parse()
	if err := run(os.Stdout, *binary, time.Duration(*minutes*float64(time.Minute)), *kills, *rounds, *damages); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// killsEach is how often the program is killed on one file: proving it after each takes
// longer as it grows.
const killsEach = 250

// parts are what is done in a round, each to a file of its own.
func parts(kills, places, damages int) (all []func(*victim) (string, error)) {
	for ; kills > 0; kills -= killsEach {
		times := min(kills, killsEach)
		all = append(all, func(v *victim) (string, error) { return v.kill(times) })
	}
	if places > 0 {
		all = append(all, func(v *victim) (string, error) { return v.crowd(8, places) })
	}
	if damages > 0 {
		all = append(all, func(v *victim) (string, error) { return v.damage(damages) })
	}
	return all
}

func run(w io.Writer, binary string, long time.Duration, kills, places, damages int) error {
	folder, err := os.MkdirTemp("", "calibrate-torture-")
	if err != nil {
		return err
	}
	if binary == "" {
		binary = filepath.Join(folder, "calibrate")
		if out, err := exec.Command("go", "build", "-o", binary, "calibrate").CombinedOutput(); err != nil {
			return fmt.Errorf("go build: %w\n%s", err, out)
		}
	}
	for began, round := time.Now(), 1; ; round++ {
		for _, part := range parts(kills, places, damages) {
			v, err := newVictim(binary, folder)
			if err != nil {
				return err
			}
			said, err := part(v)
			if err != nil {
				return fmt.Errorf("%w; look into %s", err, v.folder)
			}
			fmt.Fprintf(w, "round %d, %s: %s\n", round, time.Since(began).Round(time.Second), said)
			if err := os.RemoveAll(v.folder); err != nil {
				return err
			}
		}
		if time.Since(began) >= long {
			return os.RemoveAll(folder)
		}
	}
}
