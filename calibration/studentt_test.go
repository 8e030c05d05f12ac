package calibration_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// quantileOf reads Student's quantile back from the interval of a reviewer's offset: of
// df + 1 people, each placed so many positions above where the other reviewer did.
func quantileOf(t *testing.T, df int) float64 {
	t.Helper()
	var lines strings.Builder
	n := df + 1
	for i := range n {
		fmt.Fprintf(&lines, "Grace p%03d %s\nTony p%03d 1-low\n", i, []string{"1-low", "1-mid"}[i%2], i)
	}
	e := compareTold(t, lines.String()).Reviewers()[0].Offset
	if e.Count != n || e.CI95 == nil {
		t.Fatalf("%d people make the estimate %+v", n, e)
	}
	ones := float64(n / 2)
	variance := (ones - ones*ones/float64(n)) / float64(n-1)
	return (e.CI95[1] - e.CI95[0]) / 2 / math.Sqrt(variance/float64(n))
}

// within is the chance that Student's t with df degrees of freedom lies between −t and
// t: the finite series in Abramowitz and Stegun, Handbook of Mathematical Functions,
// 26.7.3 and 26.7.4.
func within(t float64, df int) float64 {
	theta := math.Atan(t / math.Sqrt(float64(df)))
	sin, cos := math.Sin(theta), math.Cos(theta)
	if df%2 == 0 {
		sum, term := 1.0, 1.0
		for i := 2; i < df; i += 2 {
			term *= cos * cos * float64(i-1) / float64(i)
			sum += term
		}
		return sin * sum
	}
	if df == 1 {
		return 2 * theta / math.Pi
	}
	sum, term := cos, cos
	for i := 3; i < df; i += 2 {
		term *= cos * cos * float64(i-1) / float64(i)
		sum += term
	}
	return 2 / math.Pi * (theta + sin*sum)
}

// The quantile is exact to the three decimals that tables print.
func TestStudentsQuantile(t *testing.T) {
	for df := 1; df <= 200; df++ {
		low, high := 1.9, 13.0
		for high-low > 1e-12 {
			if middle := (low + high) / 2; within(middle, df) < 0.95 {
				low = middle
			} else {
				high = middle
			}
		}
		if got := quantileOf(t, df); fmt.Sprintf("%.3f", got) != fmt.Sprintf("%.3f", low) {
			t.Errorf("%d degrees of freedom: %.5f, exactly %.5f", df, got, low)
		}
	}
}

// Student's table as print has it, such as in Abramowitz and Stegun, table 26.10, and
// the NIST/SEMATECH e-Handbook, section 1.3.6.7.2.
func TestStudentsTable(t *testing.T) {
	for df, want := range map[int]string{
		1: "12.706", 2: "4.303", 3: "3.182", 4: "2.776", 5: "2.571", 6: "2.447", 7: "2.365", 8: "2.306", 9: "2.262", 10: "2.228",
		11: "2.201", 12: "2.179", 15: "2.131", 20: "2.086", 25: "2.060", 29: "2.045", 30: "2.042", 31: "2.040", 32: "2.037", 33: "2.035",
		34: "2.032", 35: "2.030", 40: "2.021", 45: "2.014", 50: "2.009", 55: "2.004", 60: "2.000", 70: "1.994", 80: "1.990", 90: "1.987",
		100: "1.984", 120: "1.980",
	} {
		if got := fmt.Sprintf("%.3f", quantileOf(t, df)); got != want {
			t.Errorf("%d degrees of freedom: %s, printed %s", df, got, want)
		}
	}
}
