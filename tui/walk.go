package tui

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"calibrate/calibration"
	"calibrate/rubric"
)

// walk is the heart: one band at a time, its statements side by side, ticked and
// judged. walkview.go draws it.
type walk struct {
	env    *env
	person calibration.Person
	size   tea.WindowSizeMsg
	desk   *desk  // nil until loaded
	shown  string // the band and dimension that the cursor is in
	cursor int    // index into the band's statements, in reading order
	scroll int    // lines the statement under the cursor is scrolled by
	note   *noteField

	wheeled map[rubric.Section]int // the first line of columns that the wheel has scrolled
	flanks  [2]int                 // the first line of the neighbours at the sides

	first  *toBand // where to go once it is loaded
	beside bool    // it was opened from placing, and leads back there

	drawnTop latest[topLook, []string]
}

// noteField is the note being written on a statement.
type noteField struct {
	statement string
	input     *editor
	begun     bool // undo has been told
}

func newWalk(e *env, p calibration.Person) *walk { return &walk{env: e.on(p), person: p} }

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
	section:       bind("J shift+down", "J", "next section; the next column"),
	sectionBack:   bind("K shift+up", "K", "previous section"),
	scrollDown:    bind("pgdown ctrl+d", "pgdn", "scroll a statement longer than the room"),
	scrollUp:      bind("pgup ctrl+u", "pgup", "scroll back"),
	note:          bind("m", "m", "note; on the statement under the cursor"),
	search:        bind("/", "/", "search all statements"),
	undo:          bind("u", "u", "undo; the last tick, verdict or note"),
	route:         bind("w", "w", "route; band by band, or bracket: the middle first, then halves"),
}

func (s *walk) Keys() []key.Binding {
	if s.note != nil {
		return []key.Binding{noteKeys.keep, keyUndoText, keyRedoText, keyEditor}
	}
	k := walkKeys
	if s.size.Width < columnsFrom {
		return []key.Binding{k.above, k.fits, k.below, k.seen, k.place, k.section, k.sectionBack, k.dimension, k.neighbours, keyBack, k.note, k.undo,
			k.route, k.search, k.next, k.prev, k.down, k.up, k.levelUp, k.levelDown, k.level, k.dimensionBack, k.scrollDown, k.scrollUp, keyQuit}
	}
	return []key.Binding{k.above, k.fits, k.below, k.seen, k.place, k.neighbours, k.dimension, k.note, keyBack, k.undo, k.route, k.search,
		k.next, k.prev, k.down, k.up, k.section, k.sectionBack, k.levelUp, k.levelDown, k.level, k.dimensionBack,
		k.scrollDown, k.scrollUp, keyQuit}
}

var noteKeys = struct{ keep key.Binding }{keep: bind("enter esc", "enter", "keep the note; an empty one is none")}

// Writing is the note that is written.
func (s *walk) Writing() (text *editor, sealed string) {
	if s.note == nil {
		return nil, ""
	}
	return s.note.input, s.env.sealed()
}

func (s *walk) Title() string { return "Walk" }
func (s *walk) Typing() bool  { return s.note != nil }

func (s *walk) Init() tea.Cmd {
	if s.desk != nil {
		return nil
	}
	return s.env.openDesk(s.person)
}

// newWalkBeside walks on a desk that is open already, from placing and back to it.
func newWalkBeside(e *env, d *desk) *walk {
	s := &walk{env: e, person: d.person, desk: d, beside: true}
	s.arrive()
	return s
}

func (s *walk) Update(msg tea.Msg) reply {
	switch msg := msg.(type) {
	case opened:
		return s.open(msg)
	case tea.WindowSizeMsg:
		s.size = msg
	case resumed:
		s.arrive()
	case passOn:
		return reply{pop: true, below: msg}
	case toBand:
		return s.goTo(msg)
	case pointed:
		return s.point(msg)
	case tea.KeyMsg:
		if s.note != nil {
			return s.writeNote(msg)
		}
		if st, ok := s.underCursor(); ok {
			delete(s.wheeled, st.Section) // what a key is about comes into sight
		}
		return s.press(msg)
	}
	return reply{}
}

func (s *walk) open(o opened) reply {
	if o.err != nil {
		return reply{pop: true, status: failure(fmt.Errorf("the walk could not be opened: %w", o.err))}
	}
	s.desk = o.desk
	s.arrive()
	var r reply
	if s.first != nil {
		r = s.goTo(*s.first)
	}
	switch {
	case !o.carried:
		return r
	case o.lost == 0:
		r.status = info("the rubric has changed since; every mark is still there")
	default:
		r.status = info(fmt.Sprintf("the rubric has changed since: %s lost their statement; their notes are in the rationale", count(o.lost, "mark")))
	}
	r.edited = s.desk
	return r
}

func (s *walk) press(k tea.KeyMsg) reply {
	switch keys := walkKeys; {
	case key.Matches(k, keyBack):
		return reply{pop: true}
	case key.Matches(k, keys.place) && s.beside:
		return reply{pop: true}
	case key.Matches(k, keys.place):
		return reply{push: newPlace(s.env, s.desk), edited: s.desk}
	case key.Matches(k, keys.neighbours):
		return reply{push: newNeighbours(s.env, s.desk)}
	case key.Matches(k, keys.search):
		return reply{push: newSearch(s.env, s.desk, s.showStatement)}
	case key.Matches(k, keys.undo):
		return s.undo()
	case key.Matches(k, keys.note):
		return s.openNote()
	case key.Matches(k, keys.seen):
		return s.mark()
	}
	if v, ok := verdictOf(k); ok {
		s.desk.change(s.desk.walk().Judge(s.desk.rubric, v))
		s.arrive()
		return reply{edited: s.desk}
	}
	if s.moveCursor(k) {
		return reply{}
	}
	return s.move(k)
}

