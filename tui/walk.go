package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/rubric"
)

// walk is the heart: one band at a time, its statements side by side, ticked and
// judged. walkview.go draws it.
type walk struct {
	env    *env
	person calibration.Person
	desk   *desk // nil until loaded
	cursor int   // index into the band's statements, in reading order
	scroll int   // lines the statement under the cursor is scrolled by
	note   *noteField
}

// noteField is the note being written on a statement.
type noteField struct {
	statement string
	input     textinput.Model
}

func newWalk(e *env, p calibration.Person) *walk { return &walk{env: e, person: p} }

var walkKeys = struct {
	above, fits, below, seen, place, neighbours, next, prev, levelUp, levelDown, level, dimension, dimensionBack,
	down, up, section, sectionBack, scrollDown, scrollUp, note, search, undo, route key.Binding
}{
	above:         bind("a", "a", "above; the person is above this band"),
	fits:          bind("f", "f", "fits; this band describes the person"),
	below:         bind("b", "b", "below; the person is below this band"),
	seen:          bind("space", "space", "seen; then not seen, then blank"),
	place:         bind("enter", "enter", "place; here, with evidence and reason"),
	neighbours:    bind("v", "v", "neighbours; the bands below and above beside this one"),
	next:          bind("right l", "→", "next band"),
	prev:          bind("left h", "←", "previous band"),
	levelUp:       bind("]", "]", "next level"),
	levelDown:     bind("[", "[", "previous level"),
	level:         bind("1 2 3 4 5 6 7 8 9", "1…9", "jump to that level"),
	dimension:     bind("tab", "tab", "dimension; the next one"),
	dimensionBack: bind("shift+tab", "shift+tab", "previous dimension"),
	down:          bind("down j", "↓", "next statement"),
	up:            bind("up k", "↑", "previous statement"),
	section:       bind("J shift+down", "J", "next column"),
	sectionBack:   bind("K shift+up", "K", "previous column"),
	scrollDown:    bind("pgdown ctrl+d", "pgdn", "scroll a statement longer than the room"),
	scrollUp:      bind("pgup ctrl+u", "pgup", "scroll back"),
	note:          bind("m", "m", "note; on the statement under the cursor"),
	search:        bind("/", "/", "search all statements"),
	undo:          bind("u", "u", "undo; the last tick, verdict or note"),
	route:         bind("w", "w", "route; band by band, or bracket: the middle first, then halves"),
}

func (s *walk) Keys() []key.Binding {
	if s.note != nil {
		return []key.Binding{bind("enter", "enter", "keep the note")}
	}
	k := walkKeys
	return []key.Binding{k.above, k.fits, k.below, k.seen, k.place, k.neighbours, k.dimension, k.note, k.undo, k.route, k.search,
		k.next, k.prev, k.down, k.up, k.section, k.sectionBack, k.levelUp, k.levelDown, k.level, k.dimensionBack,
		k.scrollDown, k.scrollUp, keyBack, keyQuit}
}

func (s *walk) Title() string { return "Walk" }
func (s *walk) Busy() bool    { return s.desk == nil }
func (s *walk) Typing() bool  { return s.note != nil }

// opened is the desk that loading laid out.
type opened struct {
	desk *desk
	lost int // marks that a changed rubric left without a statement
	err  error
}

func (s *walk) Init() tea.Cmd {
	e, p := s.env, s.person
	return func() tea.Msg { return openDesk(e, p) }
}

// openDesk loads the work in progress on a person, or starts it.
func openDesk(e *env, p calibration.Person) opened {
	d := &desk{rubric: e.rubric, person: p}
	var err error
	if d.decisions, err = e.store.DecisionsOf(p.ID); err != nil {
		return opened{err: err}
	}
	if d.sessions, err = e.store.Sessions(); err != nil {
		return opened{err: err}
	}
	w, found, err := e.store.Walk(p.ID, e.reviewer, e.session)
	if err != nil {
		return opened{err: err}
	}
	if !found {
		w = calibration.NewWalk(e.rubric, p.ID, e.reviewer, e.session)
	}
	lost := 0
	if w.Rubric != e.rubric.Hash() {
		old, err := e.store.Rubric(w.Rubric)
		if err != nil {
			return opened{err: fmt.Errorf("the walk was begun under a rubric that the file does not hold: %w", err)}
		}
		w, lost = w.Carry(old, e.rubric)
		d.edits++
	}
	d.history = calibration.History{Now: w}
	return opened{desk: d, lost: lost}
}

func (s *walk) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case opened:
		return s.open(msg)
	case tea.KeyMsg:
		if s.note != nil {
			return s.writeNote(msg)
		}
		return s.press(msg)
	}
	return reply{}
}

func (s *walk) open(msg opened) reply {
	if msg.err != nil {
		return reply{pop: true, status: failure(msg.err)}
	}
	s.desk = msg.desk
	if msg.lost > 0 {
		return reply{edited: s.desk, status: info(fmt.Sprintf("the rubric has changed since: %d marks had no statement left to stand on; their notes are in the rationale", msg.lost))}
	}
	return reply{}
}

func (s *walk) press(k tea.KeyMsg) reply {
	switch keys := walkKeys; {
	case key.Matches(k, keyBack):
		return reply{pop: true}
	case key.Matches(k, keys.place):
		return reply{push: newPlace(s.env, s.desk), edited: s.desk}
	case key.Matches(k, keys.neighbours):
		return reply{push: newNeighbours(s.env, s.desk)}
	case key.Matches(k, keys.search):
		return reply{push: newSearch(s.env, s.desk, s.showStatement)}
	case s.judge(k), s.move(k), s.mark(k):
		return reply{edited: s.desk}
	case key.Matches(k, keys.undo):
		if !s.desk.undo() {
			return reply{status: info("nothing to undo")}
		}
		s.clampCursor()
		return reply{edited: s.desk, status: info("undone")}
	case key.Matches(k, keys.note):
		return s.openNote()
	default:
		s.moveCursor(k)
	}
	return reply{}
}

