package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/rubric"
)

// warmup has everybody place the examples of a warm-up, one after the other on one
// laptop. It asks the round for nothing but what may be seen before the end: the texts,
// and the guesses of whose turn it is. warmupview.go draws it.
type warmup struct {
	env   *env
	size  tea.WindowSizeMsg
	round calibration.Warmup
	draw  calibration.WarmupDraw
	turn  int // whose it is, of the participants
	stage warmupStage
	item  int             // that is placed
	at    rubric.Position // where the cursor stands on the ruler
	from  int             // lines scrolled
	leave leaving
}

// warmupStage is what happens in a turn.
type warmupStage int

const (
	handingOver warmupStage = iota // nothing is shown until whose turn it is sits down
	placing
	lookingOver // all is placed; the last chance to change something
)

func newWarmup(e *env, round calibration.Warmup, draw calibration.WarmupDraw) *warmup {
	s := &warmup{env: e, round: round, draw: draw}
	if len(round.Participants()) == 1 {
		s.stage = placing // there is nobody to hide from
	}
	s.goTo(0)
	return s
}

var warmupKeys = struct{ place, lower, higher, level, next, prev, begin, end, reveal, again key.Binding }{
	place:  bind("enter", "enter", "place; here, and on to the next"),
	lower:  bind("left h", "←", "lower"),
	higher: bind("right l", "→", "higher"),
	level:  bind("1 2 3 4 5 6 7 8 9", "1…9", "level; the one with that number"),
	next:   bind("n tab", "n", "next"),
	prev:   bind("p shift+tab", "p", "previous"),
	begin:  bind("enter", "enter", "begin"),
	end:    bind("enter", "enter", "end my turn; it cannot be changed then"),
	reveal: bind("enter", "enter", "lay open; where the rubric has them"),
	again:  bind("p shift+tab", "p", "back to the examples"),
}

func (s *warmup) Init() tea.Cmd { return nil }
func (s *warmup) Title() string { return "Warm-up" }
func (s *warmup) Typing() bool  { return false }
func (s *warmup) Holds() bool   { return true }

func (s *warmup) Keys() []key.Binding {
	k, m := warmupKeys, walkKeys
	switch {
	case s.leave.asked:
		return s.leave.keys()
	case s.stage == handingOver:
		return []key.Binding{k.begin, leaveKey}
	case s.stage == lookingOver && s.last():
		return append([]key.Binding{k.reveal, k.again, leaveKey, scrollKeys.down, scrollKeys.up}, scrollFar()...)
	case s.stage == lookingOver:
		return append([]key.Binding{k.end, k.again, leaveKey, scrollKeys.down, scrollKeys.up}, scrollFar()...)
	}
	return append([]key.Binding{k.place, k.lower, k.higher, k.level, leaveKey, k.next, k.prev, m.levelDown, m.levelUp,
		scrollKeys.down, scrollKeys.up}, scrollFar()...)
}

func (s *warmup) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.size = msg
	case pointed:
		s.point(msg)
	case tea.KeyMsg:
		if done, ok := s.leave.press(msg); ok {
			return reply{pop: done}
		}
		switch s.stage {
		case handingOver:
			if key.Matches(msg, warmupKeys.begin) {
				s.stage = placing
				s.goTo(0)
			}
			return reply{}
		case lookingOver:
			return s.pressLookingOver(msg)
		}
		return s.press(msg)
	}
	return reply{}
}

func (s *warmup) point(p pointed) {
	switch {
	case s.leave.asked || s.stage == handingOver:
	case s.stage == lookingOver:
		s.from = p.scroll(s.from, len(s.overLines(p.w)), p.h-warmupTop)
	case p.lines != 0:
		s.from = p.scroll(s.from, len(s.lines(p.w)), s.rows(p.h))
	case p.y >= 1 && p.y <= rulerRows:
		if o, ok := s.ruler().ordinalAt(p.x, p.w); ok {
			s.at, s.from = s.env.rubric.At(o), 0
		}
	}
}

// goTo shows an item, with the cursor where it was placed, or in the middle of the
// scale, which says nothing.
func (s *warmup) goTo(item int) {
	s.item, s.from = item, 0
	at, placed := s.round.Guess(s.turn, item)
	if !placed {
		at = s.env.rubric.At((len(s.env.rubric.Positions()) + 1) / 2)
	}
	s.at = at
}

