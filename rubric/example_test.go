package rubric_test

import (
	"errors"
	"fmt"

	"calibrate/rubric"
)

const tester = `
role: Tester
dimensions: [Craft]
levels:
  - level: 1
    name: Learning
    bands:
      - dimensions:
          Craft:
            impact: [Repeats a fault by its description.]
  - level: 2
    name: Independent
    bands:
      - band: Low
        dimensions:
          Craft:
            impact: [Finds the cause of a fault before reporting it.]
      - band: High
        dimensions:
          Craft:
            impact: [Designs a test that finds faults of one kind.]
`

func ExampleParse() {
	r, err := rubric.Parse("tester.yaml", []byte(tester))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range r.Positions() {
		fmt.Println(p.Key, "is", p.Title())
	}
	for _, st := range r.AllStatements() {
		fmt.Println(st.ID, st.Text)
	}
	// Output:
	// 1 is 1 Learning
	// 2-low is 2 Independent · Low
	// 2-high is 2 Independent · High
	// 1/craft/impact/1 Repeats a fault by its description.
	// 2-low/craft/impact/1 Finds the cause of a fault before reporting it.
	// 2-high/craft/impact/1 Designs a test that finds faults of one kind.
}

// Everything that is wrong is told at once, each with its place.
func ExampleProblems() {
	_, err := rubric.Parse("bad.yaml", []byte("role: Tester\ndimension: [Craft]\nlevels: []\n"))
	var problems rubric.Problems
	if errors.As(err, &problems) {
		for _, p := range problems {
			fmt.Println(p)
		}
	}
	// Output:
	// bad.yaml:1:1: the rubric has no dimensions
	// bad.yaml:2:1: the rubric has the unknown key "dimension"; did you mean "dimensions"?
	// bad.yaml:3:9: levels: there are 0; at least 2 are needed
}

// Names are found however they are written, and what is near is offered.
func ExampleRubric_Position() {
	r, err := rubric.Parse("tester.yaml", []byte(tester))
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := r.Position("2 LOW")
	fmt.Println(p, err)
	_, err = r.Position("2-hihg")
	fmt.Println(err)
	// Output:
	// 2-low <nil>
	// the rubric has no position "2-hihg"; did you mean 2-high?
}

func ExampleImportOutline() {
	outline := `
Tester
Level 1: Learning
Impact
 • Repeats a fault by its
   description.
Page 1 of 1
Level 2: Independent
Impact
 • Finds the cause of a fault.
`
	r, unplaced, err := rubric.ImportOutline("outline.txt", []byte(outline))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, st := range r.AllStatements() {
		fmt.Println(st.ID, st.Text)
	}
	for _, p := range unplaced {
		fmt.Println(p)
	}
	// Output:
	// 1/overall/impact/1 Repeats a fault by its description.
	// 2/overall/impact/1 Finds the cause of a fault.
	// outline.txt:7:1: could not be placed: "Page 1 of 1"; it looks like the number of a page
}

func ExampleDiff() {
	then, err := rubric.Parse("then.yaml", []byte(tester))
	if err != nil {
		fmt.Println(err)
		return
	}
	now, err := rubric.New(then.Role, then.Dimensions, []rubric.Level{
		{Number: 1, Name: "Beginning", Bands: then.Levels[0].Bands},
		{Number: 2, Name: "Independent", Bands: []rubric.Band{
			{Name: "Low", Dimensions: map[string]rubric.Content{"Craft": {Impact: []string{"Finds the cause of each fault before reporting it."}}}},
			then.Levels[1].Bands[1],
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	d := rubric.Diff(then, now)
	for _, n := range d.Names {
		fmt.Println(n.What, n.Kind, "from", n.From, "to", n.To)
	}
	for _, c := range d.Statements {
		fmt.Println(c.Kind, c.To.ID)
	}
	fmt.Println(d.Unchanged, "unchanged")
	// Output:
	// level renamed from 1 Learning to 1 Beginning
	// reworded 2-low/craft/impact/1
	// 2 unchanged
}

func ExampleLint() {
	found, err := rubric.Lint("tester.yaml", []byte(`
role: Tester
dimensions: [Craft]
levels:
  - {level: 1, name: One, bands: [{dimensions: {Craft: {impact: [Often misses faults.]}}}]}
  - {level: 2, name: Two, bands: [{dimensions: {Craft: {impact: [Finds better reproductions.]}}}]}
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range found {
		fmt.Println(f.Line, f.Where, f.Rule, f.Words)
	}
	// Output:
	// 5 1/craft/impact/1 quantity Often
	// 6 2/craft/impact/1 comparative better
}
