package plain

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"calibrate/calibration"
)

// blindRoom is the turn of a person whom not all have placed yet: the laptop goes from
// panellist to panellist, and nothing of what anybody thinks is shown.
func blindRoom(open bool) room {
	r := room{
		name: "Turn, blind",
		hint: "Enter hands the laptop to the next who has not placed, a number or a name to that panellist; “next” goes to the next person, “back” to the agenda",
		other: &command{args: "NUMBER or NAME", does: "hand the laptop to that panellist",
			run: (*dialogue).handOverOrMistake},
		mistake: "is no command, and nobody who votes here",
		commands: []command{
			{[]string{"hand"}, "[NUMBER or NAME]", "the same, for a name that is a command too", (*dialogue).handOver},
		},
		enters: "hand the laptop to the next who has not placed",
		enter:  (*dialogue).handOver,
	}
	if open {
		r.commands = append(r.commands, command{[]string{"reveal"}, "[REASON]", "show what is there although not all have placed, for a reason that is recorded", (*dialogue).reveal})
	}
	r.commands = append(r.commands, aroundTurn()...)
	return r
}

// turnRoom is the turn of a person whom all have placed: what they said, and what the
// session makes of it.
func turnRoom(open bool) room {
	r := room{
		name: "Turn",
		hint: "“discuss” reads the two bands in question, “reasons” what everybody wrote; “dimension” goes to the next dimension, “next” to the next person, “back” to the agenda; “help” lists everything",
		commands: []command{
			{[]string{"discuss", "d"}, "", "read the two bands in question, with what most have marked", (*dialogue).discuss},
			{[]string{"reasons", "s"}, "", "read what everybody wrote", (*dialogue).turnReasons},
			{[]string{"dimension", "tab"}, "[NAME]", "the next dimension, or the named one", (*dialogue).turnDimension},
			{[]string{"decisions", "i"}, "", "read all decisions ever made about this person", func(d *dialogue, _ string) error { return d.readDecisions(personOf(d.seance.turn().Person)) }},
		},
	}
	if open {
		r.hint = "Enter decides the dimension that was read; " + r.hint
		r.enters, r.enter = "make the final decision on this dimension", (*dialogue).decide
		r.commands = slices.Concat([]command{
			{[]string{"decide"}, "", "the same", (*dialogue).decide},
		}, r.commands, []command{
			{[]string{"note", "m"}, "[TEXT]", "note something from the discussion", (*dialogue).takeNote},
			{[]string{"ready", "y"}, "", "whether they are ready to be promoted, apart from the position", (*dialogue).askReadiness},
			{[]string{"dissent", "x"}, "[NAME]", "write down who does not agree, by name", (*dialogue).askDissent},
			{[]string{"follow-up", "followup", "u"}, "[TEXT]", "who does what until when", (*dialogue).askFollowUp},
			{[]string{"again"}, "", "try once more to put on record what could not be", (*dialogue).recordAgain},
		})
	}
	r.commands = append(r.commands, aroundTurn()...)
	return r
}

// aroundTurn leads on from any turn.
func aroundTurn() []command {
	return []command{
		{[]string{"show", "read"}, "", "read it again", func(d *dialogue, _ string) error { return d.goTurnAgain() }},
		{[]string{"next", "n"}, "", "the next person on the agenda", func(d *dialogue, _ string) error { return d.stepTurn(1) }},
		{[]string{"previous", "p"}, "", "the person before", func(d *dialogue, _ string) error { return d.stepTurn(-1) }},
		{[]string{"back", "agenda"}, "", "back to the agenda", func(d *dialogue, _ string) error { d.stopWatch(); return d.goAgenda() }},
	}
}

// enterTurn comes to a person, notes that the agenda has, and reads their turn.
func (d *dialogue) enterTurn(at int) error {
	s := d.seance
	if at != s.at {
		d.stopWatch()
	}
	s.at, s.dimension = at, s.room.Turns[at].Rubric.Dimensions[0]
	if id := s.turn().Person.ID; s.open() && s.room.Last() != id {
		if _, err := d.Store.Record(calibration.Event{Session: s.session().ID, Kind: calibration.Arrived, Person: id, By: d.Reviewer}); err != nil {
			d.tell(fmt.Errorf("that the agenda has come to %s was not written down: %w", s.turn().Person.Name, err))
		}
	}
	return d.goTurnAgain()
}

func (d *dialogue) stepTurn(by int) error {
	to := d.seance.at + by
	if to < 0 || to >= len(d.seance.room.Turns) {
		return errors.New("the agenda ends here; “back” reads it")
	}
	return d.enterTurn(to)
}

