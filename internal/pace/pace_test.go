package pace_test

import (
	"testing"
	"time"

	"calibrate/internal/pace"
)

func TestLine(t *testing.T) {
	for _, test := range []struct {
		done, of int
		took     time.Duration
		want     string
	}{
		{250, 1000, time.Second, "decisions read: 250 of 1000, 250 a second, 3s left"},
		{600_000, 1_000_000, 90 * time.Second, "decisions read: 600000 of 1000000, 6667 a second, 1m0s left"},
		{1000, 1000, time.Second, "decisions read: 1000 of 1000, 1000 a second, 0s left"},
		{1001, 1000, time.Second, "decisions read: 1001 of 1000, 1001 a second, 0s left"},
		{300, 0, 2 * time.Second, "decisions read: 300, 150 a second"},
	} {
		if got := pace.Line("decisions read", test.done, test.of, test.took); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
