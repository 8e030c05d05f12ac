package tui

import (
	"testing"

	"github.com/muesli/termenv"
)

// Help says what the screen is for, and explains the rubric by its own names.
func TestHelpExplainsTheScreenAndTheRubric(t *testing.T) {
	screens := map[string]string{
		"": "Who is to be rated", "enter": "one band at a time", "enter v": "side by side", "enter enter tab": "The decision as it will be recorded", "p": "Every decision ever made",
		"c": "next to each other", "c /": "What is compared", "s": "calibration sessions", "w tab": "without knowing where the rubric has them",
	}
	for keys, about := range screens {
		d := drive(t).size(120, 80).follow(keys + " ?")
		d.sees("Help · ").says(about)
		d.says("one of 5, lowest first: 1 Unsatisfactory, 2").says("a part of a level: Low, Mid, High").says("1-low is the lowest, 5-high the highest").
			says("what is rated on its own: Individual, Business Impact").says("progression signal").says("The mouse")
	}
	driveWith(t, small(t, 6, 1, 1), termenv.Ascii, threePeople).size(120, 80).follow("enter ?").says("one of 6, lowest first")
}

func TestHelpOfATurnIsOfItsOwnRubric(t *testing.T) {
	newSeance(t).size(120, 80).press("s", "enter", "enter", "?").says("nobody sees where before all have")
	revealedSeance(t).size(120, 80).press("s", "enter", "enter", "?").says("Everything that was said of them is open")
}

func TestHelpWithoutTheMouse(t *testing.T) {
	d := drive(t).size(120, 80)
	d.app.env.mouse = false
	d.press("?").seesNot("The mouse", "wheel")
}
