package tui

import (
	"fmt"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// turn is one person's place in a session. While the person is blind it hands the
// laptop from panellist to panellist; afterwards it reveals where they placed the
// person and leads to discussing and deciding. turnview.go draws it.
type turn struct {
	env       *env
	size      tea.WindowSizeMsg
	room      *calibration.Room
	at        int  // on the agenda
	presents  bool // the agenda is not shown on the way
	dimension int
	cursor    int // on the panel, while blind
	from      int // the first line that is shown, afterwards
}

func newTurn(e *env, r *calibration.Room, at int, presents bool) *turn {
	return &turn{env: e, room: r, at: at, presents: presents}
}

var turnKeys = struct {
	hand, reveal, decide, discuss, sides, note, readiness, dissent, followUp, next, prev, dimension, dimensionBack, down, up, agenda, person, unpresent key.Binding
}{
	hand:          bind("enter", "enter", "hand over; the laptop, to this panellist"),
	reveal:        bind("R", "R", "reveal; before all have placed, for a reason"),
	decide:        bind("enter", "enter", "decide; the final position on this dimension"),
	discuss:       bind("d", "d", "discuss; the two bands in question side by side"),
	sides:         bind("s", "s", "reasons; what everybody wrote, side by side"),
	note:          bind("m", "m", "note; from the discussion"),
	readiness:     bind("y", "y", "promotion; ready, not yet or no, apart from the position"),
	dissent:       bind("x", "x", "dissent; by name"),
	followUp:      bind("u", "u", "follow-up; who does what until when"),
	next:          bind("n right l", "n", "next; the next person on the agenda"),
	prev:          bind("N left h", "N", "previous; the person before on the agenda"),
	dimension:     bind("tab", "tab", "dimension; the next one"),
	dimensionBack: bind("shift+tab", "shift+tab", "previous dimension"),
	down:          bind("down j", "↓", "next panellist"),
	up:            bind("up k", "↑", "previous panellist"),
	agenda:        bind("esc", "esc", "agenda"),
	unpresent:     bind("p", "p", "agenda; ends presenting"),
	person:        bind("i", "i", "all decisions ever made about this person"),
}

func (s *turn) Title() string { return "Turn" }
func (s *turn) Typing() bool  { return false }

func (s *turn) turn() calibration.Turn { return s.room.Turns[s.at] }
func (s *turn) open() bool             { return s.room.Session.State == calibration.Open }
func (s *turn) dims() []string         { return s.turn().Rubric.Dimensions }
func (s *turn) dim() string            { return s.dims()[s.dimension] }

// under is the env under the person's own rubric.
func (s *turn) under() *env { return s.env.on(personOf(s.turn().Person)) }

func (s *turn) Keys() []key.Binding {
	k := turnKeys
	if s.presents {
		k.agenda = k.unpresent
	}
	if s.turn().Blind {
		return append([]key.Binding{k.hand, k.down, k.reveal, k.next, k.agenda, keyQuit, k.up, k.prev, keyCover, keyNames}, moveKeys()...)
	}
	keys := []key.Binding{}
	if s.open() {
		keys = append(keys, k.decide)
	}
	keys = append(keys, k.discuss, k.sides)
	if s.open() {
		keys = append(keys, k.note, k.next, k.agenda, k.readiness, k.dissent, k.followUp, k.dimension)
	} else {
		keys = append(keys, k.next, k.agenda, k.dimension)
	}
	keys = append(keys, keyQuit, k.prev, k.person, k.dimensionBack, scrollKeys.down, scrollKeys.up, keyCover, keyNames)
	return append(keys, scrollFar()...)
}

// Init notes that the agenda has come to the person, and reads the room anew.
func (s *turn) Init() tea.Cmd {
	read := s.env.readRoom(s.room.Session)
	if !s.open() || s.room.Last() == s.turn().Person.ID {
		return read
	}
	store := s.env.store
	arrived := calibration.Event{Session: s.room.Session.ID, Kind: calibration.Arrived, Person: s.turn().Person.ID, By: s.env.reviewer}
	return func() tea.Msg {
		if _, err := store.Record(arrived); err != nil {
			return roomRead{err: err}
		}
		return read()
	}
}

func (s *turn) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
	case passOn:
		s.dimension, s.from = max(0, slices.Index(s.dims(), msg.next)), 0
		return reply{cmd: s.env.readRoom(s.room.Session), wait: true}
	case resumed:
		return reply{cmd: s.env.readRoom(s.room.Session), wait: true}
	case roomRead:
		return s.read(msg)
	case pointed:
		return s.point(msg)
	case tea.KeyMsg:
		return s.press(msg)
	}
	return reply{}
}

func (s *turn) point(p pointed) reply {
	if !s.turn().Blind {
		s.from = p.scroll(s.from, s.lines(p.w), p.h-turnTop)
		return reply{}
	}
	voters := len(s.turn().Voters)
	row := p.y - turnTop - blindTop
	to, again := p.choose(s.cursor, voters, row, row >= 0 && row < voters)
	if s.cursor = to; again {
		return s.press(keyEnter)
	}
	return reply{}
}

