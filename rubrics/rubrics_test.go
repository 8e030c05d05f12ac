package rubrics

import (
	"slices"
	"testing"

	"calibrate/rubric"
)

// Each rubric of the folder is sound, is worded so that lint has nothing to say, is
// called what its role is called, and has the shape that it is there to show.
func TestRubrics(t *testing.T) {
	shapes := map[string]struct{ levels, positions, dimensions int }{
		"engineering-manager": {4, 8, 2},
		"product-designer":    {6, 6, 2},
		"support-specialist":  {3, 9, 3},
	}
	for _, name := range Names() {
		r, err := rubric.Parse(name+".yaml", YAML(name))
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if r.Name() != name {
			t.Errorf("the rubric for %s is in %s.yaml, not in %s.yaml", r.Role, name, r.Name())
		}
		want := shapes[name]
		if len(r.Levels) != want.levels || len(r.Positions()) != want.positions || len(r.Dimensions) != want.dimensions {
			t.Errorf("%s has %d levels, %d positions and %d dimensions, not %v", name, len(r.Levels), len(r.Positions()), len(r.Dimensions), want)
		}
		delete(shapes, name)
		advice, err := rubric.Lint(name+".yaml", YAML(name))
		if err != nil {
			t.Error(err)
		}
		for _, finding := range advice {
			t.Errorf("%s", finding)
		}
		for _, p := range r.Positions() {
			for _, dimension := range r.Dimensions {
				for _, section := range rubric.Sections() {
					if len(r.Statements(p, dimension, section)) == 0 {
						t.Errorf("%s says nothing of %s, %s: %s", name, p.Key, dimension, section)
					}
				}
			}
		}
	}
	if len(shapes) > 0 {
		t.Errorf("missing: %v", shapes)
	}
	if !slices.IsSorted(Names()) {
		t.Errorf("not in order: %q", Names())
	}
}
