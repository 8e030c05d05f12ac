//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// programs are what is measured and what it is measured beside.
type programs struct {
	calibrate, hello, teaHello string
	fzf                        string // "" where there is none
}

// build builds as a release is built.
func build(dir string) (p programs, err error) {
	for _, b := range []struct {
		at         *string
		name, main string
	}{
		{&p.calibrate, "calibrate", "calibrate"},
		{&p.hello, "hello", "calibrate/internal/bench/hello"},
		{&p.teaHello, "teahello", "calibrate/internal/bench/teahello"},
	} {
		*b.at = filepath.Join(dir, b.name)
		command := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", *b.at, b.main)
		command.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := command.CombinedOutput(); err != nil {
			return p, fmt.Errorf("build %s: %w\n%s", b.name, err, out)
		}
	}
	p.fzf = findFzf(dir)
	return p, nil
}

// findFzf takes the fzf that is installed, or else builds it.
func findFzf(dir string) string {
	if path, err := exec.LookPath("fzf"); err == nil {
		return path
	}
	command := exec.Command("go", "install", "-trimpath", "-ldflags=-s -w", "github.com/junegunn/fzf@v0.65.2")
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOBIN="+dir)
	if err := command.Run(); err != nil {
		return ""
	}
	return filepath.Join(dir, "fzf")
}

// files are the data files that are made once, kept in dir and copied for what writes.
type files struct {
	dir    string
	rubric []byte
	say    func(format string, args ...any)
}

// version is part of the names, so that files of another layout are made anew.
const version = "3"

func (f files) path(name string) string { return filepath.Join(f.dir, name) }

// fresh is how old a file may be: of one that is a day old the program makes a backup
// first.
const fresh = 18 * time.Hour

// company is a file with so many decisions; only is the number of its only session, or −1.
func (f files) company(n, only int) (string, error) {
	name := fmt.Sprintf("company-%s-%d.db", version, n)
	if only >= 0 {
		name = fmt.Sprintf("company-%s-%d-only-%d.db", version, n, only)
	}
	path := f.path(name)
	if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) < fresh {
		if _, err := spawn(order{Open: path}); err == nil {
			return path, nil
		}
	}
	if err := os.RemoveAll(path); err != nil {
		return path, err
	}
	f.say("writing a file of %d decisions", n)
	_, err := spawn(order{Write: &companyFile{Path: path, Decisions: n, Only: only, Rubric: f.rubric}})
	return path, err
}

// people is a file with a list of so many people and nothing else.
func (f files) people(n int) (string, error) {
	return f.made(fmt.Sprintf("people-%s-%d.db", version, n), func(path string) error {
		_, err := spawn(order{Write: &companyFile{Path: path, Only: -1, Listed: n, Rubric: f.rubric}})
		return err
	})
}

// made makes a file with a function that is given its path, unless it is there already.
func (f files) made(name string, write func(path string) error) (string, error) {
	path := f.path(name)
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if err := write(path + ".new"); err != nil {
		return path, err
	}
	return path, os.Rename(path+".new", path)
}

// scratch is a path for a file that is to be thrown away, where there is none now.
func (f files) scratch(name string) (string, error) {
	found, err := filepath.Glob(f.path("scratch-" + name + "*"))
	for _, path := range found {
		if err == nil {
			err = os.RemoveAll(path)
		}
	}
	return f.path("scratch-" + name), err
}

// copyOf copies a file to be written to.
func (f files) copyOf(path string) (string, error) {
	to, err := f.scratch("copy.db")
	if err != nil {
		return "", err
	}
	out, err := exec.Command("cp", "--reflink=auto", path, to).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("copy %s: %w\n%s", path, err, out)
	}
	return to, nil
}

// lines writes a text of so many lines for fzf.
func lines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Person %06d of Team %03d\n", i, i/10)
	}
	return b.String()
}