func (s *turn) read(msg roomRead) reply {
	if msg.err != nil {
		return reply{status: failure(fmt.Errorf("the session could not be read: %w", msg.err)).about(s)}
	}
	id := s.turn().Person.ID
	s.room = msg.room
	s.at = max(0, slices.IndexFunc(s.room.Turns, func(t calibration.Turn) bool { return t.Person.ID == id }))
	t := s.turn()
	if s.dimension >= len(s.dims()) {
		s.dimension = 0
	}
	if missing := t.Missing(); t.Blind && len(missing) > 0 {
		s.cursor = slices.Index(t.Voters, missing[0])
	}
	if s.open() && !t.Blind {
		s.env.watch.Start(s.room.Session.ID, id, s.env.reviewer, t.Spent, s.env.now())
	}
	return reply{}
}

// leave ends the time that is spent on the person.
func (s *turn) leave() { s.env.watch.Stop(s.env.now()) }

func (s *turn) press(k tea.KeyMsg) reply {
	switch keys := turnKeys; {
	case s.presents && key.Matches(k, keys.agenda):
		return reply{status: info("only this person is shown; p ends presenting and shows the agenda")}
	case key.Matches(k, keys.agenda), s.presents && key.Matches(k, keys.unpresent):
		s.leave()
		return reply{pop: true, below: at(s.at)}
	case key.Matches(k, keys.next):
		return s.goTo(1)
	case key.Matches(k, keys.prev):
		return s.goTo(-1)
	}
	if s.turn().Blind {
		return s.pressBlind(k)
	}
	return s.pressRevealed(k)
}

// goTo shows the next person on the agenda, or the one before.
func (s *turn) goTo(by int) reply {
	to := s.at + by
	if to < 0 || to >= len(s.room.Turns) {
		return reply{status: info("the agenda ends here; esc shows it")}
	}
	s.leave()
	s.at, s.dimension, s.from, s.cursor = to, 0, 0, 0
	return reply{cmd: s.Init(), wait: true}
}

func (s *turn) pressBlind(k tea.KeyMsg) reply {
	t := s.turn()
	switch keys := turnKeys; {
	case key.Matches(k, keys.reveal):
		return reply{push: newReveal(s.env, s.room, t)}
	case key.Matches(k, keys.hand) && len(t.Voters) > 0:
		return reply{push: newHandOver(s.env, s.room, t, t.Voters[s.cursor])}
	}
	s.cursor, _ = step(s.cursor, len(t.Voters), s.size.Height, k)
	return reply{}
}

func (s *turn) pressRevealed(k tea.KeyMsg) reply {
	t, dims := s.turn(), len(s.dims())
	switch keys := turnKeys; {
	case key.Matches(k, keys.dimension):
		s.dimension, s.from = (s.dimension+1)%dims, 0
	case key.Matches(k, keys.dimensionBack):
		s.dimension, s.from = (s.dimension-1+dims)%dims, 0
	case key.Matches(k, keys.person):
		return reply{push: newPersonScreen(s.under(), personOf(t.Person))}
	case key.Matches(k, keys.discuss):
		return s.discuss()
	case key.Matches(k, keys.sides):
		return s.reasons()
	case !s.open():
		if _, ok := scroll(0, k, 1, 1); !ok {
			return reply{status: info("the session is finalised: nothing of it can be changed; the agenda's f reopens it, for a reason")}
		}
	case key.Matches(k, keys.decide):
		return reply{push: newDecision(s.env, s.room, t, s.dim())}
	case key.Matches(k, keys.note):
		return reply{push: newNote(s.env, s.room, t)}
	case key.Matches(k, keys.readiness):
		return reply{push: newReadiness(s.env, s.room, t)}
	case key.Matches(k, keys.dissent):
		return reply{push: newDissent(s.env, s.room, t, s.dim())}
	case key.Matches(k, keys.followUp):
		return reply{push: newFollowUp(s.env, s.room, t)}
	}
	lines, h := s.lines(s.size.Width), s.size.Height-turnTop
	s.from, _ = scroll(windowAt(s.from, lines, h).top, k, lines, h)
	return reply{}
}

// personOf is what the screens that work on a person need of them.
func personOf(p calibration.PersonRef) calibration.Person {
	return calibration.Person{ID: p.ID, Name: p.Name, Team: p.Team, Manager: p.Manager}
}

// revealed is what there is to say of the dimension that is shown.
func (s *turn) revealed() (calibration.Revealed, bool) {
	for _, r := range s.room.Reveal(s.turn().Person.ID) {
		if r.Spread.Dimension == s.dim() {
			return r, true
		}
	}
	return calibration.Revealed{}, false
}

func (s *turn) discuss() reply {
	r, ok := s.revealed()
	if !ok || r.Spread.Lowest == nil {
		return reply{status: info("nobody has placed them on " + line(s.dim()) + "; enter walks the rubric and decides")}
	}
	return reply{push: newDiscuss(s.under(), s.room, s.turn(), r)}
}

func (s *turn) reasons() reply {
	r, ok := s.revealed()
	if !ok {
		return reply{status: info("nobody has placed them on " + line(s.dim()))}
	}
	t := s.turn()
	side := &sides{title: line(s.env.names.Called(t.Person.ID, t.Person.Name)) + " · " + line(s.dim()), note: r.Spread.Words}
	for _, made := range r.Spread.Placements {
		if made.Measured || made.Stage == calibration.Final {
			side.wanted = append(side.wanted, sideOf{made.Decision, t.Person.ID, made.Reviewer})
		}
	}
	return reply{push: newSides(s.env, side)}
}
