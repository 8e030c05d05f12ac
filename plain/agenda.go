package plain

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"calibrate/calibration"
	"calibrate/rubric"
)

// seance is the session whose room is open, as it stood when it was read last.
type seance struct {
	room      *calibration.Room
	at        int                 // whose turn is looked at, on the agenda
	dimension string              // that is looked at
	failed    []calibration.Event // what could not be put on record; “again” tries once more
}

func (s *seance) session() calibration.Session { return s.room.Session }
func (s *seance) open() bool                   { return s.session().State == calibration.Open }
func (s *seance) turn() calibration.Turn       { return s.room.Turns[s.at] }

// agendaRoom is a session's: who is on the agenda and how far each is.
func agendaRoom(open bool) room {
	r := room{
		name: "Session",
		hint: "Enter goes to whose turn it is, a number or a name to anybody; “over” looks over it before the end, “help” lists everything",
		other: &command{args: "NUMBER, NAME or ID", does: "go to that person's turn",
			run: (*dialogue).goTurnOrMistake},
		mistake: "is no command, and nobody on the agenda",
		commands: []command{
			{[]string{"turn"}, "NUMBER, NAME or ID", "the same, for a name that is a command too", (*dialogue).goTurn},
			{[]string{"resume", "r"}, "", "the same", (*dialogue).resumeAgenda},
			{[]string{"agenda", "list", "l"}, "", "read the agenda", func(d *dialogue, _ string) error { return d.readAgenda() }},
			{[]string{"over", "o"}, "", "look over: what to look at again before the end", (*dialogue).lookOver},
			{[]string{"airtime", "t"}, "", "how long was spoken about whom", (*dialogue).readAirtime},
			{[]string{"compare", "c"}, "[VIEW]", "what the decisions of this session say next to each other", (*dialogue).compareSession},
			{[]string{"warmup", "w"}, "", "before the session, place the rubric's own examples together", (*dialogue).warmUpPanel},
		},
		enters: "go to whose turn it is",
		enter:  (*dialogue).resumeAgenda,
	}
	if open {
		r.commands = append(r.commands,
			command{[]string{"add", "a"}, "[NUMBER, NAME or ID]", "put somebody of the list of people on the agenda", (*dialogue).addToAgenda},
			command{[]string{"change", "e"}, "", "change the name, the panel, the time or the order", (*dialogue).changeSession},
			command{[]string{"finalise", "finalize", "f"}, "", "lock the session; asks first", (*dialogue).finalise})
	} else {
		r.commands = append(r.commands, command{[]string{"reopen", "f"}, "[REASON]", "let it take decisions again, for a reason", (*dialogue).reopen})
	}
	r.commands = append(r.commands, command{[]string{"back", "sessions"}, "", "back to the sessions", (*dialogue).leaveRoom})
	return r
}

// enterRoom opens the room of a session where it was left.
func (d *dialogue) enterRoom(s calibration.Session) error {
	d.desk = nil
	d.seance = &seance{room: &calibration.Room{Session: s}}
	if err := d.readRoom(); err != nil {
		d.seance = nil
		return err
	}
	d.seance.at = d.seance.room.Resume()
	return d.readAgenda()
}

// readRoom reads the session anew, and stays at the person it was at.
func (d *dialogue) readRoom() error {
	s := d.seance
	under, err := d.rubricUnder(s.session())
	if err != nil {
		return err
	}
	now, err := d.Store.Room(s.session().ID, under)
	if err != nil {
		return fmt.Errorf("the session could not be read: %w", err)
	}
	for i, t := range now.Turns {
		now.Turns[i].Person.Name = d.out.names.Called(t.Person.ID, t.Person.Name)
	}
	if s.at < len(s.room.Turns) {
		id := s.turn().Person.ID
		s.at = max(0, slices.IndexFunc(now.Turns, func(t calibration.Turn) bool { return t.Person.ID == id }))
	}
	s.room = now
	return nil
}

// rubricUnder is the rubric that a session is held under.
func (d *dialogue) rubricUnder(s calibration.Session) (*rubric.Rubric, error) {
	if s.Rubric == "" || s.Rubric == d.Rubric.Hash() {
		return d.Rubric, nil
	}
	r, err := d.Store.Rubric(s.Rubric)
	if err != nil {
		return nil, fmt.Errorf("the rubric of the session “%s” is needed: %w", s.Name, err)
	}
	return r, nil
}

func (d *dialogue) leaveRoom(string) error { return d.goSessions("") }

