package tui

import (
	"fmt"
	"slices"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// room is the agenda of a session: who comes next, who is still blind, what was
// decided, and how much time is left. roomview.go draws it.
type room struct {
	env     *env
	session calibration.Session
	size    tea.WindowSizeMsg
	now     *calibration.Room // nil until read
	cursor  int
	adding  []calibration.Person // who can be chosen to come onto the agenda, while that is asked
	added   string               // id of who came onto it: the cursor goes there
}

func newRoom(e *env, s calibration.Session) *room { return &room{env: e, session: s} }

var roomKeys = struct{ turn, resume, present, over, airtime, compare, warmup, change, finalise, reopen, add, find, down, up key.Binding }{
	turn:     bind("enter", "enter", "turn; this person's"),
	resume:   bind("r", "r", "resume; at the person where it was left"),
	present:  bind("p", "p", "present; one person at a time, without this list"),
	over:     bind("o", "o", "look over; what to look at again before the end"),
	airtime:  bind("t", "t", "airtime; how long was spoken about whom"),
	compare:  bind("c", "c", "compare; this session"),
	warmup:   bind("w", "w", "warm-up; before the session, on the rubric's own examples"),
	change:   bind("e", "e", "change; panel, time, order"),
	finalise: bind("f", "f", "finalise; locks the session"),
	reopen:   bind("f", "f", "reopen; for a reason"),
	add:      bind("a", "a", "add; somebody to the agenda"),
	find:     bind("/", "/", "find; somebody on the agenda, by letters of the name"),
	down:     bind("down j", "↓", "next"),
	up:       bind("up k", "↑", "previous"),
}

func (s *room) Title() string { return "Room" }
func (s *room) Typing() bool  { return false }

func (s *room) Keys() []key.Binding {
	k := roomKeys
	if s.now == nil {
		return []key.Binding{keyBack, keyQuit}
	}
	if len(s.now.Turns) == 0 && s.open() {
		return []key.Binding{k.add, k.change, k.warmup, keyBack, keyQuit, k.finalise}
	}
	keys := []key.Binding{k.turn, k.resume, k.present, k.over, k.airtime}
	if s.open() {
		keys = append(keys, k.finalise, k.change, k.add)
	} else {
		keys = append(keys, k.reopen)
	}
	return append(append(keys, k.compare, k.warmup, k.find, keyBack, keyQuit, k.down, k.up, keyCover, keyNames), moveKeys()...)
}

func (s *room) open() bool { return s.now.Session.State == calibration.Open }

// roomRead is a session as it stood when it was read.
type roomRead struct {
	room *calibration.Room
	err  error
}

func (s *room) Init() tea.Cmd { return s.env.readRoom(s.session) }

// readRoom reads a session under its own rubric.
func (e *env) readRoom(s calibration.Session) tea.Cmd {
	store, under := e.store, e.rubric
	return func() tea.Msg {
		if s.Rubric != "" && s.Rubric != under.Hash() {
			r, err := store.Rubric(s.Rubric)
			if err != nil {
				return roomRead{err: fmt.Errorf("the rubric of the session %q is needed: %w", s.Name, err)}
			}
			under = r
		}
		room, err := store.Room(s.ID, under)
		return roomRead{room, err}
	}
}

func (s *room) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
	case resumed:
		s.adding = nil
		return reply{cmd: s.Init(), wait: true}
	case addable:
		return s.choose(msg)
	case did:
		if msg.err != nil {
			return reply{status: failure(msg.err).about(s)}
		}
		return reply{cmd: s.Init(), wait: true, status: info(msg.words).about(s)}
	case at:
		s.cursor = max(0, min(int(msg), len(s.now.Turns)-1))
		return reply{cmd: s.Init(), wait: true}
	case roomRead:
		return s.read(msg)
	case picked:
		if from := s.adding; from != nil {
			s.adding = nil
			return s.add(from[msg])
		}
		s.cursor = int(msg)
	case pointed:
		row, on := s.window(msg.w, msg.h).at(msg.y - s.top(msg.w))
		to, again := msg.choose(s.cursor, len(s.now.Turns), row, on)
		if s.cursor = to; again {
			return s.press(keyEnter)
		}
	case tea.KeyMsg:
		return s.press(msg)
	}
	return reply{}
}

