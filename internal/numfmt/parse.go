package numfmt

import "fmt"

// A section is one of up to four parts of a code, between semicolons.
type section struct {
	when      condition
	minus     bool // is shown in front of negative numbers
	language  language
	pieces    []piece
	shape     shape
	digits    bool // has digits
	bracketed bool // has brackets

	counts      [3]int // how many whole, tenths and powers there are
	power       int    // of ten that is multiplied with: 2 for %, -3 for a comma at the end
	grouped     bool   // by thousands
	over, under int    // the pieces that are a fraction

	twelve    bool // the hours are those of half a day
	precision int  // how many digits of a second are exact
}

// A shape is what a section shows as a whole.
type shape uint8

const (
	decimals  shape = iota // digits, General, or only text
	fractions              // 1 1/2
	dates
)

// Parse understands a code. An error says what is wrong with it, and at which byte.
func Parse(code string) (Format, error) {
	if len(code) > MaxCode {
		return Format{}, fmt.Errorf("byte %d: the code goes on, past the %d bytes that are read", MaxCode, MaxCode)
	}
	if code == "" {
		return Format{}, nil
	}
	var sections []section
	for at := 0; ; at++ {
		if len(sections) == 4 {
			return Format{}, fmt.Errorf("byte %d: a fifth section; there are four at most", at)
		}
		c := scanner{code: code, at: at}
		if err := c.scan(); err != nil {
			return Format{}, err
		}
		if err := c.layOut(); err != nil {
			return Format{}, err
		}
		sections = append(sections, c.section)
		if at = c.at; at == len(code) {
			return formatOf(sections), nil
		}
	}
}

// formatOf says what each section is for, 18.8.31: the fourth, or the last if it has an
// @, for text; the others for numbers.
func formatOf(sections []section) Format {
	f := Format{numbers: sections}
	if last := len(sections) - 1; last == 3 || sections[last].has(text) {
		f.numbers, f.text, f.hasText = sections[:last], sections[last].pieces, true
	}
	conditions := false
	for _, s := range f.numbers {
		conditions = conditions || s.when.is != ""
	}
	switch n := f.numbers; {
	case conditions:
		complete(n)
	case len(n) == 1:
		n[0].minus = true
	case len(n) == 2:
		n[0].when = condition{">=", 0}
	case len(n) == 3:
		n[0].when, n[1].when = condition{">", 0}, condition{"<", 0}
	}
	return f
}

// complete says what sections are for of which only some have conditions, and which of
// them show a minus, as Excel does it.
func complete(sections []section) {
	first := &sections[0]
	if first.when.is == "" {
		first.when = condition{">", 0}
	}
	if len(sections) == 3 && sections[1].when.is == "" {
		sections[1].when = condition{"<", 0}
	}
	for i := range sections {
		sections[i].minus = !sections[i].when.negative()
	}
	if len(sections) == 2 && sections[1].when.is == "" {
		// For all else, which is taken for negative numbers unless the first is for the others.
		sections[1].minus = first.when.is == "=" || first.when.is[0] == '>' && first.when.than >= 0
	}
}

// count is how many digits there are of a kind.
func (s *section) count(k kind) int { return s.counts[k-whole] }

func (s *section) has(k kind) bool {
	for _, p := range s.pieces {
		if p.is == k {
			return true
		}
	}
	return false
}

// layOut decides what a section shows as a whole, and so what each of its pieces is.
func (s *section) layOut() error {
	if len(s.pieces) == 0 && s.bracketed {
		s.pieces = []piece{{is: general}} // [Red] is red, and General
	}
	if s.isDate() {
		s.shape = dates
		return s.layOutDate()
	}
	s.layOutFraction()
	return s.layOutNumber()
}

// isDate says whether a section shows dates. Letters that are dates only in some
// calendars are text beside digits: 0 EUR.
func (s *section) isDate() bool {
	for _, p := range s.pieces {
		rare := p.unit == 'e' || p.unit == 'b' || p.unit == 'g'
		if p.is == elapsed || p.is == half || p.is == date && !(rare && s.digits) {
			return true
		}
	}
	return false
}

func mixed(p piece) error {
	return fmt.Errorf("byte %d: digits, dates and General do not go together; text stands in quotes", p.at)
}
