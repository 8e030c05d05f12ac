package numfmt

import (
	"fmt"
	"strconv"
	"strings"
)

// bracket reads what stands in brackets: a condition, a currency and a language, or time
// that has elapsed. Colours and all else show nothing.
func (c *scanner) bracket(inner string) (piece, error) {
	c.bracketed = true
	if n := span(inner, "<=>"); n > 0 {
		than, err := strconv.ParseFloat(strings.TrimSpace(inner[n:]), 64)
		if err != nil || n > 2 {
			return piece{}, fmt.Errorf("[%s] does not compare with a number", inner)
		}
		c.when = condition{inner[:n], than}
		return piece{}, nil
	}
	if strings.HasPrefix(inner, "$") {
		symbol, place, _ := strings.Cut(inner[1:], "-")
		c.place(place)
		return piece{text: symbol}, nil
	}
	lower := strings.ToLower(inner)
	if lower != "" && strings.IndexByte("hms", lower[0]) >= 0 && span(lower, lower[:1]) == len(lower) {
		return piece{is: elapsed, unit: lower[0], text: inner}, nil
	}
	return piece{}, nil
}

// place reads the language of a section: a Windows locale in hexadecimal, of which the
// last sixteen bits count, or a tag such as de-DE. Two of them are no language, but ask
// for dates and times as the computer is set up.
func (c *scanner) place(place string) {
	id, err := strconv.ParseUint(place, 16, 32)
	if err != nil || len(place) == 2 { // da and de are languages
		id = 0
	}
	switch {
	case id&0xffff == 0xf800 || strings.EqualFold(place, "x-sysdate"):
		c.own = isoDate
	case id&0xffff == 0xf400 || strings.EqualFold(place, "x-systime"):
		c.own = isoTime
	default:
		tag, _, _ := strings.Cut(place, "-")
		c.language = languageOf(uint16(id), tag)
	}
}

// A condition says which numbers a section is for; the zero one, all.
type condition struct {
	is   string // of < = and >
	than float64
}

func (c condition) holds(v float64) bool {
	switch {
	case c.is == "":
		return true
	case v < c.than:
		return strings.Contains(c.is, "<")
	case v > c.than:
		return strings.Contains(c.is, ">")
	}
	return strings.Contains(c.is, "=")
}

// negative says that only negative numbers are meant; what shows them says so itself, and
// Excel puts no minus in front.
func (c condition) negative() bool {
	return c.is != "" && !strings.Contains(c.is, ">") && (c.than < 0 || c.than == 0 && c.is == "<")
}
