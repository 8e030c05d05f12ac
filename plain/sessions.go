package plain

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"calibrate/calibration"
	"calibrate/rubric"
)

// sessionsRoom lists the sessions, the one opened last first.
func sessionsRoom() room {
	return room{
		name: "Sessions",
		hint: "A number from the list or a name opens the room of a session; “new” makes a session, “back” goes to the people",
		other: &command{args: "NUMBER, NAME or ID", does: "open the room of that session",
			run: (*dialogue).openSessionOrMistake},
		mistake: "is no command, and no session's name",
		commands: []command{
			{[]string{"open"}, "NUMBER, NAME or ID", "the same, for a name that is a command too", (*dialogue).openSession},
			{[]string{"list", "l"}, "", "read the list of sessions", func(d *dialogue, _ string) error { return d.listSessions() }},
			{[]string{"new", "n"}, "", "make a session: its name, who votes, how much time there is, who is on the agenda", (*dialogue).newSession},
			{[]string{"back", "people"}, "", "back to the list of people", func(d *dialogue, _ string) error { return d.leaveForPeople() }},
		},
	}
}

// goSessions goes to the list of sessions, or into the one that is named.
func (d *dialogue) goSessions(which string) error {
	if which != "" {
		return d.openSession(which)
	}
	d.seance, d.desk, d.room, d.more = nil, nil, sessionsRoom(), nil
	return d.listSessions()
}

// sessions are those that there are, the one opened last first: the list's numbers.
func (d *dialogue) sessions() ([]calibration.Session, error) {
	all, err := d.Store.Sessions()
	if err != nil {
		return nil, err
	}
	all = slices.Clone(all)
	slices.Reverse(all)
	return all, nil
}

func (d *dialogue) listSessions() error {
	all, err := d.sessions()
	if err != nil {
		return err
	}
	d.out.blank()
	if len(all) == 0 {
		d.out.say("There is no session yet. “new” makes one: a name, who votes, and how much time there is.")
		return nil
	}
	d.out.say("%s, the latest first:", count(len(all), "session", "sessions"))
	d.list(len(all), func(i int) { d.out.item(fmt.Sprintf("%d. ", i+1), d.sessionWords(all[i])) })
	d.hint("")
	return nil
}

// sessionWords are "Spring 2026. Open since 2026-03-02. 3 people, 3 on the panel."
func (d *dialogue) sessionWords(s calibration.Session) string {
	state := "Open since " + d.day(s.OpenedAt)
	if s.State == calibration.Finalised {
		state = "Finalised on " + d.day(s.FinalisedAt)
	}
	return fmt.Sprintf("%s. %s. %s, %d on the panel.", s.Name, state, count(len(s.People), "person", "people"), len(s.Panel))
}

func (d *dialogue) day(t time.Time) string { return t.In(d.Now().Location()).Format(time.DateOnly) }

// openSession goes into the room of a session.
func (d *dialogue) openSession(which string) error {
	if which == "" {
		return errors.New("“open” needs a number from the list, a name or an id")
	}
	s, err := d.findSession(which)
	if err != nil {
		return err
	}
	return d.enterRoom(s)
}

// openSessionOrMistake takes a line that begins with no command.
func (d *dialogue) openSessionOrMistake(which string) error {
	err := d.openSession(which)
	var unknown *calibration.UnknownError
	if errors.As(err, &unknown) && len(unknown.Nearest) == 0 {
		return d.unknown(which)
	}
	return err
}

// findSession finds the session that a number of the list, a name or an id stands for.
func (d *dialogue) findSession(which string) (calibration.Session, error) {
	all, err := d.sessions()
	if err != nil {
		return calibration.Session{}, err
	}
	s, err := calibration.FindSession(all, which)
	n, notNumber := strconv.Atoi(which)
	switch {
	case err == nil || notNumber != nil:
		return s, err
	case n < 1 || n > len(all):
		return s, fmt.Errorf("there is no number %d in the list of sessions; there is %s", n, span(len(all)))
	}
	return all[n-1], nil
}

// newSession asks for how a session is set up, and goes into its room.
func (d *dialogue) newSession(string) error {
	s, err := d.askSession(calibration.Session{Facilitator: d.Reviewer, Rubric: d.Rubric.Hash()})
	if err != nil {
		return err
	}
	if s.People, err = d.askAgenda(); err != nil {
		return err
	}
	kept, err := d.putSession(calibration.Session{}, s)
	if err != nil {
		return err
	}
	return d.enterRoom(kept)
}

