package plain

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"calibrate/calibration"
	"calibrate/internal/clean"
	"calibrate/rubric"
)

// walkRoom is the heart: one band at a time, its statements marked, the band judged.
// The letters are the keys of the full-screen walk.
func walkRoom(s calibration.Sitting) room {
	r := room{
		name: "Walk",
		hint: "“a” the person is above this band, “f” it fits, “b” below; “seen 1” marks statement 1; “n” next band, “place” places the person; “help” lists everything",
		other: &command{args: "3, or 3-mid", does: "go to that level, or to that band",
			run: (*dialogue).goLevelOrBand},
		commands: []command{
			{[]string{"above", "a"}, "", "the person is above this band; again takes it back", judges(calibration.Above)},
			{[]string{"fits", "f"}, "", "this band describes the person; again takes it back", judges(calibration.Fits)},
			{[]string{"below", "b"}, "", "the person is below this band; again takes it back", judges(calibration.Below)},
			{[]string{"seen", "s"}, "STATEMENTS", "mark them as seen: “seen 2”, “seen 1,3-4”, “seen all”", marks(calibration.Seen)},
			{[]string{"not", "x"}, "STATEMENTS", "mark them as looked for and not seen: “not 2”", marks(calibration.NotSeen)},
			{[]string{"clear", "c"}, "STATEMENTS", "take their marks away; notes stay", marks("")},
			{[]string{"note", "m"}, "STATEMENT TEXT", "note something on a statement: “note 2 seen in May”; “note 2 -” takes it away", (*dialogue).note},
			{[]string{"next", "n"}, "", "the next band up", steps(1)},
			{[]string{"previous", "p"}, "", "the band before, one down", steps(-1)},
			{[]string{"up", "]"}, "", "one level up", stepsLevel(1)},
			{[]string{"down", "["}, "", "one level down", stepsLevel(-1)},
			{[]string{"go", "g"}, "POSITION or NUMBER", "go to a band, or to what a search found", (*dialogue).goTo},
			{[]string{"dimension", "d", "tab"}, "[NAME]", "the next dimension, or the named one", (*dialogue).dimension},
			{[]string{"band", "show"}, "", "read this band again", func(d *dialogue, _ string) error { d.readBand(); return nil }},
			{[]string{"neighbours", "neighbors", "v"}, "", "read the band below, this one and the one above", (*dialogue).neighbours},
			{[]string{"search", "/"}, "WORDS", "find statements, over all bands and dimensions", (*dialogue).search},
			{[]string{"ruler", "r"}, "", "read all positions with what was said of them", (*dialogue).ruler},
			{[]string{"undo", "u"}, "", "take the last mark, verdict or note back", (*dialogue).undo},
			{[]string{"route", "w"}, "", "band by band, or bracket: the middle first, then halves", (*dialogue).route},
			{[]string{"place"}, "[POSITION]", "place the person: position, confidence, reason; then save", (*dialogue).place},
		},
	}
	if !s.Blind {
		r.commands = append(r.commands, command{[]string{"decisions"}, "", "read all decisions ever made about this person", func(d *dialogue, _ string) error { return d.readDecisions(d.desk.person) }})
	}
	r.commands = append(r.commands, leaving(s))
	return r
}

// leaving is the command that leaves the work on a person.
func leaving(s calibration.Sitting) command {
	names, does := []string{"back", "people"}, "back to the list of people"
	switch {
	case s.Blind:
		names, does = []string{"back", "turn"}, "back to the person's turn in the session; what you typed goes out of sight"
	case s.Stage != "":
		names, does = []string{"back", "turn"}, "back to the person's turn in the session"
	}
	return command{names, "", does, func(d *dialogue, _ string) error { return d.desk.leave(d) }}
}

// enterWalk opens the walk on a person, where it was left.
func (d *dialogue) enterWalk(p calibration.Person, w work) error {
	if err := d.openDesk(p, w); err != nil {
		return err
	}
	d.goWalk()
	d.hint("")
	return nil
}

// goWalk goes to the walk that is on the desk and reads where it stands.
func (d *dialogue) goWalk() {
	d.room, d.more = walkRoom(d.desk.sitting), nil
	w := d.desk.walk()
	d.out.blank()
	d.out.say("Walk: %s, %s, %s.", personName(d.desk.person), clean.Line(w.Dimension), w.Route)
	if d.rubric().Hash() != d.Rubric.Hash() && d.desk.sitting.Stage == "" {
		d.out.say("Rubric: %s, as the role says.", clean.Line(d.rubric().Role))
	}
	if d.desk.sitting.Stage != "" {
		d.out.say("%s", d.desk.whatFor())
	}
	if f := d.desk.form(); f.Rationale != "" {
		d.out.say("A placement is half written here. “place” goes on with it.")
	}
	d.readBand()
}

// personName is a person's name and team.
func personName(p calibration.Person) string {
	if p.Team == "" {
		return clean.Line(p.Name)
	}
	return clean.Line(p.Name) + ", " + clean.Line(p.Team)
}

// whatFor says what a walk in a session is for.
func (k *desk) whatFor() string {
	if k.sitting.Blind {
		return "The vote of " + clean.Line(k.reviewer) + ", blind."
	}
	return "The session's own walk, for the final decision. It began with what most had marked."
}