// window is the part of the agenda that is seen in w × h cells.
func (s *room) window(w, h int) window {
	return windowOn(s.cursor, s.cursor, 0, len(s.now.Turns), h-s.top(w)).counting("person")
}

// at tells the agenda which turn it was left for.
type at int

func (s *room) read(msg roomRead) reply {
	if msg.err != nil {
		return reply{pop: s.now == nil, status: failure(fmt.Errorf("the session could not be read: %w", msg.err)).about(s)}
	}
	first := s.now == nil
	s.now, s.session = msg.room, msg.room.Session
	s.env.names.session = s.session.ID
	if first {
		s.cursor = s.now.Resume()
	}
	if i := slices.IndexFunc(s.now.Turns, func(t calibration.Turn) bool { return t.Person.ID == s.added }); i >= 0 {
		s.cursor, s.added = i, ""
	}
	s.cursor = max(0, min(s.cursor, len(s.now.Turns)-1))
	return reply{}
}

func (s *room) press(k tea.KeyMsg) reply {
	inside := s.env.in(s.now, s.env.reviewer, calibration.Sitting{})
	switch keys := roomKeys; {
	case key.Matches(k, keyBack):
		return reply{pop: true}
	case key.Matches(k, keys.over):
		return reply{push: newSweep(inside, s.now)}
	case key.Matches(k, keys.airtime):
		return reply{push: newAirtime(inside, s.now)}
	case key.Matches(k, keys.compare):
		return reply{push: newCompare(inside, nil)}
	case key.Matches(k, keys.warmup):
		return reply{push: newWarmupSetup(inside, s.panelNames()...)}
	case s.open() && key.Matches(k, keys.finalise):
		return reply{push: newFinalise(inside, s.now)}
	case key.Matches(k, keys.reopen):
		return reply{push: newReopen(inside, s.now)}
	case s.open() && key.Matches(k, keys.change):
		return reply{push: changeSessionForm(inside, s.session)}
	case s.open() && key.Matches(k, keys.add):
		return reply{cmd: s.whoIsLeft(), wait: true}
	case len(s.now.Turns) == 0:
	case key.Matches(k, keys.find):
		var names []string
		for _, t := range s.now.Turns {
			names = append(names, s.env.names.Called(t.Person.ID, t.Person.Name))
		}
		return reply{push: newPicker(inside, "Find somebody on the agenda", names, s.cursor)}
	case key.Matches(k, keys.turn):
		return reply{push: newTurn(inside, s.now, s.cursor, false)}
	case key.Matches(k, keys.present):
		return reply{push: newTurn(inside, s.now, s.cursor, true)}
	case key.Matches(k, keys.resume):
		s.cursor = s.now.Resume()
		return reply{push: newTurn(inside, s.now, s.cursor, false)}
	default:
		s.cursor, _ = step(s.cursor, len(s.now.Turns), s.size.Height-s.top(s.size.Width), k)
	}
	return reply{}
}

func (s *room) panelNames() []string {
	var names []string
	for _, p := range s.session.Panel {
		names = append(names, p.Reviewer)
	}
	return names
}

// spent is the time on one person, with what is being counted.
func (e *env) spent(room *calibration.Room, t calibration.Turn) time.Duration {
	return e.watch.Spent(room.Session.ID, t.Person.ID, t.Spent)
}

// spentOnAll is the time on everybody.
func (e *env) spentOnAll(room *calibration.Room) (sum time.Duration) {
	for _, t := range room.Turns {
		sum += e.spent(room, t)
	}
	return sum
}
