package calibration_test

import (
	"fmt"

	"calibrate/calibration"
	"calibrate/rubric"
)

// tester is a rubric of three levels without bands.
func tester() *rubric.Rubric {
	level := func(number int, name, impact string) rubric.Level {
		return rubric.Level{Number: number, Name: name, Bands: []rubric.Band{
			{Dimensions: map[string]rubric.Content{"Craft": {Impact: []string{impact}}}},
		}}
	}
	r, err := rubric.New("Tester", []string{"Craft"}, []rubric.Level{
		level(1, "Learning", "Repeats a fault by its description."),
		level(2, "Independent", "Finds the cause of a fault."),
		level(3, "Leading", "Designs a test that finds faults of one kind."),
	})
	if err != nil {
		panic(err)
	}
	return r
}

// A walk is a value: each method returns the walk that comes next.
func ExampleWalk() {
	r := tester()
	w := calibration.NewWalk(r, "ada", "grace", "")
	w = w.Judge(r, calibration.Above) // above 1, and on to 2
	w = w.Toggle("2/craft/impact/1")  // seen
	w = w.Judge(r, calibration.Fits)
	w = w.GoTo(r.At(3)).Judge(r, calibration.Below)

	s, ok := w.Suggest(r)
	fmt.Println(s.Position, ok)
	fmt.Println(s.Reason)
	evidence, _ := w.Evidence(r)
	fmt.Println(evidence)
	// Output:
	// 2 true
	// 2 judged to fit; 1 statement seen there
	// [{2/craft/impact/1 true }]
}

// A figure of agreement is a number, or the reason why there is none.
func ExampleKrippendorffAlpha() {
	scale, err := calibration.NewScale("1", "2", "3")
	if err != nil {
		fmt.Println(err)
		return
	}
	rate := func(unit, rater, word string) calibration.Rating {
		return calibration.Rating{Unit: unit, Rater: rater, Word: word}
	}
	table, err := calibration.NewRatings(scale, []calibration.Rating{
		rate("ada", "grace", "1"), rate("ada", "alan", "1"),
		rate("bob", "grace", "2"), rate("bob", "alan", "3"),
		rate("cyd", "grace", "3"), rate("cyd", "alan", "3"),
		rate("dan", "grace", "2"), // one rating alone agrees with nobody
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	alpha := calibration.KrippendorffAlpha(table, calibration.OrdinalMetric)
	fmt.Println(alpha, "of", alpha.Units, "units")

	single, err := calibration.NewRatings(scale, []calibration.Rating{rate("ada", "grace", "1")})
	if err != nil {
		fmt.Println(err)
		return
	}
	none := calibration.KrippendorffAlpha(single, calibration.OrdinalMetric)
	fmt.Println(none, "because", none.Reason())
	// Output:
	// 0.778 of 3 units
	// n/a because there is one rater
}

// Where a person stands is the latest decision of the stage that has come furthest.
func ExampleStandings() {
	at := func(id, position string, stage calibration.Stage) calibration.Decision {
		return calibration.Decision{ID: id, Person: "ada", Reviewer: "grace", Dimension: "Craft", Position: position, Stage: stage}
	}
	standings := calibration.Standings([]calibration.Decision{
		at("01", "1", calibration.Draft),
		at("02", "3", calibration.Final),
		at("03", "2", calibration.Draft),
	}, "")
	fmt.Println(standings["Craft"].Stage, standings["Craft"].Decision.Position)
	// Output:
	// final 3
}
