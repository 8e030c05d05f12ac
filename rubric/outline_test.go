package rubric

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Each outline of testdata/outline gives the rubric in the YAML file of its name,
// or base.yaml where there is none; what could not be placed is in its .left.
func TestOutlines(t *testing.T) {
	eachFile(t, "testdata/outline/*.txt", func(t *testing.T, path, name string) {
		r, unplaced, err := ImportOutline(filepath.Base(path), read(t, path))
		if err != nil {
			t.Fatalf("%v\n%v", err, unplaced)
		}
		want := "testdata/outline/" + name + ".yaml"
		if _, err := os.Stat(want); err != nil {
			want = "testdata/outline/base.yaml"
		}
		if diff := cmp.Diff(string(read(t, want)), string(r.YAML())); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		left := ""
		for _, p := range unplaced {
			left += p.String() + "\n"
		}
		golden(t, "testdata/outline/"+name+".left", left)
	})
}

// However the source's outline is laid out, the same rubric comes of it.
func TestLayoutOfAnOutlineDoesNotMatter(t *testing.T) {
	source := string(read(t, "testdata/senior-platform-engineer.txt"))
	want := builtIn(t).Hash()
	rapid.Check(t, func(t *rapid.T) {
		text := source
		bullet := rapid.SampledFrom([]string{"  • ", "- ", "* ", "– ", "\t•\t", "1. ", "12) ", "a) ", "\uf0b7 ", "o  ", "•"}).Draw(t, "bullet")
		text = strings.ReplaceAll(text, "  • ", bullet)
		if rapid.Bool().Draw(t, "wrapped") {
			text = wrapLines(text, rapid.IntRange(40, 100).Draw(t, "width"), rapid.SampledFrom([]string{"", "    ", "\t"}).Draw(t, "indent"))
		}
		if colon := rapid.SampledFrom([]string{"", ":", " :"}).Draw(t, "colon"); colon != "" {
			text = headings.ReplaceAllString(text, "${1}"+colon)
		}
		if rapid.Bool().Draw(t, "capitals") {
			text = headings.ReplaceAllStringFunc(text, strings.ToUpper)
		}
		if rapid.Bool().Draw(t, "inline names") {
			text = levelNames.ReplaceAllString(text, "${1}: ${2}")
		}
		if rapid.Bool().Draw(t, "blank lines") {
			text = headings.ReplaceAllString(text, "\n${1}\n")
		}
		text = rapid.SampledFrom([]string{"", "\ufeff"}).Draw(t, "BOM") +
			strings.ReplaceAll(text, "\n", rapid.SampledFrom([]string{"\n", "\r\n", "\r", "  \n"}).Draw(t, "line end"))
		r, unplaced, err := ImportOutline("x.txt", []byte(text))
		if err != nil || len(unplaced) > 0 {
			t.Fatalf("%v\n%v", err, unplaced)
		}
		if r.Hash() != want {
			t.Fatalf("another rubric:\n%s", cmp.Diff(string(builtInYAML), string(r.YAML())))
		}
	})
}

var (
	headings       = regexp.MustCompile(`(?m)^(Impact|Examples|Dampeners|Progression Signal)$`)
	levelNames     = regexp.MustCompile(`(?m)^(Level \d)\n(.*)$`)
	builtInYAML, _ = os.ReadFile("../rubric.yaml")
)

// wrapLines breaks lines longer than width at spaces, as PDFs do. It does not break
// before a dash: where lists have dashes for bullets, nobody can tell that from an
// item.
func wrapLines(text string, width int, indent string) string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		words := strings.Split(line, " ")
		now := words[0]
		for _, w := range words[1:] {
			if strings.TrimSpace(now) != "" && len(now)+1+len(w) > width && len(strings.TrimSpace(now)) > 4 && w != "-" {
				out = append(out, now)
				now = indent + w
				continue
			}
			now += " " + w
		}
		out = append(out, now)
	}
	return strings.Join(out, "\n")
}

// Every word of an outline is in the rubric, in what could not be placed, or a
// heading: nothing is dropped silently.
func TestOutlineDropsNothing(t *testing.T) {
	base := strings.Split(string(read(t, "testdata/outline/pdf.txt")), "\n")
	rapid.Check(t, func(t *rapid.T) {
		lines := append([]string{}, base...)
		for range rapid.IntRange(1, 4).Draw(t, "strange lines") {
			at := rapid.IntRange(0, len(lines)).Draw(t, "at")
			strange := rapid.SampledFrom([]string{"zebra", "• zebra", "ZEBRA:", "  zebra crossing ahead.", "\tzebra;", "3 zebra", "Level zebra", "Zebra: yes", "Impact: zebra"}).Draw(t, "strange")
			lines = append(lines[:at], append([]string{strange}, lines[at:]...)...)
		}
		r, unplaced, err := ImportOutline("x.txt", []byte(strings.Join(lines, "\n")))
		said := fmt.Sprint(unplaced, err)
		if r != nil {
			said += string(r.YAML())
		}
		want := strings.Count(strings.ToLower(strings.Join(lines, "\n")), "zebra")
		if got := strings.Count(strings.ToLower(said), "zebra"); got < want && r != nil {
			t.Fatalf("%d strange lines, %d of them told:\n%s\n\n%s", want, got, strings.Join(lines, "\n"), said)
		}
	})
}

func TestOutlineWithoutLevels(t *testing.T) {
	for name, data := range map[string]string{"nothing": "", "prose": "This is no rubric.\nNot at all.\n", "binary": "\x00\x01"} {
		if r, _, err := ImportOutline("x.txt", []byte(data)); err == nil || r != nil {
			t.Errorf("%s made a rubric", name)
		}
	}
}

func FuzzImportOutline(f *testing.F) {
	f.Add(read(f, "testdata/senior-platform-engineer.txt"))
	paths, _ := filepath.Glob("testdata/outline/*.txt")
	for _, path := range paths {
		f.Add(read(f, path))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, _, err := ImportOutline("x.txt", data)
		if (r == nil) != (err != nil) {
			t.Fatalf("rubric %v, error %v", r, err)
		}
		if r == nil {
			return
		}
		again, err := Parse("x.yaml", r.YAML())
		if err != nil || again.Hash() != r.Hash() {
			t.Fatalf("not the same after writing it: %v", err)
		}
	})
}