func (s *warmup) press(k tea.KeyMsg) reply {
	n := s.round.Len()
	switch keys := warmupKeys; {
	case key.Matches(k, keys.place):
		s.place()
	case key.Matches(k, keys.next):
		s.goTo((s.item + 1) % n)
	case key.Matches(k, keys.prev):
		s.goTo((s.item - 1 + n) % n)
	default:
		if to, ok := s.moved(k); ok {
			s.at, s.from = to, 0
			return reply{}
		}
		if key.Matches(k, warmupKeys.level) {
			return reply{status: info("there is no level " + k.String())}
		}
		lines, h := len(s.lines(s.size.Width)), s.rows(s.size.Height)
		s.from, _ = scroll(windowAt(s.from, lines, h).top, k, lines, h)
	}
	return reply{}
}

// moved is where a key takes the cursor on the ruler.
func (s *warmup) moved(k tea.KeyMsg) (to rubric.Position, ok bool) {
	r := s.env.rubric
	switch keys := warmupKeys; {
	case key.Matches(k, keys.higher):
		return r.At(s.at.Ordinal + 1), true
	case key.Matches(k, keys.lower):
		return r.At(s.at.Ordinal - 1), true
	case key.Matches(k, walkKeys.levelUp):
		return s.inLevel(s.at.LevelAt + 1)
	case key.Matches(k, walkKeys.levelDown):
		return s.inLevel(s.at.LevelAt - 1)
	case key.Matches(k, keys.level):
		for i, l := range r.Levels {
			if l.Number == int(k.Runes[0]-'0') {
				return s.inLevel(i)
			}
		}
	}
	return s.at, false
}

// inLevel is the band of a level that is as high in it as the present one, or its
// highest.
func (s *warmup) inLevel(level int) (to rubric.Position, ok bool) {
	r := s.env.rubric
	level = max(0, min(level, len(r.Levels)-1))
	for _, p := range r.Positions() {
		if p.LevelAt == level && p.BandAt <= s.at.BandAt {
			to = p
		}
	}
	return to, true
}

// place puts the item where the cursor is, and goes on to the next that is not placed.
func (s *warmup) place() {
	s.round = s.round.Place(s.turn, s.item, s.at)
	next, more := s.round.Unplaced(s.turn, s.item)
	if !more {
		s.stage, s.from = lookingOver, 0
		return
	}
	s.goTo(next)
}

func (s *warmup) last() bool { return s.turn == len(s.round.Participants())-1 }

func (s *warmup) pressLookingOver(k tea.KeyMsg) reply {
	switch keys := warmupKeys; {
	case key.Matches(k, keys.again):
		s.stage = placing
		s.goTo(s.item)
	case key.Matches(k, keys.end) && !s.last():
		s.turn++
		s.stage = handingOver
		s.goTo(0)
	case key.Matches(k, keys.reveal):
		score, err := s.round.Score()
		if err != nil {
			return reply{status: failure(fmt.Errorf("not laid open: %w", err)).about(s)}
		}
		return reply{pop: true, push: newWarmupReveal(s.env, score, s.draw)}
	default:
		lines, h := len(s.overLines(s.size.Width)), s.size.Height-warmupTop
		s.from, _ = scroll(windowAt(s.from, lines, h).top, k, lines, h)
	}
	return reply{}
}

// leaving asks before a warm-up is given up.
type leaving struct{ asked bool }

var leaveKey = bind("esc q", "esc", "leave; asks first, for nothing of a warm-up is kept")

func (l leaving) keys() []key.Binding {
	return []key.Binding{bind("y", "y", "leave the warm-up"), bind("esc", "any other key", "go on")}
}

// press takes a key if it is about leaving, and reports whether to.
func (l *leaving) press(k tea.KeyMsg) (done, ok bool) {
	if l.asked {
		l.asked = false
		return k.String() == "y", true
	}
	l.asked = key.Matches(k, leaveKey)
	return false, l.asked
}

func (l leaving) view(e *env, w, h int) string {
	t := e.theme
	rows := []string{t.rule(t.title.paint("Leave the warm-up?"), "", w), ""}
	for _, l := range e.wrapper.wrap("What was placed so far is lost then: a warm-up is kept nowhere.", w-4) {
		rows = append(rows, "   "+l)
	}
	return joinRows(page(append(rows, "", "   "+t.key.paint("y")+"  leaves; any other key goes on"), w, h))
}
