package journey_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers are the packages, the lowest first.
var layers = strings.Fields(`internal/allocations internal/charset internal/clean internal/durable internal/editfile internal/lazyregexp
	internal/lines internal/manpage internal/numfmt internal/pace internal/terminal internal/terminaltest internal/xlsx internal/journey
	rubric rubrics internal/hostiletext calibration internal/alias internal/memorystore store internal/torture internal/bench
	report roster packet demo plain tui cli calibrate`)

// Imports run downwards, and docs/architecture.md tells of every package.
func TestArchitecture(t *testing.T) {
	page, err := os.ReadFile("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}: {{join .Imports " "}}`, "calibrate/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		path, imports, _ := strings.Cut(line, ": ")
		name := strings.TrimPrefix(path, "calibrate/")
		if parts := strings.Split(name, "/"); len(parts) > 2 { // a part of the one above it
			name = strings.Join(parts[:2], "/")
		}
		at := slices.Index(layers, name)
		if at < 0 {
			t.Errorf("%s is in no layer; say where it belongs, here and in docs/architecture.md", name)
		}
		if name != "calibrate" && !strings.Contains(string(page), name) {
			t.Errorf("docs/architecture.md does not tell of %s", name)
		}
		for _, imported := range strings.Fields(imports) {
			if below, ours := strings.CutPrefix(imported, "calibrate/"); ours && slices.Index(layers, below) >= at {
				t.Errorf("%s imports %s, which is not below it", name, below)
			}
		}
	}
}

// The program opens no connection, and what opens them for others is not a part of it: of
// net only flags for addresses are, which nobody has here.
func TestNothingSpeaksToANetwork(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", `{{.ImportPath}}: {{join .Imports " "}}`, "calibrate").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		path, imports, _ := strings.Cut(line, ": ")
		switch path {
		case "net/http", "crypto/tls", "net/rpc", "net/smtp":
			t.Errorf("%s is linked", path)
		case "github.com/spf13/pflag":
			continue
		}
		if slices.Contains(strings.Fields(imports), "net") {
			t.Errorf("%s imports net", path)
		}
	}
}
