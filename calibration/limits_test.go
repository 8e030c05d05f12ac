package calibration_test

import (
	"fmt"
	"strings"
	"testing"

	"calibrate/calibration"
)

// What comes in a packet is as large as somebody made it; each error names the limit.
func TestRecordsHaveLimits(t *testing.T) {
	extra := func(n int, key, value string) map[string]string {
		all := map[string]string{}
		for i := range n {
			all[fmt.Sprintf("%s%d", key, i)] = value
		}
		return all
	}
	person := func(extra map[string]string) error {
		return calibration.Person{ID: "1", Name: "Ada", Extra: extra}.Validate()
	}
	session := calibration.Session{Name: "Spring", State: calibration.Open}
	recusals := session
	recusals.Recusals = make([]calibration.Recusal, calibration.MaxRecusals+1)
	rubric := session
	rubric.Rubric = strings.Repeat("x", calibration.MaxNameBytes+1)
	event := calibration.Event{Session: "s", Kind: calibration.Noted, Person: "1", By: "grace", Text: "x", Answer: strings.Repeat("x", 1<<20)}
	for says, err := range map[string]error{
		"1001 columns beside the fields; at most 1000": person(extra(calibration.MaxExtras+1, "k", "v")),
		"is 401 bytes long; at most 400":               person(extra(1, strings.Repeat("k", calibration.MaxNameBytes), "v")),
		"is 20001 bytes long; at most 20000":           person(extra(1, "k", strings.Repeat("v", calibration.MaxExtra+1))),
		"bytes long together; at most 81920":           person(extra(5, "k", strings.Repeat("v", calibration.MaxExtra))),
		"20001 recusals; at most 20000":                recusals.Validate(),
		"a name or id in it is 401 bytes long":         rubric.Validate(),
		"a note answers nothing":                       event.Validate(),
	} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want … %s …", err, says)
		}
		if err != nil && len(err.Error()) > 300 {
			t.Errorf("an error of %d bytes", len(err.Error()))
		}
	}
	for name, err := range map[string]error{"many columns": person(extra(calibration.MaxExtras, "k", "v")), "large columns": person(extra(4, "k", strings.Repeat("v", calibration.MaxExtra)))} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRatingsOnOneLineAreRefusedAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and nothing in it runs beside something else")
	}
	_, err := calibration.ReadRatings(strings.NewReader(strings.Repeat(",", calibration.MaxRatingsBytes)), calibration.Scale{}, calibration.AnyLayout)
	if err == nil || !strings.Contains(err.Error(), "more than 4000000 cells") {
		t.Error(err)
	}
}