// goTurnAgain reads the turn that is looked at as it stands now.
func (d *dialogue) goTurnAgain() error {
	if err := d.readRoom(); err != nil {
		return err
	}
	s := d.seance
	d.desk, d.more = nil, nil
	if len(s.room.Turns) == 0 { // somebody has taken everybody off
		return d.goAgenda()
	}
	t := s.turn()
	d.out.blank()
	d.out.say("%s. %d of %d on the agenda.", refName(t.Person), s.at+1, len(s.room.Turns))
	if !slices.Contains(t.Rubric.Dimensions, s.dimension) {
		s.dimension = t.Rubric.Dimensions[0]
	}
	if s.room.Mixed() {
		d.out.say("Rubric: %s.", s.room.RubricName(t.Rubric))
	}
	if t.Blind {
		d.room = blindRoom(s.open())
		d.readBlind(t)
		return nil
	}
	d.room = turnRoom(s.open())
	if s.open() {
		d.watch.Start(s.session().ID, t.Person.ID, d.Reviewer, t.Spent, d.Now())
		d.out.say("%s", clockWords(d.spent(t), s.session().Budget()))
	}
	d.readTurn(t)
	d.hint("")
	return nil
}

// readBlind says who has placed the person and who has not, and nothing of where.
func (d *dialogue) readBlind(t calibration.Turn) {
	d.out.say("Blind: %d of %d have placed. Nobody's placement is shown before all have.", len(t.Placed), len(t.Voters))
	for i, v := range t.Voters {
		state := "not yet"
		switch done := t.On[v]; {
		case slices.Contains(t.Placed, v):
			state = "has placed"
		case len(done) > 0:
			state = fmt.Sprintf("has placed %d of %d dimensions", len(done), len(t.Rubric.Dimensions))
		}
		d.out.item(fmt.Sprintf("%d. ", i+1), v+": "+state+".")
	}
	for _, r := range t.Recusals {
		d.out.say("%s does not vote: %s.", r.Reviewer, r.Why)
	}
	d.hint("")
}

// revealed is what there is to say of the person on the dimension that is looked at.
func (s *seance) revealed() (calibration.Revealed, bool) {
	for _, r := range s.room.Reveal(s.turn().Person.ID) {
		if r.Spread.Dimension == s.dimension {
			return r, true
		}
	}
	return calibration.Revealed{}, false
}

// readTurn reads everything there is to say of the person on the dimension.
func (d *dialogue) readTurn(t calibration.Turn) {
	s := d.seance
	d.out.say("%s.", s.dimension)
	r, ok := s.revealed()
	if ok {
		d.readPlacements(r.Spread)
		if len(r.First) > 0 {
			d.out.say("First to speak: %s.", strings.Join(r.First, ", then "))
		}
	} else {
		d.out.say("Nobody has placed them on it.")
	}
	d.readDecided(t)
	d.readRecord(t)
	for _, e := range t.Events {
		if e.Kind == calibration.Reveal {
			d.out.say("Revealed early by %s: %s", e.By, e.Text)
		}
	}
	for _, other := range t.Rubric.Dimensions {
		if other != s.dimension {
			d.out.say("Beside it, %s: %s.", other, standWords(t, other))
		}
	}
	d.readDifferences(r.Differences)
}

// readPlacements reads who placed the person where, the lowest first, and what that
// comes to.
func (d *dialogue) readPlacements(row calibration.SpreadRow) {
	d.out.say("Placed: %s.", strings.Join(placedWords(row), ", "))
	d.out.say("%s.", capital(row.Words))
}

// placedWords are "Ada 3-mid" and "Ben draft 3-high", the lowest first.
func placedWords(row calibration.SpreadRow) []string {
	var words []string
	for _, p := range lowestFirst(row) {
		switch p.Stage {
		case calibration.Final:
			words = append(words, fmt.Sprintf("final by %s %s", p.Reviewer, p.Position))
		case calibration.Draft:
			words = append(words, fmt.Sprintf("%s draft %s", p.Reviewer, p.Position))
		default:
			words = append(words, p.Reviewer+" "+p.Position)
		}
	}
	return words
}

// lowestFirst are the placements that are shown: what everybody thinks, then finals.
func lowestFirst(row calibration.SpreadRow) []calibration.Placement {
	shown := slices.DeleteFunc(slices.Clone(row.Placements), func(p calibration.Placement) bool { return !p.Measured && p.Stage != calibration.Final })
	slices.SortStableFunc(shown, func(a, b calibration.Placement) int {
		if (a.Stage == calibration.Final) != (b.Stage == calibration.Final) {
			return a.Stage.Rank() - b.Stage.Rank()
		}
		return a.Ordinal - b.Ordinal
	})
	return shown
}

// readDecided reads what was decided on the dimension.
func (d *dialogue) readDecided(t calibration.Turn) {
	final, ok := t.Finals[d.seance.dimension]
	if !ok {
		d.out.say("Not decided.")
		return
	}
	words := "Decided: " + positionWords(t.Rubric, final.Position)
	if draft, drafted := t.Drafts[d.seance.dimension]; drafted && draft.Position != final.Position {
		words += fmt.Sprintf("; not as drafted, %s, because: %s", draft.Position, orNone(string(final.Change)))
	}
	d.out.say("%s.", words)
	d.out.block("", "Rationale:", final.Rationale)
}

