// Pictures makes the pictures of docs/pictures anew, out of the program itself:
//
//	go -C tools run ./pictures
//
// It builds calibrate with a clock that stands still, opens the demo in a terminal
// (tmux), presses keys, and has what is shown then drawn as SVG by freeze; a report is
// drawn by chromium. Made twice on one machine, the pictures are the same.
//
// What a picture shows is said in pictures.go, how keys are pressed in terminal.go, how
// a screen becomes an SVG in draw.go.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// The clock of the program that is pictured.
const stopped = "2026-06-01T09:30:00Z"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

func run() error {
	root, err := filepath.Abs("..")
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "pictures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	to := filepath.Join(root, "docs", "pictures")
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	binary := filepath.Join(work, "calibrate")
	if err := command(root, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-X main.stopped="+stopped, "-o", binary, "."); err != nil {
		return err
	}
	freeze := filepath.Join(work, "freeze")
	if err := command(".", "go", "build", "-o", freeze, "github.com/charmbracelet/freeze"); err != nil {
		return err
	}
	for _, p := range screens {
		shown, err := capture(work, binary, p)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		svg, err := draw(work, freeze, p, shown)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		if err := os.WriteFile(filepath.Join(to, p.name+".svg"), svg, 0o644); err != nil {
			return err
		}
		fmt.Println(filepath.Join(to, p.name+".svg"))
	}
	return reportPage(work, binary, filepath.Join(to, "report.png"))
}

// command runs a program in a folder; what it says is part of the error.
func command(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", filepath.Base(name), err, out)
	}
	return nil
}
