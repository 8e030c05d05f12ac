package tui

import (
	"fmt"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/rubric"
)

// personScreen shows every decision ever made about one person, with its evidence
// and rationale, under the rubric that it was made under. personview.go draws it.
type personScreen struct {
	env       *env
	person    calibration.Person
	size      tea.WindowSizeMsg
	loaded    bool
	decisions []calibration.Decision // latest first
	corrected map[string]bool        // ids, see calibration.Corrected
	sessions  map[string]string      // names by id
	rubrics   map[string]frozen
	widest    personLayout // the columns of the list, as wide as their texts
	cursor    int
	from      int // first line of the detail that is shown
}

// frozen is the rubric that a decision was made under, or why it cannot be read.
type frozen struct {
	rubric *rubric.Rubric
	err    error
}

func newPersonScreen(e *env, p calibration.Person) *personScreen {
	return &personScreen{env: e.on(p), person: p}
}

var personKeys = struct{ walk, down, up, first, last, scrollDown, scrollUp key.Binding }{
	walk:       bind("enter", "enter", "walk; the rubric for this person"),
	down:       bind("down j", "↓", "next decision"),
	up:         bind("up k", "↑", "previous decision"),
	first:      bind("home g", "home", "the latest"),
	last:       bind("end G", "end", "the earliest"),
	scrollDown: bind("pgdown ctrl+d", "pgdn", "scroll the details"),
	scrollUp:   bind("pgup ctrl+u", "pgup", "scroll back"),
}

func (s *personScreen) Title() string { return "Person" }
func (s *personScreen) Typing() bool  { return false }

func (s *personScreen) Keys() []key.Binding {
	k := personKeys
	if len(s.decisions) == 0 {
		return []key.Binding{k.walk, keyBack, keyQuit}
	}
	return []key.Binding{k.walk, k.scrollDown, keyBack, k.down, k.up, keyQuit, k.scrollUp, k.first, k.last}
}

// history is what is known of a person.
type history struct {
	decisions []calibration.Decision
	sessions  []calibration.Session
	rubrics   map[string]frozen
	err       error
}

func (s *personScreen) Init() tea.Cmd {
	store, id := s.env.store, s.person.ID
	return func() tea.Msg { return loadHistory(store, id) }
}

func loadHistory(store Store, id string) (h history) {
	if h.decisions, h.err = store.DecisionsOf(id); h.err != nil {
		return h
	}
	if h.sessions, h.err = store.Sessions(); h.err != nil {
		return h
	}
	h.rubrics = map[string]frozen{}
	for _, d := range h.decisions {
		if _, known := h.rubrics[d.Rubric]; !known {
			r, err := store.Rubric(d.Rubric)
			h.rubrics[d.Rubric] = frozen{r, err}
		}
	}
	return h
}

func (s *personScreen) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case history:
		return s.show(msg)
	case resumed:
		return reply{cmd: s.Init(), wait: true}
	case tea.WindowSizeMsg:
		s.size = msg
	case pointed:
		return s.point(msg)
	case tea.KeyMsg:
		return s.press(msg)
	}
	return reply{}
}

func (s *personScreen) press(k tea.KeyMsg) reply {
	switch keys := personKeys; {
	case key.Matches(k, keyBack):
		return reply{pop: true}
	case key.Matches(k, keys.walk):
		return reply{push: newWalk(s.env, s.person)}
	case len(s.decisions) == 0:
	case key.Matches(k, keys.down, keys.up, keys.first, keys.last):
		s.cursor, _ = step(s.cursor, len(s.decisions), 0, k)
		s.from = 0
	case key.Matches(k, keys.scrollDown), key.Matches(k, keys.scrollUp):
		l := s.layout(s.size.Width, s.size.Height)
		lines := len(s.detailLines(l.detail))
		s.from, _ = scroll(windowAt(s.from, lines, l.detailRows).top, k, lines, l.detailRows)
	}
	return reply{}
}

func (s *personScreen) point(p pointed) reply {
	if len(s.decisions) == 0 {
		return reply{}
	}
	l := s.layout(p.w, p.h)
	onList := p.y-personTop < l.listRows
	if l.sideBySide {
		onList = p.x < l.list
	}
	if !onList {
		s.from = p.scroll(s.from, len(s.detailLines(l.detail)), l.detailRows)
		return reply{}
	}
	row, on := s.window(l).at(p.y - personTop)
	if to, _ := p.choose(s.cursor, len(s.decisions), row, on); to != s.cursor {
		s.cursor, s.from = to, 0
	}
	return reply{}
}

func (s *personScreen) show(h history) reply {
	if h.err != nil {
		return reply{pop: true, status: failure(fmt.Errorf("the decisions could not be read: %w", h.err))}
	}
	s.loaded, s.rubrics = true, h.rubrics
	s.decisions = slices.Clone(h.decisions)
	slices.Reverse(s.decisions)
	s.corrected, s.sessions = calibration.Corrected(h.decisions, h.sessions), map[string]string{}
	for _, session := range h.sessions {
		s.sessions[session.ID] = session.Name
	}
	s.measure()
	s.cursor = max(0, min(s.cursor, len(s.decisions)-1))
	return reply{}
}

// session names the session of a decision.
func (s *personScreen) session(d calibration.Decision) string {
	switch name := s.sessions[d.Session]; {
	case d.Session == "":
		return "no session"
	case name != "":
		return name
	}
	return d.Session
}
