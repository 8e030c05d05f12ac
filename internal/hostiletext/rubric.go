package hostiletext

import (
	"fmt"

	"calibrate/rubric"
)

// Rubric is a rubric with a text in every name and statement; the error is for texts
// that may not stand in one. Names have only as much of the text as a name may have.
func Rubric(text string) (*rubric.Rubric, error) {
	name := string([]rune(text)[:min(len([]rune(text)), rubric.MaxName-30)])
	n := 0
	say := func() string { n++; return fmt.Sprintf("%s %d", text, n) } // no two bands may say the same
	dimensions := []string{name + " one", "two " + name}
	var levels []rubric.Level
	for i := range 3 {
		level := rubric.Level{Number: i + 1, Name: fmt.Sprintf("%s %d", name, i)}
		for j := range 2 {
			band := rubric.Band{Name: fmt.Sprintf("%s b%d", name, j), Dimensions: map[string]rubric.Content{}}
			for _, d := range dimensions {
				band.Dimensions[d] = rubric.Content{
					Impact: []string{say(), say()}, Examples: []string{say(), say()}, Dampeners: []string{say()}, ProgressionSignal: []string{say()},
				}
			}
			level.Bands = append(level.Bands, band)
		}
		levels = append(levels, level)
	}
	return rubric.New(name+" role", dimensions, levels)
}