func verdictOf(k tea.KeyMsg) (calibration.Verdict, bool) {
	switch keys := walkKeys; {
	case key.Matches(k, keys.above):
		return calibration.Above, true
	case key.Matches(k, keys.fits):
		return calibration.Fits, true
	case key.Matches(k, keys.below):
		return calibration.Below, true
	}
	return "", false
}

// move changes which band or dimension is shown.
func (s *walk) move(k tea.KeyMsg) reply {
	w, r := s.desk.walk(), s.desk.rubric
	stays := info("the rubric has no other dimension")
	switch keys := walkKeys; {
	case key.Matches(k, keys.next):
		w, stays = w.Step(r, 1), atEdge(1)
	case key.Matches(k, keys.prev):
		w, stays = w.Step(r, -1), atEdge(-1)
	case key.Matches(k, keys.levelUp):
		w, stays = w.StepLevel(r, 1), info("this is the highest level")
	case key.Matches(k, keys.levelDown):
		w, stays = w.StepLevel(r, -1), info("this is the lowest level")
	case key.Matches(k, keys.level):
		var ok bool
		if w, ok = w.JumpLevel(r, int(k.Runes[0]-'0')); !ok {
			return reply{status: info(fmt.Sprintf("the rubric has no level %s; [ and ] step through those it has", k))}
		}
		stays = status{}
	case key.Matches(k, keys.dimension):
		w = w.StepDimension(r, 1)
	case key.Matches(k, keys.dimensionBack):
		w = w.StepDimension(r, -1)
	case key.Matches(k, keys.route):
		w, stays = w.SwitchRoute(r), status{}
	default:
		return reply{}
	}
	if w.At(r) == s.at() && w.Dimension == s.desk.walk().Dimension && w.Route == s.desk.walk().Route {
		return reply{status: stays}
	}
	s.desk.look(w)
	s.arrive()
	return reply{edited: s.desk}
}

// mark ticks the statement under the cursor.
func (s *walk) mark() reply {
	st, ok := s.underCursor()
	if !ok {
		return reply{status: info("there is no statement to tick here")}
	}
	s.desk.change(s.desk.walk().Toggle(st.ID))
	return reply{edited: s.desk}
}

// undo takes the last change back and shows where it was.
func (s *walk) undo() reply {
	after := s.desk.walk()
	if !s.desk.undo() {
		return reply{status: info("nothing to undo")}
	}
	s.arrive()
	for i, st := range s.statements() {
		if s.desk.walk().Tick(st.ID) != after.Track().Ticks[st.ID] {
			s.cursor, s.scroll, s.wheeled = i, 0, nil
		}
	}
	return reply{edited: s.desk, status: info("undone")}
}

// moveCursor moves to another statement of the band, or scrolls through a long one.
func (s *walk) moveCursor(k tea.KeyMsg) bool {
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
		s.scroll = min(s.scroll+scrollStep, s.mostScroll())
		return true
	case key.Matches(k, keys.scrollUp):
		s.scroll = max(0, min(s.scroll, s.mostScroll())-scrollStep)
		return true
	default:
		return false
	}
	s.cursor = max(0, min(s.cursor, len(all)-1))
	s.scroll = 0
	if len(all) > 0 {
		delete(s.wheeled, all[s.cursor].Section)
	}
	return true
}

// scrollStep is how many lines a key scrolls through a long statement.
const scrollStep = 5

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

// arrive puts the cursor on the first statement of a band that was just entered,
// and otherwise leaves it where it is.
func (s *walk) arrive() {
	shown := s.desk.walk().Dimension + "\x00" + s.at().Key
	if shown != s.shown {
		s.shown, s.cursor, s.scroll = shown, 0, 0
		s.wheeled, s.flanks = nil, [2]int{}
	}
	s.cursor = max(0, min(s.cursor, len(s.statements())-1))
}

// statements lists what is shown of the band, in reading order.
func (s *walk) statements() []rubric.Statement {
	return s.desk.rubric.StatementsOf(s.at(), s.desk.walk().Dimension)
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
	s.arrive()
	s.scroll, s.wheeled = 0, nil
	for i, other := range s.statements() {
		if other.ID == st.ID {
			s.cursor = i
		}
	}
}

// openNote begins a note, or goes on with it.
func (s *walk) openNote() reply {
	st, ok := s.underCursor()
	if !ok {
		return reply{status: info("there is no statement to note on here")}
	}
	s.note = &noteField{statement: st.ID, input: newEditor(calibration.MaxNote)}
	s.note.input.set(s.desk.walk().Tick(st.ID).Note)
	return reply{}
}

// writeNote puts every key into the walk, so that the note is autosaved while it is
// written; one undo takes all of it back.
func (s *walk) writeNote(k tea.KeyMsg) reply {
	if key.Matches(k, noteKeys.keep) {
		s.note = nil
		return reply{}
	}
	var r reply
	if !s.note.input.update(k) {
		r.status = info("the note is full; not all of that was taken")
	}
	w := s.desk.walk().Note(s.note.statement, s.note.input.text)
	switch {
	case w.Tick(s.note.statement) == s.desk.walk().Tick(s.note.statement):
		return r
	case s.note.begun:
		s.desk.look(w)
	default:
		s.desk.change(w)
		s.note.begun = true
	}
	r.edited = s.desk
	return r
}