func (s *walk) judge(k tea.KeyMsg) bool {
	for v, b := range map[calibration.Verdict]key.Binding{
		calibration.Above: walkKeys.above, calibration.Fits: walkKeys.fits, calibration.Below: walkKeys.below,
	} {
		if key.Matches(k, b) {
			before := s.at()
			s.desk.change(s.desk.walk().Judge(s.desk.rubric, v))
			s.arrive(before)
			return true
		}
	}
	return false
}

// move changes which band or dimension is shown.
func (s *walk) move(k tea.KeyMsg) bool {
	w, r, keys, before := s.desk.walk(), s.desk.rubric, walkKeys, s.at()
	switch {
	case key.Matches(k, keys.next):
		w = w.Step(r, 1)
	case key.Matches(k, keys.prev):
		w = w.Step(r, -1)
	case key.Matches(k, keys.levelUp):
		w = w.StepLevel(r, 1)
	case key.Matches(k, keys.levelDown):
		w = w.StepLevel(r, -1)
	case key.Matches(k, keys.level):
		w, _ = w.JumpLevel(r, int(k.Runes[0]-'0'))
	case key.Matches(k, keys.dimension):
		w = w.StepDimension(r, 1)
	case key.Matches(k, keys.dimensionBack):
		w = w.StepDimension(r, -1)
	case key.Matches(k, keys.route):
		w = w.SwitchRoute(r)
	default:
		return false
	}
	s.desk.look(w)
	s.arrive(before)
	return true
}

// mark ticks the statement under the cursor.
func (s *walk) mark(k tea.KeyMsg) bool {
	st, ok := s.underCursor()
	if !ok || !key.Matches(k, walkKeys.seen) && k.Type != tea.KeySpace {
		return false
	}
	s.desk.change(s.desk.walk().Toggle(st.ID))
	return true
}

func (s *walk) moveCursor(k tea.KeyMsg) {
	all := s.statements()
	switch keys := walkKeys; {
	case key.Matches(k, keys.down):
		s.cursor++
	case key.Matches(k, keys.up):
		s.cursor--
	case key.Matches(k, keys.section):
		s.cursor = sectionStart(all, s.cursor, 1)
	case key.Matches(k, keys.sectionBack):
		s.cursor = sectionStart(all, s.cursor, -1)
	case key.Matches(k, keys.scrollDown):
		s.scroll += 5
		return
	case key.Matches(k, keys.scrollUp):
		s.scroll = max(0, s.scroll-5)
		return
	default:
		return
	}
	s.clampCursor()
	s.scroll = 0
}

// sectionStart is the index of the first statement of the next (+1) or previous
// (-1) section that has one, or i where there is none.
func sectionStart(all []rubric.Statement, i, by int) int {
	if len(all) == 0 {
		return 0
	}
	j := i
	for j >= 0 && j < len(all) && all[j].Section == all[i].Section {
		j += by
	}
	if j < 0 || j >= len(all) {
		return i
	}
	for j > 0 && all[j-1].Section == all[j].Section {
		j--
	}
	return j
}

func (s *walk) at() rubric.Position { return s.desk.walk().At(s.desk.rubric) }

// arrive puts the cursor on the first statement of a band that was just entered.
func (s *walk) arrive(before rubric.Position) {
	if s.at() != before {
		s.cursor, s.scroll = 0, 0
	}
	s.clampCursor()
}

func (s *walk) clampCursor() {
	s.cursor = max(0, min(s.cursor, len(s.statements())-1))
}

// statements lists what is shown of the band, in reading order.
func (s *walk) statements() []rubric.Statement {
	var all []rubric.Statement
	for _, section := range rubric.Sections() {
		all = append(all, s.desk.rubric.Statements(s.at(), s.desk.walk().Dimension, section)...)
	}
	return all
}

func (s *walk) underCursor() (rubric.Statement, bool) {
	all := s.statements()
	if s.cursor >= len(all) {
		return rubric.Statement{}, false
	}
	return all[s.cursor], true
}

// showStatement goes to a statement that was found by searching.
func (s *walk) showStatement(st rubric.Statement) {
	w := s.desk.walk()
	w.Dimension = st.Dimension
	s.desk.look(w.GoTo(st.Position))
	s.cursor, s.scroll = 0, 0
	for i, other := range s.statements() {
		if other.ID == st.ID {
			s.cursor = i
		}
	}
}

// openNote begins a note. From here on each key changes the walk, so that the
// note is autosaved while it is written; one undo takes all of it back.
func (s *walk) openNote() reply {
	st, ok := s.underCursor()
	if !ok {
		return reply{}
	}
	input := newTextInput(s.env.theme)
	input.CharLimit = calibration.MaxNote / 4
	input.SetValue(s.desk.walk().Tick(st.ID).Note)
	input.CursorEnd()
	s.note = &noteField{statement: st.ID, input: input}
	s.desk.change(s.desk.walk())
	return reply{}
}

func (s *walk) writeNote(k tea.KeyMsg) reply {
	if k.Type == tea.KeyEnter || k.Type == tea.KeyEsc {
		s.note = nil
		return reply{}
	}
	s.note.input, _ = s.note.input.Update(safePaste(k))
	s.desk.look(s.desk.walk().Note(s.note.statement, s.note.input.Value()))
	return reply{edited: s.desk}
}