// askSession asks for what can be changed of a session. Enter keeps what there is.
func (d *dialogue) askSession(s calibration.Session) (calibration.Session, error) {
	before, minutes := s, ""
	var panel, orders []string
	for _, p := range s.Panel {
		panel = append(panel, p.Reviewer)
	}
	for _, o := range calibration.Orders() {
		orders = append(orders, string(o))
	}
	if s.Minutes > 0 {
		minutes = strconv.Itoa(s.Minutes)
	}
	for _, q := range []struct {
		text, now string
		take      func(string) error
	}{
		{"Name, such as Spring 2026.", s.Name, func(v string) error {
			s.Name = v
			if v == "" {
				return errors.New("a session needs a name")
			}
			return d.nameIsFree(s)
		}},
		{"Facilitator.", s.Facilitator, func(v string) error { s.Facilitator = v; return nil }},
		{"Panel: who votes blind. Names, with commas between them. Nobody: nothing is blind.", strings.Join(panel, ", "), func(v string) error {
			s.Panel = calibration.ReadPanel(v, before.Panel)
			return nil
		}},
		{"Minutes for everybody together. 0: no limit.", minutes, func(v string) (err error) {
			s.Minutes, err = calibration.ReadMinutes(v)
			return err
		}},
		{"Order of the agenda: " + strings.Join(orders, ", ") + ".", cmp.Or(string(s.Order), orders[0]), func(v string) error {
			if v == "" {
				v = orders[0]
			}
			i, err := oneOf("order", orders, v)
			if err == nil {
				s.Order = calibration.Orders()[i]
			}
			return err
		}},
	} {
		err := d.askKeeping(q.text, q.now, func(answer string) error {
			if err := q.take(answer); err != nil {
				return err
			}
			s.State = calibration.Open
			probe := s
			if probe.Name == "" {
				probe.Name = "-"
			}
			return probe.Validate()
		})
		if err != nil {
			return s, err
		}
	}
	return s, nil
}

// askKeeping asks for what stands in a field; Enter keeps what there is, - empties it.
func (d *dialogue) askKeeping(text, now string, take func(string) error) error {
	keeps := "Enter leaves it empty;"
	if now != "" {
		keeps = "Now: " + now + ". Enter keeps it, - empties it;"
	}
	return d.askFor(text+" "+keeps, func(answer string) error {
		switch answer {
		case "":
			answer = now
		case "-":
			answer = ""
		}
		return take(answer)
	})
}

// nameIsFree refuses a name that another session has.
func (d *dialogue) nameIsFree(s calibration.Session) error {
	all, err := d.Store.Sessions()
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.ID != s.ID && strings.EqualFold(other.Name, s.Name) {
			return fmt.Errorf("there is a session “%s” already; choose another name", other.Name)
		}
	}
	return nil
}

// askAgenda asks who is to be placed: everybody, a team, or those who are named.
func (d *dialogue) askAgenda() (ids []string, err error) {
	people, err := d.Store.People()
	if err != nil {
		return nil, err
	}
	d.people = d.shown(people)
	if len(d.people) == 0 {
		return nil, errors.New("nobody is in the list of people yet; a session needs somebody to place. “back”, then “add”, adds the first")
	}
	return ids, d.askFor("Who is on the agenda? Enter takes everybody in the list of people; a team takes that team; or numbers of that list, names and ids, with commas between them.",
		func(answer string) error {
			ids, err = d.agendaOf(answer)
			return err
		})
}

func (d *dialogue) agendaOf(answer string) (ids []string, err error) {
	for _, p := range d.people {
		if answer == "" || strings.EqualFold(p.Team, answer) {
			ids = append(ids, p.ID)
		}
	}
	if len(ids) > 0 {
		return ids, nil
	}
	for who := range strings.SplitSeq(answer, ",") {
		if who = strings.TrimSpace(who); who == "" {
			continue
		}
		p, err := d.choose(who)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, p.ID) {
			ids = append(ids, p.ID)
		}
	}
	if len(ids) == 0 {
		return nil, errors.New("nobody would be on the agenda")
	}
	return ids, nil
}

// putSession sets a session up and writes it down.
func (d *dialogue) putSession(before, s calibration.Session) (calibration.Session, error) {
	people, err := d.Store.People()
	if err != nil {
		return s, err
	}
	own, err := d.rubricUnder(s)
	if err != nil {
		return s, err
	}
	s, rubrics := before.SetUp(s, people, own, d.byTheirRole)
	for _, r := range rubrics {
		if err := d.Store.PutRubric(r); err != nil {
			return s, err
		}
	}
	s, arrange := before.Ordered(s, calibration.WarmupSeed(d.Now()))
	if arrange {
		if s.People, err = d.Store.Arrange(s, own); err != nil {
			return s, err
		}
	}
	kept, err := d.Store.PutSession(s)
	var shows *calibration.ShowsError
	switch {
	case errors.As(err, &shows):
		return kept, fmt.Errorf("not changed: it would show what was said of %s before all have placed; “reveal” in their turn does so, with a reason", shows.Names(people))
	case err != nil:
		return kept, err
	}
	d.out.say("Saved: %s. %s on the agenda, %s.", kept.Name, count(len(kept.People), "person", "people"), count(len(kept.Recusals), "recusal", "recusals"))
	if n := len(kept.RubricsInUse()); n > 1 {
		d.out.say("They are placed under %d rubrics, each under that of their role.", n)
	}
	if len(kept.Panel) > 0 {
		d.out.say("Who manages a person, reports to them, or is them, does not vote on them.")
	}
	return kept, nil
}

// byTheirRole is the rubric that somebody comes onto an agenda under.
func (d *dialogue) byTheirRole(p calibration.Person) *rubric.Rubric {
	if d.ByRole != nil {
		return d.ByRole(p)
	}
	return d.rubricOf(p)
}
