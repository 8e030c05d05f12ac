package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/rubric"
)

// warming is a warm-up that is under way. Nothing of it is kept.
type warming struct {
	rubric *rubric.Rubric
	round  calibration.Warmup
	draw   calibration.WarmupDraw
	turn   int // whose it is, of the participants
	item   int // that is read

	score calibration.WarmupScore
	open  bool // all is laid open: the score is there
	read  bool // and was read
	leave func(d *dialogue) error
}

// WarmupConfig is what a warm-up alone is opened with. In and Out are as in [Config].
type WarmupConfig struct {
	Rubric *rubric.Rubric
	Round  calibration.Warmup
	Draw   calibration.WarmupDraw // what Round was drawn by
	In     io.Reader
	Out    io.Writer
}

// RunWarmup holds a warm-up until it is left, the input ends, or ctx does. ok is false
// where it ended before everybody had placed everything, and there is no score then. The
// error says that In or Out failed; an ended ctx is none.
func RunWarmup(ctx context.Context, c WarmupConfig) (score calibration.WarmupScore, ok bool, err error) {
	done := make(chan struct{})
	defer close(done)
	in := readLines(c.In, done)
	d := newDialogue(Config{Rubric: c.Rubric, In: c.In, Out: c.Out}, func(within time.Duration) (string, error) { return in.next(ctx, within) })
	d.warm = &warming{rubric: c.Rubric, round: c.Round, draw: c.Draw, leave: func(*dialogue) error { return ending{} }}
	end := d.hold(d.openWarmup)
	if !d.warm.open {
		d.out.say("The warm-up ended before everybody had placed everything. Nothing of it is kept.")
	}
	if err := d.out.flush(); err != nil && end.err == nil {
		end.err = fmt.Errorf("writing the output: %w", err)
	}
	return d.warm.score, d.warm.open, end.err
}

// enterWarmup begins a warm-up for the people who are named, or the reviewer.
func (d *dialogue) enterWarmup(names string) error {
	participants := []string{d.Reviewer}
	if names != "" {
		participants = strings.FieldsFunc(names, func(c rune) bool { return c == ',' })
	}
	return d.beginWarmup(d.Rubric, participants, func(d *dialogue) error {
		if err := d.enterPeople(); err != nil {
			return err
		}
		return d.listPeople("")
	})
}

// beginWarmup begins a warm-up under a rubric, and says where it leads back to.
func (d *dialogue) beginWarmup(r *rubric.Rubric, participants []string, leave func(*dialogue) error) error {
	draw := calibration.WarmupDraw{Seed: calibration.WarmupSeed(d.Now())}
	items, err := draw.From(r)
	if err != nil {
		return err
	}
	draw.Items = len(items)
	round, err := calibration.NewWarmup(r, items, participants...)
	if err != nil {
		return err
	}
	d.warm = &warming{rubric: r, round: round, draw: draw, leave: func(d *dialogue) error {
		d.warm = nil
		return leave(d)
	}}
	return d.openWarmup()
}

// openWarmup says what a warm-up is and begins the first turn.
func (d *dialogue) openWarmup() error {
	d.more = nil
	w := d.warm.round
	d.out.say("Warm-up, line by line. Rubric: %s. %s from it, without the band. Place each where you think that the rubric has it; then all is laid open. Nothing of this is recorded.",
		clean.Line(d.warm.rubric.Role), count(w.Len(), "example", "examples"))
	if names := w.Participants(); len(names) > 1 {
		d.out.say("%s place one after the other. What is typed stays in the window: whose turn it is should not scroll back.", clean.Line(andList(names)))
	}
	_ = d.readPositions("")
	return d.beginTurn()
}

