package rubric

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"
)

// Each file of testdata/check has everything wrong that its .want names, and
// nothing else.
func TestEveryProblemIsReported(t *testing.T) {
	eachFile(t, "testdata/check/*.yaml", func(t *testing.T, path, name string) {
		r, err := Parse(filepath.Base(path), read(t, path))
		var problems Problems
		if !errors.As(err, &problems) || r != nil {
			t.Fatalf("rubric %v, error %v", r, err)
		}
		golden(t, "testdata/check/"+name+".want", err.Error()+"\n")
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 {
				t.Errorf("without a place: %s", p)
			}
		}
	})
}

func TestBadFilesAreRefusedAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	billion := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'k'; c++ {
		billion += fmt.Sprintf("%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	band := "&b {dimensions: {D: {impact: [" + strings.Repeat("x,", 5000) + "x]}}}"
	level := "&l {level: 1, name: A, bands: [" + band + strings.Repeat(", *b", 5000) + "]}"
	bomb := "role: R\ndimensions: [D]\nlevels: [" + level + strings.Repeat(", *l", 5000) + "]\n"
	band = "&b {band: B, dimensions: {D: {impact: [&s " + strings.Repeat("x", MaxStatement) + strings.Repeat(", *s", MaxStatements-1) + "]}}}"
	texts := "role: R\ndimensions: [D]\nlevels: [{level: 1, name: A, bands: [" + band + strings.Repeat(", *b", MaxBands-1) + "]}]\n"
	for name, test := range map[string]struct{ data, says string }{
		"too large":             {strings.Repeat("# x\n", MaxFile/4+1), "more than 1 MiB"},
		"binary":                {"\x7fELF\x00\x01", "not text"},
		"UTF-16":                {"\xff\xfer\x00o\x00", "not text"},
		"aliases that few read": {billion, "unknown key"},
		"aliases that all read": {bomb, "aliases"},
		"an alias of itself":    {"role: &a [*a]\ndimensions: *a\nlevels: *a\n", ""},
		"deep nesting":          {strings.Repeat("[", 1<<20), "not YAML"},
		"deep mappings":         {strings.Repeat("{a: ", 1<<18), "not YAML"},
		"long lines":            {"role: " + strings.Repeat("x", MaxFile-10), "characters long"},
		"texts that repeat":     {texts, "more than 1024 KiB together"},
		"dimensions and bands":  {"role: R\ndimensions: [" + countedTo(60_000) + "]\nlevels: [{level: 1, name: A, bands: [" + strings.Repeat("{},", 100_000) + "]}]\n", "dimensions: there are 60000"},
		"unknown dimensions":    {"role: R\ndimensions: [" + countedTo(50_000) + "]\nlevels: [{level: 1, name: A, bands: [{dimensions: {" + strings.ReplaceAll(countedTo(50_000), ",", "x: ,") + "}}]}]\n", "dimensions: there are 50000"},
		"keys without end":      {"? " + strings.Repeat("k", MaxFile-10) + "\n: 1\n", "unknown key"},
		"many problems":         {"levels: [" + strings.Repeat("x,", 1<<18) + "]", "more problems follow"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := Parse("r.yaml", []byte(test.data))
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %.300v, want … %s …", err, test.says)
			}
			if d := time.Since(start); d > slowdown*10*time.Second {
				t.Errorf("it took %v", d)
			}
			if n := len(fmt.Sprint(err)); n > 1<<20 {
				t.Errorf("a message of %d bytes", n)
			}
		})
	}
}

// countedTo is a list of so many names: 0,1,2 …
func countedTo(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "n%d,", i)
	}
	return b.String()
}

// What is pasted as an outline can be as wrong as a file, and takes no longer.
func TestBadOutlinesAreRefusedAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	fill := func(head, line string) string { return head + strings.Repeat(line, (MaxFile-len(head))/len(line)) }
	head := "R\nLevel 1: A\nLow\nD\nImpact\n"
	var dimensions strings.Builder
	dimensions.WriteString("R\nLevel 1: A\n")
	for i := 0; dimensions.Len() < MaxFile-100; i++ {
		fmt.Fprintf(&dimensions, "Dimension: d%d\nImpact\n- s%d\n", i, i)
	}
	for name, test := range map[string]struct{ data, says string }{
		"too large":              {strings.Repeat("x\n", MaxFile/2+1), "more than 1 MiB"},
		"a line that is wrapped": {fill(head+"- Leads", "\nx"), "characters long"},
		"lines that are wrapped": {fill(head, "- x\nyes-\n"), "at most 99"},
		"dimensions":             {dimensions.String(), "at most 12"},
		"levels":                 {fill("R\n", "Level 1: A\n"), "more problems follow"},
		"one line":               {strings.Repeat("x", MaxFile), "no level"},
		"headings":               {fill("R\nLevel 1: A\n", "B\n"), "level"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, unplaced, err := ImportOutline("o.txt", []byte(test.data))
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %.300v, want … %s …", err, test.says)
			}
			if d := time.Since(start); d > slowdown*10*time.Second {
				t.Errorf("it took %v", d)
			}
			if n := len(fmt.Sprint(err, unplaced)); n > 1<<20 {
				t.Errorf("messages of %d bytes", n)
			}
		})
	}
}

