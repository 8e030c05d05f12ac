package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
)

// warmupReveal lays a warm-up open, example by example, and then the score.
// warmuprevealview.go draws the examples, warmupscore.go the score.
type warmupReveal struct {
	env   *env
	size  tea.WindowSizeMsg
	score calibration.WarmupScore
	draw  calibration.WarmupDraw
	page  int  // an item's index; the score comes after the last
	seen  bool // the score was looked at, so that there is nothing to ask about before leaving
	from  int  // lines scrolled
	leave leaving
}

func newWarmupReveal(e *env, score calibration.WarmupScore, draw calibration.WarmupDraw) *warmupReveal {
	return &warmupReveal{env: e, score: score, draw: draw}
}

var warmupRevealKeys = struct{ next, prev, score, done key.Binding }{
	next:  bind("enter n right l", "enter", "next; after the last example, the score"),
	prev:  bind("p left h", "p", "previous example"),
	score: bind("s", "s", "score"),
	done:  bind("esc", "esc", "done; another round begins with enter"),
}

func (s *warmupReveal) Init() tea.Cmd { return nil }
func (s *warmupReveal) Title() string { return "Warm-up" }
func (s *warmupReveal) Typing() bool  { return false }
func (s *warmupReveal) Holds() bool   { return !s.seen }

func (s *warmupReveal) Keys() []key.Binding {
	k, sk := warmupRevealKeys, scrollKeys
	leave := []key.Binding{leaveKey}
	if s.seen {
		leave = []key.Binding{k.done, keyQuit}
	}
	switch {
	case s.leave.asked:
		return s.leave.keys()
	case s.page == len(s.score.Items):
		return append([]key.Binding{k.prev, sk.down, sk.up}, append(leave, scrollFar()...)...)
	}
	return append([]key.Binding{k.next, k.prev, k.score, sk.down, sk.up}, append(leave, scrollFar()...)...)
}

func (s *warmupReveal) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
	case pointed:
		s.from = msg.scroll(s.from, len(s.lines(msg.w)), msg.h-warmupTop)
	case tea.KeyMsg:
		return s.press(msg)
	}
	return reply{}
}

func (s *warmupReveal) press(k tea.KeyMsg) reply {
	if s.seen && key.Matches(k, warmupRevealKeys.done) {
		return reply{pop: true}
	}
	if !s.seen {
		if done, ok := s.leave.press(k); ok {
			return reply{pop: done}
		}
	}
	switch keys := warmupRevealKeys; {
	case key.Matches(k, keys.next):
		s.turnTo(s.page + 1)
	case key.Matches(k, keys.prev):
		s.turnTo(s.page - 1)
	case key.Matches(k, keys.score):
		s.turnTo(len(s.score.Items))
	default:
		lines, h := len(s.lines(s.size.Width)), s.size.Height-warmupTop
		s.from, _ = scroll(windowAt(s.from, lines, h).top, k, lines, h)
	}
	return reply{}
}

func (s *warmupReveal) turnTo(page int) {
	page = max(0, min(page, len(s.score.Items)))
	if page != s.page {
		s.page, s.from = page, 0
	}
	s.seen = s.seen || page == len(s.score.Items)
}
