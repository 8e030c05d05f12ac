package store

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What the package promises stands behind a test of the name that it gives.
func TestPromisesHaveTheirTests(t *testing.T) {
	var tests strings.Builder
	for _, path := range must[[]string](t)(filepath.Glob("*_test.go")) {
		tests.Write(readFile(t, path))
	}
	promised := regexp.MustCompile(`\[(Test\w+)\]`).FindAllStringSubmatch(string(readFile(t, "doc.go")), -1)
	if len(promised) < 10 {
		t.Fatalf("doc.go names %d tests", len(promised))
	}
	for _, name := range promised {
		if !strings.Contains(tests.String(), "func "+name[1]+"(t *testing.T)") {
			t.Errorf("there is no %s", name[1])
		}
	}
}