// A copy in a packet is held to the limits before it is laid out.
func TestBadCopiesAreRefusedAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	for _, test := range []struct{ data, says string }{
		{`{"role":"` + strings.Repeat("x", maxJSON) + `"}`, "more than 4 MiB"},
		{`{"role":"R","levels":[` + strings.Repeat("{},", 1<<20) + `{}]}`, "1048577 levels"},
		{`{"role":"R","dimensions":["D"],"levels":[{"bands":[` + strings.Repeat("{},", 1<<20) + `{}]},{}]}`, "at most 9"},
		{strings.Repeat(`{"role":`, 100_000), "JSON"},
	} {
		start := time.Now()
		err := new(Rubric).UnmarshalJSON([]byte(test.data))
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("got %.300v, want … %s …", err, test.says)
		}
		if d := time.Since(start); d > slowdown*10*time.Second {
			t.Errorf("%s: it took %v", test.says, d)
		}
	}
}

func TestWhatIsMeantIsFoundAtOnce(t *testing.T) {
	long := strings.Repeat("a", 1<<20)
	start := time.Now()
	for range 200 {
		if near := Nearest(long, []string{long + "b", "a"}); near != nil {
			t.Fatalf("%d are near", len(near))
		}
		Nearest("ab", []string{long, strings.Repeat("b", maxMeant)})
	}
	if d := time.Since(start); d > slowdown*5*time.Second {
		t.Errorf("it took %v", d)
	}
}

func TestProblemsReadWell(t *testing.T) {
	for _, test := range []struct {
		problem Problem
		want    string
	}{
		{Problem{File: "r.yaml", Line: 41, Column: 9, Message: "level 3 has the band \"Mid\" twice"}, `r.yaml:41:9: level 3 has the band "Mid" twice`},
		{Problem{File: "r.yaml", Message: "too large", Hint: "is it the right file?"}, "r.yaml: too large; is it the right file?"},
		{Problem{Line: 3, Column: 1, Message: "empty"}, "3:1: empty"},
		{Problem{Message: "empty"}, "empty"},
	} {
		if got := test.problem.String(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func compileSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("rubric.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("rubric.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asEditorsDo reads YAML into the values that an editor holds against a schema.
func asEditorsDo(data []byte) (any, error) {
	var v any
	if err := yaml.Unmarshal(data, &v); err != nil {
		return nil, err
	}
	j, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return jsonschema.UnmarshalJSON(bytes.NewReader(j))
}

// What the parser accepts the schema accepts; and the mistakes that a schema can
// know of, it finds.
func TestSchemaAgreesWithTheParser(t *testing.T) {
	s := compileSchema(t)
	validate := func(data []byte) error {
		v, err := asEditorsDo(data)
		if err != nil {
			return err
		}
		return s.Validate(v)
	}
	for name, data := range map[string][]byte{"built-in": read(t, "../rubric.yaml"), "skeleton": Skeleton()} {
		if err := validate(data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		if data := drawRubric(t).YAML(); validate(data) != nil {
			t.Fatalf("%v\n%s", validate(data), data)
		}
	})
	beyondSchemas := map[string]bool{ // what only the parser can know
		"dimensions": true, "same-text": true, "order": true, "keys": true, "lines": true,
	}
	eachFile(t, "testdata/check/*.yaml", func(t *testing.T, path, name string) {
		if err := validate(read(t, path)); err == nil && !beyondSchemas[name] {
			t.Error("the schema finds nothing wrong with it")
		}
	})
}

// One edit of a sound rubric: if the schema minds it, the parser does.
func TestParserIsNoLaxerThanTheSchema(t *testing.T) {
	s := compileSchema(t)
	base := read(t, "testdata/outline/base.yaml")
	lines := strings.Split(string(base), "\n")
	rapid.Check(t, func(t *rapid.T) {
		edited := append([]string{}, lines...)
		i := rapid.IntRange(0, len(lines)-1).Draw(t, "line")
		switch rapid.IntRange(0, 3).Draw(t, "edit") {
		case 0:
			edited = append(edited[:i], edited[i+1:]...)
		case 1:
			edited[i] = strings.Replace(edited[i], "e", "", 1)
		case 2:
			head, _, _ := strings.Cut(edited[i], ":")
			edited[i] = head + ": " + rapid.SampledFrom([]string{"null", "1", "[]", "{}", "x", "[x]", "[null]", "''"}).Draw(t, "value")
		case 3:
			edited[i] = edited[i] + rapid.SampledFrom([]string{" x", ": y", "'", " # z"}).Draw(t, "suffix")
		}
		data := []byte(strings.Join(edited, "\n"))
		v, err := asEditorsDo(data)
		if err != nil {
			return // no YAML at all, or a key twice
		}
		if schemaErr := s.Validate(v); schemaErr != nil {
			if _, err := Parse("r.yaml", data); err == nil {
				t.Fatalf("the parser accepts what the schema refuses: %v\n%s", schemaErr, data)
			}
		}
	})
}

func TestSkeletonIsARubric(t *testing.T) {
	r, err := Parse("skeleton.yaml", Skeleton())
	if err != nil {
		t.Fatal(err)
	}
	for _, section := range Sections() {
		if r.Statements(r.At(1), r.Dimensions[0], section) == nil {
			t.Errorf("it does not show the section %s", section)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(read(f, "../rubric.yaml"))
	f.Add(Skeleton())
	paths, _ := filepath.Glob("testdata/check/*.yaml")
	for _, path := range paths {
		f.Add(read(f, path))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Parse("r.yaml", data)
		if err != nil {
			return
		}
		again, err := Parse("r.yaml", r.YAML())
		if err != nil || again.Hash() != r.Hash() {
			t.Fatalf("not the same after writing it: %v\n%s", err, r.YAML())
		}
	})
}
