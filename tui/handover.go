package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// handOver stands between two panellists: what the one has seen is gone before the
// other looks.
type handOver struct {
	env      *env // of the one who votes
	person   calibration.Person
	reviewer string
	placed   bool // already, on every dimension
	begun    bool // a walk of theirs is half done
}

func newHandOver(e *env, r *calibration.Room, t calibration.Turn, reviewer string) *handOver {
	s := &handOver{env: e.in(r, reviewer, r.Voting(t, reviewer)).on(personOf(t.Person)), person: personOf(t.Person), reviewer: reviewer}
	s.placed = len(t.On[reviewer]) == len(t.Rubric.Dimensions)
	return s
}

var handOverKeys = struct{ walk, anew, back key.Binding }{
	walk: bind("enter", "enter", "walk the rubric; only for the one who is named"),
	anew: bind("x", "x", "begin anew; what was half done is thrown away"),
	back: bind("esc", "esc", "back"),
}

func (s *handOver) Title() string { return "Hand over" }
func (s *handOver) Typing() bool  { return false }

func (s *handOver) Keys() []key.Binding {
	k := handOverKeys
	if s.begun {
		return []key.Binding{k.walk, k.anew, k.back, keyQuit}
	}
	return []key.Binding{k.walk, k.back, keyQuit}
}

// begunRead says whether a walk is half done.
type begunRead struct {
	begun bool
	err   error
}

func (s *handOver) Init() tea.Cmd {
	e, person := s.env, s.person.ID
	return func() tea.Msg {
		w, found, err := e.store.Walk(person, e.reviewer, e.session)
		return begunRead{found && len(w.Tracks) > 0, err}
	}
}

// emptied is what throwing a walk away came to.
type emptied struct{ err error }

func (s *handOver) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case begunRead:
		if msg.err != nil {
			return reply{pop: true, status: failure(fmt.Errorf("the walk could not be read: %w", msg.err))}
		}
		s.begun = msg.begun
	case emptied:
		if msg.err != nil {
			return reply{status: failure(fmt.Errorf("the walk could not be begun anew: %w", msg.err)).about(s)}
		}
		return s.walk()
	case tea.KeyMsg:
		switch keys := handOverKeys; {
		case key.Matches(msg, keys.back):
			return reply{pop: true}
		case key.Matches(msg, keys.walk):
			return s.walk()
		case s.begun && key.Matches(msg, keys.anew):
			return s.empty()
		}
	}
	return reply{}
}

func (s *handOver) walk() reply { return reply{pop: true, push: newWalk(s.env, s.person)} }

func (s *handOver) empty() reply {
	e, w := s.env, calibration.NewWalk(s.env.rubric, s.person.ID, s.reviewer, s.env.session)
	return reply{wait: true, cmd: func() tea.Msg { return emptied{e.store.SaveWalk(w, e.rubric)} }}
}

func (s *handOver) View(w, h int) string {
	t := s.env.theme
	name := line(s.reviewer)
	rows := []string{
		fit(s.env.who(s.person), w), t.rule(t.title.paint("Hand over"), "", w), "",
		" The laptop is for " + t.title.paint(name) + " now. Nobody else looks.", "",
	}
	switch {
	case s.placed:
		rows = append(rows, "   "+t.faint.paint(name+" has placed them already. What it was is not shown; placing again corrects it."), "")
	case s.begun:
		rows = append(rows, "   "+t.faint.paint(name+" has begun, and goes on where they were."), "")
	}
	rows = append(rows, "   "+t.key.paint(fit("enter", 7))+"I am "+name)
	if s.begun {
		rows = append(rows, "   "+t.key.paint(fit("x", 7))+"I am "+name+", and begin anew")
	}
	return joinRows(page(append(rows, "   "+t.key.paint(fit("esc", 7))+"back"), w, h))
}
