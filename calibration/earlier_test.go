package calibration_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"calibrate/calibration"
)

func TestEarlierOn(t *testing.T) {
	r := scale(t, 3, 3)
	sessions := append(company(r).Sessions, calibration.Session{ID: "s3", Name: "Third"}, calibration.Session{ID: "s4", Name: "Fourth"})
	all := told(t, r, `
		Grace ada 1-low
		Grace ada 1-low @spring
		Grace ada 1-mid @spring final
		Tony ada 1-high @spring panel
		Grace ada 2-low @s3
		Grace ada 2-mid @s3
		Grace ada 2-high @s4 panel business
		Grace ada 3-low @lost
		Grace ada 3-mid @s4
		Grace ada 3-high @autumn final`)
	tests := []struct {
		dimension, present string
		want               []string
	}{
		{"Individual", "autumn", []string{"Fourth 3-mid", "lost 3-low", "Third 2-mid"}},
		{"Individual", "s4", []string{"Autumn 3-high", "lost 3-low", "Third 2-mid"}},
		{"Individual", "", []string{"Autumn 3-high", "Fourth 3-mid", "lost 3-low"}},
		{"Business Impact", "", []string{"Fourth 2-high"}},
		{"Business Impact", "s4", []string{}},
	}
	for _, test := range tests {
		got := []string{}
		for _, e := range calibration.EarlierOn(all, sessions, test.dimension, test.present) {
			got = append(got, e.Session+" "+e.Decision.Position)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s in %q (-want +got)\n%s", test.dimension, test.present, diff)
		}
	}
	first := calibration.EarlierOn(all[:4], sessions, "Individual", "autumn")[0]
	if first.Session != "Spring" || first.Decision.Stage != calibration.Final || !first.DecidedAt.Equal(all[2].DecidedAt) { // a vote that came late
		t.Errorf("%+v", first)
	}
}
