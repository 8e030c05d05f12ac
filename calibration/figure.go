package calibration

import (
	"encoding/json"
	"fmt"
)

// Figure is a statistic: a number, or the reason why there is none. The number
// is never NaN or infinite, and the zero Figure has none.
type Figure struct {
	Units  int    // that entered it
	Raters int    // whose ratings entered it
	Note   string // what a reader must know beside it; often empty

	value   float64
	defined bool
	reason  string
}

// Value returns the number; ok is false if it is not defined.
func (f Figure) Value() (value float64, ok bool) { return f.value, f.defined }

// Reason says in words why there is no number: "there is one rater". It is empty
// if there is one.
func (f Figure) Reason() string {
	if !f.defined && f.reason == "" {
		return "not computed"
	}
	return f.reason
}

// String writes the number with three decimals, or n/a.
func (f Figure) String() string {
	if !f.defined {
		return "n/a"
	}
	return fmt.Sprintf("%.3f", f.value)
}

// MarshalJSON writes the number in full, or null.
func (f Figure) MarshalJSON() ([]byte, error) {
	if !f.defined {
		return []byte("null"), nil
	}
	return json.Marshal(f.value)
}

func notDefined(reason string) Figure { return Figure{reason: reason} }

// figure is a number that came from the units with at least so many ratings.
func (r Ratings) figure(value float64, atLeast int) Figure {
	f := Figure{value: value, defined: true}
	f.Raters, f.Units = r.counted(atLeast)
	return f
}
