package calibration

import "fmt"

// Agreement in words goes by these bounds of alpha. From 0.8 on Krippendorff would rely
// on data and from 0.667 on draw tentative conclusions (Content Analysis, 2nd ed.,
// 2004, section 11.4). He has no words for less; 0.4 and 0.2 are where Landis and Koch
// (The measurement of observer agreement for categorical data, Biometrics 33, 1977) let
// moderate and fair agreement begin.
var agreementWords = []struct {
	from  float64
	words string
}{
	{0.8, "reviewers agree"},
	{0.667, "reviewers mostly agree"},
	{0.4, "reviewers agree in part"},
	{0.2, "reviewers agree a little"},
	{-2, "reviewers agree hardly more than by chance"},
}

func agreementClass(alpha float64) int {
	for i, class := range agreementWords {
		if alpha >= class.from {
			return i
		}
	}
	return len(agreementWords) - 1
}

// words says what the headline means, and how sure that is: uncertain if the lower end
// of the interval would be said in other words.
func (a AgreementPart) words() string {
	alpha, ok := a.Alpha.Value()
	if !ok {
		return "how far reviewers agree cannot be said: " + a.Alpha.Reason()
	}
	class := agreementClass(alpha)
	said := agreementWords[class].words
	low, high, ok := a.CI95.Bounds()
	switch {
	case !ok:
		return fmt.Sprintf("with %s it is quite uncertain how far reviewers agree (alpha %.2f): %s", countPeople(a.People), alpha, a.CI95.Reason())
	case agreementClass(low) > class:
		return fmt.Sprintf("%s; with %s this is uncertain: %.2f to %.2f", said, countPeople(a.People), low, high)
	}
	return fmt.Sprintf("%s: %.2f to %.2f, with %s", said, low, high, countPeople(a.People))
}
