package tui

import (
	"fmt"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// sessionsScreen lists the sessions, the one opened last first.
type sessionsScreen struct {
	env    *env
	size   tea.WindowSizeMsg
	ticked []string // people who are marked: a new session is about them
	loaded bool
	all    []calibration.Session
	cursor int
}

func newSessions(e *env, ticked []string) *sessionsScreen {
	return &sessionsScreen{env: e, ticked: ticked}
}

var sessionsKeys = struct{ open, create, find, down, up key.Binding }{
	open:   bind("enter", "enter", "open; the room, where it was left"),
	create: bind("n", "n", "new session; of the people who are ticked, or of all"),
	find:   bind("/", "/", "find; by letters of the name"),
	down:   bind("down j", "↓", "next"),
	up:     bind("up k", "↑", "previous"),
}

func (s *sessionsScreen) Title() string { return "Sessions" }
func (s *sessionsScreen) Typing() bool  { return false }

func (s *sessionsScreen) Keys() []key.Binding {
	k := sessionsKeys
	if len(s.all) == 0 {
		return []key.Binding{k.create, keyBack, keyQuit}
	}
	return append([]key.Binding{k.open, k.create, k.find, keyBack, keyQuit, k.down, k.up, keyCover, keyNames}, moveKeys()...)
}

// sessionsRead is the sessions that there are.
type sessionsRead struct {
	sessions []calibration.Session
	err      error
}

func (s *sessionsScreen) Init() tea.Cmd {
	store := s.env.store
	return func() tea.Msg {
		all, err := store.Sessions()
		return sessionsRead{all, err}
	}
}

func (s *sessionsScreen) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
	case resumed:
		return reply{cmd: s.Init(), wait: true}
	case sessionsRead:
		if msg.err != nil {
			return reply{pop: !s.loaded, status: failure(fmt.Errorf("the sessions could not be read: %w", msg.err))}
		}
		s.loaded, s.all = true, slices.Clone(msg.sessions)
		slices.Reverse(s.all)
		s.cursor = max(0, min(s.cursor, len(s.all)-1))
	case picked:
		s.cursor = int(msg)
	case pointed:
		row, on := s.window(msg.h).at(msg.y - sessionsTop)
		to, again := msg.choose(s.cursor, len(s.all), row, on)
		if s.cursor = to; again {
			return s.press(keyEnter)
		}
	case tea.KeyMsg:
		return s.press(msg)
	}
	return reply{}
}

// window is the part of the list that is seen in a height.
func (s *sessionsScreen) window(h int) window {
	return windowOn(s.cursor, s.cursor, 0, len(s.all), h-sessionsTop).counting("session")
}

func (s *sessionsScreen) press(k tea.KeyMsg) reply {
	switch keys := sessionsKeys; {
	case key.Matches(k, keyBack):
		return reply{pop: true}
	case key.Matches(k, keys.create):
		return reply{push: newSessionForm(s.env, s.ticked)}
	case len(s.all) == 0:
	case key.Matches(k, keys.find):
		var names []string
		for _, session := range s.all {
			names = append(names, session.Name)
		}
		return reply{push: newPicker(s.env, "Find a session", names, s.cursor)}
	case key.Matches(k, keys.open):
		return reply{push: newRoom(s.env, s.all[s.cursor])}
	default:
		s.cursor, _ = step(s.cursor, len(s.all), s.size.Height-sessionsTop, k)
	}
	return reply{}
}

// sessionsTop is the rows above the sessions: title, a blank row, column heads.
const sessionsTop = 3

func (s *sessionsScreen) View(w, h int) string {
	t := s.env.theme
	rows := []string{spread(" "+t.title.paint("Sessions"), t.faint.paint(count(len(s.all), "session")+" "), w), spaces(w)}
	switch {
	case !s.loaded:
		return joinRows(page([]string{" " + t.title.paint("Sessions"), "", " Opening …"}, w, h))
	case len(s.all) == 0:
		rows = append(rows, " There is no session yet.", "",
			" "+t.key.paint("n")+"  opens one: a name, who votes, and how much time there is.",
			"    "+t.faint.paint("Its agenda is the people who are ticked in the list, or all of them."))
		return joinRows(page(rows, w, h))
	}
	name := min(max(20, w-54), 44)
	rows = append(rows, t.heading.paint(fit("   "+cell("Session", name)+cell("State", 25)+cell("People", 8)+cell("Panel", 7)+"Opened", w)))
	lines := make([]string, len(s.all))
	for i, session := range s.all {
		lead, look := t.lead(i == s.cursor)
		panel := "-"
		if n := len(session.Panel); n > 0 {
			panel = fmt.Sprint(n)
		}
		lines[i] = fit(lead+look.paint(cell(session.Name, name))+cell(s.state(session), 25)+cell(fmt.Sprint(len(session.People)), 8)+
			cell(panel, 7)+s.date(session), w)
	}
	return joinRows(append(rows, s.window(h).draw(t, lines, 3, w)...))
}

func (s *sessionsScreen) state(session calibration.Session) string {
	if session.State == calibration.Finalised {
		return markFinal + " finalised " + session.FinalisedAt.In(s.env.now().Location()).Format("2006-01-02")
	}
	return markDraft + " open"
}

func (s *sessionsScreen) date(session calibration.Session) string {
	return session.OpenedAt.In(s.env.now().Location()).Format("2006-01-02")
}
