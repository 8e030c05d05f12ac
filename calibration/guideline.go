package calibration

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"calibrate/rubric"
)

// Guideline is what share of people is expected at each level, in percent, from the
// lowest level up. It is shown beside a distribution and never enforced; nil is none.
type Guideline []float64

// maxRounding is how far from 100 percentages may add up that were rounded.
const maxRounding = 1

// ParseGuideline reads percentages for the rubric's levels, lowest first: "5,15,60,15,5".
// A percent sign and spaces are allowed, and a point in a number; an empty text is no
// guideline.
//
// There must be one for each level, none below 0, and they must add up to 100, or miss
// it by no more than rounding explains: half a unit of the last digit for each, and
// never more than 1.
func ParseGuideline(text string, r *rubric.Rubric) (Guideline, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	g, err := parseGuideline(text, len(r.Levels))
	if err != nil {
		return nil, fmt.Errorf("guideline %q: %w", shown(text), err)
	}
	return g, nil
}

func parseGuideline(text string, levels int) (Guideline, error) {
	parts := strings.Split(text, ",")
	if len(parts) != levels {
		return nil, fmt.Errorf("it has %s, the rubric has %d levels; write one for each level, the lowest first", count(len(parts), "percentage"), levels)
	}
	var g Guideline
	sum, rounding := 0.0, 0.0
	for i, part := range parts {
		part = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(part), "%"))
		share, ok := number(part)
		if !ok {
			return nil, fmt.Errorf("percentage %d, %q, is not a number; write for example 12.5", i+1, shown(part))
		}
		if share < 0 || share > 100 {
			return nil, fmt.Errorf("percentage %d is %s; each is from 0 to 100", i+1, shown(part))
		}
		_, decimals, _ := strings.Cut(part, ".")
		g, sum, rounding = append(g, share), sum+share, rounding+math.Pow10(-len(decimals))/2
	}
	const exact = 1e-9 // what adding up decimals may lose
	if off := math.Abs(sum - 100); off > min(rounding, maxRounding)+exact {
		return nil, fmt.Errorf("the percentages add up to %s, not to 100", strconv.FormatFloat(sum, 'f', -1, 64))
	}
	return g, nil
}

// For is the guideline where it is for as many levels as the rubric has, else none.
func (g Guideline) For(r *rubric.Rubric) Guideline {
	if len(g) != len(r.Levels) {
		return nil
	}
	return g
}

// Check reports what keeps the guideline, if there is one, from being shown beside a
// distribution over the rubric.
func (g Guideline) Check(r *rubric.Rubric) error {
	if g == nil {
		return nil
	}
	parts := make([]string, len(g))
	for i, share := range g {
		if math.IsNaN(share) || math.IsInf(share, 0) {
			return errors.New("a percentage of the guideline is no number")
		}
		parts[i] = strconv.FormatFloat(share, 'f', -1, 64)
	}
	_, err := ParseGuideline(strings.Join(parts, ","), r)
	return err
}
