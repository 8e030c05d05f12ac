package main

import (
	"runtime"
	"testing"

	"calibrate/internal/terminaltest"
)

// The program keeps its promises: a little of what go run ./internal/torture does.
func TestTorture(t *testing.T) {
	if testing.Short() {
		t.Skip("long; what it kills is a program without the race detector")
	}
	if runtime.GOOS == "windows" {
		t.Skip("Windows knows no SIGKILL")
	}
	for name, part := range map[string]func(*victim) (string, error){
		"killed": func(v *victim) (string, error) { return v.kill(200) },
		"crowd":  func(v *victim) (string, error) { return v.crowd(8, 5) },
		"damage": func(v *victim) (string, error) { return v.damage(12) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v, err := newVictim(terminaltest.Build(t), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			said, err := part(v)
			if err != nil {
				t.Fatal(err)
			}
			t.Log(said)
		})
	}
}
