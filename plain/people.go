package plain

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"calibrate/calibration"
	"calibrate/internal/clean"
)

// peopleRoom is home: who is to be rated and how far each is.
func peopleRoom() room {
	return room{
		name: "People",
		hint: "A number from the list or a name walks the rubric for that person; “list” reads the list, “add” adds a person, “help” lists everything",
		other: &command{args: "NUMBER, NAME or ID", does: "walk the rubric for that person",
			run: (*dialogue).walkOrMistake},
		mistake: "is no command, and nobody's name",
		commands: []command{
			{[]string{"walk"}, "NUMBER, NAME or ID", "the same, for a name that is a command too", (*dialogue).walkPerson},
			{[]string{"list", "l"}, "", "read the list of people", func(d *dialogue, _ string) error { return d.listPeople("") }},
			{[]string{"find", "/"}, "WORDS", "read those whose name, team, id or manager has the words", (*dialogue).findPeople},
			{[]string{"add", "new", "n"}, "[NAME]", "add a person", (*dialogue).addPerson},
			{[]string{"decisions", "p"}, "NUMBER, NAME or ID", "read all decisions ever made about that person", (*dialogue).readDecisionsOf},
			{[]string{"resume", "r"}, "", "go on with the walk that was worked on last", (*dialogue).resume},
			{[]string{"sessions", "s", "session"}, "[NUMBER or NAME]", "the sessions that there are, or the room of one", (*dialogue).goSessions},
			{[]string{"compare", "c"}, "[VIEW]", "what the decisions say next to each other: spread, shift, distribution, agreement and more", func(d *dialogue, view string) error { return d.enterCompare(view, "", (*dialogue).leaveForPeople) }},
			{[]string{"warmup", "w"}, "[NAME, NAME …]", "place the rubric's own examples without their band, alone or in turn, and see how far off you are", (*dialogue).enterWarmup},
		},
	}
}

// enterPeople goes home.
func (d *dialogue) enterPeople() error {
	people, err := d.Store.People()
	if err != nil {
		return err
	}
	if d.out.names.On() { // somebody may be new
		if err := d.alias(); err != nil {
			return err
		}
	}
	d.people, d.desk, d.seance, d.views, d.room, d.more = d.shown(people), nil, nil, nil, peopleRoom(), nil
	return nil
}

// listPeople reads those who match all words of the filter, with the numbers that
// they have in the whole list.
func (d *dialogue) listPeople(filter string) error {
	words := strings.Fields(strings.ToLower(filter))
	var shown []int
	for i, p := range d.people {
		if containsAll(strings.ToLower(strings.Join([]string{p.Name, p.Team, p.ID, p.Manager}, " ")), words) {
			shown = append(shown, i)
		}
	}
	d.out.blank()
	switch {
	case len(d.people) == 0:
		d.out.say("Nobody is here yet. “add” adds the first person to rate; then their number walks the rubric for them, band by band.")
		return nil
	case len(shown) == 0:
		return fmt.Errorf("nobody matches “%s”; “list” reads everybody", clean.Line(filter))
	case filter != "":
		d.out.say("%s with “%s”:", count(len(shown), "person", "people"), clean.Line(filter))
	default:
		d.out.say("%s:", count(len(shown), "person", "people"))
	}
	begun, err := d.begun()
	if err != nil {
		return err
	}
	d.list(len(shown), func(i int) { d.readPerson(shown[i], begun) })
	d.hint("")
	return nil
}

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// begun are this reviewer's walks in the session, by person.
func (d *dialogue) begun() (map[string]calibration.Walk, error) {
	walks, err := d.Store.Walks()
	if err != nil {
		return nil, err
	}
	begun := map[string]calibration.Walk{}
	for _, w := range walks {
		if w.Reviewer == d.Reviewer && w.Session == d.Session {
			begun[w.Person] = w
		}
	}
	return begun, nil
}

// readPerson reads one entry of the list.
func (d *dialogue) readPerson(i int, begun map[string]calibration.Walk) {
	p := d.people[i]
	text := clean.Line(p.Name)
	if p.Team != "" {
		text += ", " + clean.Line(p.Team)
	}
	if d.namesakes(p) > 1 {
		text += ", id " + clean.Line(p.ID)
	}
	text += ". "
	decisions, err := d.Store.DecisionsOf(p.ID)
	if err != nil {
		text += clean.Line(fmt.Sprintf("Their decisions cannot be read: %v.", err))
	} else {
		text += d.standing(p, decisions)
	}
	if _, ok := begun[p.ID]; ok {
		text += " Walk begun."
	}
	d.out.item(strconv.Itoa(i+1)+". ", text)
}

