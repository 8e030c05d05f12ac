package plain

import (
	"errors"
	"fmt"
	"slices"

	"calibrate/calibration"
)

// handOverRoom stands between two panellists: what the one has typed is out of sight
// before the other looks.
func handOverRoom() room {
	return room{
		name: "Handing over",
		hint: "Enter begins; “back” returns",
		commands: []command{
			{[]string{"anew"}, "", "begin anew; what was half done is thrown away", (*dialogue).voteAnew},
			{[]string{"back"}, "", "back to the person's turn", func(d *dialogue, _ string) error { return d.goTurnAgain() }},
		},
		enters: "begin, for who is named alone",
		enter:  (*dialogue).vote,
	}
}

// handOver asks for the laptop to be given to a panellist: the one who is named, or the
// next who has not placed the person.
func (d *dialogue) handOver(who string) error {
	t := d.seance.turn()
	at := 0
	switch missing := t.Missing(); {
	case len(t.Voters) == 0:
		return errors.New("nobody votes on them")
	case who != "":
		var err error
		if at, err = oneOf("name of somebody who votes here", t.Voters, who); err != nil {
			return err
		}
	case len(missing) > 0:
		at = slices.Index(t.Voters, missing[0])
	}
	return d.handTo(t, t.Voters[at])
}

func (d *dialogue) handOverOrMistake(who string) error {
	if _, err := oneOf("", d.seance.turn().Voters, who); err != nil {
		return d.unknown(who)
	}
	return d.handOver(who)
}

func (d *dialogue) handTo(t calibration.Turn, voter string) error {
	s := d.seance
	if !s.open() {
		return errors.New("the session is finalised; nobody votes any more")
	}
	w := work{rubric: t.Rubric, reviewer: voter, session: s.session().ID, sitting: s.room.Voting(t, voter), leave: (*dialogue).leaveVote}
	if err := d.openDesk(personOf(t.Person), w); err != nil {
		return err
	}
	d.room, d.more = handOverRoom(), nil
	d.out.blank()
	d.out.say("The laptop is for %s now. Nobody else looks. It is about %s.", voter, refName(t.Person))
	switch {
	case slices.Contains(t.Placed, voter):
		d.out.say("%s has placed them already. What it was is not shown; placing again corrects it.", voter)
	case len(d.desk.walk().Tracks) > 0:
		d.out.say("%s has begun, and goes on where they were. “anew” begins anew.", voter)
	}
	d.out.say("Enter begins, as %s; “back” returns.", voter)
	return nil
}

// vote begins the walk of who has the laptop.
func (d *dialogue) vote(string) error {
	d.goWalk()
	d.hint("")
	return nil
}

func (d *dialogue) voteAnew(string) error {
	d.desk.forget()
	return d.vote("")
}

// leaveVote puts what was typed out of sight and goes back to the turn.
func (d *dialogue) leaveVote() error {
	d.pushAway()
	return d.goTurnAgain()
}

// placedTogetherRoom is where a vote or a final decision was just recorded.
func placedTogetherRoom(s calibration.Sitting) room {
	r := room{
		name:   "Saved",
		enters: "go on, to the next dimension or back to the person's turn",
		enter:  (*dialogue).afterPlaced,
	}
	if s.Blind {
		r.name, r.commands = "Placed", []command{{[]string{"back", "turn"}, "", "back to the person's turn; what you typed goes out of sight", func(d *dialogue, _ string) error { return d.passOn() }}}
		return r
	}
	r.commands = []command{
		{[]string{"walk"}, "", "back to the session's walk; another save there corrects this one", func(d *dialogue, _ string) error { d.goWalk(); return nil }},
		{[]string{"back", "turn"}, "", "back to the person's turn", func(d *dialogue, _ string) error { return d.goTurnAgain() }},
	}
	return r
}

// enterPlaced says what is on disk of a vote or a final decision, and what comes next. Of
// a vote it does not say where: somebody else may be looking by now.
func (d *dialogue) enterPlaced(made calibration.Decision) error {
	d.room, d.more = placedTogetherRoom(d.desk.sitting), nil
	next, more := d.nextDimension()
	if !d.desk.sitting.Blind {
		d.readSaved(made)
		d.room.hint = "Enter returns to " + d.desk.person.Name
		if more {
			d.room.hint = "Enter goes on to " + next
		}
		d.out.say("%s.", d.room.hint)
		return nil
	}
	d.out.blank()
	d.out.say("saved: %s is placed, %s.", made.Dimension, made.Reviewer)
	d.room.hint = fmt.Sprintf("Enter walks %s", next)
	if !more {
		d.desk.forget()
		d.room.hint = "Enter puts all of it out of sight; then pass the laptop on"
	}
	d.out.say("%s.", d.room.hint)
	return nil
}

// afterPlaced goes on to the next dimension, or back to the turn.
func (d *dialogue) afterPlaced(string) error {
	next, more := d.nextDimension()
	if d.desk.sitting.Blind {
		if !more {
			return d.passOn()
		}
		w := d.desk.walk()
		w.Dimension = next
		d.desk.look(w)
		d.goWalk()
		return nil
	}
	if more {
		d.seance.dimension = next
	}
	return d.goTurnAgain()
}

// passOn ends a panellist's time with the laptop.
func (d *dialogue) passOn() error {
	d.desk.decisions = nil
	return d.leaveVote()
}

// decide opens placing for the session's final decision on the dimension that is looked
// at: on the session's own walk, or one that starts from what most have marked.
func (d *dialogue) decide(string) error {
	s := d.seance
	t := s.turn()
	w := work{rubric: t.Rubric, reviewer: d.Reviewer, session: s.session().ID, sitting: s.room.Deciding(t), leave: (*dialogue).goTurnAgain}
	if err := d.openDesk(personOf(t.Person), w); err != nil {
		return err
	}
	now := d.desk.walk()
	now.Dimension = s.dimension
	if made, ok := d.desk.saved(s.dimension); ok && now.Track().At == "" {
		if p, err := w.rubric.Position(made.Position); err == nil {
			now = now.GoTo(p)
		}
	}
	d.desk.look(now)
	return d.place("")
}