func andList(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func (d *dialogue) name() string { return clean.Line(d.warm.round.Participants()[d.warm.turn]) }

// beginTurn waits for whose turn it is, if there are several.
func (d *dialogue) beginTurn() error {
	if len(d.warm.round.Participants()) == 1 {
		return d.placeFrom(0)
	}
	if d.warm.turn > 0 {
		d.pushAway()
	}
	d.room = handingRoom()
	d.out.blank()
	d.out.say("%s, it is your turn; nobody else should look. Enter begins.", d.name())
	return nil
}

func (d *dialogue) placeFrom(item int) error {
	d.room, d.warm.item = warmupRoom(d.warm.rubric.At(1).Key), item
	return d.readExample()
}

func (d *dialogue) stepExample(by int) error {
	n := d.warm.round.Len()
	d.warm.item = (d.warm.item + by + n) % n
	return d.readExample()
}

func (d *dialogue) readExample() error {
	w := d.warm
	item := w.round.Item(w.item)
	d.out.blank()
	d.out.say("Example %d of %d, %s:", w.item+1, w.round.Len(), clean.Line(item.Dimension))
	d.out.item("  ", item.Text)
	if p, ok := w.round.Guess(w.turn, w.item); ok {
		d.out.say("You placed it at %s.", p.Key)
	}
	d.hint("")
	return nil
}

func (d *dialogue) readPositions(string) error {
	d.out.say("Positions, lowest first:")
	for _, l := range d.warm.rubric.Levels {
		var keys []string
		for _, p := range d.warm.rubric.Positions() {
			if p.Level == l.Number {
				keys = append(keys, p.Key)
			}
		}
		d.out.item("  ", clean.Line(fmt.Sprintf("%d %s: %s", l.Number, l.Name, strings.Join(keys, ", "))))
	}
	return nil
}

// lookAtPosition reads what the rubric says of a position but for its examples, of which
// one may be the example that is placed.
func (d *dialogue) lookAtPosition(where string) error {
	if where == "" {
		return errors.New("“look” needs a position, such as “look " + d.warm.rubric.At(1).Key + "”")
	}
	p, err := d.warm.rubric.Position(where)
	if err != nil {
		return err
	}
	dimension := d.warm.round.Item(d.warm.item).Dimension
	d.out.say("%s, %s. %s, %s:", p.Key, p.Title(), clean.Line(dimension), rubric.Impact.Title())
	for _, st := range d.warm.rubric.Statements(p, dimension, rubric.Impact) {
		d.out.item("- ", st.Text)
	}
	if len(d.warm.rubric.Statements(p, dimension, rubric.Impact)) == 0 {
		d.out.say("Left out in the rubric.")
	}
	return nil
}

// placeExample puts the example down and goes on to the next that is not placed.
func (d *dialogue) placeExample(where string) error {
	w := d.warm
	p, err := d.warm.rubric.Position(where)
	var none *rubric.NotFoundError
	switch {
	case errors.As(err, &none) && len(none.Nearest) == 0 && !unicode.IsNumber([]rune(where)[0]):
		return d.unknown(where) // a mistyped command
	case err != nil:
		return err
	}
	w.round = w.round.Place(w.turn, w.item, p)
	d.out.say("Placed at %s.", p.Key)
	next, more := w.round.Unplaced(w.turn, w.item)
	if more {
		w.item = next
		return d.readExample()
	}
	d.room = placedRoom()
	d.out.say("All %d are placed. Enter ends your turn; “previous” goes back to the examples.", w.round.Len())
	return nil
}

func (d *dialogue) endTurn(string) error {
	w := d.warm
	if w.turn+1 < len(w.round.Participants()) {
		w.turn++
		w.item = 0
		return d.beginTurn()
	}
	score, err := w.round.Score()
	if err != nil {
		return err
	}
	w.score, w.open = score, true
	d.room, w.item = openRoom(), 0
	return d.readOpened()
}

// leaveWarmup leaves, and asks first where something would be lost.
func (d *dialogue) leaveWarmup(string) error {
	w := d.warm
	if placed := w.turn > 0 || w.round.Placed(w.turn) > 0; placed && !w.read {
		d.out.say("Leave the warm-up? What was placed is lost then. Enter or “yes” leaves, “no” goes on.")
		if err := d.confirm(); err != nil {
			return err
		}
	}
	return w.leave(d)
}
