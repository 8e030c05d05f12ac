package tui

import (
	"os"
	"testing"

	"calibrate/calibration"
	"calibrate/rubric"
)

// manager is another rubric than the one that the app is opened with.
func manager(t testing.TB) *rubric.Rubric {
	t.Helper()
	data, err := os.ReadFile("../rubrics/engineering-manager.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := rubric.Parse("engineering-manager.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Whose role has a rubric of its own is walked, placed and listed under it; everybody
// else under the one that the app was opened with.
func TestRoleChoosesTheRubric(t *testing.T) {
	own := manager(t)
	d := drive(t)
	d.app.env.rubricFor = func(p calibration.Person) *rubric.Rubric {
		if p.ID == "0043" {
			return own
		}
		return d.app.env.rubric
	}
	d.press("enter").sees("Ada Lovelace", "Individual", "Fails to lead complex").press("esc")
	d.press("down", "enter").sees("Grace Hopper", "People", "Leaves one-to-ones").seesNot("Individual")
	d.press("enter").sees("Place").write("Seen in March.").press("ctrl+s").sees("saved")
	if n := len(d.store.Held.Decisions); n != 1 {
		t.Fatalf("%d decisions", n)
	}
	made := d.store.Held.Decisions[0]
	if made.Rubric != own.Hash() || made.Dimension != "People" || made.Person != "0043" {
		t.Errorf("recorded %+v", made)
	}
	for i := 0; i < 4 && d.app.top().Title() != "People"; i++ {
		d.press("esc")
	}
	d.sees("▸  Grace Hopper", "1-low", "Engineering").press("p").seesNot("another version")
	d.press("enter").sees("Leaves one-to-ones")
}
