package calibration

import (
	"fmt"
	"strings"
)

// count is a number of things: "1 reviewer", "3 reviewers".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

func countPeople(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// countVerb is a number and what they do: "1 stands", "3 stand".
func countVerb(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// listed writes names for a sentence: "a", "a and b", "a, b and c", and of many the
// first few.
func listed(names []string) string {
	const most = 4
	n := len(names)
	switch {
	case n == 0:
		return "nobody"
	case n == 1:
		return names[0]
	case n > most:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most-1], ", "), n-most+1)
	}
	return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
}
