package cli

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"calibrate/calibration"
	"calibrate/rubric"
)

// setup is the flags that say how a session is held.
type setup struct {
	people, teams []string
	all           bool
	order         string
	seed          uint64
	minutes       int
	facilitator   string
	panel         []string
	recusals      []string
	noDefaults    bool
	rubricOf      []string
}

func (f *setup) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Func("person", "the person with the `ID` or exact name is on the agenda; may be repeated", func(who string) error {
		f.people = append(f.people, who)
		return nil
	})
	flags.Func("people", "several `PEOPLE`, with commas between them: 0042,0043; may be repeated", func(list string) error {
		for who := range strings.SplitSeq(list, ",") {
			f.people = append(f.people, strings.TrimSpace(who))
		}
		return nil
	})
	flags.StringArrayVar(&f.teams, "team", nil, "everybody of the `TEAM` is on the agenda; may be repeated")
	flags.BoolVar(&f.all, "all", false, "everybody in the list of people is on the agenda")
	flags.StringVar(&f.order, "order", "", "`ORDER` of the agenda: "+strings.Join(words(calibration.Orders()), ", ")+"\n(without: listed)")
	flags.Uint64Var(&f.seed, "seed", 0, "`NUMBER` that a random order is drawn by; without, one is drawn and told")
	flags.IntVar(&f.minutes, "minutes", 0, "the time for the whole agenda, as a `NUMBER` of minutes; 0 is no limit")
	flags.StringVar(&f.facilitator, "facilitator", "", "`NAME` of who leads the session\n(without: the reviewer)")
	flags.StringArrayVar(&f.panel, "panel", nil, "`NAME` of a reviewer who votes, or NAME=ID with their own id among the people; may be repeated")
	flags.StringArrayVar(&f.recusals, "recuse", nil, "“`REVIEWER: PERSON: WHY`”: they do not vote on the person; may be repeated")
	flags.StringArrayVar(&f.rubricOf, "rubric-of", nil, "“`PERSON=RUBRIC`”: the person is placed under it, whatever their role; may be repeated")
	flags.BoolVar(&f.noDefaults, "no-default-recusals", false, "let panellists vote on themselves, on those they manage, and on their own manager")
}

func (f setup) check(cmd *cobra.Command) error {
	order := strings.ToLower(f.order)
	if err := oneOf(cmd, "order", order, append(words(calibration.Orders()), "")...); err != nil {
		return err
	}
	if cmd.Flags().Changed("seed") && order != string(calibration.RandomOrder) {
		return wrongUsage(cmd, "--seed is for --order random")
	}
	return nil
}

// namesPeople reports whether the flags say who is on the agenda.
func (f setup) namesPeople() bool { return f.all || len(f.people)+len(f.teams) > 0 }

// agenda lists the ids of those who are named: people in the order of the flags, then
// teams, each person once.
func (f setup) agenda(n names) ([]string, error) {
	var on []string
	add := func(id string) {
		if !slices.Contains(on, id) {
			on = append(on, id)
		}
	}
	for _, who := range f.people {
		p, err := calibration.FindPerson(n.people, who)
		if err != nil {
			return nil, err
		}
		add(p.ID)
	}
	teams, err := calibration.Basis{People: n.people, Rubric: new(rubric.Rubric)}.Resolve(calibration.Filter{Teams: f.teams})
	if err != nil {
		return nil, err
	}
	for _, p := range n.people {
		if f.all || slices.Contains(teams.Teams, p.Team) {
			add(p.ID)
		}
	}
	if len(on) == 0 {
		return nil, fmt.Errorf("nobody is in the list of people yet; “calibrate people add --name NAME” adds somebody")
	}
	return on, nil
}

// panellists are those who are named as NAME or NAME=ID.
func panellists(named []string, people []calibration.Person) ([]calibration.Panellist, error) {
	var panel []calibration.Panellist
	for _, text := range named {
		name, id, isPerson := strings.Cut(text, "=")
		p := calibration.Panellist{Reviewer: strings.TrimSpace(name), Person: strings.TrimSpace(id)}
		if isPerson {
			if !slices.ContainsFunc(people, func(known calibration.Person) bool { return known.ID == p.Person }) {
				return nil, fmt.Errorf("--panel %q: nobody has the id %q; write the name alone where they are not in the list of people", text, p.Person)
			}
		}
		panel = append(panel, p)
	}
	return panel, nil
}

// recusal reads “REVIEWER: PERSON: WHY”.
func (n names) recusal(text string, of calibration.Session) (calibration.Recusal, error) {
	parts := strings.SplitN(text, ":", 3)
	if len(parts) < 3 || strings.TrimSpace(parts[2]) == "" {
		return calibration.Recusal{}, fmt.Errorf("--recuse %q is not “REVIEWER: PERSON: WHY”", text)
	}
	return n.recuse(of, strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1]), parts[2])
}

// recuse says that one on a session's panel does not vote on one on its agenda.
func (n names) recuse(of calibration.Session, reviewer, who, why string) (r calibration.Recusal, err error) {
	r = calibration.Recusal{Reviewer: reviewer, Why: strings.TrimSpace(why)}
	if err := onPanel(of, reviewer); err != nil {
		return r, err
	}
	r.Person, err = n.onAgenda(of, who)
	return r, err
}

func onPanel(of calibration.Session, reviewer string) error {
	var voters []string
	for _, p := range of.Panel {
		if p.Reviewer == reviewer {
			return nil
		}
		voters = append(voters, p.Reviewer)
	}
	return &calibration.UnknownError{What: "panellist", Name: reviewer, Nearest: rubric.Nearest(reviewer, voters)}
}

// onAgenda finds a person of a session by id or name.
func (n names) onAgenda(of calibration.Session, who string) (id string, err error) {
	p, err := calibration.FindPerson(n.people, who)
	switch {
	case slices.Contains(of.People, who): // also one whom the list of people does not have
		return who, nil
	case err != nil:
		return "", err
	case !slices.Contains(of.People, p.ID):
		return "", fmt.Errorf("%s is not on the agenda of the session %q", p.Name, of.Name)
	}
	return p.ID, nil
}

// withRecusal adds a recusal in the place of one of the same two.
func withRecusal(all []calibration.Recusal, r calibration.Recusal) []calibration.Recusal {
	return append(withoutRecusal(all, r.Reviewer, r.Person), r)
}

func withoutRecusal(all []calibration.Recusal, reviewer, person string) []calibration.Recusal {
	return slices.DeleteFunc(slices.Clone(all), func(r calibration.Recusal) bool { return r.Reviewer == reviewer && r.Person == person })
}

// drawSeed is a seed that somebody can note down.
func (s *shell) drawSeed() (uint64, error) {
	from := s.Entropy
	if from == nil {
		from = rand.Reader
	}
	var n uint32
	if err := binary.Read(from, binary.LittleEndian, &n); err != nil {
		return 0, fmt.Errorf("drawing a seed: %w", err)
	}
	return uint64(n%999_999) + 1, nil
}
