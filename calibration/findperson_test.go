package calibration_test

import (
	"errors"
	"testing"

	"calibrate/calibration"
)

func TestFindPerson(t *testing.T) {
	byHand := calibration.Person{ID: "01M8KS9VGR53QJS55RRRSBCG9Y", Name: "Ada", Extra: map[string]string{calibration.EmployeeID: "0042"}}
	people := []calibration.Person{
		byHand,
		{ID: "0043", Name: "Grace"},
		{ID: "0044", Name: "0045"},
		{ID: "0045", Name: "Edsger"},
		{ID: "01M8KS9VSNWFYS5YX1XRHQFWW9", Name: "Barbara", Extra: map[string]string{calibration.EmployeeID: "0043"}},
		{ID: "0046", Name: "Twin"},
		{ID: "0047", Name: "Twin"},
	}
	for who, want := range map[string]string{
		byHand.ID: byHand.ID,
		"Ada":     byHand.ID,
		"0042":    byHand.ID,
		"0043":    "0043", // an id counts before what is kept of another system
		"0045":    "0045", // and before a name
	} {
		if p, err := calibration.FindPerson(people, who); err != nil || p.ID != want {
			t.Errorf("%s: want %s, got %s, %v", who, want, p.ID, err)
		}
	}
	var many *calibration.AmbiguousError
	if _, err := calibration.FindPerson(people, "Twin"); !errors.As(err, &many) || len(many.IDs) != 2 {
		t.Errorf("Twin: got %v", err)
	}
	var unknown *calibration.UnknownError
	if _, err := calibration.FindPerson(people, "42"); !errors.As(err, &unknown) {
		t.Errorf("42: got %v", err)
	}
}
