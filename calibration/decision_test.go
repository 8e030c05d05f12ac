package calibration_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"calibrate/calibration"
)

func TestStandingsAreOfOneSession(t *testing.T) {
	made := func(id, session string, stage calibration.Stage, position, supersedes string) calibration.Decision {
		return calibration.Decision{ID: id, Session: session, Dimension: "Individual", Stage: stage, Position: position, Supersedes: supersedes}
	}
	all := []calibration.Decision{
		made("1", "spring", calibration.Draft, "2-low", ""),
		made("2", "spring", calibration.Final, "2-mid", ""),
		made("3", "", calibration.Draft, "2-high", ""),
		made("4", "spring", calibration.Panel, "1-low", ""), // a vote that came late
		made("5", "autumn", calibration.Draft, "3-low", ""),
		made("6", "autumn", calibration.Draft, "3-mid", "5"),
	}
	got := map[string]string{}
	for _, session := range []string{"spring", "autumn", "", "winter"} {
		st := calibration.Standings(all, session)["Individual"]
		got[session] = string(st.Stage) + " " + st.Decision.Position
	}
	want := map[string]string{"spring": "final 2-mid", "autumn": "draft 3-mid", "": "draft 2-high", "winter": " "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
