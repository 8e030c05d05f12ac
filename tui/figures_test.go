package tui

import (
	"fmt"
	"testing"

	"calibrate/calibration"
	"calibrate/internal/memorystore"
	"calibrate/rubric"
)

// placedTwice is so many people, each placed by two reviewers.
func placedTwice(people int) func(*memorystore.Store, *rubric.Rubric) {
	return func(m *memorystore.Store, r *rubric.Rubric) {
		for i := range people {
			p := calibration.Person{ID: fmt.Sprintf("%05d", i), Name: fmt.Sprintf("Person %05d", i)}
			m.Held.People = append(m.Held.People, p)
			for n, reviewer := range []string{"grace", "alan"} {
				m.Held.Decisions = append(m.Held.Decisions, calibration.Decision{
					ID: m.NextID(), Person: p.ID, Reviewer: reviewer, Dimension: r.Dimensions[0], Position: r.Positions()[(i+n*i%5)%3].Key, Stage: calibration.Draft,
					Confidence: calibration.Medium, Rationale: "Seen twice.", Rubric: r.Hash(), DecidedAt: fixedNow(),
				})
			}
		}
	}
}

// What is said of many decisions is worked out beside the app, which takes keys meanwhile:
// it goes to another view, and back, and leaves.
func TestFiguresOfManyDecisions(t *testing.T) {
	d := drive(t, placedTwice(manyDecisions/2+1)).press("c").sees("to discuss")
	for _, view := range []struct{ key, name, figure string }{
		{"5", "[5 Reviewers]", "grace"}, {"6", "[6 Contested]", "No statement was ticked"}, {"7", "[7 Same cell]", "Person 00000"},
	} {
		_, cmd := d.app.Update(keyNamed(t, view.key))
		d.sees(view.name, "Working it out …")
		d.size(100, 30).sees("Working it out …").size(80, 24)
		_, after := d.app.Update(keyNamed(t, "1"))
		d.sees("[1 Spread]", "to discuss")
		d.run(cmd)
		d.run(after)
		d.sees("[1 Spread]", "to discuss")
		d.press(view.key).sees(view.figure).seesNot("Working it out")
	}
	d.press("esc").sees("People").press("c").sees("to discuss")
}

// Of few decisions it is there at once.
func TestFiguresOfFewDecisions(t *testing.T) {
	d := drive(t, placedTwice(20)).press("c").sees("to discuss")
	for _, key := range []string{"5", "6", "7"} {
		d.app.Update(keyNamed(t, key))
		d.seesNot("Working it out")
	}
}

// Who looks at another view does not wait for agreement, and it is measured again when it
// is looked at again.
func TestMeasuringIsGivenUpForAnotherView(t *testing.T) {
	d := drive(t, placedTwice(20)).press("c")
	_, first := d.app.Update(keyNamed(t, "4"))
	l := d.app.running()
	_, second := d.app.Update(keyNamed(t, "5"))
	if d.sees("[5 Reviewers]"); l == nil || l.ctx.Err() == nil {
		t.Error("it is measured on")
	}
	d.run(first)
	d.run(second)
	_, third := d.app.Update(keyNamed(t, "4"))
	d.sees("Measuring agreement").seesNot("canceled")
	d.run(third)
	d.sees("[4 Agreement]", "units").seesNot("Measuring", "canceled")
}
