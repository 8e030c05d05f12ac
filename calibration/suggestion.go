package calibration

import (
	"fmt"
	"strings"

	"calibrate/rubric"
)

// Suggestion is what the verdicts and ticks of a walk point to. It never places
// anybody; a person does.
type Suggestion struct {
	Position rubric.Position
	Reason   string // in words: "most ticks seen at 3-mid; 4-low judged above the person"
}

// Contradiction is a pair of verdicts that cannot both be right.
type Contradiction struct {
	Low, High rubric.Position // Low is the lower rung of the two, or the same
	Text      string          // in words: "above at 4-low, yet below at 3-high"
}

// Ticks counts, for the dimension that is shown, the statements marked seen and
// not seen at the position. Dampeners count neither way: they say how to read
// the rest.
func (w Walk) Ticks(r *rubric.Rubric, p rubric.Position) (seen, notSeen int) {
	track := w.Track()
	if len(track.Ticks) == 0 {
		return 0, 0
	}
	for _, section := range rubric.Sections() {
		if section == rubric.Dampeners {
			continue
		}
		for _, s := range r.Statements(p, w.Dimension, section) {
			switch track.Ticks[s.ID].Sight {
			case Seen:
				seen++
			case NotSeen:
				notSeen++
			}
		}
	}
	return seen, notSeen
}

// Contradictions lists the pairs of verdicts that cannot both be right, lowest
// first. They are pointed out, never forbidden.
func (w Walk) Contradictions(r *rubric.Rubric) []Contradiction {
	var found []Contradiction
	positions := r.Positions()
	for i, low := range positions {
		lower := w.Verdict(low)
		if lower != Below && lower != Fits {
			continue
		}
		for _, high := range positions[i+1:] {
			upper := w.Verdict(high)
			if upper == Above || upper == Fits && lower == Below {
				found = append(found, Contradiction{Low: low, High: high,
					Text: fmt.Sprintf("%s at %s, yet %s at %s", upper, high.Key, lower, low.Key)})
			}
		}
	}
	return found
}

// Suggest says where the walk points to, and why; ok is false while it points
// nowhere: nothing was said yet, or the verdicts contradict each other.
//
// Verdicts bound the positions that are left; a single Fits decides. Within the
// bounds the position with the most statements seen, less those not seen, is
// suggested, the higher of two equals: its statements were looked at with the
// lower ones already met.
func (w Walk) Suggest(r *rubric.Rubric) (s Suggestion, ok bool) {
	if len(w.Contradictions(r)) > 0 {
		return Suggestion{}, false
	}
	fits := w.judged(r, Fits)
	low, high := w.Open(r)
	if len(fits) > 1 {
		low, high = fits[0].Ordinal, fits[len(fits)-1].Ordinal
	}
	var reasons []string
	best, most := w.mostSeen(r, low, high)
	switch {
	case len(fits) == 1:
		best = fits[0]
		reasons = append(reasons, best.Key+" judged to fit")
		if most > 0 {
			reasons = append(reasons, fmt.Sprintf("%s seen there", statements(most)))
		}
		return Suggestion{Position: best, Reason: strings.Join(reasons, "; ")}, true
	case low > high: // below the lowest, above the highest, or between two neighbours
		return w.suggestAtEdge(r, low, high), true
	case most > 0:
		reasons = append(reasons, "most ticks seen at "+best.Key)
	case low == high:
		best = r.At(low)
	default:
		return Suggestion{}, false
	}
	if len(fits) > 1 {
		reasons = append(reasons, fmt.Sprintf("%s and %s both judged to fit", fits[0].Key, fits[len(fits)-1].Key))
	} else {
		reasons = append(reasons, w.boundReasons(r, low, high)...)
	}
	return Suggestion{Position: best, Reason: strings.Join(reasons, "; ")}, true
}

// suggestAtEdge answers verdicts that leave no rung between them.
func (w Walk) suggestAtEdge(r *rubric.Rubric, low, high int) Suggestion {
	switch {
	case high < 1:
		return Suggestion{r.At(1), fmt.Sprintf("judged below %s, the lowest there is", r.At(1).Key)}
	case low > len(r.Positions()):
		return Suggestion{r.At(high), fmt.Sprintf("judged above %s, the highest there is", r.At(high).Key)}
	}
	return Suggestion{r.At(high), fmt.Sprintf("judged above %s and below %s, with nothing between", r.At(high).Key, r.At(low).Key)}
}

// mostSeen is the position from ordinal low to high with the most statements
// seen, less those not seen, and how many were seen there; 0 where none was.
func (w Walk) mostSeen(r *rubric.Rubric, low, high int) (best rubric.Position, seenThere int) {
	balance := 0
	for o := max(low, 1); o <= min(high, len(r.Positions())); o++ {
		p := r.At(o)
		seen, notSeen := w.Ticks(r, p)
		if seen > 0 && (seenThere == 0 || seen-notSeen >= balance) {
			best, seenThere, balance = p, seen, seen-notSeen
		}
	}
	return best, seenThere
}

func (w Walk) boundReasons(r *rubric.Rubric, low, high int) []string {
	var reasons []string
	if low > 1 {
		reasons = append(reasons, r.At(low-1).Key+" judged below the person")
	}
	if high < len(r.Positions()) {
		reasons = append(reasons, r.At(high+1).Key+" judged above the person")
	}
	return reasons
}

func (w Walk) judged(r *rubric.Rubric, v Verdict) []rubric.Position {
	var found []rubric.Position
	for _, p := range r.Positions() {
		if w.Verdict(p) == v {
			found = append(found, p)
		}
	}
	return found
}

func statements(n int) string {
	if n == 1 {
		return "1 statement"
	}
	return fmt.Sprintf("%d statements", n)
}
