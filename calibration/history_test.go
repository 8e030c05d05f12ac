package calibration_test

import (
	"testing"

	"calibrate/calibration"
)

// What is half written is typed text, and undoing a tick must not take it along.
func TestUndoLeavesWhatIsHalfWritten(t *testing.T) {
	r := scale(t, 3, 3)
	h := calibration.History{Now: calibration.NewWalk(r, "ada", "grace", "")}
	before := h.Now
	h = h.Do(h.Now.Toggle("1-low/individual/impact/1"))
	h = h.Look(h.Now.Write(calibration.Form{Rationale: "half"}))
	h = h.Look(h.Now.StepDimension(r, 1))
	h = h.Look(h.Now.Write(calibration.Form{Rationale: "of both"}))
	h, ok := h.Undo()
	if !ok || h.Now.Dimension != before.Dimension || len(h.Now.Track().Ticks) != 0 {
		t.Errorf("undo leads to %+v", h.Now)
	}
	if got := h.Now.Track().Form.Rationale; got != "half" {
		t.Errorf("the rationale is %q after undo", got)
	}
	if got := h.Now.StepDimension(r, 1).Track().Form.Rationale; got != "of both" {
		t.Errorf("the other dimension's rationale is %q after undo", got)
	}
	if before.Track().Form.Rationale != "" {
		t.Error("undo changed the walk that it went back to")
	}
}

func TestUnfinished(t *testing.T) {
	r := scale(t, 3, 3)
	fresh := calibration.NewWalk(r, "ada", "grace", "")
	ticked := fresh.Toggle("1-low/individual/impact/1")
	written := fresh.Write(calibration.Form{Rationale: "Seen."})
	placed := []calibration.Decision{{ID: "1", Reviewer: "grace", Dimension: "Individual", Rationale: "Seen."}}
	others := []calibration.Decision{{ID: "1", Reviewer: "linus", Dimension: "Individual"}, {ID: "2", Reviewer: "grace", Session: "spring", Dimension: "Individual"}}
	tests := map[string]struct {
		walk calibration.Walk
		made []calibration.Decision
		want bool
	}{
		"nothing said":               {fresh.GoTo(r.At(3)), nil, false},
		"ticked":                     {ticked, nil, true},
		"ticked, and placed":         {ticked, placed, false},
		"ticked, placed by another":  {ticked, others, true},
		"written":                    {written, nil, true},
		"as the decision has it":     {written, placed, false},
		"a correction begun":         {fresh.Write(calibration.Form{Rationale: "Seen again."}), placed, true},
		"the other dimension begun":  {ticked.StepDimension(r, 1).Judge(r, calibration.Above), placed, true},
		"the other dimension looked": {ticked.StepDimension(r, 1).Step(r, 1), placed, false},
	}
	for name, test := range tests {
		if got := test.walk.Unfinished(test.made); got != test.want {
			t.Errorf("%s: unfinished %v, want %v", name, got, test.want)
		}
	}
}

func TestVerdictsLeaveARangeOpen(t *testing.T) {
	r := scale(t, 5, 3)
	for verdicts, want := range map[string][2]int{
		"":                         {1, 15},
		"2-low above":              {5, 15},
		"2-low above, 4-low below": {5, 9},
		"3-mid fits":               {8, 8},
	} {
		if low, high := judged(t, r, verdicts).Open(r); low != want[0] || high != want[1] {
			t.Errorf("%q leaves %d to %d open, want %v", verdicts, low, high, want)
		}
	}
}