// goAgenda goes to the session and says how far it is. Who comes back has heard the
// agenda.
func (d *dialogue) goAgenda() error {
	s, err := d.backToAgenda()
	if err != nil {
		return err
	}
	n := s.room.Totals()
	d.out.say("Session: %s, %s. %d of %d decided. %s “list” reads the agenda.", s.session().Name, s.session().State, n.Decided, n.People, d.agendaClock())
	d.readNext()
	d.hint("")
	return nil
}

// readAgenda goes to the session and reads it as it stands.
func (d *dialogue) readAgenda() error {
	s, err := d.backToAgenda()
	if err != nil {
		return err
	}
	n := s.room.Totals()
	d.out.say("Session: %s, %s. %d of %d decided. %s", s.session().Name, s.session().State, n.Decided, n.People, d.whoIsThere())
	d.out.say("%s", d.agendaClock())
	if len(s.room.Turns) == 0 {
		words := "Nobody is on the agenda."
		if d.seance.open() {
			words += " “add” puts somebody of the list of people on it."
		}
		d.out.say("%s", words)
		return nil
	}
	d.out.say("Agenda:")
	d.list(len(s.room.Turns), func(i int) { d.out.item(fmt.Sprintf("%d. ", i+1), d.turnWords(s.room.Turns[i])) })
	d.readNext()
	d.hint("")
	return nil
}

// backToAgenda reads the session anew, with its agenda as the room.
func (d *dialogue) backToAgenda() (*seance, error) {
	if err := d.readRoom(); err != nil {
		return nil, err
	}
	d.desk, d.room, d.more = nil, agendaRoom(d.seance.open()), nil
	d.out.blank()
	return d.seance, nil
}

// readNext says whose turn it is.
func (d *dialogue) readNext() {
	room := d.seance.room
	switch at := room.Resume(); {
	case !d.seance.open() || len(room.Turns) == 0:
	case room.Undecided() == 0:
		d.out.say("Everybody is decided. “over” looks over it, “finalise” locks it.")
	default:
		d.out.say("Next: %d, %s.", at+1, room.Turns[at].Person.Name)
	}
}

func (d *dialogue) whoIsThere() string {
	s := d.seance.session()
	words := ""
	if s.Facilitator != "" {
		words = "Facilitator: " + s.Facilitator + ". "
	}
	if len(s.Panel) == 0 {
		return words + "No panel: nobody votes, nothing is blind."
	}
	return words + "Panel: " + strings.Join(d.panel(), ", ") + "."
}

func (d *dialogue) panel() []string {
	var names []string
	for _, p := range d.seance.session().Panel {
		names = append(names, p.Reviewer)
	}
	return names
}

// agendaClock says how much time is left for everybody, or was spent.
func (d *dialogue) agendaClock() string {
	s, spent := d.seance, time.Duration(0)
	for _, t := range s.room.Turns {
		spent += d.spent(t)
	}
	if !s.open() {
		return clockWords(spent, 0)
	}
	return clockWords(spent, time.Duration(s.session().Minutes)*time.Minute)
}

func clockWords(spent, budget time.Duration) string {
	switch left := budget - spent; {
	case budget == 0:
		return "Time spent: " + calibration.Clock(spent) + "."
	case left < 0:
		return fmt.Sprintf("Time: over by %s, of %s.", calibration.Clock(-left), calibration.Clock(budget))
	default:
		return fmt.Sprintf("Time left: %s of %s.", calibration.Clock(left), calibration.Clock(budget))
	}
}

// spent is the time on a person, with what is being counted.
func (d *dialogue) spent(t calibration.Turn) time.Duration {
	return d.watch.Spent(d.seance.session().ID, t.Person.ID, t.Spent)
}

// turnWords are one entry of the agenda: who, how they stand, and what was decided.
func (d *dialogue) turnWords(t calibration.Turn) string {
	words := refName(t.Person) + ". " + d.howItStands(t)
	if !t.Blind {
		for _, dimension := range t.Rubric.Dimensions {
			words += " " + dimension + ": " + standWords(t, dimension) + "."
		}
	}
	if spent := d.spent(t); spent > 0 {
		words += " " + calibration.Clock(spent) + " spent."
	}
	return words
}

// refName is a person's name and team.
func refName(p calibration.PersonRef) string {
	if p.Team == "" {
		return p.Name
	}
	return p.Name + ", " + p.Team
}

