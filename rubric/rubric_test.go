package rubric

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// golden compares a text with a file of testdata.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(read(t, path)), got); diff != "" {
		t.Errorf("%s has changed (go test ./rubric -update accepts it) (-want +got):\n%s", path, diff)
	}
}

func builtIn(t testing.TB) *Rubric {
	t.Helper()
	r, err := Parse("rubric.yaml", read(t, "../rubric.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestBuiltInRubricIsTheWholeSource(t *testing.T) {
	source := read(t, "testdata/senior-platform-engineer.txt")
	r, unplaced, err := ImportOutline("senior-platform-engineer.txt", source)
	if err != nil || len(unplaced) > 0 {
		t.Fatalf("%v %v", err, unplaced)
	}
	if diff := cmp.Diff(string(r.YAML()), string(read(t, "../rubric.yaml"))); diff != "" {
		t.Errorf("rubric.yaml is not what importing the source gives (-imported +file):\n%s", diff)
	}

	counts := map[Section]int{}
	for _, s := range r.AllStatements() {
		counts[s.Section]++
		if !strings.Contains(string(source), "• "+s.Text+"\n") && !strings.HasSuffix(string(source), "• "+s.Text) {
			t.Errorf("not word for word: %s %q", s.ID, s.Text)
		}
	}
	want := map[Section]int{Impact: 75, Examples: 45, Dampeners: 30, ProgressionSignal: 35}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("statements (-want +got):\n%s", diff)
	}
	if bullets := strings.Count(string(source), "•"); bullets != len(r.AllStatements()) {
		t.Errorf("of %d bullets, %d became statements", bullets, len(r.AllStatements()))
	}
	if len(r.Levels) != 5 || len(r.Positions()) != 15 {
		t.Errorf("%d levels, %d positions", len(r.Levels), len(r.Positions()))
	}
}

func TestPositions(t *testing.T) {
	r := builtIn(t)
	var keys []string
	for i, p := range r.Positions() {
		keys = append(keys, p.Key)
		if p.Ordinal != i+1 || r.At(i+1) != p {
			t.Errorf("%s has the ordinal %d at %d", p, p.Ordinal, i+1)
		}
	}
	want := "1-low 1-mid 1-high 2-low 2-mid 2-high 3-low 3-mid 3-high 4-low 4-mid 4-high 5-low 5-mid 5-high"
	if got := strings.Join(keys, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := r.At(8).Title(); got != "3 Consistently Delivers · Mid" {
		t.Errorf("title %q", got)
	}
	if r.At(-4).Key != "1-low" || r.At(99).Key != "5-high" {
		t.Error("an ordinal outside is not taken to the nearer end")
	}
}

func TestNamesAreFoundHoweverTheyAreWritten(t *testing.T) {
	r := builtIn(t)
	for _, name := range []string{"3-mid", "3 Mid", "3MID", "3_mid", " 3 - mid "} {
		if p, err := r.Position(name); err != nil || p.Key != "3-mid" {
			t.Errorf("%q: %v %v", name, p, err)
		}
	}
	for _, name := range []string{"Business Impact", "business-impact", "BUSINESSIMPACT", "business_impact"} {
		if d, err := r.Dimension(name); err != nil || d != "Business Impact" {
			t.Errorf("%q: %q %v", name, d, err)
		}
	}
	for _, id := range []string{"3-mid/individual/impact/1", "3-Mid/Individual/Impact/1", "3mid/business impact/progression-signal/1"} {
		if _, err := r.Statement(id); err != nil {
			t.Errorf("%q: %v", id, err)
		}
	}
	s, err := r.Statement("5-high/business-impact/progression-signal/1")
	if err != nil || s.Text != "Promotion to Platform Architect resolves the mismatch; continued growth at strategic scope expected." {
		t.Errorf("%+v %v", s, err)
	}
	if s.Section != ProgressionSignal || s.Position.Key != "5-high" || s.Number != 1 || s.Dimension != "Business Impact" {
		t.Errorf("%+v", s)
	}
}

func TestUnknownNamesAreToldWithWhatWasLikelyMeant(t *testing.T) {
	r := builtIn(t)
	_, position := r.Position("3-mdi")
	_, far := r.Position("wonderful")
	_, dimension := r.Dimension("busines impact")
	_, statement := r.Statement("3-mid/individual/impact/9")
	for _, test := range []struct {
		err  error
		want string
	}{
		{position, `the rubric has no position "3-mdi"; did you mean 3-mid`},
		{far, `the rubric has no position "wonderful"; it has 1-low, 1-mid,`},
		{dimension, `the rubric has no dimension "busines impact"; did you mean Business Impact?`},
		{statement, `the rubric has no statement "3-mid/individual/impact/9"; did you mean 3-mid/individual/impact/`},
	} {
		if test.err == nil || !strings.HasPrefix(test.err.Error(), test.want) {
			t.Errorf("got %v, want %s…", test.err, test.want)
		}
	}
}

// drawRubric makes a rubric of any shape and script that the limits allow.
func drawRubric(t *rapid.T) *Rubric {
	word := rapid.OneOf(
		rapid.SampledFrom([]string{"Low", "No", "null", "1.5", "低", "أثر الأعمال", "👩‍💻 team", "a: b", "- c", "#d", "e's \"f\"", "<g> & h", "{i}", "y", "~", "!!j", "&k", "*l", "|", "> m", "%n", "@o", "`p`", "? q", "0x1f", "2026-01-01", "= r", "s\u00a0t", "\ufeffu"}),
		rapid.StringOfN(rapid.RuneFrom(nil, unicode.L, unicode.N, unicode.P, unicode.S, unicode.Zs, unicode.M), 1, 20, 60),
	)
	n := 0
	name := func(what string) string { // no two are the same
		n++
		return fmt.Sprintf("%s %d", word.Draw(t, what), n)
	}
	statements := func(what string) []string {
		var all []string
		for range rapid.IntRange(0, 3).Draw(t, what) {
			all = append(all, name("statement")+strings.Repeat(word.Draw(t, "rest"), rapid.IntRange(0, 20).Draw(t, "times")))
		}
		return all
	}
	var dimensions []string
	for range rapid.IntRange(1, 4).Draw(t, "dimensions") {
		dimensions = append(dimensions, name("dimension"))
	}
	levels := make([]Level, rapid.IntRange(MinLevels, 5).Draw(t, "levels"))
	for i := range levels {
		levels[i] = Level{Number: 2*i + rapid.IntRange(0, 1).Draw(t, "number"), Name: name("level")}
		bands := rapid.IntRange(1, 3).Draw(t, "bands")
		for range bands {
			band := Band{Dimensions: map[string]Content{}}
			if bands > 1 || rapid.Bool().Draw(t, "named") {
				band.Name = name("band")
			}
			for _, d := range dimensions {
				band.Dimensions[d] = Content{Impact: statements("impact"), Examples: statements("examples"), ProgressionSignal: statements("signals")}
			}
			levels[i].Bands = append(levels[i].Bands, band)
		}
	}
	r, err := New(name("role"), dimensions, levels)
	if err != nil {
		t.Fatalf("not a sound rubric: %v", err)
	}
	return r
}

// Whatever a rubric holds, it is the same after writing and reading it in either
// form, and every statement is found by its id.
func TestWritingAndReadingChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRubric(t)
		data := r.YAML()
		fromYAML, err := Parse("r.yaml", data)
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		if fromYAML.Hash() != r.Hash() {
			t.Fatalf("another rubric after YAML:\n%s", data)
		}
		canonical, err := r.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var fromJSON Rubric
		if err := fromJSON.UnmarshalJSON(canonical); err != nil {
			t.Fatal(err)
		}
		if fromJSON.Hash() != r.Hash() {
			t.Fatalf("another rubric after JSON:\n%s", canonical)
		}
		for _, s := range r.AllStatements() {
			if found, err := r.Statement(s.ID); err != nil || found != s {
				t.Fatalf("%s: %+v %v", s.ID, found, err)
			}
		}
		for _, p := range r.Positions() {
			if found, err := r.Position(p.Key); err != nil || found != p {
				t.Fatalf("%s: %+v %v", p.Key, found, err)
			}
		}
	})
}

