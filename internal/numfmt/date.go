package numfmt

import (
	"math"
	"strings"
	"time"
)

const (
	isoDate = "yyyy-mm-dd"
	isoTime = "hh:mm:ss"

	// Serial dates of the 1900 system.
	leapDay   = 60      // 1900-02-29, which there was not
	start1904 = 1462    // 1904-01-01
	startUnix = 25569   // 1970-01-01
	past      = 2958466 // 10000-01-01
)

// layOutDate says which m are minutes, and what digits of a second there are, 18.8.31.
func (s *section) layOutDate() error {
	var found minutes
	timed := false
	for i := range s.pieces {
		p := &s.pieces[i]
		switch p.is {
		case point:
			if n := s.zerosAt(i + 1); n > 0 {
				p.is, p.n = fraction, n
				s.pieces[i+1] = piece{}
				s.precision = max(s.precision, n)
			}
		case placeholders, general:
			return mixed(*p)
		case half:
			s.twelve, timed = true, true
		case date, elapsed:
			found.next(p)
			timed = timed || p.is == elapsed || p.unit == 'h' || p.unit == 's'
		}
	}
	if !timed {
		s.precision = 4 // a day is not over half a second early
	}
	return nil
}

// zerosAt is how many digits of a second a piece asks for: one to three.
func (s *section) zerosAt(i int) int {
	if i < len(s.pieces) && s.pieces[i].is == placeholders && strings.HasPrefix("000", s.pieces[i].text) {
		return len(s.pieces[i].text)
	}
	return 0
}

// minutes finds the m that are minutes: after hours or seconds, and before seconds.
type minutes struct {
	before *piece // the part of the date before
	paired bool   // it is seconds that have their minutes
}

func (m *minutes) next(p *piece) {
	before := m.before
	paired := false
	switch {
	case before == nil:
	case p.unit == 's':
		if before.mayBeMinutes() {
			before.is = minute
		}
		paired = before.is != date && before.unit == 'm'
	case p.mayBeMinutes() && (before.unit == 'h' || before.unit == 's' && !m.paired):
		p.is = minute
	}
	m.before, m.paired = p, paired
}

func (p *piece) mayBeMinutes() bool { return p.is == date && p.unit == 'm' && len(p.text) <= 2 }

// A moment is a serial date taken apart.
type moment struct {
	year, month, day, weekday int
	elapsed                   int64 // seconds from the serial date 0
	seconds                   int64 // of the day
	fraction                  int64 // of the second, in units of the precision
}

// momentOf takes a serial date apart, 18.17.4. The 1900 system has a day 0, and a leap day
// in 1900. What is no date is false.
func momentOf(v float64, date1904 bool, precision int) (m moment, ok bool) {
	if !(v >= 0 && v < past) {
		return m, false
	}
	whole, part := math.Modf(v)
	perSecond := int64(math.Pow10(precision))
	ticks := int64(math.Round(part * float64(86400*perSecond)))
	day := int64(whole) + ticks/(86400*perSecond) // the next one, if rounded to it
	m.seconds, m.fraction = ticks/perSecond%86400, ticks%perSecond
	m.elapsed = day*86400 + m.seconds
	if date1904 {
		day += start1904
	}
	m.weekday = int(day+6) % 7
	switch {
	case day == 0:
		m.year, m.month, m.day = 1900, 1, 0
	case day == leapDay:
		m.year, m.month, m.day = 1900, 2, 29
	default:
		if day < leapDay {
			day++
		}
		year, month, date := time.Unix((day-startUnix)*86400, 0).UTC().Date()
		m.year, m.month, m.day = year, int(month), date
	}
	return m, day < past
}

// Serial returns a time, which is taken for one in UTC, as a serial date, the other way round
// than [Format.Number] shows one. It says false for what is none: before the first day or
// after 9999-12-31.
func Serial(t time.Time, date1904 bool) (days float64, ok bool) {
	const day = 24 * 60 * 60 * 1000
	days = float64(t.UnixMilli()+startUnix*day) / day
	most := float64(past)
	switch _, hours := math.Modf(days); {
	case date1904:
		days, most = days-start1904, most-start1904
	case days < leapDay+1:
		days = max(days-1, min(days, hours)) // of day 0, which programs do not agree on, only the hours count
	}
	return days, days >= 0 && days < most
}

// appendDate appends a serial date; it says false for what is none.
func (s *section) appendDate(b []byte, v float64, date1904 bool) ([]byte, bool) {
	m, ok := momentOf(v, date1904, s.precision)
	if !ok {
		return b, false
	}
	for _, p := range s.pieces {
		n := len(p.text)
		switch p.is {
		case date:
			b = s.appendPart(b, &m, p.unit, n)
		case minute:
			b = appendPadded(b, m.seconds/60%60, n)
		case fraction:
			b = appendPadded(append(b, '.'), m.fraction/int64(math.Pow10(s.precision-p.n)), p.n)
		case elapsed:
			b = appendPadded(b, m.elapsed/secondsOf(p.unit), n)
		case half:
			b = appendHalf(b, m.seconds >= 86400/2, p.text)
		case text:
			b = appendGeneral(b, v)
		default:
			b = append(b, p.text...)
		}
	}
	return b, true
}

// appendPart appends a part of a date that has n letters.
func (s *section) appendPart(b []byte, m *moment, unit byte, n int) []byte {
	names := &languages[s.language]
	switch {
	case unit == 'y' && n <= 2:
		return appendPadded(b, int64(m.year%100), 2)
	case unit == 'y' || unit == 'e':
		return appendPadded(b, int64(m.year), 4)
	case unit == 'b' && n <= 2:
		return appendPadded(b, int64(m.year+543)%100, 2)
	case unit == 'b':
		return appendPadded(b, int64(m.year+543), 4)
	case unit == 'm' && n <= 2:
		return appendPadded(b, int64(m.month), n)
	case unit == 'm' && n == 3:
		return append(b, names.shortMonths.at(m.month-1)...)
	case unit == 'm' && n == 5:
		return append(b, firstLetter(names.months.at(m.month-1))...)
	case unit == 'm':
		return append(b, names.months.at(m.month-1)...)
	case unit == 'd' && n <= 2:
		return appendPadded(b, int64(m.day), n)
	case unit == 'd' && n == 3:
		return append(b, names.shortDays.at(m.weekday)...)
	case unit == 'd':
		return append(b, names.days.at(m.weekday)...)
	case unit == 'h' && s.twelve:
		return appendPadded(b, (m.seconds/3600+11)%12+1, min(n, 2))
	case unit == 'h':
		return appendPadded(b, m.seconds/3600, min(n, 2))
	case unit == 's':
		return appendPadded(b, m.seconds%60, min(n, 2))
	}
	return b // of an era, which there is not
}

func secondsOf(unit byte) int64 {
	switch unit {
	case 'h':
		return 3600
	case 'm':
		return 60
	}
	return 1
}

// appendHalf appends one of two names of the halves of a day.
func appendHalf(b []byte, second bool, names string) []byte {
	name, other, _ := strings.Cut(names, "/")
	if second {
		name = other
	}
	if len(name) == 2 {
		name = strings.ToUpper(name)
	}
	return append(b, name...)
}
