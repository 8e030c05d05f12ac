package roster_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/oklog/ulid/v2"

	"calibrate/calibration"
	"calibrate/roster"
)

var update = flag.Bool("update", false, "write the golden files anew")

// acquaintances are in the list before a file comes in: one with the employer's id, one
// whom the e-mail tells, one of whom only the name is known.
func acquaintances() []calibration.Person {
	return []calibration.Person{
		{ID: "00042", Name: "Ada Lovelace", Team: "Tools", Manager: "Charles Babbage", Extra: map[string]string{"prior_rating": "3"}},
		{ID: "01JQ0000000000000000000001", Name: "Rear Admiral Hopper", Email: "Grace.Hopper@example.com"},
		{ID: "01JQ0000000000000000000002", Name: "Charles Babbage"},
	}
}

// Each file has the shape of a system's export: what its columns become, and what it
// means for the people who are known.
func TestShapes(t *testing.T) {
	for _, path := range shapes(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			file, err := roster.Read(bytes.NewReader(contents(t, path)), roster.Options{})
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.MarshalIndent(struct {
				roster.Format
				Header, Rows int
				Notes        []string
				Columns      []roster.Column
				Plan         roster.Plan
			}{file.Format, file.Header, file.Rows, file.Notes, file.Columns, file.Plan(acquaintances())}, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, path+".golden", append(got, '\n'))
		})
	}
}

// shapes are the files in testdata.
func shapes(t testing.TB) []string {
	t.Helper()
	all, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, path := range all {
		if !strings.HasSuffix(path, ".golden") {
			paths = append(paths, path)
		}
	}
	if len(paths) < 10 {
		t.Fatalf("only %d shapes are there: %q", len(paths), paths)
	}
	return paths
}

func contents(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(contents(t, path)), string(got)); diff != "" {
		t.Errorf("%s has changed (go test ./roster -update accepts it) (-want +got):\n%s", path, diff)
	}
}

// Whatever the shape, bringing a file in twice is bringing it in once.
func TestShapesTwice(t *testing.T) {
	for _, path := range shapes(t) {
		file, err := roster.Read(bytes.NewReader(contents(t, path)), roster.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, known := range [][]calibration.Person{nil, acquaintances()} {
			checkTwice(t, file, known)
		}
	}
}

// checkTwice carries the plan of a file out and looks that a second plan has nothing to
// do and the same to complain of.
func checkTwice(t interface {
	Helper()
	Fatalf(string, ...any)
}, file *roster.File, known []calibration.Person) []calibration.Person {
	t.Helper()
	plan := file.Plan(known)
	if n := len(plan.New) + len(plan.Changed) + plan.Same + len(plan.Bad); n != file.Rows {
		t.Fatalf("of %d rows %d are told of: %+v", file.Rows, n, plan)
	}
	after := carryOut(known, plan)
	again := file.Plan(after)
	if len(again.People()) > 0 {
		t.Fatalf("a second time %d people are new and %d changed: %+v %+v\nafter %+v", len(again.New), len(again.Changed), again.New, again.Changed, after)
	}
	if len(again.Bad) != len(plan.Bad) {
		t.Fatalf("first these rows were bad: %+v\na second time these: %+v", plan.Bad, again.Bad)
	}
	return after
}

// carryOut does what the store does with a plan.
func carryOut(known []calibration.Person, plan roster.Plan) []calibration.Person {
	after := append([]calibration.Person{}, known...)
	for _, p := range plan.People() {
		if p.ID == "" {
			p.ID = ulid.ULID{0: 1, 15: byte(len(after)), 14: byte(len(after) >> 8)}.String()
		}
		at := -1
		for i := range after {
			if after[i].ID == p.ID {
				at = i
			}
		}
		if at < 0 {
			after = append(after, p)
		} else {
			after[at] = p
		}
	}
	return after
}
