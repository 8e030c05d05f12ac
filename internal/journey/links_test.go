package journey_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	noWord  = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// What the pages of the repository point to is there: pages, pictures, headings.
func TestLinksInPages(t *testing.T) {
	var pages []string
	for _, pattern := range []string{"../../*.md", "../../docs/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	if len(pages) < 4 {
		t.Fatalf("only these pages were found: %v", pages)
	}
	for _, page := range pages {
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range link.FindAllStringSubmatch(string(data), -1) {
			path, anchor, _ := strings.Cut(found[1], "#")
			if strings.Contains(path, "://") {
				continue
			}
			to := filepath.Join(filepath.Dir(page), path)
			if path == "" {
				to = page
			}
			target, err := os.ReadFile(to)
			switch {
			case err != nil:
				t.Errorf("%s points to %s: %v", page, found[1], err)
			case anchor != "" && !hasHeading(string(target), anchor):
				t.Errorf("%s points to %s, and there is no such heading", page, found[1])
			}
		}
	}
}

// hasHeading goes by the anchors that forges give to headings.
func hasHeading(markdown, anchor string) bool {
	for _, h := range heading.FindAllStringSubmatch(markdown, -1) {
		if strings.ReplaceAll(noWord.ReplaceAllString(strings.ToLower(h[1]), ""), " ", "-") == anchor {
			return true
		}
	}
	return false
}
