package main

import (
	"debug/buildinfo"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// target is a system that the program is built for; the zero one is this machine.
type target struct{ os, arch string }

func (t target) String() string { return t.os + "_" + t.arch }

var targets = []target{
	{"linux", "amd64"}, {"linux", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"}, {"windows", "amd64"}, {"windows", "arm64"},
}

// program is what the program is called there.
func (t target) program() string {
	if t.os == "windows" {
		return "calibrate.exe"
	}
	return "calibrate"
}

// build builds the program. No path of this machine is in it, no C, and no symbols; the
// commit is.
func (r *release) build(t target) (string, error) {
	path := filepath.Join(r.work, t.String(), t.program())
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=true", "-ldflags=-s -w", "-o", path, ".")
	cmd.Dir = r.root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOAMD64=v1", "GOARM64=v8.0")
	if t.os != "" {
		cmd.Env = append(cmd.Env, "GOOS="+t.os, "GOARCH="+t.arch)
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
}

// versionOf is the version that Go wrote into a program: that of the tag, or one made
// of the commit's time and name.
func versionOf(path string) (string, error) {
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return "", err
	}
	version := strings.TrimPrefix(info.Main.Version, "v")
	if version == "" || version == "(devel)" { // built outside of a repository
		version = "0.0.0-unknown"
	}
	return version, nil
}
