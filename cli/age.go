package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// calendarAge is how old something is, counted by the calendar: a year is not 365 days.
type calendarAge struct {
	months, days int
}

// maxAgeYears is longer than anything is kept.
const maxAgeYears = 200

// parseAge reads 2y, 18mo or 90d.
func parseAge(text string) (calendarAge, error) {
	number := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyz")
	n, err := strconv.Atoi(number)
	unit := text[len(number):]
	known := map[string]struct {
		most int
		of   calendarAge
	}{"y": {maxAgeYears, calendarAge{months: 12 * n}}, "mo": {12 * maxAgeYears, calendarAge{months: n}}, "d": {366 * maxAgeYears, calendarAge{days: n}}}[unit]
	switch {
	case unit == "m":
		return calendarAge{}, fmt.Errorf("%q could be months or minutes; write %smo for months", text, number)
	case known.most == 0 || err != nil || n < 0:
		return calendarAge{}, fmt.Errorf("%q is no age; write 2y, 18mo or 90d", text)
	case n == 0:
		return calendarAge{}, fmt.Errorf("%q is no age, for everything is older; the least is 1d", text)
	case n > known.most:
		return calendarAge{}, fmt.Errorf("%q is longer than %d years, and nothing is kept so long", text, maxAgeYears)
	}
	return known.of, nil
}

// before is the day on which what is that old now was made, at its beginning, so that
// only what is older is from before it. Where a month has no such day, it is its last.
func (a calendarAge) before(now time.Time) time.Time {
	year, month, day := now.Date()
	month -= time.Month(a.months)
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, now.Location()).Day()
	return time.Date(year, month, min(day, last)-a.days, 0, 0, 0, 0, now.Location())
}
