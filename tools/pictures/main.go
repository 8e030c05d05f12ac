// Pictures makes the pictures of docs/pictures anew, out of the program itself:
//
//	go -C tools run ./pictures
//
// It builds calibrate with a clock that stands still, opens the demo in a terminal
// (tmux), presses keys, and has what is shown then drawn as SVG by freeze; a report is
// drawn by chromium. Made twice on one machine, the pictures are the same.
//
//	go -C tools run ./pictures -sheets /tmp/sheets -only 'walk|place'
//
// makes sheets to look at instead: every screen in three sizes, and each in a dark and a
// light terminal, one of sixteen colours and one without; it takes rsvg-convert.
//
// What a picture shows is said in pictures.go, which
// sheets there are in scenes.go, how keys are pressed in terminal.go, how
// a screen becomes an SVG in draw.go and looks.go.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// The clock of the program that is pictured.
const stopped = "2026-06-01T09:30:00Z"

func main() {
	sheets := flag.String("sheets", "", "make contact sheets in this `FOLDER` instead")
	only := flag.String("only", "", "with -sheets: those whose name this `REGEXP` matches")
	flag.Parse()
	if err := run(*sheets, *only); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

func run(sheets, only string) error {
	root, err := filepath.Abs("..")
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "pictures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	binary := filepath.Join(work, "calibrate")
	if err := command(root, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-X main.stopped="+stopped, "-o", binary, "."); err != nil {
		return err
	}
	freeze := filepath.Join(work, "freeze")
	if err := command(".", "go", "build", "-o", freeze, "github.com/charmbracelet/freeze"); err != nil {
		return err
	}
	if sheets != "" {
		return makeSheets(work, binary, freeze, sheets, only)
	}
	return makePictures(work, binary, freeze, filepath.Join(root, "docs", "pictures"))
}

func makePictures(work, binary, freeze, to string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	for _, p := range screens {
		shown, err := capture(work, binary, p)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		svg, err := draw(work, freeze, p.cols, p.rows, dark, shown)
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