// The largest rubric that the limits allow works as the smallest does.
func TestLimitsOfShape(t *testing.T) {
	make := func(levels, bands, dimensions int) error {
		var names []string
		for i := range dimensions {
			names = append(names, fmt.Sprint("Dimension ", i+1))
		}
		var all []Level
		for l := range levels {
			level := Level{Number: l + 1, Name: fmt.Sprint("Level ", l+1)}
			for b := range bands {
				band := Band{Name: fmt.Sprint("Band ", b+1), Dimensions: map[string]Content{}}
				for _, n := range names {
					band.Dimensions[n] = Content{Impact: []string{fmt.Sprint("Does ", l, b)}}
				}
				level.Bands = append(level.Bands, band)
			}
			all = append(all, level)
		}
		r, err := New("Role", names, all)
		if err == nil && len(r.Positions()) != levels*bands {
			t.Errorf("%d levels of %d bands make %d positions", levels, bands, len(r.Positions()))
		}
		return err
	}
	for _, shape := range [][3]int{{2, 1, 1}, {20, 9, 12}} {
		if err := make(shape[0], shape[1], shape[2]); err != nil {
			t.Errorf("%v: %v", shape, err)
		}
	}
	for _, shape := range [][3]int{{1, 1, 1}, {21, 1, 1}, {2, 10, 1}, {2, 0, 1}, {2, 1, 0}, {2, 1, 13}} {
		if err := make(shape[0], shape[1], shape[2]); err == nil {
			t.Errorf("%v was allowed", shape)
		}
	}
}

