package demo

import (
	"fmt"
	"time"
)

// There are three sessions, the last of them open.
const (
	sessions    = 3
	openSession = sessions - 1
)

// The days of a session, each a working day.
const (
	openingDay    = 0
	draftDays     = 4 // from the day after opening
	panelDay      = 6 // and the next
	decisionDay   = 8
	finaliseDay   = 9
	daysOfSession = 10
)

// calendar knows when things happened: the midnights of the working days of the open
// session, the last of them the day before now. The other sessions were held 26 and
// 52 weeks earlier, on the same days of the week.
type calendar struct {
	now  time.Time
	days [daysOfSession]time.Time
}

func newCalendar(now time.Time) calendar {
	c := calendar{now: now.UTC()}
	day := c.now.Truncate(24 * time.Hour)
	for i := len(c.days) - 1; i >= 0; i-- {
		day = day.AddDate(0, 0, -1)
		for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			day = day.AddDate(0, 0, -1)
		}
		c.days[i] = day
	}
	return c
}

// at is a time of day on a day of a session.
func (c calendar) at(session, day int, clock time.Duration) time.Time {
	return c.days[day].AddDate(0, 0, -26*7*(openSession-session)).Add(clock)
}

// name is the session's: “2025 H2”, after the half-year that the open session began in,
// or one or two before it.
func (c calendar) name(session int) string {
	began := c.days[openingDay]
	half := 2 * began.Year()
	if began.Month() > time.June {
		half++
	}
	half -= openSession - session
	return fmt.Sprintf("%d H%d", half/2, half%2+1)
}
