package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"calibrate/calibration"
	"calibrate/rubric"
	"calibrate/store"
)

func tester() *rubric.Rubric {
	says := func(text string) []rubric.Band {
		return []rubric.Band{{Dimensions: map[string]rubric.Content{"Craft": {Impact: []string{text}}}}}
	}
	r, err := rubric.New("Tester", []string{"Craft"}, []rubric.Level{
		{Number: 1, Name: "Learning", Bands: says("Repeats a fault by its description.")},
		{Number: 2, Name: "Independent", Bands: says("Finds the cause of a fault.")},
	})
	if err != nil {
		panic(err)
	}
	return r
}

// Once Place returns, the decision and the rubric that it was made under are on the
// disk. A correction is a decision of its own; both stay.
func Example() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	if err := place(filepath.Join(dir, "calibrate.db")); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 2 corrects nothing: true
	// 1 corrects the first: true
	// read back: 2 The second cause was a guess. under Tester
	// read back: 1 Alan found the cause. under Tester
}

func place(path string) (err error) {
	st, err := store.Open(path, store.Options{Now: time.Now})
	if err != nil {
		return err
	}
	defer func() {
		if closed := st.Close(); err == nil {
			err = closed
		}
	}()
	people, err := st.PutPeople(calibration.Person{Name: "Ada Lovelace"})
	if err != nil {
		return err
	}
	d := calibration.Decision{
		Person: people[0].ID, Reviewer: "Grace Hopper", Dimension: "Craft", Stage: calibration.Draft,
		Position: "2", Confidence: calibration.Medium, Rationale: "The second cause was a guess.",
	}
	first, err := st.Place(d, tester())
	if err != nil {
		return err
	}
	d.Position, d.Rationale = "1", "Alan found the cause."
	second, err := st.Place(d, tester())
	if err != nil {
		return err
	}
	fmt.Println(first.Position, "corrects nothing:", first.Supersedes == "")
	fmt.Println(second.Position, "corrects the first:", second.Supersedes == first.ID)
	return st.Decisions(func(d calibration.Decision) error {
		r, err := st.Rubric(d.Rubric)
		if err != nil {
			return err
		}
		fmt.Println("read back:", d.Position, d.Rationale, "under", r.Role)
		return nil
	})
}

// The second program to open a file is told within a second who has it.
func ExampleOpen_locked() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "calibrate.db")
	st, err := store.Open(path, store.Options{Now: time.Now})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = store.Open(path, store.Options{Now: time.Now, Timeout: 200 * time.Millisecond})
	_, locked := err.(*store.LockedError)
	fmt.Println(locked, st.Close())
	// Output:
	// true <nil>
}