func TestMissingSectionsAreAllowed(t *testing.T) {
	r, err := Parse("r.yaml", []byte("role: R\ndimensions: [D, E]\nlevels:\n- {level: 1, name: A, bands: [{}]}\n- {level: 2, name: B, bands: [{dimensions: {D: {impact: }, E: }}]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if r.Statements(r.At(1), "D", Impact) != nil || len(r.AllStatements()) != 0 {
		t.Error("statements came from nowhere")
	}
}

func TestUnmarshalJSONRefuses(t *testing.T) {
	for name, data := range map[string]string{
		"no JSON":         `{`,
		"an unknown key":  `{"role":"R","dimensions":["D"],"levels":[],"weights":[]}`,
		"more than one":   `{"role":"R","dimensions":["D"],"levels":[]} {}`,
		"no sound rubric": `{"role":"R","dimensions":["D"],"levels":[]}`,
	} {
		var r Rubric
		if err := r.UnmarshalJSON([]byte(data)); err == nil {
			t.Errorf("%s: it was read", name)
		}
	}
}

func TestHashIsOfContentAlone(t *testing.T) {
	one := "role: R\ndimensions: [D]\nlevels:\n- {level: 1, name: A, bands: [{dimensions: {D: {impact: [x]}}}]}\n- {level: 2, name: B, bands: [{}]}\n"
	same := "# a note\nlevels:\n- name: A\n  level: 1\n  bands:\n  - dimensions: {D: {impact: ['x'], examples: []}}\n- {level: 2, name: B, bands: [{band: }]}\ndimensions: [D]\nrole: \" R \"\n"
	other := strings.Replace(one, "[x]", "[y]", 1)
	var hashes []string
	for _, data := range []string{one, same, other} {
		r, err := Parse("", []byte(data))
		if err != nil {
			t.Fatal(err)
		}
		hashes = append(hashes, r.Hash())
	}
	if hashes[0] != hashes[1] {
		t.Error("layout changed the hash")
	}
	if hashes[0] == hashes[2] {
		t.Error("a statement did not change the hash")
	}
	if len(hashes[0]) != len("sha256:")+64 || !strings.HasPrefix(hashes[0], "sha256:") {
		t.Errorf("hash %q", hashes[0])
	}
}

// The hashes of records rest on the canonical form: it must never change.
func TestCanonicalFormStays(t *testing.T) {
	const released = "sha256:f958be7d472e341d8e263c42200dd4d63c87d93cd067bf0ed74a6c006fff9d26"
	if got := builtIn(t).Hash(); got != released {
		t.Errorf("the built-in rubric has the hash %s; decisions were made under %s", got, released)
	}
}

func eachFile(t *testing.T, pattern string, run func(t *testing.T, path, name string)) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s: %v", pattern, err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
		t.Run(name, func(t *testing.T) { run(t, path, name) })
	}
}