func (d *dialogue) namesakes(p calibration.Person) int {
	n := 0
	for _, o := range d.people {
		if o.Name == p.Name {
			n++
		}
	}
	return n
}

// standing says how far a person is on each dimension, and where the last session
// left them on one that is not decided yet.
func (d *dialogue) standing(p calibration.Person, decisions []calibration.Decision) string {
	standings := calibration.Standings(decisions, d.Session)
	var parts []string
	begun := false
	for _, name := range d.rubricOf(p).Dimensions {
		st, past := standings[name], calibration.EarlierOn(decisions, nil, name, d.Session)
		text := "nothing yet."
		switch {
		case st.Stage != "":
			text = fmt.Sprintf("%s %s.", st.Stage, st.Decision.Position)
		case len(past) > 0:
			text = fmt.Sprintf("nothing yet, %s last time.", past[0].Decision.Position)
		}
		begun = begun || text != "nothing yet."
		parts = append(parts, clean.Line(name+": "+text))
	}
	if !begun {
		return "Nothing decided yet."
	}
	return strings.Join(parts, " ")
}

func (d *dialogue) findPeople(words string) error {
	if words == "" {
		return errors.New("“find” needs words to look for, such as “find platform”")
	}
	return d.listPeople(words)
}

// choose finds the person whom a number of the list, a name or an id stands for.
func (d *dialogue) choose(who string) (calibration.Person, error) {
	byID, err := calibration.FindPerson(d.people, who)
	n, notNumber := strconv.Atoi(who)
	if notNumber != nil || strconv.Itoa(n) != who { // "0042" is an id
		if err == nil {
			return byID, nil
		}
		same := slices.IndexFunc(d.people, func(p calibration.Person) bool { return strings.EqualFold(p.Name, who) })
		var unknown *calibration.UnknownError
		if errors.As(err, &unknown) && same >= 0 {
			return calibration.FindPerson(d.people, d.people[same].Name)
		}
		return calibration.Person{}, err
	}
	switch {
	case n < 1 || n > len(d.people):
		if err == nil {
			return byID, nil
		}
		return calibration.Person{}, fmt.Errorf("there is no number %d in the list; it has %s", n, span(len(d.people)))
	case err == nil && byID.ID != d.people[n-1].ID:
		return calibration.Person{}, fmt.Errorf("%d is the number of %s, and the id of %s; type the name", n, clean.Line(d.people[n-1].Name), clean.Line(byID.Name))
	}
	return d.people[n-1], nil
}

// walkPerson opens the walk on a person.
func (d *dialogue) walkPerson(who string) error {
	if who == "" {
		return errors.New("“walk” needs a number from the list, a name or an id")
	}
	p, err := d.choose(who)
	if err != nil {
		return err
	}
	return d.enterWalk(p, d.drafting(p))
}

// walkOrMistake takes a line that begins with no command. What is near nobody's name
// may be a mistyped command.
func (d *dialogue) walkOrMistake(who string) error {
	err := d.walkPerson(who)
	var nobody *calibration.UnknownError
	if errors.As(err, &nobody) && len(nobody.Nearest) == 0 {
		return d.unknown(who)
	}
	return err
}

// resume opens the walk that was written down last.
func (d *dialogue) resume(string) error {
	begun, err := d.begun()
	if err != nil {
		return err
	}
	var last calibration.Walk
	for _, p := range d.people {
		if w, ok := begun[p.ID]; ok && (last.Person == "" || w.SavedAt.After(last.SavedAt)) {
			last = w
		}
	}
	if last.Person == "" {
		return errors.New("no walk is begun; a number from the list or a name begins one")
	}
	return d.walkPerson(last.Person)
}

// count says how many: "1 person", "2 people".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// span says which numbers a list has.
func span(n int) string {
	switch n {
	case 0:
		return "none"
	case 1:
		return "only 1"
	}
	return fmt.Sprintf("1 to %d", n)
}
