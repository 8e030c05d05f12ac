package calibration

import "math"

// t975 is the 0.975 quantile of Student's t with 1 to 30 degrees of freedom, as every
// textbook prints it.
var t975 = [...]float64{
	12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
	2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
	2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
}

// studentT is the 0.975 quantile of Student's t with the degrees of freedom, at least
// 1; a fraction counts as the whole number below. Beyond the table it is Fisher and
// Cornish's expansion around the normal quantile (Abramowitz and Stegun, Handbook of
// Mathematical Functions, 26.7.5), which is exact to three decimals there.
func studentT(df float64) float64 {
	if i := int(df); i <= len(t975) {
		return t975[max(i, 1)-1]
	}
	const z = 1.959964
	z3, z5, z7 := math.Pow(z, 3), math.Pow(z, 5), math.Pow(z, 7)
	return z + (z3+z)/(4*df) + (5*z5+16*z3+3*z)/(96*df*df) + (3*z7+19*z5+17*z3-15*z)/(384*df*df*df)
}

// sample is numbers of which the mean and the spread are wanted.
type sample []float64

func (s sample) mean() float64 {
	sum := 0.0
	for _, x := range s {
		sum += x
	}
	return sum / float64(len(s))
}

// variance is the unbiased one; the sample has two numbers at least.
func (s sample) variance() float64 {
	m, sum := s.mean(), 0.0
	for _, x := range s {
		sum += square(x - m)
	}
	return sum / float64(len(s)-1)
}