// howItStands says how far a person is, and how much there is to speak about.
func (d *dialogue) howItStands(t calibration.Turn) string {
	room := d.seance.room
	switch worst, apart := room.Widest(t.Person.ID); {
	case t.Blind:
		return fmt.Sprintf("Blind, %d of %d placed.", len(t.Placed), len(t.Voters))
	case room.Decided(t):
		return "Decided."
	case worst == calibration.Discuss:
		return fmt.Sprintf("Discuss, %d apart.", apart)
	case worst == calibration.TwoMinutes:
		return "Two minutes, one apart."
	case worst == calibration.NothingToDiscuss:
		return "Agreed."
	}
	return "Too few placements to compare."
}

// standWords are what was decided on a dimension, or else drafted.
func standWords(t calibration.Turn, dimension string) string {
	if final, ok := t.Finals[dimension]; ok {
		return "final " + final.Position
	}
	if draft, ok := t.Drafts[dimension]; ok {
		return "draft " + draft.Position
	}
	return "nothing yet"
}

// resumeAgenda goes to whose turn it is.
func (d *dialogue) resumeAgenda(string) error {
	if len(d.seance.room.Turns) == 0 {
		return errors.New("nobody is on the agenda")
	}
	return d.enterTurn(d.seance.room.Resume())
}

// goTurn goes to the turn of the person whom a number of the agenda, a name or an id
// stands for.
func (d *dialogue) goTurn(who string) error {
	if who == "" {
		return errors.New("“turn” needs a number from the agenda, a name or an id")
	}
	turns := d.seance.room.Turns
	var people []calibration.Person
	for _, t := range turns {
		people = append(people, personOf(t.Person))
	}
	p, err := calibration.FindPerson(people, who)
	if err != nil { // without regard to case
		if i := slices.IndexFunc(people, func(p calibration.Person) bool { return strings.EqualFold(p.Name, who) }); i >= 0 {
			p, err = calibration.FindPerson(people, people[i].Name)
		}
	}
	n, notNumber := strconv.Atoi(who)
	switch {
	case notNumber == nil && strconv.Itoa(n) == who && n >= 1 && n <= len(turns):
		if err == nil && p.ID != people[n-1].ID {
			return fmt.Errorf("%d is the number of %s, and the id of %s; type the name", n, people[n-1].Name, p.Name)
		}
		return d.enterTurn(n - 1)
	case err != nil && notNumber == nil:
		return fmt.Errorf("there is no number %d on the agenda; there is %s", n, span(len(turns)))
	case err != nil:
		return err
	}
	return d.enterTurn(slices.IndexFunc(people, func(o calibration.Person) bool { return o.ID == p.ID }))
}

func (d *dialogue) goTurnOrMistake(who string) error {
	err := d.goTurn(who)
	var unknown *calibration.UnknownError
	if errors.As(err, &unknown) && len(unknown.Nearest) == 0 {
		return d.unknown(who)
	}
	return err
}

// personOf is what working on a person needs of them.
func personOf(p calibration.PersonRef) calibration.Person {
	return calibration.Person{ID: p.ID, Name: p.Name, Team: p.Team, Manager: p.Manager}
}

func (d *dialogue) warmUpPanel(string) error {
	names := d.panel()
	if len(names) == 0 {
		names = []string{d.Reviewer}
	}
	return d.beginWarmup(d.seance.room.Rubric(), names, (*dialogue).goAgenda)
}

func (d *dialogue) compareSession(view string) error {
	return d.enterCompare(view, d.seance.session().ID, (*dialogue).goAgenda)
}

// changeSession asks how the session is set up from now on.
func (d *dialogue) changeSession(string) error {
	before := d.seance.session()
	s, err := d.askSession(before)
	if err != nil {
		return err
	}
	if _, err = d.putSession(before, s); err != nil {
		return err
	}
	return d.goAgenda()
}

// keepTime writes down the time that was counted.
func (d *dialogue) keepTime() error {
	if d.Now == nil {
		return nil
	}
	d.watch.Tick(d.Now())
	d.unspent = append(d.unspent, d.watch.Take()...)
	for len(d.unspent) > 0 {
		if _, err := d.Store.Record(d.unspent[0]); err != nil {
			return fmt.Errorf("the time spent was not written down: %w", err)
		}
		d.unspent = d.unspent[1:]
	}
	return nil
}

// stopWatch ends the time that is spent on a person.
func (d *dialogue) stopWatch() {
	if d.Now != nil {
		d.watch.Stop(d.Now())
	}
}
