package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"
)

// The first ctrl+c asks a program to end, the second one does not ask.
func TestSecondInterruptEnds(t *testing.T) {
	if os.Getenv("WAITS_FOR_INTERRUPTS") != "" {
		ctx, stop := interrupts(context.Background(), func() bool { return false })
		defer stop()
		fmt.Println("waits")
		<-ctx.Done()
		fmt.Println("was asked")
		time.Sleep(time.Hour) // as if a disk did not answer
	}
	if runtime.GOOS == "windows" {
		t.Skip("skipped: a process cannot be interrupted from outside")
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSecondInterruptEnds$")
	cmd.Env = append(os.Environ(), "WAITS_FOR_INTERRUPTS=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	for _, want := range []string{"waits", "was asked"} {
		if said.Scan(); said.Text() != want {
			t.Fatalf("it said %q, want %q", said.Text(), want)
		}
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err == nil || err.Error() != "signal: interrupt" {
			t.Errorf("it ended with %v", err)
		}
	case <-time.After(30 * time.Second):
		t.Error("it still runs")
	}
}