// readRecord reads what was said and agreed besides the positions.
func (d *dialogue) readRecord(t calibration.Turn) {
	begun := false
	for _, e := range t.Events {
		words, ok := e.Words()
		if !ok {
			continue
		}
		if !begun {
			d.out.say("On record:")
			begun = true
		}
		d.out.item("- ", capital(words))
	}
}

// readDifferences reads the statements that were marked differently, and by whom: at once
// those that one saw and another did not.
func (d *dialogue) readDifferences(all []calibration.Difference) {
	if len(all) == 0 {
		return
	}
	contested := 0
	for _, difference := range all {
		if difference.Contested() {
			contested++
		}
	}
	d.out.say("Marked differently: %s, %d of them seen by one and not by another.", count(len(all), "statement", "statements"), contested)
	d.listFrom(len(all), contested, func(i int) {
		s := all[i].Statement
		d.out.item("- ", fmt.Sprintf("%s, %s %d: %s", s.Position.Key, s.Section.Title(), s.Number, s.Text))
		var who []string
		for _, part := range []struct {
			words string
			names []string
		}{{"Seen by ", all[i].Seen}, {"Not seen by ", all[i].NotSeen}, {"No mark by ", all[i].Blank}} {
			if len(part.names) > 0 {
				who = append(who, part.words+strings.Join(part.names, ", ")+".")
			}
		}
		d.out.item("  ", strings.Join(who, " "))
	})
}

// turnDimension looks at another dimension of the same person.
func (d *dialogue) turnDimension(name string) error {
	under := d.seance.turn().Rubric
	dims := under.Dimensions
	next := dims[(slices.Index(dims, d.seance.dimension)+1)%len(dims)]
	if name != "" {
		var err error
		if next, err = under.Dimension(name); err != nil {
			return err
		}
	}
	d.seance.dimension = next
	return d.goTurnAgain()
}

// discuss reads the two bands in question.
func (d *dialogue) discuss(string) error {
	s := d.seance
	r, ok := s.revealed()
	if !ok || r.Spread.Lowest == nil {
		return fmt.Errorf("nobody has placed them on %s, so no band is in question", s.dimension)
	}
	joint := s.room.Joint(s.turn().Person.ID, d.Reviewer)
	joint.Dimension = s.dimension
	d.out.say("%s. %s. The marks are those of most.", s.dimension, capital(r.Spread.Words))
	for _, band := range s.room.InQuestion(r) {
		why := capital(band.Why)
		if why == "" {
			why = "Placed here: " + strings.Join(band.Reviewers, ", ") + "."
		}
		d.out.blank()
		d.out.say("%s, %s. %s", band.Position.Key, band.Position.Title(), why)
		d.readStatements(r.Rubric, joint, band.Position, false)
	}
	return nil
}

// turnReasons reads what everybody wrote on the dimension.
func (d *dialogue) turnReasons(string) error {
	r, ok := d.seance.revealed()
	if !ok {
		return fmt.Errorf("nobody has placed them on %s", d.seance.dimension)
	}
	p := d.seance.turn().Person
	return d.readReasons(p.Name+", "+d.seance.dimension+". "+capital(r.Spread.Words), reasonsOf(p.ID, r.Spread))
}

// reason is a decision whose reason is to be read.
type reason struct{ person, decision string }

func reasonsOf(person string, row calibration.SpreadRow) []reason {
	var all []reason
	for _, p := range lowestFirst(row) {
		all = append(all, reason{person, p.Decision})
	}
	return all
}

// readReasons reads decisions one after the other, with all that was written.
func (d *dialogue) readReasons(title string, wanted []reason) error {
	type told struct {
		person calibration.Person
		made   calibration.Decision
	}
	people, err := d.Store.People()
	if err != nil {
		return err
	}
	var all []told
	for _, w := range wanted {
		decisions, err := d.Store.DecisionsOf(w.person)
		if err != nil {
			return err
		}
		p := calibration.Person{ID: w.person, Name: w.person}
		if i := slices.IndexFunc(people, func(o calibration.Person) bool { return o.ID == w.person }); i >= 0 {
			p = people[i]
		}
		for _, made := range decisions {
			if made.ID == w.decision {
				all = append(all, told{p, made})
			}
		}
	}
	sessions, err := d.Store.Sessions()
	if err != nil {
		return err
	}
	d.out.blank()
	d.out.say("%s.", title)
	if len(all) == 0 {
		d.out.say("There is no decision to read.")
		return nil
	}
	several := slices.ContainsFunc(all, func(t told) bool { return t.person.ID != all[0].person.ID })
	d.list(len(all), func(i int) {
		r, err := d.Store.Rubric(all[i].made.Rubric)
		if err != nil {
			d.out.sentence(err)
			return
		}
		if several {
			d.out.say("%s:", personName(all[i].person))
		}
		d.readDecision(i+1, all[i].person, all[i].made, r, sessions, false)
	})
	return nil
}

// sessionOf is what a session is called.
func (d *dialogue) sessionOf(id string) string {
	if d.seance != nil && d.seance.session().ID == id {
		return d.seance.session().Name
	}
	return sessionName(d.desk.sessions, id)
}