// leaveForPeople goes back to the list.
func (d *dialogue) leaveForPeople() error {
	if err := d.enterPeople(); err != nil {
		return err
	}
	d.out.say("People. “list” reads the list.")
	d.hint("")
	return nil
}

func (d *dialogue) at() rubric.Position { return d.desk.walk().At(d.rubric()) }

// judges makes the command of a verdict.
func judges(v calibration.Verdict) func(*dialogue, string) error {
	return func(d *dialogue, _ string) error {
		before, at := d.desk.walk(), d.at()
		d.desk.change(before.Judge(d.rubric(), v))
		if d.desk.walk().Verdict(at) == "" {
			d.out.say("Taken back: nothing is said of %s any more.", at.Key)
		} else {
			d.out.say("%s: %s.", at.Key, verdictWords(v))
			if v == calibration.Fits {
				d.out.say("“place” goes on to record it.")
			}
		}
		if d.at() != at {
			d.readBand()
			return nil
		}
		d.readHint(before)
		return nil
	}
}

func verdictWords(v calibration.Verdict) string {
	switch v {
	case calibration.Above:
		return "the person is above this band"
	case calibration.Below:
		return "the person is below this band"
	}
	return "this band fits the person"
}

// steps makes the command that goes up or down by bands.
func steps(by int) func(*dialogue, string) error {
	return func(d *dialogue, _ string) error {
		return d.moveTo(d.desk.walk().Step(d.rubric(), by), by, "the %s band")
	}
}

func stepsLevel(by int) func(*dialogue, string) error {
	return func(d *dialogue, _ string) error {
		return d.moveTo(d.desk.walk().StepLevel(d.rubric(), by), by, "in the %s level")
	}
}

// moveTo shows where a step led, or says that there is nothing further.
func (d *dialogue) moveTo(w calibration.Walk, by int, end string) error {
	if w.At(d.rubric()) == d.at() {
		which := "highest"
		if by < 0 {
			which = "lowest"
		}
		return fmt.Errorf("%s is "+end+" there is", d.at().Key, which)
	}
	d.desk.look(w)
	d.readBand()
	return nil
}

// goLevelOrBand takes a line that begins with no command.
func (d *dialogue) goLevelOrBand(line string) error {
	if n, err := strconv.Atoi(line); err == nil {
		w, ok := d.desk.walk().JumpLevel(d.rubric(), n)
		if !ok {
			err := fmt.Errorf("there is no level %d; there are %s", n, d.levels())
			if n >= 1 && n <= len(d.statements(d.at())) {
				err = fmt.Errorf("%w. To mark statement %d: “seen %d”", err, n, n)
			}
			return err
		}
		d.desk.look(w)
		d.readBand()
		return nil
	}
	p, err := d.rubric().Position(line)
	var unknown *rubric.NotFoundError
	if errors.As(err, &unknown) && line[0] >= '0' && line[0] <= '9' {
		return err
	}
	if err != nil {
		return d.unknown(line)
	}
	d.desk.look(d.desk.walk().GoTo(p))
	d.readBand()
	return nil
}

// levels lists the levels' numbers.
func (d *dialogue) levels() string {
	var numbers []string
	for _, l := range d.rubric().Levels {
		numbers = append(numbers, strconv.Itoa(l.Number))
	}
	last := len(numbers) - 1
	return strings.Join(numbers[:last], ", ") + " and " + numbers[last]
}

// goTo goes to a position, or to a statement that the last search found.
func (d *dialogue) goTo(where string) error {
	if where == "" {
		return errors.New("“go” needs a position, such as “go 3-mid”; after a search, the number of what was found")
	}
	w := d.desk.walk()
	if n, err := strconv.Atoi(where); err == nil && n >= 1 && n <= len(d.desk.found) {
		st := d.desk.found[n-1]
		w.Dimension = st.Dimension
		d.desk.look(w.GoTo(st.Position))
		d.readBand()
		here := slices.IndexFunc(d.statements(st.Position), func(o rubric.Statement) bool { return o.ID == st.ID })
		d.out.say("What was found is statement %d here.", here+1)
		return nil
	} else if err == nil {
		return d.goLevelOrBand(where)
	}
	p, err := d.rubric().Position(where)
	if err != nil {
		return err
	}
	d.desk.look(w.GoTo(p))
	d.readBand()
	return nil
}

// dimension shows another dimension.
func (d *dialogue) dimension(name string) error {
	w := d.desk.walk()
	if name == "" {
		w = w.StepDimension(d.rubric(), 1)
	} else {
		var err error
		if w.Dimension, err = d.rubric().Dimension(name); err != nil {
			return err
		}
	}
	if w.Dimension == d.desk.walk().Dimension {
		return fmt.Errorf("this is %s already", clean.Line(w.Dimension))
	}
	d.desk.look(w)
	d.goWalk()
	return nil
}

// route changes to the other route.
func (d *dialogue) route(string) error {
	at := d.at()
	d.desk.look(d.desk.walk().SwitchRoute(d.rubric()))
	if d.desk.walk().Route == calibration.Bracket {
		d.out.say("Route: bracket. The middle first, then the middle of what is left.")
	} else {
		d.out.say("Route: band by band, from the lowest up.")
	}
	if d.at() != at {
		d.readBand()
	}
	return nil
}
