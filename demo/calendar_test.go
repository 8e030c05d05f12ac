package demo

import (
	"testing"
	"time"
)

func TestCalendar(t *testing.T) {
	for day := range 800 {
		at := now.AddDate(0, 0, day).Add(time.Duration(day) * 97 * time.Minute)
		c := newCalendar(at)
		for session := range sessions {
			for d := range c.days {
				opened := c.at(session, d, 0)
				if wd := opened.Weekday(); wd == time.Saturday || wd == time.Sunday {
					t.Fatalf("from %v: day %d of session %d is a %s", at, d, session, wd)
				}
				if !opened.Add(24 * time.Hour).Before(at.Add(time.Nanosecond)) {
					t.Fatalf("from %v: day %d of session %d is not over", at, d, session)
				}
			}
		}
		if a, b, c := c.name(0), c.name(1), c.name(2); a >= b || b >= c || a[:4] == c[:4] {
			t.Fatalf("from %v: the sessions are called %s, %s, %s", at, a, b, c)
		}
	}
}
