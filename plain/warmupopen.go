package plain

import (
	"fmt"

	"calibrate/calibration"
	"calibrate/internal/clean"
)

// stepOpened goes to another example. After the last comes the score, and after that the
// way out.
func (d *dialogue) stepOpened(by int) error {
	w := d.warm
	to := w.item + by
	switch n := len(w.score.Items); {
	case to < 0:
		return fmt.Errorf("this is the first example")
	case to > n:
		return w.leave(d)
	case to == n:
		return d.readScore()
	}
	w.item = to
	return d.readOpened()
}

// readOpened reads where the rubric has an example, where everybody placed it, and what
// tells the bands around it apart.
func (d *dialogue) readOpened() error {
	item := d.warm.score.Items[d.warm.item]
	d.out.blank()
	d.out.say("Example %d of %d, %s:", item.Number, len(d.warm.score.Items), clean.Line(item.Dimension))
	d.out.item("  ", item.Text)
	d.out.say("The rubric has it at %s, %s.", item.Position, d.warm.rubric.At(item.Ordinal).Title())
	for _, g := range item.Guesses {
		d.out.say("%s: %s, %s.", clean.Line(g.Participant), g.Position, g.Words)
	}
	d.readNeighbour("One band down", item.Below)
	d.readNeighbour("One band up", item.Above)
	d.hint("")
	return nil
}

func (d *dialogue) readNeighbour(way string, n *calibration.WarmupNeighbour) {
	if n == nil {
		d.out.say("%s: there is none.", way)
		return
	}
	d.out.item("", clean.Line(fmt.Sprintf("%s, %s, %s: %s", way, n.Position, n.Section.Title(), n.Text)))
}

// readScore reads how far off everybody was, and what the group missed the most.
func (d *dialogue) readScore() error {
	w := d.warm
	w.item, w.read = len(w.score.Items), true
	d.out.blank()
	d.out.say("The score. Off counts the positions between a guess and the rubric's own; lenient is too high; kappa, with quadratic weights, is 1 where all is exact and 0 where chance would do as well.")
	for _, tally := range w.score.Participants {
		d.readTally(clean.Line(tally.Participant), tally)
	}
	if len(w.score.Participants) > 1 {
		d.readTally("Everybody", w.score.All)
	}
	d.out.blank()
	d.out.say("Missed the most; talk about the wording:")
	for _, item := range w.score.Missed() {
		if item.MeanOff == 0 {
			break
		}
		d.out.item("- ", clean.Line(fmt.Sprintf("%.1f off, %s, %s: %s", item.MeanOff, item.Dimension, item.Position, item.Text)))
	}
	if w.score.All.MeanOff == 0 {
		d.out.say("Nobody missed any.")
	}
	d.out.blank()
	d.out.say("Nothing of this is recorded. The same examples again:")
	d.out.item("  ", clean.Line(w.draw.Command()))
	d.out.say("Enter leaves.")
	return nil
}

func (d *dialogue) readTally(name string, tally calibration.WarmupTally) {
	kappa := tally.Kappa.String()
	if reason := tally.Kappa.Reason(); reason != "" {
		kappa += ", because " + reason
	}
	d.out.say("%s: %s; kappa %s.", name, tally.Words, kappa)
}
