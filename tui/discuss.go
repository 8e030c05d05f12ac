package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// discuss shows the two bands in question side by side, with what most have ticked, and
// the time.
type discuss struct {
	env   *env
	size  tea.WindowSizeMsg
	room  *calibration.Room
	turn  calibration.Turn
	said  calibration.Revealed
	desk  *desk
	bands [2]calibration.InQuestion
	from  int
	own   [2]int // lines that the wheel has scrolled each of the bands by besides
}

func newDiscuss(e *env, r *calibration.Room, t calibration.Turn, said calibration.Revealed) *discuss {
	w := r.Joint(t.Person.ID, e.reviewer)
	w.Dimension = said.Spread.Dimension
	s := &discuss{env: e, room: r, turn: t, said: said, bands: r.InQuestion(said),
		desk: &desk{rubric: t.Rubric, person: personOf(t.Person), history: calibration.History{Now: w}}}
	return s
}

var discussKeys = struct{ decide, note, back key.Binding }{
	decide: bind("enter", "enter", "decide; the final position"),
	note:   bind("m", "m", "note; from the discussion"),
	back:   bind("esc d", "esc", "back"),
}

func (s *discuss) Init() tea.Cmd { return nil }
func (s *discuss) Title() string { return "Discuss" }
func (s *discuss) Typing() bool  { return false }

func (s *discuss) Keys() []key.Binding {
	k, scroll := discussKeys, scrollKeys
	if s.room.Session.State != calibration.Open {
		return append([]key.Binding{scroll.down, scroll.up, k.back, keyQuit}, scrollFar()...)
	}
	return append([]key.Binding{k.decide, k.note, scroll.down, scroll.up, k.back, keyQuit, keyCover, keyNames}, scrollFar()...)
}

func (s *discuss) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
	case passOn:
		return reply{pop: true, below: msg}
	case pointed:
		wide := s.columns(msg.w)
		i := min(max(0, msg.x-1)/(wide+3), 1)
		s.own[i] = msg.scroll(s.from+s.own[i], len(s.band(i, wide)), msg.h-discussTop) - s.from
	case tea.KeyMsg:
		return s.press(msg)
	}
	return reply{}
}

func (s *discuss) press(k tea.KeyMsg) reply {
	open := s.room.Session.State == calibration.Open
	switch keys := discussKeys; {
	case key.Matches(k, keys.back):
		return reply{pop: true}
	case open && key.Matches(k, keys.decide):
		return reply{push: newDecision(s.env, s.room, s.turn, s.said.Spread.Dimension)}
	case open && key.Matches(k, keys.note):
		return reply{push: newNote(s.env, s.room, s.turn)}
	}
	wide, h := s.columns(s.size.Width), s.size.Height-discussTop
	lines := max(len(s.band(0, wide)), len(s.band(1, wide)))
	if from, ok := scroll(windowAt(s.from, lines, h).top, k, lines, h); ok {
		s.from, s.own = from, [2]int{} // keys scroll both alike
	}
	return reply{}
}

// discussTop is the rows above the bands: who and time, what it is about, and heads.
const discussTop = 4

func (s *discuss) columns(w int) int { return (w - 5) / 2 }

func (s *discuss) View(w, h int) string {
	t := s.env.theme
	rows := []string{
		spread(s.env.who(personOf(s.turn.Person)), s.env.clocks(s.room, s.turn, w/2)+" ", w),
		t.rule(t.title.paint(line(s.said.Spread.Dimension)), t.faint.paint(cut(line(s.said.Spread.Words), w-width(line(s.said.Spread.Dimension))-10)), w),
	}
	wide := s.columns(w)
	var blocks [2][]string
	for i := range blocks {
		lines := s.band(i, wide)
		at, why := s.bands[i].Position, or(s.bands[i].Why, strings.Join(s.bands[i].Reviewers, ", "))
		head := []string{t.heading.paint(fit(line(at.Key+" "+at.Title()), wide)), t.faint.paint(fit(cut(line(why), wide), wide))}
		blocks[i] = append(head, windowAt(s.from+s.own[i], len(lines), h-discussTop).draw(t, lines, stillGutter, wide)...)
	}
	return joinRows(append(rows, beside(" ", " "+t.faint.paint(markSide)+" ", spaces(w-4-2*wide), blocks[:]...)...))
}

func (s *discuss) band(i, w int) []string {
	return s.env.bandLines(s.desk, s.bands[i].Position, bandLook{airy: true}, w)
}
